"""Rows that a person mended, read again by the profile of their extract."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from concerted.desk import deliveries, quarantine
from concerted.desk.deliveries import Delivery, records_file
from concerted.desk.quarantine import Item
from concerted.desk.store import Store
from concerted.extracts import Quarantined, take_mended


@dataclass(frozen=True, slots=True)
class RowsAgain:
    """The mended rows of one delivery."""

    store: Store
    delivery: Delivery
    items: Sequence[Item]

    def read(self, number: int, as_of: date, truth: Path | None = None) -> None:
        """Read them as delivery `number`. What is still faulty waits with its new reason."""
        numbers = _numbers(self.items)
        rows = [(numbers[item.id], cells(item, self.delivery.columns)) for item in self.items]
        found: list[Quarantined] = []
        taken = take_mended(
            self.delivery.file,
            self.delivery.profile,
            self.delivery.columns,
            rows,
            records_file(self.store.folder, number),
            found.extend,
            taken=deliveries.files_of(self.store),
            truth=truth,
            as_of=as_of,
            sheet=self.items[0].sheet,
        )
        deliveries.add(
            self.store,
            number,
            taken,
            self.delivery.profile_text,
            self.delivery.columns,
            batch=deliveries.last_batch(self.store),
            mends=self.delivery.number,
        )
        self._settle(number, numbers, found)

    def _settle(self, number: int, numbers: dict[int, int], found: Sequence[Quarantined]) -> None:
        faulty = {one.row: one for one in found if one.kind == "row"}
        for item in self.items:
            fault = faulty.get(numbers[item.id])
            if fault:
                quarantine.still_waits(self.store, item.id, fault.reason, fault.mend)
            else:
                quarantine.replayed(self.store, item.id)
        values = [one for one in found if one.kind == "value"]
        quarantine.sink(self.store, lambda _: number)(values)


def _numbers(items: Sequence[Item]) -> dict[int, int]:
    """The row number of each item; one that has none gets one beyond all."""
    beyond = max((item.row or 0 for item in items), default=0)
    return {item.id: item.row if item.row is not None else beyond + at for at, item in enumerate(items, 1)}


def cells(item: Item, columns: Sequence[str]) -> list[str | None]:
    """All cells of a mended row: as they were read, with those that the person wrote. What could not be split into
    cells has only those."""
    given: list[str | None] = [None] * len(columns)
    if item.raw_form == "cells":
        read = json.loads(item.raw)
        given = read if len(read) == len(columns) else given
    mended = item.mended or {}
    return [mended.get(column, cell) for column, cell in zip(columns, given, strict=True)]
