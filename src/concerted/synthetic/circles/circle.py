"""A circle of people, where and when it meets, and one of its evenings."""

from dataclasses import dataclass

from concerted.synthetic.rates import all_rates

Way = dict[str, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place. name: or None. kind: of place. address: in the district, or in the one beyond it."""

    name: str | None
    kind: str
    address: int
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a circle's life. first, last: days since 1970. phone, mark: shared, and written, or None."""

    first: int
    last: int
    spots: tuple[Spot, ...]
    phone: str | None
    mark: str | None


@dataclass(frozen=True, slots=True)
class Circle:
    """Who meets. adults, children: people of the district; in a network children are those under 18 at the time.

    network: whether it exploits the children. scattered: whether what is noticed of it is noticed of one person alone.
    evenings: how many there are to notice. told: from which day on anybody told of it, None while it went on. near:
    the adults who have a part in the children's lives, as `part` says. only: the one kind of notice that is written of
    it, by one agency, None of most; where it is intelligence, that force's crimes and orders too.
    """

    name: str
    kind: str
    adults: tuple[int, ...]
    children: tuple[int, ...]
    phases: tuple[Phase, ...]
    evenings: int
    network: bool = False
    scattered: bool = False
    told: int | None = None
    near: tuple[int, ...] = ()
    only: str | None = None

    @property
    def way(self) -> Way:
        """How this kind meets: see `ways_of_circles` in the rates."""
        way: Way = all_rates()["ways_of_circles"].value[self.kind]
        return way

    def part(self, adult: int) -> str | None:
        """What an adult is to the children: professional, relative, work, or None of who has no part in their lives."""
        parts: dict[str, str] = all_rates()["part_in_a_life"].value
        return parts.get(self.kind) if adult in self.near else None

    @property
    def noticed_as(self) -> Way:
        """Of what kind a notice of it is, each with its weight."""
        weights: Way = all_rates()["noticed_as"].value[self.kind]
        return weights if self.only is None else {self.only: 1.0}


@dataclass(frozen=True, slots=True)
class Evening:
    """One time that some of a circle are together. minute: of the day. missing: a child who was missing, or None.

    spot, phone, mark: None where there was none. Whether anybody reported the child missing, a notice says.
    """

    day: int
    minute: int
    adults: tuple[int, ...]
    children: tuple[int, ...]
    spot: Spot | None
    phone: str | None
    mark: str | None
    missing: int | None
