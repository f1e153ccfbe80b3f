"""A bill's records as arrays on a day, and from them the compiled bill: structure, prices in rupiah, what is main."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import nan
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from tkdn.bom.bill import Bill
from tkdn.bom.compiled import Flags, Floats, Whole, ranges, structure
from tkdn.bom.costing import CompiledBill
from tkdn.bom.effective import effective
from tkdn.bom.money import RatesOn
from tkdn.bom.opened import open_lines
from tkdn.bom.opening import too_many_opened
from tkdn.bom.quantity import gross
from tkdn.bom.range import check_range

if TYPE_CHECKING:
    from tkdn.bom.model import Part


def compile_bill(bom: Bill, product: int, day: date) -> CompiledBill:
    """Return the bill for one product on a day.

    Raises:
        BomError: `number-too-large`, `opened-too-many`.
    """
    parts = bom.parts
    size = len(parts)
    uses, parent, child, quantity = _lines(bom, day)
    explodes = np.fromiter((part.phantom or part.in_house for part in parts), bool, size)
    reached = _reached(size, parent, child, product)
    if reached is not None:
        kept = reached[parent]
        uses, parent, child, quantity = uses[kept], parent[kept], child[kept], quantity[kept]
        explodes &= reached
    prices = Prices.of(bom, day)
    below = bom.graph.uses_of
    money = np.array([prices.of_part(part, alone=not below[at]) for at, part in enumerate(parts)]).reshape(-1, 2)
    price, conversion = money[:, 0].copy(), money[:, 1].copy()
    opened = open_lines(size, parent, child, quantity, explodes, conversion)
    if opened.too_many.any():
        raise too_many_opened(parts[int(np.flatnonzero(opened.too_many)[0])].id)
    goods = ~explodes if reached is None else ~explodes & reached
    shape = structure(size, opened.parent, opened.child, opened.quantity, goods, opened.lost)
    indexes = shape.indexes
    unpriced = bool(prices.without_rate) and any(
        prices.missing(parts[index]) for index in np.flatnonzero(goods | explodes).tolist()
    )
    bill = CompiledBill(
        shape,
        price[indexes],
        (conversion + opened.stage)[indexes],
        np.fromiter((part.main for part in parts), bool, size)[indexes],
        shape.place[[product]],
        day,
        None if explodes.any() else uses[shape.line],
        unpriced,
    )
    if opened.strange.any() or not bill.in_range:
        check_range(bom.graph, RatesOn(bom.rates, day, bom.currency), product)
    return bill


_OF_USE = itemgetter("quantity", "scrap", "unit", "valid_from", "valid_to", "alternative_to")


def gross_of(bom: Bill, index: int) -> float:
    """Return the gross quantity of a use, in the unit of the part that it takes."""
    use = bom.uses[index]
    return _gross(use.quantity, use.scrap, use.unit, bom.parts[bom.graph.child_of[index]].unit)


def _gross(amount: Decimal, scrap: Decimal, unit: str | None, into: str) -> float:
    up, down = gross(amount, scrap, unit, into)
    return up / down


def _lines(bom: Bill, day: date) -> tuple[Whole, Whole, Whole, Floats]:
    """Index, parent, child and gross quantity of every use that counts on the day."""
    uses, graph = bom.uses, bom.graph
    count = len(uses)
    parent = np.empty(count, np.intp)
    for index, under in enumerate(graph.uses_of):
        if under:
            parent[under] = index
    child = np.array(graph.child_of, np.intp)
    parts, amounts, by_day = bom.parts, [], set()
    for index, (amount, scrap, unit, start, end, other) in enumerate(map(_OF_USE, map(vars, uses))):
        if scrap or unit is not None:
            amounts.append(_gross(amount, scrap, unit, parts[graph.child_of[index]].unit))
        else:
            amounts.append(float(amount))
        if start is not None or end is not None or other is not None:
            by_day.add(int(parent[index]))
    indexes, quantity = np.arange(count), np.array(amounts)
    if by_day:
        keep = np.ones(count, bool)
        for good in by_day:
            under = graph.uses_of[good]
            keep[under] = False
            keep[effective(uses, under, day)] = True
        indexes, parent, child, quantity = indexes[keep], parent[keep], child[keep], quantity[keep]
    return indexes, parent, child, quantity


def _reached(size: int, parent: Whole, child: Whole, product: int) -> Flags | None:
    """The parts below the product, or None where that is all of them."""
    used = np.zeros(size, bool)
    used[child] = True
    if not used[product] and np.count_nonzero(used) == size - 1:
        return None
    order = np.argsort(parent, kind="stable")
    starts = np.searchsorted(parent[order], np.arange(size + 1))
    below = child[order]
    reached = np.zeros(size, bool)
    reached[product] = True
    front = np.array([product])
    while front.size:
        next_ = below[ranges(starts[front], starts[front + 1] - starts[front])]
        front = np.unique(next_[~reached[next_]])
        reached[front] = True
    return reached


class Prices:
    """Prices and conversion costs of parts in rupiah, as floats. `without_rate`: currencies met that have no rate on the day."""

    def __init__(self, rates: RatesOn) -> None:
        self.rates = rates
        self.rupiah: dict[str | None, float] = {}
        self.without_rate: set[str | None] = set()

    @classmethod
    def of(cls, bom: Bill, day: date) -> Prices:
        """By the rates of a bill that count on the day."""
        return cls(RatesOn(bom.rates, day, bom.currency))

    def of_part(self, part: Part, *, alone: bool) -> tuple[float, float]:
        """Return price and conversion cost of one unit; nan without a price, 0 without a cost.

        Args:
            part: the part.
            alone: whether the bill gives it no lines on any day; then its conversion cost is its price.
        """
        stated = part.price
        if stated is not None:
            price = float(stated.amount) * self._factor(stated.currency)
            return (price if stated.per == 1 else price / float(stated.per)), 0.0
        cost = part.conversion_cost
        if cost is None:
            return nan, 0.0
        conversion = float(cost.amount) * self._factor(cost.currency)
        return (conversion if alone and not part.in_house else nan), conversion

    def missing(self, part: Part) -> bool:
        """Whether its money stands in a currency without a rate on the day."""
        money = part.price or part.conversion_cost
        return money is not None and money.currency in self.without_rate

    def rate(self, currency: str) -> float:
        """Rupiah for one unit of a currency."""
        return self._factor(currency)

    def per(self, currency: str) -> float:
        """For how many units of a currency its rate is given."""
        latest = self.rates.latest.get(currency)
        return 1.0 if latest is None else float(latest.per)

    def _factor(self, currency: str | None) -> float:
        if currency not in self.rupiah:
            rate = self.rates.rupiah(currency or self.rates.default_currency)
            if rate is None:
                self.without_rate.add(currency)
            self.rupiah[currency] = nan if rate is None else float(rate)
        return self.rupiah[currency]
