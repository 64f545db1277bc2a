#+ title:
#+   nl: Drie stappen achter elkaar geven samen een verband.
#+   en: Three steps in a row make one link.

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

INSERT { ?begin ?verband ?eind }
WHERE {
  ?verband owl:propertyChainAxiom ?keten .
  ?keten rdf:first ?stap1 .
  ?keten rdf:rest ?keten2 .
  ?keten2 rdf:first ?stap2 .
  ?keten2 rdf:rest ?keten3 .
  ?keten3 rdf:first ?stap3 .
  ?keten3 rdf:rest rdf:nil .
  ?begin ?stap1 ?midden1 .
  ?midden1 ?stap2 ?midden2 .
  ?midden2 ?stap3 ?eind .
}
