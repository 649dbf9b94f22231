"""Records as they are compared one by one: for each column the number of its value, or the set of those of a list."""

from typing import Any, Final

Layout = dict[str, tuple[int, int, bool]]  # of each column where it stands in a row, and whether it is a list
NO_MEMBERS: Final[frozenset[Any]] = frozenset()


class OfRecord(dict[str, Any]):
    """A record of the picture: a column is taken out of its row when it is first looked at."""

    __slots__ = ("_layout", "_row")

    def __init__(self, row: list[int], layout: Layout) -> None:
        self._row, self._layout = row, layout

    def __missing__(self, name: str) -> Any:
        begin, end, is_list = self._layout[name]
        row = self._row
        value: Any = (frozenset(filter(None, row[begin:end])) if row[begin] else NO_MEMBERS) if is_list else row[begin]
        self[name] = value
        return value


class OfQuestion(dict[str, Any]):
    """A question in the same form."""

    def __init__(self, numbers: dict[str, list[int]], layout: Layout) -> None:
        super().__init__(
            {name: frozenset(of) if layout[name][2] else of[0] for name, of in numbers.items() if name in layout}
        )
        self._layout = layout

    def __missing__(self, name: str) -> Any:
        return NO_MEMBERS if self._layout[name][2] else 0
