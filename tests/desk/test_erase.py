"""An erasure: what of a record goes from the quarantine, and what of others stays there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk import mending, quarantine
from concerted.desk.again import read_again
from concerted.desk.erase import erase
from concerted.desk.store import Store
from tests.desk import weeks
from tests.desk.weeks import deliver, everything_in, row

CANARY = ("1", "Canarychild", "Lee1", "2010-01-02", "Canarymother")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "out").mkdir()
    with Store.create(tmp_path / "out", b"s" * 32) as made:
        yield made


def forget(store: Store, record_id: str, source: str = "force") -> None:
    """Erase it, in one transaction."""
    with store.writing():
        erase(store, RecordKey(source, record_id), "A", "asked to")


def aside(store: Store) -> list[int | None]:
    """The rows of what is in quarantine."""
    return [one.row for one in quarantine.items(store)]


def test_a_row_that_could_not_be_split_goes_with_the_id_that_stands_in_it(store: Store) -> None:
    deliver(store, [row(1), row(2), (*CANARY, "more")])  # type: ignore[list-item]
    forget(store, "1")
    assert aside(store) == []
    assert "Canary" not in everything_in(store.folder)


@pytest.mark.parametrize("record_id", ["1/child", "1/mother"])
def test_it_goes_with_a_part_of_its_row_too(store: Store, record_id: str) -> None:
    """It cannot be told whose its other cells are."""
    deliver(store, [row(1, mother="Mo"), row(2), (*CANARY, "more")])  # type: ignore[list-item]
    forget(store, record_id)
    assert aside(store) == []


def test_a_row_that_could_not_be_split_stays_when_the_id_is_a_piece_of_another(store: Store) -> None:
    faulty = [("11", "Ann", "Lee1", "2010-01-02", "", "x"), ("", "Nobody1", "Known", "", "")]
    deliver(store, [row(1), row(2), *faulty])  # type: ignore[list-item]
    forget(store, "1")
    assert aside(store) == [4, 5]


def test_an_id_that_is_nowhere_takes_no_row_with_it(store: Store) -> None:
    deliver(store, [row(2), ("11", "Ann", "Lee", "", "", "more")])  # type: ignore[list-item]
    with pytest.raises(UsedWronglyError, match="nothing of force:1 is in this folder"):
        forget(store, "1")
    assert aside(store) == [3]


def test_a_row_of_another_source_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(store, [row(1), row(2)])
    council = weeks.PROFILE.replace("force", "council").replace("profile: weekly", "profile: other")
    monkeypatch.setattr(weeks, "PROFILE", council)
    deliver(store, [row(1), ("1", "Ann", "Lee", "", "", "more")], name="other")  # type: ignore[list-item]
    forget(store, "1")
    assert aside(store) == [3]
    forget(store, "1", "council")
    assert aside(store) == []


def test_a_row_that_was_put_aside_keeps_nothing_of_a_part(store: Store) -> None:
    deliver(store, [row(1, mother="Mo"), row(2), CANARY])
    forget(store, "1/mother")
    [item] = quarantine.items(store)
    assert item.raw == '["1", "Canarychild", "Lee1", "2010-01-02", ""]'
    assert "Canarymother" not in everything_in(store.folder)


def test_and_is_the_same_item_when_it_arrives_again(store: Store) -> None:
    deliver(store, [row(1, mother="Mo"), row(2), CANARY])
    forget(store, "1/mother")
    deliver(store, [row(1, mother="Mo"), row(2), CANARY, row(3)])
    [item] = quarantine.items(store)
    assert (item.id, item.state) == (1, "waiting")
    assert "Canarymother" not in everything_in(store.folder)


def test_a_row_that_was_mended_goes_with_the_id_that_it_was_given(store: Store) -> None:
    deliver(store, [row(2), ("", *CANARY[1:])])
    with store.writing():
        mending.mend(store, 1, {"id": "1", "mother": "Canarygran"}, "A", "asked")
        read_again(store)
    forget(store, "1")
    assert "Canary" not in everything_in(store.folder)


def test_of_a_row_that_was_mended_a_part_goes(store: Store) -> None:
    deliver(store, [row(2), ("", *CANARY[1:])])
    with store.writing():
        mending.mend(store, 1, {"id": "1", "mother": "Canarygran"}, "A", "asked")
        read_again(store)
    forget(store, "1/mother")
    held = everything_in(store.folder)
    assert "Canarygran" not in held
    assert "Canarymother" not in held
