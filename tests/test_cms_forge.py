"""The CMS on a forge: who logs in, what it asks, and where a change goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gitlab
import pytest
from conftest import CHROMIUM, MINI
from kadernota.sources import read
from managed import FORGE, INSTALLED, WHY, publish, texts
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from desk import Desk

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="install Debian's chromium to look in a browser"),
    pytest.mark.skipif(not INSTALLED, reason=WHY),
]
PARTNER = "data/partners/jongerenwerk.yaml"


def test_the_page_to_log_in_asks_nothing_elsewhere(desk: Desk, served: tuple[str, Path]) -> None:
    publish(read(MINI), served[1])
    desk.page.goto(desk.address + "beheer/index.html")

    expect(desk.page.get_by_role("button", name="Inloggen met een toegangstoken")).to_be_visible()
    expect(desk.page.get_by_role("button", name="lokale repository")).to_be_disabled()
    desk.page.wait_for_load_state("networkidle")


def test_on_a_forge_a_change_is_a_proposal_and_not_on_the_branch_of_the_site(
    desk: Desk, served: tuple[str, Path]
) -> None:
    publish(read(MINI), served[1], FORGE.replace("github", "gitlab"))
    desk.forge = forge = gitlab.GitLab(texts(read(MINI)))
    desk.page.goto(desk.address + "beheer/index.html")
    desk.page.get_by_role("button", name="Inloggen met een toegangstoken").click()
    desk.page.get_by_role("textbox").fill("geheim")
    desk.page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(desk.page.get_by_role("treeitem", name="Partners")).to_be_visible()
    asked = len(forge.asked)
    desk.open("partners/entries/jongerenwerk")
    desk.fill("beschrijving", "Helpt jongeren.")
    desk.save()
    expect(desk.page.get_by_role("alertdialog").last).to_contain_text("Ter review indienen")
    wanted = forge.files[PARTNER].replace(
        "Begeleidt jongeren in hun vrije tijd.", "Helpt jongeren."
    )

    assert len(forge.files) > 40 > asked
    (commit,), (proposal,) = forge.commits, forge.proposals
    (action,) = commit["actions"]

    assert ("cms/partners/jongerenwerk", "main") == (commit["branch"], commit["start_branch"])
    assert "Wijzig partner jongerenwerk" == commit["commit_message"]
    assert ("update", PARTNER, wanted) == tuple(
        action[k] for k in ("action", "file_path", "content")
    )
    assert ("cms/partners/jongerenwerk", "main") == (
        proposal["source_branch"],
        proposal["target_branch"],
    )
