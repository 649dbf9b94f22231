"""A profile tried on a whole file: every row counted, what is unusual said, and nothing kept."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.extracts import Profile
from concerted.extracts.profile_trial import FieldTrial, Trial, try_profile
from tests.extracts.files import AS_OF, profile, take_file, written

HEADER = "id,first,last,born\n"


def tried(folder: Path, text: str, made: Profile | None = None, as_of: date = AS_OF) -> Trial:
    return try_profile(made or profile(), written(folder / "a.csv", text), as_of, Silent())


def of(trial: Trial, name: str) -> FieldTrial:
    return next(one for one in trial.fields if one.name == name)


def test_what_is_read_missing_and_refused(tmp_path: Path) -> None:
    trial = tried(tmp_path, HEADER + "1,Ann,Lee,01/02/1999\n2,,Kay,81/01/1999\n\n,Cat,Lee,\n3,Dee\n1,Ann,Lee,\n")

    assert (trial.rows, trial.read, trial.blank, trial.repeated) == (6, 3, 1, 1)
    assert trial.put_aside == {
        "it has no record id": (1, 5),
        "it has 2 cells and the header has 4": (1, 6),
    }
    born = of(trial, "date_of_birth")
    assert (born.read, born.missing, born.refused) == (1, 2, 1)
    assert [(one.raw, one.value) for one in born.examples.values()] == [("01/02/1999", "1999-02-01")]
    assert [(one.raw, one.problem) for one in born.problems.values()] == [
        ("81/01/1999", "not a date: there is no day 81")
    ] or born.problems
    assert dict(trial.records) == {"person": 3}
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    ("rows", "field", "said"),
    [
        ("1,Ann,Lee,01/02/2030\n", "date_of_birth", "1 value after today, such as 2030-02-01"),
        ("1,Ann,Lee,01/02/1899\n", "date_of_birth", "1 value before 1900, such as 1899-02-01"),
        ("1,Ann2,Lee,\n", "given_name", "1 value with a figure in it, such as Ann2"),
        ("1,A,Lee,\n", "given_name", "1 value of one letter, such as A"),
    ],
)
def test_what_is_unusual(tmp_path: Path, rows: str, field: str, said: str) -> None:
    assert said in of(tried(tmp_path, HEADER + rows), field).unusual


def test_a_value_that_stands_everywhere_is_unusual(tmp_path: Path) -> None:
    rows = "".join(f"{number},Ann,Lee,01/01/2000\n" for number in range(30))
    found = of(tried(tmp_path, HEADER + rows), "date_of_birth").unusual
    assert found == ["2000-01-01 stands 30 times, where values should differ"]


def test_of_what_is_only_counted_nothing_is_shown(tmp_path: Path) -> None:
    made = profile(fields={"given_name": "first", "ethnicity_self_defined": "eth"})
    trial = tried(tmp_path, "id,first,eth\n1,Ann,W1\n2,Bea,zzz\n", made)

    ethnicity = of(trial, "ethnicity_self_defined")
    assert (ethnicity.read, ethnicity.refused) == (1, 1)
    assert (ethnicity.examples, ethnicity.problems, ethnicity.texts, ethnicity.unusual) == ({}, {}, None, [])


def test_a_file_that_could_not_be_taken_cannot_be_tried(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="the file has no column born"):
        tried(tmp_path, "id,first,last\n1,Ann,Lee\n")
    with pytest.raises(UsedWronglyError, match="may not be held here"):
        tried(tmp_path, "id,first,last,born,marking\n1,Ann,Lee,,SECRET\n")


CELLS = st.sampled_from(["", "Ann", "A", "01/02/1999", "31/04/2001", "x"])


@given(rows=st.lists(st.tuples(st.sampled_from(["", "1", "2", "3"]), CELLS, CELLS, CELLS), max_size=12))
def test_a_trial_counts_what_taking_counts(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("trial")
    text = HEADER + "".join(",".join(row) + "\n" for row in rows)
    trial, taken = tried(folder, text), take_file(folder / "a.csv", profile())

    assert (trial.rows, trial.blank) == (taken.taken.counts.rows, taken.taken.counts.blank)
    assert sum(one.refused for one in trial.fields) >= len(taken.values)
    aside = sum(count for count, _ in trial.put_aside.values())
    differing = len([one for one in taken.rows if "stands already" in one.reason])
    assert aside == len(taken.rows) - differing
    assert trial.read + aside + trial.blank == trial.rows
    assert trial.repeated == taken.taken.counts.repeated + differing
