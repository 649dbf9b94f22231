"""How many rows may go to quarantine before the command says that something is wrong with the extract itself."""

from dataclasses import dataclass

from concerted.common.errors import FoundWrongError, UsedWronglyError
from concerted.desk import quarantine
from concerted.desk.store import Store

SHOWN = 3  # reasons named in the message


@dataclass(frozen=True, slots=True)
class Limit:
    """So many rows, or so many in a hundred."""

    most: float
    percent: bool

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """`100` rows or `5%` of them."""
        number = text.removesuffix("%").strip()
        try:
            most = float(number) if text.endswith("%") else int(number)
        except ValueError:
            most = -1.0
        if not 0 <= most < float("inf") or (text.endswith("%") and most > 100):
            raise UsedWronglyError(f"{text!r} is no number of rows", mend="write --max-quarantine 100 or 5%")
        return cls(most, text.endswith("%"))

    def refuse_more(self, store: Store, rows: int, first: int = 0) -> None:
        """Raise FoundWrongError when more of these rows are in quarantine, with the commonest reasons. first: the
        delivery from which on they came."""
        found = quarantine.in_quarantine(store, "row", first)
        allowed = rows * self.most / 100 if self.percent else self.most
        if found <= allowed:
            return
        reasons = quarantine.reasons(store, "row")[:SHOWN]
        said = "; ".join(f"{one.count:,} because {one.first.reason} (first: {one.first.place})" for one in reasons)
        limit = f"{self.most:g}%" if self.percent else f"{self.most:,.0f}"
        raise FoundWrongError(
            f"{found:,} of {rows:,} rows would go to quarantine and --max-quarantine allows {limit}",
            why=said,
            mend="mend the extract or its profile; nothing was written",
        )
