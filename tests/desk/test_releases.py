"""A release is tried beside the one in force, adopted, and returned from: what is joined, parted, and asked about."""

import json
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import erase, history, release_tried, releases, results, withdraw
from concerted.desk.anew import changed
from concerted.desk.decide import Said, decide, undo
from concerted.desk.given import named
from concerted.desk.into import deliver
from concerted.desk.release_change import adopt, give_back
from concerted.desk.release_list import listed
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.desk.told import Arrival
from tests.desk.extracts import PROFILE, content, extract, profile, rows_of, small
from tests.desk.models import AS_SHIPPED, NINE, STRICT, WHO, WORDS, adopted, asked, returned, sets, strict, tried
from tests.desk.weeks import everything_in


@pytest.fixture
def out(tmp_path: Path, frozen_clock: object) -> Path:
    made = small(tmp_path, NINE)
    assert sets(made) == AS_SHIPPED
    return made


def decided(out: Path, left: str, right: str, word: str) -> None:
    decide(out, Said(f"force:{left}", f"force:{right}", word, "A", "asked"), Silent(), WORDS)


def in_force(out: Path) -> str:
    with Store.open(out) as store:
        return results.release(store)[0].name


def test_trying_says_what_would_come_apart_and_changes_nothing_that_is_read(out: Path) -> None:
    before = content(out)
    found = tried(out, strict(out.parent, 16.0))
    after = content(out)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {"store.sqlite"}
    assert found["sets"] == {"joined": 0, "split": 2, "made_over": 0, "records": 5}
    assert found["shifts"] == [
        {"before": [["force:3", "force:4"]], "after": [["force:3"], ["force:4"]]},
        {"before": [["force:5", "force:7", "force:8"]], "after": [["force:5"], ["force:7"], ["force:8"]]},
    ]
    assert found["entities"] == {"before": 4, "after": 7}
    assert (found["tried"]["name"], found["in_force"]["name"]) == ("strict", "shipped-3")
    assert any(line.startswith("links begin to join from +16 bits on; in force: +") for line in found["differs"])


def test_what_it_finds_is_what_adopting_it_does(out: Path) -> None:
    found = tried(out, strict(out.parent, 16.0))
    done = adopt(out, *WHO, Silent(), WORDS)
    assert sets(out) == STRICT[16.0]
    assert [one.to_dict() for one in done.shifts] == found["shifts"]
    assert done.sets == found["sets"]
    assert (done.release.id, done.over.name) == (found["tried"]["id"], "shipped-3")
    review = [row for row in rows_of(out / "review.csv") if row["band"] == "review"]
    assert (done.summary.review, len(review), done.asked) == (found["review"]["after"], *[found["review"]["held"]] * 2)
    assert done.summary.errors == found["tried"]["errors"]
    assert json.loads((out / "model.json").read_text(encoding="utf-8"))["id"] == done.release.id


def test_a_release_that_joins_more(tmp_path: Path) -> None:
    small(tmp_path, NINE)
    model = strict(tmp_path, 16.0)
    out = small(tmp_path, NINE, Options(model=str(model), replace=True))
    assert sets(out) == STRICT[16.0]
    found = tried(out, "default")
    assert found["sets"] == {"joined": 2, "split": 0, "made_over": 0, "records": 5}
    assert [(one["change"], one["questions"]) for one in found["strata"]] == [("join", 4)]
    assert adopt(out, *WHO, Silent(), WORDS).asked == 0
    assert sets(out) == AS_SHIPPED


def test_what_the_release_before_held_stands_in_review_and_is_apart(out: Path) -> None:
    done = adopted(out, strict(out.parent, 13.0))
    assert sets(out) == STRICT[13.0]
    assert asked(out) == {"58", "78"}
    assert done.asked == 2
    first = rows_of(out / "review.csv")[0]
    assert first["what_it_would_change"] == (
        "3 records would be one person (2 and 1); the release before held them together, and `same` joins them again"
    )


def test_same_joins_them_again_and_different_ends_the_question(out: Path) -> None:
    adopted(out, strict(out.parent, 16.0))
    assert asked(out) == {"34", "57", "58", "78"}
    decided(out, "3", "4", "same")
    assert "34" in sets(out)
    decided(out, "5", "8", "different")
    assert asked(out) == {"57", "78"}
    assert {"5", "7", "8"} <= sets(out)
    decided(out, "5", "7", "same")
    assert "57" in sets(out)
    assert asked(out) == set()  # 7 is of the set of 5, which is not that of 8


def test_an_answer_that_is_undone_asks_again(out: Path) -> None:
    adopted(out, strict(out.parent, 13.0))
    decided(out, "5", "8", "different")
    assert asked(out) == set()
    undo(out, 1, "A", "a slip", Silent(), WORDS)
    assert asked(out) == {"58", "78"}


def test_a_delivery_keeps_the_release_and_what_is_asked(out: Path) -> None:
    done = adopted(out, strict(out.parent, 13.0))
    more = extract(out.parent, [("10", "Efosa", "Umeh", "1999-01-01", "07700 900010", "f")], "more.csv")
    text = profile(out.parent, PROFILE.replace("small", "more"), "more.yaml")
    told = deliver(lambda: named([more], [text]), out, Options(), Arrival(), Silent())
    assert told.summary is not None
    assert told.summary.model["release"] == done.release.id
    assert sets(out) == {*STRICT[13.0], "10"}
    assert asked(out) == {"58", "78"}
    returned(out)
    assert sets(out) == {*AS_SHIPPED, "10"}


def test_a_record_that_joins_both_sides_answers_it_too(out: Path) -> None:
    """What is asked is a function of what is there now: apart, and nobody said anything."""
    adopted(out, strict(out.parent, 13.0))
    decided(out, "6", "8", "same")
    decided(out, "6", "7", "same")
    assert "56789" in sets(out)
    assert asked(out) == set()
    undo(out, 2, "A", "a slip", Silent(), WORDS)
    assert asked(out) == {"58", "78"}


def test_what_a_decision_alone_held_is_not_said_of_the_release(out: Path) -> None:
    decided(out, "1", "6", "same")
    adopted(out, strict(out.parent, 16.0))
    undo(out, 1, "A", "a slip", Silent(), WORDS)
    assert {"12", "69"} <= sets(out)
    assert asked(out) == {"34", "57", "58", "78"}


def test_the_next_adoption_asks_about_its_own(out: Path) -> None:
    adopted(out, strict(out.parent, 13.0))
    adopted(out, strict(out.parent, 16.0))
    assert sets(out) == STRICT[16.0]
    assert asked(out) == {"34", "57"}


def test_returning_uncovers_what_was_asked_before(out: Path) -> None:
    first = content(out)
    adopted(out, strict(out.parent, 13.0))
    second = content(out)
    adopted(out, strict(out.parent, 16.0))
    returned(out)
    views = ("entities.csv", "links.csv", "review.csv", "model.json", "pairs.parquet")
    assert all(content(out)[name] == second[name] for name in views)
    done = returned(out)
    assert all(content(out)[name] == first[name] for name in views)
    assert (done.act, done.asked, done.release.name) == ("returned", 0, "shipped-3")
    with pytest.raises(UsedWronglyError, match="no release was adopted in this folder, so there is none to return to"):
        returned(out)


def test_history_names_the_release_that_parted_them_and_who_adopted_it(out: Path) -> None:
    done = adopted(out, strict(out.parent, 13.0))
    with Store.open(out) as store:
        step = history.of(store, RecordKey("force", "8"))[-1]
    assert step.parted == [[RecordKey("force", "5"), RecordKey("force", "7")]]
    assert (step.change.command, step.change.who) == ("release adopt", "A Analyst")
    assert (step.change.release, step.change.model) == (done.release.id, "strict")


def test_the_log_has_the_command(out: Path) -> None:
    adopted(out, strict(out.parent, 13.0))
    lines = (out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["command"] == list(WORDS)


def test_the_releases_that_it_had(out: Path) -> None:
    shipped, made = in_force(out), adopted(out, strict(out.parent, 13.0)).release.id
    returned(out)
    tried(out, made)
    with Store.open(out) as store:
        found = listed(store)
    told = [(one["name"], one["act"], one["who"], one["why"], one["in_force"]) for one in found["releases"]]
    assert told[0][:3] == (shipped, "made", None)
    assert told[1:] == [
        ("strict", "adopted", *WHO, False),
        (shipped, "returned", *WHO, True),
    ]
    assert {one["at"][:10] for one in found["releases"]} == {"2026-03-02"}
    assert (found["tried"]["id"], found["tried"]["still"]) == (made, True)
    assert adopt(out, *WHO, Silent(), WORDS).release.id == made  # by its id, bound as it was
    assert sets(out) == STRICT[13.0]


def test_why_it_was_chosen_is_said_by_who_adopted_it_and_later_too(out: Path) -> None:
    adopted(out, strict(out.parent, 13.0))
    decided(out, "1", "2", "same")
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    why = "adopted on 2026-03-02 by A Analyst: the release strict that was given"
    assert summary["model"]["why"] == why
    returned(out)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["model"]["why"].endswith("(when the folder was made; it keeps its model)")


def test_nothing_was_tried(out: Path) -> None:
    with pytest.raises(
        UsedWronglyError, match=r"no release waits to be adopted. Try one first: `concerted release try"
    ):
        adopt(out, *WHO, Silent(), WORDS)


def test_the_picture_has_changed_since(out: Path) -> None:
    model = strict(out.parent, 13.0)
    tried(out, model)
    decided(out, "1", "2", "same")
    said = r"the picture has changed since strict \([0-9a-f]{16}\) was tried on 2026-03-02. What it would join and "
    with pytest.raises(UsedWronglyError, match=said) as refused:
        adopt(out, *WHO, Silent(), WORDS)
    assert refused.value.mend == f"try it again: `concerted release try {model} --into DIR`"
    tried(out, model)
    adopt(out, *WHO, Silent(), WORDS)
    assert sets(out) == STRICT[13.0]


def test_the_same_release_would_change_nothing_and_waits_for_nobody(out: Path) -> None:
    found = tried(out, "default")
    assert found["same_release"]
    assert found["shifts"] == found["sample"] == []
    with Store.open(out) as store:
        assert release_tried.last(store) is None


@pytest.mark.parametrize(("who", "why"), [(" ", "b"), ("a", "")])
def test_who_and_why_are_asked(out: Path, who: str, why: str) -> None:
    for act in (adopt, give_back):
        with pytest.raises(UsedWronglyError, match="who asks for it, and why, is not said"):
            act(out, who, why, Silent(), WORDS)


def test_models_that_are_none(out: Path) -> None:
    with pytest.raises(
        UsedWronglyError, match=r"there is no model nothing.json. Name a model.json, `default`, `train`"
    ):
        tried(out, out.parent / "nothing.json")
    with pytest.raises(UsedWronglyError, match="there is no model 0123456789abcdef"):
        tried(out, "0123456789abcdef")
    with pytest.raises(
        UsedWronglyError, match=r"no model can be trained on these records: .*. Try `default`, or a mod"
    ):
        tried(out, "train")
    with pytest.raises(UsedWronglyError, match=r"small.csv: is not a model release"):
        tried(out, out.parent / "small.csv")
    with pytest.raises(UsedWronglyError, match="-1 questions cannot be drawn"):
        tried(out, "default", sample=-1)


def test_what_the_folder_leaves_out_stays_left_out(tmp_path: Path) -> None:
    out = small(tmp_path, NINE, Options(without=("phones",)))
    assert tried(out, "default")["same_release"]


def test_a_record_that_goes_leaves_no_trace_in_what_was_tried_or_held(tmp_path: Path) -> None:
    rows = [(f"{number}canary" if number == "8" else number, *rest) for number, *rest in NINE]
    out = small(tmp_path, rows)
    adopted(out, strict(tmp_path, 13.0))
    tried(out, strict(tmp_path, 16.0))
    assert "8canary" in everything_in(out)
    changed(
        out, lambda store: withdraw.record(store, RecordKey("force", "8canary")), Silent(), ("concerted", "withdraw")
    )
    assert "8canary" not in everything_in(out)
    assert asked(out) == set()


def test_an_erased_one_neither(out: Path) -> None:
    adopted(out, strict(out.parent, 13.0))
    key = RecordKey("force", "8")
    changed(out, lambda store: erase.erase(store, key, *WHO), Silent(), ("concerted", "erase"))
    assert asked(out) == set()
    with Store.open(out) as store:
        assert [tuple(row) for row in store.run("select record_id from held order by 1")] == [("5",), ("7",)]
        assert releases.held(store) == []


def test_replacing_the_folder_keeps_what_it_had_and_returns_to_none_of_them(out: Path) -> None:
    made = adopted(out, strict(out.parent, 13.0)).release.id
    small(out.parent, NINE, Options(replace=True))
    assert sets(out) == AS_SHIPPED
    assert asked(out) == set()
    with Store.open(out) as store:
        assert [one["act"] for one in listed(store)["releases"]] == ["made", "adopted", "replaced"]
        assert made in releases.had(store)
    with pytest.raises(UsedWronglyError, match="no release was adopted"):
        returned(out)
    tried(out, made)
    adopt(out, *WHO, Silent(), WORDS)
    assert sets(out) == STRICT[13.0]
    assert asked(out) == {"58", "78"}
