"""The files of a site in, the same with what makes it linked data out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kadernota.linking import catalog, data_package, discovery, heads, skos, vocabulary, w3id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kadernota.asking.questions import Question
    from kadernota.model import File
    from kadernota.publishing.site import Site

    Maker = Callable[[], bytes]


def linked(
    made: Mapping[str, Maker], site: Site, questions: tuple[Question, ...], context: File
) -> dict[str, Maker]:
    """Every file with what makes it: what there was, the pages with a head, and what is added."""
    views = site.views
    whole = {
        **made,
        **dict(vocabulary.files(views.loaded, context)),
        **dict(skos.files(views)),
        **dict(catalog.files(views, questions)),
        **dict(data_package.files(site, questions)),
        **dict(w3id.files(views)),
    }
    whole |= dict(discovery.files(whole, views, questions))
    return whole | dict(heads.headed(whole, views, questions))
