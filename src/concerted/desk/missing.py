"""What a delivery would take away: rows and parts that it no longer holds, and fields that it empties."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from concerted.common.errors import FoundWrongError, Place
from concerted.common.ids import RecordKey
from concerted.common.words import counted
from concerted.desk import deliveries, withdrawals
from concerted.desk.feeds import Compared, connected
from concerted.desk.given import Extract
from concerted.desk.moved import Moves
from concerted.desk.store import RECORDS, Store
from concerted.desk.told import Arrival, Told
from concerted.extracts.fields import KINDS, Kind

EMPTIED_SHARE: Final = 0.5  # of the records that are told otherwise, from which an emptied field is asked about
EMPTIED_LEAST: Final = 20
MISSING_SHARE: Final = 0.02  # of the rows that stood, from which a snapshot is asked about


def list_missing(
    store: Store,
    told: Told,
    extract: Extract,
    compared: Compared,
    standing: dict[Kind, list[Path]],
    rows: int,
    arrival: Arrival,
) -> None:
    """List what the feed no longer holds: whole rows of a snapshot, and parts of rows that are told anew."""
    listed_already = withdrawals.listed_rows(store)
    lost = [row for row in compared.missing if row not in listed_already]
    if len(lost) > MISSING_SHARE * rows and arrival.missing != len(lost):
        raise _question(extract, len(lost), rows)
    parts = [part for part in extract.profile.subjects if part is not None]
    spill = store.folder / RECORDS
    here = {kind: deliveries.keys_since(store, told.numbers[0], kind) for kind in KINDS}
    listed = list(_records(standing, lost, parts, spill))
    listed += [(kind, key) for kind, key in _records(standing, compared.again, parts, spill) if key not in here[kind]]
    told.missing = withdrawals.add(store, told.numbers[0], listed)


def refuse_emptied(extract: Extract, kind: Kind, changed: int, moves: Moves) -> None:
    """Ask before a field is emptied in most records that are told anew: a form has changed, and not the facts."""
    for name, (_, emptied, _) in moves.items():
        if emptied >= EMPTIED_LEAST and emptied > EMPTIED_SHARE * changed:
            what = f"{name} ({kind.replace('_', ' ')}) would be emptied in {emptied:,} of the {changed:,} records"
            raise FoundWrongError(
                f"{what} that it tells otherwise than before: is it written as it was?",
                where=Place(file=extract.name),
                why="nothing was changed",
                mend="`concerted profile try` shows what is refused: mend the profile, or add --emptied if it is meant",
            )


def _question(extract: Extract, lost: int, rows: int) -> FoundWrongError:
    share = 100 * lost / rows
    return FoundWrongError(
        f"{counted(lost, 'row')} of {rows:,} that stood {'is' if lost == 1 else 'are'} not in this snapshot "
        f"({share:.0f} in 100, and up to 2 are put on the withdrawal list): is the file whole?",
        where=Place(file=extract.name),
        why="nothing was changed",
        mend=f"fetch it again; if so many are meant to go, add --missing {lost}, and each still waits for approval",
    )


def _records(
    standing: dict[Kind, list[Path]], keys: Sequence[tuple[str, str]], parts: Sequence[str], spill: Path
) -> Iterator[tuple[Kind, RecordKey]]:
    """The records that stand of these rows, of every kind."""
    if not keys:
        return
    wanted = [(source, one) for source, row in keys for one in (_ids(row, parts))]
    with connected(spill) as connection:
        connection.execute("CREATE TEMP TABLE wanted (source VARCHAR, record_id VARCHAR)")
        connection.executemany("INSERT INTO wanted VALUES (?, ?)", [list(one) for one in wanted])
        for kind, files in standing.items():
            if files:
                found = connection.execute(
                    "SELECT DISTINCT source, record_id FROM read_parquet(?, union_by_name=true) "
                    "SEMI JOIN wanted USING (source, record_id) ORDER BY ALL",
                    [list(map(str, files))],
                ).fetchall()
                yield from ((kind, RecordKey(*one)) for one in found)


def _ids(row: str, parts: Sequence[str]) -> list[str]:
    return [f"{row}/{part}" for part in parts] or [row]
