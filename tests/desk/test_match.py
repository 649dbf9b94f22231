"""Questions asked of a result folder: written down once, never stale, and in nobody's way."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import decisions
from concerted.desk import match as asked
from concerted.desk.anew import changed
from concerted.desk.current import record_files
from concerted.desk.match import standing
from concerted.desk.match_file import COLUMNS, match_file
from concerted.desk.resolve import Options
from concerted.desk.store import MATCH, Store
from concerted.linkage import Decision, match
from concerted.linkage.coded import KEY, Coded
from concerted.linkage.folding import fold
from concerted.linkage.link import as_said
from concerted.linkage.standard import standardise
from concerted.linkage.standing.write import write
from tests.desk.extracts import PEOPLE, extract, profile, rows_of, small

AMARA = {"given_name": "Amara", "family_name": "Okonjo", "date_of_birth": "2009-03-14"}


def _entities(folder: Path) -> dict[str, str]:
    return {row["record_id"]: row["entity_id"] for row in rows_of(folder / "entities.csv")}


def test_a_person_of_the_folder_is_answered_by_the_entity_that_it_shows(tmp_path: Path) -> None:
    folder = small(tmp_path)
    answer = match(standing(folder), AMARA)
    assert answer.hits[0].entity_id == _entities(folder)["1"]
    assert answer.searched == ("force",)


def test_the_picture_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small(tmp_path)
    first = standing(folder)
    monkeypatch.setattr(asked, "write", lambda *_: pytest.fail("written again"))
    assert standing(folder).release == first.release
    assert [path.name for path in (folder / MATCH).iterdir()] == [Store.open(folder).get("picture")]


def test_the_picture_is_of_the_result_that_stands_now(tmp_path: Path) -> None:
    folder = small(tmp_path)
    before = match(standing(folder), AMARA).hits[0]

    def apart(store: Store) -> list[str]:
        pair = (RecordKey("force", "1"), RecordKey("force", "2"))
        decisions.add(store, [Decision(*pair, "different", "Ann", "2026-03-01", "seen")])
        return []

    changed(folder, apart, Silent())
    after = match(standing(folder), AMARA)
    held = _entities(folder)
    assert held["1"] != held["2"]
    assert before.entity_id in held.values()
    assert {held["1"], held["2"]} <= {hit.entity_id for hit in after.hits}


def test_who_reads_on_in_a_folder_that_is_replaced_is_not_disturbed(tmp_path: Path) -> None:
    folder = small(tmp_path)
    reader = standing(folder)
    before = match(reader, AMARA)
    changed(folder, lambda _: [], Silent())
    shutil.rmtree(folder)
    assert match(reader, AMARA).hits == before.hits


def test_who_asks_waits_for_nobody_who_writes_nor_they_for_who_asks(tmp_path: Path) -> None:
    folder = small(tmp_path)
    with Store.open(folder) as writer, writer.writing():
        writer.put("as_of", "2026-03-02")
        assert match(standing(folder), AMARA).hits
    reader = standing(folder)
    with Store.open(folder) as writer, writer.writing():
        writer.put("as_of", "2026-03-03")
    assert match(reader, AMARA).hits


def test_a_folder_replaced_while_the_picture_is_written_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, plain = small(tmp_path), write
    waiting = [FileNotFoundError("gone"), None]

    def once(*args: object) -> None:
        if error := waiting.pop(0):
            raise error
        plain(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(asked, "write", once)
    assert match(standing(folder), AMARA).hits


def test_a_folder_that_is_gone_for_good_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small(tmp_path)

    def gone(*_: object) -> None:
        raise FileNotFoundError("gone")

    monkeypatch.setattr(asked, "write", gone)
    with pytest.raises(FileNotFoundError):
        standing(folder)


def test_who_asks_second_waits_and_does_not_write_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small(tmp_path)
    reader = standing(folder)
    monkeypatch.setattr(Path, "is_dir", _first_not(Path.is_dir))
    monkeypatch.setattr(asked, "write", lambda *_: pytest.fail("written again"))
    assert standing(folder).records == reader.records


def _first_not(plain: Callable[[Path], bool]) -> Callable[[Path], bool]:
    """The picture is not there when it is first looked for, and then it is."""
    asked_before: list[Path] = []

    def of(path: Path) -> bool:
        if path.parent.name == MATCH and not asked_before:
            asked_before.append(path)
            return False
        return plain(path)

    return of


def test_what_was_left_half_written_is_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, plain = small(tmp_path), write

    def broken(place: Path, *_: object) -> None:
        (place / "about.json").write_text("{}", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(asked, "write", broken)
    with pytest.raises(KeyboardInterrupt):
        standing(folder)
    monkeypatch.setattr(asked, "write", plain)
    assert match(standing(folder), AMARA).hits
    assert len(list((folder / MATCH).iterdir())) == 1


def test_where_nobody_may_write_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small(tmp_path)

    def refused(*_: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(asked, "write", refused)
    with pytest.raises(UsedWronglyError, match=r"cannot be prepared for questions.*Permission denied"):
        standing(folder)


def test_a_folder_with_a_picture_can_be_replaced(tmp_path: Path) -> None:
    folder = small(tmp_path)
    standing(folder)
    small(tmp_path)
    assert not (folder / MATCH).exists()


def test_everybody_of_a_file_has_a_row_a_hit_or_one_of_rank_nought(tmp_path: Path) -> None:
    folder = small(tmp_path)
    stranger = ("9", "Zuleika", "Vandersloot", "1951-05-05", "", "z")
    file = extract(tmp_path, [*PEOPLE[:1], stranger, ("10", "", "", "", "", "x")], "asked.csv")
    out = tmp_path / "hits.csv"
    counts = match_file(standing(folder), file, profile(tmp_path), out, top=10, scope=None)
    rows = rows_of(out)
    assert list(rows[0]) == list(COLUMNS)
    by_record = {row["record_id"]: row for row in rows}
    assert by_record["1"]["entity_id"] == _entities(folder)["1"]
    assert (by_record["1"]["rank"], by_record["1"]["reasons"] != "") == ("1", True)
    assert (by_record["9"]["rank"], by_record["9"]["entity_id"]) == ("0", "")
    assert counts.records == len(by_record)
    assert counts.same + counts.perhaps + counts.nobody == counts.records
    assert "1 the same as somebody" in counts.in_words(out) or counts.same != 1


def test_a_file_of_hits_is_never_written_over(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (tmp_path / "hits.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        match_file(standing(folder), extract(tmp_path), profile(tmp_path), tmp_path / "hits.csv", top=1, scope=None)
    assert (tmp_path / "hits.csv").read_text(encoding="utf-8") == "mine"


def test_a_source_that_lists_nobody_twice_and_decisions_reach_the_picture(tmp_path: Path) -> None:
    text = profile(tmp_path).read_text(encoding="utf-8") + "\none_record_per_person: true\n"
    from concerted.desk.resolve import resolve

    resolve([extract(tmp_path)], [profile(tmp_path, text)], tmp_path / "out", Options())
    assert standing(tmp_path / "out").unique_sources == frozenset({"force"})


def test_records_fold_for_questions_as_they_fold_when_they_are_joined(tmp_path: Path) -> None:
    """A record that a decision names stands for itself in both, also while the other record is absent."""
    folder = small(tmp_path, [*PEOPLE, ["9", *PEOPLE[0][1:]], ["10", *PEOPLE[0][1:]]])
    before = standing(folder).records
    pair = (RecordKey("force", "10"), RecordKey("force", "away"))

    def waits(store: Store) -> list[str]:
        decisions.add(store, [Decision(*pair, "different", "Ann", "2026-03-01", "seen")])
        return []

    changed(folder, waits, Silent())
    with Store.open(folder) as store:
        whole = Coded(standardise(record_files(store)))
        every = list(map(RecordKey, *(whole[name].texts[whole.numbers(name)].tolist() for name in KEY)))
        folded = as_said(fold(whole), every, decisions.all_of(store), ())
    assert standing(folder).records == len(folded.kept) == before + 1


def test_what_a_killed_command_left_half_written_is_taken_back_before_it_is_read(tmp_path: Path) -> None:
    folder = small(tmp_path)
    with Store.open(folder) as writer:
        writer.run("pragma cache_size = 1")
        writer.run("begin immediate")
        writer.run_many("insert into meta values (?, ?)", ((f"half {at}", "x" * 500) for at in range(2_000)))
        shutil.copytree(folder, tmp_path / "killed")
        writer.run("rollback")
    assert (tmp_path / "killed" / "store.sqlite-journal").exists()
    assert match(standing(tmp_path / "killed"), AMARA).hits
