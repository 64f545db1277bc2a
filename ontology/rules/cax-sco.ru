#+ title:
#+   nl: Wat tot een soort hoort, hoort ook tot de soort erboven.
#+   en: What belongs to a class belongs to its superclass.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?ding a ?boven }
WHERE {
  ?onder rdfs:subClassOf ?boven .
  ?ding a ?onder .
}
