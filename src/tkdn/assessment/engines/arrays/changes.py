"""Changes of variants, and the walked bill that they are added to."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tkdn.assessment.engines.arrays.facts import FactArrays
from tkdn.assessment.engines.arrays.figures import Sums, sums
from tkdn.assessment.engines.arrays.walk import Walked
from tkdn.bom.compiled import Flags, Floats, Whole

NONE: Whole = np.zeros(0, np.intp)


@dataclass(frozen=True, eq=False)
class SparseChanges:
    """The changes of the variants: by rows, each with its variant and the place of the part or the number of the line."""

    price_of: tuple[Whole, Whole] = (NONE, NONE)
    price: Floats = field(default_factory=lambda: np.zeros(0))
    quantity_of: tuple[Whole, Whole] = (NONE, NONE)
    quantity: Floats = field(default_factory=lambda: np.zeros(0))
    facts_of: tuple[Whole, Whole] = (NONE, NONE)
    facts: FactArrays | None = None


@dataclass(frozen=True, eq=False)
class Base:
    """A walked bill with what it counts by place, so that variants can add to it.

    By place: the sum of cost x potential credit over main lines, lines, lines made in Indonesia, lines that are (or may be)
    domestic raw material, the level of each part.
    """

    walked: Walked
    credited: Floats
    lines: Whole
    domestic: Whole
    home: Whole
    perhaps: Whole
    level_of: Whole
    sums: Sums

    @classmethod
    def of(cls, walked: Walked) -> Base:
        """Return the base of a walk in one column."""
        bill, table = walked.bill, walked.tables
        shape = bill.structure
        size, parent, child = shape.size, shape.parent, shape.child

        def count(each: Flags) -> Whole:
            return np.bincount(parent, each[child].astype(float), minlength=size).astype(np.intp)

        weights = np.where(bill.line_main, walked.line_cost, 0) * walked.potential[child]
        level_of = np.zeros(size, np.intp)
        for number, level in enumerate(shape.levels, 1):
            level_of[level.parts] = number
        return cls(
            walked,
            np.bincount(parent, weights, minlength=size).astype(float),
            np.bincount(parent, minlength=size),
            count(walked.made_here),
            count(table.certainly_domestic[walked.state]),
            count(table.possibly_domestic[walked.state]),
            level_of,
            sums(walked),
        )
