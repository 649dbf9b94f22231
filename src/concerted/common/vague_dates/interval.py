"""A day that is known only to lie in an interval."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from concerted.common.errors import UsedWronglyError
from concerted.common.vague_dates.tri import Tri


@dataclass(frozen=True, slots=True)
class VagueDate:
    """One unknown day from `earliest` to `latest`, both included; None is an open end.

    words: as it was given. century_assumed: the year had two digits. Two vague dates are equal (`==`) when their
    intervals are; that does not say that the days are the same: ask `same`. There is no way to get one day out of a
    longer interval.
    """

    earliest: date | None
    latest: date | None
    words: str = field(default="", compare=False)
    century_assumed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.earliest is None and self.latest is None:
            raise UsedWronglyError("a date with neither a beginning nor an end says nothing")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise UsedWronglyError(f"the end, {self.latest}, comes before the beginning, {self.earliest}")

    def __str__(self) -> str:
        return self.words or self.text

    @property
    def exact(self) -> date | None:
        """The day, when it is known; None otherwise."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def text(self) -> str:
        """Canonical text, which `read` reads back to the same interval: `2009-03-14`, `2009-03`, `2009`, or the two
        ends with a slash, an open one as two dots: `2009-06-01/2009-08-31`, `../2008-12-31` (ISO 8601-2)."""
        if self.earliest and self.latest:
            return _period_text(self.earliest, self.latest) or f"{self.earliest}/{self.latest}"
        return f"{self.earliest or '..'}/{self.latest or '..'}"

    @property
    def sort_key(self) -> tuple[date, date]:
        """For lists: by earliest day, then by latest; open ends at the outside."""
        return self.earliest or date.min, self.latest or date.max

    def before(self, other: "VagueDate") -> Tri:
        """Whether this day comes before the other day."""
        return Tri.of(yes=_ends_before(self, other), no=_not_before(self, other))

    def after(self, other: "VagueDate") -> Tri:
        """Whether this day comes after the other day."""
        return other.before(self)

    def same(self, other: "VagueDate") -> Tri:
        """Whether the two are one day: certain only when both are exact."""
        known = self.exact is not None and self.exact == other.exact
        return Tri.of(yes=known, no=_apart(self, other))

    def overlaps(self, other: "VagueDate") -> Tri:
        """Whether the intervals share a day, so that the two could be one day. The intervals are known: YES or NO."""
        apart = _apart(self, other)
        return Tri.of(yes=not apart, no=apart)

    def within(self, period: "VagueDate") -> Tri:
        """Whether this day lies in the interval of `period`."""
        return Tri.of(yes=_inside(self, period), no=_apart(self, period))


def _period_text(earliest: date, latest: date) -> str:
    """The short form of a day, a whole month or a whole year; empty for anything else."""
    if earliest == latest:
        return earliest.isoformat()
    if earliest.day != 1 or earliest.year != latest.year or latest.day != monthrange(latest.year, latest.month)[1]:
        return ""
    if earliest.month == latest.month:
        return earliest.isoformat()[:7]
    return earliest.isoformat()[:4] if (earliest.month, latest.month) == (1, 12) else ""


def _ends_before(left: VagueDate, right: VagueDate) -> bool:
    return left.latest is not None and right.earliest is not None and left.latest < right.earliest


def _not_before(left: VagueDate, right: VagueDate) -> bool:
    return left.earliest is not None and right.latest is not None and left.earliest >= right.latest


def _apart(left: VagueDate, right: VagueDate) -> bool:
    return _ends_before(left, right) or _ends_before(right, left)


def _inside(inner: VagueDate, outer: VagueDate) -> bool:
    begins = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    ends = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return begins and ends
