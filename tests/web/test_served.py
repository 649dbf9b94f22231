"""Styles and scripts: built, without what is not ours to show; where they are not, the command is said."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from concerted.web import checks
from concerted.web.served import NOT_BUILT, ServedFiles

ASSETS = Path(settings.STATIC_ROOT)
BUILT = pytest.mark.skipif(not ASSETS.is_dir(), reason=NOT_BUILT)


def test_a_file_that_is_not_built_is_said_with_the_command() -> None:
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        ServedFiles().stored_name("nothing.css")


def test_a_check_before_the_start_says_it_too(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert [one.msg for one in checks.styles_are_built()] == [NOT_BUILT]
    (tmp_path / "staticfiles.json").touch()
    assert checks.styles_are_built() == []


@BUILT
def test_a_file_has_a_name_of_its_content() -> None:
    assert ServedFiles().stored_name("govuk.css").startswith("govuk.")
    assert ServedFiles().stored_name("govuk.css") != "govuk.css"


@BUILT
def test_no_typeface_and_no_crown_that_are_not_ours() -> None:
    styles = "".join(file.read_text(encoding="utf-8") for file in ASSETS.glob("*.css"))
    assert "Liberation Sans" in styles
    for never in ("GDS Transport", "@font-face", "crest", "crown", "//fonts."):
        assert never not in styles
    names = [file.name for file in ASSETS.rglob("*") if file.is_file()]
    assert [one for one in names if "crown" in one or "crest" in one or one.endswith((".woff", ".woff2"))] == []


@BUILT
def test_nothing_is_loaded_from_elsewhere() -> None:
    for file in ASSETS.glob("*.css"):
        assert "url(http" not in file.read_text(encoding="utf-8"), file.name
        assert "@import" not in file.read_text(encoding="utf-8"), file.name
