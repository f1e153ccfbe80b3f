"""BMP of a company from its facts: Permenperin 35/2025 Pasal 21-23, Lampiran V."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.assessment.explaining.steps import LegalValue, Plain, Step, Word
from tkdn.brief import brief
from tkdn.documents.laws import content_law, legal
from tkdn.documents.model import BenefitDocument, Document
from tkdn.documents.reading import expect
from tkdn.documents.result import Note, Result, dated, shown, two_places
from tkdn.method.benefit import FACTS, NOT_FOR, BenefitRules, Criterion, Fact
from tkdn.outputs import headed


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor of the BMP: its weight, the largest criterion that the stated facts meet (None: none stated), its points."""

    factor: str
    weight: Fraction
    criterion: Criterion | None
    points: Fraction

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
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
        return {"factor": self.factor, "fact": self.fact, "could_add": shown(self.most)}


@dataclass(frozen=True, repr=False)
class BenefitResult(Result[BenefitDocument]):
    """BMP of a company: `score` within the limit, the `total` before it, the `factors`, and the facts `missing`."""

    factors: tuple[FactorRow, ...]
    missing: tuple[MissingFact, ...]
    limit: Fraction

    @property
    def exact_total(self) -> Fraction:
        return sum((row.points for row in self.factors), Fraction(0))

    @property
    def exact(self) -> Fraction:
        """The score in percent, unrounded."""
        return BenefitRules(self.law, self.on).score(self.exact_total)

    @property
    def total(self) -> Decimal:
        """The points of all factors, before the limit."""
        return two_places(self.exact_total)

    @property
    def score(self) -> Decimal:
        """BMP in percent, two decimals."""
        return two_places(self.exact)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data: percentages as strings with two decimals."""
        return headed(
            "tkdn-benefit-result",
            {
                **self.head(),
                "score": shown(self.exact),
                "total": shown(self.exact_total),
                "limit": shown(self.limit),
                "factors": [row.to_dict() for row in self.factors],
                "missing": [row.to_dict() for row in self.missing],
                **self.tail(),
            },
        )

    def _steps(self) -> Iterator[Step]:
        yield Step("benefit_whose", {}, self._law(*NOT_FOR), Word("value.taken_none_of_these"))
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


def stated_fact(document: BenefitDocument, fact: str) -> Fact | None:
    """A fact as stated; workers say nothing without the firm's size."""
    if fact == "workers" and document.size is None:
        return None
    stated: Fact | None = getattr(document, fact)
    return stated


def fact_word(fact: str, stated: Fact | None) -> Plain:
    """A fact as it is shown: in words where it is one of a choice."""
    return Word(f"value.{fact}_{stated}") if isinstance(stated, str) and fact != "esg" else stated


def benefit(document: Document) -> BenefitResult:
    """BMP of a company: the points of fifteen factors, at most the limit.

    >>> from tkdn.documents import from_dict
    >>> result = benefit(from_dict({"format": "tkdn-benefit", "version": 1, "date": "2026-06-01",
    ...     "size": "small", "workers": 60, "outside_java": True, "awards": 2}))
    >>> result.score, [row.factor for row in result.factors if row.points]
    (Decimal('8.50'), ['employment', 'location', 'awards'])

    Raises `UsageError` where the document is of another kind. Source: Permenperin 35/2025 Pasal 21-23, Lampiran V.
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
    notes = (*dated(company), Note("benefit-whose"))
    return BenefitResult(company, on, law, notes, tuple(factors), tuple(missing), rules.limit)
