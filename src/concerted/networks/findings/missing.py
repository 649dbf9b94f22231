"""Episodes in which children were missing, and who was missing when another was."""

import numpy as np

from concerted.networks.findings.occasions import CHILD, MISSING, Codes, Occasions, event_rows
from concerted.networks.findings.reasons import pair_codes
from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers, ranges
from concerted.networks.people import Flags, is_role
from concerted.networks.spans import Days

NEAR = 1  # days between two beginnings that may be one


def episode_rows(graph: Graph, parts: Occasions) -> Codes:
    """The parts of children in their own missing episodes, by child and day."""
    rows = np.flatnonzero(parts.part == CHILD)
    is_event, row = event_rows(graph, parts.at[rows])
    types = graph.tables["event"]["event_type"]
    if not len(types):
        return np.zeros(0, np.int64)
    rows = rows[is_event & is_role(types.take(row), *MISSING)]
    found: Codes = rows[np.lexsort((parts.day[rows], parts.who[rows]))]
    return found


def episodes(graph: Graph, parts: Occasions) -> tuple[Numbers, Days, Days]:
    """By child and day: who was missing, from and to. What has no end yet goes on."""
    rows = episode_rows(graph, parts)
    _, row = event_rows(graph, parts.at[rows])
    latest = graph.tables["event"]["latest"].to_numpy()
    return parts.who[rows], parts.day[rows], np.minimum(latest[row], graph.today) if len(rows) else parts.day[rows]


def together(graph: Graph, parts: Occasions) -> tuple[Codes, Codes, Codes]:
    """Pairs of children who went missing within a day of each other at least twice, and in at least half of the
    episodes of one of them: who is missing often meets many by chance. Gives for each time the rows of the parts of
    both, and the pair as one number."""
    rows = episode_rows(graph, parts)
    rows, often = _own(parts, rows)
    left, right = _near(parts, rows, often[parts.who[rows]] > 1)
    code = pair_codes(graph, parts.who[left], parts.who[right])
    pair, which, times = np.unique(code, return_inverse=True, return_counts=True)
    least = np.minimum(often[parts.who[left]], often[parts.who[right]])
    kept = (times[which] > 1) & (2 * times[which] >= least) if len(pair) else np.zeros(0, bool)
    return left[kept], right[kept], code[kept]


def _own(parts: Occasions, rows: Codes) -> tuple[Codes, Numbers]:
    """One row for each episode, which several agencies may have recorded, and how many each person has."""
    who, day = parts.who[rows], parts.day[rows]
    again = np.zeros(len(rows), bool)
    again[1:] = (who[1:] == who[:-1]) & (day[1:] - day[:-1] <= NEAR)
    own = rows[~again]
    return own, np.bincount(parts.who[own], minlength=1 + int(parts.who.max(initial=0))).astype(np.int32)


def _near(parts: Occasions, rows: Codes, often: Flags) -> tuple[Codes, Codes]:
    """Every two episodes of two children that began near each other, but of those that can have met once only. rows: by
    child and day. often: of each row whether its child has several.

    Two who were missing once each met once. Who was missing once met another twice only if that one went missing twice
    around that day.
    """
    close = _close(parts, rows)
    order = np.argsort(parts.day[rows], kind="stable")
    rows, often, close = rows[order], often[order], close[order]
    day = parts.day[rows]
    some, once, twice = np.flatnonzero(often), np.flatnonzero(~often), np.flatnonzero(close)
    at, beyond = np.arange(len(some)), np.searchsorted(day[some], day[some] + NEAR, "right")
    one, other = ranges(at + 1, beyond)
    begin = np.searchsorted(day[once], day[twice] - NEAR)
    of, beside = ranges(begin, np.searchsorted(day[once], day[twice] + NEAR, "right"))
    left, right = np.append(some[one], twice[of]), np.append(some[other], once[beside])
    left, right = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((right, left))
    return rows[left[order]], rows[right[order]]


def _close(parts: Occasions, rows: Codes) -> Flags:
    """Which episodes have another of the same child so near that a third can be near both. rows: by child and day."""
    near = (parts.who[rows][1:] == parts.who[rows][:-1]) & (np.diff(parts.day[rows]) <= 2 * NEAR)
    found: Flags = np.append(near, False) | np.append(False, near)
    return found[: len(rows)]
