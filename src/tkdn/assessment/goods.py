"""Goods by weighted factors with credited components: the assessment under Permenperin 35/2025."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Self

from tkdn.assessment.case import Case
from tkdn.assessment.component import Factor
from tkdn.assessment.engines.engine import Engine
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.facts import TAKEN_ACTIVITY, Facts
from tkdn.assessment.findings.assumptions import AssumptionFinder
from tkdn.assessment.findings.finding import Assumption, Gap, Warning  # noqa: A004
from tkdn.assessment.findings.gaps import GapFinder
from tkdn.assessment.findings.warnings import GoodsWarnings
from tkdn.assessment.interpretations import ReadingFacts
from tkdn.assessment.result import Assessment
from tkdn.bom.bulk import MANY_USES
from tkdn.bom.changes import BillEdit, Changes
from tkdn.bom.model import Part
from tkdn.frozen import FrozenMap
from tkdn.method.goods import FACTORS, PERCENT, GoodsRules

if TYPE_CHECKING:
    from tkdn.assessment.engines.arrays.array_engine import ArrayEngine


class GoodsAssessment(Assessment):
    """Material, labour and overhead by their weights, brainware added; components credited by band (35/2025 Pasal 4-12)."""

    engine: ExactEngine | ArrayEngine
    has_lift = True

    @staticmethod
    def engine_of(case: Case, *, exact: bool, before: Engine | None = None) -> ExactEngine | ArrayEngine:
        """Return the engine of a case: by arrays for a large bill, unless exact ratios are asked for."""
        rules = GoodsRules(case.regulation, case.on, case.year)
        if exact or len(case.bom.uses) < MANY_USES or not rules.walks_by_arrays:
            return ExactEngine.of(case.bom, case.index, rules, exact=exact, before=before)
        # Where numpy is loaded: a small bill does without.
        from tkdn.assessment.engines.arrays.array_engine import ArrayEngine

        return ArrayEngine.of(case.bom, case.index, rules)

    @property
    def exact_engine(self) -> ExactEngine:
        """The engine by exact numbers: what explanations and findings of single parts ask."""
        return self.engine.exact_engine

    @cached_property
    def array_engine(self) -> ArrayEngine:
        """The engine by arrays, for many variants of the bill."""
        from tkdn.assessment.engines.arrays.array_engine import ArrayEngine

        if isinstance(self.engine, ArrayEngine):
            return self.engine
        return ArrayEngine.of(self.bom, self.case.index, self.rules)

    @property
    def rules(self) -> GoodsRules:
        """The values of the regulation on the day."""
        return self.engine.rules

    @property
    def facts(self) -> Facts:
        """Facts that the law asks of each part on the day."""
        return self.engine.facts

    def exactly_changed(self, changes: Changes) -> Self:
        """Return the same as `with_changes`, by exact numbers throughout.

        The parts that change are computed again, and those above them as far as anything moves.
        """
        edit = BillEdit(self.bom, changes, self.on)
        return type(self)(replace(self.case, bom=edit.bom), self.exact_engine.edited(edit))

    def reading_facts(self) -> ReadingFacts:
        """Return, by parameter, whether the readings of it can differ for this bill."""
        # Readings of Pasal 5(1), 5(2)b.2, 5(2)b.3, 9(2)a.
        parts, facts, lines = self.day.parts, self.facts, self.day.lines
        minor = [child for child in lines[self.case.index] if not parts[child].main]
        return {
            **super().reading_facts(),
            "production_test": lambda: any(_may_be_unproduced(parts[index]) for index in self.day.order),
            "service_kbli_test": lambda: any(self.rules.is_service(parts[index].kbli) for index in self.day.order),
            "material_total": lambda: any(not parts[child].main for good in self.day.order for child in lines[good]),
            "domestic_line_test": lambda: any(facts.origin[child] is not False for child in minor),
        }

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Facts that are missing, and which figures each affects."""
        return tuple(GapFinder(self.exact_engine).find())

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Facts that are taken for granted, with the points that rest on each."""
        return tuple(AssumptionFinder(self.exact_engine, today=self.today).find())

    def _warnings(self) -> Iterator[Warning]:
        yield from GoodsWarnings(self.exact_engine, self.regulation, self.year, self.score_if_certified).find()

    @cached_property
    def factors(self) -> FrozenMap[str, Factor]:
        """Material, labour, overhead and brainware: exact value, weight and points. Points minus `cap` add up to the score."""
        # The points of each factor (Pasal 4(1)); brainware adds at most those of Pasal 10(2).
        engine, made = self.exact_engine, self.exact_engine.product_make
        total = engine.total(engine.product)
        material = Fraction(engine.today_sum, total) if total and self.day.weights[engine.product] is not None else None
        values = dict(zip(FACTORS, (material, made.labour, made.overhead), strict=True))
        scored = self.exact is not None
        factors = {
            name: Factor(value, weight, (value or Fraction(0)) * weight / PERCENT if scored else None)
            for (name, value), weight in zip(values.items(), self.rules.weights, strict=True)
        }
        most = self.rules.percent("brainware.most")
        factors["brainware"] = Factor(made.brainware * PERCENT / most, most, made.brainware if scored else None)
        return FrozenMap(factors)

    def _shown_credit(self, credit: Fraction | None) -> int | Decimal | None:
        return None if credit is None else int(credit)


def _may_be_unproduced(part: Part) -> bool:
    """Return whether a part states an activity that may not be production (Pasal 9(2)b-e)."""
    return part.production is not None and part.production.activity not in (None, TAKEN_ACTIVITY)
