#+ title:
#+   nl: Twee stappen achter elkaar geven samen een verband.
#+   en: Two steps in a row make one link.

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

INSERT { ?begin ?verband ?eind }
WHERE {
  ?verband owl:propertyChainAxiom ?keten .
  ?keten rdf:first ?stap1 .
  ?keten rdf:rest ?keten2 .
  ?keten2 rdf:first ?stap2 .
  ?keten2 rdf:rest rdf:nil .
  ?begin ?stap1 ?midden .
  ?midden ?stap2 ?eind .
}
