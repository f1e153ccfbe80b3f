"""A naive, independent oracle for the cost method of Permenperin 16/2011: plain recursion on exact fractions, the legal
numbers as literals, nothing shared with the library.

Every cost is told as (domestic, foreign, unknown) rupiah. The unknown counts as foreign in the score (Pasal 7(2)) and as
domestic in the high bound. It expects a valid document of plain parts: no phantoms, alternatives or scrap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

Document = Mapping[str, Any]
Record = Mapping[str, Any]
Split = tuple[Fraction, Fraction, Fraction]

ZERO, ONE = Fraction(0), Fraction(1)
MATERIAL, LABOUR, OVERHEAD = "material", "labour", "overhead"
FACTORS = {
    "material_service": MATERIAL,
    "labour": LABOUR,
    "labour_service": LABOUR,
    "indirect_labour": OVERHEAD,
    "machine_owned": OVERHEAD,
    "machine_rented": OVERHEAD,
    "overhead_service": OVERHEAD,
}
OWNED_HERE = {"domestic": Fraction(1), "foreign": Fraction(3, 4)}
MADE_ABROAD = {"domestic": Fraction(3, 4), "foreign": Fraction(0)}


@dataclass
class Outcome:
    """KDN, KLN and the unknown of one unit by factor, and each line of the product."""

    factors: dict[str, Split]
    lines: dict[str, Split]

    @property
    def total(self) -> Fraction:
        return sum((sum(split, ZERO) for split in self.factors.values()), ZERO)

    @property
    def score(self) -> Fraction:
        return sum((split[0] for split in self.factors.values()), ZERO) / self.total * 100

    @property
    def high(self) -> Fraction:
        return sum((split[0] + split[2] for split in self.factors.values()), ZERO) / self.total * 100


class Oracle:
    def __init__(self, document: Document, on: date) -> None:
        self.on = on
        self.parts: dict[str, Record] = {part["id"]: part for part in document["parts"]}
        self.below: dict[str, list[tuple[str, Fraction]]] = {id_: [] for id_ in self.parts}
        for use in document["uses"]:
            self.below[use["parent"]].append((use["part"], Fraction(str(use["quantity"]))))
        self.product = document["product"]

    def cost(self, id_: str) -> Fraction:
        """Rupiah for one unit: as priced, else its lines."""
        part = self.parts[id_]
        if "price" in part:
            return Fraction(str(part["price"]["amount"]))
        return sum((quantity * self.cost(child) for child, quantity in self.below[id_]), ZERO)

    def certificate(self, part: Record) -> Fraction | None:
        for held in part.get("certificates", ()):
            if date.fromisoformat(held["issued"]) <= self.on <= date.fromisoformat(held["expires"]):
                return Fraction(str(held["tkdn"])) / 100
        return None

    def home(self, id_: str) -> bool | None:
        part = self.parts[id_]
        if "made_in" in part:
            return bool(part["made_in"] == "ID")
        return True if self.certificate(part) is not None or part.get("natural_resource") else None

    def split(self, id_: str, tier: int) -> Split:
        """One unit's cost as a good of this tier, as shares of one."""
        home, part = self.home(id_), self.parts[id_]
        if home is False:
            return ZERO, ONE, ZERO
        certified = self.certificate(part)
        if certified is not None and tier in (1, 2):
            return certified, 1 - certified, ZERO
        if home is None:
            return ZERO, ZERO, ONE
        if tier == 3 or part.get("natural_resource"):
            return ONE, ZERO, ZERO
        if not self.below[id_]:
            return ZERO, ZERO, ONE
        entries = self.entries(id_, tier + 1) + self.cost_lines(id_)
        total = sum((cost for cost, _ in entries), ZERO)
        domestic, foreign, unknown = (sum((cost * each[at] for cost, each in entries), ZERO) for at in range(3))
        if "costs" not in part.get("production", {}):
            more = max(self.cost(id_) - total, ZERO)
            total, unknown = total + more, unknown + more
        return domestic / total, foreign / total, unknown / total

    def entries(self, id_: str, tier: int) -> list[tuple[Fraction, Split]]:
        return [(quantity * self.cost(child), self.split(child, tier)) for child, quantity in self.below[id_]]

    def cost_lines(self, id_: str) -> list[tuple[Fraction, Split]]:
        made = self.parts[id_].get("production", {})
        return [(cost, split) for _, cost, split in self.named_cost_lines(made)]

    def named_cost_lines(self, made: Record) -> list[tuple[str, Fraction, Split]]:
        found = []
        for line in made.get("costs", ()):
            monthly = Fraction(str(line["monthly"]["amount"])) * Fraction(line["number"]) * Fraction(line["allocation"])
            domestic = self.domestic_part(line)
            split = (ZERO, ZERO, ONE) if domestic is None else (domestic, 1 - domestic, ZERO)
            found.append((line["kind"], monthly / Fraction(made["normal_capacity"]), split))
        return found

    def domestic_part(self, line: Record) -> Fraction | None:
        kind = line["kind"]
        if kind in ("labour", "indirect_labour"):
            return Fraction(line["citizenship"] == "ID") if "citizenship" in line else None
        if not kind.startswith("machine"):
            return Fraction(str(line["tkdn"])) / 100 if "tkdn" in line else None
        if "made_in" not in line or "owner" not in line:
            return None
        here = line["made_in"] == "ID"
        if line["owner"] != "mixed":
            return (OWNED_HERE if here else MADE_ABROAD)[line["owner"]]
        if "domestic_share" not in line:
            return None
        share = Fraction(str(line["domestic_share"]))
        return Fraction(3, 4) + Fraction(1, 4) * share if here else Fraction(3, 4) * share

    def assess(self) -> Outcome:
        """The product as tier 1: its lines as tier 2, small ones whole within the limits (Pasal 4)."""
        costs = {child: quantity * self.cost(child) for child, quantity in self.below[self.product]}
        splits = {child: self.split(child, 2) for child in costs}
        own = self.named_cost_lines(self.parts[self.product]["production"])
        total = sum(costs.values(), ZERO) + sum((cost for _, cost, _ in own), ZERO)
        low = self.small(costs, {child: splits[child][0] for child in costs if self.home(child)}, total)
        high = self.small(
            costs,
            {child: splits[child][0] + splits[child][2] for child in costs if self.home(child) is not False},
            total,
        )
        lines = {}
        for child, cost in costs.items():
            domestic, _, unknown = splits[child]
            least = domestic + low.get(child, ZERO)
            most = max(domestic + unknown + high.get(child, ZERO), least)
            lines[child] = (cost * least, cost * (1 - most), cost * (most - least))
        factors = dict.fromkeys((MATERIAL, LABOUR, OVERHEAD), (ZERO, ZERO, ZERO))
        for factor, split in (
            *((MATERIAL, line) for line in lines.values()),
            *((FACTORS[kind], (cost * each[0], cost * each[1], cost * each[2])) for kind, cost, each in own),
        ):
            known = factors[factor]
            factors[factor] = (known[0] + split[0], known[1] + split[1], known[2] + split[2])
        return Outcome(factors, lines)

    @staticmethod
    def small(costs: Mapping[str, Fraction], shares: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
        """What each small good gains: below 3%, together at most 10%, the least domestic first, equal ones in proportion."""
        small = [child for child, share in shares.items() if costs[child] < total * 3 / 100 and share < 1]
        room, gains = total / 10, dict[str, Fraction]()
        for share in sorted({shares[child] for child in small}):
            alike = [child for child in small if shares[child] == share]
            together = sum((costs[child] for child in alike), ZERO)
            taken = min(together, room)
            for child in alike:
                gains[child] = (1 - share) * taken / together
            room -= taken
        return gains
