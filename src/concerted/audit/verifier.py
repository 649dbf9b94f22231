"""Verifies an exported day of Concerted's audit. It needs Python 3.9 or later and nothing else: copy it, read it.

    python verifier.py DAY.jsonl [--key PUBLIC] [--json]

Each line of the file but the first is an event, or what is left of it:

    {"chain", "number", "at", "digest", "previous", "hash"} and, unless withheld or removed, {"salt", "content"}
    digest = HMAC-SHA256(key=salt, content)
    hash   = SHA256(chain, number, at, digest and previous, a line each; digests in small hexadecimal)
    previous = the hash of the event before it in its chain

The first line is {"summary", "signature", "key"}: the summary is JSON as text, which says where each chain stood before
the day and after it, and which payloads were removed by which event; the signature is Ed25519 over that text. --key is
the public key, 64 hexadecimal digits or a file of them, as you were given it by another way than this file. Exit code:
0 whole, 1 something is wrong, 2 used wrongly.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

OF_THE_AUDIT = re.compile('"act":"(?:payloads_removed|heads_tied)"')
MOST = 200  # faults of a chain that are told one by one


class Wrong(NamedTuple):
    """A fault. what: changed, removed, re-ordered, inserted, or not signed by the key."""

    chain: str
    number: int
    what: str
    words: str


def link_hash(chain: str, number: int, at: str, digest: str, previous: str) -> str:
    """The hash of an event in its chain."""
    return hashlib.sha256(f"{chain}\n{number}\n{at}\n{digest}\n{previous}".encode()).hexdigest()


class Walk:
    """One chain, event after event, from where it is known to stand. number, head: of the last event before."""

    def __init__(self, chain: str, number: int, head: str) -> None:
        self.chain, self.number, self.head = chain, number, head
        self.events = 0
        self.wrong: list[Wrong] = []
        self.without: list[list[int]] = []  # ranges of events whose payload is not there
        self.removed: list[list[int]] = []  # ranges that events of this chain say were removed
        self.ties: dict[int, str] = {}  # of the heads of all chains, by number
        self._gaps: dict[int, int] = {}  # numbers that were not there: first and last
        self._odd: list[tuple[int, str, str, str, str]] = []  # events whose own hash is not theirs
        self._followed: list[int] = []  # events that the next one did not follow

    def event(
        self, number: int, at: str, digest: str, previous: str, hashed: str, salt: bytes | None, content: str | None
    ) -> None:
        """The next event, as it is stored."""
        self.events += 1
        own = link_hash(self.chain, number, at, digest, previous) == hashed
        if not (own and number == self.number + 1 and previous == self.head):
            self._out_of_line(number, own, (number, at, digest, previous, hashed))
        if number > self.number:
            self.number, self.head = number, hashed
        if salt is None or content is None:
            _widen(self.without, number)
        elif hmac.digest(salt, content.encode(), "sha256").hex() != digest:
            self._say(number, "changed", "what it says is not what was recorded")
        elif OF_THE_AUDIT.search(content):
            self._of_the_audit(json.loads(content))

    def ended(self, number: int, head: str) -> None:
        """No event follows. number, head: of the last event, as they are known from elsewhere."""
        if self.number < number:
            self._gaps[self.number + 1] = number
        elif self.number > number:
            self._say(number + 1, "inserted", f"the chain should end with event {number}")
        elif self.head != head:
            self._say(number, "changed", "it is not the event that the chain should end with")
        self._classify()
        for first, last in sorted(self._gaps.items()):
            which = "it is" if first == last else f"events {first} to {last} are"
            self._say(first, "removed", f"{which} not there")
        for first, last in uncovered(self.without, self.removed):
            which = "it" if first == last else f"events {first} to {last}"
            self._say(first, "removed", f"what {which} said is not there, and no event says that it was removed")

    def _of_the_audit(self, said: dict[str, Any]) -> None:
        details = said["details"]
        if said["act"] == "payloads_removed":
            self.removed.append([details["first"], details["last"]])
        elif said["act"] == "heads_tied":
            self.ties[details["number"]] = details["hash"]

    def _out_of_line(self, number: int, own: bool, row: tuple[int, str, str, str, str]) -> None:
        if number > self.number + 1:
            self._gaps[self.number + 1] = number - 1
        elif number <= self.number:
            return self._late(number)
        elif own:  # and so it follows another event than the one that stands before it
            self._followed.append(number - 1)
        if not own and len(self._odd) < MOST:
            self._odd.append(row)
        return None

    def _late(self, number: int) -> None:
        """An event after others with greater numbers: it was moved, or it stands there twice."""
        for first, last in self._gaps.items():
            if first <= number <= last:
                del self._gaps[first]
                if first < number:
                    self._gaps[first] = number - 1
                if number < last:
                    self._gaps[number + 1] = last
                return self._say(number, "re-ordered", "it stands after events that follow it")
        return self._say(number, "inserted", "its number stands there already")

    def _classify(self) -> None:
        """Events whose own hash is not theirs: changed, or one that had another number."""
        numbers = [row[0] for row in self._odd]
        tried = sorted({near for number in numbers for near in (number - 1, number, number + 1)})
        was = {row[0]: next((one for one in tried if self._fits(row, one)), None) for row in self._odd}
        for number in self._followed:
            if number not in was:
                self._say(number, "changed", "another event stood here when the next one was recorded")
        moved = {now: before for now, before in was.items() if before is not None}
        for number in numbers:
            if number not in moved:
                self._say(number, "changed", "its place in the chain is not what was recorded")
        if moved and sorted(moved) == sorted(moved.values()):
            for now, before in moved.items():
                self._say(now, "re-ordered", f"it was event {before}")
        elif moved:
            first, before = next(iter(moved.items()))
            what = "inserted" if before < first else "removed"
            self._say(min(first, before), what, f"from here on events have other numbers: {first} was {before}")

    def _fits(self, row: tuple[int, str, str, str, str], number: int) -> bool:
        _, at, digest, previous, hashed = row
        return link_hash(self.chain, number, at, digest, previous) == hashed

    def _say(self, number: int, what: str, words: str) -> None:
        if len(self.wrong) < MOST:
            self.wrong.append(Wrong(self.chain, number, what, words))


def _widen(ranges: list[list[int]], number: int) -> None:
    if ranges and ranges[-1][1] == number - 1:
        ranges[-1][1] = number
    else:
        ranges.append([number, number])


def uncovered(ranges: Iterable[list[int]], by: Iterable[list[int]]) -> list[tuple[int, int]]:
    """What of the ranges lies in none of `by`."""
    left, covers = [], sorted(by)
    for first, last in ranges:
        at = first
        for begins, ends in covers:
            if ends < at or begins > last:
                continue
            if begins > at:
                left.append((at, begins - 1))
            at = max(at, ends + 1)
        if at <= last:
            left.append((at, last))
    return left


class Told(NamedTuple):
    """What came of a file. signed: by the key that was given; None where none was, or nothing is signed."""

    events: int
    chains: int
    wrong: list[Wrong]
    without: int  # events whose payload is withheld, or removed as an event says
    signed: bool | None


def verify(lines: Iterable[str], key: str = "") -> Told:
    """Verify an exported day. lines: of the file. key: public, in hexadecimal. ValueError for what is no export."""
    given = iter(lines)
    head = json.loads(next(given, "{}"))
    if "summary" not in head:
        raise ValueError("its first line does not sum it up, so it is no exported day")
    summary = json.loads(head["summary"])
    walks = {name: Walk(name, said["before"], said["after"]) for name, said in summary["chains"].items()}
    strange: dict[str, Wrong] = {}
    for line in given:
        row = json.loads(line)
        name, number, salt = row["chain"], row["number"], row.get("salt")
        if name not in walks:
            strange[name] = Wrong(name, number, "inserted", "the day has no such chain")
            continue
        salted = bytes.fromhex(salt) if salt is not None else None
        walks[name].event(number, row["at"], row["digest"], row["previous"], row["hash"], salted, row.get("content"))
    wrong = [*strange.values(), *_ended(summary, walks)]
    signed = _signed(head, key)
    if signed is False:
        wrong.append(Wrong("", 0, "not signed by the key", "the summary was not signed by the key that you gave"))
    without = sum(end - start + 1 for walk in walks.values() for start, end in walk.without)
    return Told(sum(walk.events for walk in walks.values()), len(walks), wrong, without, signed)


def _ended(summary: dict[str, Any], walks: dict[str, Walk]) -> Iterable[Wrong]:
    """What is wrong with each chain, now that all of it was seen."""
    for name, walk in walks.items():
        said = summary["chains"][name]
        walk.removed += [[first, last] for first, last, _ in said["removed"]]
        if summary["withheld"]:
            walk.removed += [list(one) for one in walk.without]
        walk.ended(said["last"], said["head"])
        yield from walk.wrong


def _signed(head: dict[str, Any], key: str) -> bool | None:
    if not key:
        return None
    return bool(head["signature"]) and ed25519(bytes.fromhex(key), head["summary"].encode(), head["signature"])


_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]  # X, Y, Z, T of an extended coordinate


def ed25519(key: bytes, message: bytes, signature: str) -> bool:
    """Whether the key signed the message (RFC 8032, section 5.1.7)."""
    signed = bytes.fromhex(signature)
    if len(key) != 32 or len(signed) != 64:
        return False
    public, r = _point(key), _point(signed[:32])
    s = int.from_bytes(signed[32:], "little")
    if public is None or r is None or s >= _Q:
        return False
    h = int.from_bytes(hashlib.sha512(signed[:32] + key + message).digest(), "little") % _Q
    base = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))
    assert base is not None
    left, right = _times(s, base), _sum(r, _times(h, public))
    return not ((left[0] * right[2] - right[0] * left[2]) % _P or (left[1] * right[2] - right[1] * left[2]) % _P)


def _point(text: bytes) -> Point | None:
    """The point that 32 bytes write; None where they write none."""
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return (x, y, 1, x * y % _P)


def _sum(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c, d = 2 * one[3] * other[3] * _D % _P, 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        found = _sum(found, point) if number & 1 else found
        point, number = _sum(point, point), number >> 1
    return found


def words(told: Told, key: str) -> list[str]:
    """What came of it, for a person, a line each."""
    lines = [f"{one.chain} {one.number}: {one.what}: {one.words}." for one in told.wrong]
    lines.append(f"{told.events:,} events in {told.chains:,} chains; {len(told.wrong):,} wrong.")
    if told.without:
        lines.append(f"What {told.without:,} of them said is not here: withheld, or removed as the audit says.")
    if not key:
        lines.append("No key was given, so whoever could change the file could also have made it anew.")
    elif told.signed:
        lines.append("The summary is signed by the key that you gave.")
    return lines


def main(arguments: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Verify an exported day of Concerted's audit.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", default="", help="the public key, 64 hexadecimal digits or a file of them")
    parser.add_argument("--json", action="store_true", help="for machines")
    args = parser.parse_args(arguments)
    try:
        key = args.key if re.fullmatch("[0-9a-f]{64}|", args.key) else Path(args.key).read_text().strip()
        with args.file.open(encoding="utf-8") as lines:
            told = verify(lines, key)
    except (OSError, ValueError, KeyError, TypeError) as why:
        sys.stderr.write(f"{args.file.name} cannot be verified: {why}\n")
        return 2
    plain = {**told._asdict(), "wrong": [one._asdict() for one in told.wrong]}
    sys.stdout.write((json.dumps(plain) if args.json else "\n".join(words(told, key))) + "\n")
    return 1 if told.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
