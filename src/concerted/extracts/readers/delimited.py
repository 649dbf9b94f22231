"""CSV and TSV files as tables."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers import sniff
from concerted.extracts.readers.headers import TOP_ROWS, header_of, refuse_too_many, repeated, unique_names
from concerted.extracts.readers.lines import LINE_LIMIT, Lines, LongLine, Recoded
from concerted.extracts.readers.quoting import MENDS, Rows, Splitter, fits
from concerted.extracts.readers.shape import Chunk, Unsplit


class DelimitedTable:
    """An open CSV or TSV file. Rows are counted, not lines: the first row of the file is row 1, blank ones too."""

    sheet: str | None = None

    def __init__(self, handle: BinaryIO, path: Path, settings: FileSettings) -> None:
        self._place = Place(file=path.name)
        head = handle.read(sniff.HEAD)
        self._encoding = _encoding(head, settings, self._place)
        self._said = settings.encoding
        handle.seek(self._encoding.mark)
        self._lines = _lines(handle, head, self._encoding)
        self._blocks = self._lines.blocks()
        first = self._first_lines()
        self.delimiter = _delimiter(first, settings)
        self._splitter = Splitter(self.delimiter)
        header = self._header(first, settings)
        refuse_too_many(len(header), path.name)
        self.columns, self.twice = unique_names(header), repeated(header)
        self._splitter.width = len(self.columns)
        self._header_row = settings.header_row

    def _first_lines(self) -> list[str]:
        block = next(self._blocks, [])
        if isinstance(block, LongLine):
            raise UsedWronglyError(
                f"the first line is {block.length:,} bytes long and at most {LINE_LIMIT:,} can be read",
                where=self._place,
                mend="check that the file is a table of people, one row a record",
            )
        if not any(line.strip() for line in block):
            raise UsedWronglyError("the file is empty", where=self._place, mend="fetch the extract again")
        return block

    def _header(self, lines: list[str], settings: FileSettings) -> list[str]:
        """The names of the columns. Keeps the first rows for `top` and the lines after the header for `chunks`."""
        rows, at, after, wanted = Rows(), 0, 0, settings.header_row
        while at < len(lines) and len(rows.cells) < max(wanted, TOP_ROWS):
            at += self._splitter.row_at(rows, lines, at, last=True)
            after = at if len(rows.cells) == wanted else after
        self._top, self._rest = rows.cells[:TOP_ROWS], lines[after:]
        return header_of(rows.cells, settings, self._place, rows.why.get(wanted - 1, ""))

    def top(self) -> list[list[str]]:
        """The first rows of the file as they stand."""
        return self._top

    def notes(self) -> list[str]:
        """What a person should know of how the file was read."""
        found = self._lines.notes()
        if self._said and not self._encoding.name.startswith(self._said):
            found.append(f"the file is {self._encoding.name.upper()} by its first bytes, not {self._said.upper()}")
        if self._header_row > 1:
            found.append(f"the rows above row {self._header_row}, which holds the column names, were passed over")
        return found

    def chunks(self) -> Iterator[Chunk]:
        """The rows below the header."""
        row = self._header_row + 1
        for piece in self._pieces():
            chunk = self._long(piece, row) if isinstance(piece, LongLine) else self._chunk(piece, row)
            row += chunk.total
            yield chunk

    def _pieces(self) -> Iterator[Rows | LongLine]:
        rows, carry = self._splitter.split(self._rest, last=False)
        self._rest = []
        yield rows
        for block in self._blocks:
            if isinstance(block, LongLine):
                yield self._splitter.split(carry, last=True)[0]
                carry = ()
                yield block
            else:
                rows, carry = self._splitter.split([*carry, *block], last=False)
                yield rows
        yield self._splitter.split(carry, last=True)[0]

    def _long(self, line: LongLine, row: int) -> Chunk:
        return Chunk([], [()] * len(self.columns), [too_long(line, row, self._encoding.width)])

    def _chunk(self, rows: Rows, first: int) -> Chunk:
        width = len(self.columns)
        odd = [at for at, cells in enumerate(rows.cells) if len(cells) != width or not cells[0] or cells[0].isspace()]
        chunk = Chunk(list(range(first, first + len(rows.cells))), [])
        good = self._sorted_out(chunk, rows, odd) if odd else rows.cells
        chunk.columns = list(zip(*good, strict=True)) if good else [()] * width
        return chunk

    def _sorted_out(self, chunk: Chunk, rows: Rows, odd: Sequence[int]) -> list[list[str]]:
        """Take what is blank or not split out of the chunk. Gives the cells of the other rows.

        odd: rows with another number of cells, or whose first cell is empty.
        """
        width, out = len(self.columns), set()
        for at in odd:
            cells = rows.cells[at]
            if at not in rows.why and not "".join(cells).strip():
                chunk.blank += 1
            elif at not in rows.why and fits(cells, width):
                del cells[width:]
                continue
            else:
                chunk.unsplit.append(self._unsplit(rows, at, chunk.rows[at]))
            out.add(at)
        chunk.rows = [row for at, row in enumerate(chunk.rows) if at not in out]
        return [cells for at, cells in enumerate(rows.cells) if at not in out]

    def _unsplit(self, rows: Rows, at: int, row: int) -> Unsplit:
        reason = rows.why.get(at)
        if reason:
            return Unsplit(row, rows.texts[at], reason, MENDS[reason])
        count, width = len(rows.cells[at]), len(self.columns)
        if count > width:
            mend = f"put a cell that holds {_NAMES.get(self.delimiter, self.delimiter)} in quotes"
        else:
            mend = "add what is missing, or join it with the line that follows if a cell was broken in two"
        return Unsplit(row, rows.texts[at], f"it has {_cells(count)} and the header has {width}", mend)


def too_long(line: LongLine, row: int, width: int = 1) -> Unsplit:
    """A line that was passed over, as a row put aside. width: bytes of a plain letter in the file."""
    about = "about " if width > 1 else ""
    reason = (
        f"the line is {about}{line.length * width:,} bytes long, from {about}byte {line.offset * width:,} of the file; "
        "only its beginning is kept here"
    )
    return Unsplit(row, line.beginning, reason, f"shorten it to at most {LINE_LIMIT:,} bytes")


_NAMES: Final = {",": "a comma", "\t": "a tab", ";": "a semicolon", "|": "a bar"}


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"


def _encoding(head: bytes, settings: FileSettings, place: Place) -> sniff.Encoding:
    encoding = sniff.encoding_of(head, settings.encoding)
    if encoding.name == "utf-8" and not encoding.mark and sniff.is_utf16(head):
        raise UsedWronglyError(
            "the file seems to be UTF-16", where=place, mend="write file: {encoding: utf-16} in the profile"
        )
    return encoding


def _lines(handle: BinaryIO, head: bytes, encoding: sniff.Encoding) -> Lines:
    if encoding.width == 2:
        recoded = Recoded(handle, encoding.name[-2:])
        return Lines(recoded, ending=sniff.line_ending(head.replace(b"\x00", b"")), offset=encoding.mark // 2)
    windows = encoding.name == "windows-1252"
    return Lines(handle, windows=windows, ending=sniff.line_ending(head), offset=encoding.mark)


def _delimiter(lines: Sequence[str], settings: FileSettings) -> str:
    if settings.delimiter:
        return settings.delimiter
    if settings.format == "tsv":
        return "\t"
    header = lines[settings.header_row - 1 : settings.header_row]
    return sniff.delimiter_of(header[0] if header else lines[0])
