"""The rows of a lift: what a part or a group of parts lifts, what is spent on it, and what hides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from tkdn.assessment.engines.engine import Status
from tkdn.assessment.rounding import printed, ratio, short_ratio, two_places
from tkdn.short_repr import brief


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of taking some parts abroad, and the status then.

    `lift`: exact, in points on the `base`; None where nothing can be said.
    """

    lift: Fraction | None
    base: Fraction | None
    status: Status

    __repr__ = brief

    @property
    def without(self) -> Fraction | None:
        """The exact figure that is left without them."""
        return None if self.lift is None or self.base is None else self.base - self.lift

    def to_dict(self) -> dict[str, Any]:
        """Return the effect as plain data: points as strings with two decimals."""
        return {"lift": printed(self.lift), "without": printed(self.without), "status": self.status}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part that keeps another from counting.

    Reasons why: certificate, statement, flat_25, imported, not_main, not_produced; or unlicensed, unknown_origin, one_level
    (100% judged by country, one level down), same_band (potential), limit (at 100%).
    """

    part: str
    why: str


@dataclass(frozen=True)
class _Row:
    """A row: what is spent for one product in rupiah, its share of the main material cost in percent, and the effect."""

    spend: Fraction | None
    share: Fraction | None
    effect: Effect

    @property
    def lift(self) -> Decimal | None:
        return two_places(self.effect.lift)

    @property
    def without(self) -> Decimal | None:
        return two_places(self.effect.without)

    @property
    def status(self) -> Status:
        return self.effect.status

    def _figures(self, *, short: bool) -> dict[str, Any]:
        return {
            "spend": printed(self.spend),
            "share": printed(self.share),
            **self.effect.to_dict(),
            "exact": short_ratio(self.effect.lift) if short else ratio(self.effect.lift),
        }


@dataclass(frozen=True)
class LiftRow(_Row):
    """One IKM part: where it is used, what is spent on it for one product, and what it lifts."""

    part: str
    name: str | None
    supplier: str
    scale: str
    region: str | None
    path_count: int
    hidden_by: tuple[Hidden, ...]
    find_paths: Callable[[], list[list[str]]] = field(repr=False, compare=False)

    __repr__ = brief

    @cached_property
    def paths(self) -> list[list[str]]:
        """Some of the paths from the product to the part. Found when asked for: in a deep bill they are long."""
        return self.find_paths()

    def to_dict(self, *, short: bool = False) -> dict[str, Any]:
        """Return the row as plain data; if `short`, without a long ratio, since such a one is of rounded figures."""
        return {
            "part": self.part,
            "name": self.name,
            "supplier": self.supplier,
            "scale": self.scale,
            "region": self.region,
            "paths": self.paths,
            "path_count": self.path_count,
            **self._figures(short=short),
            "hidden_by": [{"part": hidden.part, "why": hidden.why} for hidden in self.hidden_by],
        }


@dataclass(frozen=True)
class GroupRow(_Row):
    """IKM parts of one supplier, size class or region, taken abroad together."""

    key: str | None
    parts: tuple[str, ...]

    __repr__ = brief

    def to_dict(self, *, short: bool = False) -> dict[str, Any]:
        """Return the row as plain data; if `short`, without a long ratio, since such a one is of rounded figures."""
        return {"key": self.key, "parts": list(self.parts), **self._figures(short=short)}
