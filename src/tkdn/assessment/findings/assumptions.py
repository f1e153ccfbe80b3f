"""Assumptions: what is taken for granted, with the points that rest on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from tkdn.assessment.credit import CreditFacts, Ground, ground_of
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.facts import brainware_facts
from tkdn.assessment.findings.finding import Assumption
from tkdn.method.goods import BRAINWARE_FACTS


class AssumptionFinder:
    """The search for what one assessment takes for granted, by asking what its figures were if that did not hold."""

    def __init__(self, engine: ExactEngine, *, today: bool) -> None:
        """Take the engine of an assessment, and whether its day was not asked for."""
        self.engine, self.day, self.facts, self.today = engine, engine.day, engine.facts, today
        self.parts, self.product = engine.day.parts, engine.product
        self.below = [number for number in self.day.order if not self.day.explodes[number] and number != self.product]

    def find(self) -> list[Assumption]:
        """Return the assumptions: of the day and the bill, of the product, then of the parts below it."""
        found = [Assumption("date-today", values={"date": self.day.day})] if self.today else []
        found.append(Assumption("main-as-stated"))
        return [
            *found,
            *self._product_licence(),
            *self._manufacture(),
            *self._licences(),
            *self._one_level(),
            *self._brainware(),
        ]

    def _resting(
        self, code: str, changes: dict[int, CreditFacts], supplier: str | None = None, **values: object
    ) -> Assumption:
        base = self.engine.base
        points = [
            None if was is None or then is None else was - then
            for was, then in (
                (base.score, self.engine.walk_again(changes, "score")[0].score),
                (base.potential, self.engine.walk_again(changes, "potential")[0].potential),
            )
        ]
        ids = tuple(self.parts[number].id for number in changes)
        return Assumption(
            code, ids[0] if len(ids) == 1 else None, supplier, {"count": len(ids), **values}, ids, *points
        )

    def _product_licence(self) -> Iterator[Assumption]:
        """Yield the condition that the firm that makes the product holds an industrial licence (Pasal 9(1), 27(1))."""
        engine, part = self.engine, self.parts[self.product]
        asked = not engine.rules.calculable("unlicensed") and self.facts.licence[self.product] is None
        if asked and engine.base.status != "cannot_be_calculated":
            yield Assumption(
                "product-licence", part.id, part.made_by, {}, (part.id,), engine.base.score, engine.base.potential
            )

    def _manufacture(self) -> Iterator[Assumption]:
        def not_stated(number: int) -> bool:
            made = self.parts[number].production
            return made is None or made.activity is None

        base = self.engine.base
        if not_stated(self.product) and base.status != "cannot_be_calculated":
            id_ = self.parts[self.product].id
            yield Assumption("product-manufacture", id_, None, {}, (id_,), base.score, base.potential)
        own = [number for number in self.below if self.engine.own[number] is not None and not_stated(number)]
        if own:
            yield self._resting(
                "manufacture", {number: self.engine.part_facts(number)._replace(certifiable=False) for number in own}
            )

    def _licences(self) -> Iterator[Assumption]:
        by_maker: dict[str | None, list[int]] = defaultdict(list)
        for number in self.below:
            facts = self.engine.part_facts(number)
            on_licence = ground_of(facts, all_domestic=False) is Ground.INDUSTRIAL_COMPANY
            if facts.licence is None and facts.origin and (on_licence or self.engine.own[number] is not None):
                by_maker[self.parts[number].made_by].append(number)
        for maker, numbers in by_maker.items():
            changes = {number: self.engine.part_facts(number)._replace(licence=False) for number in numbers}
            yield self._resting("licence" if maker else "licence-no-maker", changes, maker)

    def _one_level(self) -> Iterator[Assumption]:
        if not self.engine.rules.judged_by_country:
            return
        deep: dict[int, bool] = {}
        for number in reversed(self.day.order):
            if self.day.explodes[number]:
                continue
            facts, lines = self.engine.part_facts(number), self.day.lines[number]
            by_country = bool(lines) and self.engine.domestic_material[number] == len(lines)
            all_down = bool(lines) and all(deep[child] for child in lines)
            material = facts.statement if facts.statement is not None else all_down
            deep[number] = facts.natural_resource or (facts.origin is True and material)
            by_material = ground_of(facts, all_domestic=True) is Ground.ALL_DOMESTIC
            if number != self.product and by_material and facts.statement is None and by_country and not all_down:
                yield self._resting("one-level", {number: facts._replace(statement=False)})

    def _brainware(self) -> Iterator[Assumption]:
        part = self.parts[self.product]
        if part.brainware is not None:
            missing = [fact for fact in BRAINWARE_FACTS if fact not in brainware_facts(part)]
            if missing:
                nothing = Fraction(0)
                yield Assumption(
                    "brainware", part.id, None, {"facts": ", ".join(missing)}, (part.id,), nothing, nothing
                )
