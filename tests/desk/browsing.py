"""What is asked of every page in Chromium, for tests of pages: from a file, by axe, narrow, by keyboard, on paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

WIDE: "ViewportSize" = {"width": 1280, "height": 900}
NARROW: "ViewportSize" = {"width": 320, "height": 640}
WIDTHS: Final = (320, 641, 1087, 1280)
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPEN_DETAILS: Final = "document.querySelectorAll('details').forEach(one => { one.open = true })"
_TOO_WIDE: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_WORDS_CUT: Final = """[...document.querySelectorAll('.chart')].flatMap(chart => {
    const box = chart.getBoundingClientRect()
    return [...chart.querySelectorAll('text')]
        .filter(text => text.checkVisibility())
        .filter(text => {
            const at = text.getBoundingClientRect()
            return at.left < box.left - 10 || at.right > box.right + 10
        })
        .map(text => text.textContent)
})"""
_STOPS: Final = "all => all.filter(one => one.checkVisibility()).map(one => one.textContent.trim())"
_HIDDEN: Final = "[...document.querySelectorAll('details table')].filter(one => !one.checkVisibility()).length"


def opened_file(page: "Page", file: Path, html: str | None = None) -> "Page":
    """The page of a file. html: what to write there first. One that asks for anything beside itself fails."""
    if html is not None:
        file.write_text(html, encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    return page


def axe_faults(shown: "Page") -> list[str]:
    """What axe finds, on a wide page and a narrow one, with all details open."""
    shown.evaluate(_OPEN_DETAILS)
    return [fault for size in (WIDE, NARROW) for fault in _faults_at(shown, size)]


def _faults_at(shown: "Page", size: "ViewportSize") -> list[str]:
    shown.set_viewport_size(size)
    results = Axe().run(shown, options={"runOnly": _RULES, "resultTypes": ["violations"]})
    violations = cast("list[dict[str, list[dict[str, object]]]]", results.response["violations"])
    return [f"{size['width']} wide, {rule['id']}: {node['target']}" for rule in violations for node in rule["nodes"]]


def too_wide(shown: "Page") -> list[tuple[int, str, int]]:
    """Widths at which the page itself scrolls sideways, details shut and open, and by how many pixels."""
    found = []
    for details in ("shut", "open"):
        for width in WIDTHS:
            shown.set_viewport_size({"width": width, "height": 640})
            found.append((width, details, int(shown.evaluate(_TOO_WIDE))))
        shown.evaluate(_OPEN_DETAILS)
    return [one for one in found if one[2]]


def words_cut(shown: "Page") -> list[str]:
    """Words of charts that stand out of them, on a wide page or a narrow one."""
    cut: list[str] = []
    for size in (NARROW, WIDE):
        shown.set_viewport_size(size)
        cut += shown.evaluate(_WORDS_CUT)
    return cut


def stops_met(shown: "Page") -> list[str]:
    """What the Tab key meets, from the top; it must be every stop that is seen, in the order of the page."""
    expected = shown.locator("a, summary, [tabindex='0']").evaluate_all(_STOPS)
    met = []
    for _ in expected:
        shown.keyboard.press("Tab")
        met.append(str(shown.evaluate("document.activeElement.textContent.trim()")))
    assert met == expected
    return met


def on_paper(shown: "Page", folder: Path) -> None:
    """Pictures of it can be taken, wide and narrow, and it prints with every table of its details."""
    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        shown.set_viewport_size(size)
        shown.screenshot(path=folder / f"{name}.png", full_page=True)
        assert (folder / f"{name}.png").stat().st_size > 20_000
    shown.emulate_media(media="print")
    assert shown.evaluate(_HIDDEN) == 0
    assert shown.pdf(format="A4").startswith(b"%PDF")
