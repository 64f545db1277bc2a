"""Nobody but the person who started this, in the browser that got the key, reads or writes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from conftest import MINI
from kadernota.editing.exchange import LARGEST, Answered, Asked
from kadernota.editing.office import Office
from living import GATE, HOST, Living, Person

if TYPE_CHECKING:
    from pathlib import Path

PARTNER = "/bewerken/partners/jongerenwerk"
FORM = {"content-type": "application/x-www-form-urlencoded"}
COOKIE = {"cookie": f"{GATE.cookie}={GATE.session}"}
OWN = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Living:
    root = tmp_path_factory.mktemp("gate") / "kb"
    shutil.copytree(MINI, root)
    return Living(root)


@pytest.fixture(scope="module")
def office(base: Living) -> Office:
    return Office(base, GATE)


def everything(base: Living) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in sorted(base.root.rglob("*")) if p.is_file()}


def test_without_the_cookie_there_is_nothing_to_see(office: Office) -> None:
    for path in ("/bewerken/", PARTNER, "/bewerken/_/bewerken.css", "/bewerken/niets"):
        for cookie in ("", f"{GATE.cookie}=fout", f"kadernota-1={GATE.session}"):
            answer = office.answer(Asked("GET", path, "", {"host": HOST, "cookie": cookie}))

            assert 403 == answer.status
            assert b"Jongerenwerk" not in answer.body
            assert GATE.csrf.encode() not in answer.body


def test_who_comes_with_the_key_gets_a_cookie_that_no_script_and_no_other_site_can_use(
    office: Office,
) -> None:
    answer = office.answer(Asked("GET", "/bewerken/", f"sleutel={GATE.key}", {"host": HOST}))

    assert (303, "/bewerken/") == (answer.status, answer.headers["Location"])
    cookie = f"{GATE.cookie}={GATE.session}; Path=/bewerken/; HttpOnly; SameSite=Strict"
    assert cookie == answer.headers["Set-Cookie"]


@pytest.mark.parametrize("key", ["", "fout", GATE.key[:-1], GATE.key + "x", GATE.session, "é"])
def test_a_wrong_key_gets_no_cookie(key: str, office: Office) -> None:
    answer = office.answer(Asked("GET", "/bewerken/", f"sleutel={key}", {"host": HOST}))

    assert 403 == answer.status
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("host", ["", "kwaad.example", "127.0.0.1", "127.0.0.1:8001", "localhost"])
def test_another_name_for_this_computer_is_refused(host: str, office: Office) -> None:
    for query in ("", f"sleutel={GATE.key}"):
        answer = office.answer(Asked("GET", "/bewerken/", query, {"host": host, **COOKIE}))

        assert 421 == answer.status
        assert "Set-Cookie" not in answer.headers


def saving(base: Living, office: Office) -> tuple[dict[str, str], str]:
    """A form that would be saved, if it came from the right place."""
    person = Person(office).go(PARTNER)
    controls = {**person.controls, "v.naam.0": "Gekaapt", "do": "bewaar"}
    return controls, PARTNER


REFUSED: list[tuple[str, dict[str, str], int]] = [
    ("another site", {**COOKIE, "origin": "https://kwaad.example"}, 403),
    ("another port", {**COOKIE, **OWN, "origin": "http://127.0.0.1:9000"}, 403),
    ("a hidden origin", {**COOKIE, **OWN, "origin": "null"}, 403),
    ("no origin", {**COOKIE, "sec-fetch-site": "same-origin"}, 403),
    ("cross site", {**COOKIE, **OWN, "sec-fetch-site": "cross-site"}, 403),
    ("same site", {**COOKIE, **OWN, "sec-fetch-site": "same-site"}, 403),
    ("typed address", {**COOKIE, **OWN, "sec-fetch-site": "none"}, 403),
    ("no cookie", OWN, 403),
    ("wrong cookie", {**OWN, "cookie": f"{GATE.cookie}={GATE.csrf}"}, 403),
    ("wrong host", {**COOKIE, **OWN, "host": "kwaad.example:8000"}, 421),
    ("a form of files", {**COOKIE, **OWN, "content-type": "multipart/form-data; boundary=x"}, 400),
    ("plain text", {**COOKIE, **OWN, "content-type": "text/plain"}, 400),
    ("json", {**COOKIE, **OWN, "content-type": "application/json"}, 400),
]


@pytest.mark.parametrize(
    ("headers", "status"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_a_form_from_elsewhere_saves_nothing(
    headers: dict[str, str], status: int, base: Living, office: Office
) -> None:
    before = everything(base)
    answer = sent(office, saving(base, office)[0], headers)

    assert status == answer.status
    assert before == everything(base)


def sent(office: Office, controls: dict[str, str], headers: dict[str, str]) -> Answered:
    body = urlencode(controls).encode()
    return office.answer(Asked("POST", PARTNER, "", {"host": HOST, **FORM, **headers}, body))


def test_the_same_form_from_the_page_itself_is_saved(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "kb")
    base = Living(tmp_path / "kb")
    office = Office(base, GATE)
    answer = sent(office, saving(base, office)[0], {**COOKIE, **OWN})

    assert 303 == answer.status
    assert b"Gekaapt" in (base.root / "data/partners/jongerenwerk.yaml").read_bytes()


@pytest.mark.parametrize("proof", [None, "", "fout", GATE.session, GATE.key])
def test_a_form_without_its_proof_saves_nothing(
    proof: str | None, base: Living, office: Office
) -> None:
    before = everything(base)
    controls, _ = saving(base, office)
    controls.pop("bewijs")
    if proof is not None:
        controls["bewijs"] = proof
    answer = sent(office, controls, {**COOKIE, **OWN})

    assert 403 == answer.status
    assert before == everything(base)


def test_reading_an_address_never_writes(base: Living, office: Office) -> None:
    before = everything(base)
    query = urlencode(saving(base, office)[0])
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
        office.answer(Asked(method, PARTNER, query, {"host": HOST, **COOKIE, **OWN}))

    assert before == everything(base)


@pytest.mark.parametrize(
    "path",
    [
        "/bewerken/partners/../kadernota",
        "/bewerken/partners/..%2f..%2fkadernota",
        "/bewerken/partners/.verborgen",
        "/bewerken/partners/a/b",
        "/bewerken/partners/a%00b",
        "/bewerken/partners/A",
        "/bewerken/../data/partners/jongerenwerk",
        "/bewerken/data/jongerenwerk",
        "/bewerken//etc/passwd",
        "/bewerken/_/../basis.html.j2",
        "/bewerken/_/basis.html.j2",
        "/bewerken/_/site%2fassets%2fsite.css",
        "/bewerken/partners/jongerenwerk.yaml",
        "/bewerken/partners/" + "a" * 5000,
    ],
)
def test_only_addresses_of_things_are_paths(path: str, base: Living, office: Office) -> None:
    before = everything(base)
    person = Person(office)

    assert 404 == person.ask("GET", path).status
    body = {"bewijs": GATE.csrf, "do": "bewaar", "v.naam.0": "X", "tekst": "naam: x", "zeker": "ja"}
    assert person.ask("POST", path, body).status in {200, 404}
    assert before == everything(base)


@pytest.mark.parametrize(
    "name", ["../../kadernota", "/etc/passwd", "a/b", ".a", "a.yaml", "a\x00b", "A", "a" * 101]
)
def test_a_new_thing_gets_only_a_name_that_is_an_address(
    name: str, base: Living, office: Office
) -> None:
    before = everything(base)
    body = {"bewijs": GATE.csrf, "do": "bewaar", "zeker": "ja", "adres": name, "v.naam.0": "X"}
    answer = Person(office).ask("POST", "/bewerken/begrippen/_nieuw", body)

    assert 200 == answer.status
    assert "Noem het &#39;" in answer.body.decode()
    assert before == everything(base)


def test_a_link_out_of_the_folder_is_seen_and_not_followed(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "kb")
    outside = tmp_path / "buiten.yaml"
    link = tmp_path / "kb/data/partners/jongerenwerk.yaml"
    link.rename(outside)
    link.symlink_to(outside)
    before = outside.read_bytes()
    base = Living(tmp_path / "kb")
    person = Person(Office(base, GATE)).go(PARTNER)

    assert "Dit is een koppeling" in person.page
    assert "<form" not in person.page
    sha = {"geopend": "x", "bewijs": GATE.csrf, "tekst": "naam: weg", "zeker": "ja"}
    person.ask("POST", PARTNER, {**sha, "do": "bewaar"})
    assert before == outside.read_bytes()
    assert link.is_symlink()


def test_a_form_that_is_too_large_is_refused(base: Living, office: Office) -> None:
    before = everything(base)
    body = {"bewijs": GATE.csrf, "do": "bewaar", "v.naam.0": "x" * LARGEST}

    assert 413 == Person(office).ask("POST", PARTNER, body).status
    many = {"bewijs": GATE.csrf, **{f"v.bron.{i}": "x" for i in range(30_000)}}
    assert 400 == Person(office).ask("POST", PARTNER, many).status
    assert before == everything(base)


@pytest.mark.parametrize(
    "button",
    ["erbij:", "weg:", "weg:naam", "weg:a.b.c.d.e.f", "erbij:bijdragen.9.rol", "overnemen:x", ":",
     "terug", "erbij:" + "a." * 3000, "onbekend"],
)  # fmt: skip
def test_a_button_that_is_not_on_the_page_does_nothing_bad(button: str, office: Office) -> None:
    person = Person(office).go(PARTNER)
    before = {n: v for n, v in person.controls.items() if n.startswith("v.")}
    person.controls["weggehaald"] = '["bijdragen.0.rol", "7", [["rol.0", "x"], 3]]'
    person.controls["anders"] = '{"naam": 3, "x": ["y"]}'
    answer = person.ask("POST", PARTNER, {**person.controls, "do": button})
    person.page = answer.body.decode()

    assert 200 == answer.status
    assert all(
        value in person.page.replace("&#39;", "'") for value in before.values() if "\n" not in value
    )


def test_every_answer_forbids_what_a_page_could_do_wrong(office: Office) -> None:
    for path in ("/bewerken/", PARTNER, "/bewerken/niets", "/bewerken/_/bewerken.js"):
        headers = Person(office).ask("GET", path).headers
        policy = headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert ("nosniff", "no-store") == (
            headers["X-Content-Type-Options"],
            headers["Cache-Control"],
        )
        assert "same-origin" == headers["Cross-Origin-Resource-Policy"]
