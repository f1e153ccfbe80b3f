"""Exact values of moves: only what each one touches is walked again, on the bill as it is or with others taken."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property

from tkdn.assessment.credit import CreditFacts, ProductionFacts
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.opportunities.candidate import Candidate
from tkdn.assessment.opportunities.product import Making, changes_of, made_so
from tkdn.assessment.opportunities.raising import NONE, Facts, Raising
from tkdn.bom.model import Part

MADE_HERE = frozenset({"certify", "next_band", "localise", "all_domestic"})
"""The kinds that give parts another credit and leave them made here."""


class Valuer:
    """Figures of one basis (None: nothing can be said) if some facts were others."""

    def __init__(self, assessment: GoodsAssessment, basis: Basis) -> None:
        """Take an assessment, and the figure that moves are valued by."""
        self.assessment, self.basis = assessment, basis
        self.engine, self.rules = assessment.exact_engine, assessment.rules
        self.raising = self.plain = Raising(self.engine)
        self.others: Facts = NONE
        made, nothing = self.engine.product_make, Fraction(0)
        total = self.engine.total(self.engine.product)
        self._line = self.rules.line(total, made.labour or nothing, made.overhead or nothing, made.brainware)

    def beside(self, others: Facts) -> Valuer:
        """Return the same for the bill with the facts of other parts changed."""
        if not others:
            return self
        new = copy(self)
        for name in ("base", "_is_short"):
            new.__dict__.pop(name, None)
        new.others, new.raising = others, self.plain.beside(others)
        return new

    @cached_property
    def base(self) -> Fraction | None:
        """The figure with no facts changed but those of the others."""
        if not self.others:
            return self.engine.base.on(self.basis)
        return self._line.at(self._credited + self.raising.moved) if self._is_short else self.value(NONE)

    def value(self, facts: Facts) -> Fraction | None:
        """Return the figure with the facts of some parts changed."""
        felt = {number: each for number, each in {**self.others, **facts}.items() if self._is_felt(number, each)}
        return self.engine.walk_again(felt, self.basis)[0].on(self.basis) if felt else self.engine.base.on(self.basis)

    def _is_felt(self, number: int, facts: CreditFacts) -> bool:
        """Return False where the change cannot reach the product.

        Its facts are the same, or only its credit today is another, which counts in the product's own lines alone.
        """
        now = self.engine.part_facts(number)
        if facts == now or number == self.engine.product:  # of the product, only its licence counts (Pasal 9(1))
            return facts.licence != now.licence
        is_deep = self.basis == "score" and number not in self.raising.weights
        return not (is_deep and self.rules.judged_by_country and facts.origin == now.origin)

    def values(self, family: Sequence[Candidate]) -> list[Fraction | None]:
        """Return the figure of each case of a family, which differ in what the part earns.

        They rise together, and what a credit adds to the score is in proportion to it: so the ends mostly decide the rest.
        """
        earned = [each.credit for each in family]
        known = self._between(dict(zip(earned, (each.facts for each in family), strict=True)))
        return [known[credit] for credit in earned]

    def figures(self, family: Sequence[Candidate]) -> list[tuple[Fraction | None, Fraction | None]]:
        """Return the figure of each case of a family, and what it adds to `base`, in points."""
        if self._raises(family):
            sums = self._sums(family)
            return [*zip(map(self._line.at, sums), self._gained(sums), strict=True)]
        return [(value, difference(value, self.base)) for value in self.values(family)]

    def gains(self, family: Sequence[Candidate]) -> list[Fraction | None]:
        """Return what each case of a family adds to `base`, in points."""
        if self._raises(family):
            return [*self._gained(self._sums(family))]
        return [difference(value, self.base) for value in self.values(family)]

    def _gained(self, sums: list[int]) -> Iterator[Fraction]:
        before = self._credited + self.raising.moved
        return (self._line.between(before, each) for each in sums)

    def _between(self, facts: Mapping[int, Facts]) -> dict[int, Fraction | None]:
        """Return the figure for each credit, from those of the least and the most of them if it follows from these."""
        least, most = min(facts), max(facts)
        known = {end: self.value(facts[end]) for end in (least, most)}
        low, high = known[least], known[most]
        if low == high:
            return dict.fromkeys(facts, low)
        if self.basis == "score" and low is not None and high is not None and high < self.rules.limit:
            step = (high - low) / (most - least)
            return {credit: low + step * (credit - least) for credit in facts}
        return known | {credit: self.value(facts[credit]) for credit in facts if credit not in known}

    @cached_property
    def _is_short(self) -> bool:
        """True if a score follows from what the product's lines earn more."""
        if self.basis != "score" or not self.rules.judged_by_country or self.engine.product in self.others:
            return False
        return self.engine.base.score is not None and (not self.others or self.raising.domestic > 0)

    def _raises(self, family: Sequence[Candidate]) -> bool:
        return self._is_short and family[0].kind in MADE_HERE

    def _sums(self, family: Sequence[Candidate]) -> list[int]:
        """Return the product's sum of cost weight x credit for each case of a family.

        The family makes a part, or what goes into it, here.
        """
        # Pasal 5(2)b.2.
        first = family[0]
        raising = self.plain if self.others.keys() <= first.facts.keys() else self.raising
        plain = self.rules.credit("credit.industrial_company")
        earned = {number: first.credit if number == first.number else plain for number in first.facts}
        credited = self._credited + raising.moved + raising.sum(earned)
        weight = raising.weights.get(first.number, 0) if first.number in earned else 0
        return [credited + weight * (each.credit - first.credit) for each in family]

    @property
    def _credited(self) -> int:
        return self.engine.today_sum if self.basis == "score" else self.engine.credited[self.engine.product]

    def made(self, made: ProductionFacts) -> Fraction | None:
        """Return the figure if the product were made this way."""
        if self.base is None:
            return None
        material = Fraction(self._credited, self.engine.total(self.engine.product))
        nothing = Fraction(0)
        return self.rules.total(material, made.labour or nothing, made.overhead or nothing, made.brainware)[0]

    def made_so(self, part: Part, making: Making) -> Fraction | None:
        """Return the figure with some facts changed of how the product is made, from its record."""
        facts, product, record = self.assessment.facts, self.engine.product, made_so(part, making)
        if self.base is None or facts.licence_of(product, record) != facts.licence[product]:
            after = self.assessment.with_changes(changes_of(part, making))
            return after.exact if self.basis == "score" else after.exact_potential
        return self.made(facts.make(product, record))


class Together:
    """The bill with `taken` moves made, and what any move adds to those of them that touch nothing it touches itself."""

    def __init__(self, before: Valuer, after: GoodsAssessment, taken: Sequence[Candidate]) -> None:
        """Take the valuer of the bill as it is, the assessment with other moves taken, and these moves."""
        self.before, self.after = before, Valuer(after, before.basis)
        self.taken = taken
        self._by_touch: dict[Hashable, Candidate] = {touch: move for move in taken for touch in move.touches}
        self._product = before.assessment.day.parts[before.engine.product]
        self._known: dict[frozenset[int], Valuer] = {}
        self._last: tuple[frozenset[int], Valuer] = frozenset(), self.after

    def _undone(self, candidate: Candidate) -> tuple[Valuer, list[Candidate]]:
        """Return the bill without the taken moves that touch what this one touches; and those moves."""
        rivals = {id(move): move for touch in candidate.touches if (move := self._by_touch.get(touch)) is not None}
        key = frozenset(rivals)
        valuer = self._last[1] if self._last[0] == key else self._known.get(key)
        if valuer is None:
            numbers = {number for move in rivals.values() for number in move.facts}
            undone = {number: self.before.engine.part_facts(number) for number in numbers}
            valuer = self.after.beside(undone)
            if len(undone) > 1:  # of a single part only the last is kept: its families follow each other
                self._known[key] = valuer
        self._last = key, valuer
        return valuer, list(rivals.values())

    def given_others(self, family: Sequence[Candidate]) -> list[Fraction | None]:
        """Return what each case of a family adds to the others, in points; all cases touch the same."""
        first = family[0]
        if first.benefit is not None:
            return [each.benefit for each in family]
        valuer, rivals = self._undone(first)
        if first.making:
            return [self._made(each, rivals) for each in family]
        if first.lost:
            with_it, without = [valuer.value(each.facts) for each in family], valuer.value(first.lost)
            return [difference(value, without) for value in with_it]
        return valuer.gains(family)

    def _made(self, candidate: Candidate, rivals: Sequence[Candidate]) -> Fraction | None:
        gone = {id(each) for each in rivals}
        making: dict[str, dict[str, object]] = {}
        for each in self.taken:
            if each.making and id(each) not in gone:
                for record, facts in each.making.items():
                    making.setdefault(record, {}).update(facts)
        without = self.after.made_so(self._product, making)
        for record, facts in candidate.making.items():
            making.setdefault(record, {}).update(facts)
        return difference(self.after.made_so(self._product, making), without)


def difference(after: Fraction | None, before: Fraction | None) -> Fraction | None:
    """Return one figure less another; None where either cannot be said."""
    return None if after is None or before is None else after - before
