"""Many items of one cause mended or dismissed at once, known by one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from concerted.common.errors import UsedWronglyError
from concerted.desk import deliveries, quarantine
from concerted.desk.causes import alike
from concerted.desk.mending import columns_of, no_such_column
from concerted.desk.quarantine import Item
from concerted.desk.store import Store
from concerted.desk.who import refuse_nobody

DISMISSED: Final[Mapping[str, str]] = {}  # what is written of an item of which nothing is to be mended


@dataclass(frozen=True, slots=True)
class Alike:
    """Items of one cause, with what each is to hold; nothing is recorded yet. what: by number, column to value."""

    store: Store
    example: Item
    what: Mapping[int, Mapping[str, str]]

    def record(self, who: str, why: str) -> int:
        """Record it for every one of them, and give how many that were. Call it within `store.writing()`."""
        refuse_nobody(who, why, "did it")
        for number, values in self.what.items():
            if values:
                quarantine.keep_mending(self.store, number, values, who.strip(), why.strip())
            else:
                quarantine.dismiss(self.store, number, who.strip(), why.strip())
        return len(self.what)

    def some(self, count: int) -> list[tuple[Item, Mapping[str, str]]]:
        """The first few of them, and what each is to hold."""
        return [(quarantine.item(self.store, number), self.what[number]) for number in list(self.what)[:count]]


def setting(store: Store, number: int, values: Mapping[str, str]) -> Alike:
    """Everything that waits like item `number`, with these columns set: values with its very text, rows with its
    reason. Raises UsedWronglyError for a column that one of them does not have."""
    example = quarantine.item(store, number)
    _refuse_lines(example)
    found = alike(store, example)
    for item in _one_a_delivery(store, found) or [example]:
        columns = columns_of(store, item)
        for column in values:
            if column not in columns:
                raise no_such_column(item, column, columns)
    if len(found) > 1 and example.kind == "row":
        _refuse_one_id(store, example, values)
    return _of(store, example, found, lambda _: values)


def replacing(store: Store, number: int, old: str, new: str) -> Alike:
    """Every value that waits for the cause of item `number` and holds the text `old`, with `new` in its place."""
    example = quarantine.item(store, number)
    if example.kind == "row":
        raise UsedWronglyError("a text is replaced in values, and it is a row", where=example.place, mend="use --set")
    column = columns_of(store, example)[0]
    found = {at: raw for at, raw in alike(store, example, any_text=True).items() if old in raw}
    return _of(store, example, found, lambda raw: {column: raw.replace(old, new)})


def dismissing(store: Store, number: int) -> Alike:
    """Everything that waits like item `number`, to be dismissed."""
    example = quarantine.item(store, number)
    _refuse_lines(example)
    return _of(store, example, alike(store, example), lambda _: DISMISSED)


def _of(store: Store, example: Item, found: Mapping[int, str], made: Callable[[str], Mapping[str, str]]) -> Alike:
    if not found:
        raise UsedWronglyError(
            f"nothing that waits is like number {example.id}",
            where=example.place,
            mend="`concerted quarantine causes DIR` shows what waits, with a number of each cause",
        )
    return Alike(store, example, {number: made(raw) for number, raw in found.items()})


def _one_a_delivery(store: Store, found: Mapping[int, str]) -> list[Item]:
    """One item of each delivery: those of one have the same columns."""
    rows = store.run("select id, delivery from quarantine order by id desc")
    first = {delivery: number for number, delivery in rows if number in found}
    return [quarantine.item(store, number) for number in sorted(first.values())]


def _refuse_lines(example: Item) -> None:
    if example.raw_form == "line":
        raise UsedWronglyError(
            "a line that could not be split is mended or dismissed by itself",
            where=example.place,
            why="each says something else",
            mend="write its number without --like",
        )


def _refuse_one_id(store: Store, example: Item, values: Mapping[str, str]) -> None:
    profiles = {one.number: one.profile for one in deliveries.all_of(store)}
    column = profiles[example.delivery].record_id
    if column in values:
        raise UsedWronglyError(
            f"many rows cannot have one record id, and {column} holds it",
            where=example.place,
            mend="mend each by its number, or all in a spreadsheet: `list --csv`",
        )
