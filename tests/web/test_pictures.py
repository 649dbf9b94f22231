"""Every page has its picture in the documents, and each picture is shown there."""

import re
from pathlib import Path
from typing import Final

from tests.conftest import ROOT
from tests.web.pages import PICTURED

DOCS: Final = ROOT / "docs"
PICTURES: Final = DOCS / "pictures"
_SHOWN: Final = re.compile(r"!\[[^\]]+\]\(([^)]+\.png)\)")
TAKE: Final = "take the pictures anew and look at them: make pictures"


def shown() -> set[Path]:
    """The pictures that documents show, each with words for those who cannot see it."""
    return {
        (document.parent / name).resolve()
        for document in DOCS.rglob("*.md")
        for name in _SHOWN.findall(document.read_text(encoding="utf-8"))
    }


def test_every_page_has_a_picture_and_every_picture_a_page() -> None:
    assert {file.stem for file in PICTURES.glob("*.png")} == set(PICTURED), TAKE


def test_every_picture_is_shown_in_a_document() -> None:
    taken = {file.resolve() for file in PICTURES.glob("*.png")}
    assert {file for file in shown() if file.parent == PICTURES.resolve()} == taken


def test_no_picture_is_empty() -> None:
    small = [file.name for file in PICTURES.glob("*.png") if file.stat().st_size < 5_000]
    assert small == [], TAKE
