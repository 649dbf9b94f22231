"""Renders the page of networks: one HTML file beside the report, with its style in it and no script."""

from functools import cache
from typing import Final

from jinja2 import Environment

from concerted.common.words import listed
from concerted.desk.patterns import words
from concerted.desk.patterns.chart import MOST as MOST_ITEMS
from concerted.desk.patterns.data import PatternsPage
from concerted.desk.patterns.fill import fill
from concerted.desk.patterns.pattern import FACTS
from concerted.desk.patterns.times import MOST as MOST_BARS
from concerted.desk.report.base import NETWORKS, REPORT, environment, style
from concerted.networks.findings import ORDER

__all__ = ["fill", "render"]

MOST_PAST: Final = 50  # patterns that are gone or refuted
SECTIONS: Final = {
    "changed": "What changed since the last time",
    "patterns": "Patterns to check",
    "together": "How the patterns hang together",
    "missing": "Children missing at the same times",
    "alone": "What each agency alone would have seen",
    "apart": "Told to one agency alone",
    "rules": "What was looked for",
    "searched": "Whose records were searched",
    "bounds": "What this page does not show",
}


def render(data: PatternsPage) -> str:
    """The whole page as text, to be written as UTF-8. The same data give the same page."""
    return (
        _environment()
        .get_template("networks.html.jinja")
        .render(
            data=data,
            page_title=NETWORKS.title,
            made_by=data.about.made_by,
            beside=(REPORT,),
            style=style("concerted.desk.report", "concerted.desk.patterns"),
            sections=sections(data),
        )
    )


def sections(data: PatternsPage) -> dict[str, str]:
    """The sections of which there is something to say."""
    out = {
        "changed": not (data.again or data.past),
        "together": data.together is None,
        "apart": not data.apart,
        "missing": not data.missing.count,
    }
    return {name: title for name, title in SECTIONS.items() if not out.get(name)}


@cache
def _environment() -> Environment:
    made = environment("concerted.desk.patterns", "concerted.desk.report")
    all_words = (words.sentence, words.role, words.grade, words.marks, words.said, words.tie, words.thing, words.when)
    for filter_ in (*all_words, words.short, words.check, words.by_thing, words.less, listed):
        made.filters[filter_.__name__] = filter_
    made.globals |= {"ORDER": ORDER, "TIES": words.TIES, "SHAPES": words.SHAPES}
    made.globals["MOST_PAST"] = MOST_PAST
    made.globals |= {"MOST_ITEMS": MOST_ITEMS, "MOST_BARS": MOST_BARS, "MOST_FACTS": FACTS}
    return made
