"""Commands on a folder to which changes are joined, on one that links everything again, and on the account of both."""

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import decisions, release_tried, releases, results, standing, withdraw, withdrawals
from concerted.desk.anew import changed
from concerted.desk.current import gather
from concerted.desk.decide import Said, decide, undo
from concerted.desk.given import named
from concerted.desk.history import By
from concerted.desk.into import deliver
from concerted.desk.release_change import adopt, give_back
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.desk.told import Arrival
from concerted.linkage import Release
from tests.desk.extracts import table
from tests.desk.faults import Fault, watched
from tests.desk.standing_account import FIELDS, LIST, Account, Told

_FIELDS: Final = """
record_id: id
fields:
  given_name: given_name
  family_name: family_name
  date_of_birth: {column: date_of_birth, date: "%Y-%m-%d"}
  phone: phone
  postcode: postcode
  nhs_number: nhs_number
"""
PROFILES: Final = {
    "team": "profile: team\nversion: 1\nkind: person\ndelivers: changes\nsource: {column: whose}" + _FIELDS,
    LIST: f"profile: {LIST}\nversion: 1\nkind: person\ndelivers: snapshot\nsource: {{constant: {LIST}}}\n"
    "one_record_per_person: true\ndrop: {whose: it is always the same}" + _FIELDS,
    "ties": "profile: ties\nversion: 1\nkind: relation\ndelivers: changes\nsource: {column: whose}\nrecord_id: id\n"
    "fields: {person: one, other_person: other, relation: {constant: sibling}}\n",
}
TIES: Final = ("whose", "id", "one", "other")
WHO: Final = ("A Analyst", "seen")
DONE: Final = ("concerted", "some")
_TABLES: Final = ("decision", "moved", "change", "held", "withdrawal", "member", "link")
Act = Callable[["Folder"], object]
Step = tuple[Any, ...]
Found = tuple[Act, Callable[[], object]]  # what is done to a folder, and to the account


class Folder:
    """A result folder, and the commands that change it."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def deliver(self, kind: str, name: str, missing: int | None) -> None:
        given = named([self.out.parent / name], [self.out.parent / f"{kind}.yaml"])
        arrival = Arrival(missing=missing, again=True, emptied=True)
        deliver(lambda: given, self.out, Options(words=DONE), arrival, Silent())

    def change(self, command: str, take: Callable[[Store], object]) -> None:
        def change(store: Store) -> list[str]:
            take(store)
            return []

        changed(self.out, change, Silent(), DONE, By(command, WHO[0]))

    def approve(self) -> None:
        def take(store: Store) -> None:
            withdrawals.settle(store, withdrawals.chosen(store, []), "withdrawn", *WHO)
            gather(store)

        self.change("withdrawals approve", take)

    def adopt(self, join: float) -> None:
        with Store.open(self.out) as store, store.writing():
            release_tried.keep(store, joining_from(results.release(store)[0], join), "file", "given", {})
        adopt(self.out, *WHO, Silent(), DONE)

    def dump(self) -> dict[str, Any]:
        """All that it says, but for what a result is named by."""
        with Store.open(self.out) as store:
            held: dict[str, Any] = {name: list(map(tuple, store.run(f"select * from {name}"))) for name in _TABLES}
            return held | {name: json.loads(store.get(name)) for name in ("arrivals", "errors", "strengths")}


def joining_from(release: Release, join: float) -> Release:
    """The release with another threshold."""
    return replace(release, name=f"from {join}", join=join, join_from="by hand")


class Beside:
    """The two folders and the account. whole: left out where only the account is to be held against ours."""

    def __init__(self, place: Path, template: Path, *, whole: bool) -> None:
        names = ("ours", "whole") if whole else ("ours",)
        self.ours, *self.whole = (Folder(Path(shutil.copytree(template, place / name)) / "out") for name in names)
        with Store.open(self.ours.out) as store:
            self.account = Account(store.secret, results.release(store)[0])
        self.place, self._files = place / "rows.parquet", 0

    def take(self, step: Step, fault: int | None) -> bool:
        """Take a step. fault: at which write it is stopped first, if it is. Gives whether anything was to be done."""
        kind, *said = step
        found: Found | None = getattr(self, f"_{kind}")(*said)
        if found is None:
            return False
        act, then = found
        for folder in self.whole:
            with Store.open(folder.out) as store, store.writing():
                standing.forget(store)
            act(folder)
        self._act(act, fault)
        then()
        self.account.settle()
        return True

    def _act(self, act: Act, fault: int | None) -> None:
        """Act on ours; once more after a fault that left it as it was."""
        before = self.ours.dump() if fault is not None else {}
        if fault is not None:
            with suppress(Exception), watched(Fault(fault, partial(OSError, 28, "no space left"))):
                act(self.ours)
        if fault is None or self.ours.dump() == before:
            act(self.ours)

    def write(self, header: tuple[str, ...], lines: list[Any]) -> str:
        """An extract beside each folder."""
        self._files += 1
        name = f"file-{self._files}.csv"
        for folder in (self.ours, *self.whole):
            table(folder.out.parent / name, header, lines)
        return name

    def _team(self, rows: Mapping[RecordKey, Told], kind: str = "team") -> Found:
        lines = [(*key, *(value or "" for value in one)) for key, one in rows.items()]
        name = self.write(("whose", "id", *FIELDS), lines)
        missing = len(self.account.lost(rows)) if kind == LIST else None
        return partial(Folder.deliver, kind=kind, name=name, missing=missing), lambda: self.account.deliver(name, rows)

    def _list(self, rows: Mapping[RecordKey, Told]) -> Found:
        return self._team(rows, LIST)

    def _ties(self, rows: Mapping[RecordKey, tuple[str, str]]) -> Found:
        name = self.write(TIES, [(*key, *pair) for key, pair in rows.items()])
        ties = {key: (RecordKey(key.source, one), RecordKey(key.source, other)) for key, (one, other) in rows.items()}
        return partial(Folder.deliver, kind="ties", name=name, missing=None), lambda: self.account.ties.update(ties)

    def _decide(self, one: int, other: int, word: str) -> Found | None:
        keys = list(self.account.records)
        left, right = keys[one % len(keys)], keys[other % len(keys)]
        said = Said(str(left), str(right), word, *WHO, supersede=True)
        return None if left == right else (lambda folder: decide(folder.out, said, Silent(), DONE), self._decided)

    def _undo(self, at: int) -> Found | None:
        with Store.open(self.ours.out) as store:
            count = [one.number for one, state, _ in decisions.states(store) if state in ("counts", "suspended")]
        if not count:
            return None
        return lambda folder: undo(folder.out, count[at % len(count)], *WHO, Silent(), DONE), self._decided

    def _decided(self) -> None:
        with Store.open(self.ours.out) as store:
            self.account.decisions = decisions.all_of(store)

    def _record(self, at: int) -> Found | None:
        keys = [key for key in self.account.records if key.source != "stays"]
        if not keys:
            return None
        key = keys[at % len(keys)]
        act = partial(Folder.change, command="withdraw", take=lambda store: withdraw.record(store, key))
        return act, lambda: self.account.drop_record(key)

    def _file(self, at: int) -> Found | None:
        _, *names = (name for name, rows in self.account.files.items() if all(key.source != LIST for key in rows))
        if not names:
            return None
        name = names[at % len(names)]
        act = partial(Folder.change, command="withdraw", take=lambda store: withdraw.file(store, name))
        return act, lambda: self.account.drop_file(name)

    def _source(self, source: str) -> Found | None:
        if all(key.source != source for rows in self.account.files.values() for key in rows):
            return None
        act = partial(Folder.change, command="withdraw", take=lambda store: withdraw.source(store, source))
        return act, lambda: self.account.drop_source(source)

    def _approve(self) -> Found | None:
        return (Folder.approve, self.account.approve) if self.account.missing else None

    def _adopt(self, join: float) -> Found | None:
        release = joining_from(self.account.release, join)
        if join == self.account.release.join:
            return None
        with Store.open(self.ours.out) as store:
            joined = [*releases.joined(store)]
        return partial(Folder.adopt, join=join), lambda: self.account.adopt(release, joined, self.place)

    def _return(self) -> Found | None:
        if not self.account.before:
            return None
        return lambda folder: give_back(folder.out, *WHO, Silent(), DONE), self.account.give_back
