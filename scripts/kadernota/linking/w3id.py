"""Folders and settings in, the rules out with which w3id.org leads every address to this site.

Two folders, as w3id.org wants them: the vocabulary that all municipalities share, and the addresses
of one municipality. A rule looks at what a program asks for: Turtle or JSON-LD when that is the
first of the known types in `Accept`, and otherwise the page.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from kadernota.linking.addresses import CATALOG, DOCUMENTS, ENGINE, ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kadernota.publishing.views import Views

ARCHIVE = "downloads/w3id.zip"
UNKNOWN = "https://site.invalid/"  # RFC 2606: nothing can stand there
FORMS = {  # what a program asks for, unless it named one of the others first
    "ttl": r"^(?:(?!text/html|application/xhtml|application/(?:ld\+)?json).)*text/turtle",
    "jsonld": r"^(?:(?!text/html|application/xhtml|text/turtle).)*application/(?:ld\+)?json",
}
HEAD = """\
# {title}
Options +FollowSymLinks -MultiViews
RewriteEngine on
"""
README = """\
# {title}

{about}

- Homepage: {home}
- Vocabulary: {ontology}
- Licence of the data: CC0 1.0

The rules in `.htaccess` lead to a static site: to a page, and with `Accept: text/turtle` or
`Accept: application/ld+json` to the same as data. They are generated with the site.
{todo}
## Maintainer

Write here who keeps these rules: w3id.org asks for a name and a GitHub account.
"""
TODO = """
**To do:** nobody has said yet where the site stands. Write `site:` in `kadernota.yaml`, build the
site again, and these rules lead there instead of to `{unknown}`.
"""


def files(views: Views) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The two folders in one archive: beside the pages a `.htaccess` would work right there."""
    yield ARCHIVE, lambda: archive(folders(views))


def folders(views: Views) -> dict[str, str]:
    """The two folders, each with its rules and its README, as they go to w3id.org."""
    settings = views.loaded.settings
    site = settings.site or UNKNOWN
    shared, own = "kadernota/", f"{settings.base.removeprefix('https://w3id.org/')}"
    if own == settings.base:  # no address at w3id.org: these rules go to the server that it names
        own = "eigen/"
    about = f"{settings.name}: the addresses of its things."
    return {
        f"{shared}.htaccess": vocabulary(site),
        f"{shared}README.md": _readme(site, shared, "The vocabulary of policy memoranda as data."),
        f"{own}.htaccess": things(site, tuple(views.folders)),
        f"{own}README.md": _readme(site, own, about),
    }


def archive(found: Mapping[str, str]) -> bytes:
    """These files as a zip, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for path, text in sorted(found.items()):
            made.writestr(zipfile.ZipInfo(path), text.encode())
    return out.getvalue()


def vocabulary(site: str) -> str:
    """Where the ontology, the lists, the shapes and the named graphs are found."""
    return HEAD.format(title="kadernota: the vocabulary, its lists and its shapes") + "".join(
        (
            _rule(r"^context\.jsonld$", f"{site}downloads/context.jsonld"),
            _rules("^$", f"{site}over/", f"{site}{ORIGIN}"),
            _rules("^def/?$", f"{site}model/", f"{site}downloads/ontologie"),
            _rules("^def/([^/]+)/?$", f"{site}lijsten/#$1_", f"{site}downloads/lijsten"),
            _rules("^def/([^/]+)/([^/]+)/?$", f"{site}lijsten/#$1-$2", f"{site}downloads/lijsten"),
            _rules("^shapes/?$", f"{site}regels/", f"{site}downloads/shapes"),
            _rules("^graph/([^/]+)/?$", f"{site}{CATALOG}/#graaf-$1", f"{site}{CATALOG}"),
        )
    )


def things(site: str, folders: tuple[str, ...]) -> str:
    """Where the things of one municipality are found, its catalogue, and every other page."""
    known = f"(?:{'|'.join(sorted(folders))})/[^/]+|{'|'.join(DOCUMENTS)}"
    return HEAD.format(title="kadernota: the things of one municipality") + "".join(
        (
            _rule(r"^(.+\.[a-z0-9]+)$", f"{site}$1"),
            _rules("^$", site, f"{site}{CATALOG}"),
            _rules(f"^({known})/?$", f"{site}$1/", f"{site}$1"),
            _rule("^(.+?)/?$", f"{site}$1/"),
        )
    )


def _rules(pattern: str, page: str, data: str) -> str:
    """The data for who asks for these, the page for anyone else."""
    asked = "".join(
        f'\nRewriteCond %{{HTTP_ACCEPT}} "{accept}" [NC]'
        + _rule(pattern, f"{data}.{form}").replace("\n\n", "\n", 1)
        for form, accept in FORMS.items()
    )
    return asked + _rule(pattern, page)


def _rule(pattern: str, target: str) -> str:
    return f"\nRewriteRule {pattern} {target} [R=303,NE,L]\n"


def _readme(site: str, place: str, about: str) -> str:
    todo = TODO.format(unknown=UNKNOWN) if site == UNKNOWN else ""
    return README.format(title=place, about=about, home=site, ontology=f"{ENGINE}/def", todo=todo)
