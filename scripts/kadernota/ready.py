"""Sources in, what all data are read with out: the engine, the settings, and the forge if any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kadernota.engine import engine
from kadernota.model import Loaded, Problem, Sources
from kadernota.reading.forge import forge
from kadernota.reading.redirects import redirects
from kadernota.reading.searchwords import searchwords
from kadernota.reading.settings import settings

if TYPE_CHECKING:
    from kadernota.engine import Engine
    from kadernota.model import Settings
    from kadernota.reading.assemble import Assembled
    from kadernota.reading.forge import Forge
    from kadernota.triples import Triples


@dataclass(frozen=True, slots=True)
class Ready:
    """What all data are read with."""

    motor: Engine
    config: Settings
    forge: Forge | None


def ready(sources: Sources) -> Ready | tuple[Problem, ...]:
    """What the data are read with, or what is wrong with that."""
    if sources.unreadable:
        return sources.unreadable
    motor, problems = engine(sources)
    if motor is None:
        return problems
    config, problems = settings(sources.settings)
    if config is None:
        return problems
    hosted = forge(sources.forge) if sources.forge else None
    return hosted if isinstance(hosted, tuple) else Ready(motor, config, hosted)


def closed(sources: Sources, given: Ready, authored: Assembled, inferred: Triples) -> Loaded:
    """What people wrote with what follows from it."""
    words = given.motor.words
    return Loaded(
        settings=given.config,
        forms=words.forms,
        keys={term.path: key for key, term in words.keys.items()},
        asserted=authored.asserted,
        inferred=inferred,
        ontology=words.ontology,
        shapes=given.motor.shapes,
        rules=given.motor.rules,
        places=authored.places,
        files=authored.files,
        version=sources.version,
        forge=given.forge,
        documents=authored.documents,
        mistakes=authored.problems,
        stubs=authored.stubs,
        redirects=redirects(sources.redirects),
        searchwords=searchwords(sources.searchwords),
    )
