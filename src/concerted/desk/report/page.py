"""Renders a report: one HTML file that opens without a network, with its style in it and no script."""

import shlex
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from jinja2 import Environment

from concerted.common.words import in_every
from concerted.desk.report import charts, words
from concerted.desk.report.base import NETWORKS, QUALITY, environment, style
from concerted.desk.report.data import Example, FieldLevel, FileRead, ReportData, SourcePair

MOST_BETWEEN: Final = 20  # pairs of sources, the least sure first
FIRST_REASONS: Final = 10  # of a quarantine: shown at once, the others on demand

SECTIONS: Final = {
    "next": "What to look at next",
    "trust": "What to trust",
    "picture": "What the agencies hold, and what only the joined picture shows",
    "read": "What was read",
    "refused": "What could not be read",
    "entities": "What was joined",
    "strength": "How strong the links are",
    "joined-examples": "Examples of what was joined",
    "review-examples": "Examples of what waits for review",
    "model": "How the fields were weighed",
    "evaluation": "Compared with the truth",
    "limits": "What this page does not show",
}
BANDS: Final = {"joined": "Joined", "review": "To review", "apart": "Set apart"}
LIKENESS: Final = {"same": "Same", "near": "Nearly the same", "different": "Different", "missing": "Missing"}
ORIGINS: Final = {
    "trained": "Trained on these records",
    "shipped": "Shipped with Concerted",
    "given": "Given by the person who ran the command",
}


def _sections(data: ReportData) -> dict[str, str]:
    left_out = {name for name in ("evaluation", "picture") if getattr(data, name) is None}
    return {name: title for name, title in SECTIONS.items() if name not in left_out}


def file_totals(read: Iterable[FileRead]) -> dict[str, int]:
    """The counts of all files together, as they came: what was mended is counted there already."""
    names = ("rows", "read", "quarantined", "blank", "repeated", "records", "values_quarantined")
    counts = [[getattr(one, name) for name in names] for one in read if not one.mended]
    return dict(zip(names, map(sum, zip(*counts, strict=True)), strict=True)) if counts else dict.fromkeys(names, 0)


def matrix(sources: Sequence[str], between: Iterable[SourcePair]) -> list[tuple[str, list[int]]]:
    """A row for each source: its name, and its count with each source in turn."""
    counts = {frozenset((pair.left, pair.right)): pair.entities for pair in between}
    return [(one, [counts.get(frozenset((one, other)), 0) for other in sources]) for one in sources]


def by_field(levels: Iterable[FieldLevel]) -> dict[str, list[FieldLevel]]:
    """The levels of each field together, fields in the order in which they come."""
    grouped: dict[str, list[FieldLevel]] = {}
    for level in levels:
        grouped.setdefault(level.field, []).append(level)
    return grouped


def heaviest(example: Example) -> float:
    """The greatest weight, for or against, that an example shows: the length of its longest bar."""
    starts = [abs(link.start) for link in example.links]
    return max([*starts, *(abs(reason.weight) for link in example.links for reason in link.reasons)], default=0.0)


@cache
def _environment() -> Environment:
    made = environment("concerted.desk.report")
    for filter_ in (words.bits, in_every, words.times, words.figure, words.share, words.in_a_hundred):
        made.filters[filter_.__name__] = filter_
    made.globals |= {"balance": charts.balance, "heaviest": heaviest, "by_field": by_field}
    made.globals |= {"BANDS": BANDS, "LIKENESS": LIKENESS, "ORIGINS": ORIGINS, "FIRST_REASONS": FIRST_REASONS}
    made.globals["MOST_BETWEEN"] = MOST_BETWEEN
    made.globals |= {"PLOT_TOP": charts.PLOT_TOP, "PLOT_HEIGHT": charts.PLOT_HEIGHT}
    made.globals |= {"ROW_HEIGHT": charts.ROW_HEIGHT, "BAND_ORDER": charts.BANDS}
    return made


def render(data: ReportData) -> str:
    """The whole page as text, to be written as UTF-8. The same data give the same page."""
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            data=data,
            page_title=data.title,
            made_by=data.made_by,
            beside=(QUALITY,) if data.picture is None else (NETWORKS, QUALITY),
            style=style("concerted.desk.report"),
            command=shlex.join(data.command),
            sections=_sections(data),
            totals=file_totals(data.files),
            matrix=matrix(data.totals.sources, data.totals.between),
            score_chart=charts.score_chart(data.scores),
            size_bars=charts.size_chart(data.totals.sizes),
        )
    )
