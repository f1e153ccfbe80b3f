"""Battery electric vehicles by weights of aspects: the assessment under Permenperin 27/2020, 6/2022 and 28/2023."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

from tkdn.assessment.case import Case
from tkdn.assessment.component import Factor
from tkdn.assessment.cost_share import ShareAssessment
from tkdn.assessment.engines.aspect_engine import AspectEngine
from tkdn.assessment.engines.engine import Engine
from tkdn.assessment.findings.finding import Gap
from tkdn.assessment.result import Assessment
from tkdn.assessment.rounding import text, two_places
from tkdn.frozen import FrozenMap
from tkdn.law.shipped import regulation as regulation_by_id
from tkdn.method.cost import PERCENT
from tkdn.method.vehicle import AspectRules

MINIMUM_LAWS = ("perpres-79-2023", "perpres-55-2019")
"""The texts of the least TKDN of electric vehicles, the latest first: as amended, and before."""


def minimum(assessment: Assessment) -> dict[str, Any] | None:
    """Return the least TKDN of the product by the text in force on the day, if it is an electric vehicle that has one.

    Values are by calculation year (Perpres 55/2019 Pasal 8); converted vehicles have none. See `VehicleAssessment.minimum`.
    """
    vehicle = assessment.day.parts[assessment.day.product].vehicle
    if vehicle is None or vehicle.wheels is None or vehicle.converted:
        return None
    law = next((law for law in map(regulation_by_id, MINIMUM_LAWS) if law.in_force(assessment.on)), None)
    if law is None:
        return None
    value = law.value(f"minimum.{vehicle.wheels}", assessment.on, assessment.year)
    reached = None if assessment.score is None else assessment.score >= value.number
    return {
        "percent": text(two_places(Fraction(value.number))),
        "reached": reached,
        "article": f"{law.name} {value.article}",
        "confidence": value.confidence,
    }


class VehicleAssessment(ShareAssessment):
    """Points by component group, assembly and development. `credited` is a part's domestic share in percent."""

    engine: AspectEngine

    @classmethod
    def of(cls, case: Case) -> Self:
        """Return the assessment of a case, in its calculation year, else in that of the day."""
        return super().of(replace(case, year=case.on.year if case.year is None else case.year))

    @staticmethod
    def engine_of(case: Case, *, exact: bool, before: Engine | None = None) -> AspectEngine:
        """Return the engine of a case; it is always exact."""
        return AspectEngine.of(case.bom, case.index, AspectRules(case.regulation, case.on, case.year), before=before)

    @cached_property
    def factors(self) -> FrozenMap[str, Factor]:
        """Every aspect: its achieved share, its weight and points."""
        return FrozenMap(
            {
                name: Factor(
                    share.low * PERCENT,
                    self.engine.rules.points(key),
                    None if self.exact is None else self.engine.rules.points(key) * share.low,
                )
                for name, (key, share) in self.engine.aspects.items()
            }
        )

    @property
    def component_factors(self) -> frozenset[str]:
        """The component groups."""
        return frozenset(self.engine.groups)

    @property
    def beside(self) -> Mapping[str, Fraction]:
        """Points of the battery that come from investment instead of its parts."""
        if self.engine.investment is None or self.exact is None:
            return {}
        group = self.engine.groups["battery"]
        more = self.engine.aspects["battery"][1].low - group.share("low")
        return {"battery_investment": self.engine.rules.points(group.key) * more}

    @property
    def minimum(self) -> dict[str, Any] | None:
        """The least TKDN the vehicle must have in the calculation year, and whether the score reaches it.

        None where the number of wheels is not stated, or the vehicle is converted (exempt).
        """
        return minimum(self)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {**super().to_dict(), "year": self.year, "minimum": self.minimum}

    def _gaps(self) -> Iterator[Gap]:
        product, day = self.day.parts[self.day.product].id, self.day
        codes = {obstacle.code for obstacle in self.obstacles}
        for code in ("product-origin", "no-lines", "no-wheels"):
            if code in codes:
                yield Gap(
                    "origin-unknown" if code == "product-origin" else code, product, affects=("score", "potential")
                )
        for number in day.lines[day.product]:
            id_ = day.parts[number].id
            share = self.engine.tracer.share(number, 1)
            if day.unit_cost[number] is None and not day.lines[number]:
                yield Gap("price-missing", id_, affects=("score", "potential"))
            if self.engine.group_of[number] is None:
                groups = ", ".join(self.engine.rules.groups(self.engine.vehicle.wheels))
                yield Gap("group-missing", id_, values={"groups": groups}, affects=("score", "potential"))
            if self.engine.facts.origin[number] is None:
                yield Gap("origin-unknown", id_, affects=("score", "potential"))
            elif not share.is_sure:
                code = "cost-not-accounted" if day.lines[number] else "not-accounted"
                yield Gap(code, id_, affects=("score", "potential"))
        for name, group in self.engine.groups.items():
            if not group.parts and not (name == "battery" and self.engine.investment is not None):
                yield Gap("group-empty", product, values={"group": name}, affects=("score", "potential"))
        for name in ("assembly", "development"):
            share = self.engine.aspects[name][1]
            if not share.is_sure:
                yield Gap(f"{name}-unknown", product, affects=("score", "potential"))
