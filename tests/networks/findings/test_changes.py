"""What became of findings, and marks on them: by hand and by whole worlds."""

from dataclasses import replace

import pytest

from concerted.common.ids import RecordKey
from concerted.networks.findings import MARKS, Fact, Finding, Mark, changes, from_dict, standing, taken_back, title_of
from concerted.networks.findings.changes import keys, same
from tests.networks.findings import drawn
from tests.networks.findings.worlds import GROUP, TOLD, crime, found, scope, without


def finding(name: str, *records: str, rule: str = "shared-thing", to: str = "") -> Finding:
    """A finding that rests on these records."""
    return drawn.finding(name, key(*records), rule, to)


def key(*records: str) -> tuple[RecordKey, ...]:
    return tuple(RecordKey("force-a", record) for record in records)


def mark(word: str, *records: str, name: str = "f", rule: str = "shared-thing", to: str = "") -> Mark:
    return Mark(name, rule, MARKS[word], "A. Analyst", "2026-03-02", "looked", key(*records), to)


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


@pytest.mark.parametrize(
    ("now", "state", "more", "fewer", "unnamed"),
    [
        (["a", "b"], "weaker", [], [], 1),
        (["a"], "weaker", [], ["b"], 1),
        (["a", "b", "d"], "stronger", ["d"], [], 1),
        (["a", "b", "c"], "as before", [], [], 0),  # it was taken back and came again
        ([], "gone", [], ["a", "b"], 1),
    ],
)
def test_a_record_that_was_taken_back_is_counted_and_never_named(
    now: list[str], state: str, more: list[str], fewer: list[str], unnamed: int
) -> None:
    is_ = [finding("f", *now)] if now else []
    [told] = changes([finding("f", "a", "b", "c")], is_, key("c"))
    assert (told.state, told.more, told.fewer, told.unnamed) == (state, key(*more), key(*fewer), unnamed)
    assert "c" not in now or told.finding is is_[0]


def test_what_is_gone_is_told_by_its_rule_and_the_records_that_are_left() -> None:
    """What its people and words were may be known from the record that was taken back alone."""
    [told] = changes([finding("f", "a", "b", "c", to="force-b")], [], key("a", "c"))
    gone = told.finding
    assert (gone.id, gone.rule, gone.to, gone.words) == ("f", "shared-thing", "force-b", title_of("shared-thing"))
    assert gone.facts == (Fact("force-a", "b", "", "", ""),)
    assert (gone.people, gone.searched, gone.agencies) == ((), (), ("force-a",))
    assert from_dict(gone.to_dict()) == gone
    [nothing] = changes([finding("f", "a")], [], key("a"))
    assert (nothing.finding.facts, nothing.finding.agencies, nothing.unnamed) == ((), (), 1)


def test_so_many_records_in_words() -> None:
    assert taken_back(1) == "1 record that was taken back or is restricted"
    assert taken_back(1200) == "1,200 records that were taken back or are restricted"


def test_a_rule_that_there_no_longer_is_has_its_id_for_a_title() -> None:
    assert title_of("a-rule-of-before") == "a-rule-of-before"
    [told] = changes([finding("f", "a", rule="a-rule-of-before")], [])
    assert told.finding.words == "a-rule-of-before"


def test_a_mark_of_one_agency_is_not_another_s_of_the_same_records() -> None:
    """Each is told of a pattern of its own; what the one refutes the other may take up."""
    one, other, all_of = (
        finding(name, "a", "b", to=to) for name, to in (("f", "force-a"), ("g", "force-b"), ("h", ""))
    )
    made = [mark("refute", "a", "b", name="f", to="force-a")]
    assert standing(one, made).hidden
    assert standing(other, made) == standing(all_of, made) == (None, False, ())
    later = [*made, mark("take-up", "a", "b", name="g", to="force-b")]
    assert (standing(one, later).mark, standing(other, later).mark) == (later[0], later[1])
    renamed = replace(one, id="another")  # an earlier record came late
    assert standing(renamed, later).mark == later[0]


def test_the_last_mark_counts() -> None:
    one = finding("f", "a", "b")
    assert standing(one, []) == (None, False, ())
    made = [mark("check", "a", "b"), mark("refute", "a", "b")]
    assert (standing(one, made).mark, standing(one, made).hidden) == (made[1], True)
    assert not standing(one, list(reversed(made))).hidden
    taken_up = mark("take-up", "a", "b")
    assert standing(one, [taken_up]) == (taken_up, False, ())
    assert taken_up.mark == "taken up"


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
