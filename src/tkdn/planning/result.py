"""A plan: the measures chosen, what they cost and reach, step by step, and what keeps a target out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.outputs import headed, sha256_of
from tkdn.planning.effects import NONE
from tkdn.planning.interactions import MeasureSet
from tkdn.planning.measure import Measure
from tkdn.planning.planner import ChosenSet, Planner, Reached, Status
from tkdn.planning.regions import Regions, regions

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment

NOTHING = Fraction(0)
STEP_TEXTS = ("measure", "name", "done")
STEP_FIGURES = ("before", "score", "points", "one_off", "unit_cost_change", "cost", "per_point")
FRONT_STEPS = 20


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One measure in the order taken: the exact score `before` and after it, what it costs in rupiah, the day it is done.

    `points` of all steps add up exactly to what the plan lifts; a bill without a score counts as nothing here. `per_point`:
    rupiah for each point, None if it lifts nothing.
    """

    measure: Measure
    done: date | None
    before: Fraction
    score: Fraction
    one_off: Fraction
    unit_cost_change: Fraction
    cost: Fraction

    @property
    def points(self) -> Fraction:
        """Points that it adds to the score, exactly."""
        return self.score - self.before

    @property
    def per_point(self) -> Fraction | None:
        """Rupiah for each point, None if it lifts nothing."""
        return self.cost / self.points if self.points > 0 else None

    def to_dict(self) -> dict[str, Any]:
        """Return the step as plain data: percentages and rupiah as strings with two decimals."""
        return {
            "measure": self.measure.id,
            "name": self.measure.name,
            "done": self.done and self.done.isoformat(),
            **{key: text(two_places(getattr(self, key))) for key in STEP_FIGURES},
            "exact": ratio(self.points),
        }


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """One way to spend: the cheapest set of measures for its score, in rupiah, and rupiah for each point above the bill's."""

    measures: tuple[str, ...]
    score: Fraction
    cost: Fraction
    per_point: Fraction | None

    def to_dict(self) -> dict[str, Any]:
        """Return the point as plain data: percentages and rupiah as strings with two decimals."""
        figures = {key: text(two_places(getattr(self, key))) for key in ("score", "cost", "per_point")}
        return {"measures": list(self.measures), **figures, "exact": ratio(self.score)}


class Plan(Viewed):
    """The measures to take; see `plan`.

    `status`: `optimal` (no set does better), `not_proven` (a set that holds, by a full assessment, and perhaps not the best),
    `out_of_reach` (no set reaches the target; the measures are then those that come nearest), `not_found` (none was found, and
    it is not proven that there is none).
    """

    def __init__(self, planner: Planner, found: ChosenSet) -> None:
        """Take what the search found; without a set, the measures that come nearest."""
        self.planner, self.effects, self.request = planner, planner.effects, planner.request
        self.status: Status
        if found.chosen is not None:
            self.status = "optimal" if found.proven else "not_proven"
            self._chosen: MeasureSet = found.chosen
        else:
            self.status = "out_of_reach" if found.proven else "not_found"
            nearest = planner.most_points(planner.budget, planner.late).chosen
            self._chosen = nearest or NONE

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures to take, in the order taken."""
        return tuple(step.measure for step in self.steps)

    @cached_property
    def assessment(self) -> GoodsAssessment:
        """A full assessment of the bill with the measures taken; its `bom` is that bill."""
        return self.effects.afresh(self._chosen)

    @property
    def before(self) -> GoodsAssessment:
        """The assessment of the bill as it is."""
        return self.effects.assessment

    @property
    def exact(self) -> Fraction | None:
        """The exact fraction behind `score`, in percent."""
        found = self.assessment
        return found.exact if self.request.basis == "score" else found.exact_potential

    @property
    def score(self) -> Decimal | None:
        """The score that the plan reaches on its basis, in percent, by the full assessment."""
        return two_places(self.exact)

    @property
    def cost(self) -> Decimal:
        """Rupiah: what the measures cost once, and what they change in the cost of all vehicles."""
        return two_places(self.planner.cost(self._chosen))

    @property
    def one_off(self) -> Decimal:
        """Rupiah of it that is paid once."""
        return two_places(sum((self.effects.one_off[each] for each in self._chosen), NOTHING))

    @property
    def unit_cost_change(self) -> Decimal:
        """Rupiah that one vehicle costs more, or less if it is below zero."""
        return two_places(sum((self.effects.unit_change[each] for each in self._chosen), NOTHING))

    @property
    def done(self) -> date | None:
        """The day on which all of it counts; None if a lead time is not stated."""
        days = [self.planner.days[each] for each in self._chosen]
        known = [day for day in days if day is not None]
        return max(known, default=self.before.on) if len(known) == len(days) else None

    @cached_property
    def steps(self) -> list[PlanStep]:
        """Each measure with its points, in the order taken: soonest done first, then most points alone, prerequisites before."""
        found: list[PlanStep] = []
        taken: MeasureSet = NONE
        before = self.effects.base.score or NOTHING
        while taken != self._chosen:
            ready = [each for each in self._chosen - taken if self.effects.relations.needs[each] <= taken]
            index = min(ready, key=self._turn)
            taken |= {index}
            score = self.effects.figures(taken).score or NOTHING
            figures = self.effects.one_off[index], self.effects.unit_change[index]
            cost = self.planner.cost(frozenset({index}))
            found.append(
                PlanStep(self.effects.measures[index], self.planner.days[index], before, score, *figures, cost)
            )
            before = score
        return found

    def _turn(self, index: int) -> tuple[bool, date, Fraction, int]:
        day = self.planner.days[index]
        alone = self.effects.figures(self.effects.relations.closure(frozenset({index}))).score or NOTHING
        return day is None, day or date.max, -alone, index

    @cached_property
    def reached(self) -> Reached | None:
        """If the target is out of reach: the best scores with the limits and without, and the limit that binds; else None."""
        return self.planner.reached() if self.status in ("out_of_reach", "not_found") else None

    @property
    def shortfall(self) -> Fraction | None:
        """Points, exactly, that the best reachable score lacks; None if the target is reached, or there is no score."""
        if self.reached is None or self.reached.with_limits is None or self.request.target is None:
            return None
        return Fraction(self.request.target) - Fraction(self.request.bmp or 0) - self.reached.with_limits

    @property
    def set_aside(self) -> dict[str, str]:
        """Measures that the deadline rules out, by id, and why: `late`, or `no_lead_time` if it is not stated."""
        return {
            self.effects.measures[index].id: "no_lead_time" if self.planner.days[index] is None else "late"
            for index in sorted(self.planner.late)
        }

    @property
    def restated(self) -> dict[str, tuple[Fraction, Fraction]]:
        """Measures chosen whose stated change of the unit cost is not what their changes do to the cost of the product: both."""
        derived = self.effects.derived_unit_change
        return {
            self.effects.measures[each].id: (self.effects.unit_change[each], derived(each))
            for each in sorted(self._chosen)
            if self.effects.measures[each].unit_cost_change is not None
            and derived(each) != self.effects.unit_change[each]
        }

    def regions(self) -> tuple[Regions, Regions]:
        """Return the regional lens on the bill as it is, and with the measures taken, for the plan's volume."""
        volume = self.request.volume
        return regions(self.before, volume=volume), regions(self.assessment, volume=volume)

    def front(self, steps: int = FRONT_STEPS) -> list[FrontPoint]:
        """Return cost against score, within the plan's limits: the cheapest set for each of some scores.

        Sets that cost more and reach less than another are left out.

        Args:
            steps: how many scores, evenly from the bill's own to the best reachable one.
        """
        found: list[FrontPoint] = []
        base = self.effects.base.score or NOTHING
        for chosen in self.planner.front(steps):
            score, cost = self.effects.figures(chosen).score or NOTHING, self.planner.cost(chosen)
            names = tuple(self.effects.measures[each].id for each in sorted(chosen))
            found = [each for each in found if each.cost < cost or each.score > score]
            found.append(FrontPoint(names, score, cost, cost / (score - base) if score > base else None))
        return found

    @property
    def provenance(self) -> dict[str, Any]:
        """Identity of the plan: the assessment before, and `measures_sha256`, of the list of measures."""
        measures = [each.model_dump(mode="json", by_alias=True, exclude_unset=True) for each in self.effects.measures]
        return {**self.before.provenance, "measures_sha256": sha256_of(measures)}

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain data: percentages and rupiah as strings with two decimals."""
        request, reached = self.request, self.reached
        return headed(
            "tkdn-plan",
            {
                "product": self.before.product,
                "on": self.before.on.isoformat(),
                "regulation": self.before.regulation.id,
                "status": self.status,
                **{
                    key: _plain(getattr(request, key))
                    for key in ("aim", "basis", "target", "bmp", "volume", "budget", "deadline")
                },
                "before": text(two_places(self.effects.base.score)),
                "score": text(self.score),
                "exact": ratio(self.exact),
                **{key: text(getattr(self, key)) for key in ("cost", "one_off", "unit_cost_change")},
                "done": self.done and self.done.isoformat(),
                "steps": [step.to_dict() for step in self.steps],
                "reached": reached and _reached(reached),
                "shortfall": text(two_places(self.shortfall)),
                "set_aside": self.set_aside,
                "restated": {id_: [text(two_places(each)) for each in both] for id_, both in self.restated.items()},
                "provenance": self.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the steps as a data frame of pandas, polars or pyarrow, numbers as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        return frame_of_records([step.to_dict() for step in self.steps], backend, STEP_TEXTS, STEP_FIGURES)

    def __iter__(self) -> Iterator[PlanStep]:
        """Iterate over the steps."""
        return iter(self.steps)

    def __str__(self) -> str:
        """Return the plan as a terminal shows it."""
        return self.to_text()

    def __repr__(self) -> str:
        """Return the product, the status, and how many measures reach which score."""
        return f"<Plan of {self.before.product!r}: {self.status}, {len(self._chosen)} measures, score {self.score}>"


def _plain(value: object) -> object:
    return text(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value


def _reached(reached: Reached) -> Mapping[str, Any]:
    keys = ("with_limits", "without_budget", "without_deadline", "without_limits")
    return {**{key: text(two_places(getattr(reached, key))) for key in keys}, "binding": list(reached.binding)}
