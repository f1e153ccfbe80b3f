"""A bill's figures at array speed: walked once, changed at the cost of the change; what a float cannot decide is exact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from tkdn.assessment.arrays.facts import FactArrays, fact_arrays
from tkdn.assessment.arrays.figures import Figures, figures, sums
from tkdn.assessment.arrays.variants import NONE, Base, Changed, Variants
from tkdn.assessment.arrays.walk import Walked, walk
from tkdn.assessment.deciding import decided_own
from tkdn.assessment.facts import Facts
from tkdn.bom.columns import Prices
from tkdn.bom.compiled import Flags, Floats, Whole
from tkdn.bom.costing import CompiledBill
from tkdn.bom.money import RatesOn
from tkdn.bom.range import check_range

if TYPE_CHECKING:
    from tkdn.bom.bom import Bom
    from tkdn.bom.changes import BillEdit
    from tkdn.bom.day import BillOnDay

Day = Callable[[], "BillOnDay"]


def with_lines(bill: CompiledBill) -> Flags:
    """Which places have lines, or are a product."""
    flags = np.zeros(bill.structure.size, bool)
    if bill.structure.levels:
        flags[bill.structure.levels[0].parts.start :] = True
    flags[bill.products] = True
    return flags


@dataclass(eq=False)
class Fast:
    """One compiled bill under one law. `day` gives its exact lines, asked for only where a part lies near a legal edge."""

    bill: CompiledBill
    facts: Facts
    arrays: FactArrays
    day: Day

    @classmethod
    def of(cls, bill: CompiledBill, facts: Facts, day: Day) -> Fast:
        """From the facts of the bill's parts."""
        return cls(bill, facts, fact_arrays(facts, bill.structure.numbers, with_lines(bill)), day)

    @cached_property
    def walked(self) -> Walked:
        """The bill walked; parts near an edge worked out exactly."""
        return walk(self.bill, self.arrays, self.facts.rules, self._exactly)

    @property
    def exact_parts(self) -> int:
        """How many parts lay so near a legal edge that they were worked out exactly."""
        return int(self.walked.near.sum())

    @cached_property
    def figures(self) -> Figures:
        """The product's figures."""
        products = self.arrays.at(self.bill.products)
        return figures(sums(self.walked), products, self.facts.rules, self.bill.structure.slack)

    @cached_property
    def base(self) -> Base:
        """What variants add to."""
        return Base.of(self.walked)

    def _exactly(self, place: int, potential: Floats) -> float:
        """Credit of a part by its own value, from the potential credits below it."""
        number, exact, of = int(self.bill.structure.numbers[place]), self.day(), self.bill.structure.place
        made = self.facts.make(number)
        if exact.weights[number] is None or not exact.total[number] or made.labour is None or made.overhead is None:
            return 0.0

        def sums(day: BillOnDay) -> tuple[int, int]:
            weights = [each for each in day.weights[number] or () if day.main[each[0]]]
            return sum(weight * int(potential[of[child]]) for child, weight in weights), day.total[number]

        return float(self.facts.rules.band(decided_own(self.facts.rules, made, exact, number, sums)))

    def changed(self, change: BillEdit[Bom], day: Day) -> Fast | None:
        """The bill with some values changed, worked out from this one; None where its lines are other lines."""
        if not change.same_lines or (change.uses and self.bill.opened):
            return None
        structure = self.bill.structure
        numbers = self._touched(change)
        if any(part.phantom or part.in_house for part in map(change.bom.parts.__getitem__, numbers.tolist())):
            return None
        places = structure.place[numbers]
        numbers, places = numbers[places >= 0], places[places >= 0]
        before, after = Prices.of(change.old, self.bill.day), Prices.of(change.bom, self.bill.day)
        price = self.bill.price.copy()
        for number, place in zip(numbers.tolist(), places.tolist(), strict=True):
            part = change.bom.parts[number]
            alone = not change.bom.graph.uses_of[number]
            price[place], conversion = after.of_part(part, alone=alone)
            old_price, old_conversion = before.of_part(change.old.parts[number], alone=alone)
            unpriced = isnan(price[place]) and not isnan(old_price)
            if unpriced or conversion != old_conversion or after.missing(part):
                return None
        facts = self.facts.changed(change.bom, numbers.tolist())
        rows = fact_arrays(facts, numbers, with_lines(self.bill)[places])
        arrays = self.arrays.with_rows(places, rows)
        lines, quantity, values = self._quantities(change, structure.quantity)
        bill = replace(self.bill, structure=replace(structure, quantity=quantity), price=price)
        new = Fast(bill, facts, arrays, day)
        zeros = np.zeros
        moved = (price[places] != self.bill.price[places]) & ~np.isnan(price[places])
        seeds = Changed(
            (zeros(int(moved.sum()), np.intp), places[moved]),
            price[places][moved],
            (zeros(len(lines), np.intp), lines),
            values,
            (zeros(len(places), np.intp), places),
            rows,
        )
        found = Variants(self.base, seeds, 1).run().figures
        if not found.doubtful[0]:
            new.__dict__["figures"] = found
        elif not bill.in_range:
            bom = change.bom
            rates = RatesOn(bom.rates, bill.day, bom.currency)
            check_range(bom.graph, rates, int(bill.structure.numbers[bill.products[0]]))
        return new

    def facts_only(self, change: BillEdit[Bom]) -> tuple[Whole, FactArrays] | None:
        """Places and facts of what changed, or None where prices, quantities or lines changed too."""
        if change.uses or change.rates_changed or not change.same_lines:
            return None
        for number in change.parts:
            old, new = change.old.parts[number], change.bom.parts[number]
            if old.in_house and old.certificates != new.certificates:
                return None
            if old.price != new.price or old.conversion_cost != new.conversion_cost:
                return None
        numbers = self._touched(change)
        places = self.bill.structure.place[numbers]
        numbers, places = numbers[places >= 0], places[places >= 0]
        facts = self.facts.changed(change.bom, numbers.tolist())
        return places, fact_arrays(facts, numbers, with_lines(self.bill)[places])

    def _touched(self, change: BillEdit[Bom]) -> Whole:
        """Numbers of the parts whose facts or price may be others: changed ones, those of changed makers, of changed rates."""
        touched = set(change.parts)
        shape = self.bill.structure
        for number in change.recoded:  # the tariff line of a good is told by the codes of its lines too
            place = shape.place[number]
            if place >= 0:
                lines = shape.users[shape.user_starts[place] : shape.user_ends[place]]
                touched.update(shape.numbers[shape.parent[lines]].tolist())
        makers = {change.bom.suppliers[number].id for number in change.suppliers}
        if makers or change.rates_changed:
            old = dict.fromkeys(change.old.rates)
            currencies = {rate.currency for rate in change.bom.rates if rate not in old}
            for number, part in enumerate(change.bom.parts):
                money = part.price or part.conversion_cost
                if part.made_by in makers or (money and (money.currency or change.bom.currency) in currencies):
                    touched.add(number)
        return np.array(sorted(touched), np.intp)

    def _quantities(self, change: BillEdit[Bom], quantity: Floats) -> tuple[Whole, Floats, Floats]:
        """Lines whose quantity changed, all quantities, and the new ones."""
        if not change.uses or self.bill.use is None:
            return NONE, quantity, np.zeros(0)
        from tkdn.bom.columns import gross_of

        lines = np.flatnonzero(np.isin(self.bill.use, change.uses))
        bom = change.bom
        values = np.array([gross_of(bom, number) for number in self.bill.use[lines].tolist()])
        quantity = quantity.copy()
        quantity[lines] = values
        return lines, quantity, values
