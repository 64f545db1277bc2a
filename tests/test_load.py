"""Many clients at once all get the right answer; `benchmarks/load.py` does this for a minute."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from clients import wishes
from kadernota.asking import ask
from kadernota.asking.questions import questions
from kadernota.endpoint.named import Catalogue
from load import attack
from service import Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clients import Wish
    from kadernota.model import Loaded, Sources


@pytest.fixture(scope="module")
def asked(sources: Sources, loaded: Loaded) -> list[Wish]:
    return wishes(sources, loaded)


@pytest.fixture(scope="module")
def service(sources: Sources, loaded: Loaded) -> Iterator[Running]:
    found = {question.name: question for question in questions(sources.queries)[0]}
    with running(ask.store(loaded), catalogue=Catalogue(loaded, found)) as service:
        yield service


def test_no_answer_is_wrong_while_thirty_two_clients_ask(
    service: Running, asked: list[Wish]
) -> None:
    found = attack((service.port, os.getpid()), asked, clients=32, seconds=4)

    assert [] == found.wrong
    assert 32 < len(found.times)


def test_the_clients_notice_an_answer_that_is_wrong(service: Running, asked: list[Wish]) -> None:
    rows = [replace(wish, rows=Counter({("niets",): 1})) for wish in asked if wish.rows is not None]
    codes = [replace(wish, code=200) for wish in asked if wish.rows is None]
    for wanted in (rows, codes):
        found = attack((service.port, os.getpid()), wanted[:4], clients=2, seconds=1)

        assert found.times
        assert len(found.times) == len(found.wrong)
