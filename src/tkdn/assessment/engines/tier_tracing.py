"""The domestic part of a good's cost, traced through its bill down to tier-3 goods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from tkdn.assessment.facts import NOTHING_STATED, Origins
from tkdn.bom.country import HOME, made_here
from tkdn.bom.day import BillOnDay
from tkdn.bom.model import CostLine
from tkdn.method.cost import LABOUR, MACHINES, NOTHING, PERCENT, WHOLE, CostRules


class Share(NamedTuple):
    """Domestic share of a cost: `low` with the unknown as foreign, `high` as domestic; `keys` of the law it follows from.

    `known` is False if a certificate's open term may change it, also where that would lower it.
    """

    low: Fraction
    high: Fraction
    keys: tuple[str, ...] = ()
    known: bool = True

    @property
    def is_sure(self) -> bool:
        """True if nothing unknown can move it."""
        return self.known and self.low == self.high


@dataclass(frozen=True)
class Good:
    """The cost of one unit of a good by factor, and the domestic share of each of its parts.

    `lines`: cost and share of each component; `costs`: cost and share of each cost line; None where a cost is missing.
    """

    lines: Mapping[int, tuple[Fraction, Share]]
    costs: tuple[tuple[CostLine, Fraction, Share], ...]

    @cached_property
    def total(self) -> Fraction:
        """The cost of one unit in rupiah, of components and cost lines."""
        return sum((cost for cost, _ in self.lines.values()), NOTHING) + sum(
            (cost for _, cost, _ in self.costs), NOTHING
        )

    def domestic(self, column: str) -> Fraction:
        """Return KDN in rupiah, in a column of the shares (`low`, `high`)."""
        material = sum((cost * getattr(share, column) for cost, share in self.lines.values()), NOTHING)
        return material + sum((cost * getattr(share, column) for _, cost, share in self.costs), NOTHING)

    def score(self, column: str) -> Fraction:
        """Return TKDN in percent, in a column of the shares (`low`, `high`)."""
        return self.domestic(column) * PERCENT / self.total


class Tracer:
    """A tracer of domestic shares under a regulation that counts by cost.

    A certificate that counts goes for everything below it.
    """

    def __init__(self, day: BillOnDay, origins: Origins, rules: CostRules) -> None:
        """Take the bill on the day, its origins, and the rules; shares are traced when they are asked for."""
        self.day, self.origins, self.rules = day, origins, rules
        self._last = rules.last_tier
        self._known: dict[tuple[int, int, bool], Share] = {}

    def share(self, number: int, tier: int, *, certified: bool = True) -> Share:
        """Return the domestic share of a part as a good of this tier.

        Its certificate, else whole in the last tier where it is made in Indonesia, else what its bill accounts for.

        Args:
            number: index of the part.
            tier: the tier that it is looked at in.
            certified: False to pass over its own certificate.
        """
        key = (number, tier, certified)
        if key not in self._known:
            share = self._share(number, tier, certified=certified)
            longer = self.origins.if_longer.get(number) if certified and tier < self._last else None
            if longer is not None:  # a term that is not known for sure: it may count
                value = Fraction(longer.tkdn) / PERCENT
                share = share._replace(high=max(share.high, value), known=False)
            self._known[key] = share
        return self._known[key]

    def _share(self, number: int, tier: int, *, certified: bool) -> Share:
        # Permenperin 16/2011 Pasal 4 (tier 3), 7(2) (not accounted for), Formulir 1.1 (imports, natural resources).
        origin, certificate, part = (
            self.origins.origin[number],
            self.origins.certificate[number],
            self.day.parts[number],
        )
        if origin is False:
            return self._by("tkdn.imported")
        if certified and certificate is not None and tier < self._last:
            value = Fraction(certificate.tkdn) / PERCENT
            return Share(value, value)
        if origin is None:
            return Share(self.rules.share("tkdn.not_accounted"), WHOLE, ("tkdn.not_accounted",))
        if tier >= self._last:
            return self._by("tkdn.tier_3")
        if part.natural_resource:
            return self._by("tkdn.natural_resource")
        good = self.good(number, lambda child: self.share(child, tier + 1))
        if good is None or not good.total:
            return Share(self.rules.share("tkdn.not_accounted"), WHOLE, ("tkdn.not_accounted",))
        accounted = good.total if good.costs else max(good.total, self.day.cost(number) or NOTHING)
        return Share(
            good.domestic("low") / accounted,
            (good.domestic("high") + accounted - good.total) / accounted,
            ("tkdn.tier_3",),
            all(share.known for _, share in good.lines.values()),
        )

    def _by(self, key: str) -> Share:
        value = self.rules.share(key)
        return Share(value, value, (key,))

    def good(self, number: int, share_of: Callable[[int], Share]) -> Good | None:
        """Return the good's cost with its lines at these shares, or None where a line or a cost line has no cost."""
        lines: dict[int, tuple[Fraction, Share]] = {}
        for child, quantity in self.day.lines[number].items():
            cost = self.day.cost(child)
            if cost is None:
                return None
            lines[child] = (cost * Fraction(*quantity), share_of(child))
        made = self.day.parts[number].production or NOTHING_STATED
        if not made.costs or not self.rules.counts_cost_lines:
            return Good(lines, ())
        if made.normal_capacity is None:
            return None
        capacity = Fraction(made.normal_capacity)
        return Good(lines, tuple((line, self._monthly(line) / capacity, self.cost_share(line)) for line in made.costs))

    def _monthly(self, line: CostLine) -> Fraction:
        amount = self.day.rates.value(line.monthly)
        return (amount or NOTHING) * Fraction(line.number) * Fraction(line.allocation)

    def cost_share(self, line: CostLine) -> Share:
        """Return the domestic share of a cost line: labour by citizenship, machines by make and owner, services as stated."""
        # Permenperin 16/2011 Pasal 7(2): what is not accounted for.
        unknown = Share(self.rules.share("tkdn.not_accounted"), WHOLE, ("tkdn.not_accounted",))
        if line.kind in LABOUR:
            key = self.rules.labour_rule(None if line.citizenship is None else line.citizenship == HOME)
            return unknown if key is None else self._by(key)
        if line.kind in MACHINES:
            share = None if line.domestic_share is None else Fraction(line.domestic_share)
            found = self.rules.tool(made_here(line.made_in), line.owner, share)
            return unknown if found is None else Share(found[0], found[0], tuple(found[1]))
        if line.tkdn is None:
            return unknown
        value = Fraction(line.tkdn) / PERCENT
        return Share(value, value)
