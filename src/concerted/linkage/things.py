"""Places, telephones, vehicles and accounts, joined by exact and near keys, each with its reason.

An exact key is the same value, written in the one way in which its kind is compared. A near key is one slip away, and
joins only where a second fact agrees. What is near is attached to the value that is mentioned most, so that two slips
of one value never make a chain of values that are not near each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from concerted.linkage.thing_keys import NEAR_KEYS, exact_keys

ThingKind = Literal["location", "telephone", "vehicle", "account"]
Rank = dict[int, tuple[int, str]]  # of groups: the more mentions, and the earlier in the alphabet, the lower
How = Literal["exact", "near", "alone"]
THING_KINDS: Final[tuple[ThingKind, ...]] = ("location", "telephone", "vehicle", "account")


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing as one record mentions it.

    record_kind: of the record (person, event, vehicle ...). field: where it stands there. value: as it is read. person:
    the entity of the person whom the record ties it to, if any. name, address, town, postcode: of a place. about: make,
    model and colour of a vehicle, or an account's platform.
    """

    kind: ThingKind
    source: str
    record_id: str
    record_kind: str
    field: str
    value: str
    person: str | None = None
    name: str | None = None
    address: str | None = None
    town: str | None = None
    postcode: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A mention with the thing that it is of. first: the place, among the mentions given, of the thing's first one.

    how: whether another mention has the same value (exact), it was joined by a near key, or it stands alone.
    """

    mention: Mention
    first: int
    how: How
    reason: str


def join_things(mentions: Sequence[Mention]) -> list[Thing]:
    """What each mention is of, in the order of the mentions. Which of them are one does not depend on the order."""
    group = _exact(mentions)
    members: dict[int, list[int]] = defaultdict(list)
    for at, root in enumerate(group):
        members[root].append(at)
    near = _near(mentions, members)
    first: dict[int, int] = {}
    for at, root in enumerate(group):
        first.setdefault(near[root][0] if root in near else root, at)
    return [_thing(mention, root, members, near, first) for mention, root in zip(mentions, group, strict=True)]


def _thing(
    mention: Mention,
    root: int,
    members: dict[int, list[int]],
    near: dict[int, tuple[int, str]],
    first: dict[int, int],
) -> Thing:
    if root in near:
        hub, reason = near[root]
        return Thing(mention, first[hub], "near", reason)
    many = len(members[root])
    if many > 1:
        return Thing(mention, first[root], "exact", f"the same {_NAMES[mention.kind]} stands in {many:,} places")
    joined = any(hub == root for hub, _ in near.values())
    reason = f"another is near this {_NAMES[mention.kind]}" if joined else f"no other {_NAMES[mention.kind]} like it"
    return Thing(mention, first[root], "alone", reason)


_NAMES: Final = {"location": "place", "telephone": "telephone", "vehicle": "registration", "account": "account"}


def _exact(mentions: Sequence[Mention]) -> list[int]:
    """For each mention the first that shares an exact key with it, over any number of keys."""
    parent = list(range(len(mentions)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    seen: dict[object, int] = {}
    for at, mention in enumerate(mentions):
        for key in exact_keys(mention):
            one, other = sorted((root(seen.setdefault((mention.kind, key), at)), root(at)))
            parent[other] = one
    return [root(at) for at in range(len(mentions))]


def _near(mentions: Sequence[Mention], members: dict[int, list[int]]) -> dict[int, tuple[int, str]]:
    """Groups that are attached to another by a near key: to which, and why.

    The most mentioned group is the hub; of two alike the one whose least value comes first in the alphabet.
    """
    rank = {root: (-len(at), min(mentions[one].value for one in at)) for root, at in members.items()}
    offers: dict[int, dict[int, str]] = defaultdict(dict)
    for small, hub, reason in _pairs(mentions, members, rank):
        offers[small][hub] = min(reason, offers[small].get(hub, reason))
    attached: dict[int, tuple[int, str]] = {}
    for small in sorted(offers, key=lambda root: rank[root]):
        free = [hub for hub in offers[small] if hub not in attached]
        if free:
            best = min(free, key=lambda root: rank[root])
            attached[small] = (best, offers[small][best])
    return attached


def _pairs(mentions: Sequence[Mention], members: dict[int, list[int]], rank: Rank) -> Iterator[tuple[int, int, str]]:
    """Two groups with a near key and a second fact in common, the lesser first, and why it is of the other."""
    blocks: dict[object, dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for root, at in members.items():
        for one in at:
            for rule, key in _blocks(mentions[one]):
                blocks[(rule, key)][root].append(mentions[one])
    for (rule, _), held in blocks.items():  # type: ignore[misc]
        if 1 < len(held) <= MOST:
            yield from _near_in(rule, held, rank)


MOST: Final = 50  # groups in one block: a key that more share says nothing


def _blocks(mention: Mention) -> Iterable[tuple[int, object]]:
    for number, rule in enumerate(NEAR_KEYS):
        if rule.kind == mention.kind and (key := rule.block(mention)) is not None:
            yield number, key


def _near_in(rule: int, held: dict[int, list[Mention]], rank: Rank) -> Iterator[tuple[int, int, str]]:
    near = NEAR_KEYS[rule]
    for hub, small in combinations(sorted(held, key=lambda root: rank[root]), 2):
        reasons = {near.reason(left, right) for left in held[small] for right in held[hub]} - {None}
        if reasons:
            yield small, hub, min(str(reason) for reason in reasons)
