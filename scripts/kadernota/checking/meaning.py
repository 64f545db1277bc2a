"""What the rules about form mean: how a file is written down.

Where the faults of the tests show a rule, its examples come from there; the others have their own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a rule asks; why, and one wrong and one right example where no fault shows those."""

    asks: str
    why: str = ""
    wrong: str = ""
    right: str = ""


FORM = {
    "invoer:adres": Meaning("Een adres in Turtle begint met de map en heeft een naam daarachter."),
    "invoer:alias": Meaning("Elke waarde staat voluit: geen ankers (&) en verwijzingen (*)."),
    "invoer:beheer": Meaning(
        "In beheer.yaml staat waar mensen wijzigingen voorstellen.",
        "Met een half adres komt een voorstel nergens aan.",
        "dienst: github\nopslagplaats: https://github.com/gemeente/beleid",
        "dienst: github\nopslagplaats: gemeente/beleid",
    ),
    "invoer:bestandsnaam": Meaning(
        "Een bestand heet naam.yaml (of .ttl): kleine letters, cijfers, streepjes.",
        right="data/speerpunten/jeugd.yaml",
    ),
    "invoer:codering": Meaning("Een bestand is UTF-8, en elk teken erin is te zien."),
    "invoer:datum": Meaning("Een datum is jaar-maand-dag, en die dag bestaat."),
    "invoer:diepte": Meaning("Onderdelen zitten niet dieper dan een formulier ze kent."),
    "invoer:dubbel-ding": Meaning(
        "Eén ding staat in één bestand.", right="één bestand waarin dit ding staat"
    ),
    "invoer:dubbele-sleutel": Meaning("Een sleutel staat één keer in een ding."),
    "invoer:dubbele-waarde": Meaning("Een waarde staat één keer in een lijst."),
    "invoer:duur": Meaning("Een duur is een P met een getal en Y, M of D erachter."),
    "invoer:getal": Meaning("Een getal heeft alleen cijfers, en een punt als decimaalteken."),
    "invoer:inspringing": Meaning("Een regel springt net zo ver in als waar hij bij hoort."),
    "invoer:ja-nee": Meaning(
        "Ja is true, nee is false.",
        "Zo leest elk programma hetzelfde antwoord.",
        "nieuw: ja",
        "nieuw: true",
    ),
    "invoer:jaar": Meaning("Een jaar heeft vier cijfers."),
    "invoer:leeg": Meaning("Een bestand beschrijft een ding.", right="naam: Oppas"),
    "invoer:leeg-knooppunt": Meaning("Alles in Turtle heeft een eigen adres."),
    "invoer:lege-waarde": Meaning("Achter elke sleutel staat een waarde."),
    "invoer:meer-documenten": Meaning(
        "In een bestand staat één ding.", right="twee bestanden, elk met één ding"
    ),
    "invoer:naam": Meaning(
        "Een onderdeel heeft een eigen naam: kleine letters, cijfers, streepjes."
    ),
    "invoer:omleiding": Meaning(
        "Een omleiding leidt een oud adres naar een ding dat bestaat.",
        "Wie het oude adres heeft, moet ergens uitkomen.",
        "partners/halt: partners/hatl",
        "partners/halt: partners/bureau-halt",
    ),
    "invoer:onbekende-sleutel": Meaning("Elke sleutel hoort bij de soort van het ding."),
    "invoer:onleesbaar": Meaning(
        "Elk bestand is te lezen.",
        "Wat niet te lezen is, zou zonder waarschuwing ontbreken.",
        "een koppeling naar een bestand dat er niet meer is",
        "een gewoon bestand, waarvoor je leesrecht hebt",
    ),
    "invoer:opmerking": Meaning("Een opmerking staat op een eigen regel."),
    "invoer:plek": Meaning(
        "Een bestand staat in een map van data/ die een soort is.", right="data/partners/oppas.yaml"
    ),
    "invoer:samenvoegen": Meaning("Een bestand heeft één tekst, zonder de merktekens van git."),
    "invoer:schrijfwijze": Meaning(
        "Bestanden zijn op één manier opgeschreven; 'kadernota fix' doet dat.",
        "Zo laat een wijziging alleen zien wat er anders is geworden.",
        'soort: partnersoorten/wonen\nnaam: "Woonstichting"',
        "naam: Woonstichting\nsoort: partnersoorten/wonen",
    ),
    "invoer:sleutel": Meaning("Een sleutel is één woord met een dubbele punt erachter."),
    "invoer:soort": Meaning("Een ding in Turtle heeft de soort van de map waar het in staat."),
    "invoer:taal": Meaning("Teksten zijn Nederlands."),
    "invoer:tab": Meaning("Inspringen gaat met spaties."),
    "invoer:tag": Meaning("Een waarde heeft geen uitroepteken met een soort ervoor."),
    "invoer:tekst": Meaning("Een tekst staat er precies zo als hij wordt gelezen."),
    "invoer:turtle": Meaning(
        "Een .ttl-bestand is Turtle: elke uitspraak eindigt met een punt.",
        right="<gebieden/plein> kn:soort lijst:wijk .",
    ),
    "invoer:verwijzing": Meaning("Een verwijzing is het adres van iets dat bestaat: map/naam."),
    "invoer:vorm": Meaning("Een ding is een lijst van sleutels met waarden."),
    "invoer:webadres": Meaning("Een webadres is volledig en begint met https://."),
    "invoer:yaml": Meaning("Een .yaml-bestand is YAML."),
    "invoer:zoekwoorden": Meaning(
        "In zoekwoorden.yaml staan bij een ding de woorden waarmee mensen het ook zoeken.",
        "Anders vindt wie zoekt iets wat er niet is.",
        "partners/hatl: [bureau halt]",
        "partners/halt: [bureau halt]",
    ),
}
