"""A slip in a short name: less than one in a long name, alike on both sides and in a release of before as before."""

from pathlib import Path

import numpy as np
import pytest

from concerted.linkage.compare import Comparer
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.release import Release
from concerted.linkage.slips import LETTERS, NEAR, PART, of_letters, of_one
from tests.linkage.records import coded_with, write


def _tokens(folder: Path, one: tuple[str, str], other: tuple[str, str], *, before: bool = False) -> float:
    rows = [
        {"source": "force", "record_id": str(at), "given_name": given, "family_name": family}
        for at, (given, family) in enumerate((one, other))
    ]
    coded = coded_with(write(folder / "records.parquet", rows))
    release = Release("by hand", False, "", STANDARD, slips_by_letters=not before)
    left, right = np.array([0], np.int32), np.array([1], np.int32)
    return float(Comparer(coded, STANDARD, release.shares(coded)).compare(left, right).tokens[0])


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        (("Kai", "Okonjo"), ("Hai", "Okonjo"), [3]),
        (("Danuta", "Su"), ("Danuta", "Wu"), [2]),
        (("Danuta", "Lin"), ("Danuta", "Liin"), [3]),
        (("Kai", "Su"), ("Hai", "Wu"), [3, 2]),
        (("Danuta", "Okonjo"), ("Danuta", "Okonja"), []),
        (("Kai", "Su"), ("Kai", "Su"), []),
        (("Kai", "Okonjo"), ("Efosa", "Okonjo"), []),
    ],
)
def test_the_fewer_letters_a_name_has_that_is_near_the_less_it_tells(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str], letters: list[int]
) -> None:
    found, as_before = _tokens(tmp_path, one, other), _tokens(tmp_path, one, other, before=True)
    assert found - as_before == pytest.approx(-sum(PART * np.log2(LETTERS / many) for many in letters))
    assert found == _tokens(tmp_path, other, one)
    assert as_before == 0 or one == other


def test_one_pair_says_what_many_say_and_more_letters_never_take_more() -> None:
    letters = np.arange(20)
    taken = of_letters(letters)
    assert taken.tolist() == pytest.approx([of_one(many) for many in letters.tolist()])
    assert (np.diff(taken) <= 0).all()
    assert (taken[LETTERS:] == 0).all()


def test_the_levels_are_there() -> None:
    levels = {one.name: [level.words for level in one.levels] for one in STANDARD}
    assert all(words in levels[name] for name, words in NEAR.items())
