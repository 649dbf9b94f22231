"""What moved between two states of the records, against a plain account of it."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.desk.moved import Moves, elsewhere, moved

State = dict[str, dict[str, str | None]]
"""Records by their id: of each its fields."""

FIELDS = ("given_name", "family_name", 'evidence_a "quoted" name')
STATES = st.dictionaries(
    st.sampled_from("1234"),
    st.fixed_dictionaries({name: st.sampled_from([None, "", "Ann", "Bea"]) for name in FIELDS}),
    max_size=4,
)


def written(folder: Path, name: str, state: State, fields: Sequence[str] = FIELDS, source: str = "force") -> Path:
    """A file of records with these fields alone. What a record was given in is there, and is no move."""
    text, given_in = pa.string(), f"{name} in as it was given"
    columns: dict[str, pa.Array] = {
        "source": pa.array([source] * len(state), text),
        "record_id": pa.array(list(state), text),
        "row": pa.array([hash(name) % 1_000 + at for at in range(len(state))], pa.int64()),
        "given_name_as_given": pa.array([given_in] * len(state), text),
    }
    columns |= {field: pa.array([one.get(field) for one in state.values()], text) for field in fields}
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def overlaid(states: Sequence[State]) -> State:
    """Of a record that stands in several, the last."""
    return {key: record for state in states for key, record in state.items()}


def account(old: State, new: State) -> tuple[int, int, Moves]:
    """The same as `moved`, told plainly. An empty text and none are one."""
    both = [(old[key], new[key]) for key in new if key in old]
    moves: Moves = {}
    for name in FIELDS:
        pairs = [(before.get(name) or "", after.get(name) or "") for before, after in both]
        filled = sum(not before and bool(after) for before, after in pairs)
        emptied = sum(bool(before) and not after for before, after in pairs)
        other = sum(bool(before and after) and before != after for before, after in pairs)
        if filled or emptied or other:
            moves[name] = (filled, emptied, other)
    texts = [[{name: record.get(name) or "" for name in FIELDS} for record in pair] for pair in both]
    return len(new) - len(both), sum(before != after for before, after in texts), moves


@settings(max_examples=40)
@given(old=st.lists(STATES, min_size=1, max_size=3), new=st.lists(STATES, min_size=1, max_size=2))
def test_it_is_what_a_plain_account_says(
    tmp_path_factory: pytest.TempPathFactory, old: list[State], new: list[State]
) -> None:
    folder = tmp_path_factory.mktemp("it's")  # a name with a quote in it
    before = [written(folder, f"old{at}", state) for at, state in enumerate(old)]
    after = [written(folder, f"new{at}", state) for at, state in enumerate(new)]
    expected = account(overlaid(old), overlaid(new))

    assert moved(before, after) == expected
    differs = {key for key in overlaid(new) if account(overlaid(old), {key: overlaid(new)[key]})[1]}
    assert elsewhere(before, after) == (RecordKey("force", min(differs)) if differs else None)
    assert sorted(folder.iterdir()) == sorted([*before, *after])


@pytest.mark.parametrize(("side", "move"), [("new", (1, 0, 0)), ("old", (0, 1, 0))])
def test_a_field_that_one_side_alone_has_is_filled_or_emptied(
    tmp_path: Path, side: str, move: tuple[int, int, int]
) -> None:
    fields = {one: FIELDS if one == side else FIELDS[:1] for one in ("old", "new")}
    state: State = {"1": {"given_name": "Ann", "family_name": "Lee"}, "2": {"given_name": "Bea"}}
    old, new = (written(tmp_path, one, state, fields[one]) for one in ("old", "new"))

    assert moved([old], [new]) == (0, 1, {"family_name": move})
    assert elsewhere([old], [new]) == RecordKey("force", "1")


def test_of_several_files_the_last_counts(tmp_path: Path) -> None:
    states: list[State] = [{"1": {"given_name": name}} for name in ("Ann", "Bea", "Cat")]
    first, second, third = (written(tmp_path, name, one) for name, one in zip("zya", states, strict=True))

    assert moved([first, second], [third]) == (0, 1, {"given_name": (0, 0, 1)})
    assert moved([first, third], [third]) == (0, 0, {})
    assert moved([third, first], [third]) == (0, 1, {"given_name": (0, 0, 1)})


def test_one_id_of_two_sources_is_two_records(tmp_path: Path) -> None:
    state: State = {"1": {"given_name": "Ann"}}
    old, new = written(tmp_path, "old", state), written(tmp_path, "new", state, source="council")
    assert moved([old], [new]) == (1, 0, {})
    assert elsewhere([old], [new]) is None


def test_without_files_on_a_side(tmp_path: Path) -> None:
    one = written(tmp_path, "one", {"1": {"given_name": "Ann"}, "2": {}})
    assert moved([], [one]) == (2, 0, {})
    assert moved([one], []) == (0, 0, {})
    assert (elsewhere([], [one]), elsewhere([one], [])) == (None, None)


def test_records_of_keys_alone(tmp_path: Path) -> None:
    tables = [pa.table({"source": ["force"], "record_id": [key], "row": [2]}) for key in "12"]
    old, new = tmp_path / "old.parquet", tmp_path / "new.parquet"
    pq.write_table(tables[0], old)
    pq.write_table(tables[1], new)
    assert moved([old], [new]) == (1, 0, {})
    assert moved([old], [old]) == (0, 0, {})
    assert elsewhere([old], [old]) is None
