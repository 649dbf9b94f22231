"""Stopped anywhere, a delivery, an approval or an erasure leaves the folder as it was, and nothing beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from concerted.common.errors import FoundWrongError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import withdrawals
from concerted.desk.anew import changed
from concerted.desk.current import gather
from concerted.desk.erase import erase
from concerted.desk.given import named
from concerted.desk.into import deliver
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.desk.told import Arrival
from tests.desk.extracts import alone, content, profile, table
from tests.desk.test_write_points import VIEWS, Break, at_step, at_view
from tests.desk.weeks import HEADER, PROFILE, Row, row

FIRST = [*(row(number) for number in range(100, 200)), ("", "Nobody", "Known", "", ""), row(300, "Canary", dob="x")]
SECOND = [row(100, "Bea", mother="Mo"), *FIRST[1:99], FIRST[101], row(400, dob="x")]
THIRD = [row(500), *SECOND, ("", "Nobody", "Else", "", "")]

DELIVERY = (
    "deliver.take_many",
    "deliver._columns",
    "deliver.Before",
    "deliver._settle",
    "deliver._refuse_elsewhere",
    "deliver.moved",
    "deliver.gather",
    "deliveries.add",
    "deliveries.tell",
    "again_here.settle",
    "again_here.supersede",
    "withdrawals.add",
    "withdrawals.there_again",
    "decisions.add",
    "feeds.FeedRows.compare",
    "feeds.FeedRows.overlay",
    "feeds.FeedRows._write",
)
ANEW = ("anew._copy", "resolve.link", "results.keep", "keep_members.keep", "results.pq.write_table", "log.add")
PAGES = ("fill_report.fill", "quality.page.fill")
APPROVAL = ("withdrawals.settle", "feeds.FeedRows.forget", "current._gather")
ERASURE = ("erase._from_parquet", "erase._from_tables", "erase.from_truth", "erase.from_log", "ended.note_erased")


def points(*steps: str) -> dict[str, Break]:
    """Where a change may be stopped: at these steps, at those that every change takes, and at each view."""
    named_steps = {name: at_step(f"concerted.desk.{name}") for name in (*steps, *ANEW, *PAGES)}
    return {**named_steps, "put in place": at_step("concerted.common.folders._put_in_place")} | {
        name: at_view(name) for name in VIEWS
    }


DELIVERY_POINTS = points(*DELIVERY)
APPROVAL_POINTS = points(*APPROVAL)
ERASURE_POINTS = points(*ERASURE, "feeds.FeedRows.forget", "erase.gather")


def week(folder: Path, rows: list[Row]) -> None:
    """One delivery into the folder `out`, linked anew."""
    file = table(folder / "weekly.csv", HEADER, rows)
    text = profile(folder, PROFILE.format(delivers="snapshot", version=1), "weekly.yaml")
    deliver(lambda: named([file], [text]), folder / "out", Options(), Arrival(), Silent())


def approve(out: Path) -> None:
    """Let go of all that waits."""

    def change(store: Store) -> list[str]:
        withdrawals.settle(store, withdrawals.chosen(store, []), "withdrawn", "A", "asked")
        gather(store)
        return []

    changed(out, change, Silent(), ("concerted", "withdrawals"))


def erased(out: Path) -> None:
    """One record goes for good."""
    changed(out, lambda store: erase(store, RecordKey("force", "300"), "A", "asked"), Silent(), ("concerted", "erase"))


@pytest.fixture(scope="module")
def two_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two weeks in it, in which a record waits to be withdrawn, and what they were made of."""
    folder = tmp_path_factory.mktemp("weeks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.resolve.link", alone)
        week(folder, FIRST)
        week(folder, SECOND)
    return folder


@pytest.fixture
def folder(two_weeks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, a test's own."""
    monkeypatch.setattr("concerted.desk.resolve.link", alone)
    return Path(shutil.copytree(two_weeks, tmp_path / "weeks"))


def stopped(
    folder: Path, patch: pytest.MonkeyPatch, broken: Break, kind: type[BaseException], act: Callable[[], None]
) -> None:
    """The act is stopped, and the folder is byte for byte as it was, with nothing hidden beside it."""
    before, beside = content(folder / "out"), sorted(path.name for path in folder.iterdir())
    broken(patch, kind)
    with pytest.raises(kind):
        act()
    assert content(folder / "out") == before
    assert sorted(path.name for path in folder.iterdir()) == beside == ["out", "weekly.csv", "weekly.yaml"]


class WrongError(FoundWrongError):
    """Takes what an OSError does."""

    def __init__(self, _: int, what: str) -> None:
        super().__init__(what)


KINDS = [WrongError, KeyboardInterrupt, OSError]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("point", DELIVERY_POINTS)
def test_a_delivery_leaves_the_folder_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, point: str, kind: type[BaseException]
) -> None:
    stopped(folder, monkeypatch, DELIVERY_POINTS[point], kind, lambda: week(folder, THIRD))


@pytest.mark.parametrize("point", APPROVAL_POINTS)
def test_an_approval_leaves_the_folder_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    stopped(folder, monkeypatch, APPROVAL_POINTS[point], KeyboardInterrupt, lambda: approve(folder / "out"))


@pytest.mark.parametrize("point", ERASURE_POINTS)
def test_an_erasure_leaves_the_folder_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    stopped(folder, monkeypatch, ERASURE_POINTS[point], OSError, lambda: erased(folder / "out"))


def test_without_a_fault_each_of_them_is_done(folder: Path) -> None:
    """Else the tests above would show nothing."""
    week(folder, THIRD)
    approve(folder / "out")
    erased(folder / "out")
    with Store.open(folder / "out") as store:
        assert (store.count("delivery"), store.count("withdrawal", "state = 'withdrawn'")) == (3, 1)
        assert store.count("ended", "act = 'erased'") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["out", "weekly.csv", "weekly.yaml"]
