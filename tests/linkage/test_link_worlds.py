"""Linking small random worlds: what is not identity changes no set, and any field may be missing."""

import datetime
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage.explain import explain_pair
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from tests.linkage.records import Row, person, write

World = list[dict[str, str | None]]
Sets = set[frozenset[str]]
TRUE: Final = "truth"  # what each record is called here, whatever its key; linking never sees it


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to eight people with one to four records each, some of whose values are missing, slipped or another's."""
    rows: World = []
    chosen = draw(st.lists(st.integers(0, 99), min_size=2, max_size=8, unique=True))
    for number in chosen:
        for copy in range(draw(st.integers(1, 4))):
            row = person(number) | {"source": draw(st.sampled_from(["force", "council"])), "record_id": str(len(rows))}
            for field in draw(st.sets(st.sampled_from([*person(0)]), max_size=3)):
                row[field] = draw(st.sampled_from([None, person(chosen[0])[field], f"{row[field]}h"]))
            row["date_of_birth"] = _a_date(row["date_of_birth"])
            rows.append({**row, "local_id": draw(st.none() | st.sampled_from("123")), TRUE: f"{number}.{copy}"})
    return rows


def _a_date(text: str | None) -> str | None:
    return text.removesuffix("h") if text else None


def _linked(folder: Path, rows: World) -> Linked:
    seen: list[Row] = [{name: value for name, value in row.items() if name != TRUE} for row in rows]
    return link([write(folder / "world.parquet", seen)])


def _sets(linked: Linked, rows: World) -> Sets:
    found: dict[int, set[str]] = {}
    for row, entity in zip(rows, linked.entity, strict=True):
        found.setdefault(entity, set()).add(str(row[TRUE]))
    return {frozenset(members) for members in found.values()}


def _weights(linked: Linked, rows: World) -> dict[frozenset[str], float]:
    columns = (linked.pairs[name].to_pylist() for name in ("left", "right", "weight"))
    return {frozenset((str(rows[a][TRUE]), str(rows[b][TRUE]))): weight for a, b, weight in zip(*columns, strict=True)}


def _shuffled(rows: World) -> World:
    return random.Random(7).sample(rows, len(rows))


def _renamed(rows: World) -> World:
    renamed = {"force": "zz council", "council": "a force"}
    return [
        {**row, "source": renamed[str(row["source"])], "record_id": f"row {at * 13}"} for at, row in enumerate(rows)
    ]


def _loud(rows: World) -> World:
    cased: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.title)
    fields = ("given_name", "family_name", "town", "postcode")
    return [
        {**row, **{field: cased[at % 3](str(row[field])) for field in fields if row[field]}}
        for at, row in enumerate(rows)
    ]


def _worded(rows: World) -> World:
    """Dates as people write them: 5 March 1984."""
    return [{**row, "date_of_birth": _in_words(row["date_of_birth"])} for row in rows]


def _in_words(date: str | None) -> str | None:
    if not date:
        return None
    day = datetime.date.fromisoformat(date)
    return f"{day.day} {day:%B} {day.year}"


FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize("change", [_shuffled, _renamed, _loud, _worded])
@FEW
@given(worlds())
def test_what_is_not_identity_changes_no_set_and_no_weight(
    tmp_path: Path, change: Callable[[World], World], rows: World
) -> None:
    before, changed = _linked(tmp_path, rows), change(rows)
    after = _linked(tmp_path, changed)
    assert _sets(after, changed) == _sets(before, rows)
    assert _weights(after, changed) == pytest.approx(_weights(before, rows), abs=1e-4)


@FEW
@given(worlds(), st.sampled_from([*person(0), "local_id"]))
def test_any_one_field_may_be_missing(tmp_path: Path, rows: World, field: str) -> None:
    emptied = _linked(tmp_path, [{**row, field: None} for row in rows])
    without = _linked(tmp_path, [{name: value for name, value in row.items() if name != field} for row in rows])
    assert len(without.entity) == len(rows)
    assert without.pairs.equals(emptied.pairs)
    assert without.entity == emptied.entity


@FEW
@given(worlds())
def test_bands_sets_and_parts_fit_together_whichever_record_comes_first(tmp_path: Path, rows: World) -> None:
    made = _linked(tmp_path, rows)
    assert all(made.entity[first] == first <= at for at, first in enumerate(made.entity))
    for row in made.pairs.to_pylist()[:5]:
        left, right = (made.keys[row[side]] for side in ("left", "right"))
        one, other = _explained(tmp_path, made, left, right), _explained(tmp_path, made, right, left)
        assert one == other == pytest.approx(row["weight"], abs=1e-9)


def _explained(folder: Path, made: Linked, left: RecordKey, right: RecordKey) -> float:
    found = explain_pair([folder / "world.parquet"], made.release, left, right)
    assert found.weight == pytest.approx(found.start + sum(part.bits for part in found.parts), abs=1e-9)
    return found.weight
