"""The shipped release: made by one command, the same each time, with a person's word for what training never met."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from concerted.common.errors import UsedWronglyError
from concerted.linkage.release import DEFAULT, Release, by_hand, shipped
from concerted.linkage.tables import NAMES
from tools import default_release
from tools.default_release import NOTES, made, main, noted


@pytest.fixture(scope="module")
def small() -> Release:
    return made("small", 5)


def test_the_same_region_gives_the_same_bytes(small: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """On one thread and on several."""
    monkeypatch.setattr(sys.modules["concerted.linkage.compare"], "THREADS", 1)
    assert made("small", 5).to_json() == small.to_json()


def test_the_shipped_file_is_what_the_command_makes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_how_often_one_persons_records_agree_is_as_published_and_how_often_strangers_do_lies_between(
    small: Release,
) -> None:
    for release in (small, shipped()):
        for before, after in zip(by_hand().comparisons, release.comparisons, strict=True):
            assert replace(after, levels=before.levels) == before
            levels = zip(before.levels, after.levels, strict=True)
            assert all(replace(two, u=one.u) == one and two.u >= one.u / 2 * 0.999 for one, two in levels)
            if not before.trained:
                assert after == before


def test_names_are_counted_a_person_once(small: Release) -> None:
    assert set(small.names) <= set(NAMES)
    given = small.names["given"]
    assert 900 < given.records < 1_500
    assert "2,0" in small.training and "people" in small.training


def test_the_shipped_release_knows_names_of_many_origins_and_nothing_of_places() -> None:
    assert shipped().frequencies == {}
    assert set(shipped().names) <= set(NAMES)
    assert {"smith", "khan", "murphy", "williams"} <= shipped().names["family"].held.keys()
    assert {"mohammed", "james", "chloe"} <= shipped().names["given"].held.keys()


def test_every_level_that_training_never_met_has_a_note_in_the_shipped_release() -> None:
    levels = {f"{one.title}: {level.words}" for one in by_hand().comparisons for level in one.levels if one.trained}
    assert shipped().unseen
    assert shipped().unseen.keys() <= levels
    assert noted(shipped(), yaml.safe_load(NOTES.read_text(encoding="utf-8"))) == shipped()


UNSEEN = replace(by_hand(), unseen={"Sex: same sex": "waits", "Sex: sex differs": "waits"})


def test_a_release_is_refused_while_a_level_that_training_never_met_has_no_note() -> None:
    with pytest.raises(UsedWronglyError, match=r"'Sex: sex differs' was never met in training, and no note says why"):
        noted(UNSEEN, {"Sex": {"same sex": "half of all are of one"}})


def test_a_note_of_a_level_that_was_met_is_refused() -> None:
    notes = {"Sex": {"same sex": "a note", "sex differs": "a note", "sex unknown": "a note"}}
    with pytest.raises(UsedWronglyError, match=r"'Sex: sex unknown' has a note, and was met in training or is none"):
        noted(UNSEEN, notes)


def test_a_note_stands_in_the_release() -> None:
    notes = {"Sex": {"same sex": "half of all are of one", "sex differs": "and half are not"}}
    assert noted(UNSEEN, notes).unseen == {
        "Sex: same sex": "half of all are of one",
        "Sex: sex differs": "and half are not",
    }


def test_the_command_writes_checks_and_refuses(
    small: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, int]] = []

    def ready(size: str, seed: int) -> Release:
        asked.append((size, seed))
        return shipped()

    monkeypatch.setattr(default_release, "made", ready)
    out = tmp_path / "new.json"
    assert main(["--seed", "11", "--size", "large", "--out", str(out)]) == 0
    assert asked == [("large", 11)]
    assert out.read_bytes() == DEFAULT.read_bytes()
    assert main(["--check", "--out", str(out)]) == 0
    out.write_text(small.to_json(), encoding="utf-8")
    assert main(["--check", "--out", str(out)]) == 1
    assert "holds another release: make it again, or see why" in capsys.readouterr().err
    monkeypatch.setattr(default_release, "made", lambda size, seed: UNSEEN)
    assert main(["--out", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == small.to_json()
