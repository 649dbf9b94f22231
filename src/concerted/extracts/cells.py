"""One value of a record from the cells of a row: joined, matched, decoded, and read by the value type of its field.

A chunk is read as columns. Each different text is read once; those of a column whose texts repeat are remembered from
chunk to chunk, and the memory for it is bounded.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.dates import read_date
from concerted.extracts.fields import SEVERAL_JOINED, SEVERAL_SEPARATOR, FieldRule, is_counted
from concerted.extracts.profile import FieldSpec
from concerted.extracts.profile_forms import WORDS
from concerted.extracts.profile_patterns import extract
from concerted.extracts.protected import ValueTally
from concerted.extracts.readers.shape import Column
from concerted.values import ValueType
from concerted.values.date import Date

REMEMBERED: Final = 50_000
"""Different texts remembered for one field. Most of a column of sexes, names or days repeat; ids and numbers do not."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A text that cannot be read, why, and what would mend it."""

    raw: str
    reason: str
    mend: str


Read = tuple[str | None, tuple[Trouble, ...]]  # the canonical value, and what of the text could not be read


@dataclass(frozen=True, slots=True)
class Made:
    """A column of values. given: the texts they were made from. troubles: by position, what could not be read."""

    values: list[str | None]
    given: Sequence[str]
    troubles: dict[int, tuple[Trouble, ...]]


class TextReader:
    """Reads single texts: pattern, then date or codes, then the value type. rule: None to keep the text, trimmed."""

    def __init__(self, spec: FieldSpec, rule: FieldRule | None, missing: Sequence[str], as_of: date) -> None:
        self._spec = spec
        self._pattern = re.compile(spec.pattern) if spec.pattern else None
        self._codes = spec.codes or {}
        self._formats = [form for form in spec.date if form != WORDS]
        self._missing = frozenset(missing)
        self._as_of = as_of
        self._several = rule is not None and rule.several
        self._type = _dated(rule.value_type, as_of) if rule else None
        self._is_plain = not (spec.pattern or spec.codes or spec.date)
        self._quick = self._type.quick if self._type and self._is_plain else None

    def says_nothing(self, text: str) -> bool:
        """Whether a trimmed text stands for a missing value. A code that the profile lists always says something."""
        return (not text or text in self._missing) and text not in self._codes

    def read_all(self, texts: set[str]) -> tuple[dict[str, str | None], dict[str, tuple[Trouble, ...]]]:
        """The same as `read` of each: the values, and the troubles of those texts that have any."""
        values: dict[str, str | None] = {}
        rest: Iterable[str] = texts
        if self._quick:
            values = {text: self._quick(text) for text in texts}
            rest = [text for text, value in values.items() if value is None or text in self._missing]
        troubles = {}
        for text in rest:
            values[text], found = self.read(text)
            if found:
                troubles[text] = found
        return values, troubles

    def cut(self, given: str) -> str:
        """What the pattern cuts out of the text; the whole text, trimmed, when there is no pattern."""
        return (extract(self._pattern, given.strip()) or "").strip() if self._pattern else given.strip()

    def read(self, given: str) -> Read:
        """The canonical value, and what of the text could not be read."""
        text = given.strip()
        if (not text or text in self._missing) and self.says_nothing(text):
            return None, ()
        if self._is_plain and not (self._several and SEVERAL_SEPARATOR in text):
            return self._typed(text, given)
        if self._pattern:
            found = extract(self._pattern, text)
            if found is None:
                return None, (Trouble(given, "it does not fit the profile's pattern", "write it as the others are"),)
            text = found.strip()
            if self.says_nothing(text):
                return None, ()
        if self._several and SEVERAL_SEPARATOR in text:
            return self._read_several(text)
        return self._read_one(text, given)

    def _read_several(self, text: str) -> Read:
        parts = [part.strip() for part in text.split(SEVERAL_SEPARATOR)]
        read = [self._read_one(part, part) for part in parts if not self.says_nothing(part)]
        values = dict.fromkeys(value for value, _ in read if value)
        return SEVERAL_JOINED.join(values) or None, tuple(trouble for _, troubles in read for trouble in troubles)

    def _read_one(self, text: str, given: str) -> Read:
        if self._codes:
            if text not in self._codes:
                mend = "add what it means under `codes:` in the profile"
                return None, (Trouble(given, "it is not among the profile's codes", mend),)
            meaning = self._codes[text]
            if meaning is None:
                return None, ()
            text = meaning
        if self._spec.date:
            try:
                text = read_date(text, self._formats, self._as_of)
            except ValueError as error:
                if WORDS in self._spec.date:
                    return self._typed(text, given)
                mend = "write the date as the others are, or add its form to `date:` in the profile"
                return None, (Trouble(given, str(error), mend),)
        return self._typed(text, given)

    def _typed(self, text: str, given: str) -> Read:
        if self._type is None:
            return text or None, ()
        cleaned = self._type.clean(text)
        if cleaned.problem is None:
            return cleaned.value, ()
        return None, (Trouble(given, cleaned.problem, cleaned.mend or "check it against the original"),)


def _dated(value_type: ValueType, as_of: date) -> ValueType:
    """The same, reckoning ages and two-digit years from that day."""
    return Date(as_of) if isinstance(value_type, Date) else value_type


class FieldReader:
    """Reads one field of every row. name: of the field in the records. places: of its columns in the file."""

    def __init__(self, name: str, spec: FieldSpec, places: Sequence[int], reader: TextReader, standard: bool) -> None:
        self.name, self.spec, self.standard = name, spec, standard
        self.column = f" {spec.join.strip()} ".replace("  ", " ").join(spec.columns)
        self._places, self._reader = places, reader
        self._values: dict[str, str | None] = {}
        self._troubles: dict[str, tuple[Trouble, ...]] = {}
        self._repeats = True
        self._tallies = [
            ValueTally(name if standard else None, coded=spec.codes is not None) for _ in (*places, "as read")
        ]

    @property
    def tells(self) -> bool:
        """Whether its values tell something of the record: a constant and a reference to the row itself do not."""
        return bool(self.spec.columns)

    def read(self, columns: Sequence[Column]) -> Made:
        """The field's values in these rows, given all columns of the file. Of a part, nothing yet."""
        if not self.tells:
            return self._said(len(columns[0]) if columns else 0)
        texts = self._texts([columns[place] for place in self._places])
        distinct = set(texts)
        self._learn(distinct)
        values = list(map(self._values.__getitem__, texts))
        troubled = {text: self._troubles[text] for text in distinct & self._troubles.keys()}
        where = [at for at, text in enumerate(texts) if text in troubled] if troubled else []
        return Made(values, texts, {at: troubled[texts[at]] for at in where})

    def _said(self, count: int) -> Made:
        text = self.spec.constant
        value = self._reader.read(text)[0] if text is not None else None
        return Made([value] * count, [text or ""] * count, {})

    def _learn(self, distinct: set[str]) -> None:
        unknown = distinct.difference(self._values)
        if len(self._values) + len(unknown) > REMEMBERED:
            self._repeats = len(unknown) * 2 < len(distinct)  # else remembering costs more than it saves
        if not self._repeats or len(self._values) + len(unknown) > REMEMBERED:
            self._values, self._troubles, unknown = {}, {}, distinct
        values, troubles = self._reader.read_all(unknown)
        self._values.update(values)
        self._troubles.update(troubles)

    def _texts(self, cells: Sequence[Column]) -> Sequence[str]:
        for column, tally in zip(cells, self._tallies, strict=False):
            self._count(column, tally)
        texts = self._joined(cells)
        if len(cells) > 1 or self.spec.pattern:
            self._count(texts, self._tallies[-1], self._reader.cut)
        return texts

    def _joined(self, cells: Sequence[Column]) -> Sequence[str]:
        if len(cells) == 1:
            return [text or "" for text in cells[0]] if None in cells[0] else cells[0]  # type: ignore[return-value]
        silent = self._reader.says_nothing
        told = [[text if text and not silent(text.strip()) else "" for text in column] for column in cells]
        return [self.spec.join.join(filter(None, texts)) for texts in zip(*told, strict=True)]

    def _count(self, texts: Column, tally: ValueTally, cut: Callable[[str], str] = str.strip) -> None:
        if not tally.is_settled:
            counts = Counter(cut(text) for text in texts if text)
            tally.add({text: count for text, count in counts.items() if not self._reader.says_nothing(text)})

    def refuse_protected(self, file: str) -> None:
        """Raise UsedWronglyError when the values read so far show a protected column that a profile may not compare."""
        for column, tally in zip((*self.spec.columns, self.column), self._tallies, strict=True):
            found = tally.judge()
            if found.verdict == "refused" and not is_counted(self.name):
                raise UsedWronglyError(
                    f"{self.name} may not be made from a column that holds {found.about}",
                    where=Place(file=file, column=column),
                    why=found.reason,
                    mend="carry it under `evidence:` or name it under `drop:` with a reason; it is never compared",
                )
