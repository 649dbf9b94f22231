"""A question as a picture takes it: its columns, and the numbers that their values have there."""

from collections.abc import Mapping

from concerted.linkage.coded import MOST_MEMBERS, PARTS_OF_BIRTH
from concerted.linkage.standard.one import Value, standardised
from concerted.linkage.standing.read import Standing


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
            said = {name: int(day[part].replace("-", "")) for name, part in PARTS_OF_BIRTH.items()}
            self.numbers |= {name: [number] for name, number in said.items() if name in standing.layout}

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
