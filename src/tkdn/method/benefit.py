"""BMP, the company's benefit weight (Bobot Manfaat Perusahaan): Permenperin 35/2025 Pasal 21-23, Lampiran V.

    BMP = min(limit, sum over factors of weight x criterion)

Within a factor the largest criterion met counts, never the sum. Knows facts and the regulation's values, not documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tkdn.law.regulation import LadderRow, Regulation, Value

Fact = Decimal | int | str | bool
PERCENT = 100

FACTS: Mapping[str, tuple[str, ...]] = {
    "employment": ("workers",),
    "new_investment": ("new_investment_share",),
    "partnership": ("small_industry_partners", "raw_material_suppliers"),
    "pioneer": ("pioneer", "domestic_purchase_share"),
    "machines": ("domestic_machine_share",),
    "location": ("outside_java",),
    "industry_4": ("indi_level", "lighthouse", "industry_4_applied"),
    "people": ("people_development",),
    "brand": ("domestic_brand",),
    "green": ("green",),
    "exports": ("export_usd_per_year",),
    "certificates": ("certificates",),
    "esg": ("esg",),
    "awards": ("awards",),
    "reporting": ("siinas_on_time",),
}
"""The factors in the order of Pasal 21(1), and the facts that each is judged by."""
SHARES = ("new_investment_share", "domestic_purchase_share", "domestic_machine_share")
"""Facts given as a share of one; their ladders are in percent."""
FACTORIES = ("own", "partner_factory", "outsourced")
CASES = ("service_company", "combined", *FACTORIES)
"""The kinds of firm and production of which the law says whether BMP can be counted (Pasal 23, 44(2)a.11)."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion that a fact meets: the fact, the parameter that says so, its row if it is a ladder, its percent."""

    fact: str
    key: str
    row: LadderRow | None
    percent: Fraction


@dataclass(frozen=True)
class BenefitRules:
    """The values of a BMP regulation on a date."""

    regulation: Regulation
    on: date

    def value(self, key: str) -> Value:
        """Return the value of a parameter on the date."""
        return self.regulation.value(key, self.on)

    def refusal(self, *cases: str | None) -> str | None:
        """Return the parameter by which no BMP can be counted in the first such of some `CASES`, else None.

        A case that is None is not stated, and refuses nothing (Pasal 23, 44(2)a.11).
        """
        keys = (f"benefit.for.{case}" for case in cases if case is not None)
        return next((key for key in keys if self.value(key).value == "no"), None)

    def weight(self, factor: str) -> Fraction:
        """Return the most points that a factor gives (Pasal 21(1))."""
        return Fraction(self.value(f"benefit.{factor}.weight").number)

    @property
    def limit(self) -> Fraction:
        """The most points that count (Pasal 22)."""
        return Fraction(self.value("benefit.limit").number)

    def criterion(self, factor: str, fact: str, stated: Fact, size: str | None = None) -> Criterion:
        """Return the criterion that one stated fact meets (Lampiran V.C).

        Args:
            factor: one of `FACTS`.
            fact: one of the factor's.
            stated: its value; shares of one for `SHARES`.
            size: large, medium or small: the ladder of workers.
        """
        key = f"benefit.{factor}.{fact}"
        if isinstance(stated, bool | str):
            key += f".{('yes' if stated else 'no') if isinstance(stated, bool) else stated}"
            return Criterion(fact, key, None, Fraction(self.value(key).number))
        if fact == "workers":
            key += f".{size}"
        row = self.value(key).row(Fraction(stated) * (PERCENT if fact in SHARES else 1))
        return Criterion(fact, key, row, Fraction(row.value))

    def met(self, factor: str, facts: Mapping[str, Fact], size: str | None = None) -> Criterion | None:
        """Return the largest criterion that the stated facts of a factor meet, or None if none is stated (Lampiran V.C)."""
        stated = [self.criterion(factor, fact, facts[fact], size) for fact in FACTS[factor] if fact in facts]
        return max(stated, key=lambda criterion: criterion.percent, default=None)

    def most(self, factor: str, fact: str) -> Fraction:
        """Return the most points that a fact could give (Lampiran V.C)."""
        start = f"benefit.{factor}.{fact}"
        values = [self.value(key) for key in self.regulation.parameters if key == start or key.startswith(f"{start}.")]
        return self.weight(factor) * max(Fraction(each) for value in values for each in _numbers(value)) / PERCENT

    def points(self, factor: str, criterion: Criterion | None) -> Fraction:
        """Return the points of a factor: its weight x the criterion met (Pasal 21(1))."""
        return Fraction(0) if criterion is None else self.weight(factor) * criterion.percent / PERCENT

    def score(self, total: Fraction) -> Fraction:
        """Return BMP from the points of all factors: at most the limit (Pasal 22)."""
        return min(total, self.limit)


def _numbers(value: Value) -> list[Decimal]:
    return [row.value for row in value.rows if isinstance(row.value, Decimal)] or [value.number]
