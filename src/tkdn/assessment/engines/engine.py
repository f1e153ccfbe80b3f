"""The protocol of engines, whatever the method: figures of one bill under one law on one day, and what moves do to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, get_args

if TYPE_CHECKING:
    from tkdn.assessment.facts import Origins
    from tkdn.bom.bom import Bom
    from tkdn.bom.changes import BillEdit
    from tkdn.bom.day import BillOnDay
    from tkdn.method.cost import CostRules
    from tkdn.method.goods import GoodsRules

Basis = Literal["score", "potential"]
BASES: tuple[Basis, ...] = get_args(Basis)
Figure = Literal["score", "potential", "high", "potential_high", "coverage"]
"""Figures of the product in percent; `high` and `potential_high` with everything unknown at its best."""
Status = Literal["complete", "incomplete", "cannot_be_calculated"]
MoveKind = Literal["abroad", "certified", "uncertified", "made_here", "licensed", "statement"]
MOVE_KINDS: tuple[MoveKind, ...] = get_args(MoveKind)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason why a good has no score, by its `code`.

    `rule`: the parameter of law that it follows from; `final`: True for good, False for want of a fact; `part`: index of the
    good.
    """

    code: str
    rule: str | None
    final: bool
    part: int


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that is done to a part; costs, and everything else that is stated of it, stay.

    Attributes:
        index: Place of the part in the bill.
        kind: `abroad`: it comes from abroad, without a certificate. `certified`: a certificate of this value counts for it.
            `uncertified`: none does. `made_here`: it is bought from a firm in Indonesia that is still to be found.
            `licensed`: its maker holds an industrial licence. `statement`: its raw material is stated to be all domestic
            (value 1) or not to be (value 0).
        value: Percent of the certificate, or the answer of the statement.
    """

    index: int
    kind: MoveKind
    value: Fraction | None = None

    def __post_init__(self) -> None:
        """Raise `ValueError` if a certificate or a statement has no value, or another move has one."""
        if (self.kind in ("certified", "statement")) is (self.value is None):
            raise ValueError(f"{self.kind} {'needs a' if self.value is None else 'takes no'} value")


Edit = tuple[Move, ...]
"""Moves that are made together."""


@dataclass(frozen=True, slots=True)
class End:
    """A part where a move stopped, and why it hides the move, as a code of texts."""

    index: int
    why: str


class After(NamedTuple):
    """A figure of the product after moves.

    Attributes:
        figure: The figure in percent if the engine walked to it; None if there is none, or if `change` gives it.
        status: Whether it can be calculated then. Whether it is complete, goods of 35/2025 say for the bill without the moves.
        ends: Where the moves stopped, if that was asked for; empty if all reach the product.
        before: The figure without the moves, where the engine knows what they change.
        change: What the moves add to it, where the engine knows that without the figure; else None.
    """

    figure: Fraction | None
    status: Status
    ends: tuple[End, ...] = ()
    before: Fraction | None = None
    change: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """The figure in percent; None if there is none."""
        if self.before is None or self.change is None:
            return self.figure
        return self.before + self.change


class Line(NamedTuple):
    """A line of the product: rupiah, and percent of what; None where it cannot be said.

    Attributes:
        cost: Rupiah for one product.
        share: Percent that its cost is of what counts with it (main material, material, its group).
        weight: Percent that what counts with it weighs in the score.
        credit: Percent of it that is credited today.
        points: Points that it gives.
        potential_points: Points that it gives on the potential.
    """

    cost: Fraction | None
    share: Fraction | None
    weight: Fraction | None
    credit: Fraction | None
    points: Fraction | None
    potential_points: Fraction | None


NO_LINE = Line(None, None, None, None, None, None)


class PartFigures(NamedTuple):
    """Figures that an engine has for any part, in percent.

    Attributes:
        counts: Whether it is a line of the product that counts in the score.
        status: Whether anything unknown can move what it earns.
        own: Value that its own bill gives; None if there is none.
        credited: What is credited of it today; None for a phantom or an in-house part.
        best: What is credited of it on the potential.
        line: Its figures as a line of the product; None if it is none.
    """

    counts: bool
    status: Status
    own: Fraction | None
    credited: Fraction | None
    best: Fraction | None
    line: Line | None


class Engine(Protocol):
    """The figures of one bill under one law on one day. It never changes; what it is asked does not change what it answers.

    Attributes:
        method: Method of the law that it counts by, as regulations name it.
    """

    method: str

    @property
    def day(self) -> BillOnDay:
        """The bill on the day: effective uses, lines, costs."""
        ...

    @property
    def facts(self) -> Origins:
        """Facts that the law asks of each part."""
        ...

    @property
    def rules(self) -> GoodsRules | CostRules:
        """The values of the regulation on the day."""
        ...

    @property
    def status(self) -> Status:
        """The status of the score: complete, incomplete, or not to be calculated."""
        ...

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Facts and rules that keep the product from a score."""
        ...

    @property
    def is_exact(self) -> bool:
        """True if `exact` gives exact fractions; if not, they hold to 100 digits."""
        ...

    def printed(self, figure: Figure) -> Decimal | None:
        """Return a figure in percent with two decimals, or None if it cannot be said."""
        ...

    def exact(self, figure: Figure) -> Fraction | None:
        """Return the fraction behind a figure, in percent."""
        ...

    def part(self, index: int) -> PartFigures:
        """Return the figures of a part."""
        ...

    def allows(self, kind: MoveKind) -> str | None:
        """Return None if moves of a kind have a meaning under this method, else why they have none, as a code."""
        ...

    def what_if(self, edits: Sequence[Edit], basis: Basis, *, ends: bool = False) -> Sequence[After]:
        """Return the figure of a basis after each edit alone, costs held; with `ends`, where the moves stopped, too."""
        ...

    def edited(self, edit: BillEdit[Bom]) -> Engine:
        """Return the engine of the changed bill: equal to a new one, at the cost of what changes where that can be."""
        ...
