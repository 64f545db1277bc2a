#+ title:
#+   nl: Wat met een eigenschap verbonden is, is dat ook met de ruimere eigenschap.
#+   en: What a property links, its superproperty links too.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?ding ?ruimer ?ander }
WHERE {
  ?eigenschap rdfs:subPropertyOf ?ruimer .
  ?ding ?eigenschap ?ander .
}
