"""What a plan is reckoned with: the figures of an assessment that a target, a cost and a spend follow from, exactly."""

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
    """Of one vehicle: `total` (rupiah of its main lines), `credited` (rupiah x percent of it that is credited), `beside` (points
    that are not of material), `unit_cost` (rupiah of all lines and of making it), `ikm` (rupiah spent on IKM parts).

    score = weight x credited / total + beside, at most the limit; `score` is None where the law gives none.
    """

    total: Fraction
    credited: Fraction
    beside: Fraction
    unit_cost: Fraction
    ikm: Fraction
    score: Fraction | None


def figures_of(assessment: GoodsAssessment, basis: Basis, before: IkmSpend | None = None) -> Figures:
    """The figures of an assessment; `before`: the spend on IKM parts in the bill that its own was changed from.

    Raises `UsageError` (`plan-without-costs`) where a main line has no cost.
    """
    day, product = assessment.day, assessment.day.product
    weights, scale = day.weights[product], day.scale[product]
    if weights is None or not day.total[product]:
        message = f"main lines of {assessment.product!r} have no cost, so no plan can be reckoned"
        raise UsageError([Problem.worded("plan-without-costs", message, "add their prices", part=assessment.product)])
    engine = assessment.exact_engine
    credited = engine.today_sum if basis == "score" else engine.credited[product]
    making = day.parts[product].conversion_cost
    return Figures(
        total=Fraction(day.total[product], scale),
        credited=Fraction(credited, scale),
        beside=engine.rules.beside(*engine.product_make.factors),
        unit_cost=Fraction(sum(weight for _, weight in weights), scale)
        + day.stage_cost.get(product, NOTHING)
        + ((making and day.rates.value(making)) or NOTHING),
        ikm=(before.after(assessment) if before else spend_on(assessment, frozenset(ikm_parts(assessment)))),
        score=assessment.exact if basis == "score" else assessment.exact_potential,
    )


def is_made_here(assessment: GoodsAssessment, number: int) -> bool:
    """Whether a part in the product is made in Indonesia by a firm that the bill names."""
    day = assessment.day
    made = number != day.product and assessment.facts.origin[number] and not day.explodes[number]
    return bool(made) and day.parts[number].made_by is not None


def made_here(assessment: GoodsAssessment) -> list[int]:
    """Numbers of the parts in the product that are made in Indonesia by a firm that the bill names, in the bill's order."""
    return sorted(number for number in assessment.day.order if is_made_here(assessment, number))


def small_firms(assessment: GoodsAssessment) -> frozenset[str]:
    """Ids of the bill's firms of small and medium industry."""
    rates = assessment.day.rates
    return frozenset(firm.id for firm in assessment.bom.suppliers if size_of(firm, rates).scale in IKM_SCALES)


def ikm_parts(assessment: GoodsAssessment) -> list[int]:
    """Of them, those made by small or medium industry."""
    day = assessment.day
    small = small_firms(assessment)
    return [number for number in made_here(assessment) if day.parts[number].made_by in small]


def spend_on(assessment: GoodsAssessment, numbers: frozenset[int]) -> Fraction:
    """Rupiah for one vehicle spent on these parts, but for what stands inside another of them; unknown costs are nothing."""
    day = assessment.day
    amounts = day.outermost(numbers) if numbers else {}
    return sum((amount * (day.cost(number) or NOTHING) for number, amount in amounts.items()), NOTHING)


class IkmSpend:
    """Rupiah spent on IKM parts in one unit of every part: its cost where it is one, else what is spent on those inside it."""

    def __init__(self, assessment: GoodsAssessment) -> None:
        self.day, self.suppliers, self.small = assessment.day, assessment.bom.suppliers, small_firms(assessment)
        self.ikm = frozenset(ikm_parts(assessment))
        self.of: dict[int, Fraction] = {}
        for number in reversed(self.day.order):
            self.of[number] = (
                self.day.cost(number) or NOTHING if number in self.ikm else _inside(self.day, number, self.of)
            )

    def after(self, changed: GoodsAssessment) -> Fraction:
        """What it is for the product of a bill that was changed from this one: only what moves is added."""
        recomputed, day = changed.exact_engine.recomputed, changed.day
        if recomputed is None:
            return spend_on(changed, frozenset(ikm_parts(changed)))
        small = self.small if changed.bom.suppliers is self.suppliers else small_firms(changed)
        more: dict[int, Fraction] = defaultdict(Fraction)
        found: dict[int, Fraction] = {}
        of = ChainMap(found, self.of)

        def moves(number: int) -> bool:
            if is_made_here(changed, number) and day.parts[number].made_by in small:
                found[number] = day.cost(number) or NOTHING
            elif number in self.ikm or day.uses[number] is not self.day.uses[number]:
                found[number] = _inside(day, number, of)
            else:
                found[number] = self.of[number] + more[number]
            moved = found[number] - self.of[number]
            for parent in self.day.parents.get(number, ()) if moved else ():
                more[parent] += moved * Fraction(*day.uses[parent][number])
            return bool(moved)

        self.day.propagate(recomputed, moves)
        return of[day.product]


def _inside(day: BillOnDay, number: int, of: Mapping[int, Fraction]) -> Fraction:
    return sum((of[child] * Fraction(*amount) for child, amount in day.uses[number].items() if of[child]), NOTHING)
