"""Lines of many goods with phantoms and in-house stages opened, in arrays (see `tkdn.bom.opening` for one good, exactly)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tkdn.bom.compiled import EPSILON, Flags, Floats, Whole, heights, ranges
from tkdn.bom.opening import MOST_OPENED
from tkdn.bom.range import SAFELY


class Opened(NamedTuple):
    """Lines with phantoms and in-house stages opened.

    `stage`: rupiah of making the stages in one unit of each part. `strange`: goods with a quantity on the way that is far from
    one, to be looked at by `tkdn.bom.range`. `too_many`: those whose lines are more than `MOST_OPENED`, left unopened.
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
    opens: Flags,
    conversion: Floats | None = None,
    bill: Whole | None = None,
) -> Opened:
    """Count lines under a phantom or an in-house stage as its parent's, two lines of one pair added up.

    Opened parts are taken from the highest down, so that each is complete when its turn comes and is visited once a good: nested
    ones do not multiply. `bill`: which bill each part belongs to, if there are several; each may open `MOST_OPENED` lines.
    """
    stage, strange, too_many = np.zeros(size), np.zeros(size, bool), np.zeros(size, bool)
    if not opens.any():
        return Opened(parent, child, quantity, stage, strange, too_many, 0.0)
    inner = np.flatnonzero(opens[parent])
    inner = inner[np.argsort(parent[inner], kind="stable")]
    starts = np.searchsorted(parent[inner], np.arange(size + 1))
    inner_child, inner_quantity = child[inner], quantity[inner]
    nested = opens[inner_child]
    height = heights(size, parent[inner][nested], inner_child[nested])[0]
    keep = ~opens[parent]
    into = keep & opens[child]
    done = [(parent[keep & ~into], child[keep & ~into], quantity[keep & ~into])]
    waiting: dict[int, list[tuple[Whole, Whole, Floats]]] = {}

    def wait(owner: Whole, part: Whole, amount: Floats) -> None:
        at = height[part]
        for level in np.unique(at).tolist():
            here = at == level
            waiting.setdefault(level, []).append((owner[here], part[here], amount[here]))

    wait(parent[into], child[into], quantity[into])
    opened = np.zeros(1 if bill is None else int(bill.max()) + 1, np.intp)
    lost = 0.0
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        while waiting:
            owner, part, amount, terms = _merged(waiting.pop(max(waiting)), size)
            # A product of two and a sum of so many terms: each rounds once.
            lost += (terms + 3) * EPSILON
            strange[owner[~((amount < SAFELY) & (amount > 1 / SAFELY))]] = True
            if conversion is not None:
                np.add.at(stage, owner, amount * conversion[part])
            counts = starts[part + 1] - starts[part]
            group = np.zeros(len(owner), np.intp) if bill is None else bill[owner]
            opened += np.bincount(group, counts, minlength=len(opened)).astype(np.intp)
            if (opened > MOST_OPENED).any():
                beyond = opened[group] > MOST_OPENED
                too_many[owner[beyond]] = True
                owner, part, amount, counts = owner[~beyond], part[~beyond], amount[~beyond], counts[~beyond]
            at = ranges(starts[part], counts)
            owner, amount = np.repeat(owner, counts), np.repeat(amount, counts) * inner_quantity[at]
            below = inner_child[at]
            deeper = opens[below]
            done.append((owner[~deeper], below[~deeper], amount[~deeper]))
            wait(owner[deeper], below[deeper], amount[deeper])
        owner, part, amount, terms = _merged(done, size)
    lost += (terms + 3) * EPSILON
    strange[owner[~((amount < SAFELY) & (amount > 1 / SAFELY))]] = True
    return Opened(owner, part, amount, stage, strange, too_many, lost)


def _merged(found: list[tuple[Whole, Whole, Floats]], size: int) -> tuple[Whole, Whole, Floats, int]:
    """Return pairs of good and part with the sum of their quantities, and the most terms of a sum."""
    owner, part, amount = (np.concatenate(each) for each in zip(*found, strict=True))
    pairs, which, counts = np.unique(owner * size + part, return_inverse=True, return_counts=True)
    sums = np.bincount(which, amount, len(pairs)).astype(float)
    return pairs // size, pairs % size, sums, int(counts.max(initial=0))
