"""What moves are worth, exactly: by walking again only what each one touches, on the bill as it stands or with others taken."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

from tkdn.assessment.credit import CreditFacts, MakeFacts
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.opportunities.candidate import Candidate
from tkdn.assessment.opportunities.product import Making, changes_of, made_so
from tkdn.assessment.opportunities.raising import Raising
from tkdn.assessment.walk import Basis
from tkdn.bom.model import Part

Facts = Mapping[int, CreditFacts]
NONE: Facts = {}
MADE_HERE = frozenset({"certify", "next_band", "localise", "all_domestic"})
"""The kinds that give parts another credit and leave them made here."""


class Valuer:
    """Figures of one basis (None: nothing can be said) if some facts were others."""

    def __init__(self, assessment: GoodsAssessment, basis: Basis) -> None:
        self.assessment, self.basis = assessment, basis
        self.walk, self.rules = assessment.walk, assessment.rules
        self.base = self.walk.base.on(basis)
        self._raising = Raising(self.walk)

    def value(self, facts: Facts) -> Fraction | None:
        """The figure with the facts of some parts changed."""
        felt = {number: each for number, each in facts.items() if self._is_felt(number, each)}
        return self.walk.what_if(felt, self.basis)[0].on(self.basis) if felt else self.base

    def _is_felt(self, number: int, facts: CreditFacts) -> bool:
        """False where the change cannot reach the product: its facts are the same, or only its credit today is another, which
        counts in the product's own lines alone."""
        now = self.walk.part_facts(number)
        if facts == now or number == self.walk.product:  # of the product, only its licence counts (Pasal 9(1))
            return facts.licence != now.licence
        is_deep = self.basis == "score" and number not in self._raising.weights
        return not (is_deep and self.rules.judged_by_country and facts.origin == now.origin)

    def values(self, family: Sequence[Candidate], others: Facts = NONE) -> list[Fraction | None]:
        """The figure of each case of a family, which differ in what the part earns, beside the facts of others.

        They rise together, and what a credit adds to the score is in proportion to it: so the ends mostly tell the rest.
        """
        if self._is_short and family[0].kind in MADE_HERE and others.keys() <= family[0].facts.keys():
            return [self._raised(self._raising.sum(self._earned(each))) for each in family]
        earned = [each.credit for each in family]
        facts = dict(zip(earned, (each.facts for each in family), strict=True))
        known = {end: self.value({**others, **facts[end]}) for end in (min(earned), max(earned))}
        least, most = min(known), max(known)
        low, high = known[least], known[most]
        if low == high:
            return [low] * len(family)
        if self.basis == "score" and low is not None and high is not None and high < self.rules.limit:
            step = (high - low) / (most - least)
            known |= {credit: low + step * (credit - least) for credit in facts if credit not in known}
        else:
            known |= {credit: self.value({**others, **facts[credit]}) for credit in facts if credit not in known}
        return [known[credit] for credit in earned]

    def _earned(self, candidate: Candidate) -> dict[int, int]:
        """What each part earns that the move changes: the one it is for its credit, what goes into it that of any industry."""
        plain = self.rules.credit("credit.industrial_company")
        return {number: candidate.credit if number == candidate.number else plain for number in candidate.facts}

    @property
    def _is_short(self) -> bool:
        """Whether a score follows from what the product's lines earn more."""
        return self.basis == "score" and self.base is not None and self.rules.judged_by_country

    def _raised(self, more: int) -> Fraction | None:
        """The figure with this much more in the product's sum of cost weight x credit."""
        return self.made(self.walk.product_make, more) if more else self.base

    def made(self, made: MakeFacts, more: int = 0) -> Fraction | None:
        """The figure if the product were made this way, and `more` were in its sum of cost weight x credit."""
        if self.base is None:
            return None
        walk = self.walk
        credited = walk.low_sum if self.basis == "score" else walk.credited[walk.product]
        material = Fraction(credited + more, walk.total(walk.product))
        nothing = Fraction(0)
        return self.rules.total(material, made.labour or nothing, made.overhead or nothing, made.brainware)[0]

    def made_so(self, part: Part, making: Making) -> Fraction | None:
        """The figure with some facts changed of how the product is made, from its record."""
        facts, product, record = self.assessment.facts, self.walk.product, made_so(part, making)
        if self.base is None or facts.licence_of(product, record) != facts.licence[product]:
            after = self.assessment.with_changes(changes_of(part, making))
            return after.exact if self.basis == "score" else after.exact_potential
        return self.made(facts.make(product, record))


class Together:
    """The bill with `taken` moves made, and what any move adds to those of them that touch nothing it touches itself."""

    def __init__(self, before: Valuer, after: GoodsAssessment, taken: Sequence[Candidate]) -> None:
        self.before, self.after = before, Valuer(after, before.basis)
        self.taken = taken
        self._by_touch: dict[Hashable, Candidate] = {touch: move for move in taken for touch in move.touches}
        self._product = before.assessment.day.parts[before.walk.product]
        self._known: dict[frozenset[int], Fraction | None] = {}

    def _undone(self, candidate: Candidate) -> tuple[Facts, list[Candidate]]:
        """The parts' facts as they are today wherever a taken move touches what this one touches; and those moves."""
        rivals = {id(move): move for touch in candidate.touches if (move := self._by_touch.get(touch)) is not None}
        numbers = {number for move in rivals.values() for number in move.facts}
        return {number: self.before.walk.part_facts(number) for number in numbers}, list(rivals.values())

    def given_others(self, family: Sequence[Candidate]) -> list[Fraction | None]:
        """What each case of a family adds to the others, in points; all cases touch the same."""
        first = family[0]
        if first.benefit is not None:
            return [each.benefit for each in family]
        undone, rivals = self._undone(first)
        if first.making:
            return [self._made(each, rivals) for each in family]
        if first.lost:
            with_it = [self.after.value({**undone, **each.facts}) for each in family]
            without = self.after.value({**undone, **first.lost})
        else:
            with_it = self.after.values(family, undone)
            key = frozenset(undone)
            if key not in self._known:
                self._known[key] = self.after.value(undone)
            without = self._known[key]
        return [difference(value, without) for value in with_it]

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
    return None if after is None or before is None else after - before
