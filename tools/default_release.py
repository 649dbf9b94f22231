"""The release that ships with Concerted, made again: `python -m tools.default_release`.

Invents a region, reads its extracts as anyone's are read, trains a release on the people in them, and writes what of it
holds elsewhere: how often strangers agree (the mean of what is found there and of what is set by hand: two populations
that nobody has reason to prefer), and how common names are, each person counted once. How often two records of one
person agree is not taken from the region: its slips are our own assumptions, so the published figures stand. A level
that training never met keeps the figures set by hand, and somebody has to say why they may stand, in `unseen.yaml`
beside the release; else nothing is written. The same size and seed give the same bytes, on however many threads.
`--check` writes nothing: exit 1 where the shipped file is another.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import yaml

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk.given import found_in
from concerted.extracts import take_many
from concerted.linkage import keys, read_truth
from concerted.linkage.candidates import as_one, propose
from concerted.linkage.coded import Coded
from concerted.linkage.compare import Comparer
from concerted.linkage.levels import Comparison
from concerted.linkage.release import DEFAULT, Release, by_hand
from concerted.linkage.standard import standardise
from concerted.linkage.tables import NAMES, Tables
from concerted.linkage.train import train
from concerted.synthetic import SIZES, synthesise

SIZE: Final = "medium"
SEED: Final = 7
NOTES: Final = DEFAULT.with_name("unseen.yaml")
_TRAINING: Final = (
    "How often strangers agree: the mean of what {records:,} records of an invented region (size {size}, seed {seed}) "
    "say and of what is set by hand; names as common as among its {people:,} people. All else set by hand from "
    "published error rates of British records."
)


def made(size: str, seed: int) -> Release:
    """The release that a region of this size and seed gives. Levels that training never met still wait for a note."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        synthesise(place / "region", size, seed, circles=False)
        table = standardise(_records(place))
        who = read_truth(place / "region" / "truth" / "people.csv")
    coded = Coded(table)
    found = propose(coded, keys.FAMILIES)
    start = by_hand().counted(coded)
    trained = train(Comparer(coded, start.comparisons, start.shares(coded)), start, as_one(found.left, found.right))
    sources, records = table["source"].to_pylist(), table["record_id"].to_pylist()
    first = {who[RecordKey(*key)]: at for at, key in reversed([*enumerate(zip(sources, records, strict=True))])}
    pairs = zip(start.comparisons, trained.comparisons, strict=True)
    return replace(
        start.unbound(),
        name="shipped-3",
        training=_TRAINING.format(records=coded.records, size=size, seed=seed, people=len(first)),
        comparisons=tuple(_between(one, other) for one, other in pairs),
        names=_names(start.counted(Coded(table.take(sorted(first.values()))))),
        unseen=trained.unseen,
    )


def _records(place: Path) -> list[Path]:
    """The people of the region's extracts, as they are read."""
    found = found_in(place / "region" / "extracts", place / "region" / "profiles")
    extracts = [one for one in found if "person" in one.profile.kinds]
    pairs = [(one.path, one.profile) for one in extracts]
    taken = take_many(pairs, place / "records", lambda _: None, names=[one.name for one in extracts])
    return [one.records for one in taken if one.counts.records]


def _names(release: Release) -> Tables:
    return {column: table for column, table in release.frequencies.items() if column in NAMES}


def _between(hand: Comparison, trained: Comparison) -> Comparison:
    """What is set by hand, with the mean of both as how often strangers stand at each level."""
    if not hand.trained:
        return hand
    levels = zip(hand.levels, trained.levels, strict=True)
    return replace(hand, levels=tuple(replace(one, u=float(f"{(one.u + other.u) / 2:.4g}")) for one, other in levels))


def noted(release: Release, notes: Mapping[str, Mapping[str, str]]) -> Release:
    """The release with what a person wrote of each level that training never met. notes: comparison -> level -> why the
    figures set by hand may stand.

    Raises UsedWronglyError for such a level that has no note, and for a note of which there is no such level."""
    unseen = release.unseen.keys()
    written = {f"{title}: {level}": note for title, levels in notes.items() for level, note in levels.items()}
    for levels, what in (
        (unseen - written.keys(), "was never met in training, and no note says why its figures may stand"),
        (written.keys() - unseen, "has a note, and was met in training or is none"),
    ):
        if levels:
            raise UsedWronglyError(f"the level {min(levels)!r} {what}", mend=f"see to {NOTES.name}")
    return replace(release, unseen={level: written[level] for level in release.unseen})


def main(arguments: list[str]) -> int:
    """0: written, or the shipped file is the same. 1: with --check, it is another. 2: a note is missing or too many."""
    parser = argparse.ArgumentParser(prog="python -m tools.default_release", description="Make the shipped release.")
    parser.add_argument("--size", choices=list(SIZES), default=SIZE, help="of the region")
    parser.add_argument("--seed", type=int, default=SEED, help="of the region")
    parser.add_argument("--out", type=Path, default=DEFAULT, metavar="FILE", help="where it is written")
    parser.add_argument("--check", action="store_true", help="write nothing: does FILE hold the same?")
    args = parser.parse_args(arguments)
    try:
        release = noted(made(args.size, args.seed), yaml.safe_load(NOTES.read_text(encoding="utf-8")))
    except UsedWronglyError as error:
        print(error, file=sys.stderr)
        return 2
    text = release.to_json() + "\n"
    if args.check:
        same = args.out.read_text(encoding="utf-8") == text
        print("the same" if same else f"{args.out} holds another release: make it again, or see why", file=sys.stderr)
        return 0 if same else 1
    args.out.write_text(text, encoding="utf-8")
    print(f"{args.out}: {release.id}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
