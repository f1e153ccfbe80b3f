"""The check that points of BMP can be planned with: not for a good that is not made in the firm's own factory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tkdn.assessment.facts import NOTHING_STATED
from tkdn.errors import Problem, UsageError
from tkdn.method.benefit import FACTORIES, BenefitRules

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.planning.measure import Measure


def check_benefit(assessment: GoodsAssessment, measures: Sequence[Measure]) -> None:
    """Raise if BMP could not be counted for the product as it is made, or as a measure would make it.

    Raises:
        UsageError: `benefit-not-for` (35/2025 Pasal 23c, 44(2)a.11).
    """
    law = BenefitRules(assessment.regulation, assessment.on)
    problems = []
    for who, factory in _factories(assessment, measures):
        refusal = law.refusal(factory) if factory in FACTORIES else None
        if refusal:
            article = f"{law.regulation.name} {law.value(refusal).article}"
            message = f"no BMP can be counted for {assessment.product!r} with factory {factory!r}{who} ({article})"
            remedy = "plan without bmp, or have it made in the firm's own factory"
            problems.append(Problem.worded("benefit-not-for", message, remedy, part=assessment.product))
    if problems:
        raise UsageError(problems)


def _factories(assessment: GoodsAssessment, measures: Sequence[Measure]) -> Iterator[tuple[str, str | None]]:
    """Yield each factory of the product that is planned with, and who says so (Pasal 23c, 44(2)a.11)."""
    made = assessment.day.parts[assessment.day.product].production or NOTHING_STATED
    yield "", made.factory
    for measure in measures:
        production = measure.changes.parts.get(assessment.product, {}).get("production")
        if isinstance(production, dict):
            yield f" by the measure {measure.id!r}", production.get("factory")
