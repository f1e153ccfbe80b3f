"""Effects of moves on money: the IKM share of spend, and up to which price a part bought here costs the vehicle no score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from fractions import Fraction
from functools import cached_property
from math import lcm

from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.opportunities.raising import Raising
from tkdn.bom.exact import SURE, Ratio
from tkdn.method.goods import PERCENT

LEAST_SLOPE = 10**SURE
Line = tuple[int, int, int]
"""A start and what each percent of credit adds, over a denominator."""


class IkmShare:
    """Share of what is spent on parts made in Indonesia by IKM, in percent of the product's main material cost.

    A part inside another of these parts is paid with it. None where a cost is missing.
    """

    def __init__(self, assessment: GoodsAssessment, ikm: Collection[int]) -> None:
        """Take an assessment, and the indices of its IKM parts."""
        self.assessment, self.day, self.ikm = assessment, assessment.day, frozenset(ikm)
        product = self.day.product
        self.total = (
            Fraction(self.day.total[product], self.day.scale[product])
            if self.day.weights[product] is not None
            else None
        )

    @cached_property
    def _reach(self) -> dict[int, Fraction]:
        """Quantity of each part in one product that is in no IKM part."""
        amount: dict[int, Fraction] = defaultdict(Fraction, {self.day.product: Fraction(1)})
        for number in self.day.order:
            if number not in self.ikm and (
                of_parent := self.day.shortened_sum([amount[number].as_integer_ratio()], number)
            ):
                for child, (up, down) in self.day.uses[number].items():
                    amount[child] += of_parent * Fraction(up, down)
        return amount

    @cached_property
    def _inside(self) -> dict[int, Fraction]:
        """Rupiah spent on IKM parts inside one unit of each part; a part without cost counts as nothing."""
        inside: dict[int, Fraction] = {}
        for number in reversed(self.day.order):
            of_child = (
                Fraction(up, down) * ((self.day.cost(child) or Fraction(0)) if child in self.ikm else inside[child])
                for child, (up, down) in self.day.uses[number].items()
            )
            inside[number] = self.day.shortened_sum([each.as_integer_ratio() for each in of_child], number)
        return inside

    @cached_property
    def _without_cost(self) -> list[int]:
        """The IKM parts without a cost that are in no other."""
        return [number for number in self.ikm if self.day.cost(number) is None and self._reach[number]]

    @cached_property
    def _over_all_without_cost(self) -> set[int]:
        """The parts that hold all of those: made by IKM, they would be paid for as a whole."""
        held: list[set[int]] = []
        for number in self._without_cost:
            above: set[int] = set()
            queue = [number]
            for part in queue:  # grows while it is walked
                new = set(self.day.parents.get(part, ())) - above
                above |= new
                queue += new
            held.append(above)
        return set.intersection(*held) if held else set()

    @cached_property
    def _spend(self) -> Fraction | None:
        return None if self._without_cost else self._inside[self.day.product]

    def _share(self, spend: Fraction | None) -> Fraction | None:
        return spend * PERCENT / self.total if spend is not None and self.total else None

    @cached_property
    def now(self) -> Fraction | None:
        """The share without any move."""
        return self._share(self._spend)

    def with_part(self, number: int) -> Fraction | None:
        """Return the share if this part came from an IKM at the same cost."""
        cost = self.day.cost(number)
        if cost is not None and number in self._over_all_without_cost:
            return IkmShare(self.assessment, self.ikm | {number}).now
        if cost is None or self._spend is None:
            return None
        return self._share(self._spend + self._reach[number] * (cost - self._inside[number]))


class BreakEven:
    """Up to which price of a part bought in Indonesia the score is not below today's, in rupiah for one unit of it.

    On the score, credits do not depend on prices, so the condition is linear in one price: the sum over the product's main
    lines of cost x (credit - the material value that gives today's score) must not be negative.
    """

    def __init__(self, assessment: GoodsAssessment) -> None:
        """Take an assessment; a price is computed when it is asked for."""
        self.engine, self.day, self.rules = assessment.exact_engine, assessment.day, assessment.rules
        self.base, self.raising = self.engine.base.score, Raising(self.engine)
        self._known: dict[tuple[int, int], Fraction | None] = {}
        self._per_part: dict[int, tuple[Ratio, Line, Line]] = {}

    @property
    def is_known(self) -> bool:
        """True if there is a score, and raw material is judged one level down, so that a part's origin goes no further up."""
        return self.base is not None and self.rules.judged_by_country

    @cached_property
    def _needed(self) -> Fraction:
        """The value of material, in percent, that gives today's score."""
        beside = self.rules.beside(*self.engine.product_make.factors)
        needed: Fraction = ((self.base or Fraction(0)) - beside) / self.rules.terms.material
        return needed

    @cached_property
    def _lines(self) -> dict[int, Fraction]:
        """Quantity of each main line of the product."""
        return {
            child: Fraction(up, down)
            for child, (up, down) in self.day.lines[self.day.product].items()
            if self.engine.main[child]
        }

    @cached_property
    def _costs(self) -> dict[int, Fraction]:
        """Cost of each main line of the product."""
        return {line: quantity * (self.day.cost(line) or Fraction(0)) for line, quantity in self._lines.items()}

    @cached_property
    def _slope(self) -> dict[int, Fraction]:
        """The amount that one more rupiah for a unit of each part adds to the sum, through every cost rolled up from it."""
        slope: dict[int, Fraction] = defaultdict(Fraction)
        for child, quantity in self._lines.items():
            slope[child] += quantity * (self.engine.credit_of(child).today - self._needed)
        for number in self.day.order:
            if number != self.day.product and not self.day.explodes[number] and slope.get(number):
                slope[number] = self.day.shortened_sum([slope[number].as_integer_ratio()], number)
                self._spread(number, slope)
        return slope

    def _spread(self, number: int, slope: dict[int, Fraction]) -> None:
        if self.day.parts[number].price is None:
            for child, (up, down) in self.day.lines[number].items():
                slope[child] += slope[number] * Fraction(up, down)

    def price(self, number: int, credit: int) -> Fraction | None:
        """Return the price, or None if the score does not fall at any. Kept: a move is asked for it several times."""
        if (number, credit) not in self._known:
            self._known[number, credit] = self._price(number, credit)
        return self._known[number, credit]

    def _price(self, number: int, credit: int) -> Fraction | None:
        if number not in self._per_part:
            self._per_part[number] = self._terms(number)
        cost, (slope, slope_each, scale), (surplus, surplus_each, bottom) = self._per_part[number]
        slope += slope_each * credit
        # Of rounded ratios a slope of nothing is a little more or less.
        if slope >= 0 or (self.day.rounded and -slope * LEAST_SLOPE < scale):
            return None
        up, down = cost
        surplus = (surplus + surplus_each * credit) * scale
        bottom *= slope
        return Fraction(up * bottom - surplus * down, bottom * down)

    def _terms(self, number: int) -> tuple[Ratio, Line, Line]:
        """Return a part's cost, and slope and surplus over its credit: each starts somewhere, and a percent adds the same."""
        raised = self.raising.lines({number: 0})
        slope, surplus = self._slope.get(number, Fraction(0)), self._surplus
        quantity = cost = Fraction(0)
        for line, more in raised.items():
            if line == number:
                quantity, cost = self._lines[line], self._costs[line]
                slope, surplus = slope + more * quantity, surplus + more * cost
            else:
                slope += more * self._lines[line] * self._in_cost(number, line)
                surplus += more * self._costs[line]
        return self.day.unit_cost[number] or (0, 1), _line(slope, quantity), _line(surplus, cost)

    @cached_property
    def _surplus(self) -> Fraction:
        """The sum without any move: nothing, but where the score is at its limit."""
        needed = self._needed
        credited = (cost * (self.engine.credit_of(child).today - needed) for child, cost in self._costs.items())
        return sum(credited, Fraction(0))

    def _in_cost(self, number: int, line: int) -> Fraction:
        """Return how much of a part the cost of one unit of another good is rolled up from, all ways down."""
        amount: dict[int, Fraction] = defaultdict(Fraction, {line: Fraction(1)})
        rank = self.day.rank
        waiting = {line}
        while waiting:
            good = min(waiting, key=rank.__getitem__)
            waiting.discard(good)
            if good == number:
                break
            amount[good] = self.day.shortened_sum([amount[good].as_integer_ratio()], good)
            if self.day.parts[good].price is None and rank[good] < rank[number]:
                for child, (up, down) in self.day.lines[good].items():
                    amount[child] += amount[good] * Fraction(up, down)
                    waiting.add(child)
        return amount[number]


def _line(start: Fraction, each: Fraction) -> Line:
    bottom = lcm(start.denominator, each.denominator)
    return (
        start.numerator * (bottom // start.denominator),
        each.numerator * (bottom // each.denominator),
        bottom,
    )
