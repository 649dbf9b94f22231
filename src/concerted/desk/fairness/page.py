"""Renders the page on fairness: one HTML file beside the report, with its style in it and no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from jinja2 import Environment

from concerted import __version__
from concerted.common import clock
from concerted.desk import purpose
from concerted.desk.fairness import words
from concerted.desk.report.base import REPORT, environment, style
from concerted.desk.report.words import moment
from concerted.desk.store import Store
from concerted.linkage import Fairness, GroupFigures
from concerted.linkage.fairness import Each
from concerted.linkage.intervals import Share

TITLE: Final = "Fairness: for whom links are missed, or wrong"
SECTIONS: Final = {"groups": "Group by group", "how": "How it is counted", "bounds": "What this page does not show"}
Kind = Literal["missed", "false"]
KINDS: Final[dict[Kind, str]] = {"missed": "Missed links", "false": "False links"}
HEADS: Final[dict[Each, dict[Kind, tuple[str, str]]]] = {
    "pair": {"missed": ("True pairs", "Missed links"), "false": ("Joined pairs", "False links")},
    "record": {
        "missed": ("Records with a true partner", "Missed, in whole records"),
        "false": ("Records that are joined", "False, in whole records"),
    },
}
"""What is counted, and the part of it: the headings of a table."""
_LEAST_WIDTH: Final = 0.5  # per cent, so that the narrowest interval is seen


@dataclass(frozen=True, slots=True)
class FairnessPage:
    """The whole page. made_at: as it should read. truth, by: the names of the files that it was measured against."""

    made_at: str
    made_by: str
    purpose: str
    truth: str
    by: str
    found: Sequence[Fairness]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An interval as it is drawn, in per cent of the width: where it begins and how wide it is, where its share is, and
    where that of all records together is."""

    left: float
    width: float
    at: float
    all: float


def fill(store: Store, truth: Path, by: Path, found: Sequence[Fairness]) -> FairnessPage:
    """The page's content."""
    made_at, made_by = moment(clock.now()), f"Concerted {__version__}"
    return FairnessPage(made_at, made_by, purpose.of(store), truth.name, by.name, found)


def render(data: FairnessPage) -> str:
    """The whole page as text, to be written as UTF-8. The same data give the same page."""
    return (
        _environment()
        .get_template("fairness.html.jinja")
        .render(
            data=data,
            page_title=TITLE,
            made_by=data.made_by,
            beside=(REPORT,),
            style=style("concerted.desk.report", "concerted.desk.fairness"),
            sections=SECTIONS,
        )
    )


def drawn(one: Fairness, group: GroupFigures, kind: Kind) -> Drawn | None:
    """The interval of a group, on the scale of its table; None when there is nothing to draw."""
    share: Share = getattr(group, kind)
    if group.few or share.share is None:
        return None
    most = max(getattr(it, kind).high for it in one.groups if not it.few and getattr(it, kind).share is not None)
    left, right, at, all_ = (
        round(part / most * 100, 2) for part in (share.low, share.high, share.share, getattr(one, kind).share or 0.0)
    )
    return Drawn(left, max(_LEAST_WIDTH, round(right - left, 2)), at, min(all_, 100.0))


@cache
def _environment() -> Environment:
    made = environment("concerted.desk.fairness", "concerted.desk.report")
    made.filters |= {"percent": words.percent, "pairs": words.pairs, "interval": words.interval, "named": words.named}
    made.filters |= {"ratio_words": words.ratio_words, "of_all": words.of_all}
    made.globals |= {"KINDS": KINDS, "HEADS": HEADS, "TOO_FEW": words.TOO_FEW, "drawn": drawn}
    return made
