"""A service in, its page for people out: what it is, what it has, what to ask. Without script."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from kadernota.endpoint.described import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kadernota.asking.questions import Question
    from kadernota.endpoint.described import Service
    from kadernota.endpoint.limits import Limits

STYLE = """
body{max-width:60rem;margin:0 auto;padding:1rem;font:16px/1.5 system-ui,sans-serif;
color:#1b1b1b;background:#fff}
a{color:#0a5578}
textarea{width:100%;box-sizing:border-box;font:14px/1.4 monospace}
table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #ccc}
code{overflow-wrap:anywhere}
button{font:inherit;padding:.4rem 1rem}
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EXAMPLES = {
    "Hoeveel dingen er zijn van elke soort": """\
SELECT ?soort (COUNT(?ding) AS ?aantal)
WHERE { ?ding a ?soort }
GROUP BY ?soort
ORDER BY DESC(?aantal) ?soort""",
    "Welke grafen er zijn, en hoe groot": """\
SELECT ?graaf (COUNT(*) AS ?uitspraken)
WHERE { GRAPH ?graaf { ?onderwerp ?eigenschap ?waarde } }
GROUP BY ?graaf
ORDER BY ?graaf""",
    "De eerste 25 namen op het alfabet": """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?ding ?naam
WHERE { ?ding skos:prefLabel ?naam FILTER (LANG(?naam) = "nl") }
ORDER BY ?naam
LIMIT 25""",
}


def page(served: Service, limits: Limits, questions: Iterable[Question]) -> bytes:
    """The page, as HTML; every text of others is escaped."""
    title = escape(served.title)
    first = escape(next(iter(EXAMPLES.values())))
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>Hier kunt u vragen stellen over het beleid, in SPARQL of met een vraag die klaarstaat.
Wijzigen kan hier niet.</p>
<h2>Stel een vraag in SPARQL</h2>
<form action="/sparql" method="get">
<p><label for="query">Uw vraag</label></p>
<textarea id="query" name="query" rows="8" required spellcheck="false">{first}</textarea>
<p><button>Vraag</button></p>
</form>
<p>Voorbeelden:</p>
<ul>{"".join(_example(words, sparql) for words, sparql in EXAMPLES.items())}</ul>
<h2>Vragen die klaarstaan</h2>
<ul>{"".join(map(_question, questions))}</ul>
<h2>Grafen</h2>
<table>
<thead><tr><th>graaf</th><th>wat erin staat</th><th>uitspraken</th></tr></thead>
<tbody>{"".join(_graph(name, size) for name, size in served.sizes.items())}</tbody>
</table>
<p><a href="/graph">Alles samen</a>, ook om te downloaden.</p>
<h2>Voor programma's</h2>
<p>Het adres van de dienst is <code>{escape(served.sparql)}</code> (SPARQL 1.1 Protocol); de grafen
staan op <code>{escape(served.address)}graph</code> (Graph Store Protocol) en de vragen op
<a href="/vragen">/vragen</a>. De kop <code>Accept</code> kiest de vorm van het antwoord:
JSON, XML, CSV of TSV; voor uitspraken Turtle, N-Triples, RDF/XML of JSON-LD.</p>
<p>Een vraag mag {limits.seconds:g} seconden duren; een antwoord mag {limits.answer >> 20} MB groot
zijn.</p>
</main>
</body>
</html>
""".encode()


def _example(words: str, sparql: str) -> str:
    return f'<li><a href="/sparql?query={quote(sparql, safe="")}">{escape(words)}</a></li>'


def _question(question: Question) -> str:
    flags = ", ".join(p.flag for p in question.parameters)
    extra = f" Aan te vullen met: {escape(flags)}." if flags else ""
    name = escape(question.name)
    said = escape(question.text["nl"])
    return f'<li><a href="/vragen/{name}">{name}</a>: {said}{extra}</li>'


def _graph(name: str, size: int) -> str:
    address = f"/graph?graph={quote(name, safe='')}" if name else "/graph?default"
    words = escape(WORDS.get(name, ""))
    shown = escape(name or "zonder naam")
    return f'<tr><td><a href="{address}">{shown}</a></td><td>{words}</td><td>{size}</td></tr>'
