"""The engine of goods by the domestic share of production cost: Permenperin 16/2011.

The product is the tier-1 good, its lines are tier-2 goods, their lines tier-3 goods. A tier-2 good counts at its certificate,
else whole if it is small (Pasal 4), else at what its own bill shows; a tier-3 good counts whole if it is made in
Indonesia. What cannot be accounted for counts as foreign (Pasal 7(2)).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from tkdn.assessment.engines.engine import NO_LINE, Basis, Figure, Obstacle, PartFigures, Status
from tkdn.assessment.engines.share_engine import ShareEngine, sure
from tkdn.assessment.engines.tier_tracing import Good, Share
from tkdn.assessment.facts import Origins
from tkdn.assessment.rounding import two_places
from tkdn.bom.day import BillOnDay
from tkdn.method.cost import NOTHING, PERCENT, CostRules

SMALL = ("tkdn.small_good", "limit.small_good", "limit.small_goods_together")


class CostEngine(ShareEngine):
    """KDN / (KDN + KLN) of one unit; see `Engine`."""

    method = "cost"
    first_tier = 2

    def __init__(self, day: BillOnDay, facts: Origins, rules: CostRules) -> None:
        """Take the bill on the day, its origins, and the rules of a regulation that counts by cost."""
        super().__init__(day, facts, rules)
        self._rules = rules

    @property
    def rules(self) -> CostRules:
        """The values of the regulation on the day."""
        return self._rules

    @cached_property
    def traced(self) -> dict[int, Share]:
        """Domestic share of each part as a tier-2 good, without the rule for small ones."""
        return {index: self.tracer.share(index, 2) for index in self.day.order if not self.day.explodes[index]}

    def _tier_1(self, index: int, column: Mapping[int, Share]) -> Good | None:
        """Return a good as tier 1: its lines at these shares, small ones counted whole up to the limit (Pasal 4)."""
        good = self.tracer.good(index, column.__getitem__)
        if good is None:
            return None
        origin = self.facts.origin
        certain = {child: cost for child, (cost, _) in good.lines.items() if origin[child]}
        possible = {child: cost for child, (cost, _) in good.lines.items() if origin[child] is not False}
        whole_low = self.rules.small_goods(certain, {child: column[child].low for child in certain}, good.total)
        whole_high = self.rules.small_goods(possible, {child: column[child].high for child in possible}, good.total)
        lines, small = {}, self.rules.share("tkdn.small_good")
        for child, (cost, share) in good.lines.items():
            part = whole_low.get(child, NOTHING)
            low = share.low + part * (small - share.low)
            high = share.high + whole_high.get(child, NOTHING) * (small - share.high)
            lines[child] = (cost, Share(low, max(high, low), SMALL if part else share.keys, share.known))
        return Good(lines, good.costs)

    @cached_property
    def good(self) -> Good | None:
        """The product, credited as today; None if a cost is missing."""
        return self._tier_1(self.product, self.traced)

    @cached_property
    def own(self) -> dict[int, Fraction]:
        """TKDN from its own bill, two decimals, of each part that states its cost lines and is made in Indonesia."""
        found = {}
        for index in self.day.order:
            made = self.day.parts[index].production
            if self.day.explodes[index] or not self.facts.origin[index] or made is None or not made.costs:
                continue
            good = self._tier_1(index, self.traced) if self.day.lines[index] else None
            if good is not None and good.total:
                found[index] = Fraction(two_places(good.score("low")))
        return found

    @cached_property
    def potential_good(self) -> Good | None:
        """The product with every component at what its own bill gives, if that is more."""
        if self.good is None:
            return None
        lines = {
            child: (cost, share._replace(low=max(share.low, self.own.get(child, NOTHING) / PERCENT)))
            for child, (cost, share) in self.good.lines.items()
        }
        return Good(lines, self.good.costs)

    @cached_property
    def best_good(self) -> Good | None:
        """The product with everything unknown at its best, and no component at less than its own bill gives then."""
        if self.good is None:
            return None
        lines = {
            child: (cost, share._replace(high=max(share.high, self.tracer.share(child, 2, certified=False).high)))
            for child, (cost, share) in self.good.lines.items()
        }
        return Good(lines, self.good.costs)

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Facts and rules that keep the product from a score."""
        # What is not accounted for counts as foreign (Permenperin 16/2011 Pasal 7(2)).
        found = [*self._common_obstacles("tkdn.not_accounted")]
        made = self.day.parts[self.product].production
        if made is None or not made.costs:
            found.append(Obstacle("no-cost-lines", "tkdn.not_accounted", False, self.product))
        elif made.normal_capacity is None:
            found.append(Obstacle("no-capacity", "tkdn.not_accounted", False, self.product))
        return tuple(found)

    @property
    def status(self) -> Status:
        """The status of the score: complete, incomplete, or not to be calculated."""
        if any(obstacle.final for obstacle in self.obstacles):
            return "cannot_be_calculated"
        known = self.good is not None and sure(share for _, share in self.good.lines.values())
        return (
            "complete" if not self.obstacles and known and self.exact("score") == self.exact("high") else "incomplete"
        )

    def exact(self, figure: Figure) -> Fraction | None:
        """Return a figure in percent, exactly."""
        if figure == "coverage":
            return self._coverage()
        if self.obstacles:
            return None
        good = self.good
        if figure in ("potential", "potential_high"):
            good = self.potential_good if figure == "potential" else self.best_good
        return None if good is None else good.score("low" if figure in ("score", "potential") else "high")

    @cached_property
    def _material(self) -> Fraction:
        """Cost of all lines of the product."""
        return NOTHING if self.good is None else sum((cost for cost, _ in self.good.lines.values()), NOTHING)

    @cached_property
    def _has_score(self) -> bool:
        """True if the product has a score."""
        return self.exact("score") is not None

    def _coverage(self) -> Fraction | None:
        if self.good is None or not self.good.lines:
            return None
        known = sum((cost for cost, share in self.good.lines.values() if share.is_sure), NOTHING)
        return known * PERCENT / self._material

    def counted(self, index: int, tier: int, basis: Basis) -> Fraction:
        """Return the domestic share of a part as it counts in the good above it; of the product's lines, small ones whole."""
        good = self.good if basis == "score" else self.potential_good
        if tier == self.first_tier and good is not None and index in good.lines:
            return good.lines[index][1].low
        return self.tracer.share(index, tier).low

    def _why_still(self, index: int, tier: int) -> str:
        is_line = tier == self.first_tier and self.good is not None and index in self.good.lines
        if is_line and self.good is not None and self.good.lines[index][1].keys == SMALL:
            return "small_good"
        return super()._why_still(index, tier)

    def part(self, index: int) -> PartFigures:
        """Return the figures of a part."""
        good, potential, own = self.good, self.potential_good, self.own.get(index)
        is_line = index in self.day.lines[self.product]
        line = NO_LINE if is_line and index != self.product else None
        credited = best = None
        status: Status = self.status if index == self.product else "complete"
        if good is not None and potential is not None and index in good.lines:
            cost, share = good.lines[index]
            credited, best = share.low * PERCENT, potential.lines[index][1].low * PERCENT
            status = "complete" if share.is_sure else "incomplete"
            line = NO_LINE._replace(
                cost=cost,
                share=cost * PERCENT / self._material,
                weight=self._material * PERCENT / good.total,
                credit=credited,
            )
            if self._has_score:
                line = line._replace(points=cost * credited / good.total, potential_points=cost * best / good.total)
        elif not self.day.explodes[index]:
            credited = self.traced[index].low * PERCENT
            best = max(credited, own or NOTHING)
        return PartFigures(is_line, status, own, credited, best, line)
