"""One bottom-up walk over the compiled bill: costs, credits and the products' figures, in one or in many columns.

The rules are those of `tkdn.assessment.engines.credit_walk`: credits come from tables that the rule itself filled, values are
banded as there. A float decides nothing that lies within its error of a legal edge: such parts are handed to `Exactly`, and
counted.

An own value is w x credited / total + a constant. Both sums have positive terms only, so each has at most the relative error
`slack` of its level (one rounding a term, some for price, rate and quantity, and what came from the level below); the credits
are at most 100 percent, so the value is within 2 x slack x 100 percent of the exact one, and `SAFETY` doubles that for the
constant that is added. Inside the range of `tkdn.bom.range` nothing overflows or vanishes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tkdn.assessment.engines.arrays.facts import FactArrays
from tkdn.assessment.engines.arrays.tables import MATERIAL, NOT_ALL, Material, Tables, tables
from tkdn.bom.compiled import Flags, Floats, Whole
from tkdn.bom.costing import CompiledBill, add_up, by_column, costs, main_costs, out_of_range
from tkdn.method.goods import PERCENT, GoodsRules

SAFETY = 4 * PERCENT
"""Errors in percent for one of relative error: of a ratio of two sums, twice over (see above)."""

Exactly = Callable[[int, Floats], float]
"""The credit of the part in a place by its own value, computed exactly from the potential credits below it."""


@dataclass(frozen=True, eq=False)
class Walked:
    """The results of the walk, by place (and column).

    Attributes:
        cost: of one unit.
        line_cost: of each line.
        total: over main lines; nan where one has no cost.
        state: the row of the tables.
        today: credit as it is.
        best_case: credit with the unknown at its best.
        potential: credit if it were certified.
        near: which parts lay near an edge.
    """

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
        """The tables of the regulation's rules."""
        return tables(self.rules)

    @cached_property
    def made_here(self) -> Flags:
        """True for each part that is made in Indonesia."""
        return self.tables.domestic[self.state]

    @cached_property
    def today(self) -> Floats:
        """Today's credit of each part."""
        return self.tables.today[self.state]

    @cached_property
    def best_case(self) -> Floats:
        """The credit if everything unknown turned out as well as it can."""
        return self.tables.best_case[self.state]


def walk(
    bill: CompiledBill,
    facts: FactArrays,
    rules: GoodsRules,
    exactly: Exactly | None = None,
    price: Floats | None = None,
) -> Walked:
    """Walk the bill once.

    Args:
        bill: the compiled bill.
        facts: the facts of its parts, by place.
        rules: the values of the regulation.
        exactly: decides parts near an edge by exact numbers; without it they are only marked.
        price: other prices by place, in columns for variants; they go without `exactly`.
    """
    stated = bill.price if price is None else price
    shape, by, many = bill.structure, tables(rules), stated.ndim > 1
    cost, line_cost, total = bill.costs if price is None else costs(bill, stated)
    material, domestic = raw_material(bill, facts, rules)
    state = facts.code.astype(np.intp) * MATERIAL + material
    potential = np.repeat(by.today[state][:, None], stated.shape[1], axis=1) if many else by.today[state]
    near = np.zeros(potential.shape, bool)
    terms, beside = rules.float_terms, points_beside(facts, rules)
    counts = by_column(facts.certifiable & domestic, total) & (total != 0) & ~np.isnan(total)
    beside = by_column(beside, total)
    with np.errstate(over="ignore", invalid="ignore"):
        factor = np.divide(terms.material, total, out=np.full(total.shape, np.nan), where=counts)
        for level in shape.levels:
            parts = level.parts
            if not counts[parts].any():
                continue
            credited = main_costs(bill, level, line_cost) * potential[shape.child[level.lines]]
            own = add_up(shape, level, credited)
            own *= factor[parts]  # the formula of the terms, with the division by the cost done once
            own += beside[parts]
            between = by.between(terms.capped(own), level.slack * SAFETY)
            here = potential[parts]
            np.maximum(here, by.earned_between[between], out=here)
            doubt = (between & 1).astype(bool)
            if doubt.any():
                near[parts] = doubt
                if exactly is not None and not many:
                    for at in (np.flatnonzero(doubt) + parts.start).tolist():
                        potential[at] = max(float(by.today[state[at]]), exactly(at, potential))
    if exactly is None:
        near |= out_of_range(bill, cost, line_cost)
    return Walked(bill, facts, rules, cost, line_cost, total, material, domestic, state, potential, near)


def points_beside(facts: FactArrays, rules: GoodsRules) -> Floats:
    """Return what labour, overhead and brainware give in a good's own value, in points; nan if a fact is missing."""
    found: Floats = rules.float_terms.beside(facts.labour, facts.overhead, facts.brainware)
    return found


def raw_material(bill: CompiledBill, facts: FactArrays, rules: GoodsRules) -> tuple[Material, Flags]:
    """Return of each part whether all its raw material is domestic, and whether any line is."""
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
