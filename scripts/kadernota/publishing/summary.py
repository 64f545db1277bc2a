"""The views in, what every page may say about the memorandum as a whole out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kadernota.publishing.things import Thing
    from kadernota.publishing.views import Views


@dataclass(frozen=True, slots=True)
class Summary:
    """Where the memorandum holds, for which years, whether it was adopted, and what came before."""

    place: str
    years: str
    adopted: str  # the day in words; empty as long as it is in preparation
    earlier: str  # the years of the memorandum before it; empty when there is none

    @property
    def about(self) -> str:
        """The site in a sentence, for search engines."""
        return (
            f"Het veiligheidsbeleid van {self.place}, {self.years}, als gegevens om te lezen en"
            " te bevragen."
        )


def summary(views: Views) -> Summary:
    """The memorandum that `kadernota.yaml` names, in short."""
    memorandum = views.thing(views.loaded.settings.memorandum)
    areas, before = memorandum.all("gebieden"), memorandum.all("volgt-op")
    return Summary(
        place=areas[0].text if areas else views.loaded.settings.name,
        years=years(memorandum),
        adopted=memorandum.get("vastgesteld-op"),
        earlier=years(views.thing(before[0].target.strip("/"))) if before else "",
    )


def years(memorandum: Thing) -> str:
    """`2023-2026`, or one year when it begins and ends in the same."""
    found = [memorandum.get(key)[-4:] for key in ("begin", "einde")]
    return "-".join(dict.fromkeys(filter(None, found)))
