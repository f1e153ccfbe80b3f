"""The base of engines that count goods by domestic shares of their cost, traced through tiers (before 35/2025)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.engines.engine import (
    After,
    Basis,
    Edit,
    End,
    Engine,
    Figure,
    Move,
    MoveKind,
    Obstacle,
    PartFigures,
    Status,
)
from tkdn.assessment.engines.tier_tracing import Share, Tracer
from tkdn.assessment.facts import Origins
from tkdn.assessment.rounding import two_places
from tkdn.assessment.stages import CountedBill
from tkdn.bom.bulk import bulk
from tkdn.bom.day import BillOnDay
from tkdn.bom.model import Certificate
from tkdn.method.cost import CostRules

if TYPE_CHECKING:
    from tkdn.bom.bom import Bom
    from tkdn.bom.changes import BillEdit

Rules = TypeVar("Rules", bound=CostRules)
State = tuple[int, int]
"""A part as a good of a tier: what its share depends on."""
MOVES: frozenset[MoveKind] = frozenset({"abroad", "certified", "uncertified", "made_here"})
"""Moves that have a meaning: these laws ask neither for a licence nor for a statement of material."""


class ShareEngine(ABC):
    """The figures of one bill by shares of cost; see `Engine`. Moves are answered by tracing the bill again."""

    method: str
    first_tier: int
    """Tier of the product's lines."""

    def __init__(self, day: BillOnDay, facts: Origins, rules: CostRules) -> None:
        """Take the bill on the day, its origins, and the rules; shares are traced when they are asked for."""
        self.day, self.facts = day, facts
        self.product = day.product
        self.tracer = Tracer(day, facts, rules)

    @classmethod
    def of(cls, bom: Bom, product: int, rules: CostRules, *, before: Engine | None = None) -> Self:
        """Return the engine of a bill.

        Args:
            bom: The bill as read.
            product: Index of the product.
            rules: Values of the regulation on the day.
            before: An engine of the same bill on the same day; if its lines are the same, its costs are taken over.

        Raises:
            BomError: What is wrong with the bill on this day.
        """
        terms = CertificateTerms(rules.regulation, rules.on)
        counted = CountedBill.of(bom, terms)
        with bulk():
            if before is not None and before.facts.closed == counted.closed:
                day = before.day
            else:
                day = BillOnDay(counted.bom, product, rules.on)
        return cls(day, Origins(counted.bom, terms, day.order, counted.closed), rules)

    @property
    @abstractmethod
    def rules(self) -> CostRules:
        """The values of the regulation on the day."""

    @property
    @abstractmethod
    def status(self) -> Status:
        """The status of the score: complete, incomplete, or not to be calculated."""

    @property
    @abstractmethod
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Facts and rules that keep the product from a score."""

    @abstractmethod
    def exact(self, figure: Figure) -> Fraction | None:
        """Return a figure in percent, exactly."""

    @abstractmethod
    def part(self, index: int) -> PartFigures:
        """Return the figures of a part."""

    @property
    def is_exact(self) -> bool:
        """True: these engines never round."""
        return True

    def printed(self, figure: Figure) -> Decimal | None:
        """Return a figure in percent with two decimals, or None if it cannot be said."""
        return two_places(self.exact(figure))

    def _common_obstacles(self, no_cost: str | None) -> Iterator[Obstacle]:
        """Yield what keeps any good from a score: its origin, its lines, their costs (for want of the parameter `no_cost`)."""
        product, day, origin = self.product, self.day, self.facts.origin[self.product]
        if origin is not True:
            yield Obstacle("made-abroad" if origin is False else "product-origin", None, origin is False, product)
        if not day.lines[product]:
            yield Obstacle("no-lines", None, False, product)
        elif any(day.unit_cost[child] is None for child in day.lines[product]):
            yield Obstacle("no-cost", no_cost, False, product)

    # Moves

    def allows(self, kind: MoveKind) -> str | None:
        """Return None if moves of a kind have a meaning, else `fact-not-asked`."""
        return None if kind in MOVES else "fact-not-asked"

    def moved(self, edit: Edit) -> Self:
        """Return the engine of the bill after moves, costs held.

        Raises:
            ValueError: A move has no meaning under this method.
        """
        changes = {move.index: self._origin_after(move) for move in edit}
        return type(self)(self.day, self.facts.replaced(changes), self.rules)

    def _origin_after(self, move: Move) -> tuple[bool | None, Certificate | None]:
        """Return where a part is made after a move, and the certificate that counts for it."""
        stated = self.facts.stated_origin(self.day.parts[move.index])
        if move.kind == "abroad":
            return False, None
        if move.kind == "made_here":
            return True, None
        if move.kind == "uncertified":
            return stated, None
        if move.kind == "certified" and move.value is not None:
            return (True if stated is None else stated), to_be_issued(move.value, self.rules.on)
        raise ValueError(f"{move.kind} has no meaning under this method: {self.allows(move.kind)}")

    def what_if(self, edits: Sequence[Edit], basis: Basis, *, ends: bool = False) -> list[After]:
        """Return the figure of a basis after each edit alone, and if asked where its moves stopped."""
        found = []
        for edit in edits:
            after = self.moved(edit)
            found.append(After(after.exact(basis), after.status, self._ends(edit, after, basis) if ends else ()))
        return found

    # Where moves stop

    @cached_property
    def _tiers(self) -> Mapping[int, frozenset[int]]:
        """The tiers at which each part is a good; all below the last one as the one after it."""
        tiers: dict[int, set[int]] = defaultdict(set, {self.product: {self.first_tier - 1}})
        for index in self.day.order:
            if not self.day.explodes[index]:
                below = {min(tier, self.rules.last_tier) + 1 for tier in tiers[index]}
                for child in self.day.lines[index]:
                    tiers[child] |= below
        return {index: frozenset(found) for index, found in tiers.items()}

    @cached_property
    def _users(self) -> Mapping[int, Sequence[int]]:
        users: dict[int, list[int]] = defaultdict(list)
        for index in self.day.order:
            if not self.day.explodes[index]:
                for child in self.day.lines[index]:
                    users[child].append(index)
        return users

    def _goods_above(self, state: State) -> Iterator[State]:
        index, tier = state
        for good in self._users.get(index, ()):
            yield from ((good, above) for above in self._tiers[good] if min(above, self.rules.last_tier) + 1 == tier)

    def counted(self, index: int, tier: int, basis: Basis) -> Fraction:
        """Return the domestic share of a part as a good of a tier, as it counts in the good above it."""
        share = self.tracer.share(index, tier)
        if basis == "score" or tier > self.first_tier:
            return share.low
        return max(share.low, self.tracer.share(index, tier, certified=False).low)

    def _ends(self, edit: Edit, after: Self, basis: Basis) -> tuple[End, ...]:
        """Return where moves stopped: goods of which no state moves the good above, with why."""
        found: dict[End, None] = {}
        waiting: list[State] = [(move.index, tier) for move in edit for tier in self._tiers.get(move.index, ())]
        seen = set(waiting)
        for state in waiting:  # grows upwards
            index, tier = state
            if index == self.product:
                continue
            if self.counted(index, tier, basis) == after.counted(index, tier, basis):
                found[End(index, self._why_still(index, tier))] = None
                continue
            above = [each for each in self._goods_above(state) if each not in seen]
            seen.update(above)
            waiting += above
        if not found and after.exact(basis) == self.exact(basis):
            found[End(self.product, "limit")] = None
        return tuple(found)

    def _why_still(self, index: int, tier: int) -> str:
        """Return why the share of a good does not move with what is below it."""
        if self.facts.origin[index] is False:
            return "imported"
        if self.facts.certificate[index] is not None and tier < self.rules.last_tier:
            return "certificate"
        if self.facts.origin[index] is None:
            return "unknown_origin"
        if tier >= self.rules.last_tier:
            return "last_tier"
        return "statement" if self.day.parts[index].natural_resource else "not_accounted"

    # Other bills

    def edited(self, edit: BillEdit[Bom]) -> Self:
        """Return the engine of the changed bill."""
        return self.of(edit.bom, self.product, self.rules)


def to_be_issued(value: Fraction, on: date) -> Certificate:
    """Return a certificate of the day with a value in percent, of which nothing else is asked."""
    return Certificate.model_construct(number="", tkdn=value, issued=on)  # type: ignore[arg-type]


def sure(shares: Iterable[Share]) -> bool:
    """Return True if no open term of a certificate can move any of these shares."""
    return all(share.known for share in shares)
