"""Goods by the domestic share of production cost: the assessment under Permenperin 16/2011."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from tkdn.assessment.case import Case
from tkdn.assessment.component import Factor
from tkdn.assessment.cost_share import ShareAssessment
from tkdn.assessment.engines.cost_engine import CostEngine
from tkdn.assessment.engines.engine import Engine
from tkdn.assessment.findings.finding import Gap
from tkdn.frozen import FrozenMap
from tkdn.method.cost import FACTOR_OF, NOTHING, PERCENT, CostRules


class CostAssessment(ShareAssessment):
    """KDN / (KDN + KLN) of one unit (16/2011). `credited` and `own` are percentages with two decimals."""

    engine: CostEngine

    @staticmethod
    def engine_of(case: Case, *, exact: bool, before: Engine | None = None) -> CostEngine:
        """Return the engine of a case; it is always exact."""
        return CostEngine.of(case.bom, case.index, CostRules(case.regulation, case.on), before=before)

    @cached_property
    def factors(self) -> FrozenMap[str, Factor]:
        """Material, labour and overhead: domestic share of their cost, their share of all cost, and points."""
        good = self.engine.good
        rows: dict[str, list[tuple[Fraction, Fraction]]] = {"material": [], "labour": [], "overhead": []}
        if good is not None:
            rows["material"] = [(cost, cost * share.low) for cost, share in good.lines.values()]
            for line, cost, share in good.costs:
                rows[FACTOR_OF[line.kind]].append((cost, cost * share.low))
        total = good.total if good else NOTHING
        factors = {}
        for name, parts in rows.items():
            cost, domestic = (sum((part[at] for part in parts), NOTHING) for at in (0, 1))
            points = domestic * PERCENT / total if self.exact is not None else None
            factors[name] = Factor(
                domestic * PERCENT / cost if cost else None, cost * PERCENT / total if total else NOTHING, points
            )
        return FrozenMap(factors)

    @property
    def beside(self) -> Mapping[str, Fraction]:
        """Points of services in the material factor."""
        good = self.engine.good
        if good is None or self.exact is None:
            return {}
        services = [cost * share.low for line, cost, share in good.costs if FACTOR_OF[line.kind] == "material"]
        return {"material_service": sum(services, NOTHING) * PERCENT / good.total} if services else {}

    def _gaps(self) -> Iterator[Gap]:
        id_, good = self.day.parts[self.day.product].id, self.engine.good
        for obstacle in self.obstacles:
            if obstacle.code in ("product-origin", "no-lines", "no-cost-lines", "no-capacity"):
                code = "origin-unknown" if obstacle.code == "product-origin" else obstacle.code
                yield Gap(code, id_, affects=("score", "potential"))
        lines = self.day.lines[self.day.product]
        for child in lines:
            part, share = self.day.parts[child], self.engine.traced[child]
            counted = good.lines[child][1] if good is not None else share
            if self.day.unit_cost[child] is None and not self.day.lines[child]:
                yield Gap("price-missing", part.id, affects=("score", "potential"))
            if counted.is_sure:
                continue
            if self.engine.facts.origin[child] is None:
                yield Gap("origin-unknown", part.id, affects=("score", "potential"))
            elif not self.day.lines[child]:
                yield Gap("not-accounted", part.id, affects=("score", "potential"))
            else:
                yield Gap("cost-not-accounted", part.id, affects=("score", "potential"))
        made = self.day.parts[self.day.product].production
        for line in made.costs if made else ():
            share = self.engine.tracer.cost_share(line)
            if not share.is_sure:
                yield Gap(
                    "cost-line-unknown",
                    id_,
                    values={"kind": line.kind, "name": line.name or line.kind},
                    affects=("score", "potential"),
                )
