"""BMP of a company from its facts: Permenperin 35/2025 Pasal 21-23, Lampiran V."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.assessment.steps import LegalValue, Plain, Step, Word
from tkdn.documents.laws import content_law, legal
from tkdn.documents.model import BenefitDocument, Document
from tkdn.documents.reading import expect
from tkdn.documents.result import Note, Result, dated, shown, two_places
from tkdn.method.benefit import CASES, FACTS, BenefitRules, Criterion, Fact
from tkdn.outputs import headed
from tkdn.short_repr import brief


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor of the BMP: its weight, the largest criterion that the stated facts meet (None: none stated), its points."""

    factor: str
    weight: Fraction
    criterion: Criterion | None
    points: Fraction

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data: percentages and points as strings with two decimals."""
        met = self.criterion
        return {
            "factor": self.factor,
            "weight": shown(self.weight),
            "fact": met and met.fact,
            "criterion": met and shown(met.percent),
            "points": shown(self.points),
        }


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that is not stated, and the points that stating it could add at most, before the limit."""

    factor: str
    fact: str
    most: Fraction

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
        """Return the fact as plain data: points as a string with two decimals."""
        return {"factor": self.factor, "fact": self.fact, "could_add": shown(self.most)}


@dataclass(frozen=True, repr=False)
class BenefitResult(Result[BenefitDocument]):
    """BMP of a company: `score` within the limit, the `total` before it, the `factors`, and the facts `missing`.

    `refusal`: the parameter of law by which none can be counted; then the score is None.
    """

    factors: tuple[FactorRow, ...]
    missing: tuple[MissingFact, ...]
    limit: Fraction
    refusal: str | None = None

    @property
    def exact_total(self) -> Fraction:
        """The points of all factors, before the limit, unrounded."""
        return sum((row.points for row in self.factors), Fraction(0))

    @property
    def exact(self) -> Fraction | None:
        """The score in percent, unrounded; None if no BMP can be counted."""
        return None if self.refusal else BenefitRules(self.law, self.on).score(self.exact_total)

    @property
    def refused_by(self) -> str | None:
        """The article by which no BMP can be counted, or None."""
        return self.refusal and f"{self.law.name} {self.law.value(self.refusal, self.on).article}"

    @property
    def total(self) -> Decimal:
        """The points of all factors, before the limit."""
        return two_places(self.exact_total)

    @property
    def score(self) -> Decimal | None:
        """BMP in percent, two decimals; None if none can be counted."""
        return two_places(self.exact)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: percentages as strings with two decimals."""
        return headed(
            "tkdn-benefit-result",
            {
                **self.head(),
                "score": shown(self.exact),
                "status": "cannot_be_calculated" if self.refusal else "complete",
                "refused_by": self.refused_by,
                "total": shown(self.exact_total),
                "limit": shown(self.limit),
                "factors": [row.to_dict() for row in self.factors],
                "missing": [row.to_dict() for row in self.missing],
                **self.tail(),
            },
        )

    def _steps(self) -> Iterator[Step]:
        keys = (self.refusal,) if self.refusal else tuple(f"benefit.for.{case}" for case in CASES)
        facts_known: dict[str, Plain] = {
            each: getattr(self.document, each) for each in ("service_company", "goods_and_services")
        }
        made = self.document.factory
        whose: dict[str, Plain] = {**facts_known, "factory": Word(f"value.factory_{made}") if made else None}
        taken = (
            "benefit_none" if self.refusal else "benefit_can" if is_all_stated(self.document) else "taken_none_of_these"
        )
        yield Step("benefit_whose", whose, self._law(*keys), Word(f"value.{taken}"))
        if self.refusal:
            return
        for row in self.factors:
            facts = {fact: stated_fact(self.document, fact) for fact in FACTS[row.factor]}
            rows: tuple[dict[str, Plain], ...] = tuple(
                {"fact": Word(f"benefit-fact.{fact}"), "stated": fact_word(fact, stated)}
                for fact, stated in facts.items()
            )
            if row.factor == "employment":
                size = Word(f"value.size_{self.document.size}") if self.document.size else None
                rows = ({"fact": Word("benefit-fact.size"), "stated": size}, *rows)
            criterion = None if row.criterion is None else row.criterion.percent
            inputs: dict[str, Plain] = {"weight": row.weight, "criterion": criterion}
            yield Step(f"benefit_{row.factor}", inputs, tuple(self._criterion_law(row)), row.points, rows)
        yield Step("benefit_total", {"points": self.exact_total}, self._law("benefit.limit"), self.exact)
        yield Step("printed", {}, result=self.score)

    def _criterion_law(self, row: FactorRow) -> Iterator[LegalValue]:
        yield from self._law(f"benefit.{row.factor}.weight")
        met = row.criterion
        if met is not None:
            value = self.law.value(met.key, self.on)
            article = met.row.article if met.row else None
            yield legal(self.law, met.key, value, shown=str(met.percent), article=article)


def is_all_stated(document: BenefitDocument) -> bool:
    """Return True if the document says everything that decides whether BMP can be counted (Pasal 23, 44(2)a.11)."""
    return None not in (document.service_company, document.goods_and_services, document.factory)


def stated_fact(document: BenefitDocument, fact: str) -> Fact | None:
    """Return a fact as stated; workers say nothing without the firm's size."""
    if fact == "workers" and document.size is None:
        return None
    stated: Fact | None = getattr(document, fact)
    return stated


def fact_word(fact: str, stated: Fact | None) -> Plain:
    """Return a fact as it is shown: in words if it is one of a choice."""
    return Word(f"value.{fact}_{stated}") if isinstance(stated, str) and fact != "esg" else stated


def benefit(document: Document) -> BenefitResult:
    """Return BMP of a company: the points of fifteen factors, at most the limit.

    None can be counted for a service company, goods and services combined, or a good that is not made in the firm's own
    factory (Pasal 23, 44(2)a.11): the score is then None. Source: Permenperin 35/2025 Pasal 21-23, 44, Lampiran V.

    Args:
        document: a `BenefitDocument`.

    Returns:
        BMP in percent, the points of each factor, and the facts that are not stated.

    Raises:
        UsageError: `document-kind` if the document is of another kind.

    >>> from tkdn.documents import from_dict
    >>> result = benefit(from_dict({"format": "tkdn-benefit", "version": 1, "date": "2026-06-01",
    ...     "size": "small", "workers": 60, "outside_java": True, "awards": 2}))
    >>> result.score, [row.factor for row in result.factors if row.points]
    (Decimal('8.50'), ['employment', 'location', 'awards'])
    """
    company = expect(document, BenefitDocument)
    on, law = company.day, content_law()
    rules = BenefitRules(law, on)
    factors, missing = [], []
    for factor, facts in FACTS.items():
        stated = {fact: value for fact in facts if (value := stated_fact(company, fact)) is not None}
        met, weight = rules.met(factor, stated, company.size), rules.weight(factor)
        row = FactorRow(factor, weight, met, rules.points(factor, met))
        factors.append(row)
        for fact in ("size", *facts) if factor == "employment" else facts:
            if getattr(company, fact) is None:
                most = rules.most(factor, "workers" if fact == "size" else fact)
                missing.append(MissingFact(factor, fact, max(most - row.points, Fraction(0))))
    cases = ("service_company" if company.service_company else None, "combined" if company.goods_and_services else None)
    refusal = rules.refusal(*cases, company.factory)
    notes = list(dated(company))
    if refusal:
        notes.append(Note("benefit-none", {"article": law.value(refusal, on).article}))
    elif not is_all_stated(company):
        notes.append(Note("benefit-whose"))
    return BenefitResult(company, on, law, tuple(notes), tuple(factors), tuple(missing), rules.limit, refusal)
