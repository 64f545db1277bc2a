"""`kadernota serve --bewerken` as somebody starts it: a key in the address, and then a form."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from conftest import MINI, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = re.compile(r"Wijzigen kan op (http://127\.0\.0\.1:\d+/bewerken/\?sleutel=([\w-]{43}))")


def start(root: Path, *more: str) -> Iterator[tuple[str, str]]:
    """What the command says until it serves, and the address of the site."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kadernota", "serve", "--port", str(port), *more]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        said = ""
        assert process.stderr
        for line in process.stderr:
            said += line
            if line.startswith("Kijk op "):
                break
        yield said, f"http://127.0.0.1:{port}/"
        process.terminate()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(MINI, tmp_path / "kb")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "kb")
    return tmp_path / "kb"


def get(address: str) -> tuple[int, str]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address) as found:  # noqa: S310 - our own
                return found.status, found.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except urllib.error.URLError:
            continue
    raise AssertionError(address)


def test_the_form_opens_only_with_the_key_of_this_start(root: Path) -> None:
    keys = []
    for _ in range(2):
        for said, site in start(root, "--bewerken"):
            found = ADDRESS.search(said)
            assert found, said
            keys.append(found[2])
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            with opener.open(found[1]) as page:
                assert f"{site}bewerken/" == page.url  # the key is no longer in the address
                assert "Wat wil je bewerken?" in page.read().decode()
            assert 403 == get(f"{site}bewerken/")[0]
            assert 403 == get(f"{site}bewerken/?sleutel={keys[0][::-1]}")[0]

    assert 2 == len(set(keys))


def test_without_the_option_there_is_no_form(root: Path) -> None:
    for said, site in start(root):
        assert "Wijzigen" not in said
        assert 404 == get(f"{site}bewerken/")[0]


def test_data_with_mistakes_can_be_edited_and_settings_with_mistakes_not(root: Path) -> None:
    broken = root / "data/partners/jongerenwerk.yaml"
    broken.write_text("naam: [\n", encoding="utf-8")
    for said, _ in start(root, "--bewerken"):
        assert ADDRESS.search(said)
    (root / "kadernota.yaml").write_text("naam: Zonder meer\n", encoding="utf-8")
    for said, site in start(root, "--bewerken"):
        assert "Herstel eerst wat hierboven staat" in said
        assert 403 != get(f"{site}bewerken/")[0]
