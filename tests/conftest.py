"""What all tests share: the real knowledge base, read and reasoned over once."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk import DESKTOP, Desk, Quiet
from hypothesis import settings
from kadernota import write
from kadernota.asking.questions import questions
from kadernota.model import File, Loaded, Sources
from kadernota.pipeline import build, check, load
from kadernota.sources import adopted_text, read
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Where the adopted text is. Only the proofs may know: a command without the text must work as well.
# It goes on under another name to the processes that share the tests.
ADOPTED = os.environ.pop("KADERNOTA_BRON", None) or os.environ.get("PROOFS_ADOPTED_TEXT")
if ADOPTED:
    os.environ["PROOFS_ADOPTED_TEXT"] = ADOPTED
# Generated cases are the same in every run; `--hypothesis-profile=default` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
ROOT = Path(__file__).resolve().parents[1]
MINI = ROOT / "tests" / "mini"


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """A command collects no garbage: its process ends with it. That of the tests goes on."""
    yield
    gc.enable()


@pytest.fixture(scope="session")
def sources() -> Sources:
    return read(ROOT)


@pytest.fixture(scope="session")
def adopted() -> File:
    """The adopted text itself, for those who have it; `.ci/run` says where it is."""
    if ADOPTED is None:
        pytest.skip("KADERNOTA_BRON does not say where the adopted text is")
    found = adopted_text(Path(ADOPTED))
    assert isinstance(found, File), found
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as p:
        yield p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(scope="session")
def loaded(sources: Sources) -> Loaded:
    found = load(sources)
    assert isinstance(found, Loaded), found
    return found


@pytest.fixture(scope="session")
def site(built_site: Path) -> Iterator[tuple[str, Path]]:
    """The site of the real knowledge base: where it is served, and the folder that it is in."""
    with hosted(built_site) as address:
        yield address, built_site


@pytest.fixture(scope="session")
def built_site(loaded: Loaded, sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site as people see it, built once for all processes that share the tests."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        target = shared / "site" / "6-site"
        return target if target.exists() else site_of(loaded, sources, shared / "site")


def site_of(loaded: Loaded, sources: Sources, root: Path) -> Path:
    """The folder with the site of this knowledge base."""
    made = build(loaded, check(loaded), questions(sources.queries)[0], sources)
    write.built(made, root)
    write.site(root / made.config.path, root / "6-site")
    return root / "6-site"


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    with hosted(tmp_path) as address:
        yield address, tmp_path


@pytest.fixture
def desk(browser: Browser, served: tuple[str, Path]) -> Iterator[Desk]:
    address, _ = served
    context = browser.new_context(viewport=DESKTOP, locale="nl-NL")  # type: ignore[arg-type]
    found = Desk(context.new_page(), address)
    context.route("**/*", found.guard)
    yield found
    context.close()

    assert [] == found.elsewhere
