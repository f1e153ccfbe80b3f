"""The effects of measures, alone and together: the bill is changed, what moves is computed again, and its figures are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkdn.errors import MeasureError, Place, Problem, TkdnError
from tkdn.planning.checks import Relations
from tkdn.planning.interactions import MeasureSet, moved, states_of
from tkdn.planning.measure import Measure
from tkdn.planning.reckoning import Figures, IkmSpend, figures_of

if TYPE_CHECKING:
    from tkdn.assessment.engines.engine import Basis
    from tkdn.assessment.goods import GoodsAssessment

NONE: MeasureSet = frozenset()


class Effects:
    """The figures of the bill under sets of measures, each computed once, from what they change in the assessment.

    Raises:
        MeasureError: with all problems, if measures do not fit the bill.
    """

    def __init__(self, assessment: GoodsAssessment, measures: Sequence[Measure], basis: Basis) -> None:
        """Compute the figures of each measure alone, with its prerequisites."""
        self.assessment, self.measures, self.basis = assessment, measures, basis
        self.relations = Relations(measures)
        self.order = _in_order(self.relations, len(measures))
        self.known: dict[MeasureSet, Figures] = {NONE: figures_of(assessment, basis)}
        self._verified: set[MeasureSet] = set()
        self.moved: list[MeasureSet] = [NONE] * len(measures)
        self._states, self._spend = states_of(assessment), IkmSpend(assessment)
        self._check_fit()

    @property
    def base(self) -> Figures:
        """The figures of the bill as it is."""
        return self.known[NONE]

    def _check_fit(self) -> None:
        """Apply each measure with its prerequisites, and gather what is wrong."""
        problems: list[Problem] = []
        failed: set[int] = set()
        for index in self.order:
            if self.relations.needs[index] & failed:
                failed.add(index)
                continue
            together = self.relations.closure(frozenset({index}))
            try:
                new = self.assess(together)
                self.known[together] = figures_of(new, self.basis, self._spend)
                self.moved[index] = moved(self._states, new)
            except TkdnError as error:
                failed.add(index)
                problems += [_of_measure(problem, index) for problem in error.problems]
        if problems:
            raise MeasureError(problems)

    def assess(self, chosen: MeasureSet) -> GoodsAssessment:
        """Return the assessment of the bill with some measures taken."""
        return self.assessment.exactly_changed(self.changes(chosen)) if chosen else self.assessment

    def figures(self, chosen: MeasureSet) -> Figures:
        """Return the figures with some measures taken.

        Raises:
            MeasureError: they do not fit together.
        """
        if chosen not in self.known:
            try:
                self.known[chosen] = figures_of(self.assess(chosen), self.basis, self._spend)
            except TkdnError as error:
                names = ", ".join(self.measures[index].id for index in sorted(chosen))
                raise MeasureError(each.said_of(f"{names} together") for each in error.problems) from None
        return self.known[chosen]

    def afresh(self, chosen: MeasureSet) -> GoodsAssessment:
        """Return a full assessment of the bill with some measures taken, whatever is known of it."""
        base = self.assessment
        bom = base.bom.with_changes(self.changes(chosen), on=base.on)
        return type(base).of(replace(base.case, bom=bom, exact=True))

    def verified(self, chosen: MeasureSet) -> Figures:
        """Return the figures with some measures taken, by a full assessment."""
        if chosen not in self._verified:
            self.figures(chosen)
            self.known[chosen] = figures_of(self.afresh(chosen), self.basis)
            self._verified.add(chosen)
        return self.known[chosen]

    def changes(self, chosen: MeasureSet) -> dict[str, dict[str, Any]]:
        """Return the changes of some measures in one, prerequisites first, so that what builds on them counts."""
        merged: dict[str, dict[str, Any]] = {"parts": {}, "uses": {}, "suppliers": {}, "rates": {}}
        for index in self.order:
            if index in chosen:
                for (section, key, field), value in self.measures[index].changes.values.items():
                    if section == "rates":
                        merged[section][key] = value
                    else:
                        merged[section].setdefault(key, {})[field] = value
        return {section: changes for section, changes in merged.items() if changes}

    @cached_property
    def one_off(self) -> list[Fraction]:
        """Rupiah that each measure costs once."""
        return [self._rupiah(index, "one_off") for index in range(len(self.measures))]

    @cached_property
    def unit_change(self) -> list[Fraction]:
        """Rupiah that each measure adds to the cost of a vehicle: as stated, else by its changes of the product's cost."""
        return [
            self.derived_unit_change(index)
            if measure.unit_cost_change is None
            else self._rupiah(index, "unit_cost_change")
            for index, measure in enumerate(self.measures)
        ]

    def derived_unit_change(self, index: int) -> Fraction:
        """Return the rupiah that a measure's changes add to the cost of the product, beyond those of its prerequisites."""
        needs = self.relations.needs[index]
        return self.figures(needs | {index}).unit_cost - self.figures(needs).unit_cost

    def _rupiah(self, index: int, field: str) -> Fraction:
        money = getattr(self.measures[index], field)
        rates = self.assessment.day.rates
        rate = rates.rupiah(rates.currency(money))
        if rate is None:
            currency = rates.currency(money)
            message = f"{field} is in {currency}, which has no rate on {rates.day}"
            place = Place(path=f"measures[{index}].{field}")
            remedy = f"add a rate for {currency} to the bill, or write it in rupiah"
            raise MeasureError([Problem.worded("rate-missing", message, remedy, place)])
        return Fraction(money.amount) * rate


def _in_order(relations: Relations, count: int) -> list[int]:
    """Return the indexes of measures, prerequisites first, else in the order of the list."""
    return sorted(range(count), key=lambda index: (len(relations.needs[index]), index))


def _of_measure(problem: Problem, index: int) -> Problem:
    path = ".".join(filter(None, (f"measures[{index}]", problem.place.path or "changes")))
    return replace(problem, place=Place(path=path))


class Model:
    """The figures as sums over sets of measures: what each set adds beyond its subsets, for sets that can meet.

    `exact`: every set that can meet is in it, so the sums are the figures; else pairs alone, or fewer, as the sets would be
    more than `most`.
    """

    def __init__(self, effects: Effects, groups: Sequence[MeasureSet], most: int) -> None:
        """Learn the sets of measures that can meet.

        Args:
            effects: the figures that the sums are learnt from.
            groups: sets of measures that can meet at one line.
            most: sets that are looked at.
        """
        self.effects = effects
        self.exact = True
        family: set[MeasureSet] = {NONE}
        for index in range(len(effects.measures)):
            self._add(family, frozenset({index}))
        for group in sorted(groups, key=len):
            self._add_group(family, group, most)
        self.terms: dict[MeasureSet, tuple[Fraction, ...]] = {}
        for together in sorted(family, key=lambda each: (len(each), sorted(each))):
            self._learn(together)

    def _add(self, family: set[MeasureSet], chosen: MeasureSet) -> None:
        together = self.effects.relations.closure(chosen)
        if self.effects.relations.compatible(together):
            family.add(together)

    def _add_group(self, family: set[MeasureSet], group: MeasureSet, most: int) -> None:
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

    def _learn(self, together: MeasureSet) -> None:
        figures = _vector(self.effects.figures(together))
        inside = [terms for chosen, terms in self.terms.items() if chosen < together]
        beyond = (
            tuple(value - sum(column) for value, column in zip(figures, zip(*inside, strict=True), strict=True))
            if inside
            else figures
        )
        if any(beyond) or not together:
            self.terms[together] = beyond

    def learn(self, chosen: MeasureSet) -> None:
        """Make the model right for a set of measures that it was wrong for."""
        if chosen not in self.terms:
            self._learn(chosen)

    def sums(self) -> tuple[Sum, ...]:
        """Return total, credited, other points and ikm, each as a sum."""
        return tuple(
            {chosen: terms[column] for chosen, terms in self.terms.items() if terms[column]} for column in range(4)
        )


Sum = Mapping[MeasureSet, Fraction]
"""A figure as a sum: what each set of measures adds if all of it is taken."""


def _vector(figures: Figures) -> tuple[Fraction, ...]:
    return figures.total, figures.credited, figures.other_points, figures.ikm


def _compatible_sets(group: MeasureSet, relations: Relations, most: int) -> Iterator[MeasureSet]:
    """Yield the sets of some measures, with what they need, in which none excludes another; one more than `most` at most."""
    found: list[MeasureSet] = [NONE]
    for index in sorted(group):
        for chosen in list(found):
            together = relations.closure(chosen | {index})
            if relations.compatible(together):
                found.append(together)
        if len(found) > most + 1:
            break
    yield from found
