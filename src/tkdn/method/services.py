"""Industrial services by cost: Permenperin 35/2025 Pasal 14-17, Lampiran IV.B.

    TKDN = (total - foreign) / total = KDN / (KDN + KLN)

Knows numbers and the regulation's values, not documents. Percentages are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tkdn.law.regulation import Regulation

GROUPS = ("labour", "tools", "general")
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Credit:
    """The domestic part of a cost in percent, and the parameter that says so."""

    key: str
    percent: Fraction


@dataclass(frozen=True)
class ServiceRules:
    """The values of a regulation of services on a date."""

    regulation: Regulation
    on: date

    def _credit(self, key: str, times: Fraction = Fraction(1)) -> Credit:
        return Credit(key, Fraction(self.regulation.value(key, self.on).number) * times)

    def labour(self, *, citizen: bool) -> Credit:
        """Return the credit of labour by citizenship (Pasal 14(3)a, Lampiran IV.B)."""
        return self._credit(f"services.labour.{'citizen' if citizen else 'foreigner'}")

    def tool(self, *, made_here: bool, owner: str | None, domestic_share: Fraction | None) -> Credit:
        """Return the credit of a tool or facility by its origin and, if made abroad, its owner (Pasal 14(3)b, Lampiran IV.B).

        Args:
            made_here: True if it is made in Indonesia.
            owner: domestic, mixed or foreign.
            domestic_share: the domestic part of the equity of mixed owners, a share of one.
        """
        if made_here:
            return self._credit("services.tools.made_here")
        if owner == "mixed":
            assert domestic_share is not None
            return self._credit("services.tools.mixed", domestic_share)
        return self._credit(f"services.tools.{owner}")

    def general(self, provider: str) -> Credit:
        """Return the credit of a general service by its provider, domestic or foreign (Pasal 14(3)c, Lampiran IV.B)."""
        return self._credit(f"services.general.{provider}")


def tkdn(domestic: Fraction, total: Fraction) -> Fraction:
    """Return TKDN in percent: the domestic cost of the total, which is not zero (Pasal 14(1))."""
    return domestic / total * PERCENT
