"""What measures do, alone and together: the bill is changed, what moves is worked out again, and its figures are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkdn.errors import Place, Problem, TkdnError
from tkdn.planning.checks import Relations
from tkdn.planning.errors import MeasureError
from tkdn.planning.interactions import Group, moved, states_of
from tkdn.planning.measure import Measure
from tkdn.planning.reckoning import Figures, IkmSpend, figures_of

if TYPE_CHECKING:
    from tkdn.assessment.engines.engine import Basis
    from tkdn.assessment.goods import GoodsAssessment

NONE: Group = frozenset()


class Effects:
    """The figures of the bill under sets of measures, each worked out once, from what they change in the assessment.

    Raises `MeasureError` with all problems where measures do not fit the bill.
    """

    def __init__(self, assessment: GoodsAssessment, measures: Sequence[Measure], basis: Basis) -> None:
        self.assessment, self.measures, self.basis = assessment, measures, basis
        self.relations = Relations(measures)
        self.order = _in_order(self.relations, len(measures))
        self.known: dict[Group, Figures] = {NONE: figures_of(assessment, basis)}
        self._verified: set[Group] = set()
        self.moved: list[Group] = [NONE] * len(measures)
        self._states, self._spend = states_of(assessment), IkmSpend(assessment)
        self._check_fit()

    @property
    def base(self) -> Figures:
        """The figures of the bill as it stands."""
        return self.known[NONE]

    def _check_fit(self) -> None:
        """Apply each measure with its prerequisites, and gather what is wrong."""
        problems: list[Problem] = []
        failed: set[int] = set()
        for number in self.order:
            if self.relations.needs[number] & failed:
                failed.add(number)
                continue
            together = self.relations.closure(frozenset({number}))
            try:
                new = self.assess(together)
                self.known[together] = figures_of(new, self.basis, self._spend)
                self.moved[number] = moved(self._states, new)
            except TkdnError as error:
                failed.add(number)
                problems += [_of_measure(problem, number) for problem in error.problems]
        if problems:
            raise MeasureError(problems)

    def assess(self, chosen: Group) -> GoodsAssessment:
        """The assessment of the bill with some measures taken."""
        return self.assessment.exactly_changed(self.changes(chosen)) if chosen else self.assessment

    def figures(self, chosen: Group) -> Figures:
        """The figures with some measures taken. Raises `MeasureError` where they do not fit together."""
        if chosen not in self.known:
            try:
                self.known[chosen] = figures_of(self.assess(chosen), self.basis, self._spend)
            except TkdnError as error:
                names = ", ".join(self.measures[number].id for number in sorted(chosen))
                raise MeasureError(each.said_of(f"{names} together") for each in error.problems) from None
        return self.known[chosen]

    def afresh(self, chosen: Group) -> GoodsAssessment:
        """A full assessment of the bill with some measures taken, whatever is known of it."""
        base = self.assessment
        bom = base.bom.with_changes(self.changes(chosen), on=base.on)
        return type(base).of(replace(base.case, bom=bom, exact=True))

    def verified(self, chosen: Group) -> Figures:
        """The figures with some measures taken, by a full assessment."""
        if chosen not in self._verified:
            self.figures(chosen)
            self.known[chosen] = figures_of(self.afresh(chosen), self.basis)
            self._verified.add(chosen)
        return self.known[chosen]

    def changes(self, chosen: Group) -> dict[str, dict[str, Any]]:
        """The changes of some measures in one, prerequisites first, so that what builds on them counts."""
        merged: dict[str, dict[str, Any]] = {"parts": {}, "uses": {}, "suppliers": {}, "rates": {}}
        for number in self.order:
            if number in chosen:
                for (section, key, field), value in self.measures[number].changes.values.items():
                    if section == "rates":
                        merged[section][key] = value
                    else:
                        merged[section].setdefault(key, {})[field] = value
        return {section: changes for section, changes in merged.items() if changes}

    @cached_property
    def one_off(self) -> list[Fraction]:
        """Rupiah that each measure costs once."""
        return [self._rupiah(number, "one_off") for number in range(len(self.measures))]

    @cached_property
    def unit_change(self) -> list[Fraction]:
        """Rupiah that each measure adds to the cost of a vehicle: as stated, else what its changes do to the cost of the
        product."""
        return [
            self.derived_unit_change(number)
            if measure.unit_cost_change is None
            else self._rupiah(number, "unit_cost_change")
            for number, measure in enumerate(self.measures)
        ]

    def derived_unit_change(self, number: int) -> Fraction:
        """What a measure's changes do to the cost of the product, beyond what its prerequisites do."""
        needs = self.relations.needs[number]
        return self.figures(needs | {number}).unit_cost - self.figures(needs).unit_cost

    def _rupiah(self, number: int, field: str) -> Fraction:
        money = getattr(self.measures[number], field)
        rates = self.assessment.day.rates
        rate = rates.rupiah(rates.currency(money))
        if rate is None:
            currency = rates.currency(money)
            message = f"{field} is in {currency}, which has no rate on {rates.day}"
            place = Place(path=f"measures[{number}].{field}")
            remedy = f"add a rate for {currency} to the bill, or write it in rupiah"
            raise MeasureError([Problem.worded("rate-missing", message, remedy, place)])
        return Fraction(money.amount) * rate


def _in_order(relations: Relations, count: int) -> list[int]:
    """Prerequisites first, else as they stand in the list."""
    return sorted(range(count), key=lambda number: (len(relations.needs[number]), number))


def _of_measure(problem: Problem, number: int) -> Problem:
    path = ".".join(filter(None, (f"measures[{number}]", problem.place.path or "changes")))
    return replace(problem, place=Place(path=path))


class Model:
    """The figures as sums over sets of measures: what each set adds beyond its subsets, for sets that can meet.

    `exact`: every set that can meet is in it, so the sums are the figures; else pairs alone, or less, where the sets would be
    more than `most`.
    """

    def __init__(self, effects: Effects, groups: Sequence[Group], most: int) -> None:
        self.effects = effects
        self.exact = True
        family: set[Group] = {NONE}
        for number in range(len(effects.measures)):
            self._add(family, frozenset({number}))
        for group in sorted(groups, key=len):
            self._add_group(family, group, most)
        self.terms: dict[Group, tuple[Fraction, ...]] = {}
        for together in sorted(family, key=lambda each: (len(each), sorted(each))):
            self._learn(together)

    def _add(self, family: set[Group], chosen: Group) -> None:
        together = self.effects.relations.closure(chosen)
        if self.effects.relations.compatible(together):
            family.add(together)

    def _add_group(self, family: set[Group], group: Group, most: int) -> None:
        found = set(_compatible_sets(group, self.effects.relations, most - len(family)))
        if len(family | found) <= most:
            family |= found
            return
        self.exact = False
        members = sorted(group)
        pairs = len(members) * (len(members) - 1) // 2
        if len(family) + pairs <= most:
            for at, first in enumerate(members):
                for second in members[at + 1 :]:
                    self._add(family, frozenset({first, second}))

    def _learn(self, together: Group) -> None:
        figures = _vector(self.effects.figures(together))
        inside = [terms for chosen, terms in self.terms.items() if chosen < together]
        beyond = (
            tuple(value - sum(column) for value, column in zip(figures, zip(*inside, strict=True), strict=True))
            if inside
            else figures
        )
        if any(beyond) or not together:
            self.terms[together] = beyond

    def learn(self, chosen: Group) -> None:
        """Make the model right for a set of measures that it was wrong for."""
        if chosen not in self.terms:
            self._learn(chosen)

    def sums(self) -> tuple[Sum, ...]:
        """Total, credited, beside and ikm, each as a sum."""
        return tuple(
            {chosen: terms[column] for chosen, terms in self.terms.items() if terms[column]} for column in range(4)
        )


Sum = Mapping[Group, Fraction]
"""A figure as a sum: what each set of measures adds where all of it is taken."""


def _vector(figures: Figures) -> tuple[Fraction, ...]:
    return figures.total, figures.credited, figures.beside, figures.ikm


def _compatible_sets(group: Group, relations: Relations, most: int) -> Iterator[Group]:
    """The sets of some measures, with what they need, in which none excludes another; one more than `most` at most."""
    found: list[Group] = [NONE]
    for number in sorted(group):
        for chosen in list(found):
            together = relations.closure(chosen | {number})
            if relations.compatible(together):
                found.append(together)
        if len(found) > most + 1:
            break
    yield from found
