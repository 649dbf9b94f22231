"""A release tried beside the one in force: what it would join and part here, before anybody adopts it.

Nothing of the picture is changed. The records are linked with it, as adopting it would; what comes of that is laid
beside what stands, and kept until the picture is another.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from concerted.common.errors import UsedWronglyError
from concerted.common.folders import absolute, new_file
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.common.spreadsheets import write_rows
from concerted.desk import release_found, release_tried, releases, results
from concerted.desk.resolve import linked_anew
from concerted.desk.store import Store
from concerted.linkage import HeldPair, Linked, Release
from concerted.linkage.decisions import COLUMNS

WORDS: Final = ("default", "train")
SAMPLE: Final = 10  # questions that are drawn of each kind
FILE: Final = (*COLUMNS, "change", "weight_in_force", "weight_tried", "reasons", "against")
_ID: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Trial:
    """What to try and how. model: `default`, `train`, the id of a release that the folder had, or a file. sample: how
    many questions of each kind are drawn. csv: where these are written, if anywhere."""

    model: str
    sample: int = SAMPLE
    csv: Path | None = None


def try_beside(folder: Path, trial: Trial, progress: Silent) -> dict[str, Any]:
    """Link the folder's records with another release, and keep what it would do. Gives that, as `release_found` has it.

    Raises UsedWronglyError for a model that is none or cannot be trained here, FileExistsError for a csv that is there.
    """
    if trial.sample < 0:
        raise UsedWronglyError(f"{trial.sample} questions cannot be drawn", mend="write --sample 10")
    folder = absolute(folder)
    with _sheet(trial.csv) as part, Store.open(folder) as store, store.writing():  # nobody changes it meanwhile
        found = _tried(store, trial, progress)
        if part:
            write_rows(part, FILE, map(_line, found["sample"]))
    return found


def _sheet(path: Path | None) -> AbstractContextManager[Path | None]:
    return new_file(path) if path else nullcontext()


def _tried(store: Store, trial: Trial, progress: Silent) -> dict[str, Any]:
    in_force, _ = results.release(store)
    model = _named(store, trial.model)
    held = releases.joined(store)
    without = in_force.left_out if isinstance(model, str) else ()
    linked = _linked(store, model, without, held, progress)
    progress.step("beside", "Laying it beside what stands")
    found = release_found.found(store, linked, held, trial.sample)
    if linked.release.id != in_force.id:
        release_tried.keep(store, linked.release, trial.model, linked.chosen, found)
    progress.finish()
    return found


def _named(store: Store, model: str) -> str | Release:
    """What is to be tried: a word of `link`, or a release: one of this folder as it was, another's without what binds
    it to that."""
    if model in WORDS:
        return model
    if _ID.fullmatch(model) and (had := releases.had(store).get(model)):
        return had
    if not Path(model).exists():
        raise UsedWronglyError(
            f"there is no model {Path(model).name}",
            mend="name a model.json, `default`, `train`, or the id of a release that `concerted release list` shows",
        )
    return Release.load(Path(model)).unbound()


def _linked(
    store: Store, model: str | Release, without: Sequence[str], held: Mapping[HeldPair, float], progress: Silent
) -> Linked:
    try:
        return linked_anew(store, model, progress, without, [*held])
    except UsedWronglyError as error:
        if model == "train" and error.mend == "use --model default":
            raise UsedWronglyError(error.what, why=error.why, mend="try `default`, or a model.json") from error
        raise


def _line(row: Mapping[str, Any]) -> list[str]:
    """A question as a line of a decisions file, for a person to write in what they decide, who and why."""
    left, right = (RecordKey.parse(row[side]) for side in ("left", "right"))
    said = row["decision"] or ("", "", "", "")
    weights = ("" if bits is None else f"{bits:.2f}" for bits in (row["weight_in_force"], row["weight_tried"]))
    return [*left, *right, *said, row["change"], *weights, row["reasons"], row["against"]]
