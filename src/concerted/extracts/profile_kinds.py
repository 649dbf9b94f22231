"""What the rows of a file are of, by the names and values of their columns: people, events, vehicles, orders ..."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from concerted.extracts.fields import KIND_FIELDS, Kind
from concerted.extracts.profile_columns import Column
from concerted.extracts.profile_fill import fitting
from concerted.extracts.profile_fit import NEARLY_ALL, share_read
from concerted.extracts.profile_marks import Marked
from concerted.extracts.profile_words import Reference, kind_names, words_of
from concerted.reference.codes import code_list

OF_EVENTS: Final = frozenset(
    {"event_type", "from_time", "to_time", "offence_code", "offence_category", "assessment_factors", "found_where"}
    | {"found_with", "phone_from", "phone_to", "source_evaluation", "information_assessment"}
)
OF_PLACES: Final = frozenset({"name", "location_type", "address", "town", "postcode"})


@dataclass(frozen=True, slots=True)
class Rows:
    """What there is to judge by. title: the words of the file's name; ids: those of the record id; refs: columns that
    hold the id of another record. columns: the rest, but for those of a person who is named in the row."""

    title: tuple[str, ...]
    ids: tuple[str, ...]
    refs: Mapping[Reference, Column]
    columns: Sequence[Marked]

    def has(self, kind: Kind, *fields: str) -> bool:
        """Whether a column makes one of these fields of that kind."""
        return any(name in fields for one in self.columns for name, _ in fitting(kind, one))

    def is_called(self, kind: str) -> bool:
        """Whether the name of the file or of the record id says that its rows are of that kind."""
        return bool({*self.title, *self.ids} & set(kind_names()["rows"][kind]))

    @property
    def location_marks(self) -> dict[str, list[Marked]]:
        """The columns of each place that has a mark of its own."""
        marks: dict[str, list[Marked]] = {}
        for one in self.columns:
            if one.of == "location":
                marks.setdefault(one.mark, []).append(one)
        return marks

    @property
    def tells_of_an_event(self) -> bool:
        """Something is said that only an event has."""
        return self.has("event", *OF_EVENTS)

    @property
    def is_dated(self) -> bool:
        """There is a day on which something began or ended."""
        return self.has("event", "from", "to")

    @property
    def is_called_an_event(self) -> bool:
        """The name of the file or of the record id is a word for an event."""
        return bool({*self.title, *self.ids} & kind_names()["events"].keys())


def kind_without_people(rows: Rows) -> Kind:
    """Of what the rows are, when nobody is named in them: the first kind whose own columns are there."""
    return next((kind for kind, is_one in _TESTS.items() if is_one(rows)), "person")


def kind_beside_people(rows: Rows) -> Kind | None:
    """What else a row is of when it names somebody: an order, a case or an event; None when it is of people alone."""
    if _is_order(rows):
        return "order"
    if rows.is_called("case") and rows.is_dated and not rows.tells_of_an_event:
        return "case"
    return "event" if rows.is_dated or rows.tells_of_an_event else None


def _is_order(rows: Rows) -> bool:
    typed = [one for one in rows.columns if any(name == "order_type" for name, _ in fitting("order", one))]
    return any(share_read(one.column, "order_type") >= NEARLY_ALL for one in typed) or (
        rows.is_called("order") and rows.has("order", "order_type", "from", "to")
    )


_TESTS: Final[dict[Kind, Callable[[Rows], bool]]] = {
    "relation": lambda rows: (
        "other_person" in rows.refs or ("person" in rows.refs and rows.has("relation", "relation"))
    ),
    "order": _is_order,
    "case": lambda rows: rows.is_called("case") and rows.is_dated and not rows.tells_of_an_event,
    "person_in_event": lambda rows: {"person", "event"} <= rows.refs.keys() and not rows.tells_of_an_event,
    "vehicle": lambda rows: (
        rows.has("vehicle", "registration")
        and not rows.tells_of_an_event
        and ("person" in rows.refs or rows.has("vehicle", "make", "model") or rows.is_called("vehicle"))
    ),
    "telephone": lambda rows: (
        rows.has("telephone", "phone")
        and not rows.tells_of_an_event
        and (rows.has("telephone", "network") or ("person" in rows.refs and not rows.is_called_an_event))
    ),
    "account": lambda rows: (
        rows.has("account", "handle")
        and not rows.tells_of_an_event
        and ("person" in rows.refs or rows.has("account", "platform"))
    ),
    "event": lambda rows: rows.tells_of_an_event or rows.is_dated or (rows.is_called_an_event and _has_any(rows)),
    "location": lambda rows: (
        sum(rows.has("location", name) for name in OF_PLACES) > 1 and (rows.has("location", "location_type", "name"))
    ),
}


def _has_any(rows: Rows) -> bool:
    return rows.has("event", *KIND_FIELDS["event"])


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of event and by what it is told; sure: by a column, and not by the name of the file alone."""

    event_type: str
    by: str
    sure: bool


def event_type_of(rows: Rows, of_event: Iterable[Marked], record_id: str) -> Told | None:
    """The type of the events, when the record id, a column of theirs or the name of the file says one and one alone."""
    columns = {word: one.column.name for one in of_event for word in words_of(one.column.name)}
    for words, by, sure in ((rows.ids, record_id, True), (tuple(columns), "", True), (rows.title, "", False)):
        found = {kind_names()["events"].get(word): word for word in words}
        found.pop(None, None)
        if len(found) == 1:
            told, word = next(iter(found.items()))
            return Told(code_list("event_types").clean(told).value or told, by or columns.get(word, "the file"), sure)
        if found:
            return None
    return None
