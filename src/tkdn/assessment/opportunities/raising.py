"""Raises of the product's own lines where parts come from here: the short way to a score, without walking again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from tkdn.assessment.credit import Credit, CreditFacts, Ground, credit_of, ground_of
from tkdn.assessment.engines.exact_engine import ExactEngine

Facts = Mapping[int, CreditFacts]
NONE: Facts = {}
Groups = Mapping[int, Mapping[frozenset[int], list[int]]]
"""Goods by all the parts that they wait for, and these by the rarest of them."""


class Raising:
    """Raises of the product's lines where raw material is judged by country, one level down.

    A part made here acts in two ways on today's score: as a line of the product by its own credit, and in goods that are
    lines of the product and become all domestic by it.
    """

    def __init__(self, engine: ExactEngine) -> None:
        """Take the engine of an assessment."""
        self.engine, self.rules = engine, engine.rules
        self.weights = {
            child: weight for child, weight in engine.day.weights[engine.product] or () if engine.main[child]
        }

    def beside(self, others: Facts) -> Raising:
        """Return the same for the bill with the facts of other parts changed."""
        return _Beside(self, others) if others else self

    def today(self, number: int) -> int:
        """Return today's credit of a part, in whole percent."""
        return self.engine.credit_of(number).today

    @property
    def moved(self) -> int:
        """The amount that the other facts add to the product's sum of cost weight x credit."""
        return 0

    @property
    def domestic(self) -> int:
        """The number of the product's lines that are made in Indonesia, of those that open the calculation (Pasal 9(2)a)."""
        return self.engine.domestic[self.engine.product]

    @cached_property
    def rarity(self) -> dict[int, int]:
        """Rank of each part by how many of the product's lines take it."""
        count: dict[int, int] = defaultdict(int)
        for good in self.weights:
            for child in self.engine.day.lines[good]:
                count[child] += 1
        return {child: rank for rank, child in enumerate(sorted(count, key=count.__getitem__))}

    @cached_property
    def missing(self) -> dict[int, frozenset[int]]:
        """The lines that keep each line of the product from being all domestic, where nothing else does."""
        engine, found = self.engine, {}
        for good in self.weights:
            if self._may_be_domestic(engine.part_facts(good)):
                found[good] = frozenset(
                    child for child in engine.day.lines[good] if not engine.credit_of(child).certainly_domestic
                )
        return found

    @staticmethod
    def _may_be_domestic(facts: CreditFacts) -> bool:
        return facts.statement is None and ground_of(facts, all_domestic=True) is Ground.ALL_DOMESTIC

    def _grouped(self, missing: Mapping[int, frozenset[int]]) -> Groups:
        rank = self.rarity.__getitem__
        found: dict[int, dict[frozenset[int], list[int]]] = defaultdict(dict)
        for good, parts in missing.items():
            if parts:
                found[min(parts, key=rank)].setdefault(parts, []).append(good)
        return found

    @cached_property
    def _groups(self) -> Groups:
        return self._grouped(self.missing)

    def completed(self, parts: AbstractSet[int]) -> Iterator[int]:
        """Yield the lines of the product that are all domestic once these parts are made here, and are none of them."""
        for number in parts:
            for missing, goods in self._groups.get(number, {}).items():
                if missing <= parts:
                    yield from (good for good in goods if good not in parts)

    def lines(self, earned: Mapping[int, int]) -> dict[int, int]:
        """Return what lines of the product earn more, in whole percent, if these parts were made here and had these credits."""
        # Pasal 5(2)b.1.a.
        raised = {number: credit - self.today(number) for number, credit in earned.items() if number in self.weights}
        for good in self.completed(earned.keys()):
            raised[good] = self.rules.credit("credit.all_domestic_material") - self.today(good)
        return raised

    def sum(self, earned: Mapping[int, int]) -> int:
        """Return what that adds to the product's sum of cost weight x credit."""
        return sum(self.weights[line] * more for line, more in self.lines(earned).items())


class _Beside(Raising):
    """The same with other facts changed: only goods that take one of these parts, or are one, are looked at again."""

    def __init__(self, plain: Raising, others: Facts) -> None:
        self.plain, self.others = plain, others
        self.engine, self.rules, self.weights = plain.engine, plain.rules, plain.weights
        engine = self.engine
        self._came: dict[int, set[int]] = defaultdict(set)
        self._went: dict[int, set[int]] = defaultdict(set)
        for number, facts in others.items():
            is_home = self._credit(number, facts, 0).certainly_domestic
            if is_home != engine.credit_of(number).certainly_domestic:
                for good, _ in engine.users[number]:
                    (self._came if is_home else self._went)[good].add(number)
        touched = {*others, *self._came, *self._went}
        self._today = {
            number: self._credit(number, self._facts(number), self._step(number)).today for number in touched
        }

    def _facts(self, number: int) -> CreditFacts:
        return self.others.get(number) or self.engine.part_facts(number)

    def _step(self, good: int) -> int:
        """Return how many more of a good's lines are domestic raw material."""
        return len(self._came.get(good, ())) - len(self._went.get(good, ()))

    def _credit(self, number: int, facts: CreditFacts, step: int) -> Credit:
        engine = self.engine
        return credit_of(
            self.rules, facts, len(engine.day.lines[number]), engine.domestic_material[number] + step, 0, None
        )

    def today(self, number: int) -> int:
        today = self._today.get(number)
        return self.plain.today(number) if today is None else today

    @cached_property
    def moved(self) -> int:
        return sum(
            self.weights[number] * (today - self.plain.today(number))
            for number, today in self._today.items()
            if number in self.weights
        )

    @property
    def domestic(self) -> int:
        product, opens = self.engine.product, self.engine.opens_calculation
        came, went = (sum(map(opens, parts.get(product, ()))) for parts in (self._came, self._went))
        return self.plain.domestic + came - went

    @property
    def rarity(self) -> dict[int, int]:
        return self.plain.rarity

    @cached_property
    def missing(self) -> dict[int, frozenset[int]]:
        found, none = {}, frozenset[int]()
        for good in self._today:
            if good in self.weights and self._may_be_domestic(self._facts(good)):
                before = self.plain.missing.get(good)
                if before is None:
                    lines = self.engine.day.lines[good]
                    before = frozenset(child for child in lines if not self.engine.credit_of(child).certainly_domestic)
                found[good] = (before - self._came.get(good, none)) | self._went.get(good, none)
        return found

    def completed(self, parts: AbstractSet[int]) -> Iterator[int]:
        yield from super().completed(parts)
        yield from (good for good in self.plain.completed(parts) if good not in self._today)
