"""A question and the records that may be its person's, as the comparer takes them: record 0 is the question."""

import copy
from collections.abc import Mapping
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import LONG, MOST_MEMBERS, Coded, Column, Numbers, Texts
from concerted.linkage.compare import Comparer
from concerted.linkage.frequencies import BLENDED, WHOLE, Bits, Frequencies
from concerted.linkage.standard.one import Value, standardised
from concerted.linkage.standing.read import Standing
from concerted.linkage.tables import BETWEEN, BOTH_NAMES, EMPTY


class Question:
    """One record that is asked about. values: its columns as they are compared. numbers: of its texts, those that
    nobody in the picture has counted on from the picture's own."""

    def __init__(self, standing: Standing, record: Mapping[str, str]) -> None:
        """record: as `match` takes it."""
        self.standing, self.record = standing, record
        self.values: dict[str, Value] = standardised(record, standing.others)
        self.values |= {"record_id": record["record_id"]} if record.get("record_id") else {}
        values = self.values
        self._new: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        self.numbers = {name: self._numbered(value) for name, value in values.items() if name in standing.layout}
        day = values.get("dob")
        if isinstance(day, str):
            parts = {"month": day[5:7], "day": day[8:10], "birthday": day[5:7] + day[8:10]}
            self.numbers |= {name: [int(part)] for name, part in parts.items() if name in standing.layout}

    @property
    def record_id(self) -> int:
        """The number of its own id, where it is a record of a source; -1 where it has none."""
        return self.numbers.get("record_id", [-1])[0]

    def _numbered(self, value: Value) -> list[int]:
        if isinstance(value, int):
            return [value]
        members = (value,) if isinstance(value, str) else value[:MOST_MEMBERS]
        return [self._number(text) for text in dict.fromkeys(members)]

    def _number(self, text: str) -> int:
        found = self._new.get(text) or self.standing.texts.number(text)
        if not found:
            found = self._new[text] = self.standing.texts.count + len(self._new)
        self._texts[found] = text
        return found

    def text(self, number: int) -> str:
        """The text of a number."""
        return self._texts.get(number) or self.standing.texts.text(number)

    def keys(self) -> dict[str, list[str | int]]:
        """The values that keys are made of."""
        found: dict[str, list[str | int]] = {
            name: [value] if isinstance(value, str | int) else list(value) for name, value in self.values.items()
        }
        if "birthday" in self.numbers:
            found["birthday"] = list(self.numbers["birthday"])
        return found


class Together(Coded):
    """The question, and some records of the picture after it."""

    def __init__(self, question: Question, records: Numbers) -> None:
        self.records = len(records) + 1
        self.question = question
        self._rows = question.standing.arrays["rows"][records]
        self._columns: dict[str, Column] = {}

    def has(self, name: str) -> bool:
        """Whether any record of the whole picture has a value."""
        return name in self.question.standing.layout

    def _made(self, name: str) -> Column:
        if name not in self.question.standing.layout:
            return _Column(np.zeros((self.records, 1), np.int32), self.question)
        begin, end, is_list = self.question.standing.layout[name]
        own = self.question.numbers.get(name, [])
        width = max(end - begin, len(own))
        numbers = np.zeros((self.records, width), np.int32)
        numbers[0, : len(own)] = own
        numbers[1:, : end - begin] = self._rows[:, begin:end]
        return _Column(numbers if is_list else numbers[:, 0], self.question)

    def alike(self, names: tuple[str, ...]) -> dict[str, Numbers]:
        """The numbers of several columns: equal texts have equal numbers in all."""
        return {name: self.numbers(name) for name in names}


class _Column(Column):
    """A column of which a text is read when it is looked at."""

    def __init__(self, numbers: Numbers, question: Question) -> None:
        object.__setattr__(self, "numbers", numbers)
        object.__setattr__(self, "texts", cast(Texts, _Read(question)))
        object.__setattr__(self, "ends", cast(Numbers, _Ends(question)))
        object.__setattr__(self, "initials", cast(Numbers, _Initials(question)))


class _Read:
    """Texts by their numbers."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def __getitem__(self, numbers: Numbers) -> NDArray[Any]:
        found = np.empty(len(numbers), object)
        found[:] = [self._question.text(number) for number in numbers.tolist()]
        return found


class _Ends(_Read):
    """Numbers of the first and the last two letters, both 0 for short texts."""

    def __getitem__(self, numbers: Numbers) -> NDArray[Any]:
        texts = map(self._question.text, numbers.tolist())
        ends = [(_two(text[:2]), _two(text[-2:])) if len(text) >= LONG else (0, 0) for text in texts]
        return np.array(ends, np.int64).reshape(-1, 2)


class _Initials(_Read):
    """Numbers of the first letters."""

    def __getitem__(self, numbers: Numbers) -> NDArray[Any]:
        return np.array([ord(self._question.text(number)[0]) for number in numbers.tolist()], np.int64)


def _two(letters: str) -> int:
    return ord(letters[0]) << 21 | ord(letters[1])


class _Shares(Frequencies):
    """How common values are, worked out of the release's tables when they are looked at."""

    def __init__(self, together: Together) -> None:
        self._together = together
        release = together.question.standing.release
        self._tables, self._names = release.frequencies, release.names

    def of(self, column: str, u: float) -> Bits:
        """For each number of a column's values the share of the records with a value that hold it."""
        text = self._together.question.text
        return cast(Bits, _Worked(lambda number: self._share(column, text(number), u)))

    def of_both_names(self) -> Bits:
        """For each record the share of the records that have its given and family name, both."""
        together = self._together

        def share(record: int) -> float:
            names = (together.question.text(int(together.numbers(name)[record])) for name in ("given", "family"))
            return self._share(BOTH_NAMES, BETWEEN.join(names), WHOLE)

        return cast(Bits, _Worked(share))

    def _share(self, column: str, text: str, otherwise: float) -> float:
        own, shipped = (tables.get(column, EMPTY) for tables in (self._tables, self._names))
        said = max(shipped.held.get(text, 0) / max(shipped.records, 1), otherwise)
        count = own.held.get(text) or min(own.floor, own.records * said)
        return float(np.log2((count + BLENDED * said) / (own.records + BLENDED)))


class _Worked:
    """What a number comes to, worked out once for each that is looked at."""

    def __init__(self, of: Any) -> None:
        self._of = of

    def __getitem__(self, numbers: Numbers) -> Bits:
        listed = numbers.tolist()
        known = {number: self._of(number) for number in set(listed)}
        return np.array([known[number] for number in listed], float)


def comparer(together: Together) -> Comparer:
    """What compares the question with the records, by those comparisons of which the question says anything."""
    whole, numbers = together.question.standing.comparer, together.question.numbers
    made = copy.copy(whole)
    made.coded, made.frequencies = together, _Shares(together)
    made.comparisons = tuple(one for one in whole.comparisons if any(name in numbers for name in one.needs))
    names = {one.name for one in made.comparisons}
    made.constraints = tuple(row for row in whole.constraints if names.issuperset(name for name, _ in row.at))
    return made
