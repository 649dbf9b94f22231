"""Nine records of four people, and model releases that join more or less of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from concerted.common.progress import Silent
from concerted.desk import releases, results
from concerted.desk.release_change import Changed, adopt, give_back
from concerted.desk.release_try import Trial, try_beside
from concerted.desk.store import Store
from tests.desk.extracts import PEOPLE, partition, rows_of

NINE: Final = (
    *PEOPLE,
    ("7", "Callum", "Tregear", "2010-01-02", "07700 900007", "c"),
    ("8", "Calum", "Tregear", "2010-01-20", "", "c"),
    ("9", "Danuta", "Szalaj", "1988-07-07", "", "d"),
)
AS_SHIPPED: Final = {"12", "34", "578", "69"}
STRICT: Final = {13.0: {"12", "34", "57", "8", "69"}, 16.0: {"12", "3", "4", "5", "7", "8", "69"}}  # by its `join`
WHO: Final = ("A Analyst", "judged a sample")
WORDS: Final = ("concerted", "release", "some")


def strict(folder: Path, join: float, name: str = "strict") -> Path:
    """A release that joins from so many bits on, as a file."""
    path = folder / f"{name}-{join:g}.json"
    with Store.open(folder / "out") as store:
        made = replace(results.release(store)[0], name=name, join=join, join_from="by hand")
    path.write_text(made.to_json(), encoding="utf-8")
    return path


def tried(out: Path, model: Path | str, **how: Any) -> dict[str, Any]:
    """What it would do."""
    return try_beside(out, Trial(str(model), **how), Silent())


def adopted(out: Path, model: Path | str) -> Changed:
    """Tried and adopted."""
    tried(out, model)
    return adopt(out, *WHO, Silent(), WORDS)


def returned(out: Path) -> Changed:
    """The release before is in force again."""
    return give_back(out, *WHO, Silent(), WORDS)


def sets(out: Path) -> set[str]:
    """The ids of each entity's records."""
    return {"".join(sorted(record_id for _, record_id in one)) for one in partition(out)}


def asked(out: Path) -> set[str]:
    """The pairs that stand in review since the release before held them together."""
    found = rows_of(out / "review.csv")
    words = "the release before held these together"
    held = {"".join(sorted((row["left_id"], row["right_id"]))) for row in found if row["reasons"].startswith(words)}
    with Store.open(out) as store:
        assert releases.asked(store) == len(held)
    return held
