"""What a report page shows: plain values, filled from the store. Texts are untrusted and shown as they stand.

Weights are in bits (base-two logarithm of odds), probabilities from 0 to 1, counts whole numbers. Field names may be
the standard ones (`date_of_birth`): the page puts them in words.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Band = Literal["joined", "review", "apart"]
Likeness = Literal["same", "near", "different", "missing"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: a whole sentence, and the command that does it (empty when there is none)."""

    sentence: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class FileRead:
    """One extract, as `extracts.Taken` counts it: rows == read + quarantined + blank.

    repeated: rows among those read that say what an earlier one says. records: people taken. dropped: columns that the
    profile does not name. notes: clauses or sentences about the file. mended: not a file, but rows and values of it
    that were read again later.
    """

    name: str
    sources: tuple[str, ...]
    profile: str
    rows: int
    read: int
    quarantined: int
    blank: int
    repeated: int
    records: int
    values_quarantined: int
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    mended: bool = False


@dataclass(frozen=True, slots=True)
class QuarantineReason:
    """Rows or values in quarantine for one reason. first: "file, row, column" of the first of them."""

    kind: Literal["row", "value"]
    reason: str
    mend: str
    count: int
    first: str


@dataclass(frozen=True, slots=True)
class Quarantine:
    """How many rows and values are in quarantine now, why, most frequent first, and the commands that list and mend."""

    reasons: tuple[QuarantineReason, ...] = ()
    steps: tuple[Step, ...] = ()
    rows: int = 0
    values: int = 0


@dataclass(frozen=True, slots=True)
class EntitySize:
    """Entities of one size, or a range of sizes. label: "1 record", "10 to 19 records"."""

    label: str
    entities: int
    records: int


@dataclass(frozen=True, slots=True)
class SourcePair:
    """Entities that hold records of both sources; with left == right, those that hold several records of it."""

    left: str
    right: str
    entities: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What the run came to. links: joined pairs. review: pairs for a person. across: entities of two or more sources.

    sizes: smallest first. sources: in the order to show. between: pairs in either order; one left out counts nought.
    """

    records: int
    entities: int
    links: int
    review: int
    across: int
    sizes: tuple[EntitySize, ...] = ()
    sources: tuple[str, ...] = ()
    between: tuple[SourcePair, ...] = ()


@dataclass(frozen=True, slots=True)
class Bin:
    """Compared pairs with low <= weight < high, by what became of them. Bins rise and share one width."""

    low: float
    high: float
    joined: int = 0
    review: int = 0
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Strength:
    """What a link of this weight means: how probable it is, by the model, that both records are of one person."""

    weight: float
    probability: float
    band: Band


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Pairs of at least `join` bits are joined; from `keep` up to that they wait for a person.

    notes: sentences on what else decides ("Two records of one agency that names each person once are never joined.").
    """

    join: float
    keep: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """The strength of every pair that was compared. notes: sentences ("Pairs under -20 bits are not counted.")."""

    thresholds: Thresholds
    bins: tuple[Bin, ...] = ()
    strengths: tuple[Strength, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldLevel:
    """How much one way of agreeing or differing weighs. links: joined pairs in which it was found."""

    field: str
    level: str
    weight: float
    links: int


@dataclass(frozen=True, slots=True)
class Model:
    """The release that weighed the fields. release: its hash. why: a sentence on why this model was used.

    levels: those of one field together, in the order to show.
    """

    name: str
    origin: Literal["trained", "shipped", "given"]
    why: str
    release: str
    levels: tuple[FieldLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A record that heads a column of an example."""

    source: str
    record_id: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A row of an example: what each record gives, in the order of the records (None: nothing), and how alike."""

    field: str
    values: tuple[str | None, ...]
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison adds to a link (weight above 0) or takes from it (below), in words."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link between two of an example's records. weight: start and reasons together, the model's own sum.

    start: the weight before anything is compared, that of two records taken at random. reasons: all that counted.
    decided: who decided what of it, when and why, as a sentence; empty when nobody did.
    """

    left: RecordShown
    right: RecordShown
    band: Band
    weight: float
    probability: float
    start: float
    reasons: tuple[Reason, ...]
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Two or more records side by side, the links between them, and the command that explains them again.

    change: what a person's answer would change, as a clause; empty where nothing is asked.
    """

    records: tuple[RecordShown, ...]
    fields: tuple[FieldShown, ...]
    links: tuple[LinkShown, ...]
    command: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of an evaluation: a count, or a share from 0 to 1 (None: it could not be worked out)."""

    name: str
    value: int | float | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the result compares with a truth that was given. truth: where that came from, in words."""

    truth: str
    measures: tuple[Measure, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyHeld:
    """What one agency holds. records: of people, and `people` as they were joined. shared: of those, how many another
    agency holds too. others: records that are neither of people nor of events."""

    source: str
    records: int
    people: int
    shared: int
    events: int
    others: int


@dataclass(frozen=True, slots=True)
class ThingsSeen:
    """Things of one kind. mentions: in records. across: on the records of two agencies or more. people: of two people
    or more."""

    title: str
    mentions: int
    things: int
    across: int
    people: int


@dataclass(frozen=True, slots=True)
class EventsSeen:
    """Events of one type, the people in them, and how many of these are on another agency's records too."""

    kind: str
    events: int
    people: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture of several agencies shows. only_joined: sentences on what none of them sees alone."""

    agencies: tuple[AgencyHeld, ...]
    things: tuple[ThingsSeen, ...]
    events: tuple[EventsSeen, ...]
    only_joined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Links between records of two sources, or within one. joined, review: pairs. false: how many of the joined ones
    are expected to join two people."""

    left: str
    right: str
    joined: int
    review: int
    false: float

    @property
    def share(self) -> float | None:
        """The share of the joined links that is expected to be false; None where there is none."""
        return self.false / self.joined if self.joined else None


@dataclass(frozen=True, slots=True)
class Look:
    """A link to look at. change: a sentence on what an answer would change. reasons, against: as links.csv has them."""

    left: RecordShown
    right: RecordShown
    band: Band
    probability: float
    change: str
    reasons: str
    against: str
    command: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What is compared, and how much of it is there. shares: of the records of each source those that have a value.
    bits: what it gives on the mean to two records of one person that both have it."""

    field: str
    shares: tuple[float, ...]
    bits: float


@dataclass(frozen=True, slots=True)
class Trust:
    """errors: sentences on how many links are false and how many true ones missed. unsure: pairs between the two
    thresholds, of all that were compared. between: most unsure first. look: most telling first. sources: of the columns
    of `filled`. costs: sentences on what is missing and costs most."""

    errors: tuple[str, ...] = ()
    unsure: int = 0
    compared: int = 0
    between: tuple[Between, ...] = ()
    look: tuple[Look, ...] = ()
    sources: tuple[str, ...] = ()
    filled: tuple[Filled, ...] = ()
    costs: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The figures for machines; the links stand in review.csv."""
        names = ("left", "right", "joined", "review", "false")
        return {
            "unsure": self.unsure,
            "compared": self.compared,
            "between": [
                {**{name: getattr(one, name) for name in names}, "false": round(one.false, 4)} for one in self.between
            ],
            "filled": {one.field: dict(zip(self.sources, one.shares, strict=True)) for one in self.filled},
        }


@dataclass(frozen=True, slots=True)
class ReportData:
    """The whole page. made_at, as_of: as they should read ("2 March 2026, 9:30am"). command: the words as given.

    limits: sentences beside those that every page carries. picture: of
    several agencies; None where people alone were joined. purpose: what the folder is for; empty when nobody said.
    """

    title: str
    made_at: str
    as_of: str
    made_by: str
    command: tuple[str, ...]
    files: tuple[FileRead, ...]
    quarantine: Quarantine
    totals: Totals
    scores: Scores
    model: Model
    trust: Trust = field(default_factory=Trust)
    joined: tuple[Example, ...] = ()
    review: tuple[Example, ...] = ()
    next_steps: tuple[Step, ...] = ()
    evaluation: Evaluation | None = None
    limits: tuple[str, ...] = ()
    picture: Picture | None = None
    purpose: str = ""
