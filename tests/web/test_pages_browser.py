"""Every page in Chromium: free of axe findings, fit for a telephone and for 400% zoom, for the keyboard, without
scripts. One visit a page."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.desk.browsing import axe_faults
from tests.web.conftest import Visit
from tests.web.pages import PAGES, Shown, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PICTURES: Final = os.environ.get("CONCERTED_PICTURES", "")
NARROW_TOO: Final = os.environ.get("CONCERTED_PICTURES_NARROW", "")
_TOO_WIDE: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_INLINE: Final = """[...document.querySelectorAll('script:not([src]), style, [style]')]
    .filter(one => one.type !== 'application/json').map(one => one.outerHTML)"""
_TWICE: Final = """[...document.querySelectorAll('[id]')].map(one => one.id)
    .filter((id, at, all) => all.indexOf(id) !== at)"""
_ZOOMED: Final = ({"width": 320, "height": 640}, {"width": 320, "height": 256}, {"width": 700, "height": 500})


def _look(page: "Page", name: str, folder: Path) -> None:
    """All that is asked of a page, while it is open."""
    assert page.title().removeprefix("Error: ").endswith(" - Concerted")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("h1").count() >= 1
    assert page.evaluate(_INLINE) == []
    assert page.evaluate(_TWICE) == []
    _picture(page, name, folder)
    assert axe_faults(page) == []
    for size in _ZOOMED:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(_TOO_WIDE) == 0, size


def _picture(page: "Page", name: str, folder: Path) -> None:
    """For the documents. Where they are looked at closely, as it is on a telephone too."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    if NARROW_TOO:
        page.set_viewport_size({"width": 320, "height": 640})
        Path(NARROW_TOO).mkdir(exist_ok=True)
        page.screenshot(path=Path(NARROW_TOO) / f"{name}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: a folder that is thrown away, or what CONCERTED_PICTURES names."""
    return Path(PICTURES) if PICTURES else tmp_path_factory.mktemp("pictures")


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_is_fit_for_everyone(shown: Shown, served: str, visit: Visit, pictures: Path) -> None:
    page = visit(f"{served}{shown.path}", who=shown.who)
    if shown.then:
        shown.then(page)
    _look(page, shown.name, pictures)


def test_the_start_page_shows_what_waits(served_filled: str, visit: Visit, pictures: Path) -> None:
    page = visit(f"{served_filled}/sign-in/")
    sign_in(page)
    page.get_by_role("link", name="Confirm the contact point of your organisation").wait_for()
    page.get_by_role("link", name="People").first.wait_for()
    _look(page, "start", pictures)
