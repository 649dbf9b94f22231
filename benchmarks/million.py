"""A million invented records linked, beside Splink on the same file in the same run.

The yardstick's generator makes the records and its script runs Splink; both unchanged. Ours is measured in processes of
its own: standardising, then from the standardised Parquet to the partition, once with training and once with the
shipped release. Seconds are compared with what Splink takes for the same: its training, scoring and clustering.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.figures import Figure
from benchmarks.yardstick import ROOT, Say, folder, python, ran

RECORDS: Final = 1_000_000
SEED: Final = 97  # of the generator; any other will do
_FIELDS: Final = {
    "source": "source_dataset",
    "record_id": "unique_id",
    "given_name": "first_name",
    "middle_names": "middle_name",
    "family_name": "surname",
    "date_of_birth": "dob",
    "postcode": "postcode",
    "phone": "phone",
    "email": "email",
    "other_vrm": "vrm",
}
TRUTH: Final = ("cluster", "household", "name_origin")


def million(say: Say) -> list[Figure]:
    """Speed, memory and truth, each beside Splink's."""
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        say(f"making {RECORDS:,} records")
        made = place / "made.parquet"
        ran(
            [str(python(say)), str(scripts / "gen_synth.py"), str(RECORDS), str(made), "--seed", str(SEED)], cwd=scripts
        )
        write_records(made, place)
        ours = {}
        for what in ("standardise", "trained", "shipped"):
            say(f"ours: {what}")
            ours[what] = json.loads(ran([sys.executable, "-m", "benchmarks.million_ours", what, name], cwd=ROOT))
        say("Splink on the same records")
        ran([str(python(say)), str(scripts / "splink_synth.py"), str(made), name, "million"], cwd=scripts)
        theirs = json.loads((place / "res_million.json").read_text(encoding="utf-8"))
    return [*_time(ours, theirs), *_truth(ours["trained"], theirs)]


def write_records(made: Path, place: Path) -> None:
    """The generator's records as our readers write them (`records.parquet`), and its truth (`truth.parquet`)."""
    table = pq.read_table(made)
    columns = {ours: table[theirs] for ours, theirs in _FIELDS.items()}
    columns["sex"] = pc.if_else(pc.equal(table["gender"], "m"), "male", "female")
    columns["phone"] = pc.replace_substring_regex(table["phone"], "^0", "+44")
    pq.write_table(pa.table(columns), place / "records.parquet")
    pq.write_table(table.select(list(TRUTH)), place / "truth.parquet")


def _time(ours: dict[str, Any], theirs: dict[str, Any]) -> list[Figure]:
    wall = theirs["wall_s"]
    whole, alone = wall["total_train_predict_cluster"], wall["predict"] + wall["cluster_0.99"]
    trained, shipped = ours["trained"], ours["shipped"]
    rows = [
        _ratio("training, scoring and partition, by Splink's", trained["seconds"] / whole, 1.0, 0.66),
        _ratio("scoring and partition with the shipped release, by Splink's", shipped["seconds"] / alone, 1.4, 1.0),
    ]
    rows.append(_share("pairs proposed: share of the true ones", shipped["proposed"], None, 0.92, 0.93))
    seconds = ours["standardise"]["seconds"]
    rows.append(Figure("million", "standardising", seconds, None, 12, 6, "seconds", less=True, places=1))
    most = trained["megabytes"]
    rows.append(Figure("million", "most memory", most, theirs["peak_rss_gib"] * 1024, 3_072, None, "MB", True, 0))
    return rows


def _truth(ours: dict[str, Any], theirs: dict[str, Any]) -> list[Figure]:
    links, closed = (theirs["recall_at_precision_0.99"][key] for key in ("links", "pairs_after_clustering"))
    best = max(theirs["clusters"].values(), key=lambda found: found["bcubed"]["F1"])
    missed, mixed = 1 - best["bcubed"]["F1"], best["mixed_clusters"]
    kin = theirs["false_links_among_kin_after_clustering_at_0.99"]
    swept = "recall at precision 0.99, swept"
    found = 1 - ours["b_cubed"]
    return [
        _share(f"links: {swept}", ours["links_at_99"], links, links + 0.02, links + 0.05),
        _share(f"entities: {swept}", ours["pairs_at_99"], closed, max(closed + 0.05, 0.80), max(closed + 0.10, 0.85)),
        Figure("million", "1 - B-cubed F1, by Splink's best", found / missed, 1.0, 0.9, 0.65, "times", True, 2),
        Figure("million", "entities that mix people", ours["mixed"], mixed, 0.6 * mixed, 0.2 * mixed, "", True, 0),
        Figure("million", "false links among kin", ours["kin"], kin, 0.35 * kin, 0.1 * kin, "", True, 0),
        _share("true links lost to the household's term", ours["lost_to_kin"], None, 0.01, None, less=True),
        _share("estimated precision of the joined links, off by", ours["estimate_off"], None, 0.02, None, less=True),
        _share("true links above keep lost to caps", ours["lost_to_caps"], None, 1e-3, 1e-4, less=True, places=5),
    ]


def _ratio(what: str, ours: float, must: float, aim: float) -> Figure:
    return Figure("million", what, ours, 1.0, must, aim, "times", less=True, places=2)


def _share(
    what: str, ours: float, theirs: float | None, must: float, aim: float | None, *, less: bool = False, places: int = 4
) -> Figure:
    return Figure("million", what, ours, theirs, must, aim, less=less, places=places)
