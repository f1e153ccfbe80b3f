"""The bill as it stands on one day for one product: which uses count, the lines of every good, and what everything costs.

Quantities and costs are pairs of integers (numerator, denominator), because plain integer arithmetic is several times faster than
Fraction on tens of thousands of uses; the material lines of a good are brought to one common denominator, so that sums over them
are sums of integers. Exact, unless the denominators grow so long that every ratio is rounded (see `tkdn.bom.exact`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING

from tkdn.bom.bill import AnyBill, Bill
from tkdn.bom.effective import effective
from tkdn.bom.exact import DIGITS, MAX_DIGITS, Ratio, TooLongError, bits, common_denominator, rounded, total_of
from tkdn.bom.model import Part
from tkdn.bom.money import RatesOn
from tkdn.bom.opening import MAX_OPENED, Lines, opened_amounts, too_many_opened
from tkdn.bom.paths import MAX_PATHS, paths, quantities
from tkdn.bom.propagation import propagate
from tkdn.bom.quantity import gross
from tkdn.bom.range import SAFE_BITS, check_range
from tkdn.errors import BomError, Place, Problem

if TYPE_CHECKING:
    from tkdn.bom.changes import BillEdit

TOO_LONG = "digits-too-many"
ROLL_UP_TOLERANCE = Fraction(1, 100)
"""A stated price and the roll-up of a part's own bill that differ by more than this share of the price are in doubt."""


class BillOnDay:
    """What one unit of the product takes on the day.

    Attributes, by index of the part in the bill:
    `order` (reachable parts, parents first), `uses` (index of the component -> gross quantity in its unit; effective uses as
    they are, phantoms unopened), `lines` (of goods: phantoms and in-house parts opened, two uses of one part added up),
    `unit_cost` (rupiah for one unit of the part, or None), `weights` (cost of each line as an integer share of `scale`; None if a
    main line has no cost), `total` (their sum over main lines), `rounded` (whether ratios are rounded, far beyond what is
    printed).

    Raises:
        BomError: `rate-missing` naming every price that needs an exchange rate which the bill does not give, `number-too-large`,
            `opened-too-many`; `digits-too-many` if a denominator has more than `digits` digits.
    """

    def __init__(self, bom: Bill, product: int, day: date, *, digits: int | None = MAX_DIGITS) -> None:
        graph = bom.graph
        self.bom, self.product, self.day = bom, product, day
        self.rounded = digits is None
        self._most = bits(MAX_DIGITS if digits is None else digits)
        self.is_strict = digits == MAX_DIGITS
        self.cut = False
        self._in_range = False
        self._opened: dict[int, int] = {}
        self.opened_lines = 0
        self.parts: tuple[Part, ...] = bom.parts
        self.rates = RatesOn(bom.rates, day, bom.currency)
        self.explodes = [part.phantom or part.in_house for part in bom.parts]
        self.main = [part.main for part in bom.parts]
        self.uses: list[Lines] = [{} for _ in bom.parts]
        reached = bytearray(len(bom.parts))
        reached[product] = 1
        self.order: list[int] = []
        for index in graph.order:
            if reached[index]:
                self.order.append(index)
                if graph.uses_of[index]:
                    self.uses[index] = self._effective(index)
                    for child in self.uses[index]:
                        reached[child] = 1
        self.lines: list[Lines] = self.uses.copy()
        self.stage_cost: dict[int, Fraction] = {}
        self.unit_cost: list[Ratio | None] = [None] * len(bom.parts)
        self.weights: list[list[tuple[int, int]] | None] = [None] * len(bom.parts)
        self.scale: list[int] = [1] * len(bom.parts)
        self.total: list[int] = [0] * len(bom.parts)
        self.roll_up: dict[int, Fraction] = {}
        missing: list[int] = []
        for index in reversed(self.order):
            self._work_out(index, missing)
        self._need_rates(missing)

    @classmethod
    def of(cls, bom: Bill, product: int, day: date) -> BillOnDay:
        """Return the bill on the day: exact if that is quick, else rounded far beyond what is printed."""
        try:
            return cls(bom, product, day, digits=DIGITS)
        except BomError as error:
            if error.code != TOO_LONG:
                raise
        return cls(bom, product, day, digits=None)

    @cached_property
    def exactly(self) -> BillOnDay:
        """The same with exact ratios.

        Raises:
            BomError: `digits-too-many`.
        """
        return BillOnDay(self.bom, self.product, self.day) if self.rounded else self

    def exactly_of(self, index: int) -> BillOnDay:
        """Return the same with exact ratios, to decide a tie of one part.

        Raises:
            BomError: `digits-too-many`, with that part.
        """
        try:
            return self.exactly
        except BomError as error:
            if error.code != TOO_LONG:
                raise
            raise self.too_long(index) from None

    def __repr__(self) -> str:
        return f"<BillOnDay of {self.parts[self.product].id!r} on {self.day}: {len(self.order)} parts>"

    def _effective(self, parent: int) -> Lines:
        """The uses under a part that count on the day: valid, alternatives resolved, two of one part added up."""
        uses, child_of = self.bom.uses, self.bom.graph.child_of
        lines: Lines = {}
        for index in effective(uses, self.bom.graph.uses_of[parent], self.day):
            use, child = uses[index], child_of[index]
            up, down = gross(use.quantity, use.scrap, use.unit, self.parts[child].unit)
            if child in lines:
                more, base = lines[child]
                up, down = up * base + more * down, down * base
                if down.bit_length() > self._most:
                    raise self.too_long(child)
            lines[child] = (up, down)
        if self.rounded:
            return {child: rounded(ratio) for child, ratio in lines.items()}
        return lines

    def changed(self, change: BillEdit[AnyBill]) -> tuple[BillOnDay, set[int]] | None:
        """The changed bill on the same day, equal to a new one, and the parts that were worked out again for it: those of the
        changed records, and those above as far as a cost moves. None where it has other lines or other rates.

        Raises `BomError` (`rate-missing`) as a new one does.
        """
        if change.rates_changed or not change.same_lines:
            return None
        bom, by_id = change.bom, change.bom.graph.index
        parents = {by_id[bom.uses[index].parent] for index in change.uses}
        makers = {bom.suppliers[index].id for index in change.suppliers}
        made = [index for index in self.order if bom.parts[index].made_by in makers] if makers else []
        indexes = {index for index in (*change.parts, *parents, *made) if index in self.rank}
        new = copy(self)
        new.bom, new.parts = bom, bom.parts
        for name in ("uses", "lines", "stage_cost", "unit_cost", "weights", "scale", "total", "roll_up", "_opened"):
            setattr(new, name, getattr(self, name).copy())
        new._in_range = False
        new.__dict__.pop("exactly", None)
        for index in parents & indexes:
            new.uses[index] = new._effective(index)
        if parents:
            new.__dict__.pop("quantities", None)
        missing: list[int] = []

        def moves(index: int) -> bool:
            new._work_out(index, missing)
            return new.unit_cost[index] != self.unit_cost[index]

        visited = self.propagate(indexes, moves)
        new._need_rates(missing)
        return new, visited

    def propagate(self, indexes: Iterable[int], moves: Callable[[int], bool]) -> set[int]:
        """Carry a change upwards as `tkdn.bom.propagation` does; those that use an opened part always follow."""
        return propagate(
            indexes,
            self.rank,
            lambda index: self.parents.get(index, ()),
            lambda index: moves(index) or self.explodes[index],
        )

    def _work_out(self, index: int, missing: list[int]) -> None:
        """Lines and costs of a part, from those of the parts below it; a rate that is missing is noted."""
        self._open(index)
        self._cost(index, missing)

    def _open(self, index: int) -> None:
        explodes, direct = self.explodes, self.uses[index]
        self.lines[index] = direct
        self.stage_cost.pop(index, None)
        if explodes[index] or not any(explodes[child] for child in direct):
            return
        try:
            lines, amounts, count = opened_amounts(direct, self.uses, explodes, self.rank, self._shorten)
        except TooLongError:
            raise self.too_long(index) from None
        self.opened_lines += count - self._opened.get(index, 0)
        self._opened[index] = count
        if self.opened_lines > MAX_OPENED:
            raise too_many_opened(self.parts[index].id)
        self.lines[index] = lines
        for child, (up, down) in (*amounts.items(), *lines.items()):
            self._guard(up, down)
            if down.bit_length() > self._most:
                raise self.too_long(child)
        stage = sum((Fraction(*amount) * self._conversion(child) for child, amount in amounts.items()), Fraction(0))
        if stage:
            self.stage_cost[index] = stage

    def _shorten(self, ratio: Ratio) -> Ratio:
        if self.rounded:
            return rounded(ratio)
        if ratio[1].bit_length() > 2 * self._most:
            raise TooLongError
        return ratio

    def _guard(self, up: int, down: int) -> None:
        """Look whether the bill is in range, once, if a ratio is far from one."""
        if not self._in_range and not -SAFE_BITS < up.bit_length() - down.bit_length() < SAFE_BITS and up:
            check_range(self.bom.graph, self.rates, self.product)
            self._in_range = True

    def too_long(self, index: int) -> BomError:
        id_ = self.parts[index].id
        return BomError(
            [
                Problem(
                    TOO_LONG,
                    {"id": id_, "limit": int(self._most / bits(1000)) * 1000},
                    Place(path=f"parts[{index}]"),
                    id_,
                )
            ]
        )

    def _conversion(self, index: int) -> Fraction:
        """Rupiah of making one unit: the part's own conversion cost."""
        cost = self.parts[index].conversion_cost
        if cost is None:
            return Fraction(0)
        value = self.rates.value(cost)
        return Fraction(0) if value is None else value

    def _cost(self, index: int, missing: list[int]) -> None:
        part, rates = self.parts[index], self.rates
        self.unit_cost[index] = None
        self.roll_up.pop(index, None)
        if self.explodes[index]:
            if part.conversion_cost is not None and rates.rupiah(rates.currency(part.conversion_cost)) is None:
                missing.append(index)
            return
        price = part.price
        if price is not None:
            rate = rates.rupiah(price.currency or rates.default_currency)
            if rate is None:
                missing.append(index)
            else:
                up, down = price.amount.as_integer_ratio()
                if price.per != 1:
                    times, of = price.per.as_integer_ratio()
                    up, down = up * of, down * times
                self.unit_cost[index] = self._price(up * rate.numerator, down * rate.denominator)
        elif part.conversion_cost is not None and rates.rupiah(rates.currency(part.conversion_cost)) is None:
            missing.append(index)
        if self.lines[index]:
            self._weigh(index)
            rolled = self._rolled_up(index)
            if price is None:
                self.unit_cost[index] = None if rolled is None else self._price(rolled.numerator, rolled.denominator)
            elif rolled is not None:
                self.roll_up[index] = rolled
        elif price is None and part.conversion_cost is not None and not self.bom.graph.uses_of[index]:
            made = self._conversion(index)  # the bill gives it no lines on any day: what is stated is its making alone
            self.unit_cost[index] = self._price(made.numerator, made.denominator)

    def _price(self, up: int, down: int) -> Ratio:
        """A unit cost, looked at."""
        self._guard(up, down)
        return rounded((up, down)) if self.rounded else (up, down)

    def _weigh(self, index: int) -> None:
        """Line costs as integers over one common denominator; lines without a cost are left out, a main one leaves no weights."""
        unit_cost, main, shorten = self.unit_cost, self.main, self.rounded
        self.weights[index], self.scale[index], self.total[index] = None, 1, 0
        costs: list[tuple[int, int, int]] = []
        downs: set[int] = set()
        least, most = SAFE_BITS, -SAFE_BITS
        for child, (up, down) in self.lines[index].items():
            cost = unit_cost[child]
            if cost is None:
                if main[child]:
                    return
                continue
            top, bottom = up * cost[0], down * cost[1]
            size = top.bit_length()
            if bottom != 1:
                common = gcd(top, bottom)
                if common != 1:
                    top, bottom = top // common, bottom // common
                if shorten:
                    top, bottom = rounded((top, bottom))
                downs.add(bottom)
                size = top.bit_length() - bottom.bit_length()
            most, least = max(most, size), min(least, size)
            costs.append((child, top, bottom))
        if costs:
            self._guard(1 << max(most, 0), 1)
            self._guard(1, 1 << max(-least, 0))
        try:
            scale = common_denominator(downs, self._most) if downs else 1
        except TooLongError:
            raise self.too_long(index) from None
        if scale == 1:
            weights = [(child, top) for child, top, _ in costs]
        else:
            weights = [(child, top * (scale // bottom)) for child, top, bottom in costs]
        self.weights[index] = weights
        self.scale[index] = scale
        self.total[index] = sum([weight for child, weight in weights if main[child]])

    def _rolled_up(self, index: int) -> Fraction | None:
        """Rupiah of all lines plus conversion, or None where a line has no cost."""
        weights = self.weights[index]
        if weights is None or len(weights) != len(self.lines[index]):
            return None
        material = Fraction(sum([weight for _, weight in weights]), self.scale[index])
        extra = self.stage_cost.get(index, 0)
        return material + extra + self._conversion(index) if extra or self.parts[index].conversion_cost else material

    def _need_rates(self, missing: list[int]) -> None:
        if missing:
            raise BomError(self.rates.missing(self.bom.rates, self.parts[each], each) for each in sorted(missing))

    def cost(self, index: int) -> Fraction | None:
        """Rupiah for one unit of the part, or None where it has no price and its bill gives none."""
        cost = self.unit_cost[index]
        return None if cost is None else Fraction(*cost)

    @cached_property
    def rank(self) -> dict[int, int]:
        """Place of each reachable part in the order, parents before their components."""
        return {index: rank for rank, index in enumerate(self.order)}

    @cached_property
    def quantities(self) -> dict[int, Fraction]:
        """Gross quantity of every reachable part in one unit of the product, over all paths."""
        return self._quantities(frozenset())

    def outermost(self, indexes: frozenset[int]) -> dict[int, Fraction]:
        """Gross quantity of each of these parts in one unit of the product, but for what stands inside another of them."""
        if len(indexes) == 1:
            return {index: self.quantities[index] for index in indexes}
        found = self._quantities(indexes)
        return {index: found[index] for index in self.order if index in indexes and index in found}

    def _quantities(self, ends: frozenset[int]) -> dict[int, Fraction]:
        """Return the gross quantity of every part that is reached without going below these."""
        return quantities(self.order, self.uses, ends, self.shortened_sum)

    def shortened_sum(self, ratios: Sequence[Ratio], index: int) -> Fraction:
        """Return a figure of a part that is only shown, such as its quantity over all paths, with a denominator that is not long.

        Sets `cut` if it had to be rounded.

        Raises:
            BomError: `digits-too-many`, if exact ratios were asked for.
        """
        try:
            return total_of(ratios, bits(MAX_DIGITS if self.is_strict else DIGITS))
        except TooLongError:
            if self.is_strict:
                raise self.too_long(index) from None
        self.cut = True
        return Fraction(*rounded(total_of([rounded(each) for each in ratios]).as_integer_ratio()))

    @cached_property
    def path_counts(self) -> dict[int, int]:
        """In how many ways each reachable part is reached from the product; counted, never walked."""
        ways: dict[int, int] = defaultdict(int, {self.product: 1})
        for index in self.order:
            for child in self.uses[index]:
                ways[child] += ways[index]
        return dict(ways)

    @cached_property
    def parents(self) -> dict[int, list[int]]:
        """The parts that use each reachable part on the day, as they stand (phantoms unopened)."""
        parents: dict[int, list[int]] = defaultdict(list)
        for index in self.order:
            for child in self.uses[index]:
                parents[child].append(index)
        return parents

    def paths(self, index: int, most: int = MAX_PATHS) -> list[list[str]]:
        """Return up to `most` paths of ids from the product to the part."""
        return [[self.parts[step].id for step in path] for path in paths(self.parents, index, self.product, most)]
