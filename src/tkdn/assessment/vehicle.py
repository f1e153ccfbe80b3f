"""Battery electric vehicles by weights of aspects: the assessment under Permenperin 27/2020, 6/2022 and 28/2023.

Two texts can give different weights for the same year: the weights are those of the regulation asked for, in the calculation
year asked for. Where the text's scale is not known, the achieved share is an input, and a gap where it is not given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.cost_share import FIGURES, PartFigures, ShareAssessment
from tkdn.assessment.facts import Origins
from tkdn.assessment.findings.finding import Gap
from tkdn.assessment.result import Assessment, Factor
from tkdn.assessment.rounding import text, two_places
from tkdn.assessment.tier_tracing import Share, Tracer
from tkdn.assessment.walk import Obstacle, Status
from tkdn.bom.model import Vehicle
from tkdn.display.doors import door
from tkdn.law.shipped import regulation as regulation_by_id
from tkdn.method.cost import NOTHING, PERCENT, WHOLE
from tkdn.method.vehicle import AspectRules

if TYPE_CHECKING:
    from tkdn.assessment.steps import Explanation

MINIMUM_LAWS = ("perpres-79-2023", "perpres-55-2019")
"""The texts of the least TKDN of electric vehicles, the latest first: as amended, and before."""


class Group(NamedTuple):
    """A component group: its parts with their cost and domestic shares, and the parameter of its weight."""

    key: str
    parts: dict[int, tuple[Fraction, Share]]

    def share(self, column: str) -> Fraction:
        """Domestic share of the group, weighted by value; nothing where it has no part."""
        total = sum((cost for cost, _ in self.parts.values()), NOTHING)
        domestic = sum((cost * getattr(share, column) for cost, share in self.parts.values()), NOTHING)
        return domestic / total if total else NOTHING


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

    def _prepare(self) -> None:
        self.year = self.on.year if self.year is None else self.year
        self.rules = AspectRules(self.regulation, self.on, self.year)
        self.origins = Origins(self.counted, CertificateTerms(self.regulation, self.on), self.day.order, self.closed)
        self.tracer = Tracer(self.day, self.origins, self.rules)
        self.vehicle = self.day.parts[self.day.product].vehicle or Vehicle.model_construct()

    @cached_property
    def group_of(self) -> dict[int, str | None]:
        """The group that each line of the product counts in."""
        keys = self.rules.groups(self.vehicle.wheels)
        stated = {number: self.day.parts[number].group for number in self.day.lines[self.day.product]}
        return {number: self.rules.group_of(group, keys) if group else None for number, group in stated.items()}

    @cached_property
    def groups(self) -> dict[str, Group]:
        """All groups that the regulation weighs, with the product's lines in them."""
        groups = {name: Group(key, {}) for name, key in self.rules.groups(self.vehicle.wheels).items()}
        for number, quantity in self.day.lines[self.day.product].items():
            name, cost = self.group_of[number], self.day.cost(number)
            if name is not None and cost is not None:
                groups[name].parts[number] = (cost * Fraction(*quantity), self.tracer.share(number, 1))
        return groups

    @cached_property
    def investment(self) -> Fraction | None:
        """Achieved share of the battery's weight by investment, where it counts on the date."""
        # 6/2022 and 28/2023 Pasal 12: the years in which investment counts for the battery.
        money, start = self.vehicle.battery_investment, self.vehicle.battery_investment_from
        if money is None or start is None or "battery_investment.years" not in self.regulation.parameters:
            return None
        last = start.year + int(self.value("battery_investment.years").number)
        counts = start <= self.on and (self.on.year, self.on.month, self.on.day) <= (last, start.month, start.day)
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

    def _achieved(self, name: str, group: Group) -> Share:
        low, high = group.share("low"), group.share("high")
        if name == "battery" and self.investment is not None:
            return Share(max(low, self.investment), max(high, self.investment))
        return Share(low, high if group.parts else WHOLE)

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        product, day = self.day.product, self.day
        origin = self.origins.origin[product]
        found = []
        if origin is not True:
            found.append(
                Obstacle("made-abroad" if origin is False else "product-origin", None, origin is False, product)
            )
        if not day.lines[product]:
            found.append(Obstacle("no-lines", None, False, product))
        elif any(day.unit_cost[child] is None for child in day.lines[product]):
            found.append(Obstacle("no-cost", None, False, product))
        if self.vehicle.wheels is None:
            found.append(Obstacle("no-wheels", None, False, product))
        return tuple(found)

    def _total(self, column: str) -> Fraction | None:
        # At most the limit (Permenperin 27/2020, 6/2022, 28/2023 on manufacture).
        if self.obstacles:
            return None
        points = sum((self.rules.points(key) * getattr(share, column) for key, share in self.aspects.values()), NOTHING)
        return min(points, self.rules.points("limit.total"))

    def made_here(self, number: int) -> bool | None:
        return self.origins.origin[number]

    @property
    def exact(self) -> Fraction | None:
        return self._total("low")

    @property
    def exact_high(self) -> Fraction | None:
        return self._total("high")

    @property
    def exact_potential(self) -> Fraction | None:
        # At most the limit, as the points (Permenperin 27/2020, 6/2022, 28/2023 on manufacture).
        if self.obstacles:
            return None
        more = NOTHING
        for name, group in self.groups.items():
            best = Group(group.key, {number: (cost, self._best(number)) for number, (cost, _) in group.parts.items()})
            more += self.rules.points(group.key) * max(NOTHING, best.share("low") - self.aspects[name][1].low)
        return min((self.exact or NOTHING) + more, self.rules.points("limit.total"))

    def _best(self, number: int) -> Share:
        today, own = self.tracer.share(number, 1), self.tracer.share(number, 1, certified=False)
        return today._replace(low=max(today.low, own.low), high=max(today.high, own.high))

    @property
    def exact_potential_high(self) -> Fraction | None:
        # At most the limit, as the points (Permenperin 27/2020, 6/2022, 28/2023 on manufacture).
        if self.obstacles:
            return None
        points = self.exact_high or NOTHING
        for name, group in self.groups.items():
            best = Group(group.key, {number: (cost, self._best(number)) for number, (cost, _) in group.parts.items()})
            more = best.share("high") - self.aspects[name][1].high
            points += self.rules.points(group.key) * max(NOTHING, more)
        return min(points, self.rules.points("limit.total"))

    @property
    def exact_coverage(self) -> Fraction | None:
        lines = [entry for group in self.groups.values() for entry in group.parts.values()]
        costs = (self.day.cost(number) for number in self.day.lines[self.day.product])
        if not lines or None in costs:
            return None
        total = sum(
            ((self.day.cost(n) or NOTHING) * Fraction(*q) for n, q in self.day.lines[self.day.product].items()), NOTHING
        )
        return sum((cost for cost, share in lines if share.is_sure), NOTHING) * PERCENT / total

    @property
    def status(self) -> Status:
        if any(obstacle.final for obstacle in self.obstacles):
            return "cannot_be_calculated"
        sure = all(share.known for group in self.groups.values() for _, share in group.parts.values())
        complete = not self.obstacles and sure and self.exact == self.exact_high and None not in self.group_of.values()
        return "complete" if complete else "incomplete"

    @cached_property
    def factors(self) -> dict[str, Factor]:
        return {
            name: Factor(
                share.low * PERCENT,
                self.rules.points(key),
                None if self.exact is None else self.rules.points(key) * share.low,
            )
            for name, (key, share) in self.aspects.items()
        }

    @property
    def component_factors(self) -> frozenset[str]:
        """The component groups."""
        return frozenset(self.groups)

    @property
    def beside(self) -> Mapping[str, Fraction]:
        """Points of the battery that come from investment instead of its parts."""
        if self.investment is None or self.exact is None:
            return {}
        group = self.groups["battery"]
        more = self.aspects["battery"][1].low - group.share("low")
        return {"battery_investment": self.rules.points(group.key) * more}

    @property
    def minimum(self) -> dict[str, Any] | None:
        """The least TKDN the vehicle must have in the calculation year, and whether the score reaches it; None where the
        number of wheels is not stated, or the vehicle is converted (exempt)."""
        return minimum(self)

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "year": self.year, "minimum": self.minimum}

    def _figures(self, number: int) -> PartFigures:
        name = self.group_of.get(number)
        exact: dict[str, Fraction | None] = {}
        status: Status = "complete"
        credited = best = None
        if number == self.day.product:
            status = self.status
        elif not self.day.opens[number]:
            share = self.tracer.share(number, 1)
            credited, best = share.low * PERCENT, self._best(number).low * PERCENT
            status = "complete" if share.is_sure else "incomplete"
        if number in self.day.lines[self.day.product]:
            exact = dict.fromkeys(FIGURES)
            status = status if name else "incomplete"
        if name is not None and number in self.groups[name].parts:
            group = self.groups[name]
            cost = group.parts[number][0]
            total = sum((each for each, _ in group.parts.values()), NOTHING)
            weight = self.rules.points(group.key)
            exact |= {"cost": cost, "share": cost * PERCENT / total, "weight": weight, "credit": credited}
            if self.exact is not None:
                exact["points"] = weight * cost * (credited or NOTHING) / total / PERCENT
                exact["potential_points"] = weight * cost * (best or NOTHING) / total / PERCENT
        return PartFigures(name is not None, status, None, credited, best, exact)

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
            share = self.tracer.share(number, 1)
            if day.unit_cost[number] is None and not day.lines[number]:
                yield Gap("price-missing", id_, affects=("score", "potential"))
            if self.group_of[number] is None:
                groups = ", ".join(self.rules.groups(self.vehicle.wheels))
                yield Gap("group-missing", id_, values={"groups": groups}, affects=("score", "potential"))
            if self.origins.origin[number] is None:
                yield Gap("origin-unknown", id_, affects=("score", "potential"))
            elif not share.is_sure:
                code = "cost-not-accounted" if day.lines[number] else "not-accounted"
                yield Gap(code, id_, affects=("score", "potential"))
        for name, group in self.groups.items():
            if not group.parts and not (name == "battery" and self.investment is not None):
                yield Gap("group-empty", product, values={"group": name}, affects=("score", "potential"))
        for name in ("assembly", "development"):
            share = self.aspects[name][1]
            if not share.is_sure:
                yield Gap(f"{name}-unknown", product, affects=("score", "potential"))

    def explain(self, part: str | None = None) -> Explanation:
        found: Explanation = door("explanation of a vehicle")(self, self.part(part or self.product).id)
        return found
