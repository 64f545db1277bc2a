#+ title:
#+   nl: Een tegenhanger geldt omgekeerd als de eigenschap zelf.
#+   en: An inverse holds backwards as the property itself.

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?ander ?eigenschap ?ding }
WHERE {
  ?eigenschap owl:inverseOf ?omgekeerd .
  ?ding ?omgekeerd ?ander .
}
