"""One bottom-up walk over the compiled bill: costs, credits and the products' figures, in one or in many columns.

The rules are those of `tkdn.assessment.walk`: credits come from tables that the rule itself filled, values are banded as there. A
float decides nothing that lies within its error of a legal edge: such parts are handed to `Exactly`, and counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tkdn.assessment.arrays.facts import FactArrays
from tkdn.assessment.arrays.tables import MATERIAL, NOT_ALL, Material, Tables, tables
from tkdn.bom.columns import CompiledBill
from tkdn.bom.compiled import Flags, Floats, Level, Structure, Whole
from tkdn.method.goods import PERCENT, GoodsRules

SAFETY = 4 * PERCENT
"""Errors in percent for one of relative error: of a ratio of two sums, twice over."""
LEAST, MOST = 1e-200, 1e200
"""Sums beyond these may have lost digits to the range of floats."""

Exactly = Callable[[int, Floats], float]
"""The credit of the part in a place by its own value, worked out exactly from the potential credits below it."""


@dataclass(frozen=True, eq=False)
class Walked:
    """What the walk found, by place (and column): `cost` of one unit, `line_cost` of each line, `total` over main lines (nan
    where one has no cost), `state`: the row of the tables, `low`, `high`, `potential` credits, which parts lay `near` an edge."""

    bill: CompiledBill
    facts: FactArrays
    rules: GoodsRules
    cost: Floats
    line_cost: Floats
    total: Floats
    material: Material
    domestic: Flags
    state: Whole
    potential: Floats
    near: Flags

    @cached_property
    def tables(self) -> Tables:
        return tables(self.rules)

    @cached_property
    def made_here(self) -> Flags:
        """Whether each part is made in Indonesia."""
        return self.tables.domestic[self.state]

    @cached_property
    def low(self) -> Floats:
        """Today's credit of each part."""
        return self.tables.low[self.state]

    @cached_property
    def high(self) -> Floats:
        """The credit if everything unknown turned out as well as it can."""
        return self.tables.high[self.state]


def walk(
    bill: CompiledBill,
    facts: FactArrays,
    rules: GoodsRules,
    exactly: Exactly | None = None,
    price: Floats | None = None,
) -> Walked:
    """Walk the bill once. `price`: other prices by place, in columns for variants (then nothing is worked out `exactly`, and
    parts near an edge are only marked)."""
    stated = bill.price if price is None else price
    shape, by, many = bill.structure, tables(rules), stated.ndim > 1
    cost, line_cost, total = costs(bill, stated)
    material, domestic = raw_material(bill, facts, rules)
    state = facts.code.astype(np.intp) * MATERIAL + material
    potential = np.repeat(by.low[state][:, None], stated.shape[1], axis=1) if many else by.low[state]
    near = np.zeros(potential.shape, bool)
    by_material, beside = own_terms(facts, rules)
    limit = float(rules.limit)
    counts = _by_column(facts.certifiable & domestic, total) & (total != 0) & ~np.isnan(total)
    out_of_range = counts & ~((total > LEAST) & (total < MOST))
    strange = bool(out_of_range.any())
    beside = _by_column(beside, total)
    with np.errstate(over="ignore", invalid="ignore"):
        factor = np.divide(by_material, total, out=np.full(total.shape, np.nan), where=counts)
        for level in shape.levels:
            parts = level.parts
            if not counts[parts].any():
                continue
            credited = _main(bill, level, line_cost) * potential[shape.child[level.lines]]
            own = add_up(shape, level, credited)
            own *= factor[parts]
            own += beside[parts]
            np.minimum(own, limit, out=own)
            between = by.between(own, level.slack * SAFETY)
            here = potential[parts]
            np.maximum(here, by.earned_between[between], out=here)
            doubt = (between & 1).astype(bool)
            if strange:
                doubt |= out_of_range[parts]
            if doubt.any():
                near[parts] = doubt
                if exactly is not None and not many:
                    for at in (np.flatnonzero(doubt) + parts.start).tolist():
                        potential[at] = max(float(by.low[state[at]]), exactly(at, potential))
    return Walked(bill, facts, rules, cost, line_cost, total, material, domestic, state, potential, near)


def _by_column(each: NDArray[Any], like: Floats) -> NDArray[Any]:
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


def own_terms(facts: FactArrays, rules: GoodsRules) -> tuple[float, Floats]:
    """How much one percent of material counts in a value, and what labour, overhead and brainware give beside it."""
    material, by_labour, by_overhead = (float(weight) / PERCENT for weight in rules.weights)
    beside = by_labour * facts.labour
    beside += by_overhead * facts.overhead
    beside += facts.brainware
    return material, beside


def costs(bill: CompiledBill, price: Floats) -> tuple[Floats, Floats, Floats]:
    """Unit cost of each part, cost of each line, and the sum over main lines: a stated price, else the roll-up."""
    shape = bill.structure
    cost = price.copy()
    line_cost = np.empty((len(shape.child), *price.shape[1:]))
    total = np.full(price.shape, np.nan)
    quantity, conversion = _by_column(shape.quantity, price), _by_column(bill.conversion, price)
    unpriced = np.isnan(price)
    with np.errstate(over="ignore", invalid="ignore"):
        for level in shape.levels:
            parts, lines = level.parts, line_cost[level.lines]
            np.multiply(quantity[level.lines], cost[shape.child[level.lines]], out=lines)
            whole = add_up(shape, level, lines)
            total[parts] = whole if bill.all_main else add_up(shape, level, _main(bill, level, line_cost))
            np.copyto(cost[parts], whole + conversion[parts], where=unpriced[parts])
    return cost, line_cost, total


def _main(bill: CompiledBill, level: Level, line_cost: Floats) -> Floats:
    """The costs of the lines of a level, 0 for what is not main."""
    lines = line_cost[level.lines]
    return lines if bill.all_main else np.where(_by_column(bill.line_main[level.lines], lines), lines, 0)


def raw_material(bill: CompiledBill, facts: FactArrays, rules: GoodsRules) -> tuple[Material, Flags]:
    """Of each part: whether all its raw material is domestic, and whether any line is."""
    shape, by = bill.structure, tables(rules)
    material = np.full(shape.size, NOT_ALL, np.int8)
    domestic = np.zeros(shape.size, bool)
    base = facts.code.astype(np.intp) * MATERIAL
    made_here, lack = by.domestic[base], by.lack[base]
    for level in shape.levels:
        child = shape.child[level.lines]
        domestic[level.parts] = add_up(shape, level, made_here[child]) > 0
        found = by.material(add_up(shape, level, lack[child]))
        material[level.parts] = found
        if not rules.judged_by_country:
            lack[level.parts] = by.lack[base[level.parts] + found]
    return material, domestic
