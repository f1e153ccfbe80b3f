"""TKDN of an industrial service by its costs: Permenperin 35/2025 Pasal 14-17, Lampiran IV.B."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_never

from tkdn.assessment.steps import LegalValue, Plain, Step, Word, origin_word
from tkdn.bom.country import HOME, made_here
from tkdn.bom.money import RatesOn
from tkdn.documents.laws import content_law
from tkdn.documents.model import Document, ServicesDocument
from tkdn.documents.reading import expect
from tkdn.documents.records import GeneralService, Labour, Tool
from tkdn.documents.result import Note, Result, dated, ratio, shown, two_places
from tkdn.law.industrial_services import industrial_service, industrial_services
from tkdn.method.services import GROUPS, PERCENT, Credit, ServiceRules, tkdn
from tkdn.outputs import headed
from tkdn.short_repr import brief

Record = Labour | Tool | GeneralService


@dataclass(frozen=True, slots=True)
class CostRow:
    """A cost of the service in rupiah, exactly, and its credit: the domestic part in percent."""

    record: Record
    credit: Credit
    unit_cost: Fraction

    __repr__ = brief

    @property
    def cost(self) -> Fraction:
        """Rupiah: how often the unit cost is paid x the unit cost."""
        return self.record.times * self.unit_cost

    @property
    def kdn(self) -> Fraction:
        """Its domestic part in rupiah."""
        return self.cost * self.credit.percent / PERCENT

    @property
    def kln(self) -> Fraction:
        """Its foreign part in rupiah."""
        return self.cost - self.kdn

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data: percentages and rupiah as strings with two decimals."""
        return {
            "name": self.record.name,
            "rule": self.credit.key,
            "credited": shown(self.credit.percent),
            "kdn": shown(self.kdn),
            "kln": shown(self.kln),
            "total": shown(self.cost),
        }


@dataclass(frozen=True)
class CostGroup:
    """The costs of one group: labour, tools or general services."""

    rows: tuple[CostRow, ...]

    __repr__ = brief

    @property
    def kdn(self) -> Fraction:
        """Domestic cost in rupiah."""
        return sum((row.kdn for row in self.rows), Fraction(0))

    @property
    def total(self) -> Fraction:
        """Total cost in rupiah."""
        return sum((row.cost for row in self.rows), Fraction(0))

    @property
    def kln(self) -> Fraction:
        """Foreign cost in rupiah."""
        return self.total - self.kdn

    @property
    def exact(self) -> Fraction | None:
        """Domestic share of the group's cost in percent; None if it costs nothing."""
        return tkdn(self.kdn, self.total) if self.total else None

    @property
    def score(self) -> Decimal | None:
        """Domestic share of the group's cost in percent, two decimals; None if it costs nothing."""
        return two_places(self.exact)

    def to_dict(self) -> dict[str, Any]:
        """Return the group and its rows as plain data: percentages and rupiah as strings with two decimals."""
        figures = {"score": self.exact, "kdn": self.kdn, "kln": self.kln, "total": self.total}
        return {**{key: shown(value) for key, value in figures.items()}, "rows": [row.to_dict() for row in self.rows]}


@dataclass(frozen=True, repr=False)
class ServicesResult(Result[ServicesDocument]):
    """TKDN of an industrial service: `score`, its domestic and foreign cost `kdn` and `kln`, `total`, and the `groups`."""

    groups: Mapping[str, CostGroup]

    @property
    def kdn(self) -> Fraction:
        """Domestic cost in rupiah."""
        return sum((group.kdn for group in self.groups.values()), Fraction(0))

    @property
    def total(self) -> Fraction:
        """Total cost in rupiah."""
        return sum((group.total for group in self.groups.values()), Fraction(0))

    @property
    def kln(self) -> Fraction:
        """Foreign cost in rupiah."""
        return self.total - self.kdn

    @property
    def exact(self) -> Fraction:
        """The score in percent, unrounded."""
        return tkdn(self.kdn, self.total)

    @property
    def score(self) -> Decimal:
        """TKDN in percent, two decimals."""
        return two_places(self.exact)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: percentages and rupiah as strings with two decimals."""
        return headed(
            "tkdn-services-result",
            {
                **self.head(),
                "score": shown(self.exact),
                "kdn": shown(self.kdn),
                "kln": shown(self.kln),
                "total": shown(self.total),
                "exact": {"score": ratio(self.exact)},
                "groups": {name: group.to_dict() for name, group in self.groups.items()},
                **self.tail(),
            },
        )

    def _steps(self) -> Iterator[Step]:
        yield self._kbli_step()
        for name, group in self.groups.items():
            rows = tuple({**_facts(row.record), **_figures(row)} for row in group.rows)
            law = self._law(*(row.credit.key for row in group.rows))
            inputs = {"kdn_rupiah": group.kdn, "kln_rupiah": group.kln, "total": group.total}
            yield Step(f"services_{name}", inputs, law, group.exact, rows)
        totals: dict[str, Plain] = {"kdn_rupiah": self.kdn, "kln_rupiah": self.kln, "total": self.total}
        yield Step("services_total", totals, result=self.exact)
        yield Step("printed", {"exact": ratio(self.exact)}, result=self.score)

    def _kbli_step(self) -> Step:
        """Return the step that says if the service's KBLI is one of Lampiran III (Pasal 16)."""
        kbli, services = self.document.kbli, industrial_services()
        listed = None if kbli is None else industrial_service(kbli)
        shown_law = str(len(services.by_kbli))
        article = f"{self.law.name} {services.article}"
        law = LegalValue("industrial_services", shown_law, "KBLI", article, services.confidence, "")
        answer = "kbli_taken" if kbli is None else "kbli_listed" if listed else "kbli_not_listed"
        inputs: dict[str, Plain] = {"kbli": kbli, "title": listed.title if listed else None}
        return Step("services_kbli", inputs, (law,), Word(f"value.{answer}"))


def _facts(record: Record) -> dict[str, Plain]:
    """Return the facts that a cost is judged by and made of, as an explanation shows them."""
    match record:
        case Labour():
            return {
                "name": record.name,
                "citizenship": record.citizenship,
                "persons": record.persons,
                "months": record.months,
            }
        case Tool():
            return {
                "name": record.name,
                "made_in": origin_word(record.made_in),
                "owner": Word(f"value.owner_{record.owner}" if record.owner else "value.dash"),
                "domestic_share": Word("value.dash") if record.domestic_share is None else record.domestic_share,
                "number": record.number,
                "months": record.months,
            }
        case GeneralService():
            provider = Word(f"value.provider_{record.provider}")
            return {"name": record.name, "provider": provider, "quantity": record.quantity}
        case _:  # pragma: no cover
            assert_never(record)


def _figures(row: CostRow) -> dict[str, Plain]:
    return {
        "unit_cost": row.unit_cost,
        "cost": row.cost,
        "credited": row.credit.percent,
        "kdn_rupiah": row.kdn,
        "kln_rupiah": row.kln,
    }


def services(document: Document) -> ServicesResult:
    """Return TKDN of an industrial service by the cost of labour, tools and general services.

    Source: Permenperin 35/2025 Pasal 14-17, Lampiran IV.B.

    Args:
        document: a `ServicesDocument`.

    Returns:
        The score in percent, domestic and foreign cost in rupiah, and each group's.

    Raises:
        UsageError: `document-kind` if the document is of another kind.

    >>> from tkdn.documents import from_dict
    >>> result = services(from_dict({"format": "tkdn-services", "version": 1, "date": "2026-06-01",
    ...     "labour": [{"name": "Welders", "citizenship": "ID", "persons": 2, "months": 3,
    ...                 "monthly_wage": {"amount": "6000000"}}],
    ...     "general": [{"name": "Inspection", "provider": "foreign", "quantity": 1,
    ...                  "unit_price": {"amount": "12000000"}}]}))
    >>> result.score, result.groups["labour"].score
    (Decimal('75.00'), Decimal('100.00'))
    """
    work = expect(document, ServicesDocument)
    on, law = work.day, content_law()
    rules, rates = ServiceRules(law, on), RatesOn(work.rates, on)

    def row(record: Record) -> CostRow:
        cost = rates.value(record.unit_cost)
        assert cost is not None  # a missing rate is a problem of the document
        return CostRow(record, _credit(rules, record), cost)

    groups = {name: CostGroup(tuple(row(record) for record in getattr(work, name))) for name in GROUPS}
    return ServicesResult(work, on, law, (*dated(work), *_kbli_notes(work.kbli)), groups)


def _kbli_notes(kbli: str | None) -> Iterator[Note]:
    """Yield notes on the KBLI of a service: missing, not listed, or counted in part (Pasal 16, Lampiran III)."""
    if kbli is None:
        yield Note("service-kbli-missing")
        return
    listed = industrial_service(kbli)
    if listed is None:
        yield Note("service-kbli-not-listed", {"kbli": kbli})
    elif listed.only:
        yield Note("service-kbli-only", {"kbli": kbli, "title": listed.title, "only": listed.only})


def _credit(rules: ServiceRules, record: Record) -> Credit:
    """Return the credit of a cost by its kind (Pasal 14(3)a to c)."""
    match record:
        case Labour():
            return rules.labour(citizen=record.citizenship == HOME)
        case Tool():
            share = None if record.domestic_share is None else Fraction(record.domestic_share)
            return rules.tool(made_here=bool(made_here(record.made_in)), owner=record.owner, domestic_share=share)
        case GeneralService():
            return rules.general(record.provider)
        case _:  # pragma: no cover
            assert_never(record)
