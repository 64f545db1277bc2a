"""The knowledge base in, the pages of a git-based CMS out: Sveltia, with our forms.

Sveltia and not Decap. Both are MIT and read the same configuration, so the way back is short. But
Sveltia reads all files in a few requests where Decap makes one for each, speaks Dutch, works on a
phone, and says so when someone else changed the same file. Against it: it is not yet 1.0 and mostly
one person's work; hence the exact version, and nothing of ours but a format that either could call.

The files stay our YAML through that format (`beheer/read.js` and `write.js`), which takes the keys
of each folder from `vormen.json`. What may stand in a field is in `config.yml`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from string import Template
from typing import TYPE_CHECKING, Any

import yaml

from kadernota.model import File, Place, Problem
from kadernota.names import KN, SKOS
from kadernota.publishing.controls import Controls, capital, keys, slugs, title
from kadernota.reading.canonical import NUMBER

if TYPE_CHECKING:
    from kadernota.authoring.options import Options
    from kadernota.model import Form, Loaded, Sources
    from kadernota.reading.forge import Forge

PAGE, ENGINE = "beheer/", "sveltia/"
BUNDLE = "node_modules/@sveltia/cms/"
PASSAGE = KN + "Bronpassage"  # `kadernota source` writes these files
COMMENTS = "opmerkingen"  # the field that is not shown, as `beheer/write.js` knows it
VERSION = "0.221.1"  # the one that was tried; package.json has the same
NEED = (
    f"Voer 'npm install @sveltia/cms@{VERSION}' uit in de map van dit bestand: het beheer heeft"
    " precies die versie nodig. Wil je geen beheer, verwijder dan dit bestand."
)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WORDS = f"{PAGE}woorden.json"  # what the CMS itself does not say in Dutch, to those who write
# The CMS imports its languages as JSON, which a browser only takes as a script.
DUTCH = (f"{ENGINE}locales/nl.json", f"{ENGINE}locales/nl.js")


def absent(sources: Sources) -> Problem | None:
    """What to do when the CMS is asked for and not installed, or in another version."""
    installed = next((f for f in sources.cms if f.path == f"{BUNDLE}package.json"), None)
    version = json.loads(installed.content)["version"] if installed else ""
    if sources.forge is None or version == VERSION:
        return None
    return Problem(Place(sources.forge.path), "", NEED, "invoer:beheer")


def address(place: Place | None, loaded: Loaded) -> str:
    """Where in the site the file of this place can be changed; empty when it cannot be there."""
    found = re.fullmatch(r"data/(.+)/(.+)\.yaml", place.file) if place and loaded.forge else None
    if found and any(form.folder == found[1] for form in _folders(loaded)):
        return f"{PAGE}index.html#/collections/{found[1]}/entries/{found[2]}"
    return ""


def pages(loaded: Loaded, options: Options, forge: Forge, cms: tuple[File, ...]) -> list[File]:
    """The CMS as it stands on the site, in a folder of its own."""
    made = [
        File("config.yml", config(loaded, options, forge)),
        File("vormen.json", shapes(loaded)),
    ]
    for file in cms:
        path = file.path.replace(PAGE, "", 1).replace(BUNDLE, ENGINE, 1)
        if path == "index.html":
            made.append(File(path, _page(file, loaded, forge)))
        elif path == DUTCH[0]:
            made.append(File(DUTCH[1], _dutch(file, next(f for f in cms if f.path == WORDS))))
        elif file.path not in {WORDS, f"{BUNDLE}package.json"}:
            made.append(File(path, file.content))
    return [File(PAGE + file.path, file.content) for file in made]


def config(loaded: Loaded, options: Options, forge: Forge) -> bytes:
    """The configuration of the CMS: where the files are, and a form for each folder."""
    forms = _folders(loaded)
    controls = Controls(loaded, options, {form.cls: form.folder for form in forms})
    made = {
        "backend": _backend(forge),
        "publish_mode": "editorial_workflow",  # a proposal first, so that it is checked
        "app_title": f"{loaded.settings.name}: beheer",
        "media_folder": "data",  # asked for; no field has files
        "media_libraries": {"default": False, "stock_assets": False},
        "show_preview_links": False,
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [_collection(form, controls, loaded) for form in forms],
    }
    return yaml.dump(made, Dumper=DUMPER, allow_unicode=True, sort_keys=False).encode()


def shapes(loaded: Loaded) -> bytes:
    """The keys of each folder in order, for the format in the browser."""
    made = {form.folder: keys((form,), loaded.forms) for form in _folders(loaded)}
    return json.dumps(made, ensure_ascii=False).encode()


def _folders(loaded: Loaded) -> list[Form]:
    found = (form for form in loaded.forms.values() if form.folder and form.cls != PASSAGE)
    return sorted(found, key=lambda form: form.folder)


def _backend(forge: Forge) -> dict[str, Any]:
    rest, graphql = forge.interfaces
    made: dict[str, Any] = {
        "name": forge.name,
        "repo": forge.repository,
        "branch": forge.branch,
        "api_root": rest,
        "graphql_api_root": graphql,
        "squash_merges": True,
        "commit_messages": {
            "create": "Voeg {{collection}} {{slug}} toe",
            "update": "Wijzig {{collection}} {{slug}}",
            "delete": "Verwijder {{collection}} {{slug}}",
        },
    }
    if forge.login:
        made["base_url"] = forge.login
    elif forge.app:
        made |= {"base_url": forge.address, "auth_type": "pkce", "app_id": forge.app}
    else:
        made["auth_methods"] = ["token"]
    return made


def _collection(form: Form, controls: Controls, loaded: Loaded) -> dict[str, Any]:
    number, name = form.by_path(NUMBER), title(form)
    return {
        "name": form.folder,
        "label": _plural(form),
        "label_singular": form.label,
        "description": loaded.ontology.one(form.cls, SKOS + "definition"),
        "folder": f"data/{form.folder}",
        "extension": "yaml",
        "thumbnail": False,
        "format": form.folder,  # a format of our own for each folder, see `beheer/start.js`
        "identifier_field": name,
        "slug": {
            "template": f"{{{{{name}}}}}",
            "editable": ["create"],  # to rename is `kadernota rename`: it takes references along
            "hint": f"Het adres van dit ding. {slugs()[1]}",
            "pattern": slugs(),
        },
        "sortable_fields": {
            "fields": [key for key in (number and number.key, name) if key],
            "default": {"field": number.key if number else name},
        },
        "fields": [*controls.of((form,)), {"name": COMMENTS, "widget": "hidden"}],
    }


def _plural(form: Form) -> str:
    """The folder as a label: in Dutch an s after an open vowel has an apostrophe."""
    open_vowel = form.folder == form.label + "s" and form.label[-1] in "aiouy"
    return capital(f"{form.label}'s" if open_vowel else form.folder)


def _page(file: File, loaded: Loaded, forge: Forge) -> bytes:
    """The page that starts the CMS; nothing is fetched from elsewhere but from the forge."""
    known = json.dumps({"imports": {f"./{DUTCH[0]}": f"./{DUTCH[1]}"}})
    digest = base64.b64encode(hashlib.sha256(known.encode()).digest()).decode()
    hosts = {"/".join(address.split("/")[:3]) for address in (forge.address, *forge.interfaces)}
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            f"connect-src 'self' blob: data: {' '.join(sorted(hosts))}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    title_ = f"{loaded.settings.name}: beheer"
    given = {"titel": _escaped(title_), "beleid": policy, "kaart": known}
    return Template(file.content.decode()).substitute(given).encode()


def _dutch(theirs: File, ours: File) -> bytes:
    """The words of the CMS as a script, with ours where it has none."""
    words = _merged(json.loads(ours.content), json.loads(theirs.content))
    return f"export default {json.dumps(words, ensure_ascii=False)};\n".encode()


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    within = (key for key, words in below.items() if isinstance(words, dict) and key in above)
    return {**below, **above, **{key: _merged(below[key], above[key]) for key in within}}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
