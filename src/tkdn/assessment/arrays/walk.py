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
from tkdn.assessment.arrays.tables import ALL, MATERIAL, NOT_ALL, PERHAPS_ALL, Tables, tables
from tkdn.bom.columns import CompiledBill
from tkdn.bom.compiled import Flags, Floats, Level, Whole
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
    where one has no cost), `low`, `high`, `potential` credits, and which parts lay `near` an edge."""

    bill: CompiledBill
    facts: FactArrays
    rules: GoodsRules
    cost: Floats
    line_cost: Floats
    total: Floats
    material: Whole
    domestic: Flags
    potential: Floats
    near: Flags

    @cached_property
    def tables(self) -> Tables:
        return tables(self.rules)

    @cached_property
    def state(self) -> Whole:
        """The row of the tables for each part."""
        return self.facts.code.astype(np.intp) * MATERIAL + self.material

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
    cost, line_cost, total = costs(bill, stated)
    material, domestic = raw_material(bill, facts, rules)
    shape = tables(rules)
    state = facts.code.astype(np.intp) * MATERIAL + material
    low = shape.low[state]
    many = stated.ndim > 1
    potential = np.repeat(low[:, None], stated.shape[1], axis=1) if many else low.copy()
    near = np.zeros(potential.shape, bool)
    open_to_own = facts.certifiable & domestic
    by_material, beside = own_terms(facts, rules)
    limit = float(rules.limit)
    columns: Callable[[NDArray[Any]], NDArray[Any]] = (lambda each: each[:, None]) if many else (lambda each: each)
    for level in bill.structure.levels:
        eligible = open_to_own[level.parts]
        if not eligible.any():
            continue
        weights = _main(bill, level, line_cost)
        credited = np.add.reduceat(weights * potential[bill.structure.child[level.lines]], level.starts, axis=0)
        of = total[level.parts]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            own = credited / of
            own *= by_material
            own += columns(beside[level.parts])
        np.minimum(own, limit, out=own)
        tolerance = level.slack * SAFETY
        band = np.searchsorted(shape.thresholds, own, "right")
        counts = columns(eligible) & ~np.isnan(of)
        counts &= of != 0
        doubt = np.searchsorted(shape.thresholds, own + tolerance, "right") != np.searchsorted(
            shape.thresholds, own - tolerance, "right"
        )
        doubt |= ~((of > LEAST) & (of < MOST))
        doubt &= counts
        earned = np.where(counts, shape.earned[band], 0)
        np.maximum(potential[level.parts], earned, out=potential[level.parts])
        if doubt.any():
            near[level.parts] = doubt
            if exactly is not None and not many:
                for at in (np.flatnonzero(doubt) + level.parts.start).tolist():
                    potential[at] = max(low[at], exactly(at, potential))
    return Walked(bill, facts, rules, cost, line_cost, total, material, domestic, potential, near)


def own_terms(facts: FactArrays, rules: GoodsRules) -> tuple[float, Floats]:
    """How much one percent of material counts in a value, and what labour, overhead and brainware give beside it."""
    material, by_labour, by_overhead = (float(weight) / PERCENT for weight in rules.weights)
    return material, by_labour * facts.labour + by_overhead * facts.overhead + facts.brainware


def costs(bill: CompiledBill, price: Floats) -> tuple[Floats, Floats, Floats]:
    """Unit cost of each part, cost of each line, and the sum over main lines: a stated price, else the roll-up."""
    shape = bill.structure
    cost = price.copy()
    line_cost = np.empty((len(shape.child), *price.shape[1:]))
    total = np.full(price.shape, np.nan)
    quantity = shape.quantity if price.ndim == 1 else shape.quantity[:, None]
    conversion = bill.conversion if price.ndim == 1 else bill.conversion[:, None]
    with np.errstate(over="ignore", invalid="ignore"):
        for level in shape.levels:
            lines = line_cost[level.lines]
            np.multiply(quantity[level.lines], cost[shape.child[level.lines]], out=lines)
            whole = np.add.reduceat(lines, level.starts, axis=0)
            main = bill.line_main[level.lines]
            total[level.parts] = (
                whole if main.all() else np.add.reduceat(_main(bill, level, line_cost), level.starts, axis=0)
            )
            here = cost[level.parts]
            np.copyto(here, whole + conversion[level.parts], where=np.isnan(here))
    return cost, line_cost, total


def _main(bill: CompiledBill, level: Level, line_cost: Floats) -> Floats:
    """The costs of the lines of a level, 0 for what is not main."""
    main = bill.line_main[level.lines]
    lines = line_cost[level.lines]
    if main.all():
        return lines
    return np.where(main if lines.ndim == 1 else main[:, None], lines, 0)


def raw_material(bill: CompiledBill, facts: FactArrays, rules: GoodsRules) -> tuple[Whole, Flags]:
    """Of each part: whether all its raw material is domestic, and whether any line is."""
    shape, by = bill.structure, tables(rules)
    material = np.full(shape.size, NOT_ALL)
    domestic = np.zeros(shape.size, bool)
    if not shape.levels:
        return material, domestic
    base = facts.code.astype(np.intp) * MATERIAL
    home_low, home_high = by.home_low[base], by.home_high[base]
    made_here = by.domestic[base]
    whole = Level(slice(shape.levels[0].parts.start, shape.size), slice(0, len(shape.child)), _all_starts(bill), 0.0)
    domestic[whole.parts] = np.logical_or.reduceat(made_here[shape.child], whole.starts)
    for level in (whole,) if rules.judged_by_country else shape.levels:
        child = shape.child[level.lines]
        sure = np.logical_and.reduceat(home_low[child], level.starts)
        perhaps = np.logical_and.reduceat(home_high[child], level.starts)
        material[level.parts] = np.where(sure, ALL, np.where(perhaps, PERHAPS_ALL, NOT_ALL))
        state = base[level.parts] + material[level.parts]
        home_low[level.parts], home_high[level.parts] = by.home_low[state], by.home_high[state]
    return material, domestic


def _all_starts(bill: CompiledBill) -> Whole:
    """First line of every part that has lines."""
    return np.concatenate([level.starts + level.lines.start for level in bill.structure.levels])
