"""What holds of changes and of marks, whatever was found and whoever said what of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.networks.findings import Finding, Mark, Told, changes, standing
from concerted.networks.findings.changes import is_of, keys
from tests.networks.findings.drawn import RECORDS, findings, marks
from tests.networks.findings.drawn import keys as some_keys

UNNAMED = st.sets(st.sampled_from(RECORDS), max_size=3)


@given(findings(), findings(), UNNAMED)
def test_everything_found_stands_once_in_its_order_and_then_what_is_gone(
    before: list[Finding], now: list[Finding], unnamed: set[RecordKey]
) -> None:
    told = changes(before, now, unnamed)
    assert [one.finding for one in told[: len(now)]] == now
    assert all(one.state == "gone" for one in told[len(now) :])
    assert all(one.state != "gone" for one in told[: len(now)])


@given(findings(), findings(), UNNAMED)
def test_each_of_before_is_known_again_once_or_gone(
    before: list[Finding], now: list[Finding], unnamed: set[RecordKey]
) -> None:
    told = Counter(one.state for one in changes(before, now, unnamed))
    assert told["gone"] + len(now) - told["new"] == len(before)


@given(findings(), findings(), UNNAMED)
def test_a_state_is_what_its_records_say(before: list[Finding], now: list[Finding], unnamed: set[RecordKey]) -> None:
    for one in changes(before, now, unnamed):
        less = bool(one.fewer) or one.unnamed > 0
        assert {
            "new": one.more == keys(one.finding) and not less,
            "stronger": bool(one.more),
            "weaker": not one.more and less,
            "as before": not one.more and not less,
            "gone": not one.more and less,
        }[one.state]
        assert set(one.more) <= set(keys(one.finding))
        assert one.state == "gone" or not set(one.fewer) & set(keys(one.finding))


@given(findings(), findings(), UNNAMED)
def test_what_may_not_be_named_is_in_nothing_but_what_rests_on_it_now(
    before: list[Finding], now: list[Finding], unnamed: set[RecordKey]
) -> None:
    for one in changes(before, now, unnamed):
        assert not set(one.fewer) & unnamed
        if one.state == "gone":
            assert keys(one.finding) == one.fewer
            assert one.finding.people == ()
            assert {(fact.grade, fact.date, fact.says) for fact in one.finding.facts} <= {("", "", "")}


@given(findings(), findings(), UNNAMED)
def test_how_many_are_not_named_is_what_is_missing(
    before: list[Finding], now: list[Finding], unnamed: set[RecordKey]
) -> None:
    """With and without names the same findings are told, in the same states, and the same number of records."""
    plain, told = changes(before, now), changes(before, now, unnamed)
    assert [(one.finding.id, one.state) for one in plain] == [(one.finding.id, one.state) for one in told]
    for one, other in zip(plain, told, strict=True):
        assert len(one.fewer) == len(other.fewer) + other.unnamed
        assert set(other.fewer) == set(one.fewer) - unnamed
        assert one.unnamed == 0


@given(findings())
def test_of_what_is_found_again_nothing_is_told_and_of_nothing_everything(some: list[Finding]) -> None:
    assert [one.state for one in changes(some, some)] == ["as before"] * len(some)
    assert changes([], some) == [Told(one, "new", more=keys(one)) for one in some]
    assert [one.finding.id for one in changes(some, [])] == [one.id for one in some]


@given(findings(), findings())
def test_what_is_told_to_one_is_never_known_again_in_what_is_told_to_another(
    before: list[Finding], now: list[Finding]
) -> None:
    """But by its id, which says to whom it is told."""
    apart = [replace(one, id=f"{one.id}-now", to="force-c") for one in now]
    states = [one.state for one in changes(before, apart)]
    assert states == ["new"] * len(now) + ["gone"] * len(before)


@given(some_keys, some_keys)
def test_two_lists_are_of_one_when_half_of_the_shorter_is_in_the_longer(
    some: list[RecordKey], others: list[RecordKey]
) -> None:
    shorter, longer = sorted((some, others), key=len)
    assert is_of(some, others) == is_of(others, some) == (sum(key in longer for key in shorter) >= len(shorter) / 2)
    assert not is_of([], others)


def slowly(one: Finding, made: Sequence[Mark]) -> tuple[Mark | None, bool, list[RecordKey]]:
    """How a finding stands, told once more by going through the marks from the last to the first."""
    own = [mark for mark in made if mark.finding == one.id]
    others = [mark for mark in made if mark.rule == one.rule and mark.to == one.to and is_of(keys(one), mark.facts)]
    last: Mark | None = None
    known: list[RecordKey] = []
    for mark in reversed(own or others):
        last = last or mark
        if mark.mark == last.mark:
            known += mark.facts
    since = [key for key in keys(one) if key not in known] if last else []
    return last, bool(last and last.mark == "refuted" and not since), since


@given(findings(), marks())
def test_how_a_finding_stands_is_as_going_through_the_marks_says(some: list[Finding], made: list[Mark]) -> None:
    for one in some:
        found = standing(one, made)
        assert (found.mark, found.hidden, list(found.since)) == slowly(one, made)


@given(findings(), marks())
def test_what_was_just_refuted_is_hidden_until_it_rests_on_another_record(
    some: list[Finding], made: list[Mark]
) -> None:
    for one in some:
        refuted = [*made, Mark(one.id, one.rule, "refuted", "A. Analyst", "2026-03-02", "no", keys(one), one.to)]
        assert standing(one, refuted).hidden
        assert standing(replace(one, facts=one.facts[1:]), refuted).hidden
        new = replace(one.facts[0], record_id="new")
        back = standing(replace(one, facts=(*one.facts, new)), refuted)
        assert (back.hidden, back.since) == (False, (new.key,))


@given(findings(), marks())
@settings(max_examples=30)
def test_marks_of_others_change_nothing(some: list[Finding], made: list[Mark]) -> None:
    """Of another rule, and of what is told to another, whatever records they rested on."""
    for one in some:
        others = [replace(mark, finding="another", rule="another") for mark in made]
        others += [replace(mark, finding="another", to="force-c") for mark in made]
        assert standing(one, [*made, *others]) == standing(one, made)
