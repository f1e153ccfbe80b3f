"""Goods by weighted factors with credited components: the assessment under Permenperin 35/2025."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from math import isnan
from typing import TYPE_CHECKING, Any, Self

from tkdn.assessment.deciding import near_half_hundredth
from tkdn.assessment.facts import TAKEN_ACTIVITY, Facts
from tkdn.assessment.result import Assessment, Component, Factor
from tkdn.assessment.rounding import of_hundredths, two_places, without_long_ratios
from tkdn.assessment.walk import Obstacle, Status, Walk
from tkdn.bom.bulk import MANY_USES, bulk
from tkdn.bom.day import TOO_LONG, BillOnDay
from tkdn.display.doors import door
from tkdn.errors import BomError
from tkdn.method.goods import FACTORS, PERCENT, GoodsRules

if TYPE_CHECKING:
    from tkdn.assessment.arrays.fast import Fast
    from tkdn.assessment.arrays.figures import Figures
    from tkdn.assessment.findings.finding import Assumption, Gap, Warning  # noqa: A004
    from tkdn.assessment.interpretations import ReadingFacts
    from tkdn.assessment.steps import Explanation
    from tkdn.bom.bom import Bom
    from tkdn.bom.changes import Changes
    from tkdn.bom.model import Certificate, Part


_WORKED_OUT = frozenset(
    {"day", "_exact_walk", "facts", "walk", "gaps", "assumptions", "warnings", "factors", "components"}
)


class GoodsAssessment(Assessment):
    """Material, labour and overhead by their weights, brainware added; components credited by band (35/2025 Pasal 4-12)."""

    has_lift = True

    def _prepare(self) -> None:
        self.rules = GoodsRules(self.regulation, self.on, self.year)
        self.fast: Fast | None = None
        if self.exactly or len(self.bom.uses) < MANY_USES or not self.rules.walks_by_arrays:
            self.walk  # noqa: B018  # what is wrong with the bill on this day is said now
        else:
            self.fast = self.compiled()

    def compiled(self) -> Fast:
        """The bill walked at array speed; everything else is worked out when it is asked for."""
        from tkdn.assessment.arrays.fast import Fast

        with bulk():
            bill = self.counted.compiled(self._product, self.on)
            if bill.unpriced_money:
                self.day  # noqa: B018  # names every price without a rate
            return Fast.of(bill, self.facts, partial(getattr, self, "day"))

    @cached_property
    def facts(self) -> Facts:
        """What the law asks of each part on the day."""
        if "day" in self.__dict__ or self.fast is None:
            order = self.day.order
        else:
            order = self.counted.compiled(self._product, self.on).structure.numbers.tolist()
        return Facts(self.counted, self.rules, order, self._product, self.closed)

    def certificates_on_day(self) -> Facts:
        return self.facts

    def made_here(self, number: int) -> bool | None:
        return self.facts.origin[number]

    @cached_property
    def walk(self) -> Walk:
        """The credits of all parts, by exact numbers."""
        with bulk():
            return Walk(self.day, self.facts, self.rules)

    @property
    def _figures(self) -> Figures | None:
        """The figures by arrays, where they hold to the last digit and exact ones are not at hand."""
        if self.fast is None or "walk" in self.__dict__ or self.fast.figures.doubtful[0]:
            return None
        return self.fast.figures

    @cached_property
    def day(self) -> BillOnDay:
        """The bill on the day: effective uses, lines, costs; rounded if exact ratios are long and not asked for."""
        with bulk():
            return (BillOnDay if self.exactly else BillOnDay.of)(self.counted, self._product, self.on)

    @cached_property
    def _exact_walk(self) -> Walk | None:
        """The credits by exact ratios, or None if these are too long."""
        if not self.day.rounded:
            return self.walk
        try:
            with bulk():
                return Walk(self.day.exactly, self.facts, self.rules)
        except BomError as error:
            if error.code != TOO_LONG:
                raise
            return None

    @property
    def is_exact(self) -> bool:
        return self._exact_walk is not None

    def printed_rows(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """Return rows that rest on the walk as plain data, without long ratios if these are rounded."""
        with bulk():
            found = [row.to_dict(short=self.day.rounded) for row in rows]
        if self.day.cut and not self.day.rounded:
            for row in found:
                row["exact"] = without_long_ratios(row["exact"])
        return found

    def _printed(self, of: Callable[[Walk], Fraction | None]) -> Decimal | None:
        """Return a figure of the product with two places, by exact ratios if rounded ones cannot decide it.

        Raises:
            BomError: `digits-too-many`, if it lies on half a hundredth and exact ratios are too long.
        """
        value = of(self.walk)
        if value is not None and self.day.rounded and near_half_hundredth(value):
            if self._exact_walk is None:
                raise self.day.too_long(self._product)
            value = of(self._exact_walk)
        return two_places(value)

    def _rounded(self, name: str, of: Callable[[Walk], Fraction | None]) -> Decimal | None:
        found = self._figures
        if found is None:
            return self._printed(of)
        hundredths = float(getattr(found, name)[0])
        return None if isnan(hundredths) else of_hundredths(int(hundredths))

    @property
    def score(self) -> Decimal | None:
        return self._rounded("score", lambda walk: walk.base.score)

    @property
    def potential(self) -> Decimal | None:
        return self._rounded("potential", lambda walk: walk.base.potential)

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        return self.score, self._rounded("high", lambda walk: walk.high)

    @property
    def potential_bounds(self) -> tuple[Decimal | None, Decimal | None]:
        return self.potential, self._printed(lambda walk: walk.potential_high)

    @property
    def coverage(self) -> Decimal | None:
        return self._rounded("coverage", lambda walk: walk.coverage)

    @property
    def status(self) -> Status:
        found = self._figures
        if found is None:
            return self.walk.base.status
        from tkdn.assessment.arrays.figures import STATUSES

        return STATUSES[int(found.status[0])]

    def with_changes(self, changes: Changes) -> Self:
        if self.fast is None:
            return self.exactly_changed(changes)
        from tkdn.bom.changes import BillEdit

        change = BillEdit(self.bom, changes, self.on)
        if self._closes_stages(change):
            return self._of(change.bom)
        new = self._over(change.bom)
        new.fast = self.fast.changed(change, partial(getattr, new, "day"))
        if new.fast is None:
            return self._of(change.bom)
        new.__dict__["facts"] = new.fast.facts
        return new

    def exactly_changed(self, changes: Changes) -> Self:
        """As `with_changes`, by exact numbers throughout: the parts that change are worked out again, and those above them as
        far as anything moves."""
        from tkdn.bom.changes import BillEdit

        with bulk():
            change = BillEdit(self.bom, changes, self.on)
            if self._closes_stages(change):
                return self._of(change.bom)
            found = self.day.changed(change)
            new = self._over(change.bom)
            new.fast, new.exactly = None, True
            if found is None:
                new.walk  # noqa: B018  # what is wrong with the bill on this day is said now
                return new
            day, numbers = found
            for number in change.recoded:  # the tariff line of a good is told by the codes of its lines too
                numbers.update(good for good, _ in self.walk.users.get(number, ()))
            facts = self.facts.changed(change.bom, numbers)
            new.__dict__ |= {"day": day, "facts": facts, "walk": self.walk.changed(day, facts, numbers)}
            return new

    def _over(self, bom: Bom) -> Self:
        """The same assessment of another bill, with nothing worked out."""
        new = copy(self)
        new.__dict__ = {name: value for name, value in self.__dict__.items() if name not in _WORKED_OUT}
        new.bom = new.counted = bom
        return new

    def _has_open_term(self) -> bool:
        return self.facts.has_open_term(self.day.order)

    def reading_facts(self) -> ReadingFacts:
        """Return, by parameter, whether the readings of it can differ for this bill."""
        # Readings of Pasal 5(1), 5(2)b.2, 5(2)b.3, 9(2)a.
        parts, facts, lines = self.day.parts, self.facts, self.day.lines
        minor = [child for child in lines[self._product] if not parts[child].main]
        return {
            **super().reading_facts(),
            "production_test": lambda: any(_may_be_unproduced(parts[number]) for number in self.day.order),
            "service_kbli_test": lambda: any(self.rules.is_service(parts[number].kbli) for number in self.day.order),
            "material_total": lambda: any(not parts[child].main for good in self.day.order for child in lines[good]),
            "domestic_line_test": lambda: any(facts.origin[child] is not False for child in minor),
        }

    @property
    def exact(self) -> Fraction | None:
        return (self._exact_walk or self.walk).base.score

    @property
    def exact_potential(self) -> Fraction | None:
        return (self._exact_walk or self.walk).base.potential

    @property
    def exact_high(self) -> Fraction | None:
        return (self._exact_walk or self.walk).high

    @property
    def exact_potential_high(self) -> Fraction | None:
        return (self._exact_walk or self.walk).potential_high

    @property
    def exact_coverage(self) -> Fraction | None:
        return (self._exact_walk or self.walk).coverage

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        return self.walk.base.obstacles

    @cached_property
    def gaps(self) -> list[Gap]:
        from tkdn.assessment.findings.gaps import GapFinder

        return GapFinder(self.walk).find()

    @cached_property
    def assumptions(self) -> list[Assumption]:
        from tkdn.assessment.findings.assumptions import AssumptionFinder

        return AssumptionFinder(self.walk, today=self.today).find()

    @cached_property
    def warnings(self) -> list[Warning]:
        from tkdn.assessment.findings.warnings import GoodsWarnings

        found = GoodsWarnings(self.walk, self.regulation, self.year, self.score_if_certified).find()
        return [*found, *self._stage_warnings()]

    def score_if_certified(self, number: int, certificate: Certificate | None) -> Fraction | None:
        """Return the exact score if this certificate counted for a part, or none did; a stage then opens or is a line."""
        if number in self.closed or self.day.opens[number]:
            return self.score_without(number, certificate)
        return self.walk.score_if_certified(number, certificate)

    @cached_property
    def factors(self) -> dict[str, Factor]:
        """Material, labour, overhead and brainware: exact value, weight and points. Points minus `cap` add up to the score."""
        # The points of each factor (Pasal 4(1)); brainware adds at most those of Pasal 10(2).
        walk, made = self.walk, self.walk.product_make
        total = walk.total(walk.product)
        material = Fraction(walk.low_sum, total) if total and self.day.weights[walk.product] is not None else None
        values = dict(zip(FACTORS, (material, made.labour, made.overhead), strict=True))
        scored = self.exact is not None
        factors = {
            name: Factor(value, weight, (value or Fraction(0)) * weight / PERCENT if scored else None)
            for (name, value), weight in zip(values.items(), self.rules.weights, strict=True)
        }
        most = self.rules.percent("brainware.most")
        factors["brainware"] = Factor(made.brainware * PERCENT / most, most, made.brainware if scored else None)
        return factors

    @cached_property
    def components(self) -> Mapping[str, Component]:
        numbers = sorted(number for number in self.day.order if not self.day.parts[number].phantom)
        first = self.walk.product
        lines = dict(self.day.weights[first] or {})
        return {self.day.parts[n].id: self._component(n, lines) for n in (first, *(n for n in numbers if n != first))}

    def _component(self, number: int, lines: Mapping[int, int]) -> Component:
        day, walk, part = self.day, self.walk, self.day.parts[number]
        direct = number in day.lines[walk.product]
        counts = direct and part.main
        cost = share = points = potential_points = None
        if direct and day.unit_cost[number] is not None:
            cost = (day.cost(number) or Fraction(0)) * Fraction(*day.lines[walk.product][number])
        credit, own, certificate = walk.credit.get(number), walk.own[number], self.facts.certificate[number]
        shared = counts or (
            direct and self.rules.shares_of_all
        )  # a line that is not main has a share there, and no points
        if shared and number in lines and credit is not None and walk.total(walk.product):
            share = Fraction(lines[number] * PERCENT, walk.total(walk.product))
            if self.exact is not None:
                weight = self.rules.weights[0] / PERCENT if counts else Fraction(0)
                points = weight * share * credit.low / PERCENT
                potential_points = weight * share * credit.potential / PERCENT
        earned = None if credit is None else Fraction(credit.low)
        if number == walk.product:
            status = self.status
        else:
            known = credit is None or (credit.known and not (counts and day.unit_cost[number] is None))
            status = "complete" if known else "incomplete"
        return Component(
            part=part.id,
            name=part.name,
            main=part.main,
            counts=counts,
            certified=certificate.tkdn if certificate else None,
            own=None if own is None else of_hundredths(own),
            credited=credit and credit.low,
            credited_potential=credit and credit.potential,
            cost=two_places(cost),
            share=two_places(share),
            points=two_places(points),
            potential_points=two_places(potential_points),
            status=status,
            exact={
                "cost": cost,
                "share": share,
                "weight": self.rules.weights[0],
                "credit": earned,
                "points": points,
                "potential_points": potential_points,
            }
            if direct
            else {},
        )

    def explain(self, part: str | None = None) -> Explanation:
        found: Explanation = door("explanation of goods")(self, self.part(part or self.product).id)
        return found


def _may_be_unproduced(part: Part) -> bool:
    """Return whether a part states an activity that may not be production (Pasal 9(2)b-e)."""
    return part.production is not None and part.production.activity not in (None, TAKEN_ACTIVITY)
