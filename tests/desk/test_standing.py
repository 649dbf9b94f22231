"""What linking found is kept beside the store: what is joined to it, when everything is linked again, and no traces."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq
import pytest

from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import candidates, coming, explain, release_tried, results, standing, withdraw
from concerted.desk.anew import changed, copied
from concerted.desk.decide import Said, decide
from concerted.desk.file_store import FileStore
from concerted.desk.given import named
from concerted.desk.into import deliver
from concerted.desk.match import standing as for_questions
from concerted.desk.release_change import adopt
from concerted.desk.resolve import Options
from concerted.desk.standing import WholeError
from concerted.desk.store import PAIRS, STANDING, Store
from concerted.desk.told import Arrival
from tests.desk.extracts import HEADER, PROFILE, partition, profile, rows_of, small, table
from tests.desk.models import NINE, WHO, asked
from tests.desk.weeks import everything_in

DELIVERS: Final = PROFILE.replace("version: 1", "version: 1\ndelivers: changes").replace("truth: who", "drop: {who: x}")
NEW: Final = ("20", "Calum", "Tregear", "2010-01-20", "07700 900003", "c")
ALONE: Final = ("21", "Zebedee", "Quillfeather", "2001-02-03", "", "z")
WORDS: Final = ("concerted", "some")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine records that a folder was made of to stand, to which a decision was joined."""
    folder = tmp_path_factory.mktemp("nine")
    file = table(folder / "first.csv", HEADER, NINE)
    came(folder, file)
    said(folder / "out", "3", "6")
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "nine"))


def came(folder: Path, *files: Path) -> None:
    given = named([*files], [profile(folder, DELIVERS)])
    deliver(lambda: given, folder / "out", Options(words=WORDS), Arrival(), Silent())


def said(out: Path, one: str, other: str, word: str = "different") -> None:
    decide(out, Said(f"force:{one}", f"force:{other}", word, "A", "B"), Silent(), WORDS)


def layers(out: Path) -> list[str]:
    with Store.open(out) as store:
        assert {path.stem for path in (out / STANDING).iterdir()} == set(listed(store))
        return listed(store)


def listed(store: Store) -> list[str]:
    return list(json.loads(store.get(results.LAYERS)))


def whole(out: Path, act: Callable[[], None]) -> None:
    """Act on a folder that keeps nothing of how it was linked."""
    with Store.open(out) as store, store.writing():
        standing.forget(store)
    act()


def test_each_change_is_one_more_layer_until_they_are_made_one(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = place / "out"
    monkeypatch.setattr("concerted.desk.standing.MOST", 4)
    assert layers(out) == ["1", "2"]
    said(out, "1", "2", "same")
    came(place, table(place / "second.csv", HEADER, [NEW]))
    assert layers(out) == ["1", "2", "3", "4"]
    sets = partition(out)
    said(out, "3", "5")
    assert layers(out) == ["5"]
    assert partition(out) == sets


def test_the_views_are_those_of_linking_everything(place: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(place, tmp_path / "other"))
    rows = [NEW, ("3", "Bryonie", "Penhale", "2008-11-02", "", "b")]
    came(place, table(place / "second.csv", HEADER, rows))
    whole(other / "out", lambda: came(other, table(other / "second.csv", HEADER, rows)))
    assert len(layers(place / "out")) == 3
    assert rows_of(place / "out" / "entities.csv") == rows_of(other / "out" / "entities.csv")
    for name in ("links.csv", "review.csv"):
        assert by_pair(place / "out" / name) == by_pair(other / "out" / name)


def by_pair(path: Path) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """The lines of a view, their two records whichever way round."""
    sides = ("left_source", "left_id", "right_source", "right_id")
    return [
        (frozenset((row["left_id"], row["right_id"])), tuple(value for name, value in row.items() if name not in sides))
        for row in rows_of(path)
    ]


def test_of_a_record_that_is_withdrawn_nothing_is_left_in_the_layers(place: Path) -> None:
    out = place / "out"
    came(place, table(place / "second.csv", HEADER, [ALONE]))
    assert any(b"quillfeather" in path.read_bytes() for path in (out / STANDING).iterdir())
    taken_back(out, "21")
    assert len(layers(out)) == 1
    assert not any(b"quillfeather" in path.read_bytes() for path in (out / STANDING).iterdir())


def test_nothing_is_left_in_the_folder_of_what_a_withdrawn_file_told_before_another_told_it_otherwise(
    place: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(place, tmp_path / "without"))
    corrected = ("21", "Calum", "Tregear", "2010-01-20", "", "c")
    came(place, table(place / "second.csv", HEADER, [ALONE]))
    for folder in (place, other):
        came(folder, table(folder / "third.csv", HEADER, [corrected]))
    held = everything_in(place / "out").lower()
    assert "quillfeather" in held
    changed(place / "out", lambda store: withdraw.file(store, "second.csv"), Silent())
    held = everything_in(place / "out").lower()
    assert not [word for word in ("zebedee", "quillfeather", "2001-02-03") if word in held]
    assert partition(place / "out") == partition(other / "out")
    assert without_numbers(place / "out") == without_numbers(other / "out")
    for name in ("links.csv", "review.csv"):
        assert by_pair(place / "out" / name) == by_pair(other / "out" / name)


def test_a_decision_does_not_write_anew_what_a_record_was_told_as_before(place: Path) -> None:
    """What files told before stays in the files, so that only a withdrawal or an erasure need look after it."""
    came(place, table(place / "second.csv", HEADER, [("9", "Danuta", "Szalai-Rudd", "1988-07-07", "", "d")]))
    said(place / "out", "1", "5")
    assert len(layers(place / "out")) == 4


def without_numbers(out: Path) -> list[tuple[frozenset[RecordKey], float, str]]:
    """Every pair that was compared, and what it weighs."""
    with Store.open(out) as store:
        names = {number: name for name, number in results.numbers(store).items()}
    pairs = pq.read_table(out / PAIRS).to_pylist()
    found = (
        (frozenset((names[row["left"]], names[row["right"]])), round(row["weight"], 9), row["band"]) for row in pairs
    )
    return sorted(found, key=lambda one: (sorted(one[0]), one[1:]))


def test_what_decisions_alone_hold_together_is_parted_with_the_record_between_and_no_link_of_it_is_left(
    place: Path,
) -> None:
    out = place / "out"
    sets = partition(out)
    came(place, table(place / "second.csv", HEADER, [ALONE]))
    for one, other in (("1", "21"), ("21", "6")):
        said(out, one, other, "same")
    assert {"1", "2", "6", "9", "21"} in [{one for _, one in names} for names in partition(out)]
    number = number_of(out, "21")
    taken_back(out, "21")
    assert partition(out) == sets
    no_row_of(out, number)


def test_no_link_is_left_that_was_asked_about_since_the_release_before_held_it_together(place: Path) -> None:
    """It weighs so little that no layer keeps it, and its other record is not looked at."""
    out = place / "out"
    with Store.open(out) as store, store.writing():
        seldom = replace(results.release(store)[0], prior=1e-30)  # two records are hardly ever of one person
        release_tried.keep(store, seldom, "file", "given", {})
    adopt(out, *WHO, Silent(), WORDS)
    assert "34" in asked(out)
    number = number_of(out, "4")
    taken_back(out, "4")
    no_row_of(out, number)


def taken_back(out: Path, record_id: str) -> None:
    changed(out, lambda store: withdraw.record(store, RecordKey("force", record_id)), Silent())


def number_of(out: Path, record_id: str) -> int:
    with Store.open(out) as store:
        number = results.number_of(store, RecordKey("force", record_id))
    assert number is not None
    return number


def no_row_of(out: Path, number: int) -> None:
    """Nothing of the record that had this number is in the store, in the pairs or in the layers."""
    with Store.open(out) as store:
        assert store.count("link", f"{number} in (one, other)") == 0
        assert store.count("link") == store.count("told")
        assert store.count("said", "number not in (select reasons from link union select against from link)") == 0
        picture = standing.opened_of(store)
    pairs = pq.read_table(out / PAIRS)
    assert number not in {*pairs["left"].to_pylist(), *pairs["right"].to_pylist()}
    for layer in picture.layers:
        assert number not in {*layer.found.holders.tolist()}
        assert number not in {*(layer.pairs >> 32).tolist(), *(layer.pairs & 0xFFFFFFFF).tolist()}
    row = picture.record(number)
    assert [name for name in row.rows.names if name != "n" and row.value(name)] == []


def test_a_record_told_otherwise_by_its_owner_may_stay_as_it_was_told_before(place: Path) -> None:
    came(place, table(place / "second.csv", HEADER, [("9", "Danuta", "Szalai-Rudd", "1988-07-07", "", "d")]))
    assert len(layers(place / "out")) == 3


def test_questions_find_the_records_of_a_joined_picture_under_their_own_entities(place: Path) -> None:
    out = place / "out"
    came(place, table(place / "second.csv", HEADER, [NEW, ("1", "Amara", "Okonjo", "2009-03-14", "", "a")]))
    picture = for_questions(out)
    with Store.open(out) as store:
        assert len(results.numbers(store)) == 10
        assert max(results.numbers(store).values()) == 10  # force:1 was told anew, under another number
    assert picture is not None


def test_pairs_that_keys_propose_are_told_of_new_records_too(place: Path, tmp_path: Path) -> None:
    came(place, table(place / "second.csv", HEADER, [NEW]))
    people = {RecordKey("force", row[0]): row[5] for row in (*NINE, NEW)}
    with Store.open(place / "out") as store:
        found = {frozenset(pair) for pair in candidates.candidates_of(store, people)}
    whole(place / "out", lambda: said(place / "out", "1", "5"))
    with Store.open(place / "out") as store:
        assert found == {frozenset(pair) for pair in candidates.candidates_of(store, people)}
    assert frozenset((RecordKey("force", "20"), RecordKey("force", "8"))) in found


def grown(out: Path, change: Callable[[Store], object]) -> None:
    with Store.open(out) as old, old.writing(), copied(old) as store, store.writing():
        change(store)
        standing.grown(old, store, ())


def test_it_says_why_everything_has_to_be_linked_again(place: Path, tmp_path: Path) -> None:
    def another_release(store: Store) -> None:
        store.run("update release set id = 'another'")

    with pytest.raises(WholeError, match="another release is in force"):
        grown(place / "out", another_release)
    with pytest.raises(WholeError, match="nothing is kept of how it was linked before"):
        grown(small(tmp_path), lambda store: None)


def test_everything_is_linked_again_where_the_layers_are_gone_or_of_another_form(place: Path) -> None:
    out = place / "out"
    sets = partition(out)
    first = out / STANDING / "1.arrow"
    first.write_bytes(first.read_bytes().replace(b"form", b"farm"))
    with pytest.raises(WholeError, match="cannot be read: a growing picture of another form"):
        grown(out, lambda store: None)
    shutil.rmtree(out / STANDING)
    said(out, "1", "5")
    assert layers(out) == ["3"]
    assert partition(out) == sets


def test_what_an_engine_keeps_in_the_folder_is_not_taken_for_what_was_joined(place: Path) -> None:
    with Store.open(place / "out") as store, FileStore(store).changing():
        pass
    with Store.open(place / "out") as store:
        assert listed(store) == []


def test_only_what_is_told_otherwise_comes(place: Path) -> None:
    with Store.open(place / "out") as old, old.writing(), copied(old) as store:
        assert coming.between(old, store) == ([], None)
        with store.writing():
            withdraw.record(store, RecordKey("force", "2"))
        gone, come = coming.between(old, store)
        assert (gone, come) == ([RecordKey("force", "2")], None)


def test_a_release_that_is_tried_is_out_of_date_after_a_change_that_was_joined(place: Path) -> None:
    with Store.open(place / "out") as store, store.writing():
        release_tried.keep(store, results.release(store)[0], "file", "given", {"some": "account"})
    said(place / "out", "1", "5")
    with Store.open(place / "out") as store:
        tried = release_tried.last(store)
    assert tried is not None
    assert (tried.json, tried.found) == ("", "")


@pytest.mark.parametrize("pair", [("1", "2"), ("3", "6"), ("9", "5")])
def test_a_pair_is_explained_in_the_same_words_from_what_is_kept(place: Path, pair: tuple[str, str]) -> None:
    keys = [RecordKey("force", one) for one in pair]
    with Store.open(place / "out") as store:
        found = explain.pair(store, keys[0], keys[1])
    with Store.open(place / "out") as store, store.writing():
        standing.forget(store)
    with Store.open(place / "out") as store:
        assert explain.pair(store, keys[0], keys[1]) == found
