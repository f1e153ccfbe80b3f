"""The steps behind a part's figures in an assessment of goods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.certificates import state
from tkdn.assessment.credit import Credit, Ground, own_obstacle
from tkdn.assessment.facts import NOTHING_STATED, TAKEN_ACTIVITY, brainware_facts
from tkdn.assessment.rounding import of_hundredths, ratio
from tkdn.assessment.steps import Explanation, LegalValue, Plain, Step, Word, origin_word
from tkdn.law.regulation import Value
from tkdn.method.goods import FACTORS, PERCENT

if TYPE_CHECKING:
    from tkdn.assessment.goods import GoodsAssessment
    from tkdn.assessment.result import Assessment


def explain(assessment: GoodsAssessment, part: str) -> Explanation:
    """Return the steps behind one part of an assessment."""
    explainer = _Explainer(assessment, assessment.bom.graph.index[part])
    steps = tuple(explainer.steps())
    record = assessment.day.parts[explainer.number]
    return Explanation(record.id, record.name, assessment.regulation.name, assessment.on.isoformat(), steps)


def credit_article(assessment: GoodsAssessment, number: int) -> str:
    """Return the article of the rule that gives a component its credit, by its number in the graph."""
    return _Explainer(assessment, number).rule_of(number)[1]


def regulation_step(assessment: Assessment) -> Step:
    """Return the first step of every explanation: the regulation, the time it is in force, and the date."""
    law, may_use = assessment.regulation, assessment.may_use
    either = "; ".join(f"{each['regulation']} ({each['article']})" for each in may_use)
    force = (law.in_force_article, law.in_force_confidence, law.in_force_note)
    return Step(
        "regulation",
        {
            "regulation": f"{law.name} ({law.id})",
            "in_force": f"{law.in_force_from} - {law.in_force_to or ''}".strip(),
            "on": assessment.on.isoformat(),
            **({"may_use": either} if len(may_use) > 1 else {}),
        },
        (LegalValue("in_force", str(law.in_force_from), "date", *force),),
        law.title,
    )


class _Explainer:
    def __init__(self, assessment: GoodsAssessment, number: int) -> None:
        self.assessment, self.number = assessment, number
        self.engine, self.day, self.rules, self.facts = (
            assessment.exact_engine,
            assessment.day,
            assessment.rules,
            assessment.facts,
        )
        self.part = self.day.parts[number]
        self.is_product = number == self.engine.product

    def steps(self) -> Iterator[Step]:
        yield regulation_step(self.assessment)
        if self.day.explodes[self.number]:
            kind = "in_house" if self.part.in_house else "phantom"
            yield Step(
                "opened",
                {"kind": Word(f"explain.{kind}")},
                result=Word("explain.opened"),
                rows=tuple(self._line_rows(None)),
            )
            return
        if self.is_product:
            yield from self._product()
        else:
            yield from self._credit()
            if self.day.lines[self.number]:
                yield from self._own()
            yield from self._place()

    def _law(self, *keys: str) -> tuple[LegalValue, ...]:
        return tuple(self._legal(key, self.rules.value(key)) for key in keys)

    def _legal(self, key: str, value: Value, article: str | None = None, shown: str | None = None) -> LegalValue:
        unit = self.rules.regulation.parameter(key).unit
        return LegalValue(key, shown or str(value.value), unit, article or value.article, value.confidence, value.note)

    def _product(self) -> Iterator[Step]:
        # Whether TKDN may be calculated (Pasal 9, 27(1)), and the limit (Pasal 12).
        assessment, engine = self.assessment, self.engine
        obstacles = engine.base.obstacles
        keys = [obstacle.rule for obstacle in obstacles if obstacle.rule] or [
            "calculable.unlicensed",
            "calculable.made_abroad",
            "calculable.all_imported",
            f"calculable.{(self.part.production or NOTHING_STATED).activity or TAKEN_ACTIVITY}",
        ]
        yield Step(
            "calculable",
            {"made_in": self._origin(), "activity": self._activity()},
            self._law(*keys),
            Word("explain.yes") if not obstacles else Word(f"status.{assessment.status}"),
            tuple(
                {"reason": Word(f"obstacle.{each.code}", self.part.id), "article": assessment.article(each.rule)}
                for each in obstacles
            ),
        )
        yield from self._factors("today")
        if assessment.exact is not None:
            yield Step(
                "total",
                {name: factor.points for name, factor in assessment.factors.items()} | {"cap": assessment.cap},
                self._law("limit.total"),
                assessment.exact,
            )
            yield Step("printed", {"exact": ratio(assessment.exact)}, result=assessment.score)
            yield Step("potential", {"rule": Word("rule.potential")}, result=assessment.potential)
        low, high = assessment.bounds
        yield Step(
            "bounds",
            {"low": low, "high": high, "coverage": assessment.coverage},
            result=Word(f"status.{engine.base.status}"),
        )

    def _factors(self, column: str) -> Iterator[Step]:
        """Yield the steps of a good's own sum: material with its lines, labour, overhead, brainware."""
        # Pasal 4(1), 6, 7.
        day, made = self.day, self.engine.makes.get(self.number) or self.facts.make(self.number)
        total, weights = self.engine.total(self.number), day.weights[self.number]
        material = None
        if total and weights is not None:
            credited = sum(w * getattr(self.engine.credit_of(c), column) for c, w in weights if self.engine.main[c])
            material = Fraction(credited, total)
        cost = Fraction(total, day.scale[self.number]) if weights is not None else None
        yield Step(
            "material", {"total_cost": cost}, self._law("weight.material"), material, tuple(self._line_rows(column))
        )
        stated = self.part.production or NOTHING_STATED
        factory = Word(f"value.{stated.factory}") if stated.factory else None
        workers = {"indonesian_workers": stated.indonesian_workers, "foreign_workers": stated.foreign_workers}
        law = ("weight.labour", "labour.indonesian_share", *([made.labour_rule] if made.labour_rule else []))
        yield Step("labour", {"factory": factory, **workers}, self._law(*law), made.labour)
        law = ("weight.overhead", *([made.overhead_rule] if made.overhead_rule else []))
        invested = stated.invested_in_indonesia
        yield Step("overhead", {"factory": factory, "invested_in_indonesia": invested}, self._law(*law), made.overhead)
        if self.part.brainware is not None:
            yield self._brainware(made.brainware)

    def _brainware(self, points: Fraction) -> Step:
        # Pasal 10(2), 11(1), Lampiran II.A.
        rows, law = [], [*self._law("brainware.most")]
        for fact, value in brainware_facts(self.part).items():
            weight, criterion = f"brainware.{fact}.weight", self.rules.brainware_criterion(fact, value)
            rows.append(
                {
                    "fact": Word(f"fact.{fact}"),
                    "stated": value,
                    "criterion": criterion,
                    "weight": self.rules.percent(weight),
                }
            )
            key, row = self.rules.brainware_rule(fact, value)
            law += self._law(weight)
            law.append(
                self._legal(key, self.rules.value(key), row.article if row else None, str(row.value) if row else None)
            )
        return Step("brainware", {}, tuple(law), points, tuple(rows))

    def _line_rows(self, column: str | None) -> Iterator[Mapping[str, Plain]]:
        day, engine = self.day, self.engine
        weights = dict(day.weights[self.number] or ())
        total = self.engine.total(self.number)
        for child, quantity in day.lines[self.number].items():
            part = day.parts[child]
            cost = day.cost(child)
            row: dict[str, Plain] = {
                "part": part.label,
                "main": part.main,
                "quantity": Fraction(*quantity),
                "unit": part.unit,
                "unit_cost": cost,
                "cost": None if cost is None else cost * Fraction(*quantity),
            }
            if column is not None:
                shared = part.main or self.rules.shares_of_all
                credited = getattr(engine.credit_of(child), column) if part.main or not shared else 0
                share = Fraction(weights[child] * PERCENT, total) if child in weights and shared and total else None
                row |= {
                    "share": share,
                    "credited": credited,
                    "kdn": None if share is None else share * credited / PERCENT,
                }
            if column == "today":
                row["article"] = self.rule_of(child)[1]
            yield row

    def rule_of(self, number: int) -> tuple[str, str, str, LegalValue]:
        """Return the rule that gives a part its credit today: code, article, key, value."""
        ground, certificate = self.engine.credit_of(number).ground, self.facts.certificate[number]
        value, article, shown = self.rules.value(ground.parameter), None, None
        if ground is Ground.CERTIFICATE and certificate is not None:
            row = value.row(certificate.tkdn)
            article, shown = row.article, str(row.value)
        legal = self._legal(ground.parameter, value, article, shown)
        return ground.value, legal.article, ground.parameter, legal

    def _origin(self) -> str | Word:
        origin = self.facts.origin[self.number]
        stated = origin_word(self.part.made_in)
        if stated is not None:
            return stated
        return Word("explain.implied_home") if origin else Word("explain.unknown")

    def _activity(self) -> str | Word:
        stated = self.part.production and self.part.production.activity
        return Word(f"value.{stated}") if stated else Word("explain.assumed_manufacture")

    def _credit(self) -> Iterator[Step]:
        """Yield the certificates of the part, where it has any, and the rule that gives it its credit."""
        # Pasal 5(2), Lampiran I.2.a.
        if self.part.certificates:
            yield self._certificates()
        code, _, _, value = self.rule_of(self.number)
        licence = self.facts.licence[self.number]
        inputs: dict[str, Plain] = {
            "made_in": self._origin(),
            "maker": self.part.made_by,
            "licence": licence,
            "rule": Word(f"rule.{code}"),
        }
        law = [value]
        rows: tuple[Mapping[str, Plain], ...] = ()
        if code == "not_produced":
            law += self._not_produced()
            inputs["activity"] = self._activity()
            inputs["tariff_line_changed"] = self.facts.tariff_line_changed(self.number, self.part)
        if code in ("all_domestic", "industrial_company"):
            inputs["statement"] = self.part.all_domestic_material
            law += self._law("raw_material_test")
            if self.part.all_domestic_material is None:
                rows = tuple(self._raw_material())
                if code == "all_domestic" and self.rules.judged_by_country:
                    inputs["note"] = Word("rule.by_country")
        yield Step("credit", inputs, tuple(law), self.engine.credit_of(self.number).today, rows)

    def _certificates(self) -> Step:
        """Return the step of the certificates: each with its terms and state, and which of them counts."""
        # Terms of certificates by Pasal 72a.
        on, terms = self.assessment.on, self.facts.terms
        certificates: tuple[Mapping[str, Plain], ...] = tuple(
            {
                "certificate": each.number,
                "tkdn": each.tkdn,
                "issued": each.issued.isoformat(),
                "expires": " / ".join(dict.fromkeys(day.isoformat() for day in terms.of(each))),
                "state": Word(f"state.{state(each, self.part.certificates, on, terms)}"),
            }
            for each in self.part.certificates
        )
        keys = dict.fromkeys(terms.key(each.issued, each.regulation) for each in self.part.certificates)
        open_term = ["certificate.open_term"] if self.number in self.facts.if_longer else []
        counting = self.facts.certificate[self.number]
        number = Word("explain.none") if counting is None else counting.number
        return Step("certificates", {}, self._law(*keys, *open_term), number, certificates)

    def _not_produced(self) -> tuple[LegalValue, ...]:
        """Return what says that the part is not produced by an industrial company."""
        # Pasal 5(2)b.2, 5(2)b.3, 9(2)b to e, 16.
        if self.facts.activity(self.number, self.part) is True:
            return self._law("service_kbli_test")
        activity = (self.part.production or NOTHING_STATED).activity
        return self._law("production_test", f"calculable.{activity}")

    def _raw_material(self) -> Iterator[Mapping[str, Plain]]:
        for child in self.day.lines[self.number]:
            part, credit = self.day.parts[child], self.engine.credit_of(child)
            origin = self.facts.origin[child]
            implied = Word("explain.implied_home") if origin else Word("explain.unknown")
            yield {
                "part": part.label,
                "made_in": origin_word(part.made_in) or implied,
                "natural_resource": part.natural_resource,
                "domestic": credit.certainly_domestic,
            }

    def _why_not_own(self) -> Word | None:
        """Return why the part's own TKDN cannot be said, or None if it can."""
        engine, number = self.engine, self.number
        obstacle = own_obstacle(
            engine.part_facts(number), engine.makes[number], engine.total(number), engine.domestic[number]
        )
        return None if obstacle is None else Word(f"rule.{obstacle}")

    def _own(self) -> Iterator[Step]:
        # A part's own TKDN, and the band of a certificate (Pasal 4(1), 5(2)a).
        yield Step(
            "own_bill",
            {"rule": Word("rule.own")},
            result=self._why_not_own() or Word("explain.yes"),
        )
        yield from self._factors("potential")
        own = self.engine.own[self.number]
        credit: Credit = self.engine.credit_of(self.number)
        printed = None if own is None else of_hundredths(own)
        facts = {"maker": self.part.made_by, "licence": self.facts.licence[self.number]}
        yield Step("own", facts, self._law(*(f"weight.{factor}" for factor in FACTORS)), printed)
        law: tuple[LegalValue, ...] = ()
        if own is not None:
            value = self.rules.value("credit.certificate")
            row = value.row(of_hundredths(own))
            law = (self._legal("credit.certificate", value, row.article, str(row.value)),)
        yield Step(
            "credited_potential",
            {"credited": credit.today, "own": None if own is None else of_hundredths(own)},
            law,
            credit.potential,
        )

    def _place(self) -> Iterator[Step]:
        # The weight of material (Pasal 4(1)a).
        component = self.assessment.components[self.part.id]
        if self.number in self.day.lines[self.engine.product]:
            exact = component.exact
            yield Step(
                "points",
                {"cost": exact["cost"], "share": exact["share"], "credited": component.credited},
                self._law("weight.material"),
                exact["points"] if component.counts else Word("rule.not_main"),
            )
        else:
            ways = self.day.path_counts[self.number]
            path = " > ".join(self.day.paths(self.number, 1)[0])
            yield Step("deeper", {"path": path, "ways": ways}, result=Word("rule.deeper"))
