"""A synthetic multi-level bill as plain columns, for sizes at which documents of records take too long to make."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEVELS, USES_EACH = 11, 3


class Columns(NamedTuple):
    """Parents and children of all uses by part number, quantities, and of each part: unit price (nan: none), where it is made
    (2 Indonesia, 1 abroad), credit of its certificate (0: none), whether it is made by known facts."""

    parts: int
    parent: NDArray[np.intp]
    child: NDArray[np.intp]
    quantity: NDArray[np.float64]
    price: NDArray[np.float64]
    origin: NDArray[np.int8]
    certificate: NDArray[np.int8]


def columns(parts: int, seed: int = 1) -> Columns:
    """About three uses a part on eleven levels; half of the parts above the lowest level roll up, three in ten are imported,
    three in ten of the others certified. The product is part 0."""
    chance = np.random.default_rng(seed)
    level = np.concatenate(([0], 1 + (LEVELS - 1) * np.arange(1, parts) // (parts - 1)))
    first = np.searchsorted(level, np.arange(LEVELS + 2))
    parent = np.repeat(np.flatnonzero(level < LEVELS), USES_EACH)
    low = first[level[parent] + 1]
    child = low + (chance.random(len(parent)) * (parts - low)).astype(np.intp)
    pairs = np.unique(parent * parts + child)
    parent, child = pairs // parts, pairs % parts
    unused = np.setdiff1d(np.arange(1, parts), child)
    parent = np.concatenate((parent, np.zeros(len(unused), np.intp)))
    child = np.concatenate((child, unused))
    quantity = chance.choice([1.0, 2.0, 4.0, 0.5], len(parent))
    price = chance.integers(1_000, 9_000_000, parts) / 100
    price[(chance.random(parts) < 0.5) & (level < LEVELS)] = np.nan
    price[0] = np.nan
    origin = np.where(chance.random(parts) < 0.7, 2, 1).astype(np.int8)
    origin[0] = 2
    certificate = np.where((origin == 2) & (chance.random(parts) < 0.3), chance.integers(1, 6, parts), 0).astype(
        np.int8
    )
    certificate[0] = 0
    return Columns(parts, parent, child, quantity, price, origin, certificate)
