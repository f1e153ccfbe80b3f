"""Comparison of two assessments: what changed the score, adding up exactly; and which values of law differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tkdn.assessment.component import Component, Factor
from tkdn.assessment.result import Assessment, assessed
from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.display.doors import door
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.law.regulation import Value
from tkdn.method.goods import PERCENT
from tkdn.outputs import headed
from tkdn.short_repr import brief

if TYPE_CHECKING:
    from tkdn.assessment.chart_rows import Stage
    from tkdn.display.chart import Chart

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Change:
    """One figure in both assessments, in points (None: not there, or nothing can be said), and its change."""

    key: str
    name: str | None
    before: Fraction | None
    after: Fraction | None

    __repr__ = brief

    @property
    def change(self) -> Fraction:
        """The difference in points; what is not there on one side counts as nothing."""
        return (self.after or NOTHING) - (self.before or NOTHING)

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain data: points as strings with two decimals."""
        return {
            "key": self.key,
            "name": self.name,
            "before": text(two_places(self.before)),
            "after": text(two_places(self.after)),
            "change": text(two_places(self.change)),
            "exact": ratio(self.change),
        }


@dataclass(frozen=True)
class ComponentChange(Change):
    """The points of a component in both assessments, and what changed them.

    The change is the sum of what the weight of material, its share of the cost and its credit did, taken in this order.
    """

    credited: tuple[int | Decimal | None, int | Decimal | None]
    share: tuple[Fraction | None, Fraction | None]
    by_weight: Fraction
    by_share: Fraction
    by_credit: Fraction

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain data: points and percentages as strings with two decimals."""
        return {
            **Change.to_dict(self),
            "credited": [None if each is None else str(each) for each in self.credited],
            "share": [text(two_places(each)) for each in self.share],
            "by_weight": text(two_places(self.by_weight)),
            "by_share": text(two_places(self.by_share)),
            "by_credit": text(two_places(self.by_credit)),
        }


@dataclass(frozen=True)
class LawChange:
    """A legal value that differs: None where one regulation has no such value."""

    key: str
    before: Value | None
    after: Value | None

    __repr__ = brief

    def to_dict(self) -> dict[str, Any]:
        """Return both values as plain data, each with its article and how well it is known."""
        return {"key": self.key, "before": _legal(self.before), "after": _legal(self.after)}


def _legal(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    shown = "; ".join(f"{row.test} {row.limit}: {row.value}" for row in value.rows) if value.rows else str(value.value)
    return {"value": shown, "article": value.article, "confidence": value.confidence}


class Comparison(Viewed):
    """The change from one assessment to another; see `compare`."""

    def __init__(self, before: Assessment, after: Assessment) -> None:
        """Take the two assessments."""
        self.before, self.after = before, after

    @property
    def exact(self) -> Fraction | None:
        """The exact change of the score in points, or None where either has no score."""
        if self.before.exact is None or self.after.exact is None:
            return None
        return self.after.exact - self.before.exact

    @property
    def change(self) -> Decimal | None:
        """The change of the score in points."""
        return two_places(self.exact)

    @property
    def potential_change(self) -> Decimal | None:
        """The change of the potential in points."""
        if self.before.exact_potential is None or self.after.exact_potential is None:
            return None
        return two_places(self.after.exact_potential - self.before.exact_potential)

    @cached_property
    def factors(self) -> list[Change]:
        """Points of each factor, and the points taken off by the limit, as a negative row: they add up to the change."""
        before, after = self.before.factors, self.after.factors
        names = dict.fromkeys((*before, *after))
        rows = [Change(name, None, _points(before.get(name)), _points(after.get(name))) for name in names]
        return [*rows, Change("cap", None, -self.before.cap, -self.after.cap)]

    @cached_property
    def components(self) -> list[ComponentChange]:
        """Components that count in either, by the size of their change.

        With the points that no component gives they add up to the change of the factors that components give.
        """
        before, after = _counting(self.before), _counting(self.after)
        rows = [self._component(key, before.get(key), after.get(key)) for key in {**before, **after}]
        return sorted(rows, key=lambda row: (-abs(row.change), row.key))

    @cached_property
    def beside(self) -> list[Change]:
        """Points in those factors that no component gives: services in material, the battery by investment."""
        before, after = self.before.beside, self.after.beside
        return [Change(key, None, before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))]

    def _component(self, key: str, before: Component | None, after: Component | None) -> ComponentChange:
        old, new = _Terms.of(before), _Terms.of(after)
        credit = (old if before else new).credit
        weight = new.weight if after else old.weight
        shown = after or before
        return ComponentChange(
            key=key,
            name=shown.name if shown else None,
            before=old.points if before else None,
            after=new.points if after else None,
            credited=(before.credited if before else None, after.credited if after else None),
            share=(old.share if before else None, new.share if after else None),
            by_weight=(weight - old.weight) * old.share * credit,
            by_share=weight * (new.share - old.share) * credit,
            by_credit=weight * new.share * (new.credit - credit),
        )

    @cached_property
    def law(self) -> list[LawChange]:
        """Legal values that differ between the two regulations on their dates."""
        before, after = self.before, self.after
        keys = dict.fromkeys((*before.regulation.parameters, *after.regulation.parameters))
        rows = []
        for key in keys:
            old = before.value(key) if key in before.regulation.parameters else None
            new = after.value(key) if key in after.regulation.parameters else None
            if (old and (old.value, old.rows)) != (new and (new.value, new.rows)):
                rows.append(LawChange(key, old, new))
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: points as strings with two decimals, the change also exactly."""
        return headed(
            "tkdn-comparison",
            {
                "before": _summary(self.before),
                "after": _summary(self.after),
                "change": text(self.change),
                "potential_change": text(self.potential_change),
                "exact": ratio(self.exact),
                "factors": [row.to_dict() for row in self.factors],
                "components": [row.to_dict() for row in self.components],
                "beside": [row.to_dict() for row in self.beside],
                "law": [row.to_dict() for row in self.law],
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the components as a data frame of pandas, polars or pyarrow: points before and after, and what changed them.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        rows = [row.to_dict() for row in self.components]
        return frame_of_records(
            rows, backend, ("key", "name"), ("before", "after", "change", "by_weight", "by_share", "by_credit")
        )

    @property
    def plot(self) -> Chart[Stage]:
        """A waterfall from the score before to the score after.

        `plot()` gives a figure of plotly (extra `plot`), `plot.frame()` the data behind it.
        """
        chart: Chart[Stage] = door("chart of a comparison")(self)
        return chart

    def __repr__(self) -> str:
        """Return the score before and after, and the change."""
        return f"<Comparison: {self.before.score} -> {self.after.score}, change {self.change}>"


class _Terms(NamedTuple):
    """The three terms whose product is the points of a component; all nothing where it is not there."""

    weight: Fraction
    share: Fraction
    credit: Fraction

    @classmethod
    def of(cls, component: Component | None) -> _Terms:
        if component is None or component.exact["points"] is None:
            return cls(NOTHING, NOTHING, NOTHING)
        weight, share, credit = (component.exact[key] or NOTHING for key in ("weight", "share", "credit"))
        return cls(weight / PERCENT, share, credit / PERCENT)

    @property
    def points(self) -> Fraction:
        return self.weight * self.share * self.credit


def _points(factor: Factor | None) -> Fraction | None:
    return None if factor is None else factor.points


def _counting(assessment: Assessment) -> dict[str, Component]:
    return {key: component for key, component in assessment.components.items() if component.counts}


def _summary(assessment: Assessment) -> dict[str, Any]:
    return {
        "product": assessment.product,
        "on": assessment.on.isoformat(),
        "regulation": assessment.regulation.id,
        "score": text(assessment.score),
        "potential": text(assessment.potential),
        "status": assessment.status,
        "provenance": assessment.provenance,
    }


def compare(before: Assessment, after: Assessment) -> Comparison:
    """Return what changed from one assessment to another: two bills, two dates, or two regulations of one method.

    Factor changes add up exactly to the change of the score. Changes of components, and of the points that no component gives,
    add up to that of the factors that components give (material; under the texts on electric vehicles the component groups).

    >>> from tkdn.bom.bom import Bom
    >>> from tkdn.assessment.assess import assess
    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID", "certificates": [
    ...                {"number": "synthetic-1", "tkdn": "61", "issued": "2026-01-01"}]}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
    >>> change = compare(assess(bom, on="2025-12-31"), assess(bom, on="2026-06-01"))
    >>> change.change, [(row.key, row.change) for row in change.components]
    (Decimal('41.25'), [('WHEEL', Fraction(165, 4))])
    """
    return Comparison(assessed(before), assessed(after))
