"""Figures of many variants from columns of prices, rates, quantities and facts: by what they touch, or by walking columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np

from tkdn.assessment.engines.arrays.array_engine import ArrayEngine
from tkdn.assessment.engines.arrays.changes import SparseChanges
from tkdn.assessment.engines.arrays.facts import FactArrays
from tkdn.assessment.engines.arrays.figures import FigureArrays, Sums, figures
from tkdn.assessment.engines.arrays.variants import Variants
from tkdn.assessment.engines.arrays.walk import Walked, walk
from tkdn.bom.columns import Prices
from tkdn.bom.compiled import Floats, Whole

if TYPE_CHECKING:
    from tkdn.bom.bom import Bom

TOUCHED = 1 / 40
"""Where variants give another price to more than this share of the parts, whole columns are walked."""
COLUMNS = 16
AT_ONCE = 4_000
"""Variants computed together: what they touch stays in fast memory."""


@dataclass
class Plan:
    """The changes of `count` variants.

    Prices and rates in columns (nan: as in the bill), quantities by line, facts by rows.
    """

    count: int
    prices: dict[int, Floats] = field(default_factory=dict)
    """Amounts by number of the part, in its own currency and for as many units as its price is."""
    rates: dict[str, Floats] = field(default_factory=dict)
    quantities: dict[int, Floats] = field(default_factory=dict)
    """By line of the structure."""
    facts: list[tuple[Whole, Whole, FactArrays]] = field(default_factory=list)
    """Variants (rows), places and their facts: the same facts for all these variants."""


def figures_of(fast: ArrayEngine, bom: Bom, plan: Plan) -> FigureArrays:
    """Return the figures of every variant; `doubtful` ones are left to exact numbers."""
    places, prices = _prices(fast, bom, plan)
    plain = not plan.quantities and not plan.facts
    if plain and len(places) > TOUCHED * fast.bill.structure.size:
        parts = [_columns(fast, places, prices[start : start + COLUMNS]) for start in range(0, plan.count, COLUMNS)]
    else:
        parts = [
            _sparse(fast, places, prices, plan, start, min(start + AT_ONCE, plan.count))
            for start in range(0, plan.count, AT_ONCE)
        ]
    return FigureArrays(
        *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(FigureArrays))
    )


def _prices(fast: ArrayEngine, bom: Bom, plan: Plan) -> tuple[Whole, Floats]:
    """Return the places of the parts whose price a variant may change, and their rupiah by variant and part.

    Rupiah are nan where the price is as in the bill.
    """
    known = Prices.of(bom, fast.bill.day)
    structure = fast.bill.structure
    touched = set(plan.prices)
    if plan.rates:
        for number in structure.indexes.tolist():
            price = bom.parts[number].price
            if price is not None and (price.currency or bom.currency) in plan.rates:
                touched.add(number)
    numbers = sorted(number for number in touched if structure.place[number] >= 0)
    columns = np.full((plan.count, len(numbers)), np.nan)
    for at, number in enumerate(numbers):
        price = bom.parts[number].price
        amount = float("nan") if price is None else float(price.amount)
        currency, per = (bom.currency, 1.0) if price is None else (price.currency or bom.currency, float(price.per))
        given, rate = plan.prices.get(number), plan.rates.get(currency)
        rupiah = known.rate(currency)
        if given is None and rate is not None:
            columns[:, at] = amount * (rate / known.per(currency)) / per
        elif given is not None and rate is None:
            columns[:, at] = given * rupiah / per
        elif given is not None and rate is not None:
            factor = np.where(np.isnan(rate), rupiah, rate / known.per(currency))
            both_kept = np.isnan(given) & np.isnan(rate)
            columns[:, at] = np.where(both_kept, np.nan, np.where(np.isnan(given), amount, given) * factor / per)
    return structure.place[np.array(numbers, np.intp)], columns


def _sparse(fast: ArrayEngine, places: Whole, prices: Floats, plan: Plan, start: int, end: int) -> FigureArrays:
    """Return the figures of variants by what they touch."""
    block = prices[start:end]
    given = ~np.isnan(block) & (block != fast.bill.price[places])
    variant, column = np.nonzero(given)
    lines = [(line, values[start:end]) for line, values in plan.quantities.items()]
    line_rows = [(np.flatnonzero(~np.isnan(values)), line, values) for line, values in lines]
    quantity_of = (
        np.concatenate([rows for rows, _, _ in line_rows] or [np.zeros(0, np.intp)]),
        np.concatenate([np.full(len(rows), line) for rows, line, _ in line_rows] or [np.zeros(0, np.intp)]),
    )
    quantity = np.concatenate([values[rows] for rows, _, values in line_rows] or [np.zeros(0)])
    owners, fact_places, facts = _facts(plan.facts, start, end)
    changed = SparseChanges(
        (variant, places[column]), block[given], quantity_of, quantity, (owners, fact_places), facts
    )
    return Variants(fast.base, changed, end - start).run().figures


def _facts(
    rows: Sequence[tuple[Whole, Whole, FactArrays]], start: int, end: int
) -> tuple[Whole, Whole, FactArrays | None]:
    """Return the facts of a range of variants, one row a variant and place."""
    owners, places, columns = [], [], []
    for variants, at, facts in rows:
        here = variants[(variants >= start) & (variants < end)] - start
        owners.append(np.repeat(here, len(at)))
        places.append(np.tile(at, len(here)))
        columns.append(facts.at(np.tile(np.arange(len(at)), len(here))))
    if not owners:
        return np.zeros(0, np.intp), np.zeros(0, np.intp), None
    joined = (np.concatenate([getattr(each, one.name) for each in columns]) for one in fields(FactArrays))
    return np.concatenate(owners), np.concatenate(places), FactArrays(*joined)


def _columns(fast: ArrayEngine, places: Whole, prices: Floats) -> FigureArrays:
    """Return the figures of variants as columns of one walk."""
    stated = np.repeat(fast.bill.price[:, None], len(prices), axis=1)
    new = prices.T
    stated[places] = np.where(np.isnan(new), stated[places], new)
    walked = walk(fast.bill, fast.arrays, fast.facts.rules, price=stated)
    found = figures(_sums(fast, walked), _product_facts(fast, len(prices)), fast.facts.rules, fast.bill.structure.slack)
    found.doubtful[walked.near.any(axis=0)] = True
    return found


def _product_facts(fast: ArrayEngine, count: int) -> FactArrays:
    return fast.arrays.at(np.repeat(fast.bill.products, count))


def _sums(fast: ArrayEngine, walked: Walked) -> Sums:
    """Return the product's sums in every column."""
    base, bill = fast.base.sums, fast.bill
    lines = bill.structure.levels[-1].lines if bill.structure.levels else slice(0)
    child = bill.structure.child[lines]
    main = bill.line_main[lines].astype(float)
    weights = np.nan_to_num(walked.line_cost[lines])
    today, best_case = walked.today[child], walked.best_case[child]

    def spread(each: Whole) -> Whole:
        return np.repeat(each, weights.shape[1])

    return Sums(
        walked.total[bill.products[0]],
        (today * main) @ weights,
        (best_case * main) @ weights,
        np.einsum("lv,lv->v", weights * main[:, None], walked.potential[child]),
        (main * walked.tables.known[walked.state[child]]) @ weights,
        spread(base.open_lines),
        spread(base.lines),
        spread(base.domestic),
        spread(base.unknown_origin),
    )
