"""The files of a site in, the same with what makes it linked data out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.linking import catalog, data_package, skos, vocabulary, w3id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kadernota.asking.questions import Question
    from kadernota.model import File
    from kadernota.publishing.site import Site


def files(
    site: Site, questions: tuple[Question, ...], context: File
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What is added, each with what makes it."""
    views = site.views
    yield from vocabulary.files(views.loaded, context)
    yield from skos.files(views)
    yield from catalog.files(views, questions)
    yield from data_package.files(site, questions)
    yield from w3id.files(views)
