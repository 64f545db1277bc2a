"""`beheer.yaml` in, the forge on which people propose changes in a browser out.

Without that file there is no CMS. Only forges on which the CMS makes a proposal (a pull or merge
request) are known: what it would write straight into a branch would land before it is checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.letters import shown
from kadernota.model import Place, Problem
from kadernota.reading.strict import parse
from kadernota.reading.tree import Scalar, Table
from kadernota.reading.values import WEB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kadernota.model import File

PUBLIC = {"github": "https://github.com", "gitlab": "https://gitlab.com"}
NEEDED = ("dienst", "opslagplaats", "tak")
KEYS = (*NEEDED, "adres", "aanmelden", "toepassing")
ONLY = {"aanmelden": "github", "toepassing": "gitlab"}
FORMS = {
    "dienst": (
        r"github|gitlab",
        "Kies github of gitlab; alleen daar maakt het beheer eerst een voorstel.",
    ),
    "opslagplaats": (
        r"[\w.-]+(?:/[\w.-]+)+",
        "Noem eigenaar en naam met een schuine streep ertussen, bijvoorbeeld gemeente/beleid.",
    ),
    "tak": (r"[\w.-]+(?:/[\w.-]+)*", "Noem de tak waarop de site staat, bijvoorbeeld main."),
    "toepassing": (r"[0-9a-zA-Z_-]+", "Neem het nummer over dat GitLab aan de toepassing gaf."),
}
ADDRESS = "Schrijf een webadres dat met https:// begint, zonder schuine streep aan het einde."


@dataclass(frozen=True, slots=True)
class Forge:
    """Where the files are kept, and how people log in there; empty is what the CMS does itself."""

    name: str
    repository: str
    branch: str
    address: str
    login: str
    app: str

    @property
    def interfaces(self) -> tuple[str, str]:
        """The addresses that the CMS talks to: REST and GraphQL."""
        if self.name == "gitlab":
            return f"{self.address}/api/v4", f"{self.address}/api/graphql"
        if self.address == PUBLIC["github"]:
            return "https://api.github.com", "https://api.github.com/graphql"
        return f"{self.address}/api/v3", f"{self.address}/api/graphql"


def forge(file: File) -> Forge | tuple[Problem, ...]:
    """The forge, or what is wrong with the file."""
    tree, problems = parse(file)
    if tree is None:
        return problems
    if wrong := (*_strange(tree), *_missing(tree, file.path), *_wrong(tree)):
        return tuple(sorted(wrong))
    values = {key.text: value.text for key, value in tree.entries if isinstance(value, Scalar)}
    name = values["dienst"]
    return Forge(
        name=name,
        repository=values["opslagplaats"],
        branch=values["tak"],
        address=values.get("adres", PUBLIC[name]),
        login=values.get("aanmelden", ""),
        app=values.get("toepassing", ""),
    )


def _strange(tree: Table) -> Iterator[Problem]:
    for key, value in tree.entries:
        if key.text not in KEYS:
            message = f"Haal '{shown(key.text)}:' weg; hier kan: {', '.join(KEYS)}."
            yield Problem(key.place, key.text, message, "invoer:onbekende-sleutel")
        elif not isinstance(value, Scalar):
            message = f"Geef '{key.text}:' één waarde, geen lijst."
            yield Problem(value.place, key.text, message, "invoer:vorm")


def _missing(tree: Table, path: str) -> Iterator[Problem]:
    given = {key.text for key, _ in tree.entries}
    for key in NEEDED:
        if key not in given:
            yield Problem(Place(path), key, f"Voeg '{key}:' toe. {FORMS[key][1]}", "invoer:vorm")


def _wrong(tree: Table) -> Iterator[Problem]:
    values = {key.text: value for key, value in tree.entries if isinstance(value, Scalar)}
    chosen = values["dienst"].text if "dienst" in values else ""
    for key, value in values.items():
        if key in FORMS and not re.fullmatch(FORMS[key][0], value.text, re.ASCII):
            yield Problem(value.place, key, FORMS[key][1], "invoer:beheer")
        elif key in {"adres", "aanmelden"} and not _plain_address(value.text):
            yield Problem(value.place, key, ADDRESS, "invoer:webadres")
        elif chosen in PUBLIC and ONLY.get(key, chosen) != chosen:
            message = f"Haal '{key}:' weg; dat hoort alleen bij {ONLY[key]}."
            yield Problem(value.place, key, message, "invoer:beheer")


def _plain_address(text: str) -> bool:
    return (
        WEB.fullmatch(text) is not None
        and re.fullmatch(r"https://[^?#;]*[^?#;/]", text) is not None
    )
