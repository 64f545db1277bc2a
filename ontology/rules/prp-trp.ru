#+ title:
#+   nl: Een onderdeel van een onderdeel is onderdeel van het geheel.
#+   en: A part of a part is a part of the whole.

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?ding ?eigenschap ?geheel }
WHERE {
  ?eigenschap a owl:TransitiveProperty .
  ?ding ?eigenschap ?midden .
  ?midden ?eigenschap ?geheel .
}
