"""Findings and marks drawn at random, for properties: few records, so that they share some."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.networks.findings import Fact, Finding, Mark
from concerted.networks.findings.marks import Word

RECORDS = tuple(RecordKey(source, name) for source in ("force-a", "force-b") for name in "abcd")
RULES = ("shared-thing", "missing-together")
TOLD_TO = ("", "force-a", "force-b")
keys = st.lists(st.sampled_from(RECORDS), min_size=1, max_size=5, unique=True)


def finding(name: str, records: Sequence[RecordKey], rule: str = RULES[0], to: str = "") -> Finding:
    """A finding that rests on these records."""
    facts = tuple(Fact(*key, "2B", f"2025-01-{at + 1:02}", "crime: 1 child") for at, key in enumerate(records))
    return Finding(
        id=name,
        rule=rule,
        version=1,
        facts=facts,
        people=((records[0], "child"),),
        weakened_by=(),
        innocent_explanations=(),
        agencies=tuple(sorted({key.source for key in records})),
        one_agency_alone=False,
        urgency="when it comes up",
        words="1 child and 2 people of concern",
        absence="",
        searched=("force-a", "force-b"),
        to=to,
    )


@st.composite
def findings(draw: Callable[..., Any], names: str = "fghijk") -> list[Finding]:
    """Some findings, each with an id of its own."""
    chosen = draw(st.lists(st.sampled_from(names), max_size=5, unique=True))
    return [finding(name, draw(keys), draw(st.sampled_from(RULES)), draw(st.sampled_from(TOLD_TO))) for name in chosen]


@st.composite
def marks(draw: Callable[..., Any]) -> list[Mark]:
    """What some people made of findings, in the order in which they did."""
    words: tuple[Word, ...] = ("checked", "refuted", "taken up")
    return [
        Mark(
            draw(st.sampled_from("fghijk")),
            draw(st.sampled_from(RULES)),
            draw(st.sampled_from(words)),
            "A. Analyst",
            "2026-03-02",
            "looked",
            tuple(draw(keys)),
            draw(st.sampled_from(TOLD_TO)),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
