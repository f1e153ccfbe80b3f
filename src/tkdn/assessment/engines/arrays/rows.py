"""Rows of values in variants: by variant and place, found again; parts in a variant, and the lines that a moved part reaches."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tkdn.bom.compiled import Flags, Floats, Whole


class Rows:
    """Rows of values, found again by variant and place."""

    def __init__(self, of: tuple[Whole, Whole], size: int) -> None:
        """Sort the rows by their keys.

        Args:
            of: the variant of each row, and its place or line.
            size: how many places or lines there are.
        """
        keys = of[0] * size + of[1]
        self.order = np.argsort(keys, kind="stable")
        self.keys = keys[self.order]

    def find(self, keys: Whole) -> tuple[Whole, Flags]:
        """Return for each key the row that holds it, and whether there is one."""
        if not len(self.keys):
            return np.zeros(len(keys), np.intp), np.zeros(len(keys), bool)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return self.order[at], self.keys[at] == keys


@dataclass(frozen=True, eq=False)
class Pairs:
    """Parts in a variant: their new cost, its relative error, their row of the credit tables and potential credit."""

    variant: Whole
    place: Whole
    cost: Floats
    error: Floats
    state: Whole
    potential: Floats


@dataclass(frozen=True, eq=False)
class Reached:
    """Lines of the goods above that take a moved part: one row a variant and line, with the part as it is now."""

    variant: Whole
    line: Whole
    cost: Floats
    error: Floats
    state: Whole
    potential: Floats

    def of(self, rows: Whole | Flags) -> Reached:
        """Return some of the rows, by their numbers or by marks."""
        return Reached(*(getattr(self, each.name)[rows] for each in fields(self)))

    @staticmethod
    def joined(found: list[Reached]) -> Reached:
        """Return the rows of several as one."""
        if len(found) == 1:
            return found[0]
        return Reached(*(np.concatenate([getattr(one, each.name) for one in found]) for each in fields(Reached)))
