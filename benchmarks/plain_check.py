"""The same check with the plain stack: PyYAML, rdflib's JSON-LD, owlrl, pySHACL."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import owlrl
import pyshacl
import rdflib
import yaml
from kadernota.names import MAP
from kadernota.reading.form import forms, terms
from kadernota.reading.graph import load
from kadernota.reading.settings import settings
from kadernota.sources import ENGINE, read


def main() -> int:
    """Check the knowledge base of this repository; prints what was found, like the real one."""
    sources = read(ENGINE)
    config, _ = settings(sources.settings)
    assert config
    ontology, shapes = load(sources.ontology), load(sources.shapes)
    keys = terms(sources.context)
    known = forms(shapes, ontology, keys)
    classes = {ontology.one(c, MAP): c for c in known}
    context = json.loads(sources.context.content)["@context"] | {"@base": config.base}
    graph = rdflib.Graph()
    nodes: list[dict[str, Any]] = []
    for file in sources.data:
        if file.path.endswith(".ttl"):
            graph.parse(data=file.content, format="turtle", publicID=config.base)
            continue
        _, folder, name = Path(file.path).parts
        tree = yaml.load(file.content, Loader=yaml.BaseLoader)
        address = f"{folder}/{name.removesuffix('.yaml')}"
        for field in known[classes[folder]].fields:
            if field.kind == "nested" and field.key in tree:
                tree[field.key] = {
                    f"{address}#{part}": {"@type": field.value_class, **about}
                    for part, about in tree[field.key].items()
                }
        nodes.append({"@id": address, "@type": classes[folder], **tree})
    text = json.dumps({"@context": context, "@graph": nodes})
    graph.parse(data=text, format="json-ld")
    for own in (*sources.ontology,):
        graph.parse(data=own.content, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    rules = rdflib.Graph()
    for own in sources.shapes:
        rules.parse(data=own.content, format="turtle")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=rules, inference="none")
    print(len(graph), "triples,", "conforms" if conforms else report)
    return 0 if conforms else 1


if __name__ == "__main__":
    sys.exit(main())
