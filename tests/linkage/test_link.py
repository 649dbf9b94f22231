"""Linking end to end on two invented agencies: what people decided holds, and what is not identity changes nothing."""

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.decisions import Decision
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from concerted.linkage.release import shipped
from concerted.linkage.review import review_order
from tests.linkage.records import AGENCY, Row, agencies, key, person, write

linking = sys.modules[link.__module__]  # the package gives the function the name of its module
STEPS = ["prepare", "pairs", "model", "compare", "decide"]

Sets = set[frozenset[str]]


def _sets(linked: Linked, name: Callable[[RecordKey], str] = str) -> Sets:
    found: dict[int, set[str]] = {}
    for one, entity in zip(linked.keys, linked.entity, strict=True):
        found.setdefault(entity, set()).add(name(one))
    return {frozenset(members) for members in found.values()}


def _decision(left: str, right: str, word: str) -> Decision:
    return Decision(RecordKey.parse(left), RecordKey.parse(right), word, "R. Reader", "2026-03-02", "asked both")


def _together(linked: Linked, left: str, right: str) -> bool:
    entity = {str(one): first for one, first in zip(linked.keys, linked.entity, strict=True)}
    return entity[left] == entity[right]


def _shown(linked: Linked, left: str, right: str) -> list[dict[str, object]]:
    number = {str(one): at for at, one in enumerate(linked.keys)}
    pair = sorted((number[left], number[right]))
    return [row for row in linked.shown.to_pylist() if [row["left"], row["right"]] == pair]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("link")


@pytest.fixture(scope="module")
def files(folder: Path) -> list[Path]:
    rows = agencies()
    return [write(folder / "force.parquet", rows[:AGENCY]), write(folder / "council.parquet", rows[AGENCY:])]


@pytest.fixture(scope="module")
def linked(files: list[Path]) -> Linked:
    return link(files)


def test_each_person_is_one_entity(linked: Linked) -> None:
    assert _sets(linked) == {frozenset((f"force:f{at}", f"council:c{at}")) for at in range(AGENCY)}
    assert linked.entity == [at % AGENCY for at in range(2 * AGENCY)]


def test_keys_follow_the_files_and_the_rows_in_them(linked: Linked, files: list[Path]) -> None:
    assert linked.keys == [key(row) for row in agencies()]
    turned = link(files[::-1])
    assert turned.keys == [*linked.keys[AGENCY:], *linked.keys[:AGENCY]]
    assert _sets(turned) == _sets(linked)


def test_the_tables_have_the_columns_that_the_desk_reads(linked: Linked) -> None:
    assert linked.pairs.column_names == ["left", "right", "weight", "probability", "band", "candidate"]
    assert linked.shown.column_names == [
        *("left", "right", "weight", "probability", "band", "reasons", "against", "splink_weight")
    ]
    assert all(row["left"] < row["right"] for row in linked.pairs.to_pylist())
    assert linked.pairs.num_rows == len({(row["left"], row["right"]) for row in linked.pairs.to_pylist()})


@pytest.mark.parametrize("keep", [0.0, -6.0])
def test_bands_follow_the_thresholds_and_the_sets(files: list[Path], keep: float) -> None:
    linked = link(files, model=replace(shipped(), keep=keep))
    for row in linked.pairs.to_pylist():
        together = linked.entity[row["left"]] == linked.entity[row["right"]]
        assert (row["band"] == "join") == (together and row["weight"] >= linked.release.join)
        assert (row["band"] == "review") == (not together and row["weight"] >= linked.release.keep)


def test_shown_pairs_are_those_not_apart_strongest_first_each_with_its_reasons(linked: Linked) -> None:
    rows = linked.shown.to_pylist()
    assert len(rows) == sum(row["band"] != "apart" for row in linked.pairs.to_pylist())
    assert [row["weight"] for row in rows] == sorted((row["weight"] for row in rows), reverse=True)
    assert all(row["reasons"] for row in rows)


def test_the_summary_can_say_which_model_and_why(linked: Linked) -> None:
    assert linked.chosen == "the shipped release: training needs 2,000 records and here are 80"
    assert linked.release.prior is not None
    assert linked.notes == ()
    assert {strength.field for strength in linked.strengths} >= {
        "Given name",
        "Family name",
        "Date of birth",
        "Telephone",
    }


def test_two_runs_are_identical(linked: Linked, files: list[Path]) -> None:
    again = link(files)
    assert (again.entity, again.release.id, again.strengths) == (linked.entity, linked.release.id, linked.strengths)
    assert again.pairs.equals(linked.pairs)
    assert again.shown.equals(linked.shown)


def test_the_bound_release_gives_the_same_again(linked: Linked, files: list[Path]) -> None:
    again = link(files, model=linked.release)
    assert again.pairs.equals(linked.pairs)
    assert again.chosen == f"the release {shipped().name} that was given"
    unbound = link(files, model=linked.release.unbound())
    assert unbound.release == linked.release


def test_records_that_come_later_change_no_weight_of_those_that_stand(linked: Linked, files: list[Path]) -> None:
    """However many hold a value now: how common it is stands in the release."""
    name = {field: person(0)[field] for field in ("given_name", "family_name", "sex")}
    namesakes: list[Row] = [{**name, "source": "charity", "record_id": str(at)} for at in range(60)]
    later = link([*files, write(files[0].parent / "later.parquet", namesakes)], model=linked.release)
    before, after = (
        {(row["left"], row["right"]): row["weight"] for row in one.shown.to_pylist()} for one in (linked, later)
    )
    assert before
    assert {pair: after.get(pair) for pair in before} == before
    assert later.release == linked.release


def test_steps_are_reported(files: list[Path]) -> None:
    progress = Silent()
    link(files, model="default", progress=progress)
    progress.finish()
    assert list(progress.seconds) == STEPS


def test_renaming_shuffling_and_case_change_no_set(linked: Linked, folder: Path) -> None:
    rows = agencies()
    random.Random(11).shuffle(rows)
    renamed: dict[RecordKey, str] = {}
    for at, row in enumerate(rows):
        own = str(key(row))
        row["source"], row["record_id"] = f"agency {row['source']}", f"row-{at * 13}"
        renamed[key(row)] = own
        for name in ("given_name", "family_name", "town", "postcode"):
            row[name] = str(row[name]).upper() if at % 2 else str(row[name]).lower()
    other = link([write(folder / "renamed.parquet", rows)])
    assert _sets(other, renamed.__getitem__) == _sets(linked)


def test_a_truth_or_a_protected_column_in_the_records_changes_nothing(linked: Linked, folder: Path) -> None:
    rows = agencies()
    truths = [str(at % AGENCY) for at in range(2 * AGENCY)]
    for turn in ("right", "shuffled"):
        if turn == "shuffled":
            random.Random(3).shuffle(truths)
        for row, truth in zip(rows, truths, strict=True):
            row |= dict.fromkeys(("truth", "truth_id", "cluster", "evidence_cluster", "ethnicity"), truth)
        other = link([write(folder / f"{turn}.parquet", rows)])
        assert other.pairs.equals(linked.pairs)
        assert other.shown.equals(linked.shown)
        assert (other.entity, other.release.id) == (linked.entity, linked.release.id)


def test_what_was_decided_holds(files: list[Path]) -> None:
    decisions = [
        _decision("council:c1", "force:f1", "different"),
        _decision("force:f2", "force:f3", "same"),
        _decision("force:f4", "council:c5", "unsure"),
        _decision("force:f6", "council:c6", "unsure"),
        _decision("force:nobody", "council:c6", "same"),
    ]
    made = link(files, decisions=decisions)
    assert not _together(made, "force:f1", "council:c1")
    assert _shown(made, "force:f1", "council:c1") == []
    assert _together(made, "force:f2", "force:f3")
    (same,) = _shown(made, "force:f2", "force:f3")
    assert same["band"] == "join"
    assert str(same["reasons"]).startswith("decided same by R. Reader on 2026-03-02: asked both")
    (unsure,) = _shown(made, "force:f4", "council:c5")
    assert unsure["band"] == "review"
    assert not _together(made, "force:f4", "council:c5")
    asked = [made.shown["left"][row.row].as_py() for row in review_order(made)]
    assert 4 in asked
    assert made.notes == ("1 decision waits: it names a record that is not among these",)


def test_decisions_that_cannot_all_hold_are_said(files: list[Path]) -> None:
    decisions = [
        _decision("force:f1", "force:f2", "same"),
        _decision("force:f2", "force:f3", "same"),
        _decision("force:f1", "force:f3", "different"),
        _decision("force:a", "force:b", "same"),
        _decision("force:a", "force:c", "same"),
    ]
    made = link(files, decisions=decisions)
    assert not _together(made, "force:f1", "force:f3")
    why, waiting = (
        "with others it would join two that are decided different",
        ("force:f1 and force:f2", "force:f2 and force:f3"),
    )
    assert made.notes == (
        "2 decisions wait: they name a record that is not among these",
        *(f"the decision that {pair} are the same waits: {why}" for pair in waiting),
    )


def test_a_group_over_the_size_limit_is_said_with_what_its_links_have_to_reach(files: list[Path]) -> None:
    made = link(files, model=replace(shipped(), size_limit=1, raised=(2.5,)))
    assert [note.partition(": ")[2] for note in made.notes] == [
        f"inside them links join from up to {made.release.join + 2.5:g} bits"
    ]
    assert "of more than 1 linked records" in made.notes[0]


def test_a_later_decision_replaces_an_earlier_one(files: list[Path], linked: Linked) -> None:
    decisions = [_decision("force:f1", "council:c1", word) for word in ("different", "same")]
    assert _sets(link(files, decisions=decisions)) == _sets(linked)


def test_a_source_that_lists_nobody_twice_is_never_twice_in_an_entity(folder: Path) -> None:
    rows = agencies()[:3]
    twin = {**rows[0], "record_id": "f0 again"}
    path = write(folder / "twice.parquet", [*rows, twin])
    assert _together(link([path]), "force:f0", "force:f0 again")
    assert not _together(link([path], unique_sources=frozenset({"force"})), "force:f0", "force:f0 again")


def test_two_lists_that_name_nobody_twice_have_half_the_pairs_and_twice_the_start(
    files: list[Path], linked: Linked
) -> None:
    both = frozenset({"force", "council"})
    lists = link(files, unique_sources=both)
    sources = [key.source for key in lists.keys]
    assert all(sources[row["left"]] != sources[row["right"]] for row in lists.pairs.to_pylist() if row["candidate"])
    assert lists.release.prior == pytest.approx(2 * (linked.release.prior or 0), rel=0.1)


@pytest.mark.parametrize("family", ["Quarshie", "Rees-Mott"])
def test_brothers_and_sisters_of_one_home_are_two_people(folder: Path, family: str) -> None:
    home = {"family_name": family, "address": "1 Low Lane", "postcode": "QQ7 7CI", "phone": "+447700900999"}
    sister: Row = {**home, "source": "force", "record_id": "hana", "given_name": "Hana", "date_of_birth": "2009-03-05"}
    brother: Row = {**home, "source": "council", "record_id": "e", "given_name": "Efosa", "date_of_birth": "2011-11-27"}
    made = link([write(folder / "home.parquet", [*agencies(), sister, brother])])
    assert not _together(made, "force:hana", "council:e")


@pytest.mark.parametrize(("elder", "younger"), [("Leah", "Leanne"), ("Kyle", "Kayleigh")])
def test_near_names_of_one_home_and_two_births_are_two_people(folder: Path, elder: str, younger: str) -> None:
    home = {"family_name": "Quarshie", "address": "1 Low Lane", "postcode": "QQ7 7CI", "town": "Dunmere"}
    one: Row = {**home, "source": "force", "record_id": "one", "given_name": elder, "date_of_birth": "2009-03-05"}
    two: Row = {**home, "source": "council", "record_id": "two", "given_name": younger, "date_of_birth": "2011-11-27"}
    made = link([write(folder / f"near {elder}.parquet", [*agencies(), one, two])])
    assert not _together(made, "force:one", "council:two")


@pytest.mark.parametrize("column", ["nhs_number", "upn", "pnc_id"])
def test_twins_with_two_numbers_are_a_question_and_not_one_person(folder: Path, column: str) -> None:
    birth = {"family_name": "Quarshie", "date_of_birth": "2009-03-05", "address": "1 Low Lane", "postcode": "QQ7 7CI"}
    hana: Row = {**birth, "source": "force", "record_id": "hana", "given_name": "Hana", column: "one"}
    hannah: Row = {**birth, "source": "council", "record_id": "hannah", "given_name": "Hannah", column: "two"}
    path = write(folder / f"twins {column}.parquet", [*agencies(), hana, hannah])
    asked = link([path])
    assert not _together(asked, "force:hana", "council:hannah")
    assert [row["band"] for row in _shown(asked, "force:hana", "council:hannah")] == ["review"]
    assert any("each has another" in row.what_it_would_change for row in review_order(asked))
    decided = link([path], decisions=[_decision("force:hana", "council:hannah", "same")])
    assert _together(decided, "force:hana", "council:hannah")
    assert decided.notes == (
        f"force:hana and council:hannah are joined by decision although each has another {ONE_A_PERSON[column]}",
    )


def test_a_strong_link_of_which_someone_is_unsure_goes_to_review(files: list[Path], linked: Linked) -> None:
    assert [row["band"] for row in _shown(linked, "force:f1", "council:c1")] == ["join"]
    made = link(files, decisions=[_decision("force:f1", "council:c1", "unsure")])
    assert [row["band"] for row in _shown(made, "force:f1", "council:c1")] == ["review"]
    assert _together(made, "force:f1", "council:c1")


def test_a_pair_that_was_proposed_stays_a_candidate_when_it_is_decided(files: list[Path], linked: Linked) -> None:
    made = link(files, decisions=[_decision("force:f1", "council:c1", "same")])
    assert pc.sum(made.pairs["candidate"]) == pc.sum(linked.pairs["candidate"])
    assert made.release.prior == linked.release.prior


def test_too_little_memory_is_said_in_plain_words(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(linking, "weigh", out_of_memory)
    said = (
        r"^so many records cannot be joined at once\. "
        r"Comparing them takes more memory than there is\. Join fewer at a time"
    )
    with pytest.raises(UsedWronglyError, match=said):
        link(files)


def test_a_pair_weighs_what_splink_would_make_of_it_and_what_the_terms_and_the_start_add(linked: Linked) -> None:
    """Nobody of these lives with another, so that no term but the whole name's adds anything to speak of."""
    joined = [row for row in linked.shown.to_pylist() if row["band"] == "join"]
    assert joined
    for row in joined:
        assert row["weight"] < row["splink_weight"]
        assert row["probability"] == pytest.approx(1 / (1 + 2 ** -row["weight"]))


def test_what_is_left_out_of_the_comparison_is_said_and_goes_with_the_release(
    linked: Linked, files: list[Path]
) -> None:
    less = link(files, without=["phones", "town"])
    assert less.notes == ("left out of what is compared, as asked: phones, town",)
    assert {one.name for one in linked.release.comparisons} - {one.name for one in less.release.comparisons} == {
        *("phones", "town")
    }
    assert link(files, model=less.release).pairs.equals(less.pairs)
    with pytest.raises(UsedWronglyError, match=r"^nothing that is compared is called 'shoe size'\. Leave out some of"):
        link(files, without=["shoe size"])


def test_a_decision_brings_nobody_in_against_whom_the_other_record_speaks(folder: Path) -> None:
    """The third shares a name with the second, and nothing but an address with the first, which is another's."""
    rows = agencies()[:AGENCY]
    home = {"source": "force", "address": "1 Low Lane", "town": rows[0]["town"]}
    name = {"given_name": "Wilma", "family_name": "Zorbing", "sex": "female", "occupation": "farrier"}
    first: Row = {**rows[0], **home, "record_id": "first", "sex": "male"}
    second: Row = {**name, "source": "force", "record_id": "second", "phone": "+447700900555"}
    third: Row = {**name, **home, "record_id": "third", "date_of_birth": "1931-02-03", "phone": "+447700900777"}
    path = write(folder / "third.parquet", [*rows[1:], first, second, third])
    assert _together(link([path]), "force:second", "force:third")
    made = link([path], decisions=[_decision("force:first", "force:second", "same")])
    assert _together(made, "force:first", "force:second")
    assert not _together(made, "force:second", "force:third")
