"""The children-in-need census: two that others made, faults and all, and what a hostile one cannot do."""

import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts import FileSettings, open_table
from concerted.extracts.readers.census import COLUMNS
from tests.conftest import ROOT

OUTSIDE = ROOT / "tests" / "data" / "outside" / "cin_census"
OF_THE_CHILD = "<ChildIdentifiers><LAchildID>{id}</LAchildID><UPN>{upn}</UPN></ChildIdentifiers>"


def census(*children: str, head: str = '<?xml version="1.0"?>') -> str:
    return f"{head}<Message><Header/><Children>{''.join(children)}</Children></Message>"


def rows(path: Path) -> tuple[list[dict[str, str | None]], list[str]]:
    """The rows of a census by column, and what was said of it."""
    with open_table(path, FileSettings()) as table:
        found = [
            dict(zip(table.columns, row, strict=True))
            for chunk in table.chunks()
            for row in zip(*chunk.columns, strict=True)
        ]
        return found, table.notes()


def read(folder: Path, text: str | bytes, name: str = "census.xml") -> tuple[list[dict[str, str | None]], list[str]]:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return rows(path)


def test_a_census_in_the_older_layout_is_read_whole() -> None:
    found, notes = rows(OUTSIDE / "fake_CIN_data.xml")

    assert len(found) == 402
    assert len({row["child"] for row in found}) == 332
    assert notes == []
    assert sum(row["CINclosureDate"] is not None for row in found) == 252
    assert {row["Sex"] for row in found} <= {"0", "1", "2", "9"}


def test_a_census_with_faults_is_read_and_the_faults_are_named() -> None:
    found, notes = rows(OUTSIDE / "CIN_Census_2026.xml")

    assert [row["row_id"] for row in found] == ["DfEX0000001/1", "child_fails_assessments/1"]
    assert found[0]["Disability"] == "HAND; HEAR"
    assert found[0]["AssessmentFactors"] == "1C; RB; 6B"
    assert (found[0]["DateOfInitialCPC"], found[0]["S47DateOfInitialCPC"]) == ("2022-12-06", "2022-06-17")
    assert "text outside of any element: 1" in notes
    assert "CourtAppDate stands in it and is not read: 1" in notes


def test_a_child_with_two_episodes_gives_two_rows_and_one_without_gives_one(tmp_path: Path) -> None:
    two = f"<Child>{OF_THE_CHILD.format(id='A', upn='1')}<CINdetails/><CINdetails/></Child>"
    none = f"<Child>{OF_THE_CHILD.format(id='B', upn='')}</Child>"
    found, _ = read(tmp_path, census(two, none))

    assert [(row["row_id"], row["UPN"]) for row in found] == [("A/1", "1"), ("A/2", "1"), ("B/1", None)]


def test_a_child_without_a_number_gives_a_row_without_one(tmp_path: Path) -> None:
    found, _ = read(tmp_path, census("<Child><CINdetails><ReferralNFA>0</ReferralNFA></CINdetails></Child>"))

    assert (found[0]["row_id"], found[0]["child"], found[0]["ReferralNFA"]) == (None, None, "0")


NUMBERS = st.text("ABC123&<é", min_size=1, max_size=6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 3)), max_size=6))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, given: list[tuple[str, str, int]]) -> None:
    children = [
        f"<Child>{OF_THE_CHILD.format(id=escape(one), upn=escape(upn))}{'<CINdetails/>' * many}</Child>"
        for one, upn, many in given
    ]
    found, notes = read(tmp_path_factory.mktemp("census"), census(*children))

    assert notes == []
    assert [(row["child"], row["UPN"]) for row in found] == [
        (one, upn) for one, upn, many in given for _ in range(max(many, 1))
    ]
    assert all(tuple(row) == COLUMNS for row in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_it_is_read_in_the_encoding_that_it_says(tmp_path: Path, encoding: str) -> None:
    text = census(
        f"<Child>{OF_THE_CHILD.format(id='é', upn='1')}</Child>", head=f'<?xml version="1.0" encoding="{encoding}"?>'
    )
    found, _ = read(tmp_path, text.encode(encoding))

    assert found[0]["child"] == "é"


BOMB = '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><Message>&b;</Message>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "it holds a DOCTYPE"),
        (census("<Child>" + "<a>" * 40 + "</a>" * 40 + "</Child>"), "more than 30 deep"),
        (census(f"<Child><x>{'y' * 11_000_000}</x></Child>"), "text node too long"),
        (census("<x/>" * 4_500_000), "16 MB of it hold no whole child"),
        (census("<Child><x>&b;</x></Child>"), "not sound XML"),
        ("<Report><Row/></Report>", "not a children-in-need census. Its outermost element is Report"),
        (census("<Child><a></b></Child>"), "not sound XML"),
        (census("<Child>")[:-30], "ends in the middle"),
    ],
)
def test_what_is_no_census_is_refused_in_plain_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsedWronglyError) as error:
        read(tmp_path, text)
    assert said.lower() in str(error.value).lower()


def test_cut_short_anywhere_it_is_an_error_or_whole(tmp_path: Path) -> None:
    whole = census(f"<Child>{OF_THE_CHILD.format(id='A', upn='1')}<CINdetails/></Child>").encode()
    for end in range(1, len(whole)):
        with pytest.raises(UsedWronglyError):
            read(tmp_path, whole[:end])


MEASURE = """
import sys
from pathlib import Path
from concerted.extracts import FileSettings, open_table
with open_table(Path(sys.argv[1]), FileSettings()) as table:
    print(sum(len(chunk.rows) for chunk in table.chunks()))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_memory_does_not_grow_with_the_census(tmp_path: Path) -> None:
    child = f"<Child>{OF_THE_CHILD.format(id='A', upn='1')}<CINdetails/></Child>"
    peaks = {}
    for count in (2_000, 100_000):
        path = tmp_path / f"{count}.xml"
        path.write_text(census(child * count), encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True)
        rows, peak = map(int, done.stdout.split())
        assert rows == count
        peaks[count] = peak
    assert peaks[100_000] - peaks[2_000] < 20_000  # kB, where the document has 13 MB and as a tree some 100
