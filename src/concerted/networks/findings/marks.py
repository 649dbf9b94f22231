"""What people made of findings: checked, refuted, taken up. Marks are kept, and a later one counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from concerted.common.ids import RecordKey
from concerted.networks.findings.changes import is_of, keys
from concerted.networks.findings.finding import Finding

Word = Literal["checked", "refuted", "taken up"]
MARKS: Final[dict[str, Word]] = {"check": "checked", "refute": "refuted", "take-up": "taken up"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. finding, rule, to: of what, and to which agency alone that was told; empty where it was to all. who,
    when, why: as the command was given; `when` a day as text. facts: the records that it rested on then."""

    finding: str
    rule: str
    mark: Word
    who: str
    when: str
    why: str
    facts: tuple[RecordKey, ...]
    to: str = ""


class Standing(NamedTuple):
    """The mark that counts on a finding, if any. hidden: it is refuted, and rests on nothing else. since: the facts
    that came after the mark; a refuted finding is back for these."""

    mark: Mark | None
    hidden: bool
    since: tuple[RecordKey, ...]


def standing(one: Finding, marks: Sequence[Mark]) -> Standing:
    """How a finding stands. marks: in the order in which they were made. A mark is of the finding of its id, or of one
    of its rule with half or more of its facts that is told to the same: of what one agency is told alone another may be
    told too, by the same records, and makes its own mind up."""
    of_it = [made for made in marks if made.finding == one.id]
    alike = (made for made in marks if (made.rule, made.to) == (one.rule, one.to))
    of_it = of_it or [made for made in alike if is_of(keys(one), made.facts)]
    if not of_it:
        return Standing(None, hidden=False, since=())
    last = of_it[-1]
    known = {key for made in of_it if made.mark == last.mark for key in made.facts}
    since = tuple(key for key in keys(one) if key not in known)
    return Standing(last, last.mark == "refuted" and not since, since)
