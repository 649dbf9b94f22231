"""Where links begin to join: the lowest weight from which links are found to be right, by one rule for every data set.

A link of SURE bits or more is wrong once in some 130 times, and chains of such links make sure sets. Where both
records of a link that is not sure are in sure sets of two or more, the sets tell of it without any label: it is right
if they are one set, and wrong if they are two. What people answered tells too, and each question once: pairs between
the same two sure sets are one. A line is fitted to both, at + by * weight in bits (Platt's calibration), with OWN links
that stand as the model has it, so that where nothing tells the weights are taken at their word. `join` is the lowest
half bit from which the line says odds of RIGHT or more.

It rounds upwards and never looks beyond the weights that it was fitted to, since a false link makes two people one.
"""

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.candidates import as_one
from concerted.linkage.coded import Numbers
from concerted.linkage.components import components
from concerted.linkage.frequencies import Bits
from concerted.linkage.labels import NO_LABELS, Labels
from concerted.linkage.partition import Links
from concerted.linkage.release import JOIN, Release

RIGHT: Final = JOIN  # bits: odds of 6 to 1 that a link at the threshold is right
SURE: Final = 7.0  # bits
LOW, HIGH = 1.0, 6.0  # bits: where the line is fitted, and the bounds of `join`
BAND: Final = 0.25  # bits: weights are counted in bands of it, so that no order of the links changes a sum
OWN: Final = 100.0  # links that the model's own weights count for
HALF: Final = 0.5  # bits: the steps of `join`
ROUNDS: Final = 200
_EDGES: Final = np.arange(LOW, HIGH + BAND / 2, BAND)
_MIDDLES: Final = _EDGES[:-1] + BAND / 2


class Told(NamedTuple):
    """What is told of links, band by band of their weight. links: how many; right: how many of them. witnessed,
    answered: how many links sure sets tell of, and how many people do."""

    links: Bits
    right: Bits
    witnessed: int
    answered: int


class Line(NamedTuple):
    """What a weight is found to be worth, in bits: at + by * weight."""

    at: float
    by: float

    def of(self, weight: Bits) -> Bits:
        """For each weight."""
        return self.at + self.by * weight


def chosen(release: Release, links: Links, records: int, labels: Labels = NO_LABELS) -> Release:
    """The release with `join` chosen, unless that was done before. links: weighed pairs, each once."""
    if release.join_from:
        return release
    told = tell(links, records, labels)
    line = fitted(told)
    return replace(release, join=lowest(line), join_from=_words(told), calibration=(line.at, line.by))


def calibrated(release: Release, weight: Bits) -> Bits:
    """What these weights are found to be worth, in bits. Outside LOW to HIGH they are taken at their word."""
    return np.where((weight >= LOW) & (weight < HIGH), Line(*release.calibration).of(weight), weight)


def tell(links: Links, records: int, labels: Labels = NO_LABELS) -> Told:
    """What sure sets and people tell of the links from LOW to HIGH."""
    left, right, weight = links
    sure = weight >= SURE
    set_of = components(records, left[sure], right[sure])
    size = np.bincount(set_of, minlength=records)[set_of]
    here = (weight >= LOW) & (weight < HIGH)
    left, right, weight = left[here], right[here], weight[here]
    said = labels.of_each(as_one(left, right))
    witnessed = (size[left] > 1) & (size[right] > 1) & (said == 0)
    as_told = np.where(said == 0, set_of[left] == set_of[right], said > 0)
    counts = np.where(witnessed, 1.0, 0.0)
    counts[said != 0] = _once_a_question(set_of[left[said != 0]], set_of[right[said != 0]])
    band = np.searchsorted(_EDGES, weight, side="right") - 1
    many, rights = (np.bincount(band, each, len(_MIDDLES)).astype(float) for each in (counts, counts * as_told))
    return Told(many, rights, int(witnessed.sum()), int((said != 0).sum()))


def _once_a_question(one: Numbers, other: Numbers) -> Bits:
    """For each answered pair between two sets its part of the question that all between them are."""
    question = as_one(np.minimum(one, other), np.maximum(one, other))
    _, at, pairs = np.unique(question, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / pairs[at])


def fitted(told: Told) -> Line:
    """The line under which what is told is most likely, with OWN links that stand as the model has it.

    Newton's method; the steps are bounded, and the sum to be made greatest has one top."""
    own = OWN / len(_MIDDLES)
    links, right = told.links + own, told.right + own * _share(_MIDDLES)
    columns = np.stack([np.ones(len(_MIDDLES)), _MIDDLES])
    line = np.array([0.0, 1.0])
    for _ in range(ROUNDS):
        share = _share(line @ columns)
        slope = columns @ (right - links * share)
        bend = (columns * (links * share * (1 - share))) @ columns.T
        step = np.linalg.solve(bend * np.log(2), slope)
        line = line + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-9:
            break
    return Line(*(float(f"{part:.6g}") for part in line))


def lowest(line: Line) -> float:
    """The lowest half bit from which on the line says RIGHT or more; HIGH if it never does."""
    steps = np.arange(LOW, HIGH + HALF / 2, HALF)
    enough = np.logical_and.accumulate((line.of(steps) >= RIGHT)[::-1])[::-1]
    return float(steps[np.argmax(enough)]) if enough.any() else HIGH


def _share(bits: Bits) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -1000.0, 1000.0))))


def _words(told: Told) -> str:
    """How `join` was chosen, for whoever reads the release."""
    of = [f"{told.witnessed:,} links of which surer ones tell"] if told.witnessed else []
    of += [f"{told.answered:,} answers"] if told.answered else []
    by = f", found by {' and '.join(of)}" if of else ", by the model's own weights alone"
    return f"the lowest half bit from which links are right six times in seven{by}"
