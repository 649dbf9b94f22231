"""An extract given back to its sender: every row and column as sent, with what was mended in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import new_file
from concerted.desk import deliveries, quarantine, returned_files
from concerted.desk.deliveries import Delivery
from concerted.desk.returned_rows import Row, Rows
from concerted.desk.store import Store
from concerted.extracts import FileOrigin, Table, open_table
from concerted.extracts.readers import FAULTS, MENDINGS, kind_of
from concerted.extracts.readers.delimited import DelimitedTable
from concerted.extracts.readers.given_back import GivenBack

Out = Literal["csv", "xlsx"]
_OUTS: Final[dict[str, Out]] = {".csv": "csv", ".xlsx": "xlsx"}
_IN_ROWS: Final = ("csv", "tsv", "xlsx")  # kinds of files whose names stand in a row of their own
_SHEET: Final = "Extract"


@dataclass(slots=True)
class Returned:
    """What was written. rows: below the names. faulty: those with something that was or is in quarantine. mended: those
    in which something stands that a person wrote. notes: what to mind when the file is delivered again."""

    file: str
    out: str
    rows: int = 0
    faulty: int = 0
    mended: int = 0
    notes: tuple[str, ...] = ()

    def counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows, counted as they pass."""
        for row in rows:
            self.rows += 1
            self.faulty += bool(row.marked)
            self.mended += bool(row.mended)
            yield row


def give_back(store: Store, original: Path, out: Path, *, name: str = "", only_faulty: bool = False) -> Returned:
    """Write the extract `original`, which must be the very file that was read, with what was mended, into `out`.

    name: what the folder calls the file, or the profile, where one content was read twice. only_faulty: leave out the
    rows of which nothing was ever in quarantine. Raises UsedWronglyError when it is another file, when `out` is there
    already, is no .csv or .xlsx, or cannot hold it.
    """
    kind = _OUTS.get(out.suffix.lower())
    if kind is None:
        raise UsedWronglyError("it is given back as a workbook or as CSV", where=Place(out.name), mend=_ENDINGS)
    delivery = _delivery(store, original, name)
    settings = delivery.profile.file
    done = Returned(delivery.file, out.name, notes=tuple(_notes(delivery, kind)))
    try:
        with new_file(out) as part, open_table(original, settings) as table:
            above = _above(table, settings.header_row)
            if kind == "xlsx":
                rows_below = _faulty_rows(store, delivery) if only_faulty else delivery.counts.rows
                returned_files.refuse_more_than_a_sheet_holds(len(above) + rows_below, delivery.file)
            rows = Rows(
                table.columns,
                delivery.profile,
                quarantine.of_delivery(store, delivery.number),
                first=_first(original, delivery),
                only_faulty=only_faulty,
            )
            passing = done.counted(rows.of(table.chunks()))
            if kind == "xlsx":
                sheet = table.sheet if table.sheet and kind_of(original, settings) == "xlsx" else _SHEET
                returned_files.write_workbook(part, above, passing, sheet)
            else:
                returned_files.write_csv(part, above, passing, _delimiter(table, delivery))
    except FileExistsError:
        raise UsedWronglyError("there is such a file already", where=Place(out.name), mend=_ANOTHER) from None
    return done


_ENDINGS: Final = "give --out a name that ends in .xlsx or .csv"
_ANOTHER: Final = "give --out another name"


def _delivery(store: Store, original: Path, name: str) -> Delivery:
    """The delivery that this file was. A file is known by its content."""
    came = [one for one in deliveries.all_of(store) if one.mends is None]
    print_ = FileOrigin(original, came[0].profile.file).fingerprint()
    found = [one for one in came if one.sha256 == print_.sha256 and name in ("", one.file, one.profile_id)]
    if len(found) > 1:
        found = [one for one in found if Path(one.file).name == original.name] or found
    if len(found) == 1:
        return found[0]
    if found:
        by_name = len({one.file for one in found}) == len(found)  # else sheets of one workbook, each by its profile
        names = ", ".join(one.file if by_name else one.profile_id for one in found)
        raise UsedWronglyError(
            "the same content was read several times",
            where=Place(original.name),
            mend=f"write --file with one of {names}",
        )
    raise _another_file(came, original, name, print_.bytes)


def _another_file(came: Sequence[Delivery], original: Path, name: str, size: int) -> UsedWronglyError:
    wanted = name or original.name
    alike = [one for one in came if wanted in (one.file, Path(one.file).name)]
    if alike:
        return UsedWronglyError(
            f"it is another file than the {alike[-1].file} that was read",
            where=Place(original.name),
            why=f"that one had {alike[-1].bytes:,} bytes and another content; this one has {size:,} bytes",
            mend="give the extract as it was sent, without any change",
        )
    names = ", ".join(dict.fromkeys(one.file for one in came))
    return UsedWronglyError(
        "no file of this content was read into the folder",
        where=Place(original.name),
        mend=f"give one of the extracts that were, as it was sent: {names}",
    )


def _above(table: Table, header_row: int) -> list[list[str]]:
    """The rows down to that of the names as they stand in the file, with the names of the added columns."""
    above = table.top()[:header_row]
    if len(above) < header_row or not above:  # no row of the file holds them, or the one that does is far below
        above = [[] for _ in range(header_row - 1 if table.top() else 0)] + [table.columns]
    width = len(table.columns)
    filled = [[*row[:width], *[""] * (width - len(row))] for row in above]
    return [*([*row, "", ""] for row in filled[:-1]), [*filled[-1], FAULTS, MENDINGS]]


def _first(original: Path, delivery: Delivery) -> int:
    """The number of the first row below the names."""
    kind = kind_of(original, delivery.profile.file)
    if kind in _IN_ROWS:
        return delivery.profile.file.header_row + 1
    return 2 if kind == "parquet" else 1


def _delimiter(table: Table, delivery: Delivery) -> str:
    said = delivery.profile.file.delimiter or ("\t" if delivery.profile.file.format == "tsv" else None)
    return said or (isinstance(table, DelimitedTable | GivenBack) and table.delimiter) or ","


def _faulty_rows(store: Store, delivery: Delivery) -> int:
    rows = (item.row for item in quarantine.of_delivery(store, delivery.number))
    return len(set(rows))


def _notes(delivery: Delivery, out: Out) -> Iterator[str]:
    """What stands in the way of delivering the file again, read by the same profile."""
    said = delivery.profile.file.format
    reads = "csv" if said == "tsv" else said
    if reads is None or reads == out:
        return
    mend = f"to deliver this file again, write file: {{format: {out}}} in it"
    note = f"the profile {delivery.profile_id} reads {said}: {mend}"
    yield f"{note}, or give --out a name that ends in .{reads}" if reads in _OUTS.values() else note
