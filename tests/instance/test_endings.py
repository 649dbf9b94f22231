"""What ended goes into a journal apart from the store, and ends again where a backup did not know of it."""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from concerted.audit.acting import Acting
from concerted.common.errors import UsedWronglyError
from concerted.instance import endings, services
from concerted.instance.models import WORKING, Ending

ACTING = Acting(None, None, "", "", "a terminal", system="backup")
Ended = list[tuple[UUID, datetime]]


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what ends is written down."""
    monkeypatch.setenv(endings.NAME, str(tmp_path / "endings"))
    return tmp_path / "endings"


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> Ended:
    """What was ended again."""
    found: Ended = []

    def again(_: Acting, subject: UUID, at: datetime) -> bool:
        found.append((subject, at))
        return True

    monkeypatch.setitem(endings.KINDS, "thing", again)
    return found


@pytest.fixture
def instance(transactional_db: None) -> UUID:
    return services.set_up(ACTING, WORKING).instance


def lines(journal: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]


def test_it_stands_in_the_journal_once_it_is_done(
    instance: UUID, journal: Path, ended: Ended, frozen_clock: datetime
) -> None:
    one = uuid4()
    with transaction.atomic():
        endings.note("thing", one, frozen_clock)
        assert not journal.exists()
    [line] = lines(journal)
    assert (line["instance"], line["kind"], line["subject"]) == (str(instance), "thing", str(one))
    assert datetime.fromisoformat(line["at"]) == frozen_clock
    assert journal.stat().st_mode & 0o077 == 0
    assert endings.carry() == 0
    assert str(Ending.objects.get(carried=True)) == f"thing {one}"


def test_what_did_not_happen_does_not(instance: UUID, journal: Path, ended: Ended, frozen_clock: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        endings.note("thing", uuid4(), frozen_clock)
        raise ZeroDivisionError
    assert not journal.exists()


def test_a_journal_that_cannot_be_written_holds_nothing_up_and_gets_it_later(
    instance: UUID, journal: Path, ended: Ended, frozen_clock: datetime
) -> None:
    journal.mkdir()
    endings.note("thing", uuid4(), frozen_clock)
    journal.rmdir()
    endings.note("thing", uuid4(), frozen_clock)
    assert len(lines(journal)) == 2
    assert not Ending.objects.filter(carried=False).exists()


def test_without_a_journal_it_waits(instance: UUID, ended: Ended, frozen_clock: datetime) -> None:
    endings.note("thing", uuid4(), frozen_clock)
    assert (endings.carry(), Ending.objects.filter(carried=False).count()) == (0, 1)


def test_nothing_is_noted_that_could_not_be_ended_again(instance: UUID, frozen_clock: datetime) -> None:
    with pytest.raises(ValueError, match="no kind of ending"):
        endings.note("something", uuid4(), frozen_clock)


def test_what_the_store_does_not_know_ends_again_and_once(
    instance: UUID, journal: Path, ended: Ended, frozen_clock: datetime
) -> None:
    known, lost = uuid4(), uuid4()
    endings.note("thing", known, frozen_clock)
    endings.note("thing", lost, frozen_clock)
    Ending.objects.filter(subject=lost).delete()  # as where a backup of before was brought back
    text = journal.read_text(encoding="utf-8")
    other = text.replace(str(instance), str(uuid4()))
    journal.write_text(f"{text}{other}{text}", encoding="utf-8")
    assert endings.replay(ACTING, journal) == endings.Replayed(1, 1, 0)
    assert ended == [(lost, frozen_clock)]
    assert endings.replay(ACTING, journal) == endings.Replayed(0, 0, 0)
    assert len(ended) == 1


def test_a_line_that_was_cut_off_is_said_and_the_next_stands_apart(
    instance: UUID, journal: Path, ended: Ended, frozen_clock: datetime
) -> None:
    journal.write_text('{"instance": "cut', encoding="utf-8")
    endings.note("thing", uuid4(), frozen_clock)
    Ending.objects.all().delete()
    assert endings.replay(ACTING, journal) == endings.Replayed(1, 1, 1)


def test_a_journal_that_cannot_be_read_is_said(instance: UUID, tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="endings: the journal of what ended cannot be read"):
        endings.replay(ACTING, tmp_path / "endings")
