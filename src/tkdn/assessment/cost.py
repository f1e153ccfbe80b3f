"""Goods by the domestic share of production cost: the assessment under Permenperin 16/2011.

The product is the tier-1 good, its lines are tier-2 goods, their lines tier-3 goods. A tier-2 good counts at its certificate,
else whole where it is small (Pasal 4), else at what its own bill shows; a tier-3 good counts whole where it is made in
Indonesia. What cannot be accounted for counts as foreign (Pasal 7(2)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.cost_share import FIGURES, PartFigures, ShareAssessment
from tkdn.assessment.facts import Origins
from tkdn.assessment.findings.finding import Gap
from tkdn.assessment.result import Factor
from tkdn.assessment.rounding import two_places
from tkdn.assessment.tier_tracing import Good, Share, Tracer
from tkdn.assessment.walk import Obstacle, Status
from tkdn.display.doors import door
from tkdn.method.cost import FACTOR_OF, NOTHING, PERCENT, CostRules

if TYPE_CHECKING:
    from tkdn.assessment.steps import Explanation


class CostAssessment(ShareAssessment):
    """KDN / (KDN + KLN) of one unit (16/2011). `credited` and `own` are percentages with two decimals."""

    def _prepare(self) -> None:
        self.rules = CostRules(self.regulation, self.on)
        self.origins = Origins(self.counted, CertificateTerms(self.regulation, self.on), self.day.order, self.closed)
        self.tracer = Tracer(self.day, self.origins, self.rules)

    @cached_property
    def traced(self) -> dict[int, Share]:
        """Domestic share of each part as a tier-2 good, without the rule for small ones."""
        return {number: self.tracer.share(number, 2) for number in self.day.order if not self.day.opens[number]}

    def _tier_1(self, number: int, column: Mapping[int, Share]) -> Good | None:
        """A good as tier 1: its lines at these shares, small ones counted whole up to the limit."""
        # Small goods of tier 2 count whole, within their limits (Permenperin 16/2011 Pasal 4).
        good = self.tracer.good(number, column.__getitem__)
        if good is None:
            return None
        home = {child: cost for child, (cost, _) in good.lines.items() if self.origins.origin[child]}
        maybe = {child: cost for child, (cost, _) in good.lines.items() if self.origins.origin[child] is not False}
        whole_low = self.rules.small_goods(home, {child: column[child].low for child in home}, good.total)
        whole_high = self.rules.small_goods(maybe, {child: column[child].high for child in maybe}, good.total)
        lines, small = {}, self.rules.share("tkdn.small_good")
        for child, (cost, share) in good.lines.items():
            part = whole_low.get(child, NOTHING)
            low = share.low + part * (small - share.low)
            high = share.high + whole_high.get(child, NOTHING) * (small - share.high)
            keys = ("tkdn.small_good", "limit.small_good", "limit.small_goods_together") if part else share.keys
            lines[child] = (cost, Share(low, max(high, low), keys, share.known))
        return Good(lines, good.costs)

    @cached_property
    def good(self) -> Good | None:
        """The product, credited as today."""
        return self._tier_1(self.day.product, self.traced)

    @cached_property
    def own(self) -> dict[int, Fraction]:
        """TKDN from its own bill, two decimals, of each part that states its cost lines and is made in Indonesia."""
        found = {}
        for number in self.day.order:
            made = self.day.parts[number].production
            if self.day.opens[number] or not self.origins.origin[number] or made is None or not made.costs:
                continue
            good = self._tier_1(number, self.traced) if self.day.lines[number] else None
            if good is not None and good.total:
                found[number] = Fraction(two_places(good.score("low")))
        return found

    @cached_property
    def potential_good(self) -> Good | None:
        """The product with every component at what its own bill gives, where that is more."""
        if self.good is None:
            return None
        lines = {
            child: (cost, share._replace(low=max(share.low, self.own.get(child, NOTHING) / PERCENT)))
            for child, (cost, share) in self.good.lines.items()
        }
        return Good(lines, self.good.costs)

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        # What is not accounted for counts as foreign (Permenperin 16/2011 Pasal 7(2)).
        product, day = self.day.product, self.day
        made = day.parts[product].production
        origin = self.origins.origin[product]
        found = []
        if origin is not True:
            found.append(
                Obstacle("made-abroad" if origin is False else "product-origin", None, origin is False, product)
            )
        if not day.lines[product]:
            found.append(Obstacle("no-lines", None, False, product))
        elif any(day.unit_cost[child] is None for child in day.lines[product]):
            found.append(Obstacle("no-cost", "tkdn.not_accounted", False, product))
        if made is None or not made.costs:
            found.append(Obstacle("no-cost-lines", "tkdn.not_accounted", False, product))
        elif made.normal_capacity is None:
            found.append(Obstacle("no-capacity", "tkdn.not_accounted", False, product))
        return tuple(found)

    @property
    def status(self) -> Status:
        if any(obstacle.final for obstacle in self.obstacles):
            return "cannot_be_calculated"
        sure = self.good is not None and all(share.known for _, share in self.good.lines.values())
        if self.obstacles or not sure or self.exact != self.exact_high:
            return "incomplete"
        return "complete"

    def made_here(self, number: int) -> bool | None:
        return self.origins.origin[number]

    @property
    def exact(self) -> Fraction | None:
        return None if self.obstacles or self.good is None else self.good.score("low")

    @property
    def exact_high(self) -> Fraction | None:
        return None if self.obstacles or self.good is None else self.good.score("high")

    @property
    def exact_potential(self) -> Fraction | None:
        return None if self.obstacles or self.potential_good is None else self.potential_good.score("low")

    @property
    def exact_potential_high(self) -> Fraction | None:
        if self.obstacles or self.good is None:
            return None
        lines = {
            child: (cost, share._replace(high=max(share.high, self.tracer.share(child, 2, certified=False).high)))
            for child, (cost, share) in self.good.lines.items()
        }
        return Good(lines, self.good.costs).score("high")

    @property
    def exact_coverage(self) -> Fraction | None:
        if self.good is None or not self.good.lines:
            return None
        known = sum((cost for cost, share in self.good.lines.values() if share.is_sure), NOTHING)
        return known * PERCENT / sum((cost for cost, _ in self.good.lines.values()), NOTHING)

    @cached_property
    def factors(self) -> dict[str, Factor]:
        rows: dict[str, list[tuple[Fraction, Fraction]]] = {"material": [], "labour": [], "overhead": []}
        if self.good is not None:
            rows["material"] = [(cost, cost * share.low) for cost, share in self.good.lines.values()]
            for line, cost, share in self.good.costs:
                rows[FACTOR_OF[line.kind]].append((cost, cost * share.low))
        total = self.good.total if self.good else NOTHING
        factors = {}
        for name, parts in rows.items():
            cost, domestic = (sum((part[at] for part in parts), NOTHING) for at in (0, 1))
            points = domestic * PERCENT / total if self.exact is not None else None
            factors[name] = Factor(
                domestic * PERCENT / cost if cost else None, cost * PERCENT / total if total else NOTHING, points
            )
        return factors

    @property
    def beside(self) -> Mapping[str, Fraction]:
        """Points of services in the material factor."""
        if self.good is None or self.exact is None:
            return {}
        services = [cost * share.low for line, cost, share in self.good.costs if FACTOR_OF[line.kind] == "material"]
        return {"material_service": sum(services, NOTHING) * PERCENT / self.good.total} if services else {}

    def _figures(self, number: int) -> PartFigures:
        good, potential, own = self.good, self.potential_good, self.own.get(number)
        exact: dict[str, Fraction | None] = {}
        credited = best = None
        status: Status = "complete"
        if number == self.day.product:
            status = self.status
        elif number in self.day.lines[self.day.product]:
            exact = dict.fromkeys(FIGURES)
        if good is not None and potential is not None and number in good.lines:
            cost, share = good.lines[number]
            material = sum((each for each, _ in good.lines.values()), NOTHING)
            credited, best = share.low * PERCENT, potential.lines[number][1].low * PERCENT
            status = "complete" if share.is_sure else "incomplete"
            exact |= {
                "cost": cost,
                "share": cost * PERCENT / material,
                "weight": material * PERCENT / good.total,
                "credit": credited,
            }
            if self.exact is not None:
                exact |= {"points": cost * credited / good.total, "potential_points": cost * best / good.total}
        elif not self.day.opens[number]:
            traced = self.traced[number]
            credited = traced.low * PERCENT
            best = max(credited, own or NOTHING)
        counts = number in self.day.lines[self.day.product]
        return PartFigures(counts, status, own, credited, best, exact)

    def _gaps(self) -> Iterator[Gap]:
        id_ = self.day.parts[self.day.product].id
        for obstacle in self.obstacles:
            if obstacle.code in ("product-origin", "no-lines", "no-cost-lines", "no-capacity"):
                code = "origin-unknown" if obstacle.code == "product-origin" else obstacle.code
                yield Gap(code, id_, affects=("score", "potential"))
        lines = self.day.lines[self.day.product]
        for child in lines:
            part, share = self.day.parts[child], self.traced[child]
            counted = self.good.lines[child][1] if self.good is not None else share
            if self.day.unit_cost[child] is None and not self.day.lines[child]:
                yield Gap("price-missing", part.id, affects=("score", "potential"))
            if counted.is_sure:
                continue
            if self.origins.origin[child] is None:
                yield Gap("origin-unknown", part.id, affects=("score", "potential"))
            elif not self.day.lines[child]:
                yield Gap("not-accounted", part.id, affects=("score", "potential"))
            else:
                yield Gap("cost-not-accounted", part.id, affects=("score", "potential"))
        made = self.day.parts[self.day.product].production
        for line in made.costs if made else ():
            share = self.tracer.cost_share(line)
            if not share.is_sure:
                yield Gap(
                    "cost-line-unknown",
                    id_,
                    values={"kind": line.kind, "name": line.name or line.kind},
                    affects=("score", "potential"),
                )

    def explain(self, part: str | None = None) -> Explanation:
        found: Explanation = door("explanation of cost")(self, self.part(part or self.product).id)
        return found
