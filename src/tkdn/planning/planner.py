"""The search for a plan: candidates from the solver, each verified by a full assessment, cut off if it misses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from tkdn.planning.effects import NONE, Effects, Model, Sum
from tkdn.planning.interactions import MeasureSet, Reach
from tkdn.planning.reckoning import Figures
from tkdn.planning.request import Request, done_on, late, volume_problem
from tkdn.planning.solver import Solver, combined, product

Status = Literal["optimal", "not_proven", "out_of_reach", "not_found"]
MAX_ROUNDS = 60
"""Candidates that are looked at for one plan."""
MAX_SETS = 4_096
"""Sets of measures that can meet, looked at beforehand; in a large bill fewer."""
MAX_VISITS = 20_000_000
"""Parts times sets that are looked at beforehand."""
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """A set of measures, and what is known of it; None if no set was found."""

    chosen: MeasureSet | None
    proven: bool


@dataclass(frozen=True)
class Reached:
    """The best score that the measures reach in percent, with all limits and without some; None if none gives a score."""

    with_limits: Fraction | None
    without_budget: Fraction | None
    without_deadline: Fraction | None
    without_limits: Fraction | None
    binding: tuple[str, ...] = field(default=())
    """The limits that keep the target out of reach: budget, deadline, both; or measures, if none of them does."""


class Planner:
    """The search for one bill, one list of measures, one request."""

    def __init__(self, effects: Effects, request: Request) -> None:
        """Begin a search; raises `UsageError` (`volume-missing`) if costs of each vehicle need a volume."""
        self.effects, self.request, self.relations = effects, request, effects.relations
        self.count = len(effects.measures)
        volume_problem(request.volume, iter(effects.unit_change))
        self.days = done_on(effects.measures, self.relations, effects.assessment.on)
        self.late = late(self.days, request.deadline)
        weight, _, _ = effects.assessment.rules.weights
        self.weight = weight / 100

    @cached_property
    def model(self) -> Model:
        """The figures as sums over the sets of measures that can meet."""
        effects = self.effects
        reach = Reach(
            effects.assessment,
            effects.measures,
            effects.moved,
            potential=self.request.basis == "potential",
            deep=self.request.aim == "ikm",
        )
        most = min(MAX_SETS, MAX_VISITS // len(effects.assessment.day.order)) + self.count + 1
        return Model(effects, reach.groups(), most)

    def cost(self, chosen: MeasureSet) -> Fraction:
        """Return rupiah of a set of measures: once, and on all vehicles."""
        volume = Fraction(self.request.volume or 0)
        return sum(
            (self.effects.one_off[each] + volume * self.effects.unit_change[each] for each in chosen), Fraction(0)
        )

    def points(self, figures: Figures) -> Fraction | None:
        """Return the score in percent before the limit of Pasal 12 is applied."""
        if figures.score is None:
            return None
        return self.weight * figures.credited / figures.total + figures.other_points

    def _costs(self) -> Sum:
        return {frozenset({index}): self.cost(frozenset({index})) for index in range(self.count)}

    def _above(self, least: Fraction) -> Sum:
        """Return (score - least) x total, without a division: at least zero if the score is at least `least`."""
        total, credited, others, _ = self.model.sums()
        return combined((self.weight, credited), (ONE, product(others, total)), (-least, total))

    def _limits(self, budget: Fraction | None) -> list[Sum]:
        return [] if budget is None else [combined((-ONE, self._costs()), (ONE, {NONE: budget}))]

    @property
    def budget(self) -> Fraction | None:
        """Rupiah that the set may cost; None: any."""
        return None if self.request.budget is None else Fraction(self.request.budget)

    def holds(
        self, chosen: MeasureSet, least: Fraction | None, budget: Fraction | None, ikm: Fraction | None = None
    ) -> bool:
        """Return True if a set reaches the score and the spend on IKM parts within the budget, by a full assessment.

        Args:
            chosen: the set.
            least: the score in percent; None: any.
            budget: rupiah; None: any.
            ikm: rupiah spent on IKM parts in a vehicle; None: any.
        """

        def enough(figures: Figures) -> bool:
            reached = least is None or (figures.score is not None and figures.score >= least)
            return reached and (ikm is None or figures.ikm >= ikm)

        effects = self.effects
        affordable = budget is None or self.cost(chosen) <= budget
        return affordable and enough(effects.figures(chosen)) and enough(effects.verified(chosen))

    def found(self) -> ChosenSet:
        """Return the set that was asked for; of several alike the cheapest."""
        least, budget = self.request.least, self.budget
        if self.request.aim == "points" or least is None:
            found = self.most_points(budget, self.late)
            if found.chosen is None or not self.holds(found.chosen, least, budget):
                return ChosenSet(None, found.proven)
            score = self.effects.figures(found.chosen).score
            return self._cheaper(found, self.cheapest(score or Fraction(0), budget, self.late))
        if self.request.aim == "cost":
            return self.cheapest(least, budget, self.late)
        found = self._search(lambda: combined((-ONE, self.model.sums()[3])), least, budget, self.late)
        if found.chosen is None:
            return found
        return self._cheaper(found, self.cheapest(least, budget, self.late, ikm=self.effects.figures(found.chosen).ikm))

    @staticmethod
    def _cheaper(found: ChosenSet, other: ChosenSet) -> ChosenSet:
        """Return the other, if there is one: it reaches as much for less."""
        return found if other.chosen is None else ChosenSet(other.chosen, found.proven and other.proven)

    def cheapest(
        self, least: Fraction, budget: Fraction | None, barred: MeasureSet, ikm: Fraction | None = None
    ) -> ChosenSet:
        """Return the set of least cost that reaches a score, and a spend on IKM parts."""
        found = self._search(self._costs, least, budget, barred, ikm)
        if found.chosen is None:
            return found
        return ChosenSet(self._without_needless(found.chosen, least, budget, ikm), found.proven)

    def _search(
        self,
        aim: Callable[[], Sum],
        least: Fraction,
        budget: Fraction | None,
        barred: MeasureSet,
        ikm: Fraction | None = None,
    ) -> ChosenSet:
        solver = Solver(self.relations, self.count, barred)
        for _ in range(MAX_ROUNDS):
            spent = [] if ikm is None else [combined((ONE, self.model.sums()[3]), (-ikm, {NONE: ONE}))]
            chosen = solver.least(aim(), [self._above(least), *self._limits(budget), *spent])
            proven = self.model.exact and not solver.cut_short
            if chosen is None:
                return ChosenSet(None, proven)
            if self.holds(chosen, least, budget, ikm):
                return ChosenSet(chosen, proven)
            solver.cut(chosen)
            self._learn(chosen)
        return ChosenSet(None, False)

    def _learn(self, chosen: MeasureSet) -> None:
        if not self.model.exact:
            self.model.learn(chosen)

    def _without_needless(
        self, chosen: MeasureSet, least: Fraction, budget: Fraction | None, ikm: Fraction | None
    ) -> MeasureSet:
        """Leave out what costs nothing less to leave in: measures that are free and not needed."""
        for index in sorted(chosen, key=lambda each: (-self.cost(frozenset({each})), each)):
            fewer = chosen - {index}
            needed = any(index in self.relations.needs[other] for other in fewer)
            if not needed and self.cost(fewer) <= self.cost(chosen) and self.holds(fewer, least, budget, ikm):
                chosen = fewer
        return chosen

    def most_points(self, budget: Fraction | None, barred: MeasureSet) -> ChosenSet:
        """Return the set of most points within a budget, without the barred measures.

        The score is a fraction, so the best set for score - t is looked for, with t the best score known, until none is
        better (Dinkelbach's method).
        """
        solver = Solver(self.relations, self.count, barred)
        best: MeasureSet | None = None
        top = Fraction(0)
        for _ in range(MAX_ROUNDS):
            above = self._above(top)
            limits = self._limits(budget)
            chosen = solver.least(combined((-ONE, above)), [*limits, *([above] if best is not None else [])])
            proven = self.model.exact and not solver.cut_short
            if chosen is None:
                return ChosenSet(best, proven)
            points = self.points(self.effects.figures(chosen))
            if points is None or (budget is not None and self.cost(chosen) > budget):
                solver.cut(chosen)
                self._learn(chosen)
            elif best is not None and points <= top:
                if self.model.exact:
                    return ChosenSet(best, proven)
                solver.cut(chosen)
                self._learn(chosen)
            else:
                best, top = chosen, points
                self._learn(chosen)
        return ChosenSet(best, False)

    def reached(self) -> Reached:
        """Return how far the measures go, with the limits and without."""
        least = self.request.least

        def best(budget: Fraction | None, barred: MeasureSet) -> Fraction | None:
            chosen = self.most_points(budget, barred).chosen
            return None if chosen is None else self.effects.figures(chosen).score

        both = best(self.budget, self.late)
        no_budget = best(None, self.late) if self.budget is not None else both
        no_deadline = best(self.budget, NONE) if self.late else both
        neither = best(None, NONE) if self.budget is not None and self.late else max_of(no_budget, no_deadline)

        def enough(score: Fraction | None) -> bool:
            return score is not None and (least is None or score >= least)

        names = [name for name, score in (("budget", no_budget), ("deadline", no_deadline)) if enough(score)]
        if not names:
            names = ["budget", "deadline"] if enough(neither) else ["measures"]
        return Reached(both, no_budget, no_deadline, neither, tuple(names))

    def front(self, steps: int) -> Iterator[MeasureSet]:
        """Yield the cheapest sets for scores from the bill's to the best reachable one."""
        best = self.most_points(self.budget, self.late).chosen
        if best is None:
            return
        top = self.effects.figures(best).score or Fraction(0)
        start = self.effects.base.score or Fraction(0)
        yielded: set[MeasureSet] = set()
        for step in range(steps + 1):
            found = self.cheapest(start + (top - start) * step / steps, self.budget, self.late).chosen
            if found is not None and found not in yielded:
                yielded.add(found)
                yield found


def max_of(*scores: Fraction | None) -> Fraction | None:
    """Return the largest that is known."""
    return max((score for score in scores if score is not None), default=None)
