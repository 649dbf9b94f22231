"""Takes spoilt files, one after another, in a process of its own: `python -m tests.extracts.mutated FIRST STOP`.

Code that is not Python's own may end the process without a word. So the number of each case is written before it is
taken, and whoever started this process knows which one ended it. Faults are written as JSON, a line each.
"""

import faulthandler
import json
import resource
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from concerted.common.errors import ConcertedError
from concerted.extracts import Quarantined, Taken, take_many
from concerted.extracts.readers.packed import inside
from tests.extracts.files import AS_OF
from tests.extracts.mutations import Case, case_of

ADDRESSES: Final = 6 * 2**30  # bytes that the process may ask for; MEMORY is what it may use
MEMORY: Final = 1536 * 2**20  # bytes
_PATIENCE: Final = 300  # seconds after which a case is taken to hang; the slowest takes a few
_CALLS: Final = 3  # of a fault that are told
_LONGEST: Final = 2_000  # characters of a message


def fault_of(case: Case, folder: Path) -> str | None:
    """What is wrong with how the file was taken, or refused; None when nothing is."""
    path = folder / case.name
    path.write_bytes(case.content)
    out = folder / "out"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            _take_all(case, path, out)
    except ConcertedError as error:
        left = sorted(one.name for one in folder.iterdir() if one != path)
        return _of_words(error) or (f"{left} was left by: {error}" if left else None)
    except BaseException as error:
        return f"{type(error).__name__}: {str(error)[:300]} {_where(error)}"
    return None


def _take_all(case: Case, path: Path, out: Path) -> None:
    """All files of a ZIP or none, as the command takes them."""
    quarantined: list[Quarantined] = []
    files = [(one, case.seed.profile) for one in inside(path)]
    every = take_many(files, out, quarantined.extend, as_of=AS_OF)
    assert sorted(out.iterdir()) == sorted(taken.records for taken in every)
    assert sum(taken.counts.quarantined for taken in every) == sum(one.kind == "row" for one in quarantined)
    assert sum(taken.counts.values_quarantined for taken in every) == sum(one.kind == "value" for one in quarantined)
    for taken in every:
        _refuse_partial(taken)


def _refuse_partial(taken: Taken) -> None:
    """Every row is accounted for, and every record is there."""
    counts = taken.counts
    assert counts.rows == counts.read + counts.quarantined + counts.blank
    assert counts.records == pq.read_metadata(taken.records).num_rows


def _of_words(error: ConcertedError) -> str | None:
    said, file = str(error), error.where.file if error.where else None
    if not said.isprintable():
        return f"the message holds what cannot be shown: {said!r}"
    if not error.mend:
        return f"the message does not say what to do: {said}"
    if not file or not said.startswith(_shown(file)):
        return f"the message does not name the file: {said}"
    return f"the message is {len(said):,} characters long: {said[:200]}" if len(said) > _LONGEST else None


def _shown(file: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(file.split()))


def _where(error: BaseException) -> str:
    calls = traceback.extract_tb(error.__traceback__)[-_CALLS:]
    return " < ".join(f"{Path(call.filename).name}:{call.lineno} {call.name}" for call in reversed(calls))


def _tell(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(first: int, stop: int) -> None:
    """Take the cases from the first on."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    for number in range(first, stop):
        _tell(number)
        case = case_of(number)
        faulthandler.dump_traceback_later(_PATIENCE, exit=True)
        with tempfile.TemporaryDirectory(prefix="mutated-") as folder:
            fault = fault_of(case, Path(folder))
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        if used > MEMORY:
            fault = f"{fault or ''} it took {used // 2**20:,} MB"
        if fault:
            _tell(json.dumps(f"{case}: {fault}"))
        if used > MEMORY:
            sys.exit(1)  # what the next ones take cannot be told in this process
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
