"""What became of findings, and marks on them: by hand and by whole worlds."""

from dataclasses import replace

import pytest

from concerted.common.ids import RecordKey
from concerted.networks.findings import MARKS, Fact, Finding, Mark, changes, standing
from concerted.networks.findings.changes import keys, same
from tests.networks.findings.worlds import GROUP, TOLD, crime, found, scope, without


def finding(name: str, *records: str, rule: str = "shared-thing", to: str = "") -> Finding:
    """A finding that rests on these records."""
    facts = tuple(Fact("force-a", record, "", f"2025-01-{at + 1:02}", "crime") for at, record in enumerate(records))
    lists = {"people": (), "weakened_by": (), "innocent_explanations": (), "agencies": (), "searched": ()}
    said = {"urgency": "when it comes up", "words": "", "absence": ""}
    return Finding(id=name, rule=rule, version=1, facts=facts, one_agency_alone=False, to=to, **lists, **said)  # type: ignore[arg-type]


def key(*records: str) -> tuple[RecordKey, ...]:
    return tuple(RecordKey("force-a", record) for record in records)


def mark(word: str, *records: str, name: str = "f", rule: str = "shared-thing") -> Mark:
    return Mark(name, rule, MARKS[word], "A. Analyst", "2026-03-02", "looked", key(*records))


@pytest.mark.parametrize(
    ("before", "now", "state", "more", "fewer"),
    [
        ([], ["a", "b"], "new", ["a", "b"], []),
        (["a", "b"], ["a", "b"], "as before", [], []),
        (["a", "b"], ["a", "b", "c"], "stronger", ["c"], []),
        (["a", "b", "c"], ["a", "b"], "weaker", [], ["c"]),
        (["a", "b", "c"], ["a", "b", "d"], "stronger", ["d"], ["c"]),
        (["a", "b"], [], "gone", [], ["a", "b"]),
    ],
)
def test_what_became_of_one(before: list[str], now: list[str], state: str, more: list[str], fewer: list[str]) -> None:
    was, is_ = ([finding("f", *records)] if records else [] for records in (before, now))
    [told] = changes(was, is_)
    assert (told.state, told.more, told.fewer) == (state, key(*more), key(*fewer))


def test_a_finding_is_known_again_by_its_facts_when_an_earlier_record_gives_it_another_id() -> None:
    before, now = finding("f", "b", "c", "d"), finding("g", "a", "b", "c", "d")
    [told] = changes([before], [now])
    assert (told.state, told.more) == ("stronger", key("a"))
    for other in (finding("g", "b", "x", "y"), replace(now, rule="missing-together"), replace(now, to="force-b")):
        assert [one.state for one in changes([before], [other])] == ["new", "gone"]


def test_the_one_of_its_id_comes_before_the_one_that_shares_more() -> None:
    own, near = finding("f", "a", "z"), finding("g", "a", "b", "c")
    assert same(finding("f", "a", "b", "c"), [near, own]) == own
    assert same(finding("h", "a", "b", "c"), [own, near]) == near
    assert same(finding("h", "a"), []) is None


def test_what_is_found_stands_in_its_order_and_what_is_gone_after_it() -> None:
    one, two, three = (finding(name, name) for name in "abc")
    told = changes([three, one], [two, one])
    assert [(each.finding.id, each.state) for each in told] == [("b", "new"), ("a", "as before"), ("c", "gone")]


def test_one_finding_before_is_not_two_now() -> None:
    told = changes([finding("f", "a", "b")], [finding("g", "a", "b", "c"), finding("h", "a", "b", "d")])
    assert [one.state for one in told] == ["stronger", "new"]


def test_the_last_mark_counts() -> None:
    one = finding("f", "a", "b")
    assert standing(one, []) == (None, False, ())
    made = [mark("check", "a", "b"), mark("refute", "a", "b")]
    assert (standing(one, made).mark, standing(one, made).hidden) == (made[1], True)
    assert not standing(one, list(reversed(made))).hidden
    assert standing(one, [mark("take-up", "a", "b")]).mark.mark == "taken up"  # type: ignore[union-attr]


def test_a_refuted_finding_is_back_for_new_facts_alone_and_says_which() -> None:
    made = [mark("refute", "a", "b")]
    assert standing(finding("f", "a", "b"), made).hidden
    assert standing(finding("f", "a"), made).hidden  # weaker
    back = standing(finding("f", "a", "b", "c"), made)
    assert (back.hidden, back.since) == (False, key("c"))
    again = [*made, mark("refute", "a", "b", "c")]
    assert standing(finding("f", "a", "b", "c"), again).hidden


def test_a_fact_that_was_refuted_once_is_not_new_when_it_comes_back() -> None:
    made = [mark("refute", "a", "b", "c"), mark("refute", "a", "b")]
    assert standing(finding("f", "a", "b", "c"), made).hidden


def test_a_mark_holds_though_the_id_is_another() -> None:
    made = [mark("refute", "b", "c", name="old")]
    assert standing(finding("new", "b", "c"), made).hidden
    assert standing(finding("new", "a", "b", "c"), made).since == key("a")
    assert standing(finding("new", "x", "y"), made).mark is None
    assert standing(finding("new", "b", "c", rule="missing-together"), made).mark is None


def test_over_whole_worlds() -> None:
    circle = [crime("c1", "2025-03-01", "pat", "cleo"), *TOLD]
    less, more = scope(GROUP, *circle), scope(GROUP, *circle, crime("c3", "2025-02-01", "pat", "cleo"))
    [grown] = changes(found(less), found(more))
    assert (grown.state, grown.more) == ("stronger", key("c3"))  # earlier than the core: another id
    [shrunk] = changes(found(more), found(less))
    assert (shrunk.state, shrunk.fewer) == ("weaker", key("c3"))
    [gone] = changes(found(less), found(without(less, "r1")))
    assert (gone.state, gone.fewer) == ("gone", keys(found(less)[0]))
