"""What the rules that no shape states mean: those about form, proof, questions and the engine."""

from __future__ import annotations

from kadernota.checking.meaning import FORM, Meaning

PROOF = {
    "bewijs:cijfer": Meaning(
        "Elk cijfer in de vastgestelde tekst staat in de gegevens.",
        "Een cijfer dat ontbreekt, kan niemand opvragen.",
        "de tekst noemt 24 uur; geen ding dat op die passage steunt, heeft dat getal",
        "duur: PT24H",
    ),
    "bewijs:cijfer-gegeven": Meaning(
        "Elk cijfer in de gegevens staat in de passage waarop het steunt.",
        "Een cijfer zonder bron is een bewering van ons.",
        "waarde: 52, terwijl de passage 25 noemt",
        "waarde: 25",
    ),
    "bewijs:eigen-woorden": Meaning(
        "Onze teksten zijn in eigen woorden.",
        "Wie zinnen overneemt, legt niets uit en neemt iemands werk over.",
        "een beschrijving die een zin uit de nota herhaalt",
        "dezelfde inhoud in korte, gewone zinnen",
    ),
    "bewijs:leeg": Meaning(
        "Elke regel heeft iets om op te letten.",
        "Een regel die niets ziet, bewijst niets en lijkt toch goed te gaan.",
        "een regel over besluiten, en geen enkel besluit",
        "ten minste één ding waar de regel over gaat, of een uitzondering met een reden",
    ),
    "bewijs:leesbaar": Meaning(
        "Onze teksten zijn te lezen voor wie geen vakman is (B1).",
        "Een zin van meer dan twintig woorden leest bijna niemand in één keer.",
        "een zin met dertig woorden",
        "twee zinnen met vijftien woorden",
    ),
    "bewijs:letterlijk": Meaning(
        "Wat bij 'staat-er:' staat, staat letterlijk zo in de tekst.",
        "Alleen dan kan een lezer de fout in de bron terugvinden.",
        "staat-er: Dorpsplein, terwijl de passage Dropsplein zegt",
        "staat-er: Dropsplein",
    ),
    "bewijs:naam": Meaning(
        "Elke naam in de vastgestelde tekst staat in de gegevens.",
        "Wie in de nota staat, moet te vinden zijn.",
        "de tekst noemt een stichting; geen ding heet zo",
        "naam: Stichting Voorbeeld",
    ),
    "bewijs:naam-gegeven": Meaning(
        "Elke naam in de gegevens staat zo in de vastgestelde tekst.",
        "Een verschreven naam is een ander.",
        "naam: Stichting Vorbeeld",
        "naam: Stichting Voorbeeld",
    ),
    "bewijs:norm": Meaning(
        "Elk woord in de tekst dat iets voorschrijft, staat in een norm.",
        "Moet, mag en kan zijn het beleid zelf.",
        "de tekst zegt dat iets moet; geen norm steunt op die passage",
        "een bestand in data/normen/ met kracht: en signaalwoorden:",
    ),
    "bewijs:norm-gegeven": Meaning(
        "Elk signaalwoord van een norm staat in haar passage.",
        "Anders schrijft de norm iets voor wat de nota niet zegt.",
        "signaalwoorden: signaalwoorden/moet, bij een passage die alleen kan zegt",
        "signaalwoorden: signaalwoorden/kan",
    ),
    "bewijs:register": Meaning(
        "De lijst van passages is gelijk aan de vastgestelde tekst.",
        "Tegen een andere tekst gehouden bewijst de rest niets.",
        "een passage met een oude vingerafdruk",
        "kadernota source <tekst> heeft de lijst bijgewerkt",
    ),
    "bewijs:uitzondering": Meaning(
        "Een uitzondering noemt alleen wat anders een fout zou zijn.",
        "Een lijst met uitzonderingen moet korter worden, niet langer.",
        "betreft: een passage waar wel iets op steunt",
        "die passage is daar weggehaald",
    ),
    "bewijs:uitzondering-apart": Meaning(
        "Elke combinatie in een uitzondering is nodig.",
        "Anders staat er meer vrij dan iemand heeft bedoeld.",
        "twee controles en twee passages, terwijl elke passage er één nodig heeft",
        "twee uitzonderingen, elk met één controle en één passage",
    ),
    "bewijs:uitzondering-controle": Meaning(
        "Een uitzondering noemt een controle die bestaat.",
        "Een tikfout zou niets uitzonderen zonder dat iemand het merkt.",
        "regels: cijfers",
        "regels: cijfer",
    ),
}
QUESTIONS = {
    "vraag:kop": Meaning(
        "Een vraag begint met een kop die zegt wat zij vraagt.",
        "Zonder kop weet niemand wat de kolommen betekenen.",
        "SELECT ?partner WHERE { ... }",
        "#+ title: {nl: Partners, en: Partners}\n#+ audience: partner\n#+ columns: [partner]",
    ),
    "vraag:naam": Meaning(
        "Een vraag heet naam.rq: kleine letters, cijfers, streepjes.",
        "De naam is wat mensen achter 'kadernota ask' typen.",
        "queries/Mijn vraag.rq",
        "queries/mijn-vraag.rq",
    ),
    "vraag:sparql": Meaning(
        "Een vraag is SPARQL die alleen leest.",
        "Een vraag die gegevens verandert of van elders haalt, geeft niet elke keer hetzelfde.",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT ?s WHERE { ?s ?p ?o }",
    ),
}
ENGINE = {
    "bron:onleesbaar": Meaning(
        "KADERNOTA_BRON wijst naar een bestand met de vastgestelde tekst.",
        "Zonder tekst is er niets om de gegevens tegen te houden.",
        "KADERNOTA_BRON=/een/map",
        "KADERNOTA_BRON=/een/map/nota.html",
    ),
    "bron:vorm": Meaning(
        "De vastgestelde tekst is gewone tekst, HTML of XML.",
        "Alleen dan is elke alinea een passage met een eigen adres.",
        "nota.docx",
        "nota.html",
    ),
    "motor:vorm": Meaning(
        "De bestanden van het programma zelf kloppen.",
        "Een kapotte regel controleert niets.",
        "sh:severiti sh:Violation ;",
        "sh:severity sh:Violation ;",
    ),
}
MEANINGS = FORM | PROOF | QUESTIONS | ENGINE
