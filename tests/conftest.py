"""What all tests share: the real knowledge base, read and reasoned over once."""

from __future__ import annotations

from pathlib import Path

import pytest
from kadernota.model import File, Loaded, Sources
from kadernota.pipeline import load
from kadernota.sources import read

ROOT = Path(__file__).resolve().parents[1]
MINI = ROOT / "tests" / "mini"


@pytest.fixture(scope="session")
def sources() -> Sources:
    return read(ROOT)


@pytest.fixture(scope="session")
def adopted(sources: Sources) -> File:
    """The adopted text itself, for those who have it; `.ci/run` says where it is."""
    if sources.adopted is None:
        pytest.skip("KADERNOTA_BRON does not say where the adopted text is")
    return sources.adopted


@pytest.fixture(scope="session")
def loaded(sources: Sources) -> Loaded:
    found = load(sources)
    assert isinstance(found, Loaded), found
    return found
