"""The template workbook, opened and saved again by LibreOffice: what was typed and what is offered are still there."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Final

import pytest

from concerted.extracts.template.layout import layout
from tests.extracts.templates import examples, filled, read

SOFFICE: Final = shutil.which("soffice")
pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here. Install it: apt-get install libreoffice-calc"),
]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that is filled in."""
    return filled(tmp_path_factory.mktemp("typed"), examples())


@pytest.fixture(scope="module")
def saved(typed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as LibreOffice saves it, in a folder of the same name."""
    folder = tmp_path_factory.mktemp("saved")
    settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    words = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / typed.parent.name)]
    subprocess.run([str(SOFFICE), settings, *words, str(typed)], check=True, capture_output=True)
    return folder / typed.parent.name / typed.name


def test_it_is_read_as_before(typed: Path, saved: Path, tmp_path: Path) -> None:
    before, after = read(typed, tmp_path / "before"), read(saved, tmp_path / "after")

    assert after == before
    assert after[1] == []


def test_every_list_is_still_offered(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        for number, sheet in enumerate(layout().sheets, 2):
            text = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            offered = re.findall(r'<dataValidation [^>]*type="list"[^>]*>\s*<formula1>Lists!\$', text)

            assert len(offered) == sum(bool(column.choices) for column in sheet.columns), sheet.name
