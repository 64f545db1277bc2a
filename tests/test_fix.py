"""`fix`: files in their canonical form, nothing said differently, nothing half written."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import MINI
from kadernota import write
from kadernota.authoring import new, tidy
from kadernota.change import Change
from kadernota.cli import main
from kadernota.engine import Engine, engine
from kadernota.model import File, Loaded, Sources
from kadernota.pipeline import load
from kadernota.reading import canonical, strict
from kadernota.reading.assemble import assemble
from kadernota.reading.documents import Document
from kadernota.reading.settings import settings
from kadernota.reading.tree import Node, Scalar, Sequence
from kadernota.sources import read

if TYPE_CHECKING:
    from collections.abc import Callable

Run = tuple[int, str, str]
NOTA = "kadernotas/2023-2026"


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, mini: Path
) -> Callable[..., Run]:
    def go(*words: str, cwd: Path = mini) -> Run:
        monkeypatch.chdir(cwd)
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture
def messy(mini: Path) -> Path:
    """A file that is right but not written neatly: keys reversed, a list of one, quotes."""
    path = mini / "data" / "begrippen" / "wijk.yaml"
    path.write_bytes(
        b"# over de bron\nbron: [bron/kadernota-2023-2026#besluit-1]\r\nnaam: 'Wijk'\n"
        b"definitie: Deel van een stad.\n"
    )
    return path


@pytest.fixture(scope="session")
def motor() -> Engine:
    found, _ = engine(read(MINI))
    assert found
    return found


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_the_data_of_this_repository_are_written_neatly(loaded: Loaded) -> None:
    small = load(read(MINI))
    assert isinstance(small, Loaded)

    assert () == tidy.untidy(loaded, ())
    assert () == tidy.untidy(small, ())


def test_fixing_changes_nothing_that_is_said(sources: Sources, motor: Engine) -> None:
    """All real files, each written backwards: keys, lists and parts in another order."""
    config, _ = settings(sources.settings)
    assert config
    data = tuple(File(f.path, backwards(f)) for f in sources.data)
    messy = replace(sources, data=data)
    chosen = {f.path for f in data if f.path.endswith(".yaml")}
    found = tidy.fixes(messy, config, motor.words, chosen)
    mended = {change.path: change.new for change in found.changes}

    assert () == found.left
    assert len(chosen) * 0.99 < len(mended)
    assert {f.path: f.content for f in sources.data} == {
        f.path: mended.get(f.path, f.content) for f in data
    }
    before, after = (assemble(s, config, motor.words).asserted.items for s in (messy, sources))
    assert set(map(str, before)) == set(map(str, after))


class Careless(yaml.CSafeDumper):
    """Writes YAML as a program does that has never seen ours."""


Careless.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def backwards(file: File) -> bytes:
    """The file with its keys and its lists in reverse."""
    tree, _ = strict.parse(file)
    if tree is None:
        return file.content
    dumped = yaml.dump(
        reverse(tree), Dumper=Careless, sort_keys=False, allow_unicode=True, width=9999
    )
    return bytes(dumped, "utf-8")


def reverse(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [reverse(item) for item in reversed(node.items)]
    return {key.text: reverse(value) for key, value in reversed(node.entries)}


def test_fix_rewrites_and_says_which_files(run: Callable[..., Run], messy: Path) -> None:
    code, out, err = run("fix")

    assert (0, "") == (code, out)
    assert "Netjes geschreven: data/begrippen/wijk.yaml\nVeranderd: 1 bestand.\n" == err
    assert messy.read_text() == (
        "naam: Wijk\ndefinitie: Deel van een stad.\n"
        "# over de bron\nbron: bron/kadernota-2023-2026#besluit-1\n"
    )
    assert (0, "", "Alles is al netjes geschreven.\n") == run("fix")


def test_fix_check_writes_nothing_and_shows_what_it_would(
    run: Callable[..., Run], messy: Path
) -> None:
    before = messy.read_bytes()
    code, out, err = run("fix", "--check")

    assert (1, "Te veranderen: 1 bestand.\n") == (code, err)
    assert before == messy.read_bytes()
    assert out.startswith("--- data/begrippen/wijk.yaml\n+++ data/begrippen/wijk.yaml\n@@ ")
    assert "\n-bron: [bron/kadernota-2023-2026#besluit-1]\\u000d\n" in out
    assert "\n+bron: bron/kadernota-2023-2026#besluit-1\n" in out
    assert 0 == run("fix", "--check", "partners/jongerenwerk")[0]


@pytest.mark.parametrize("name", ["data/begrippen/wijk.yaml", "begrippen/wijk", "wijk.yaml"])
def test_fix_takes_files_and_addresses(run: Callable[..., Run], messy: Path, name: str) -> None:
    other = messy.parent / "straat.yaml"
    shutil.copy(messy, other)
    code, out, _ = run("fix", "--json", name, cwd=messy.parent)

    assert 0 == code
    assert {"changed": ["data/begrippen/wijk.yaml"], "problems": []} == json.loads(out)
    assert b"[" in other.read_bytes()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("begrippen/wijc", "'begrippen/wijc' is geen bestand van deze kennisbank. Bedoelde je"),
        ("data/gebieden/gebieden.ttl", "Turtle laat fix staan; gebruik daar turtlefmt voor."),
        ("/etc/passwd", "'/etc/passwd' is geen bestand van deze kennisbank. Noem een bestand"),
        ("a\0b", "is geen bestand van deze kennisbank. Noem een bestand onder data/."),
    ],
)
def test_fix_refuses_what_is_no_file_of_ours(
    run: Callable[..., Run], messy: Path, name: str, said: str
) -> None:
    before = files(messy.parents[2])
    code, _, err = run("fix", name)

    assert 2 == code
    assert said in err
    assert before == files(messy.parents[2])


def test_a_file_with_a_mistake_is_left_alone_and_the_others_are_not(
    run: Callable[..., Run], messy: Path, mini: Path
) -> None:
    wrong = mini / "data" / "partners" / "jongerenwerk.yaml"
    wrong.write_text("bron: b\nnaaam: x\n")
    code, _, err = run("fix")

    assert 1 == code
    assert "data/partners/jongerenwerk.yaml:2:1  naaam  Verander 'naaam:' in 'naam:'." in err
    assert "Veranderd: 1 bestand. Niet aangeraakt: 1 met fouten. Herstel die eerst.\n" in err
    assert "bron: b\nnaaam: x\n" == wrong.read_text()


def test_fix_mends_references_that_were_given_as_files(run: Callable[..., Run], mini: Path) -> None:
    partner = mini / "data" / "partners" / "jongerenwerk.yaml"
    right = partner.read_text()
    base = "https://w3id.org/kadernota/id/"
    partner.write_text(
        right.replace("voor: speerpunten/jeugd", "voor: data/speerpunten/jeugd.yaml").replace(
            "nota: kader",
            f"nota: {read(mini).settings.content.decode().split('basis: ')[1].split()[0]}kader",
        )
    )
    assert base in partner.read_text()

    assert 1 == run("check")[0]
    assert 0 == run("fix")[0]
    assert right == partner.read_text()


def test_check_advises_and_passes(run: Callable[..., Run], messy: Path) -> None:
    code, _, err = run("check")
    advice = (
        "data/begrippen/wijk.yaml:1:1  advies: Laat 'kadernota fix' dit bestand netjes schrijven."
    )
    data = json.loads(run("check", "--json")[1])

    assert 0 == code
    assert advice in err
    assert "\n    +naam: Wijk\n" in err
    assert ["invoer:schrijfwijze"] == [p["rule"] for p in data["problems"]]
    assert data["passed"]


def test_check_shows_a_few_of_many_untidy_files(run: Callable[..., Run], mini: Path) -> None:
    for path in (mini / "data").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    _, _, err = run("check")

    assert 3 == err.count("Laat 'kadernota fix'")
    assert "bestanden anders te schrijven; 'kadernota fix --check' toont ze alle." in err
    assert len(err.splitlines()) < 60


def test_check_says_nothing_of_style_where_something_is_wrong(
    run: Callable[..., Run], messy: Path
) -> None:
    messy.write_text("bron: [bron/kadernota-2023-2026#besluit-1]\nnaam: Wijk\n")  # no definition
    code, _, err = run("check")

    assert 1 == code
    assert "schrijfwijze" not in err


def test_a_new_file_is_written_neatly(motor: Engine, sources: Sources) -> None:
    for cls, form in motor.words.forms.items():
        if form.folder:
            made = new.file(motor, form.folder, "iets-nieuws", sources, NOTA)
            tree, problems = strict.parse(made)
            assert tree, (made, problems)
            document = Document(made.path, "x/y", cls, tree, made.content)

            assert made.content.decode() == canonical.text(document, motor.words.forms, "")


def test_a_web_address_to_fill_in_is_recognised_as_such(motor: Engine, sources: Sources) -> None:
    forms = motor.words.forms.values()
    made = [new.file(motor, f.folder, "x", sources, NOTA) for f in forms if f.folder]

    assert any(b"https://INVULLEN" in file.content for file in made)
    assert not any(b"TO_FILL" in file.content or b"{" in file.content for file in made)


def test_all_changes_are_made_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b, by someone else")
    changes = (Change("a", b"a", b"A"), Change("b", b"b", b"B"), Change("c", None, b"C"))
    before = files(tmp_path)
    with pytest.raises(write.Meanwhile, match=r"^b$"):
        write.together(tmp_path, changes)

    assert before == files(tmp_path)


def test_a_full_disk_leaves_everything_as_it_was(mini: Path) -> None:
    for path in (mini / "data").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = files(mini)
    done = subprocess.run(
        [sys.executable, "-m", "kadernota", "fix"],
        cwd=mini,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900)),
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )

    assert 1 == done.returncode
    assert done.stderr.startswith("Schrijven")
    assert before == files(mini)


def test_what_was_decided_is_finished_by_the_next_command(
    run: Callable[..., Run], mini: Path
) -> None:
    """As if killed after the decision, when one of three files had been written."""
    stage = mini / write.PENDING
    for path, text in {
        "nieuw/data/partners/a.yaml": "naam: A\n",
        "weg/data/gebieden/oud": "",
    }.items():
        (stage / path).parent.mkdir(parents=True)
        (stage / path).write_text(text)
    (mini / "data" / "gebieden" / "oud").write_text("x")
    _, _, err = run("check")

    assert err.startswith("Een wijziging die was afgebroken, is afgemaakt.\n")
    assert "naam: A\n" == (mini / "data" / "partners" / "a.yaml").read_text()
    assert not (mini / "data" / "gebieden" / "oud").exists()
    assert not stage.exists()


def test_what_was_not_decided_is_dropped(run: Callable[..., Run], mini: Path, messy: Path) -> None:
    left = mini / (write.PENDING + ".nieuw") / "nieuw" / "data" / "partners" / "half.yaml"
    left.parent.mkdir(parents=True)
    left.write_text("na")

    assert 0 == run("fix")[0]
    assert not left.exists()
    assert not (mini / "data" / "partners" / "half.yaml").exists()


KILLED = """
import sys
from pathlib import Path
from kadernota import write
from kadernota.change import Change
root = Path(sys.argv[1])
made = [Change(f"{n}", b"old" * 9, b"new" * 9999) for n in range(300)]
made += [Change(f"gone-{n}", b"old", None) for n in range(100)]
print("ready", flush=True)
write.together(root, made)
print("done", flush=True)
"""


def test_a_kill_at_any_moment_leaves_all_old_or_all_new(tmp_path: Path) -> None:
    ends = set()
    for nth in range(12):
        root = tmp_path / str(nth)
        root.mkdir()
        for n in range(300):
            (root / str(n)).write_bytes(b"old" * 9)
        for n in range(100):
            (root / f"gone-{n}").write_bytes(b"old")
        before = files(root)
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(root)], stdout=subprocess.PIPE
        ) as work:
            assert work.stdout
            work.stdout.readline()
            time.sleep(0.006 * nth)
            work.kill()
        write.finish(root)
        shutil.rmtree(root / (write.PENDING + ".nieuw"), ignore_errors=True)
        after = files(root)
        new = {str(n): b"new" * 9999 for n in range(300)}
        ends |= {"old" if after == before else "new"}

        assert after in (before, new)
    assert "old" in ends
