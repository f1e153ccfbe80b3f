"""Several goods together, and goods with services: Permenperin 35/2025 Pasal 18-20, Lampiran IV.A and C.

    TKDN of goods = sum(TKDN_i x value_i) / sum(value_i)                          value: acquisition value (nilai perolehan)
    TKDN combined = TKDN of goods x their share + TKDN of services x their share

Knows numbers and the regulation's values, not documents. Percentages are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tkdn.law.regulation import Regulation

GROUPS = ("goods", "services")
PERCENT = 100


@dataclass(frozen=True)
class CombinedRules:
    """The values of a regulation of combined goods and services on a date."""

    regulation: Regulation
    on: date

    def tkdn(self, group: str, stated: Decimal | None) -> Fraction:
        """Return TKDN of a good or a service in percent: as stated, else what one without a TKDN value counts.

        The latter are Pasal 19 (goods) and Pasal 18(1) (services), Lampiran IV.A and C.
        """
        if stated is not None:
            return Fraction(stated)
        return Fraction(self.regulation.value(without_tkdn(group), self.on).number)


def without_tkdn(group: str) -> str:
    """Return the parameter for a good or a service without a TKDN value (Pasal 18(1), 19)."""
    return f"combined.{group}_without_tkdn"


def share(value: Fraction, total: Fraction) -> Fraction:
    """Return a value's share of a total, in percent; of nothing it is nothing."""
    return value / total * PERCENT if total else Fraction(0)


def weighted(rows: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the sum of TKDN x share over pairs of the two, both in percent (Pasal 18(1), 19)."""
    return sum((tkdn * part for tkdn, part in rows), Fraction(0)) / PERCENT
