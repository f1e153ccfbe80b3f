"""A part in an assessment, and a factor of the score, as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.assessment.engines.engine import Status
from tkdn.assessment.rounding import short_ratio, text, two_places
from tkdn.short_repr import brief

TEXTS = ("part", "name", "main", "counts", "status")
FIGURES = ("certified", "own", "credited", "credited_potential", "cost", "share", "points", "potential_points")
"""The columns of components as a data frame."""


@dataclass(frozen=True, slots=True)
class Component:
    """A part in the assessment. Percentages in percent; `cost`, `share`, `points` only for direct lines of the product.

    `credited` is a whole percent under 35/2025, a share of cost with two decimals under the cost methods. `exact` holds the
    fractions behind `cost`, `share`, `credit`, `points` and `potential_points`.
    """

    part: str
    name: str | None
    main: bool
    counts: bool
    certified: Decimal | None
    own: Decimal | None
    credited: int | Decimal | None
    credited_potential: int | Decimal | None
    cost: Decimal | None
    share: Decimal | None
    points: Decimal | None
    potential_points: Decimal | None
    status: Status
    exact: Mapping[str, Fraction | None]

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
        """Return the component as plain data: percentages and rupiah as strings, null where nothing can be said."""
        return {
            "part": self.part,
            "name": self.name,
            "main": self.main,
            "counts": self.counts,
            "certified": _as_printed(self.certified),
            "own": text(self.own),
            "credited": None if self.credited is None else str(self.credited),
            "credited_potential": None if self.credited_potential is None else str(self.credited_potential),
            "cost": text(self.cost),
            "share": text(self.share),
            "points": text(self.points),
            "potential_points": text(self.potential_points),
            "status": self.status,
            "exact": {key: short_ratio(value) for key, value in self.exact.items()},
        }


def _as_printed(certified: Decimal | None) -> str | None:
    """Return a certificate's value with two decimals, or with all it has where it has more: they can decide its band."""
    if certified is None:
        return None
    exponent = certified.as_tuple().exponent
    more = isinstance(exponent, int) and exponent < -2
    return text(certified if more else two_places(Fraction(certified)))


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the score: its exact value in percent (None: not known), weight, and the points it gives."""

    value: Fraction | None
    weight: Fraction
    points: Fraction | None

    __repr__ = brief

    def to_dict(self) -> dict[str, str | None]:
        """Return the factor as plain data: percentages and points as strings with two decimals."""
        return {key: text(two_places(getattr(self, key))) for key in ("value", "weight", "points")}
