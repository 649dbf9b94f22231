"""Where the marks of a link chart stand: linked ones near each other, none on another."""

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
WIDTH: Final = 880.0  # pixels of the page for which marks are kept apart
_ROUNDS: Final = (50, 150)  # at least and at most: fewer for fuller charts
_WORK: Final = 6_000  # marks times rounds
_TURN: Final = math.pi * (3 - math.sqrt(5))  # the golden angle: points that begin on no line and no heap
_PULL: Final = 0.06  # towards the middle, so that what hangs on nothing stays on the page


def places(size: int, links: list[tuple[int, int]], height: float, apart: tuple[float, float]) -> Places:
    """Across and down of each mark in pixels of WIDTH and height. links: pairs of marks. apart: how far two marks stand
    from each other, across or down."""
    if not size:
        return np.zeros((0, 2))
    at: Places = _spread(size, np.array(sorted(links), np.int64).reshape(-1, 2))
    box, edge = np.array([WIDTH, height]), np.array(apart) / 2
    low, high = at.min(axis=0), at.max(axis=0)
    at = edge + (at - low) / np.maximum(high - low, 1e-9) * (box - 2 * edge) if size > 1 else (box / 2).reshape(1, 2)
    apart_now: Places = _parted(at, np.array(apart), edge, box)
    return apart_now


def _spread(size: int, links: NDArray[np.int64]) -> Any:
    """By forces, as Fruchterman and Reingold have it (1991): all push each other away, links pull."""
    number = np.arange(size) + 0.5
    at = np.sqrt(number / size)[:, None] * np.stack([np.cos(number * _TURN), np.sin(number * _TURN)], 1)
    near = math.sqrt(math.pi / size)
    rounds = _rounds(size)
    for step in range(rounds):
        between = at[:, None] - at[None]
        far = np.maximum((between**2).sum(axis=2), 1e-6)
        force = (between * (near**2 / far)[:, :, None]).sum(axis=1) - at * _PULL * math.sqrt(size)
        pull = at[links[:, 0]] - at[links[:, 1]]
        pull = pull * np.sqrt((pull**2).sum(axis=1, keepdims=True)) / near
        np.add.at(force, links[:, 0], -pull)
        np.add.at(force, links[:, 1], pull)
        strength = np.maximum(np.sqrt((force**2).sum(axis=1, keepdims=True)), 1e-9)
        at = at + force / strength * np.minimum(strength, 0.2 * (1 - step / rounds))
    return at


def _parted(at: Any, apart: Places, edge: Places, box: Places) -> Any:
    """Push marks off each other, the shorter way, and keep them inside."""
    for _ in range(_rounds(len(at))):
        between = at[:, None] - at[None]
        over = 1 - np.abs(between) / apart  # of each two: the share by which they overlap, across and down
        over[np.arange(len(at)), np.arange(len(at))] = 0
        hit = (over > 0.01).all(axis=2)
        if not hit.any():
            break
        way = np.where(between == 0, np.sign(np.arange(len(at))[:, None] - np.arange(len(at)))[:, :, None], between)
        across = over[:, :, 0] < over[:, :, 1]
        push = np.sign(way) * over * apart / 2 * np.stack([across, ~across], 2)
        at = np.clip(at + (push * hit[:, :, None]).sum(axis=1) * 0.6, edge, box - edge)
    return at


def _rounds(size: int) -> int:
    least, most = _ROUNDS
    return max(least, min(most, _WORK // size))
