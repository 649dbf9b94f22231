"""Conditions as DuckDB's SQL over `_l` and `_r` columns of the standard table.

Texts are folded to plain letters, so that DuckDB's edit distances, which count bytes, count characters. The pair has
the columns `month` and `day` of the date of birth too, as numbers. A list without a member is no value, a member counts
once, and no more than the first MOST_MEMBERS are looked at, as in the arrays.
"""

from concerted.linkage import conditions as c
from concerted.linkage.coded import LISTS, MOST_MEMBERS


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
            return " or ".join(
                "(" + " and ".join(_is_missing(f"{one}_{side}") for one in columns) + ")" for side in "lr"
            )
        case c.Crossed(one, other):
            return f"{one}_l = {other}_r and {other}_l = {one}_r and {one}_l <> {other}_l"
        case c.Among(text, members):
            return " or ".join(f"list_contains({_list(members, to)}, {text}_{of})" for of, to in ("lr", "rl"))
        case _:
            return _of_one_column(condition)


def _surely(condition: c.Condition) -> str:
    """The same, false where it would be null."""
    return f"coalesce({sql(condition)}, false)"


def _is_missing(column: str) -> str:
    return f"coalesce(len({column}), 0) = 0" if column[:-2] in LISTS else f"{column} is null"


def _list(column: str, side: str) -> str:
    return f"{column}_{side}[1:{MOST_MEMBERS}]"


def _of_one_column(condition: c.Condition) -> str:
    match condition:
        case c.Same(column):
            return f"{column}_l = {column}_r"
        case c.Like(column, least):
            return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}::double"
        case c.Slip(column):
            return f"damerau_levenshtein({column}_l, {column}_r) <= 1"
        case c.Begins(column):
            return f"starts_with({column}_l, {column}_r) or starts_with({column}_r, {column}_l)"
        case c.Shares(column):
            return f"list_has_any({_list(column, 'l')}, {_list(column, 'r')})"
        case c.Overlaps(column, share):
            one, other = _list(column, "l"), _list(column, "r")
            longer = f"greatest(len(list_distinct({one})), len(list_distinct({other})))"
            return f"{longer} > 0 and len(list_intersect({one}, {other})) >= {share}::double * {longer}"
        case c.Within(column, most):
            return f"abs({column}_l - {column}_r) <= {most}"
        case c.Says(column, number):
            return f"{column}_l = {number} and {column}_r = {number}"
    raise TypeError(f"{condition} is no condition")
