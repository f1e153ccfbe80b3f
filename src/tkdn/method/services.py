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
    """How much of a cost is domestic, in percent, and the parameter that says so."""

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
        """Labour by citizenship."""
        return self._credit(f"services.labour.{'citizen' if citizen else 'foreigner'}")

    def tool(self, *, made_here: bool, owner: str | None, domestic_share: Fraction | None) -> Credit:
        """A tool or facility by where it is made and, where that is abroad, by who owns it.

        `owner` is domestic, mixed or foreign; `domestic_share` the domestic part of the equity, of one, of mixed owners.
        """
        if made_here:
            return self._credit("services.tools.made_here")
        if owner == "mixed":
            assert domestic_share is not None
            return self._credit("services.tools.mixed", domestic_share)
        return self._credit(f"services.tools.{owner}")

    def general(self, provider: str) -> Credit:
        """A general service by its provider: domestic or foreign."""
        return self._credit(f"services.general.{provider}")


def tkdn(domestic: Fraction, total: Fraction) -> Fraction:
    """TKDN in percent: the domestic cost of the total, which is not zero (Pasal 14(1))."""
    return domestic / total * PERCENT
