"""The range of what a bill's numbers multiply to: one check for every engine and size.

A number of the bill is bounded (10^±20, thirty digits), products of them along a chain are not. Inside 10^±60 no float overflows
or vanishes: a line's cost is a quantity (at most 10^50 / 10^-30 of scrap, in a unit 10^9 times another) times a cost of at most
10^60, and a sum of a billion of them is below 10^160.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tkdn.bom.effective import effective
from tkdn.bom.graph import BillGraph
from tkdn.bom.money import RatesOn
from tkdn.bom.opening import MAX_OPENED, too_many_opened
from tkdn.bom.quantity import gross
from tkdn.errors import BomError, Place, Problem

if TYPE_CHECKING:
    from tkdn.bom.model import Money, Price

BOUND = 60
MIN_VALUE, MAX_VALUE = 10.0**-BOUND * (1 - 1e-9), 10.0**BOUND * (1 + 1e-9)
"""The bounds themselves are inside, whatever a float of a product of thousands lost."""
SAFELY = 10.0 ** (BOUND - 3)
"""Within this and its inverse an engine need not ask: what its own floats lost is far less than a factor of a thousand."""
SAFE_BITS = 189
"""As `SAFELY`, in bits of a numerator over those of a denominator."""


def check_range(graph: BillGraph, rates: RatesOn, product: int) -> None:
    """Raise if a unit cost, a line's cost or an opened quantity is out of range.

    Raises:
        BomError: `number-too-large`, with every part whose own numbers or lines go beyond 10^±60.
    """
    problems = list(_Range(graph, rates, product).problems())
    if problems:
        raise BomError(problems)


class _Range:
    """The floats of one bill on a day; what is out of range is reported, and taken as one for what is above."""

    def __init__(self, graph: BillGraph, rates: RatesOn, product: int) -> None:
        self.parts = graph.parts
        self.rates = rates
        self.explodes = [part.phantom or part.in_house for part in self.parts]
        self.cost: dict[int, float | None] = {}
        self.opened = 0
        self.uses: dict[int, dict[int, float]] = {product: {}}
        for index in graph.order:
            if index not in self.uses:
                continue
            lines: dict[int, float] = {}
            for each in effective(graph.uses, graph.uses_of[index], rates.day):
                use, child = graph.uses[each], graph.child_of[each]
                up, down = gross(use.quantity, use.scrap, use.unit, self.parts[child].unit)
                lines[child] = lines.get(child, 0.0) + up / down
                self.uses.setdefault(child, {})
            self.uses[index] = lines
        self.rank = {index: at for at, index in enumerate(each for each in graph.order if each in self.uses)}

    def problems(self) -> Iterator[Problem]:
        for index in sorted(self.rank, key=self.rank.__getitem__, reverse=True):
            if not self.explodes[index]:
                yield from self._of_good(index)

    def _of_good(self, index: int) -> Iterator[Problem]:
        part = self.parts[index]
        total: float | None = 0.0
        conversion = self._rupiah(part.conversion_cost)
        for child, quantity, problem in self._opened(index):
            if problem is not None:
                yield problem
            if self.explodes[child]:
                conversion += quantity * self._rupiah(self.parts[child].conversion_cost)
                continue
            cost = self.cost[child]
            if cost is None:
                total = None
                continue
            line = quantity * cost
            if _beyond(line):
                yield self._problem(child, "line_cost", {"part": self.parts[child].id, "parent": part.id}, line)
                line = 1.0
            if total is not None:
                total += line
        cost = self._rupiah(part.price, part.price.per.as_integer_ratio()) if part.price is not None else None
        if part.price is None and self.uses[index] and total is not None:
            cost = total + conversion
        if cost is not None and _beyond(cost):
            yield self._problem(index, "unit_cost", {"part": part.id}, cost)
            cost = 1.0
        self.cost[index] = cost

    def _opened(self, index: int) -> Iterator[tuple[int, float, Problem | None]]:
        """Yield what one unit takes: opened parts, then the others, each with a problem if it is out of range."""
        inside = dict.fromkeys(child for child in self.uses[index] if self.explodes[child])
        queue = list(inside)
        for part in queue:  # grows while it is walked
            new = [child for child in self.uses[part] if self.explodes[child] and child not in inside]
            inside.update(dict.fromkeys(new))
            queue += new
            self.opened += len(self.uses[part])
        if self.opened > MAX_OPENED:
            raise too_many_opened(self.parts[index].id)
        amounts = dict(self.uses[index])
        for part in [index, *sorted(inside, key=self.rank.__getitem__)]:
            if part != index:
                amount = amounts[part]
                problem = None
                if _beyond(amount):
                    id_, above = self.parts[part].id, self.parts[index].id
                    problem = self._problem(part, "quantity", {"part": id_, "parent": above}, amount)
                    amount = amounts[part] = 1.0
                yield part, amount, problem
                for child, quantity in self.uses[part].items():
                    amounts[child] = amounts.get(child, 0.0) + amount * quantity
        for child, amount in amounts.items():
            if not self.explodes[child]:
                problem = None
                if inside and _beyond(amount):
                    id_, above = self.parts[child].id, self.parts[index].id
                    problem = self._problem(child, "quantity", {"part": id_, "parent": above}, amount)
                yield child, 1.0 if problem else amount, problem

    def _rupiah(self, money: Money | Price | None, per: tuple[int, int] = (1, 1)) -> float:
        if money is None:
            return 0.0
        rate = self.rates.rupiah(self.rates.currency(money))
        if rate is None:
            return 0.0
        up, down = money.amount.as_integer_ratio()
        return (up * rate.numerator * per[1]) / (down * rate.denominator * per[0])

    def _problem(self, index: int, kind: str, what: Mapping[str, object], value: float) -> Problem:
        values = {**what, "about": value, "bound": BOUND}
        case = f"{kind}_{'large' if value > 1 else 'small'}"
        return Problem("number-too-large", values, Place(path=f"parts[{index}]"), self.parts[index].id, case)


def _beyond(value: float) -> bool:
    return value != 0 and not MIN_VALUE <= value <= MAX_VALUE
