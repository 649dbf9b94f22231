"""Records as they are compared: one table of folded, typed columns, made once and versioned.

What a record holds beyond these columns (evidence, columns left out, a truth) never reaches the linker.
"""

from typing import Final

from concerted.linkage.standard.files import OTHER, other_columns
from concerted.linkage.standard.table import standardise

VERSION: Final = 2  # of this package: a release says which one it was made with

__all__ = ["OTHER", "VERSION", "other_columns", "standardise"]
