"""Which measures can meet: at one component of the bill, so that together they do other than the sum of each alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tkdn.bom.changes import ARROW
from tkdn.planning.measure import Measure

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment

Group = frozenset[int]
State = tuple[Any, ...]
OPENING = {"phantom", "in_house"}


def states_of(assessment: GoodsAssessment, numbers: Collection[int] | None = None) -> dict[int, State]:
    """Return what a good above sees of each part, or of some: its cost and unit, its credit, and whether it is main."""
    day, credit = assessment.day, assessment.walk.credit
    return {
        number: (day.unit_cost[number], credit[number], day.parts[number].main, day.parts[number].unit)
        for number in (day.order if numbers is None else numbers)
        if not day.opens[number]
    }


class Reach:
    """Follows the measures up the bill, whatever the date: where they touch a part, and what of it they pass on.

    A part that one measure touches passes it on where its state moves under that measure alone; one that several touch passes
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
        """`moved`: the parts whose state each measure moves alone; `deep`: pass on everything, also what moves no state."""
        self.bom, self.day, self.measures, self.moved = assessment.bom, assessment.day, measures, moved
        self.potential, self.deep = potential, deep
        self.by_country = assessment.rules.judged_by_country
        self.graph = self.bom.graph
        self.seeds: dict[int, set[int]] = defaultdict(set)
        self.edges: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.opens = list(self.day.opens)
        for number, measure in enumerate(measures):
            self._sow(number, measure)
        self.touched: list[set[int]] = [set(self.seeds.get(number, ())) for number in range(len(self.graph.ids))]
        for (parent, _), those in self.edges.items():
            self.touched[parent] |= those
        self._climb()
        self.product: Group = frozenset(self.seeds.get(self.day.product, ()))

    def _sow(self, number: int, measure: Measure) -> None:
        index, change = self.graph.index, measure.changes
        for id_, fields in change.parts.items():
            self.seeds[index[id_]].add(number)
            if OPENING & fields.keys():
                self.opens[index[id_]] = True
        for key in change.uses:
            parent, _, child = key.partition(ARROW)
            self._sow_lines(number, index[parent], index[child])
        if change.suppliers:
            self._sow_parts(number, lambda part: bool({part.supplier, part.maker} & change.suppliers.keys()))
            self._sow_changes(
                number, lambda fields: bool({fields.get("supplier"), fields.get("maker")} & set(change.suppliers))
            )
        if change.rates:
            self._sow_parts(number, lambda part: any(self._currency(money) in change.rates for money in _moneys(part)))
            self._sow_changes(number, lambda fields: bool({"price", "conversion_cost"} & fields.keys()))

    def _sow_lines(self, number: int, parent: int, child: int) -> None:
        """A change of one use can choose among all alternatives beside it."""
        self.edges[(parent, child)].add(number)
        for use in self.graph.uses_of[parent]:
            if self.bom.uses[use].alternative_to is not None:
                self.edges[(parent, self.graph.child_of[use])].add(number)
                self.edges[(parent, self.graph.index[self.bom.uses[use].alternative_to or ""])].add(number)

    def _sow_parts(self, number: int, holds: Any) -> None:
        for at, part in enumerate(self.bom.parts):
            if holds(part):
                self.seeds[at].add(number)

    def _sow_changes(self, number: int, holds: Any) -> None:
        """Also the parts of which another measure makes what this one changes."""
        for other in self.measures:
            for id_, fields in other.changes.parts.items():
                if holds(fields):
                    self.seeds[self.graph.index[id_]].add(number)

    def _currency(self, money: Any) -> str:
        return money.currency or self.bom.currency

    def _climb(self) -> None:
        parents: dict[int, set[int]] = defaultdict(set)
        for number in self.graph.order:
            for use in self.graph.uses_of[number]:
                parents[self.graph.child_of[use]].add(number)
        for number in reversed(self.graph.order):
            passed = self.passed(number)
            for parent in parents[number] if passed else ():
                if parent != self.day.product and self._matters(number, parent):
                    self.touched[parent] |= passed

    def passed(self, number: int) -> Group:
        """Return the measures that may move what the goods above see of a part."""
        touched = self.touched[number]
        unseen = number not in self.day.rank
        if len(touched) != 1 or self.deep or self.opens[number] or unseen:
            return frozenset(touched)
        return frozenset(each for each in touched if number in self.moved[each])

    def _matters(self, number: int, parent: int) -> bool:
        """Return True if a part's state can move that of the good above it; on the score, only its cost or its origin can."""
        if self.potential or self.deep or self.opens[number] or self.opens[parent]:
            return True
        by_origin = bool(self.seeds.get(number)) or not self.by_country
        return by_origin or bool(self.seeds.get(parent)) or self.bom.parts[parent].price is None

    @property
    def lines(self) -> dict[int, Group]:
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
                if self.opens[child]:
                    toggled = self.seeds.get(child, set()) if self._is_line_too(child) else set()
                    step = (child, frozenset(own | toggled))
                    if step not in seen:
                        seen.add(step)
                        pending.append(step)
        return {
            number: frozenset(group)
            for number, group in found.items()
            if group and (not self.opens[number] or self._is_line_too(number))
        }

    def _is_line_too(self, number: int) -> bool:
        return self.opens[number] != self.day.opens[number]

    def groups(self) -> list[Group]:
        """Return the sets of measures that can meet at a line, or in the product's own facts, without those inside another."""
        all_groups = {*self.lines.values(), *([self.product] if self.product else [])}
        largest: list[Group] = []
        for group in sorted(all_groups, key=len, reverse=True):
            if not any(group <= other for other in largest):
                largest.append(group)
        return largest


def _moneys(part: Any) -> list[Any]:
    return [money for money in (part.price, part.conversion_cost) if money is not None]


def moved(before: Mapping[int, State], changed: GoodsAssessment) -> Group:
    """Return the parts whose state differs in the changed bill."""
    anew = changed.walk.anew
    after = states_of(changed, anew)
    numbers = before.keys() | after.keys() if anew is None else after.keys()
    return frozenset(number for number in numbers if before.get(number) != after.get(number))
