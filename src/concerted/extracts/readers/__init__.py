"""Files of rows, whatever their kind, as one thing: named columns, chunks of rows, and beside them what is no row."""

from concerted.extracts.readers.given_back import FAULTS, MENDINGS
from concerted.extracts.readers.opening import kind_of, open_table
from concerted.extracts.readers.shape import MAX_COLUMNS, Chunk, Table, Unsplit

__all__ = ["FAULTS", "MAX_COLUMNS", "MENDINGS", "Chunk", "Table", "Unsplit", "kind_of", "open_table"]
