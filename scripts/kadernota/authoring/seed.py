"""A name, a code and a period in, the files of an empty knowledge base out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.authoring.workspace import workspace
from kadernota.model import File
from kadernota.reading import canonical
from kadernota.reading.settings import wrong
from kadernota.reading.values import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from kadernota.model import Form

NAME = re.compile(r"['’]?[^\W\d_](?:[\w .()/'’-]{0,58}[\w.)])?")
CODE = re.compile(r"gm\d{4}", re.ASCII)
PERIOD = re.compile(r"([12]\d{3})-([12]\d{3})", re.ASCII)
LONGEST = 20  # years; longer is a slip of the pen

README = """\
# {name}

De gegevens van de kadernota van {place}, {period}.
Alles staat in gewone tekstbestanden onder `data/`: één map per soort, één bestand per ding.

1. Vul eerst `{first}` aan.
2. Draai daarna `kadernota check`: elke melding zegt wat je moet doen.
3. Begin iets nieuws met `kadernota new`, bijvoorbeeld `kadernota new speerpunten veilige-wijk`.
4. Bekijk de site met `kadernota serve`.

Zolang de raad de nota niet heeft vastgesteld, rust alles op `{draft}`.
Daarna leest `kadernota source` de vastgestelde tekst in.
Dan noemt elk ding bij `bron:` de passage waar het staat.
"""


ATTRIBUTES = """\
# Dezelfde regeleinden op elke computer; twee wijzigingen van één bestand komen per sleutel samen.
*.yaml text eol=lf
*.ttl text eol=lf
data/**/*.yaml merge=kadernota
omleidingen.yaml merge=kadernota
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing to know before a knowledge base can begin: how to ask it, what may be said."""

    flag: str
    asked: str
    help: str
    wrong: Callable[[str], str]  # what to do instead, in Dutch; empty when the answer will do


def wrong_name(text: str) -> str:
    """What to do about a name that no municipality can have."""
    if text.casefold().startswith("gemeente "):
        return f"Laat het woord gemeente weg. Bedoelde je {text[9:].strip()}?"
    if NAME.fullmatch(text):
        return ""
    return "Schrijf de naam van de gemeente met letters, bijvoorbeeld Voorbeeldstad."


def wrong_code(text: str) -> str:
    """What to do about a code without the right form; whether it exists only CBS can say."""
    if CODE.fullmatch(text):
        return ""
    digits = re.sub(r"\D", "", text, flags=re.ASCII)
    hint = f" Bedoelde je gm{digits}?" if len(digits) == 4 else ""
    return f"Schrijf de code als gm met vier cijfers, bijvoorbeeld gm9999.{hint}"


def wrong_period(text: str) -> str:
    """What to do about a period that is none."""
    if not (years := PERIOD.fullmatch(text)):
        found = re.findall(r"(?<!\d)[12]\d{3}(?!\d)", text, re.ASCII)
        hint = f" Bedoelde je {found[0]}-{found[1]}?" if len(found) == 2 else ""
        return f"Schrijf de periode als twee jaren, bijvoorbeeld 2027-2030.{hint}"
    if not 0 <= int(years[2]) - int(years[1]) < LONGEST:
        return f"Laat het laatste jaar 0 tot {LONGEST - 1} jaar na het eerste vallen."
    return ""


def wrong_base(text: str) -> str:
    """What to do about an address that things cannot begin with."""
    said = wrong("basis", text)
    return said[1].replace("'basis:'", "--basis") if said else ""


ANSWERS = (
    Answer("naam", "Hoe heet de gemeente?", "naam van de gemeente, zonder 'gemeente'", wrong_name),
    Answer("code", "Wat is de code (gm en vier cijfers)?", "code, zoals gm9999", wrong_code),
    Answer("periode", "Welke periode (twee jaren)?", "periode, zoals 2027-2030", wrong_period),
)
BASE = Answer("basis", "", "begin van alle adressen (standaard met de code)", wrong_base)


@dataclass(frozen=True, slots=True)
class Begun:
    """The files of a new knowledge base, and the one to edit first."""

    files: tuple[File, ...]
    first: str


def base_of(code: str) -> str:
    """Where the addresses of the things of a municipality begin, unless it wants otherwise."""
    return f"https://w3id.org/kadernota/id/{code}/"


def begun(given: Mapping[str, str], forms: Mapping[str, Form], today: str) -> Begun:
    """What can be known from the answers and no more: a memorandum in preparation, and where."""
    place, period, base = given["naam"], given["periode"], given["basis"]
    area, draft = f"gebieden/{slug(place)}", f"documenten/ontwerp-{period}"
    memorandum = f"kadernotas/{period}"
    things: dict[str, dict[str, Any]] = {
        memorandum: {
            "naam": f"Kadernota veiligheid {period}",
            "beschrijving": "De kadernota is in voorbereiding.\n",
            "begin": f"{period[:4]}-01-01",
            "einde": f"{period[-4:]}-12-31",
            "gebieden": area,
            "aanvulling-uit": draft,
        },
        area: {"naam": place, "soort": "gebiedsoorten/gemeente", "aanvulling-uit": draft},
        draft: {
            "naam": f"Ontwerp van de kadernota {period}",
            "soort": "documentsoorten/beleidsplan",
            "bekeken-op": today,
            "toelichting": "Tot de raad de kadernota vaststelt, komen de gegevens uit dit ontwerp.",
            "aanvulling-uit": draft,
        },
    }
    folders = {form.folder: form for form in forms.values()}

    def text(address: str, values: Mapping[str, Any]) -> str:
        return canonical.of_values(values, folders[address.partition("/")[0]], forms, base)

    first, form = f"data/{memorandum}.yaml", folders["kadernotas"]
    name = f"Veiligheidsbeleid {place}"
    settings = {"naam": name, "code": given["code"], "basis": base, "nota": memorandum}
    texts = {
        "LEESMIJ.md": README.format(
            name=name, place=place, period=period, first=first, draft=f"data/{draft}.yaml"
        ),
        ".gitignore": "build/\n",
        ".gitattributes": ATTRIBUTES,
        **{file.path: file.content.decode() for file in workspace(forms.values())},
        **{f"data/{address}.yaml": text(address, values) for address, values in things.items()},
        first: text(memorandum, things[memorandum]) + _open(form, things[memorandum]),
        # Last: a folder without this file is no knowledge base yet.
        "kadernota.yaml": "".join(f"{k}: {canonical.scalar(v)}\n" for k, v in settings.items()),
    }
    return Begun(tuple(File(path, text.encode()) for path, text in texts.items()), first)


def _open(form: Form, given: Mapping[str, Any]) -> str:
    """The keys that can be added, each with what it means, as comments."""
    lines = [f"# {f.key}: {' '.join(f.help.split())}" for f in form.fields if f.key not in given]
    return "\n".join(["# Dit kan er nog bij, zodra het bekend is:", *lines, ""])
