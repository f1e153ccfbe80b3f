"""Rows that charts of an assessment draw, exact: bars, tiles, bands; and the charts by name."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tkdn.assessment.rounding import text, two_places
from tkdn.display.chart import Chart


@dataclass(frozen=True, slots=True)
class Stage:
    """A bar of the waterfall, from `start` to `end` in points.

    `kind`: a component, the rest of them (`count`), a factor, what no component gives, what the limit takes off (cap), or the
    score.
    """

    kind: str
    key: str
    name: str | None
    points: Fraction
    start: Fraction
    count: int = 1

    @property
    def end(self) -> Fraction:
        """The upper end of the bar in points, the lower one if it goes down."""
        return self.start + self.points

    def to_dict(self) -> dict[str, Any]:
        """Return the bar as plain data: points as strings with two decimals."""
        figures = {key: text(two_places(getattr(self, key))) for key in ("points", "start", "end")}
        return {"kind": self.kind, "key": self.key, "name": self.name, "count": self.count, **figures}


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of the treemap: a direct line of the product by its cost in rupiah, or the rest of its group (`part` None)."""

    origin: str
    scale: str | None
    part: str | None
    name: str | None
    cost: Fraction
    share: Fraction
    count: int = 1

    @property
    def group(self) -> tuple[str, str | None]:
        """The group that the tile is in: the origin, and the size class of the maker."""
        return self.origin, self.scale

    def to_dict(self) -> dict[str, Any]:
        """Return the tile as plain data: rupiah and percentages as strings with two decimals."""
        figures = {key: text(two_places(getattr(self, key))) for key in ("cost", "share")}
        texts = {key: getattr(self, key) for key in ("origin", "scale", "part", "name", "count")}
        return {**texts, **figures}


@dataclass(frozen=True, slots=True)
class Flow:
    """A band of the Sankey diagram: rupiah from one node to another; nodes are "origin:ID", "scale:small", "credit:counted"."""

    source: str
    target: str
    cost: Fraction
    share: Fraction

    def to_dict(self) -> dict[str, Any]:
        """Return the band as plain data: rupiah and percentages as strings with two decimals."""
        figures = {key: text(two_places(getattr(self, key))) for key in ("cost", "share")}
        return {"source": self.source, "target": self.target, **figures}


@dataclass(frozen=True, slots=True, repr=False)
class AssessmentPlots:
    """The charts of an assessment; see `Chart`.

    Args:
        waterfall: from 0 to the score in points: components by their points, the other factors, what the limit takes off.
        treemap: direct components by cost in rupiah, grouped by origin and maker's size; the smallest of a group are its rest.
        sankey: cost in rupiah from origin through the maker's size to what is credited as domestic.
    """

    waterfall: Chart[Stage]
    treemap: Chart[Tile]
    sankey: Chart[Flow]

    def __repr__(self) -> str:
        """Return the names of the charts."""
        return "<Charts of an assessment: waterfall, treemap, sankey>"
