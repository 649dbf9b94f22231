"""Tables of the standard safeguarding dataset as a council would write them, of invented children, for tests."""

import csv
from pathlib import Path
from typing import Any, Final

from concerted.extracts.shipped import all_shipped
from concerted.reference.loader import load_table

PREFIX: Final = "ssd/"
TABLES: Final[dict[str, dict[str, Any]]] = load_table("ssd_tables").data["tables"]
PROFILES: Final = {name.removeprefix(PREFIX): path for name, path in all_shipped().items() if name.startswith(PREFIX)}

Row = dict[str, str]
CHILDREN: Final[tuple[Row, ...]] = (
    {
        "pers_person_id": "501",
        "pers_forename": "Amara",
        "pers_surname": "Okonjo",
        "pers_sex": "F",
        "pers_gender": "F",
        "pers_ethnicity": "CHNE",
        "pers_dob": "2009-03-14 00:00:00.000",
        "pers_common_child_id": "9990000018",
        "pers_nationality": "NULL",
    },
    {
        "pers_person_id": "502",
        "pers_forename": "Callum",
        "pers_surname": "Tregear",
        "pers_sex": "M",
        "pers_ethnicity": "WROM",
        "pers_dob": "20/01/2010",
    },
    {
        "pers_person_id": "503",
        "pers_forename": "Ngozi",
        "pers_surname": "Okonjo",
        "pers_sex": "F",
        "pers_ethnicity": "REFU",
        "pers_dob": "1985-07-02",
    },
)
EVENT_DAY: Final = "2026-01-05 14:30:00.000"


def day(column: str) -> bool:
    """Whether a column holds moments."""
    return any(columns.get(column, {}).get("type") == "datetime" for columns in TABLES.values())


def row_of(table: str, **given: str) -> Row:
    """A row of a table: numbers, the child 501, moments and a word in what the profile takes, and what is given."""
    found = {}
    for column, about in TABLES[f"ssd_{table}"].items():
        if about.get("refers_to", "").startswith("ssd_person") or column.endswith("_person_id"):
            found[column] = "501"
        elif day(column):
            found[column] = EVENT_DAY
        elif column.endswith("postcode"):
            found[column] = "QA11AA"
        elif column.endswith("_json"):
            found[column] = '["11A", "10A"]'
        elif column == "miss_missing_episode_type":
            found[column] = "M"
        else:
            found[column] = "7"
    return found | given


def written(folder: Path, table: str, *rows: Row) -> Path:
    """The table as a file, with every column of it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"dbo.ssd_{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(TABLES[f"ssd_{table}"]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def council(folder: Path) -> Path:
    """Every table that a shipped profile reads, in a folder of its own."""
    for table in PROFILES:
        rows = CHILDREN if table == "person" else (row_of(table),)
        written(folder, table, *rows)
    written(folder, "mother", row_of("mother", moth_person_id="503", moth_childs_person_id="501"))
    written(folder, "cla_placement", row_of("cla_placement", clap_cla_placement_id="P9"))
    written(folder, "cla_episodes", row_of("cla_episodes", clae_cla_placement_id="P9"))
    return folder
