"""Files of rows, whatever their kind, as one thing: named columns, chunks of rows, and beside them what is no row."""

from concerted.extracts.readers.opening import open_table
from concerted.extracts.readers.shape import MAX_COLUMNS, Chunk, Table, Unsplit

__all__ = ["MAX_COLUMNS", "Chunk", "Table", "Unsplit", "open_table"]
