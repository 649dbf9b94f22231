"""Files as an agency's record system writes them: which columns, in what codes.

Layouts are data (`tables/layouts.yaml`); here is what turns tables of the region into rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from concerted.synthetic.lexicon import plain
from concerted.synthetic.recorded import Table, Truth

Texts = NDArray[np.object_]
Numbers = NDArray[np.int64]
DATES: Final = {"uk": ["%d/%m/%Y", "%m/%Y", "%Y"], "iso": ["%Y-%m-%d", "%Y-%m", "%Y"]}


@dataclass(frozen=True)
class Column:
    """One column. name: its header. field: of the region's table. how: as it is written. target: of the profile."""

    name: str
    field: str
    how: str
    target: str = ""


@dataclass(frozen=True)
class Layout:
    """One file of a system. key: the table it is made of. refs, codes: of the system."""

    key: str
    file: str
    title: str
    encoding: str
    columns: tuple[Column, ...]
    refs: dict[str, str]
    codes: dict[str, dict[str | None, str]]
    kind: str
    parts: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    truth: dict[str, str] = field(default_factory=dict)
    also: dict[str, str] = field(default_factory=dict)

    def rows(self, table: Table) -> Iterator[tuple[str, ...]]:
        """The rows of the file, without its header."""
        columns = [self._written(column, table) for column in self.columns]
        return zip(*columns, strict=True)

    def truths(self, table: Table, truth: Truth) -> Iterator[tuple[Texts, Numbers]]:
        """Record ids and the people that they truly are."""
        ids = self.references(table["ref"])
        for part, who in truth.items():
            name = self.truth.get(part, part)
            yield np.array([f"{one}/{name}" if name else one for one in ids], object), who

    def references(self, values: Texts) -> list[str]:
        """Numbers of rows as the file has them."""
        return self._reference(values, self.key)

    def _written(self, column: Column, table: Table) -> list[str]:
        how, _, detail = column.how.partition(":")
        values = table[column.field].tolist()
        if how == "ref":
            return self._reference(table[column.field], detail)
        if how == "codes":
            codes = self.codes[detail]
            return [codes.get(value, "") for value in values]
        return _WAYS[how](values)

    def _reference(self, values: Texts, key: str) -> list[str]:
        form = self.refs[key].format
        return ["" if value is None else form(int(value)) for value in values.tolist()]


def _each(make: Callable[[str], str], values: list[str | None]) -> list[str]:
    known = {value: make(value) if value else "" for value in set(values)}
    return [known[value] for value in values]


def _uk(value: str) -> str:
    return "/".join(reversed(value.split("-")))


def _spaced(value: str) -> str:
    return f"{value[:5]} {value[5:]}"


_WAYS: Final[dict[str, Callable[[list[str | None]], list[str]]]] = {
    "plain": lambda values: [value or "" for value in values],
    "upper": partial(_each, lambda value: plain(value).upper()),
    "uk": partial(_each, _uk),
    "iso": lambda values: [value or "" for value in values],
    "spaced": partial(_each, _spaced),
}


@cache
def system(name: str) -> dict[str, Layout]:
    """The layouts of a record system, by the table that each is made of."""
    content = yaml.safe_load((files("concerted.synthetic") / "tables" / "layouts.yaml").read_text(encoding="utf-8"))
    found = content["systems"][name]
    return {key: _layout(key, entry, found) for key, entry in found["files"].items()}


def _layout(key: str, entry: dict[str, Any], of: dict[str, Any]) -> Layout:
    columns = tuple(Column(name, *given) for name, given in entry["columns"].items())
    rest = {name: entry[name] for name in ("parts", "constants", "links", "truth", "also") if name in entry}
    return Layout(
        key=key, file=entry["file"], title=entry["title"], encoding=of["encoding"], columns=columns, refs=of["refs"],
        codes=of["codes"], kind=entry.get("kind", "event"), **rest,
    )  # fmt: skip
