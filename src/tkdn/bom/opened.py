"""Lines of many goods with phantoms and in-house stages opened, in arrays (see `tkdn.bom.opening` for one good, exactly)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tkdn.bom.compiled import EPSILON, Flags, Floats, Whole, heights, ranges
from tkdn.bom.opening import MAX_OPENED
from tkdn.bom.range import SAFELY


class OpenedLines(NamedTuple):
    """Lines with phantoms and in-house stages opened.

    `stage`: rupiah of making the stages in one unit of each part. `strange`: goods with a quantity on the way that is far from
    one, to be looked at by `tkdn.bom.range`. `too_many`: those whose lines are more than `MAX_OPENED`, left unopened.
    `lost`: bound of the relative error of the quantities.
    """

    parent: Whole
    child: Whole
    quantity: Floats
    stage: Floats
    strange: Flags
    too_many: Flags
    lost: float


def open_lines(
    size: int,
    parent: Whole,
    child: Whole,
    quantity: Floats,
    explodes: Flags,
    conversion: Floats | None = None,
    bill: Whole | None = None,
) -> OpenedLines:
    """Count lines under a phantom or an in-house stage as its parent's, two lines of one pair added up.

    Opened parts are taken from the highest down, so that each is complete when its turn comes and is visited once a good: nested
    ones do not multiply. `bill`: which bill each part belongs to, if there are several; each may open `MAX_OPENED` lines.
    """
    stage, strange, too_many = np.zeros(size), np.zeros(size, bool), np.zeros(size, bool)
    if not explodes.any():
        return OpenedLines(parent, child, quantity, stage, strange, too_many, 0.0)
    inside = _Inside(size, parent, child, quantity, explodes)
    keep = ~explodes[parent]
    into = keep & explodes[child]
    done = [(parent[keep & ~into], child[keep & ~into], quantity[keep & ~into])]
    inside.wait(parent[into], child[into], quantity[into])
    opened = np.zeros(1 if bill is None else int(bill.max()) + 1, np.intp)
    lost = 0.0
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        while inside.waiting:
            owner, part, amount, terms = _merged(inside.highest(), size)
            # A product of two and a sum of so many terms: each rounds once.
            lost += (terms + 3) * EPSILON
            strange[owner[_far_from_one(amount)]] = True
            if conversion is not None:
                np.add.at(stage, owner, amount * conversion[part])
            counts = inside.counts(part)
            group = np.zeros(len(owner), np.intp) if bill is None else bill[owner]
            opened += np.bincount(group, counts, minlength=len(opened)).astype(np.intp)
            if (opened > MAX_OPENED).any():
                beyond = opened[group] > MAX_OPENED
                too_many[owner[beyond]] = True
                owner, part, amount, counts = owner[~beyond], part[~beyond], amount[~beyond], counts[~beyond]
            done.append(inside.open(owner, part, amount, counts))
        owner, part, amount, terms = _merged(done, size)
    lost += (terms + 3) * EPSILON
    strange[owner[_far_from_one(amount)]] = True
    return OpenedLines(owner, part, amount, stage, strange, too_many, lost)


_Triple = tuple[Whole, Whole, Floats]
"""Goods, the parts that they take, and how much of each."""


class _Inside:
    """What stands under phantoms and in-house stages, and which of these wait to be opened, by their height."""

    def __init__(self, size: int, parent: Whole, child: Whole, quantity: Floats, explodes: Flags) -> None:
        lines = np.flatnonzero(explodes[parent])
        lines = lines[np.argsort(parent[lines], kind="stable")]
        self._starts = np.searchsorted(parent[lines], np.arange(size + 1))
        self._child, self._quantity, self._explodes = child[lines], quantity[lines], explodes
        nested = explodes[self._child]
        self._height = heights(size, parent[lines][nested], self._child[nested])[0]
        self.waiting: dict[int, list[_Triple]] = {}

    def wait(self, owner: Whole, part: Whole, amount: Floats) -> None:
        """Keep lines until it is their part's turn."""
        height = self._height[part]
        for level in np.unique(height).tolist():
            here = height == level
            self.waiting.setdefault(level, []).append((owner[here], part[here], amount[here]))

    def highest(self) -> list[_Triple]:
        """Return the lines whose parts are the highest, which wait no longer: nothing more can come to them."""
        return self.waiting.pop(max(self.waiting))

    def counts(self, part: Whole) -> Whole:
        """Return how many lines each part holds."""
        return self._starts[part + 1] - self._starts[part]

    def open(self, owner: Whole, part: Whole, amount: Floats, counts: Whole) -> _Triple:
        """Return what the parts hold as lines of their owners; what explodes again waits."""
        lines = ranges(self._starts[part], counts)
        owner, amount = np.repeat(owner, counts), np.repeat(amount, counts) * self._quantity[lines]
        below = self._child[lines]
        deeper = self._explodes[below]
        self.wait(owner[deeper], below[deeper], amount[deeper])
        return owner[~deeper], below[~deeper], amount[~deeper]


def _far_from_one(amount: Floats) -> Flags:
    """Return which amounts are so far from one, or none at all, that their range must be looked at."""
    return ~((amount < SAFELY) & (amount > 1 / SAFELY))


def _merged(found: list[_Triple], size: int) -> tuple[Whole, Whole, Floats, int]:
    """Return pairs of good and part with the sum of their quantities, and the most terms of a sum."""
    owner, part, amount = (np.concatenate(each) for each in zip(*found, strict=True))
    pairs, which, counts = np.unique(owner * size + part, return_inverse=True, return_counts=True)
    sums = np.bincount(which, amount, len(pairs)).astype(float)
    return pairs // size, pairs % size, sums, int(counts.max(initial=0))
