#+ title:
#+   nl: Een eigenschap geldt omgekeerd als haar tegenhanger.
#+   en: A property holds backwards as its inverse.

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?ander ?omgekeerd ?ding }
WHERE {
  ?eigenschap owl:inverseOf ?omgekeerd .
  ?ding ?eigenschap ?ander .
}
