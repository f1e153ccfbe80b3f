"""The figures that a plan is computed from: those of an assessment that a target, a cost and a spend follow from, exactly."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.facts import size_of
from tkdn.bom.model import IKM_SCALES
from tkdn.errors import Problem, UsageError

if TYPE_CHECKING:
    from tkdn.assessment.engines.engine import Basis
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.bom.day import BillOnDay

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one vehicle.

    `total`: rupiah of its main lines. `credited`: rupiah x percent of it that is credited. `other_points`: points that are not
    of material. `unit_cost`: rupiah of all lines and of making it. `ikm`: rupiah spent on IKM parts.

    score = weight x credited / total + other points, at most the limit; `score` is None if the law gives none.
    """

    total: Fraction
    credited: Fraction
    other_points: Fraction
    unit_cost: Fraction
    ikm: Fraction
    score: Fraction | None


def figures_of(assessment: GoodsAssessment, basis: Basis, before: IkmSpend | None = None) -> Figures:
    """Return the figures of an assessment.

    Args:
        assessment: under the credits of 35/2025.
        basis: "score" or "potential".
        before: the spend on IKM parts in the bill that its own was changed from, so that only what moves is added again.

    Raises:
        UsageError: `plan-without-costs` if a main line has no cost.
    """
    day, product = assessment.day, assessment.day.product
    weights, scale = day.weights[product], day.scale[product]
    if weights is None or not day.total[product]:
        message = f"main lines of {assessment.product!r} have no cost, so no plan can be computed"
        raise UsageError([Problem.worded("plan-without-costs", message, "add their prices", part=assessment.product)])
    engine = assessment.exact_engine
    credited = engine.today_sum if basis == "score" else engine.credited[product]
    making = day.parts[product].conversion_cost
    return Figures(
        total=Fraction(day.total[product], scale),
        credited=Fraction(credited, scale),
        other_points=engine.rules.beside(*engine.product_make.factors),
        unit_cost=Fraction(sum(weight for _, weight in weights), scale)
        + day.stage_cost.get(product, NOTHING)
        + ((making and day.rates.value(making)) or NOTHING),
        ikm=(before.after(assessment) if before else spend_on(assessment, frozenset(ikm_parts(assessment)))),
        score=assessment.exact if basis == "score" else assessment.exact_potential,
    )


def is_made_here(assessment: GoodsAssessment, index: int) -> bool:
    """Return True if a part in the product is made in Indonesia by a firm that the bill names."""
    day = assessment.day
    made = index != day.product and assessment.facts.origin[index] and not day.explodes[index]
    return bool(made) and day.parts[index].made_by is not None


def made_here(assessment: GoodsAssessment) -> list[int]:
    """Return the indexes of the parts in the product that are made in Indonesia by a firm of the bill, in its order."""
    return sorted(index for index in assessment.day.order if is_made_here(assessment, index))


def small_firms(assessment: GoodsAssessment) -> frozenset[str]:
    """Return ids of the bill's firms of small and medium industry."""
    rates = assessment.day.rates
    return frozenset(firm.id for firm in assessment.bom.suppliers if size_of(firm, rates).scale in IKM_SCALES)


def ikm_parts(assessment: GoodsAssessment) -> list[int]:
    """Return the indexes of the parts made in Indonesia by small or medium industry, in the bill's order."""
    day = assessment.day
    small = small_firms(assessment)
    return [index for index in made_here(assessment) if day.parts[index].made_by in small]


def spend_on(assessment: GoodsAssessment, numbers: frozenset[int]) -> Fraction:
    """Return the rupiah for one vehicle spent on these parts, parts inside another of them left out; unknown costs are 0."""
    day = assessment.day
    amounts = day.outermost(numbers) if numbers else {}
    return sum((amount * (day.cost(index) or NOTHING) for index, amount in amounts.items()), NOTHING)


class IkmSpend:
    """Rupiah spent on IKM parts in one unit of every part: its cost if it is one, else the spend on those inside it."""

    def __init__(self, assessment: GoodsAssessment) -> None:
        """Add up the spend of every part, from the bottom of the bill."""
        self.day, self.suppliers, self.small = assessment.day, assessment.bom.suppliers, small_firms(assessment)
        self.ikm = frozenset(ikm_parts(assessment))
        self.of: dict[int, Fraction] = {}
        for index in reversed(self.day.order):
            self.of[index] = self.day.cost(index) or NOTHING if index in self.ikm else _inside(self.day, index, self.of)

    def after(self, changed: GoodsAssessment) -> Fraction:
        """Return the spend in the product of a bill that was changed from this one: only what moves is added."""
        recomputed, day = changed.exact_engine.recomputed, changed.day
        if recomputed is None:
            return spend_on(changed, frozenset(ikm_parts(changed)))
        small = self.small if changed.bom.suppliers is self.suppliers else small_firms(changed)
        more: dict[int, Fraction] = defaultdict(Fraction)
        found: dict[int, Fraction] = {}
        of = ChainMap(found, self.of)

        def moves(index: int) -> bool:
            if is_made_here(changed, index) and day.parts[index].made_by in small:
                found[index] = day.cost(index) or NOTHING
            elif index in self.ikm or day.uses[index] is not self.day.uses[index]:
                found[index] = _inside(day, index, of)
            else:
                found[index] = self.of[index] + more[index]
            moved = found[index] - self.of[index]
            for parent in self.day.parents.get(index, ()) if moved else ():
                more[parent] += moved * Fraction(*day.uses[parent][index])
            return bool(moved)

        self.day.propagate(recomputed, moves)
        return of[day.product]


def _inside(day: BillOnDay, index: int, of: Mapping[int, Fraction]) -> Fraction:
    return sum((of[child] * Fraction(*amount) for child, amount in day.uses[index].items() if of[child]), NOTHING)
