"""The walk: one bottom-up pass over the bill that credits every part, and its repetition where a few facts change.

Each good's lines carry integer weights over one denominator, so material sums are integers and everything is exact. A
change in one part touches only its ancestors, and stops where a band or the "all domestic" test does not move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Self

from tkdn.assessment.credit import (
    Credit,
    CreditFacts,
    OwnObstacle,
    ProductionFacts,
    best_possible,
    best_production,
    credit_of,
    own_obstacle,
)
from tkdn.assessment.deciding import decided_own, own_hundredths
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.facts import Facts
from tkdn.bom.day import BillOnDay
from tkdn.bom.propagation import propagate
from tkdn.method.goods import GoodsRules

DeadEnd = tuple[int, int]
"""A good, and its component whose change did not change the good's credit."""


class CreditWalk:
    """The credits of all reachable parts, bottom-up. Lists are by index of the part; None for phantoms and in-house parts.

    Attributes:
        recomputed: Parts that were computed again since the walk that this one came from; None if that is all of them.
        credit: Credit of each part.
        own: TKDN from the part's own bill in hundredths of a percent, or None.
        domestic: How many of its lines open the calculation (Pasal 9(2)a).
        domestic_material: How many of its lines are domestic raw material for sure.
        unknown_material: How many more of them may be.
        credited: Sum over its main lines of cost weight x potential credit.
        makes: How each good is made.
    """

    def __init__(self, day: BillOnDay, facts: Facts, rules: GoodsRules) -> None:
        """Compute the credits of all parts that the product reaches."""
        self.day, self.facts, self.rules = day, facts, rules
        self.product = day.product
        size = len(day.parts)
        self.main = day.main
        self.recomputed: set[int] | None = None
        self.credit: dict[int, Credit] = {}
        self.own: list[int | None] = [None] * size
        self.domestic = [0] * size
        self.domestic_material = [0] * size
        self.unknown_material = [0] * size
        self.credited = [0] * size
        self.makes: dict[int, ProductionFacts] = {}
        for index in reversed(day.order):
            if not day.explodes[index]:
                self._visit(index)

    def changed(self, day: BillOnDay, facts: Facts, indices: Collection[int]) -> Self:
        """Return the walk over a bill with the same lines, equal to a new one.

        Args:
            day: The changed bill on the day.
            facts: Its facts.
            indices: Parts whose facts, lines or costs may be others; those above are computed again as far as a credit moves.
        """
        cls = type(self)
        new = cls.__new__(cls)
        new.day, new.facts, new.rules, new.product, new.main = day, facts, self.rules, self.product, self.main
        new.credit, new.own, new.makes = self.credit.copy(), self.own.copy(), self.makes.copy()
        new.domestic, new.credited = self.domestic.copy(), self.credited.copy()
        new.domestic_material, new.unknown_material = self.domestic_material.copy(), self.unknown_material.copy()

        def moves(index: int) -> bool:
            if day.explodes[index]:
                return True
            new._visit(index)
            return new.credit[index] != self.credit[index]

        new.recomputed = self.day.propagate(indices, moves)
        return new

    def _visit(self, index: int) -> None:
        day = self.day
        lines = day.lines[index]
        if lines:
            earned, main, any_opens = self.credit, self.main, not self.rules.opened_by_main
            domestic = certain = possible = 0
            for child in lines:
                credit = earned[child]
                domestic += credit.domestic and (any_opens or main[child])
                certain += credit.certainly_domestic
                possible += credit.possibly_domestic
            self.domestic[index] = domestic
            self.domestic_material[index], self.unknown_material[index] = certain, possible - certain
            weights = day.weights[index]
            self.credited[index] = sum(
                [weight * earned[child].potential for child, weight in weights or () if main[child]]
            )
            self.makes[index] = self.facts.make(index)
        facts = self.facts.of_part(index)
        own = self._own(index, facts, self.domestic[index], self.credited[index]) if lines else None
        self.own[index] = own
        self.credit[index] = self._credit(index, facts, own)

    def _credit(self, index: int, facts: CreditFacts, own: int | None, more: int = 0, more_unknown: int = 0) -> Credit:
        """Return the credit of a part with these facts, and so many more lines that are or may be domestic raw material."""
        certain, unknown = self.domestic_material[index] + more, self.unknown_material[index] + more_unknown
        return credit_of(self.rules, facts, len(self.day.lines[index]), certain, unknown, own)

    def part_facts(self, index: int) -> CreditFacts:
        """Return the facts that a part's credit follows from."""
        return self.facts.of_part(index)

    def credit_of(self, index: int) -> Credit:
        """Return the credit of a part."""
        return self.credit[index]

    def why_not_own(self, index: int) -> OwnObstacle | None:
        """Return what keeps a part with lines from a TKDN of its own, or None."""
        return own_obstacle(self.part_facts(index), self.makes[index], self.total(index), self.domestic[index])

    def _own(self, index: int, facts: CreditFacts, domestic: int, credited: int) -> int | None:
        """Return TKDN from the part's own bill in hundredths of a percent, or None if it cannot be said (design rule 5)."""
        return self._own_of(index, facts, self.makes[index], domestic, credited)

    def _own_of(
        self, index: int, facts: CreditFacts, made: ProductionFacts, domestic: int, credited: int
    ) -> int | None:
        total = self.total(index)
        if own_obstacle(facts, made, total, domestic) is not None:
            return None
        found = own_hundredths(self.rules, made, credited, total, rounded=self.day.rounded)
        if found is None and credited == self.credited[index]:
            return decided_own(self.rules, made, self.day, index, lambda day: self._sums(day, index))
        if found is None:
            raise self.day.too_long(index)
        return found

    def _sums(self, day: BillOnDay, index: int) -> tuple[int, int]:
        """Return a good's credited cost and the cost that its shares are of, in the weights of a day."""
        credit, main = self.credit, self.main
        credited = sum([weight * credit[child].potential for child, weight in day.weights[index] or () if main[child]])
        return credited, self.total(index, day)

    def total(self, index: int, day: BillOnDay | None = None) -> int:
        """Return the cost that shares of a good's main lines are taken of, in its integer weights; 0 if there is none."""
        day = self.day if day is None else day
        if not self.rules.shares_of_all or not day.total[index]:
            return day.total[index]
        weights = day.weights[index] or ()
        return sum([weight for _, weight in weights]) if len(weights) == len(day.lines[index]) else 0

    def opens_calculation(self, index: int) -> bool:
        """Return whether a line for this part, if it is domestic, opens the calculation (Pasal 9(2)a)."""
        return self.main[index] or not self.rules.opened_by_main

    def credit_without_certificate(self, index: int) -> Credit:
        """Return the credit of a part if its certificate did not count."""
        return self._credit(index, self.part_facts(index)._replace(certificate_credit=None), None)

    @cached_property
    def best_credit(self) -> dict[int, int]:
        """The credit that each part could reach if it were certified, and everything unknown were at its best."""
        best: dict[int, int] = {}
        day, main = self.day, self.main
        for index in reversed(day.order):
            if day.explodes[index]:
                continue
            facts, lines, own = self.part_facts(index), day.lines[index], None
            if lines:
                credited = sum([weight * best[child] for child, weight in day.weights[index] or () if main[child]])
                origins = self.facts.origin
                perhaps = sum(origins[child] is not False for child in lines if self.opens_calculation(child))
                own = self._own_of(index, facts, best_production(self.makes[index]), perhaps, credited)
            best[index] = best_possible(self.rules, facts, self.credit[index], len(lines), own)
        return best

    @cached_property
    def users(self) -> dict[int, list[tuple[int, int]]]:
        """Goods whose lines hold each part (phantoms and in-house parts opened), with the line's weight."""
        users: dict[int, list[tuple[int, int]]] = defaultdict(list)
        day = self.day
        for index in day.order:
            if not day.explodes[index] and day.lines[index]:
                weights = dict(day.weights[index] or ())
                for child in day.lines[index]:
                    users[child].append((index, weights.get(child, 0)))
        return users

    def carried(self, changes: Mapping[int, CreditFacts], basis: Basis) -> tuple[int, int, list[DeadEnd]]:
        """Return what changed facts do to the product, carried upwards with costs held.

        Args:
            changes: the facts of the parts that change.
            basis: the only column that is followed.

        Returns:
            What is added to the product's material sum, how many more of its lines are domestic, and the dead ends.
        """
        domestic: dict[int, int] = defaultdict(int)
        certain: dict[int, int] = defaultdict(int)
        unknown: dict[int, int] = defaultdict(int)
        credited: dict[int, int] = defaultdict(int)
        reached_from: dict[int, list[int]] = defaultdict(list)
        dead_ends: list[DeadEnd] = []

        def moves(index: int) -> bool:
            if index == self.product:
                dead_ends.extend((index, child) for child in reached_from[index] if not self.main[child])
                return False
            before = self.credit[index]
            facts = changes.get(index) or self.part_facts(index)
            own = None
            if basis == "potential" and self.day.lines[index]:
                own = self._own(
                    index, facts, self.domestic[index] + domestic[index], self.credited[index] + credited[index]
                )
            after = self._credit(index, facts, own, certain[index], unknown[index])
            step = after.today - before.today if basis == "score" else after.potential - before.potential
            if not step and after.raw_material == before.raw_material:
                dead_ends.extend((index, child) for child in reached_from[index])
                return False
            more_certain = after.certainly_domestic - before.certainly_domestic
            more_possible = after.possibly_domestic - before.possibly_domestic
            opened = after.domestic - before.domestic if self.opens_calculation(index) else 0
            for parent, weight in self.users[index]:
                domestic[parent] += opened
                certain[parent] += more_certain
                unknown[parent] += more_possible - more_certain
                if step and self.main[index]:
                    credited[parent] += weight * step
                reached_from[parent].append(index)
            return True

        propagate(changes, self.day.rank, lambda index: [good for good, _ in self.users[index]], moves)
        return credited[self.product], domestic[self.product], dead_ends
