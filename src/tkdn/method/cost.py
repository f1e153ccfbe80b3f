"""Goods by the domestic share of their production cost: Permenperin 16/2011.

    TKDN = KDN / (KDN + KLN)      KDN domestic, KLN foreign part of the cost of one unit

Knows numbers and the regulation's values, not bills. Shares are exact fractions of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tkdn.law.regulation import Regulation, Value

PERCENT = 100
NOTHING, WHOLE = Fraction(0), Fraction(1)
LABOUR = frozenset({"labour", "indirect_labour"})
MACHINES = frozenset({"machine_owned", "machine_rented"})
FACTOR_OF = {
    "material_service": "material",
    "labour": "labour",
    "labour_service": "labour",
    "indirect_labour": "overhead",
    "machine_owned": "overhead",
    "machine_rented": "overhead",
    "overhead_service": "overhead",
}
"""The factor that each kind of cost line belongs to (Formulir 1.2 to 1.8)."""


@dataclass(frozen=True)
class CostRules:
    """The values of a cost regulation on a date."""

    regulation: Regulation
    on: date
    year: int | None = None

    def value(self, key: str) -> Value:
        """Return the value of a parameter on the date, or in the calculation year."""
        return self.regulation.value(key, self.on, self.year)

    def share(self, key: str) -> Fraction:
        """Return a percentage of the law as a share of one."""
        return Fraction(self.value(key).number) / PERCENT

    @property
    def last_tier(self) -> int:
        """The tier at which a good made in Indonesia counts without a look at its bill (16/2011 Pasal 4)."""
        return int(self.value("tracing.last_tier").number)

    @property
    def counts_cost_lines(self) -> bool:
        """True if the regulation counts labour, machines and services (16/2011 Formulir 1.2 to 1.8)."""
        return "tkdn.labour.citizen" in self.regulation.parameters

    def labour_rule(self, home: bool | None) -> str | None:
        """Return the parameter that counts labour of this citizenship, or None if it is not stated (Formulir 1.3)."""
        return None if home is None else f"tkdn.labour.{'citizen' if home else 'foreigner'}"

    def tool(
        self, made_home: bool | None, owner: str | None, domestic_share: Fraction | None
    ) -> tuple[Fraction, list[str]] | None:
        """Return the domestic share of a tool or machine, and the parameters it follows from (Formulir 1.6).

        Args:
            made_home: True if it is made in Indonesia.
            owner: domestic, mixed or foreign.
            domestic_share: the domestic part of the equity of mixed owners, a share of one.

        Returns:
            A share of one, and keys of parameters; None if a fact is missing.
        """
        if made_home is None or owner is None or (owner == "mixed" and domestic_share is None):
            return None
        made = "domestic" if made_home else "foreign"
        if owner != "mixed":
            key = f"tkdn.tool.{made}.{owner}"
            return self.share(key), [key]
        by_share = f"tkdn.tool.{made}.mixed_share"
        value, keys = self.share(by_share) * (domestic_share or NOTHING), [by_share]
        if made_home:
            base = "tkdn.tool.domestic.mixed_base"
            value, keys = value + self.share(base), [base, *keys]
        return value, keys

    def small_goods(
        self, costs: Mapping[int, Fraction], traced: Mapping[int, Fraction], total: Fraction
    ) -> dict[int, Fraction]:
        """Return the share of each tier-2 good made in Indonesia that counts whole (Pasal 4).

        Those that cost less than the limit count, together up to the limit of all of them; those that gain most first (or
        last: `small_goods.order`), equal ones alike.

        Args:
            costs: rupiah of each good, by its index.
            traced: the domestic share that each has otherwise, of one.
            total: rupiah that the production of the tier-1 good costs.

        Returns:
            A share of one for each good that counts, by its index.
        """
        limit, room = self.share("limit.small_good") * total, self.share("limit.small_goods_together") * total
        counts = self.share("tkdn.small_good")
        small = [good for good, cost in costs.items() if cost < limit and traced[good] < counts]
        counted: dict[int, Fraction] = {}
        least_first = self.value("small_goods.order").value == "least_gain_first"
        for level in sorted({traced[good] for good in small}, reverse=least_first):
            alike = [good for good in small if traced[good] == level]
            together = sum((costs[good] for good in alike), NOTHING)
            part = min(WHOLE, room / together) if room > 0 else NOTHING
            counted |= dict.fromkeys(alike, part)
            room -= part * together
        return counted
