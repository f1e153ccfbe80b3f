"""The engine of battery electric vehicles by weights of aspects: Permenperin 27/2020, 6/2022 and 28/2023.

Two texts can give different weights for the same year: the weights are those of the regulation asked for, in the calculation
year asked for. If the text's scale is not known, the achieved share is an input, and a gap if it is not given.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from tkdn.assessment.engines.engine import NO_LINE, Figure, Obstacle, PartFigures, Status
from tkdn.assessment.engines.share_engine import ShareEngine, sure
from tkdn.assessment.engines.tier_tracing import Share
from tkdn.assessment.facts import Origins
from tkdn.bom.day import BillOnDay
from tkdn.bom.model import Vehicle
from tkdn.method.cost import NOTHING, PERCENT, WHOLE, CostRules
from tkdn.method.vehicle import AspectRules


class ComponentGroup(NamedTuple):
    """A component group: its parts with their cost and domestic shares, and the parameter of its weight."""

    key: str
    parts: dict[int, tuple[Fraction, Share]]

    def share(self, column: str) -> Fraction:
        """Return the domestic share of the group, weighted by value; nothing if it has no part."""
        total = sum((cost for cost, _ in self.parts.values()), NOTHING)
        domestic = sum((cost * getattr(share, column) for cost, share in self.parts.values()), NOTHING)
        return domestic / total if total else NOTHING


class AspectEngine(ShareEngine):
    """Points by component group, assembly and development; see `Engine`."""

    method = "aspects"
    first_tier = 1

    def __init__(self, day: BillOnDay, facts: Origins, rules: CostRules) -> None:
        """Take the bill on the day, its origins, and the rules of a regulation that counts by aspects."""
        super().__init__(day, facts, rules)
        assert isinstance(rules, AspectRules)
        self._rules = rules
        self.vehicle = day.parts[day.product].vehicle or Vehicle.model_construct()

    @property
    def rules(self) -> AspectRules:
        """The values of the regulation on the day, in the calculation year."""
        return self._rules

    @cached_property
    def group_of(self) -> dict[int, str | None]:
        """The group that each line of the product counts in."""
        keys = self.rules.groups(self.vehicle.wheels)
        stated = {index: self.day.parts[index].group for index in self.day.lines[self.product]}
        return {index: self.rules.group_of(group, keys) if group else None for index, group in stated.items()}

    @cached_property
    def groups(self) -> dict[str, ComponentGroup]:
        """All groups that the regulation weighs, with the product's lines in them."""
        groups = {name: ComponentGroup(key, {}) for name, key in self.rules.groups(self.vehicle.wheels).items()}
        for index, quantity in self.day.lines[self.product].items():
            name, cost = self.group_of[index], self.day.cost(index)
            if name is not None and cost is not None:
                groups[name].parts[index] = (cost * Fraction(*quantity), self.tracer.share(index, 1))
        return groups

    @cached_property
    def investment(self) -> Fraction | None:
        """Achieved share of the battery's weight by investment, if it counts on the date (6/2022 Pasal 12)."""
        money, start, on = self.vehicle.battery_investment, self.vehicle.battery_investment_from, self.rules.on
        if money is None or start is None or "battery_investment.years" not in self.rules.regulation.parameters:
            return None
        last = start.year + int(self.rules.value("battery_investment.years").number)
        counts = start <= on and (on.year, on.month, on.day) <= (last, start.month, start.day)
        return self.rules.battery_by_investment(self.day.rates.value(money)) if counts else None

    @cached_property
    def aspects(self) -> dict[str, tuple[str, Share]]:
        """Every aspect: the parameter of its weight, and the share of it that is achieved."""
        # Weights of the aspects: 27/2020 Pasal 10, 6/2022 Pasal 10-11, 28/2023 Pasal 11.
        found = {name: (group.key, self._achieved(name, group)) for name, group in self.groups.items()}
        vehicle = self.vehicle
        shares = (vehicle.assembly_indonesian_share, vehicle.assembly_labour_achieved, vehicle.assembly_tools_achieved)
        indonesian, labour, tools = (None if each is None else Fraction(each) for each in shares)
        found["assembly"] = ("weight.assembly", Share(*self.rules.assembly(indonesian, labour, tools)))
        found["development"] = ("weight.development", Share(*self.rules.development(vehicle.development)))
        return found

    def _achieved(self, name: str, group: ComponentGroup) -> Share:
        low, high = group.share("low"), group.share("high")
        if name == "battery" and self.investment is not None:
            return Share(max(low, self.investment), max(high, self.investment))
        return Share(low, high if group.parts else WHOLE)

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Facts and rules that keep the product from a score."""
        found = [*self._common_obstacles(None)]
        if self.vehicle.wheels is None:
            found.append(Obstacle("no-wheels", None, False, self.product))
        return tuple(found)

    @property
    def status(self) -> Status:
        """The status of the score: complete, incomplete, or not to be calculated."""
        if any(obstacle.final for obstacle in self.obstacles):
            return "cannot_be_calculated"
        known = sure(share for group in self.groups.values() for _, share in group.parts.values())
        whole = None not in self.group_of.values() and self.exact("score") == self.exact("high")
        return "complete" if not self.obstacles and known and whole else "incomplete"

    def exact(self, figure: Figure) -> Fraction | None:
        """Return a figure in percent, exactly."""
        # At most the limit (Permenperin 27/2020, 6/2022, 28/2023 on manufacture).
        if figure == "coverage":
            return self._coverage()
        if self.obstacles:
            return None
        column = "low" if figure in ("score", "potential") else "high"
        points = sum((self.rules.points(key) * getattr(share, column) for key, share in self.aspects.values()), NOTHING)
        limit = self.rules.points("limit.total")
        if figure in ("score", "high"):
            return min(points, limit)
        return min(min(points, limit) + self._more(column), limit)

    def _more(self, column: str) -> Fraction:
        """Return the points that the groups give more with every part at what its own bill gives, if that is more."""
        more = NOTHING
        for name, group in self.groups.items():
            parts = {index: (cost, self.best(index)) for index, (cost, _) in group.parts.items()}
            gain = ComponentGroup(group.key, parts).share(column) - getattr(self.aspects[name][1], column)
            more += self.rules.points(group.key) * max(NOTHING, gain)
        return more

    def best(self, index: int) -> Share:
        """Return the share of a part, or what its own bill gives if that is more."""
        today, own = self.tracer.share(index, 1), self.tracer.share(index, 1, certified=False)
        return today._replace(low=max(today.low, own.low), high=max(today.high, own.high))

    @cached_property
    def _totals(self) -> dict[str, Fraction]:
        """Cost of the parts of each group."""
        return {name: sum((cost for cost, _ in group.parts.values()), NOTHING) for name, group in self.groups.items()}

    @cached_property
    def _has_score(self) -> bool:
        """True if the product has a score."""
        return self.exact("score") is not None

    def _coverage(self) -> Fraction | None:
        lines = [entry for group in self.groups.values() for entry in group.parts.values()]
        costs = (self.day.cost(index) for index in self.day.lines[self.product])
        if not lines or None in costs:
            return None
        total = sum(
            ((self.day.cost(n) or NOTHING) * Fraction(*q) for n, q in self.day.lines[self.product].items()), NOTHING
        )
        return sum((cost for cost, share in lines if share.is_sure), NOTHING) * PERCENT / total

    def part(self, index: int) -> PartFigures:
        """Return the figures of a part."""
        name = self.group_of.get(index)
        status: Status = "complete"
        credited = best = None
        if index == self.product:
            status = self.status
        elif not self.day.explodes[index]:
            share = self.tracer.share(index, 1)
            credited, best = share.low * PERCENT, self.best(index).low * PERCENT
            status = "complete" if share.is_sure else "incomplete"
        line = None
        if index in self.day.lines[self.product]:
            line, status = NO_LINE, status if name else "incomplete"
        if line is not None and name is not None and index in self.groups[name].parts:
            group = self.groups[name]
            cost, weight = group.parts[index][0], self.rules.points(group.key)
            total = self._totals[name]
            line = line._replace(cost=cost, share=cost * PERCENT / total, weight=weight, credit=credited)
            if self._has_score:
                line = line._replace(
                    points=weight * cost * (credited or NOTHING) / total / PERCENT,
                    potential_points=weight * cost * (best or NOTHING) / total / PERCENT,
                )
        return PartFigures(name is not None, status, None, credited, best, line)
