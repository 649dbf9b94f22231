"""Stopped anywhere, a trial, an adoption or a return leaves the folder as it was, and nothing beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from concerted.common.progress import Silent
from concerted.desk.release_change import adopt
from concerted.desk.store import Store
from tests.desk import models
from tests.desk.extracts import content, small
from tests.desk.models import NINE, WHO, WORDS
from tests.desk.test_delivery_write_points import points
from tests.desk.test_write_points import Break, at_step

KINDS = [KeyboardInterrupt, OSError]
TRIAL = ("resolve.link", "release_found.found", "release_found._sample", "release_tried.keep", "release_try.write_rows")
TRIAL_POINTS = {name: at_step(f"concerted.desk.{name}") for name in TRIAL}
SHARED = ("releases.put", "releases.note", "release_tried.outdate", "history.note", "history.last_shifts")
ADOPTION_POINTS = points("release_tried.to_adopt", "release_tried.done", "releases.joined", "releases.hold", *SHARED)
RETURN_POINTS = points("releases.standing", "releases.held", *SHARED)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release that was adopted and another that was tried, beside their files."""
    folder = tmp_path_factory.mktemp("releases")
    out = small(folder, NINE)
    models.adopted(out, models.strict(folder, 13.0))
    models.tried(out, models.strict(folder, 16.0))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def unchanged(folder: Path, point: Break, kind: type[BaseException], act: Callable[[], object]) -> None:
    """The fault comes through, and everything is as it was."""
    before = content(folder)
    with pytest.MonkeyPatch.context() as patch:
        point(patch, kind)
        with pytest.raises(kind):
            act()
    assert content(folder) == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("point", TRIAL_POINTS)
def test_a_trial(folder: Path, point: str, kind: type[BaseException]) -> None:
    csv = folder / "sample.csv"
    unchanged(folder, TRIAL_POINTS[point], kind, lambda: models.tried(folder / "out", "default", csv=csv))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("point", ADOPTION_POINTS)
def test_an_adoption(folder: Path, point: str, kind: type[BaseException]) -> None:
    unchanged(folder, ADOPTION_POINTS[point], kind, lambda: adopt(folder / "out", *WHO, Silent(), WORDS))


@pytest.mark.parametrize("point", RETURN_POINTS)
def test_a_return(folder: Path, point: str) -> None:
    unchanged(folder, RETURN_POINTS[point], KeyboardInterrupt, lambda: models.returned(folder / "out"))


def test_without_a_fault_each_of_them_is_done(folder: Path) -> None:
    """Else the tests above would show nothing."""
    out = folder / "out"
    models.tried(out, models.strict(folder, 16.0), csv=folder / "sample.csv")
    assert (folder / "sample.csv").exists()
    adopt(out, *WHO, Silent(), WORDS)
    assert models.sets(out) == models.STRICT[16.0]
    models.returned(out)
    assert models.sets(out) == models.STRICT[13.0]
    with Store.open(out) as store:
        acts = [act for (act,) in store.run("select act from adoption order by number")]
    assert acts == ["adopted", "adopted", "returned"]
