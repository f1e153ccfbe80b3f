"""The bill as it stands on one day for one product: which uses count, the lines of every good, and what everything costs.

Exact throughout. Quantities and costs are pairs of integers (numerator, denominator), because plain integer arithmetic
is several times faster than Fraction on tens of thousands of uses; the material lines of a good are brought to one common
denominator, so that sums over them are sums of integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from datetime import date
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import gcd, lcm
from typing import TYPE_CHECKING, Any

from tkdn.bom.effective import effective
from tkdn.bom.model import Part
from tkdn.bom.money import RatesOn
from tkdn.bom.quantity import factor
from tkdn.errors import BomError, Place, Problem

if TYPE_CHECKING:
    from tkdn.bom.bom import Bom
    from tkdn.bom.changes import Changed

Ratio = tuple[int, int]
Lines = dict[int, Ratio]
"""Component number -> gross quantity of it that one unit of the good takes, in the component's unit."""

MOST_PATHS = 10
ROLL_UP_TOLERANCE = Fraction(1, 100)
"""A stated price and the roll-up of a part's own bill that differ by more than this share of the price are in doubt."""


class BillOnDay:
    """What one unit of the product takes on the day.

    Attributes, by part number of the bill's graph:
    `order` (reachable parts, parents first), `uses` (effective uses as they stand, phantoms unopened), `lines` (phantoms and
    in-house parts opened, two uses of one part added up), `unit_cost` (rupiah for one unit of the part, or None), `weights`
    (cost of each line as an integer share of `scale`; None where a main line has no cost), `total` (their sum over main lines).

    Raises `BomError` (`rate-missing`) naming every price that needs an exchange rate which the bill does not give.
    """

    def __init__(self, bom: Bom, product: int, day: date) -> None:
        graph = bom.graph
        self.bom, self.product, self.day = bom, product, day
        self.parts: tuple[Part, ...] = bom.parts
        self.rates = RatesOn(bom.rates, day, bom.currency)
        self.opens = [part.phantom or part.in_house for part in bom.parts]
        self.main = [part.main for part in bom.parts]
        self.uses: list[Lines] = [{} for _ in bom.parts]
        reached = bytearray(len(bom.parts))
        reached[product] = 1
        self.order: list[int] = []
        for number in graph.order:
            if reached[number]:
                self.order.append(number)
                if graph.uses_of[number]:
                    self.uses[number] = self._effective(number)
                    for child in self.uses[number]:
                        reached[child] = 1
        self.lines: list[Lines] = self.uses.copy()
        self.stage_cost: dict[int, Fraction] = {}
        self.unit_cost: list[Ratio | None] = [None] * len(bom.parts)
        self.weights: list[list[tuple[int, int]] | None] = [None] * len(bom.parts)
        self.scale: list[int] = [1] * len(bom.parts)
        self.total: list[int] = [0] * len(bom.parts)
        self.roll_up: dict[int, Fraction] = {}
        missing: list[int] = []
        for number in reversed(self.order):
            self._work_out(number, missing)
        self._need_rates(missing)

    def __repr__(self) -> str:
        return f"<BillOnDay of {self.parts[self.product].id!r} on {self.day}: {len(self.order)} parts>"

    def _effective(self, parent: int) -> Lines:
        """The uses under a part that count on the day: valid, alternatives resolved, two of one part added up."""
        uses, child_of = self.bom.uses, self.bom.graph.child_of
        lines: Lines = {}
        for number in effective(uses, self.bom.graph.uses_of[parent], self.day):
            use, child = uses[number], child_of[number]
            up, down = use.quantity.as_integer_ratio()
            if use.scrap:
                lost, of = use.scrap.as_integer_ratio()
                up, down = up * of, down * (of - lost)
            if use.unit is not None and use.unit != self.parts[child].unit:
                ratio = factor(use.unit, self.parts[child].unit)
                up, down = up * ratio.numerator, down * ratio.denominator
            if child in lines:
                more, base = lines[child]
                up, down = up * base + more * down, down * base
            lines[child] = (up, down)
        return lines

    def changed(self, change: Changed) -> tuple[BillOnDay, set[int]] | None:
        """The changed bill on the same day, equal to a new one, and the parts that were worked out again for it: those of the
        changed records, and those above as far as a cost moves. None where it has other lines or other rates.

        Raises `BomError` (`rate-missing`) as a new one does.
        """
        if change.rates_changed or not change.same_lines:
            return None
        bom, index = change.bom, change.bom.graph.index
        parents = {index[bom.uses[number].parent] for number in change.uses}
        makers = {bom.suppliers[number].id for number in change.suppliers}
        made = [number for number in self.order if bom.parts[number].made_by in makers] if makers else []
        numbers = {number for number in (*change.parts, *parents, *made) if number in self.rank}
        new = copy(self)
        new.bom, new.parts = bom, bom.parts
        for name in ("uses", "lines", "stage_cost", "unit_cost", "weights", "scale", "total", "roll_up"):
            setattr(new, name, getattr(self, name).copy())
        for number in parents & numbers:
            new.uses[number] = new._effective(number)
        if parents:
            new.__dict__.pop("quantities", None)
        missing: list[int] = []

        def moves(number: int) -> bool:
            new._work_out(number, missing)
            return new.unit_cost[number] != self.unit_cost[number]

        visited = self.climb(numbers, moves)
        new._need_rates(missing)
        return new, visited

    def climb(self, numbers: Iterable[int], moves: Callable[[int], bool]) -> set[int]:
        """Go up from some parts, components first: `moves` works a part out again and says whether those that use it must
        follow; those that use an opened part always do. All parts visited."""
        queue = [(-self.rank[number], number) for number in numbers]
        heapify(queue)
        seen = {number for _, number in queue}
        while queue:
            _, number = heappop(queue)
            if moves(number) or self.opens[number]:
                for parent in self.parents.get(number, ()):
                    if parent not in seen:
                        seen.add(parent)
                        heappush(queue, (-self.rank[parent], parent))
        return seen

    def _work_out(self, number: int, missing: list[int]) -> None:
        """Lines and costs of a part, from those of the parts below it; a rate that is missing is noted."""
        self._open(number)
        self._cost(number, missing)

    def _open(self, number: int) -> None:
        opens, direct = self.opens, self.uses[number]
        self.stage_cost.pop(number, None)
        if not any(opens[child] for child in direct):
            self.lines[number] = direct
            return
        opened: Lines = {}
        stage = Fraction(0)
        for child, (up, down) in direct.items():
            if opens[child]:
                for inner, (more, base) in self.lines[child].items():
                    _add(opened, inner, up * more, down * base)
                stage += Fraction(up, down) * (self.stage_cost.get(child, 0) + self._conversion(child))
            else:
                _add(opened, child, up, down)
        self.lines[number] = opened
        if stage:
            self.stage_cost[number] = stage

    def _conversion(self, number: int) -> Fraction:
        """Rupiah of making one unit: the part's own conversion cost."""
        cost = self.parts[number].conversion_cost
        if cost is None:
            return Fraction(0)
        value = self.rates.value(cost)
        return Fraction(0) if value is None else value

    def _cost(self, number: int, missing: list[int]) -> None:
        part, rates = self.parts[number], self.rates
        self.unit_cost[number] = None
        self.roll_up.pop(number, None)
        if self.opens[number]:
            if part.conversion_cost is not None and rates.rupiah(rates.currency(part.conversion_cost)) is None:
                missing.append(number)
            return
        price = part.price
        if price is not None:
            rate = rates.rupiah(price.currency or rates.default_currency)
            if rate is None:
                missing.append(number)
            else:
                up, down = price.amount.as_integer_ratio()
                if price.per != 1:
                    times, of = price.per.as_integer_ratio()
                    up, down = up * of, down * times
                self.unit_cost[number] = (up * rate.numerator, down * rate.denominator)
        elif part.conversion_cost is not None and rates.rupiah(rates.currency(part.conversion_cost)) is None:
            missing.append(number)
        if self.lines[number]:
            self._weigh(number)
            rolled = self._rolled_up(number)
            if price is None:
                self.unit_cost[number] = None if rolled is None else (rolled.numerator, rolled.denominator)
            elif rolled is not None:
                self.roll_up[number] = rolled

    def _weigh(self, number: int) -> None:
        """Line costs as integers over one common denominator; lines without a cost are left out, a main one leaves no weights."""
        unit_cost, main = self.unit_cost, self.main
        self.weights[number], self.scale[number], self.total[number] = None, 1, 0
        costs: list[tuple[int, int, int]] = []
        scale = 1
        for child, (up, down) in self.lines[number].items():
            cost = unit_cost[child]
            if cost is None:
                if main[child]:
                    return
                continue
            top, bottom = up * cost[0], down * cost[1]
            if bottom != 1:
                common = gcd(top, bottom)
                if common != 1:
                    top, bottom = top // common, bottom // common
                if scale % bottom:
                    scale = lcm(scale, bottom)
            costs.append((child, top, bottom))
        if scale == 1:
            weights = [(child, top) for child, top, _ in costs]
        else:
            weights = [(child, top * (scale // bottom)) for child, top, bottom in costs]
        self.weights[number] = weights
        self.scale[number] = scale
        self.total[number] = sum([weight for child, weight in weights if main[child]])

    def _rolled_up(self, number: int) -> Fraction | None:
        """Rupiah of all lines plus conversion, or None where a line has no cost."""
        weights = self.weights[number]
        if weights is None or len(weights) != len(self.lines[number]):
            return None
        material = Fraction(sum([weight for _, weight in weights]), self.scale[number])
        extra = self.stage_cost.get(number, 0)
        return material + extra + self._conversion(number) if extra or self.parts[number].conversion_cost else material

    def _need_rates(self, missing: list[int]) -> None:
        if missing:
            raise BomError(self._rate_problem(number) for number in sorted(missing))

    def _rate_problem(self, number: int) -> Problem:
        part = self.parts[number]
        key = "price" if part.price is not None else "conversion_cost"
        money = part.price or part.conversion_cost
        currency = money and (money.currency or self.rates.default_currency)
        earlier = [rate.start for rate in self.bom.rates if rate.currency == currency]
        has = f"its first rate is from {min(earlier)}" if earlier else "the bill gives none"
        remedy = f"add a rate for {currency} from {self.day} or before to the bill, or when it is read: --rate (rates=)"
        return Problem(
            "rate-missing",
            f"the {key.replace('_', ' ')} of {part.id!r} is in {currency}, which has no rate on {self.day}: {has}",
            remedy,
            Place(path=f"parts[{number}].{key}"),
            part.id,
        )

    def cost(self, number: int) -> Fraction | None:
        """Rupiah for one unit of the part, or None where it has no price and its bill gives none."""
        cost = self.unit_cost[number]
        return None if cost is None else Fraction(*cost)

    @cached_property
    def rank(self) -> dict[int, int]:
        """Place of each reachable part in the order, parents before their components."""
        return {number: rank for rank, number in enumerate(self.order)}

    @cached_property
    def quantities(self) -> dict[int, Fraction]:
        """Gross quantity of every reachable part in one unit of the product, over all paths."""
        return self._quantities(frozenset())

    def outermost(self, numbers: frozenset[int]) -> dict[int, Fraction]:
        """Gross quantity of each of these parts in one unit of the product, but for what stands inside another of them."""
        if len(numbers) == 1:
            return {number: self.quantities[number] for number in numbers}
        found = self._quantities(numbers)
        return {number: found[number] for number in self.order if number in numbers and number in found}

    def _quantities(self, ends: frozenset[int]) -> dict[int, Fraction]:
        """Gross quantity of every part that is reached without going below these. What comes from all parents is added up over
        one denominator, which is much faster than a fraction for every use."""
        arrived: dict[int, list[Ratio]] = defaultdict(list, {self.product: [(1, 1)]})
        found = {}
        for number in self.order:
            if (amounts := arrived.pop(number, None)) is None:
                continue
            scale = lcm(*(down for _, down in amounts))
            found[number] = Fraction(sum(up * (scale // down) for up, down in amounts), scale)
            if number not in ends:
                top, bottom = found[number].as_integer_ratio()
                for child, (up, down) in self.uses[number].items():
                    arrived[child].append((top * up, bottom * down))
        return found

    @cached_property
    def path_counts(self) -> dict[int, int]:
        """In how many ways each reachable part is reached from the product; counted, never walked."""
        ways: dict[int, int] = defaultdict(int, {self.product: 1})
        for number in self.order:
            for child in self.uses[number]:
                ways[child] += ways[number]
        return dict(ways)

    @cached_property
    def parents(self) -> dict[int, list[int]]:
        """The parts that use each reachable part on the day, as they stand (phantoms unopened)."""
        parents: dict[int, list[int]] = defaultdict(list)
        for number in self.order:
            for child in self.uses[number]:
                parents[child].append(number)
        return parents

    def paths(self, number: int, most: int = MOST_PATHS) -> list[list[str]]:
        """Up to `most` paths of ids from the product to the part."""
        found: list[list[str]] = []
        stack: list[_Path] = [(number, None)]
        while stack and len(found) < most:
            path = stack.pop()
            top = path[0]
            if top == self.product:
                found.append([self.parts[step].id for step in _steps(path)])
            else:
                stack += [(parent, path) for parent in reversed(self.parents[top])]
        return found


_Path = tuple[int, Any]
"""A part and the path below it, down to where it started."""


def _steps(path: _Path | None) -> Iterator[int]:
    while path is not None:
        yield path[0]
        path = path[1]


def _add(lines: Lines, number: int, up: int, down: int) -> None:
    if number in lines:
        more, base = lines[number]
        up, down = up * base + more * down, down * base
    common = gcd(up, down)
    lines[number] = (up // common, down // common)
