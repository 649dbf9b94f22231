"""Deliveries into a folder that stands: what supersedes, what is missing, what a person did and what stays so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from concerted.common.errors import FoundWrongError, UsedWronglyError
from concerted.desk import mending, quarantine, withdrawals
from concerted.desk.again import read_again
from concerted.desk.current import gather
from concerted.desk.store import Store
from tests.desk.weeks import deliver, row, standing


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "out").mkdir()
    with Store.create(tmp_path / "out", b"s" * 32) as made:
        yield made


def names(store: Store) -> dict[str, str]:
    return {key.removesuffix("/child"): name for key, name in standing(store).items() if key.endswith("/child")}


def many(count: int = 100) -> list[tuple[str, str, str, str, str]]:
    return [row(number) for number in range(count)]


def test_a_known_key_with_new_values_supersedes_and_the_old_stays(store: Store) -> None:
    deliver(store, [row(1), row(2)])
    told = deliver(store, [row(1), row(2, "Bea"), row(3)])

    assert names(store) == {"1": "Ann", "2": "Bea", "3": "Ann"}
    assert (told.new, told.changed, told.unchanged, told.missing) == (1, 1, 1, 0)
    assert told.moved == {"person": {"given_name": (0, 0, 1)}}
    assert len(list((store.folder / "records").glob("00?.parquet"))) == 2


def test_the_rows_of_a_snapshot_that_stand_are_not_kept_twice(store: Store) -> None:
    deliver(store, many())
    told = deliver(store, list(reversed(many())))

    assert (told.new, told.changed, told.unchanged) == (0, 0, 100)
    assert len(names(store)) == 100


def test_what_is_missing_from_a_snapshot_waits_for_a_person(store: Store) -> None:
    deliver(store, many())
    told = deliver(store, many()[:98])

    assert told.missing == 2
    assert len(names(store)) == 100
    assert [(one.source, one.record_id, one.state) for one in withdrawals.all_of(store)] == [
        ("force", "98/child", "waiting"),
        ("force", "99/child", "waiting"),
    ]


def test_more_than_two_in_a_hundred_missing_stop_the_file_with_a_question(store: Store) -> None:
    deliver(store, many())
    with pytest.raises(FoundWrongError) as error:
        deliver(store, many()[:97])
    asked = "3 rows of 100 that stood are not in this snapshot (3 in 100, and up to 2 are put on the withdrawal list)"
    mend = "Fetch it again; if so many are meant to go, add --missing 3, and each still waits for approval."
    assert str(error.value) == f"weekly.csv: {asked}: is the file whole? Nothing was changed. {mend}"
    assert store.count("delivery") == 1
    with pytest.raises(FoundWrongError):
        deliver(store, many()[:97], missing=4)
    assert deliver(store, many()[:97], missing=3).missing == 3


@pytest.mark.parametrize("delivers", ["changes", "additions"])
def test_nothing_is_missing_from_changes_and_additions(store: Store, delivers: str) -> None:
    deliver(store, many(), delivers)
    told = deliver(store, [row(5, "Bea"), row(200)], delivers)

    assert (told.new, told.changed, told.missing) == (1, 1, 0)
    assert len(names(store)) == 101


def test_a_part_that_its_row_no_longer_tells_waits_for_a_person(store: Store) -> None:
    deliver(store, [row(1, mother="Mo"), row(2)], "changes")
    told = deliver(store, [row(1, mother="")], "changes")

    assert told.missing == 1
    assert [one.record_id for one in withdrawals.all_of(store)] == ["1/mother"]
    assert standing(store)["1/mother"] == "Mo"


def test_what_is_let_go_is_gone_until_it_arrives_again(store: Store) -> None:
    deliver(store, many())
    deliver(store, many()[:99])
    with store.writing():
        withdrawals.settle(store, withdrawals.chosen(store, []), "withdrawn", "A", "moved away")
        gather(store)
    assert "99" not in names(store)
    assert deliver(store, many()[:99]).missing == 0

    told = deliver(store, many())
    assert "99" in names(store)
    assert (told.unchanged, [one.state for one in withdrawals.all_of(store)]) == (99, ["there again"])


def test_what_is_kept_is_not_asked_about_again(store: Store) -> None:
    deliver(store, many())
    deliver(store, many()[:98])
    with store.writing():
        withdrawals.settle(store, withdrawals.chosen(store, []), "kept", "A", "a slip")
    told = deliver(store, many()[:96])

    assert told.missing == 2
    assert len(names(store)) == 100
    assert [one.state for one in withdrawals.all_of(store)] == ["kept", "kept", "waiting", "waiting"]


def test_a_mended_value_stays_mended_when_its_row_arrives_again(store: Store) -> None:
    faulty = row(1, dob="2010-13-02")
    deliver(store, [faulty, row(2)])
    with store.writing():
        mending.mend(store, 1, {"dob": "2010-12-02"}, "A", "asked")
        read_again(store)
    born = "select state from quarantine order by id"

    deliver(store, [faulty, row(2), row(3)])
    assert [state for (state,) in store.run(born)] == ["replayed"]
    deliver(store, [row(1, "Bea", dob="2010-13-02"), row(2), row(3)])
    assert [state for (state,) in store.run(born)] == ["replayed", "replayed"]
    assert names(store)["1"] == "Bea"
    assert store.count("quarantine", "mended is null") == 0


def test_a_fault_that_arrives_every_week_is_one_item(store: Store) -> None:
    faulty = [row(1, dob="x"), ("", "Nobody", "Known", "", ""), row(3)]
    deliver(store, faulty)
    deliver(store, [row(2), *faulty])

    found = quarantine.items(store)
    assert [(one.id, one.kind, one.row, one.delivery) for one in found] == [(1, "value", 2, 1), (2, "row", 4, 2)]


def test_a_fault_that_its_owner_mended_is_over(store: Store) -> None:
    deliver(store, [row(1, dob="x"), ("", "Nobody", "Known", "", ""), row(3)])
    deliver(store, [row(1), row(3)])

    assert [one.state for one in quarantine.items(store)] == ["superseded", "superseded"]
    assert quarantine.in_quarantine(store, "value") == 0


def test_a_changed_profile_reads_everything_again(store: Store) -> None:
    deliver(store, many())
    told = deliver(store, many(), version=2)

    assert (told.new, told.changed, told.unchanged, told.profile_before) == (0, 0, 0, 1)
    assert deliver(store, many(), version=2).unchanged == 100


def test_a_second_delivery_must_say_what_it_holds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.desk.weeks.PROFILE", _without_delivers())
    deliver(store, [row(1)])
    with pytest.raises(UsedWronglyError, match="profile weekly does not say what its files deliver"):
        deliver(store, [row(1), row(2)])


def _without_delivers() -> str:
    from tests.desk.weeks import PROFILE

    return PROFILE.replace("delivers: {delivers}\n", "")


def test_two_feeds_may_not_differ_on_one_record(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(store, [row(1)])
    from tests.desk.weeks import PROFILE

    monkeypatch.setattr("tests.desk.weeks.PROFILE", PROFILE.replace("profile: weekly", "profile: other"))
    deliver(store, [row(1), row(7)], name="same")
    with pytest.raises(UsedWronglyError, match="record force:1/child is told differently by another profile's files"):
        deliver(store, [row(1, "Bea")], name="other", missing=1)


def test_a_withdrawal_is_decided_by_somebody_with_a_reason(store: Store) -> None:
    deliver(store, many())
    deliver(store, many()[:99])
    with pytest.raises(UsedWronglyError, match="who decides it, and why, is not said"):
        withdrawals.settle(store, withdrawals.chosen(store, [1]), "withdrawn", "A", " ")
    with pytest.raises(UsedWronglyError, match="no record waits under number 7"):
        withdrawals.chosen(store, [7])


def test_a_field_that_most_records_would_lose_is_asked_about(store: Store) -> None:
    deliver(store, many())
    emptied = [(number, first, last, "14.03.10", mother) for number, first, last, _, mother in many()]
    with pytest.raises(FoundWrongError) as error:
        deliver(store, emptied)
    asked = "date_of_birth (person) would be emptied in 100 of the 100 records that it tells otherwise than before"
    mend = "`concerted profile try` shows what is refused: mend the profile, or add --emptied if it is meant."
    assert str(error.value) == f"weekly.csv: {asked}: is it written as it was? Nothing was changed. {mend}"
    assert store.count("delivery") == 1
    assert deliver(store, emptied, emptied=True).moved == {"person": {"date_of_birth": (0, 100, 0)}}


def test_a_field_that_few_records_lose_is_not_asked_about(store: Store) -> None:
    deliver(store, many())
    few = [row(number, dob="") for number in range(15)] + many()[15:]
    assert deliver(store, few).moved == {"person": {"date_of_birth": (0, 15, 0)}}
