"""A compiled bill, its costs in arrays (of units, of lines, over main lines; in one or many columns), and their range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tkdn.bom.compiled import Flags, Floats, Level, Structure, Whole
from tkdn.bom.range import SAFELY


@dataclass(frozen=True, eq=False)
class CompiledBill:
    """What the products take on the day, in arrays; immutable, and cheap to pickle.

    By place of `structure`: `price` (rupiah for one unit as stated; nan where none is), `conversion` (rupiah of making one unit,
    in-house stages included), `main`. `products`: places of what is assessed. `use`: index of the use that each line is, None
    where phantoms or in-house stages were `opened`. `unpriced_money`: whether money stands in a currency without a rate.
    """

    structure: Structure
    price: Floats
    conversion: Floats
    main: Flags
    products: Whole
    day: date
    use: Whole | None = None
    unpriced_money: bool = False

    @cached_property
    def line_main(self) -> Flags:
        """Whether each line takes a main component."""
        return self.main[self.structure.child]

    @cached_property
    def all_main(self) -> bool:
        """Whether every line takes a main component."""
        return bool(self.line_main.all())

    @cached_property
    def costs(self) -> tuple[Floats, Floats, Floats]:
        """Unit cost of each part, cost of each line, and the sum over main lines of each part."""
        return costs(self, self.price)

    @property
    def in_range(self) -> bool:
        """Whether every cost is so near to one that its range need not be looked at."""
        return not out_of_range(self, *self.costs[:2]).any()

    @property
    def opened(self) -> bool:
        """Whether lines of phantoms or in-house stages were opened into their parents'."""
        return self.use is None


def by_column(each: NDArray[Any], like: Floats) -> NDArray[Any]:
    """What is the same for all columns, to meet what has columns."""
    return each if like.ndim == 1 else each[:, None]


def add_up(shape: Structure, level: Level, lines: NDArray[Any]) -> Floats:
    """The sum over the lines of each part of a level."""
    if lines.ndim > 1:
        columns: Floats = np.add.reduceat(lines, level.starts, axis=0)
        return columns
    parts = level.parts
    return np.bincount(shape.parent[level.lines] - parts.start, lines, parts.stop - parts.start).astype(
        float, copy=False
    )


def costs(bill: CompiledBill, price: Floats) -> tuple[Floats, Floats, Floats]:
    """Unit cost of each part, cost of each line, and the sum over main lines: a stated price, else the roll-up."""
    shape = bill.structure
    cost = price.copy()
    line_cost = np.empty((len(shape.child), *price.shape[1:]))
    total = np.full(price.shape, np.nan)
    quantity, conversion = by_column(shape.quantity, price), by_column(bill.conversion, price)
    unpriced = np.isnan(price)
    with np.errstate(over="ignore", invalid="ignore"):
        for level in shape.levels:
            parts, lines = level.parts, line_cost[level.lines]
            np.multiply(quantity[level.lines], cost[shape.child[level.lines]], out=lines)
            whole = add_up(shape, level, lines)
            total[parts] = whole if bill.all_main else add_up(shape, level, main_costs(bill, level, line_cost))
            np.copyto(cost[parts], whole + conversion[parts], where=unpriced[parts])
    return cost, line_cost, total


def main_costs(bill: CompiledBill, level: Level, line_cost: Floats) -> Floats:
    """The costs of the lines of a level, 0 for what is not main."""
    lines = line_cost[level.lines]
    return lines if bill.all_main else np.where(by_column(bill.line_main[level.lines], lines), lines, 0)


def out_of_range(bill: CompiledBill, cost: Floats, line_cost: Floats) -> Flags:
    """Return which parts have a cost, or a line with a cost, that is so far from one that its range must be looked at.

    One pass for the extremes decides for ordinary bills.
    """
    found = _strange(cost)
    lines = _strange(line_cost)
    if lines.any():
        np.logical_or.at(found, bill.structure.parent, lines)
    return found


def _strange(values: Floats) -> Flags:
    if values.size and np.fmin.reduce(values, axis=None) > 1 / SAFELY and np.fmax.reduce(values, axis=None) < SAFELY:
        return np.zeros(values.shape, bool)
    # A cost of nothing has vanished: prices and quantities are above zero.
    strange: Flags = ~((values > 1 / SAFELY) & (values < SAFELY)) & ~np.isnan(values)
    return strange
