"""Renders the data-quality page: one HTML file beside the report, with its style in it and no script."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from jinja2 import Environment

from concerted import __version__
from concerted.common import clock
from concerted.common.words import counted
from concerted.desk import fill_report, purpose
from concerted.desk.quality.completeness import quality
from concerted.desk.quality.figures import REASON_FIELD, Quality, WaitingFigures
from concerted.desk.quality.rows import Listed, listed
from concerted.desk.quality.waiting import Red, form, waiting
from concerted.desk.quality.words import KINDS, agency, values_of
from concerted.desk.report import words
from concerted.desk.report.base import REPORT, environment, style
from concerted.desk.store import Store

TITLE: Final = "Data quality: what the records hold, and what they lack"
TEXTS: Final = 6  # words for one reason that are shown
SECTIONS: Final = {
    "quarantine": "What could not be read",
    "ethnicity": "Ethnicity: how much is known",
    "fields": "Every field, agency by agency",
    "rows": "The rows behind the red numbers",
    "bounds": "What this page does not show",
}
SELF_DEFINED_OR_OBSERVED: Final = {
    "ethnicity_self_defined": "Self-defined: as the person says it",
    "ethnicity_observed": "Observed: as an officer saw it",
}


@dataclass(frozen=True, slots=True)
class QualityPage:
    """The whole page. made_at, as_of: as they should read. folder: as commands name it. listed: what is behind each
    number in quarantine."""

    made_at: str
    as_of: str
    made_by: str
    purpose: str
    folder: str
    quality: Quality
    listed: Mapping[Red, Listed]

    @property
    def records(self) -> int:
        """Records of every kind."""
        return sum(kind.records for one in self.quality.agencies for kind in one.kinds)

    def in_quarantine(self, what: str) -> int:
        """How many rows, or values, are in quarantine."""
        return sum(one.count for one in self.quality.waiting if one.what == what)


def fill(store: Store) -> QualityPage:
    """The page's content, taken from the store."""
    waits, folder = waiting(store), fill_report.folder_of(store)
    return QualityPage(
        made_at=words.moment(clock.now()),
        as_of=words.day(date.fromisoformat(store.get("as_of"))),
        made_by=f"Concerted {__version__}",
        purpose=purpose.of(store),
        folder=shlex.quote(folder),
        quality=quality(store, waits),
        listed=listed(store, waits, folder),
    )


def render(data: QualityPage) -> str:
    """The whole page as text, to be written as UTF-8. The same data give the same page."""
    return (
        _environment()
        .get_template("quality.html.jinja")
        .render(
            data=data,
            listed=data.listed,
            page_title=TITLE,
            made_by=data.made_by,
            beside=(REPORT,),
            style=style("concerted.desk.report", "concerted.desk.quality"),
            sections=SECTIONS,
        )
    )


def title_of(one: Listed) -> str:
    """The heading over the rows behind a number."""
    red = one.red
    if red.what == "reason":
        return f"{agency(red.source)}: {counted(one.count, red.of)} in quarantine: {one.reason}"
    name, kind = words.field_words(red.name), KINDS[red.of]
    if red.what == "required":
        return f"{agency(red.source)}, {kind}: {counted(one.count, 'row')} in quarantine for want of {name}"
    return f"{agency(red.source)}, {kind}: {values_of(one.count, name)} that could not be read"


def red_reason(one: WaitingFigures) -> Red:
    """The number of a reason."""
    return Red("reason", one.source, one.what, form(one.reason))


def by_agency(found: Iterable[WaitingFigures]) -> dict[str, list[WaitingFigures]]:
    """The reasons of each agency together, in the order in which they come."""
    grouped: dict[str, list[WaitingFigures]] = {}
    for one in found:
        grouped.setdefault(one.source, []).append(one)
    return grouped


@cache
def _environment() -> Environment:
    made = environment("concerted.desk.quality", "concerted.desk.report")
    made.filters |= {"share": words.share, "agency": agency, "title_of": title_of, "values_of": values_of}
    made.globals |= {"Red": Red, "red_reason": red_reason, "by_agency": by_agency, "KINDS": KINDS, "TEXTS": TEXTS}
    made.globals |= {"REASON_FIELD": REASON_FIELD, "SELF_DEFINED_OR_OBSERVED": SELF_DEFINED_OR_OBSERVED}
    return made
