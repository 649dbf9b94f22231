"""Small sound files of every kind that can be read, each with the profile that takes it whole."""

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.extracts import Profile
from tests.extracts.files import PEOPLE, profile
from tests.extracts.workbooks import workbook

ROWS: Final = 8
_MORNING: Final = datetime.fromisoformat("2026-03-02T09:00")
_NAMES: Final = ("id", "first", "last", "born", "tel")
_PEOPLE: Final = (
    ("1", "Ann", "Lee", "01/02/1999", "07700 900123"),
    ("2", "Zoë", "O’Brien", "31/12/2008", ""),
    ("3", "Bea", "Lee\n(Kay)", "", "07700900124; 07700 900125"),
    ("4", 'Cat "Kit"', "Müller", "02/2008", "+447700900126"),
    ("4", 'Cat "Kit"', "Müller", "02/2008", "+447700900126"),
    ("5", "Dee", "D’Arcy, Jones", "29/02/2008", "ask mum"),
    ("6", "=1+1", "Lee", "1/1/1900", "07700 900127"),
    ("7", "", "", "", ""),
)
_OBJECTS: Final = [dict(zip(_NAMES, row, strict=True)) for row in _PEOPLE]
_CENSUS: Final = (
    "<ChildIdentifiers><LAchildID>{id}</LAchildID><UPN>A{id}</UPN><PersonBirthDate>2009-03-0{id}</PersonBirthDate>"
    "<Sex>2</Sex></ChildIdentifiers><CINdetails><CINreferralDate>2026-01-0{id}</CINreferralDate>"
    "<Assessments><AssessmentActualStartDate>2026-01-07</AssessmentActualStartDate></Assessments></CINdetails>"
)


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file. name: of the seed. kind: what it is made of. file: its name. content: all of it."""

    name: str
    kind: Literal["text", "xml", "xlsx", "parquet"]
    file: str
    content: bytes
    profile: Profile


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP that is the same whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2026, 3, 2, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def _made(fields: Mapping[str, Any] = PEOPLE, **changes: Any) -> Profile:
    return profile(fields={**PEOPLE, **fields, "phone": "tel"}, evidence=["first"], **changes)


def _delimited(mark: str) -> str:
    cells = [
        ['"' + cell.replace('"', '""') + '"' if set(cell) & {mark, '"', "\n"} else cell for cell in row]
        for row in _PEOPLE
    ]
    return "".join(mark.join(row) + "\r\n" for row in (_NAMES, *cells))


def _typed(epoch_1904: bool = False, **made: Any) -> bytes:
    """A workbook with values of every type, without the parts that say when it was made."""
    rows: list[list[Any]] = [[*_NAMES, "share", "seen"]]
    for number, row in enumerate(_PEOPLE):
        day = date(2009, 3, number + 1)
        rows.append(
            [number + 1, row[1] or None, row[2], day, ("=1+1", 7), 0.1 * number, _MORNING + timedelta(minutes=number)]
        )
    sheets = (
        {"People": rows} if not made.pop("several", False) else {"People": rows, "Visits": rows[:3], "Old": rows[:2]}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "a.xlsx", sheets, epoch_1904=epoch_1904, **made)
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.startswith("docProps")]
            return zipped({name: archive.read(name) for name in names})


def _parquet(table: pa.Table, **how: Any) -> bytes:
    made = io.BytesIO()
    pq.write_table(table, made, **how)
    return made.getvalue()


def _typed_table() -> pa.Table:
    """Columns of the types that an agency's program may write."""
    moments = [_MORNING + timedelta(minutes=number) for number in range(ROWS)]
    return pa.table(
        {
            "id": pa.array(range(1, ROWS + 1), pa.int64()),
            "first": pa.array([row[1] for row in _PEOPLE]).dictionary_encode(),
            "last": pa.array([row[2] or None for row in _PEOPLE], pa.large_string()),
            "born": pa.array([date(2009, 3, number + 1) for number in range(ROWS)]),
            "tel": pa.array([[row[4]] for row in _PEOPLE]),
            "seen": pa.array(moments, pa.timestamp("ns", "Europe/London")),
            "when": pa.array(moments, pa.timestamp("ms")),
            "share": pa.array([0.5] * ROWS),
            "sure": pa.array([True, None] * (ROWS // 2)),
            "where": pa.array([{"postcode": "QQ1 1AA", "since": 2020}] * ROWS),
            "raw": pa.array([b"\xff\x00"] * ROWS),
        }
    )


def _texts() -> dict[str, tuple[str, bytes]]:
    comma, nested = _delimited(","), {"made": "2026-03-02", "reply": {"people": _OBJECTS, "tags": ["a"]}}
    return {
        "csv": ("people.csv", comma.encode()),
        "csv-old": ("people.csv", comma.encode("cp1252")),
        "csv-utf16": ("people.csv", comma.encode("utf-16")),
        "tsv": ("people.tsv", _delimited("\t").encode()),
        "jsonl": ("people.jsonl", "".join(json.dumps(one) + "\n" for one in _OBJECTS).encode()),
        "json": ("people.json", json.dumps(_OBJECTS, ensure_ascii=False).encode()),
        "json-inside": ("people.json", json.dumps(nested, indent=1).encode()),
    }


def _books() -> dict[str, bytes]:
    return {
        "xlsx": _typed(),
        "xlsx-sheets": _typed(several=True, hidden_sheets=("Old",), hidden_columns=[2]),
        "xlsx-merged": _typed(merged={"B3:C5": "Ann", "E6:G7": "x"}, hidden_rows=[3]),
        "xlsx-1904": _typed(epoch_1904=True),
    }


def _tables() -> dict[str, bytes]:
    strings = pa.table({name: [one[name] for one in _OBJECTS] for name in _NAMES})
    return {
        "parquet": _parquet(strings),
        "parquet-plain": _parquet(strings, compression="none", use_dictionary=False),
        "parquet-typed": _parquet(_typed_table(), compression="none"),
        "parquet-zstd": _parquet(_typed_table(), compression="zstd", row_group_size=3, data_page_version="2.0"),
    }


def _seeds() -> list[Seed]:
    iso = {"column": "born", "date": "%Y-%m-%d"}
    children = "".join(f"<Child>{_CENSUS.format(id=number + 1)}</Child>" for number in range(ROWS))
    census = f'<?xml version="1.0" encoding="UTF-8"?><Message><Header/><Children>{children}</Children></Message>'
    of_census = profile(record_id="row_id", fields={"date_of_birth": iso | {"column": "PersonBirthDate"}})
    of_book, of_table = _made({"date_of_birth": iso}, file={"sheet": "People"}), _made({"date_of_birth": iso})
    return [
        *(Seed(name, "text", file, content, _made()) for name, (file, content) in _texts().items()),
        *(Seed(name, "xlsx", "people.xlsx", content, of_book) for name, content in _books().items()),
        *(Seed(name, "parquet", "people.parquet", content, of_table) for name, content in _tables().items()),
        Seed("census", "xml", "census.xml", census.encode(), of_census),
    ]


SEEDS: Final = {seed.name: seed for seed in _seeds()}
