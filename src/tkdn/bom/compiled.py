"""The bill compiled to arrays: parts by level, lines in compressed rows both ways, quantities and prices as floats.

For walks at array speed over one bill, many variants of it, or many bills at once. Nothing here runs edge by edge. Floats carry
about sixteen digits; who decides by them takes `slack`, the bound of their relative error, into account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Flags = NDArray[np.bool_]
EPSILON = float(np.finfo(np.float64).eps)
ROUNDINGS = 16
"""More roundings than a value takes on a level beside the sum over its lines."""
SORTED_BELOW_ONE_IN = 16
"""A level that touches less than this share of all parts is sorted instead of counted over all."""


class Level(NamedTuple):
    """Parts of one height, as ranges of places and of lines; `starts` are the first lines of the parts, from the range's own
    start; `slack` bounds the relative error of what is summed up to this level."""

    parts: slice
    lines: slice
    starts: Whole
    slack: float


@dataclass(frozen=True, eq=False)
class Structure:
    """Parts in places, lowest level first, and their lines in the order of the parts.

    `indexes`: index of the part in each place; `place`: place of each part, -1 where it is no good of its own (a phantom,
    an in-house stage) or stands in a loop; `levels`: those with lines, bottom-up; `parent`, `child`: places of each line;
    `quantity`: of the child in its unit; `line`: which of the given lines each is. `user_starts`, `user_ends`, `users`: the lines
    that take each place.
    """

    indexes: Whole
    place: Whole
    levels: tuple[Level, ...]
    parent: Whole
    child: Whole
    quantity: Floats
    line: Whole
    user_starts: Whole
    user_ends: Whole
    users: Whole

    @property
    def size(self) -> int:
        """How many parts there are."""
        return len(self.indexes)

    @property
    def slack(self) -> float:
        """Bound of the relative error of any sum."""
        return self.levels[-1].slack if self.levels else ROUNDINGS * EPSILON


def ranges(starts: Whole, counts: Whole) -> Whole:
    """The numbers of all ranges, one after the other.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts)
    if not ends.size:
        return np.zeros(0, np.intp)
    return np.arange(ends[-1]) + np.repeat(starts - ends + counts, counts)


def heights(size: int, parent: Whole, child: Whole) -> tuple[NDArray[np.int32], Whole, Whole]:
    """Length of the longest way down from each part, -1 in and above a loop; the lines in the order of their child, and where
    those of each child start."""
    by_child = np.argsort(child, kind="stable")
    starts = np.zeros(size + 1, np.intp)
    np.cumsum(np.bincount(child, minlength=size), out=starts[1:])
    parent_by_child = parent[by_child]
    waiting = np.bincount(parent, minlength=size)
    height = np.full(size, -1, np.int32)
    ready = np.flatnonzero(waiting == 0)
    level = 0
    while ready.size:
        height[ready] = level
        level += 1
        above = parent_by_child[ranges(starts[ready], starts[ready + 1] - starts[ready])]
        if above.size * SORTED_BELOW_ONE_IN > size:
            taken = np.bincount(above, minlength=size)
            ready = np.flatnonzero((taken > 0) & (taken == waiting))
            waiting -= taken
        else:
            touched, times = np.unique(above, return_counts=True)
            waiting[touched] -= times
            ready = touched[waiting[touched] == 0]
    return height, by_child, starts


def structure(
    size: int, parent: Whole, child: Whole, quantity: Floats, goods: Flags | None = None, lost: float = 0.0
) -> Structure:
    """Return levels and compressed rows of these lines; only parts that are `goods` get a place, if it is given.

    `lost`: bound of the relative error that quantities have from opening phantoms and in-house stages.
    """
    height, by_child, starts = heights(size, parent, child)
    if goods is not None:
        height = np.where(goods, height, np.int32(-1))
    indexes = np.argsort(height, kind="stable")
    indexes = indexes[np.searchsorted(height[indexes], 0) :]
    place = np.full(size, -1, np.intp)
    place[indexes] = np.arange(len(indexes))
    parents = place[parent]
    order = np.argsort(parents, kind="stable")
    order = order[np.searchsorted(parents[order], 0) :]
    sorted_parents = parents[order]
    position = np.full(len(parent), -1, np.intp)
    position[order] = np.arange(len(order))
    return Structure(
        indexes,
        place,
        _levels(height[indexes], sorted_parents, lost),
        sorted_parents,
        place[child[order]],
        quantity[order],
        order,
        starts[:-1][indexes],
        starts[1:][indexes],
        position[by_child],
    )


def _levels(height: NDArray[np.int32], parents: Whole, lost: float) -> tuple[Level, ...]:
    most = int(height[-1]) if height.size else 0
    bounds = np.searchsorted(height, np.arange(1, most + 2))
    line_bounds = np.searchsorted(parents, bounds)
    rows = np.flatnonzero(np.diff(parents, prepend=-1))
    row_bounds = np.searchsorted(rows, line_bounds)
    levels, slack = [], 0.0
    for at in range(most):
        starts = rows[row_bounds[at] : row_bounds[at + 1]] - line_bounds[at]
        longest = int(np.diff(starts, append=line_bounds[at + 1] - line_bounds[at]).max())
        slack += (longest + ROUNDINGS) * EPSILON + lost
        parts, lines = slice(bounds[at], bounds[at + 1]), slice(line_bounds[at], line_bounds[at + 1])
        levels.append(Level(parts, lines, starts, slack))
    return tuple(levels)
