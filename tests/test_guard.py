"""Free SPARQL only reads this graph."""

from __future__ import annotations

import pytest
from kadernota.asking.guard import refusal

WRITES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "LOAD <https://example.org/x>",
    "CLEAR ALL",
    "DROP ALL",
    "SELECT * FROM <https://example.org/x> { ?s ?p ?o }",
    "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }",
    "SELECT * { service silent <https://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x' }# \nINSERT DATA { }",
    'SELECT * { ?s ?p """a " b""" . SERVICE <x:y> { } }',
    "SELECT ?a { ?a ?b ?c }FROM<x:y>",
    "SELECT * { ?s ?p 1SERVICE<x:y>{?a ?b ?c} }",
    "SELECT * { # x \r SERVICE <x:y> { ?a ?b ?c } }",
    "PREFIX a: <a:> SELECT * { ?s ?p a:.SERVICE <x:y> { ?a ?b ?c } }",
    "SELECT * { ?s ?p <a:\\u0041#> . SERVICE <x:y> { ?a ?b ?c } }",
    "SELECT * { ?s ?p 1e5SERVICE <x:y> { ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE: { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o FILTER(1" + " + 1" * 9999 + ") }",
    "SELECT * { ?s ?p trueSERVICE <x:y> { ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <x:y> { ?a ?b ?c } }",
    "SELECT * { " + "{" * 5000 + "}" * 5000 + " }",
]
READS = [
    "SELECT * { ?service ?from ?insert }",
    "SELECT * { ?s <https://example.org/SERVICE> 'FROM hier' }",
    "# INSERT\nSELECT * { ?s ?p ?o }",
    "PREFIX load: <x:y> SELECT * { ?s load:service load:from }",
    'ASK { ?s ?p "SERVICE <x> {" }',
    "SELECT * { ?s ?p 'it\\'s FROM' }",
    "SELECT * { ?s ?p 'x'@from }",
]


@pytest.mark.parametrize("query", WRITES)
def test_what_would_write_or_fetch_is_refused(query: str) -> None:
    assert refusal(query)


@pytest.mark.parametrize("query", READS)
def test_what_only_reads_is_not_refused(query: str) -> None:
    assert "" == refusal(query)
