"""A model release: everything that decides a weight, in one artefact with a hash, so that a link can be replayed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.linkage import comparisons as defined
from concerted.linkage import standard
from concerted.linkage.coded import Coded
from concerted.linkage.company import in_company
from concerted.linkage.components import Limit
from concerted.linkage.conditions import columns_of
from concerted.linkage.constraints import TABLE, Constraint
from concerted.linkage.frequencies import Frequencies
from concerted.linkage.full_names import expected
from concerted.linkage.levels import Comparison, Level
from concerted.linkage.tables import EMPTY, EXPECTED, IN_COMPANY, NAMES, Table, Tables, counted

FORM: Final = 5  # of the JSON file, and of the terms that a weight has beside its comparisons
_TABLES: Final = ("frequencies", "names")
_SAID_LATER: Final = ("columns", "slips_by_letters")
_WORDS: Final = ("name", "training", "join_from", "parent")
LEAST_SHARE: Final = 1e-12  # that m or u can be
DEFAULT: Final = Path(__file__).with_name("releases") / "default.json"  # made by `python -m tools.default_release`
JOIN: Final = 2.5  # bits: a link at or above may start a merge (odds of 6 to 1), until `thresholds` chooses
KEEP: Final = 0.0  # bits: a link from here up to JOIN joins nothing and supports a merge (even odds); below it is apart
SIZE_LIMIT: Final = 300  # records that hang together, above which `join` is raised and missing pairs are not compared
RAISED: Final = (2.5, 5.0, 7.5)  # bits: by how much, step by step
SET: Final = -3.0  # bits: the mean weight over all pairs between two sets below which they stay apart


@dataclass(frozen=True)
class Release:
    """Definitions, m and u, thresholds and where they came from.

    left_out: names of comparisons that it would have and was told to do without. prior, kin_prior: the probability that
    two records taken at random are of one person, of two people of one household; None in a release that is not bound
    to a folder, where they are estimated from the pairs. frequencies: how many of the records that it is bound to hold
    each value, by column. columns: which of those that are compared any of these records has; none where it is not
    said, and then the records at hand tell. names: the frequencies of names among others, which stand in where these
    are few. unseen: levels that training never met, and so keep the figure they had -> why that may stand. constraints:
    the whole table. join_from: how `join` was chosen, empty until it is. calibration: what a weight near it is found to
    be worth: the first in bits, and so many times the weight. parent: the id of the release from which this one learnt.
    slips_by_letters: whether a slip in a short name tells less (`slips`); not in a release that was bound before.
    size_limit, raised: of how many records a component of links may be before `join` is raised inside it, and by how
    many bits, step by step.
    """

    name: str
    trained: bool
    training: str
    comparisons: tuple[Comparison, ...]
    prior: float | None = None
    kin_prior: float | None = None
    join: float = JOIN
    keep: float = KEEP
    set_mean: float = SET
    size_limit: int = SIZE_LIMIT
    raised: tuple[float, ...] = RAISED
    standard_version: int = standard.VERSION
    left_out: tuple[str, ...] = ()
    join_from: str = ""
    calibration: tuple[float, float] = (0.0, 1.0)
    parent: str = ""
    frequencies: Tables = field(default_factory=dict)
    names: Tables = field(default_factory=dict)
    unseen: Mapping[str, str] = field(default_factory=dict)
    constraints: tuple[Constraint, ...] = TABLE
    columns: tuple[str, ...] = ()
    slips_by_letters: bool = False

    @property
    def weights(self) -> tuple[Constraint, ...]:
        """The constraints that add to a pair's own weight."""
        return tuple(row for row in self.constraints if row.bits is not None and row.when is not None)

    @property
    def witnessed(self) -> tuple[Constraint, ...]:
        """The constraints that a third record tells."""
        return tuple(row for row in self.constraints if row.when is None)

    @cached_property
    def id(self) -> str:
        """The first sixteen hexadecimal digits of the SHA-256 of the release's content."""
        content = json.dumps(self._content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def thresholds(self) -> dict[str, float]:
        """In bits. A link of `join` or more may start a merge; one from `keep` up to that only supports when a set is
        judged, and is a question for a person; below `keep` it is apart. `set`: for the mean over all pairs between
        two sets."""
        return {"join": self.join, "keep": self.keep, "set": self.set_mean}

    @property
    def limit(self) -> Limit:
        """How large a component of links may be, and what happens where one is larger."""
        return Limit(self.size_limit, self.raised)

    def bound(self, prior: float, kin_prior: float) -> "Release":
        """This release with the priors of one folder's records."""
        return replace(self, prior=_rounded(prior), kin_prior=_rounded(kin_prior))

    def counted(self, coded: Coded) -> "Release":
        """This release with the frequencies of these records."""
        tables = counted(coded, {level.rarity for one in self.comparisons for level in one.levels if level.rarity})
        together = expected(coded, tables)
        known = {**tables, EXPECTED: together} if together.records else tables
        frequencies = {**known, **dict(in_company(coded, tables))}
        looked_at = {name for one in self.comparisons for level in one.levels for name in _of(level)}
        columns = tuple(filter(coded.has, sorted(looked_at)))
        return replace(self, frequencies=frequencies, columns=columns, slips_by_letters=True)

    def shares(self, coded: Coded) -> Frequencies:
        """How common the values of these records are, as this release has it."""
        return Frequencies(coded, self.frequencies, self.names, slips_by_letters=self.slips_by_letters)

    def unbound(self) -> "Release":
        """This release as another folder may use it: its priors are estimated there, and its values counted.

        What it keeps of these records are the tables of names, where they rest on more than those it came with: names
        are much alike from town to town. How many live in a street or were born on a day says nothing elsewhere, and
        tells of the people here."""
        tables = (self.names, self.frequencies)
        found = {name: max((one.get(name, EMPTY) for one in tables), key=lambda table: table.records) for name in NAMES}
        names = {name: table for name, table in found.items() if table.records}
        unbound = replace(self, prior=None, kin_prior=None, frequencies={}, names=names, columns=())
        return replace(unbound, slips_by_letters=False)

    def without(self, names: Sequence[str]) -> "Release":
        """This release without these comparisons, by their names, which it then carries as `left_out`.

        Raises UsedWronglyError for a name that nothing has, or when nothing would be left to compare.
        """
        known = [comparison.name for comparison in self.comparisons]
        strange = [name for name in names if name not in (*known, *self.left_out)]
        left = tuple(comparison for comparison in self.comparisons if comparison.name not in names)
        if strange or not left:
            what = f"nothing that is compared is called {strange[0]!r}" if strange else "nothing is left to compare"
            raise UsedWronglyError(what, mend=f"leave out some of {', '.join(known)}")
        return replace(self, comparisons=left, left_out=tuple(sorted({*self.left_out, *names})))

    def _content(self) -> dict[str, Any]:
        comparisons = [_written(comparison) for comparison in self.comparisons]
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in _SAID_LATER:
            if not plain[name]:
                del plain[name]  # a release of before it was said keeps its id
        tables = {name: {column: one.written() for column, one in sorted(plain[name].items())} for name in _TABLES}
        constraints = [_row(one) for one in self.constraints]
        return {"form": FORM, **plain, "comparisons": comparisons, "constraints": constraints, **tables}

    def to_json(self) -> str:
        """The whole release as JSON, with its id."""
        return json.dumps({"id": self.id, **self._content()}, indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, file: str = "the release") -> "Release":
        """Read what `to_json` wrote. UsedWronglyError when it is something else, of another form, or was altered."""
        try:
            content = json.loads(text)
            said, form = content.pop("id"), content.pop("form")
            if "comparisons" in content and (form != FORM or content["standard_version"] != standard.VERSION):
                raise _not_one(file, "is a model release of another version of Concerted")
            content["left_out"] = tuple(content["left_out"])
            at, by = content["calibration"]
            content["calibration"] = (float(at), float(by))
            content["raised"] = tuple(content["raised"])
            content["columns"] = tuple(content.get("columns", ()))
            content["constraints"] = _constraints(content["constraints"], file)
            words = (
                *(content[name] for name in _WORDS),
                *content["left_out"],
                *content["unseen"].values(),
                *content["columns"],
            )
            by_letters = content.setdefault("slips_by_letters", False)
            if not all(isinstance(word, str) for word in words) or not isinstance(by_letters, bool):
                raise _not_one(file, "is not a model release")
            content["comparisons"] = tuple(_comparison(row, file) for row in content["comparisons"])
            for name in _TABLES:
                content[name] = {column: Table.read(row) for column, row in content[name].items()}
            release = cls(**content)
            if release.id != said:
                raise _not_one(file, "was altered after it was written: its content does not give its id")
            if len({comparison.name for comparison in release.comparisons}) < len(release.comparisons):
                raise _not_one(file, "compares something twice")
            if not _figures_hold(release):
                raise _not_one(file, "holds figures that no model can have")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise _not_one(file, "is not a model release") from error
        return release

    @classmethod
    def load(cls, path: Path) -> "Release":
        """The release in this file."""
        try:
            return cls.from_json(path.read_text(encoding="utf-8"), path.name)
        except (OSError, UnicodeDecodeError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise UsedWronglyError("the model cannot be read", where=Place(path.name), why=why) from error


def _not_one(file: str, what: str) -> UsedWronglyError:
    mend = "give a model.json that `concerted resolve` wrote, or use --model default"
    return UsedWronglyError(what, where=Place(file), mend=mend)


def _written(comparison: Comparison) -> dict[str, Any]:
    levels = [{**_plain(level), "when": repr(level.when)} for level in comparison.levels]
    return {**_plain(comparison), "missing": repr(comparison.missing), "levels": levels}


def _row(constraint: Constraint) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps({**_plain(constraint), "when": repr(constraint.when)}))
    return said


def _constraints(rows: list[dict[str, Any]], file: str) -> tuple[Constraint, ...]:
    """The table of this version, with the bits of the file."""
    pairs = zip(TABLE, rows, strict=True)
    found = tuple(row if row.bits is None else replace(row, bits=float(said["bits"])) for row, said in pairs)
    if [*map(_row, found)] != rows:
        raise _not_one(file, "holds a constraint that this version does not know")
    return found


def _of(level: Level) -> frozenset[str]:
    """The columns that a level looks at."""
    return columns_of(level.when) if level.when else frozenset()


def _plain(part: Comparison | Level | Constraint) -> dict[str, Any]:
    return {field.name: getattr(part, field.name) for field in fields(part)}


def _comparison(row: dict[str, Any], file: str) -> Comparison:
    """What this version defines, with the figures of the file: whoever wrote it, nothing else is ever compared."""
    for defined_here in _definitions(row["name"], row["title"]):
        if defined_here.name == row["name"] and len(defined_here.levels) == len(row["levels"]):
            pairs = zip(defined_here.levels, row["levels"], strict=True)
            levels = tuple(replace(level, m=said["m"], u=said["u"], kin=said["kin"]) for level, said in pairs)
            found = replace(defined_here, levels=levels)
            if json.loads(json.dumps(_written(found))) == row:
                return found
    raise _not_one(file, f"compares {row['title']!r} in a way that this version does not know")


def _figures_hold(release: Release) -> bool:
    """Whether shares are shares and thresholds numbers, so that every weight is a finite number of bits."""
    levels = [level for comparison in release.comparisons for level in comparison.levels]
    shares = [share for level in levels for share in (level.m, level.u, level.kin)]
    tables = (*release.frequencies.items(), *release.names.items())
    return (
        all(table.expects if name in (EXPECTED, *IN_COMPANY) else table.holds for name, table in tables)
        and set(release.names) <= set(NAMES)
        and all(LEAST_SHARE <= share <= 1 for share in shares)
        and (release.prior is None) == (release.kin_prior is None)
        and all(prior is None or 0 < prior < 1 for prior in (release.prior, release.kin_prior))
        and all(-1000 < bits < 1000 for bits in (*release.thresholds.values(), *release.calibration))
        and release.size_limit > 0
        and all(0 < one < other < 1000 for one, other in pairwise((1e-9, *release.raised)))
        and all(-1000 < row.bits <= 0 for row in release.constraints if row.bits is not None)
    )


def _definitions(name: str, title: str) -> tuple[Comparison, ...]:
    """What this version defines, and the comparison of a column of the profile's own naming if it can be one."""
    slug = name.removeprefix(standard.OTHER)
    if name.startswith(standard.OTHER) and slug.replace("_", "").isalnum() and slug.isascii():
        return (defined.other(name, title),)
    return defined.STANDARD


def shipped(others: Mapping[str, str] | None = None) -> Release:
    """The release that comes with Concerted, with a comparison for each column of the profiles' own naming."""
    made = _default()
    return replace(made, comparisons=(*made.comparisons, *_others(others or {})))


@cache
def _default() -> Release:
    return Release.load(DEFAULT)


def by_hand(others: Mapping[str, str] | None = None) -> Release:
    """Where training begins: the figures of the definitions, and the shipped names."""
    return Release(
        name="by-hand-1",
        trained=False,
        training="Set by hand from published error rates of British records (concerted.linkage.comparisons).",
        comparisons=(*defined.STANDARD, *_others(others or {})),
    )


def _others(columns: Mapping[str, str]) -> Iterator[Comparison]:
    return (defined.other(name, _title(given)) for name, given in sorted(columns.items()))


def _title(column: str) -> str:
    words = column.removeprefix(standard.OTHER).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _rounded(share: float) -> float:
    return float(f"{share:.6g}")  # beyond six digits an estimate says nothing, and two runs may differ
