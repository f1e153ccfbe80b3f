"""The formula of the score: points of each factor added up, and cut at the limit (Permenperin 35/2025 Pasal 4, 10, 12)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Points = TypeVar("Points", Fraction, "NDArray[np.float64]")
"""Points or percentages: exact ones of one good, or floats of many."""


@dataclass(frozen=True, slots=True)
class ScoreTerms:
    """The formula of the score, once: points of each factor added up, and cut at the limit (Pasal 4, 10, 12).

    In exact fractions, or in floats for arrays of them. Attributes: points for one percent of `material`, `labour` and
    `overhead`; the `limit` in percent.
    """

    material: Any
    labour: Any
    overhead: Any
    limit: Any

    def beside(self, labour: Points, overhead: Points, brainware: Points) -> Points:
        """Return the points that are not of material, from labour and overhead in percent and brainware in points."""
        points: Points = self.labour * labour + self.overhead * overhead + brainware
        return points

    def capped(self, points: Points) -> Points:
        """Return points cut at the limit (Pasal 12)."""
        found: Points = min(points, self.limit) if isinstance(points, Fraction) else points.clip(max=self.limit)
        return found

    def total(self, material: Points, beside: Points) -> Points:
        """Return the score in percent, from material in percent and the points that are not of material."""
        points: Points = self.material * material + beside
        return self.capped(points)


@dataclass(frozen=True, slots=True)
class PointsLine:
    """Points of a good in percent over its credited cost, all else held: a line up to the limit, in integers."""

    slope: int
    start: int
    bottom: int
    limit: Fraction

    def at(self, credited: int) -> Fraction:
        """Return the points for a sum over main lines of cost x credit (percent)."""
        return Fraction(self._top(credited), self.bottom) if self._is_within(credited) else self.limit

    def between(self, first: int, second: int) -> Fraction:
        """Return the points that the second sum gives more than the first."""
        if self._is_within(max(first, second)):
            return Fraction(self.slope * (second - first), self.bottom)
        return self.at(second) - self.at(first)

    def _top(self, credited: int) -> int:
        return self.slope * credited + self.start

    def _is_within(self, credited: int) -> bool:
        return self._top(credited) * self.limit.denominator <= self.limit.numerator * self.bottom
