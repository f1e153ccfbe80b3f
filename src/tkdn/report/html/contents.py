"""The contents of a page, found once for both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tkdn.assessment.charts import rows
from tkdn.assessment.lift import By, Lift, lift
from tkdn.assessment.lift_rows import LiftRow
from tkdn.assessment.vehicle import minimum
from tkdn.assessment.views.words import potential_is_open
from tkdn.errors import RegulationError
from tkdn.exact import EXACT
from tkdn.law.shipped import regulation

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment
    from tkdn.assessment.steps import Explanation, LegalValue

PROCUREMENT = "pp-29-2018"
MAX_EXPLAINED = 1000
"""Parts whose steps are in the page; explaining each of 20,000 takes half a minute and many megabytes."""
MAX_WORK = 1_000_000
"""IKM parts times groups up to which the lift of groups is computed."""
BARS = 12


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit in percent, its article, and how the score meets it: met, potentially, not_met, or None."""

    key: str
    limit: Decimal
    article: str
    state: str | None


class Contents:
    """An assessment with all that is next to it in the page."""

    def __init__(self, assessment: Assessment) -> None:
        """Take the figures of an assessment, and the rows of its charts."""
        self.assessment = assessment
        self.data: dict[str, Any] = assessment.to_dict()
        self.product = assessment.day.parts[assessment.day.product]
        self.steps = rows.waterfall(assessment)
        self.tiles = rows.treemap(assessment)
        self.flows = rows.sankey(assessment)

    @cached_property
    def potential_is_open(self) -> bool:
        """True if the potential is only a lower bound."""
        return potential_is_open(self.assessment)

    @cached_property
    def thresholds(self) -> list[Threshold]:
        """Limits of public procurement on the date, and the vehicle's own minimum; empty if there are none."""
        return [*self._procurement(), *self._minimum()]

    def _procurement(self) -> Iterator[Threshold]:
        """Yield the least TKDN and the duty of PP 29/2018 Pasal 61."""
        law = regulation(PROCUREMENT)
        for key in ("least_tkdn", "duty"):
            try:
                value = law.value(f"procurement.{key}", self.assessment.on)
            except RegulationError:
                continue
            yield Threshold(key, value.number, f"{law.name} {value.article}", self._state(value.number))

    def _minimum(self) -> Iterator[Threshold]:
        try:
            least = minimum(self.assessment)
        except RegulationError:
            return
        if least is not None:
            limit = Decimal(least["percent"]).normalize(EXACT)
            yield Threshold("minimum", limit, least["article"], self._state(limit))

    def _state(self, limit: Decimal) -> str | None:
        score, potential = self.assessment.score, self.assessment.potential
        if score is None:
            return None
        if score >= limit:
            return "met"
        return "potentially" if potential is not None and potential >= limit else "not_met"

    def limit(self, key: str) -> Threshold | None:
        """Return a threshold by its key, or None if there is none on the date."""
        return next((each for each in self.thresholds if each.key == key), None)

    @cached_property
    def lift(self) -> Lift | None:
        """The lift by part, if the method has one."""
        return lift(self.assessment) if self.assessment.has_lift else None

    @property
    def lifts(self) -> list[LiftRow]:
        """A row for each IKM part."""
        return [row for row in self.lift.rows if isinstance(row, LiftRow)] if self.lift else []

    @cached_property
    def groups(self) -> dict[By, Lift | None]:
        """The lift by maker, region and size; None if it would take too long."""
        found: dict[By, Lift | None] = {}
        if self.lift is None:
            return found
        makers, regions = {row.supplier for row in self.lifts}, {row.region for row in self.lifts}
        counts: dict[By, int] = {"supplier": len(makers), "region": len(regions), "scale": 1}
        for by, count in counts.items():
            affordable = count * len(self.assessment.components) <= MAX_WORK
            found[by] = lift(self.assessment, by=by) if affordable else None
        return found

    @cached_property
    def explanations(self) -> dict[str, Explanation]:
        """The steps of the product, its direct components by cost, the parts that lift, and others while they are few."""
        ids = [self.assessment.product]
        ids += [line.component.part for line in rows.lines(self.assessment)]
        ids += [row.part for row in self.lifts if row.effect.lift]
        ids += [each.part for each in self.assessment]
        chosen = list(dict.fromkeys(ids))[:MAX_EXPLAINED]
        return {part: self.assessment.explain(part) for part in chosen}

    @cached_property
    def legal_values(self) -> list[LegalValue]:
        """Every legal value that the explanations used, once."""
        used = {
            (value.key, value.value, value.article): value
            for explanation in self.explanations.values()
            for step in explanation.steps
            for value in step.law
        }
        return sorted(used.values(), key=lambda value: (value.key, value.article, value.value))

    @cached_property
    def lifting(self) -> list[Any]:
        """The parts that lift most, those first without which there is no TKDN."""
        if self.lift is None or self.assessment.exact is None:
            return []
        return [row for row in self.lift.rows if row.effect.lift is None or row.effect.lift > 0][:BARS]

    @property
    def most_lift(self) -> Fraction:
        """The largest lift in points, the length of a whole bar; 1 if there is none."""
        return max((row.effect.lift or Fraction(0) for row in self.lifting), default=Fraction(0)) or Fraction(1)
