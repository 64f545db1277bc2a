"""The site as people meet it, in a real browser: phone, dark, print, keyboard, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import CHROMIUM

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="install Debian's chromium to look at the site in a browser"
)
PHONE, DESKTOP = 360, 1280
ONLY_WRONG = {"resultTypes": ["violations"]}
COLOURS = ["color-contrast", "link-in-text-block"]  # what another colour scheme can spoil


def some_pages(target: Path) -> list[str]:
    """The front page, of every folder its largest page, and the largest pages that list others."""
    folders: dict[str, list[Path]] = {}
    for page in sorted(target.rglob("index.html")):
        folders.setdefault(page.relative_to(target).parts[0], []).append(page)

    def size(page: Path) -> int:
        return page.stat().st_size

    lists = sorted((pages[0] for pages in folders.values()), key=size, reverse=True)
    picked = {target / "index.html", *lists[:8], *(max(g, key=size) for g in folders.values())}
    return sorted(p.parent.relative_to(target).as_posix() + "/" for p in picked)


def test_every_kind_of_page_is_accessible_and_fits_a_phone(
    site: tuple[str, Path], browser: Browser
) -> None:
    base, target = site
    context = browser.new_context(viewport={"width": PHONE, "height": 800}, color_scheme="light")
    page = context.new_page()
    elsewhere: list[str] = []
    errors: list[str] = []
    page.on(
        "request", lambda r: None if r.url.startswith((base, "data:")) else elsewhere.append(r.url)
    )
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    axe, wrong = Axe(), []
    for path in some_pages(target):
        page.goto(base + path.removeprefix("./"))
        if page.evaluate("document.documentElement.scrollWidth") > PHONE:
            wrong.append((path, "wider than the phone"))
        found = axe.run(page, options=ONLY_WRONG).response["violations"]
        page.emulate_media(color_scheme="dark")
        found += axe.run(page, options=ONLY_WRONG | {"runOnly": COLOURS}).response["violations"]
        page.emulate_media(color_scheme="light")
        wrong += [(path, f"{f['id']}: {f['nodes'][0]['html'][:80]}") for f in found]
    context.close()

    assert [] == wrong
    assert [] == elsewhere
    assert [] == errors


def test_without_script_the_whole_page_is_there(site: tuple[str, Path], browser: Browser) -> None:
    base, _ = site
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": 800}
    )
    page = context.new_page()
    page.goto(base + "partners/politie-zoetermeer/")

    assert page.get_by_role("heading", level=1).inner_text().startswith("Politie Zoetermeer")
    assert page.get_by_text("Opsporing, onder andere van de HIC").first.is_visible()
    page.locator("summary").first.click()
    assert page.locator("details[open]").count() >= 1
    context.close()


def test_the_keyboard_alone_reaches_the_content_and_shows_where_it_is(
    site: tuple[str, Path], browser: Browser
) -> None:
    base, _ = site
    page = browser.new_page(viewport={"width": DESKTOP, "height": 900})
    page.goto(base)
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert first
    assert first.startswith("#")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.getAttribute('href') || ''"))
        outline = page.evaluate(
            "(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none')"
            "(getComputedStyle(document.activeElement))"
        )
        assert outline, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    page.close()

    assert any("speerpunten/ondermijning/" in href for href in seen)


def test_search_finds_a_partner(site: tuple[str, Path], browser: Browser) -> None:
    base, _ = site
    page = browser.new_page(viewport={"width": DESKTOP, "height": 900})
    page.goto(base)
    page.get_by_role("textbox").first.fill("reclassering")
    page.locator(".md-search-result__link").first.wait_for()

    assert "eclassering" in page.locator(".md-search-result__list").inner_text()
    page.close()


def test_in_print_the_navigation_is_gone_and_the_reasons_are_there(
    site: tuple[str, Path], browser: Browser
) -> None:
    base, _ = site
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.goto(base + "partners/riec/")
    page.emulate_media(media="print")

    assert not page.locator(".md-header").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    page.close()


def test_a_thing_and_the_official_text_are_two_clicks_apart_from_either_side(
    site: tuple[str, Path], browser: Browser
) -> None:
    base, _ = site
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    page.goto(base + "partners/halt/")
    page.locator("article a[href*='nota/hoofdstuk-5/#']").first.click()
    anchor = page.url.partition("#")[2]
    stop = page.locator(f"[id='{anchor}']")
    stop.wait_for()
    official = stop.locator("a.officieel").get_attribute("href")
    assert official
    assert official.startswith("https://")
    assert ":~:text=" in official

    page.goto(f"{base}nota/hoofdstuk-5/#{anchor}")
    stop.locator("a[href*='partners/halt/']").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Halt")
    assert official in [
        link.get_attribute("href") for link in page.locator("a.officieel").element_handles()
    ]
    page.close()


def test_the_walk_can_be_read_without_script_and_on_paper(
    site: tuple[str, Path], browser: Browser
) -> None:
    base, _ = site
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": 800}
    )
    page = context.new_page()
    page.goto(base + "nota/hoofdstuk-4/")
    why = page.locator(".stuk__uitleg").first
    assert not why.locator("p").is_visible()
    why.locator("summary").click()
    assert why.locator("p").is_visible()

    page.emulate_media(media="print")
    assert page.locator(".stuk__uitleg p").last.is_visible()
    assert not page.locator(".md-header").is_visible()
    context.close()
