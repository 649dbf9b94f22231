"""Conditions as DuckDB's SQL over `_l` and `_r` columns of the standard table.

Texts are folded to plain letters, so that DuckDB's edit distances, which count bytes, count characters.
"""

from concerted.linkage import conditions as c


def sql(condition: c.Condition) -> str:
    """The condition as an expression for a WHEN: it is true where the condition holds, and false or null elsewhere."""
    match condition:
        case c.All(conditions):
            return " and ".join(f"({sql(one)})" for one in conditions)
        case c.Some(conditions, least):
            return "(" + " + ".join(f"{_surely(one)}::int" for one in conditions) + f") >= {least}"
        case c.Not(inner):
            return f"not {_surely(inner)}"
        case c.Missing(columns):
            return " or ".join("(" + " and ".join(f"{one}_{side} is null" for one in columns) + ")" for side in "lr")
        case c.Crossed(one, other):
            return f"{one}_l = {other}_r and {other}_l = {one}_r and {one}_l <> {other}_l"
        case c.Among(text, members):
            return f"list_contains({members}_r, {text}_l) or list_contains({members}_l, {text}_r)"
        case _:
            return _of_one_column(condition)


def _surely(condition: c.Condition) -> str:
    """The same, false where it would be null."""
    return f"coalesce({sql(condition)}, false)"


def _of_one_column(condition: c.Condition) -> str:
    match condition:
        case c.Same(column):
            return f"{column}_l = {column}_r"
        case c.Like(column, least):
            return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"
        case c.Slip(column):
            return f"damerau_levenshtein({column}_l, {column}_r) <= 1"
        case c.Begins(column):
            return f"starts_with({column}_l, {column}_r) or starts_with({column}_r, {column}_l)"
        case c.Shares(column):
            return f"list_has_any({column}_l, {column}_r)"
        case c.Overlaps(column, share):
            common = f"len(list_intersect({column}_l, {column}_r))"
            return f"{common} >= {share} * greatest(len({column}_l), len({column}_r))"
        case c.Within(column, most):
            return f"abs({column}_l - {column}_r) <= {most}"
        case c.Says(column, number):
            return f"{column}_l = {number} and {column}_r = {number}"
    raise TypeError(f"{condition} is no condition")
