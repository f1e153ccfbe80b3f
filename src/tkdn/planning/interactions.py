"""Measures that can meet at one component of the bill, so that together they do other than the sum of each alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tkdn.bom.changes import ARROW
from tkdn.planning.measure import Measure

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.bom.model import Money, Part, Price

MeasureSet = frozenset[int]
"""A set of measures, by their indexes in the list."""
PartState = tuple[object, ...]
"""What a good above sees of a part: its cost and unit, its credit, and whether it is main."""
OPENING = {"phantom", "in_house"}


def states_of(assessment: GoodsAssessment, numbers: Collection[int] | None = None) -> dict[int, PartState]:
    """Return the state of each part, or of some, that is not opened."""
    day, credit = assessment.day, assessment.exact_engine.credit
    return {
        index: (day.unit_cost[index], credit[index], day.parts[index].main, day.parts[index].unit)
        for index in (day.order if numbers is None else numbers)
        if not day.explodes[index]
    }


class Reach:
    """The way of the measures up the bill, whatever the date: the parts that they touch, and those that pass them on.

    A part that one measure touches passes it on if its state moves under that measure alone; one that several touch passes
    on all of them, because together they may move what none moves alone. `lines` are the measures that can move each line of
    the product, `product` those that touch its own facts.
    """

    def __init__(
        self,
        assessment: GoodsAssessment,
        measures: Sequence[Measure],
        moved: Sequence[frozenset[int]],
        *,
        potential: bool,
        deep: bool = False,
    ) -> None:
        """Follow the measures from the parts that they touch up to the product.

        Args:
            assessment: of the bill as it is.
            measures: the measures.
            moved: the parts whose state each measure moves alone.
            potential: True if the potential is planned, else the score.
            deep: True to pass on everything, also what moves no state.
        """
        self.bom, self.day, self.measures, self.moved = assessment.bom, assessment.day, measures, moved
        self.potential, self.deep = potential, deep
        self.by_country = assessment.rules.judged_by_country
        self.graph = self.bom.graph
        self.seeds: dict[int, set[int]] = defaultdict(set)
        self.edges: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.explodes = list(self.day.explodes)
        for index, measure in enumerate(measures):
            self._sow(index, measure)
        self.touched: list[set[int]] = [set(self.seeds.get(index, ())) for index in range(len(self.graph.ids))]
        for (parent, _), those in self.edges.items():
            self.touched[parent] |= those
        self._climb()
        self.product: MeasureSet = frozenset(self.seeds.get(self.day.product, ()))

    def _sow(self, index: int, measure: Measure) -> None:
        index_of, change = self.graph.index, measure.changes
        for id_, fields in change.parts.items():
            self.seeds[index_of[id_]].add(index)
            if OPENING & fields.keys():
                self.explodes[index_of[id_]] = True
        for key in change.uses:
            parent, _, child = key.partition(ARROW)
            self._sow_lines(index, index_of[parent], index_of[child])
        if change.suppliers:
            self._sow_parts(index, lambda part: bool({part.supplier, part.maker} & change.suppliers.keys()))
            self._sow_changes(
                index, lambda fields: bool({fields.get("supplier"), fields.get("maker")} & set(change.suppliers))
            )
        if change.rates:
            self._sow_parts(index, lambda part: any(self._currency(money) in change.rates for money in _moneys(part)))
            self._sow_changes(index, lambda fields: bool({"price", "conversion_cost"} & fields.keys()))

    def _sow_lines(self, index: int, parent: int, child: int) -> None:
        """Note a change of one use: it can choose among all its alternatives."""
        self.edges[(parent, child)].add(index)
        for use in self.graph.uses_of[parent]:
            if self.bom.uses[use].alternative_to is not None:
                self.edges[(parent, self.graph.child_of[use])].add(index)
                self.edges[(parent, self.graph.index[self.bom.uses[use].alternative_to or ""])].add(index)

    def _sow_parts(self, index: int, holds: Callable[[Part], bool]) -> None:
        for at, part in enumerate(self.bom.parts):
            if holds(part):
                self.seeds[at].add(index)

    def _sow_changes(self, index: int, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Note also the parts of which another measure makes what this one changes."""
        for other in self.measures:
            for id_, fields in other.changes.parts.items():
                if holds(fields):
                    self.seeds[self.graph.index[id_]].add(index)

    def _currency(self, money: Money | Price) -> str:
        return money.currency or self.bom.currency

    def _climb(self) -> None:
        parents: dict[int, set[int]] = defaultdict(set)
        for index in self.graph.order:
            for use in self.graph.uses_of[index]:
                parents[self.graph.child_of[use]].add(index)
        for index in reversed(self.graph.order):
            passed = self.passed(index)
            for parent in parents[index] if passed else ():
                if parent != self.day.product and self._matters(index, parent):
                    self.touched[parent] |= passed

    def passed(self, index: int) -> MeasureSet:
        """Return the measures that may move what the goods above see of a part."""
        touched = self.touched[index]
        unseen = index not in self.day.rank
        if len(touched) != 1 or self.deep or self.explodes[index] or unseen:
            return frozenset(touched)
        return frozenset(each for each in touched if index in self.moved[each])

    def _matters(self, index: int, parent: int) -> bool:
        """Return True if a part's state can move that of the good above it; on the score, only its cost or its origin can."""
        if self.potential or self.deep or self.explodes[index] or self.explodes[parent]:
            return True
        by_origin = bool(self.seeds.get(index)) or not self.by_country
        return by_origin or bool(self.seeds.get(parent)) or self.bom.parts[parent].price is None

    @property
    def lines(self) -> dict[int, MeasureSet]:
        """The measures that can move each line of the product; phantoms and in-house stages opened."""
        found: dict[int, set[int]] = defaultdict(set)
        pending: list[tuple[int, frozenset[int]]] = [(self.day.product, frozenset())]
        seen = set(pending)
        while pending:
            parent, above = pending.pop()
            for use in self.graph.uses_of[parent]:
                child = self.graph.child_of[use]
                own = above | self.edges.get((parent, child), set())
                found[child] |= own | self.passed(child)
                if self.explodes[child]:
                    toggled = self.seeds.get(child, set()) if self._is_line_too(child) else set()
                    step = (child, frozenset(own | toggled))
                    if step not in seen:
                        seen.add(step)
                        pending.append(step)
        return {
            index: frozenset(group)
            for index, group in found.items()
            if group and (not self.explodes[index] or self._is_line_too(index))
        }

    def _is_line_too(self, index: int) -> bool:
        return self.explodes[index] != self.day.explodes[index]

    def groups(self) -> list[MeasureSet]:
        """Return the sets of measures that can meet at a line, or in the product's own facts, without those inside another."""
        all_groups = {*self.lines.values(), *([self.product] if self.product else [])}
        largest: list[MeasureSet] = []
        for group in sorted(all_groups, key=len, reverse=True):
            if not any(group <= other for other in largest):
                largest.append(group)
        return largest


def _moneys(part: Part) -> list[Money | Price]:
    return [money for money in (part.price, part.conversion_cost) if money is not None]


def moved(before: Mapping[int, PartState], changed: GoodsAssessment) -> MeasureSet:
    """Return the parts whose state differs in the changed bill."""
    recomputed = changed.exact_engine.recomputed
    after = states_of(changed, recomputed)
    numbers = before.keys() | after.keys() if recomputed is None else after.keys()
    return frozenset(index for index in numbers if before.get(index) != after.get(index))
