"""Lift: which parts made by small and medium industry (IKM) lift the score, and by how much.

The lift of a part is the score less the score if that part came from abroad, everything else held: its costs, and the
certificates and statements of the parts above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, Literal

from tkdn.assessment.engines.engine import BASES, After, Basis, End, Move
from tkdn.assessment.facts import SizeOnDay, size_of
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.lift_rows import Effect, GroupRow, Hidden, LiftRow
from tkdn.assessment.result import Assessment, assessed
from tkdn.assessment.rounding import falling, text, two_places
from tkdn.assessment.small_industry import small_industry
from tkdn.bom.bulk import bulk
from tkdn.bom.model import IKM_SCALES
from tkdn.display.chart import Chart
from tkdn.display.doors import door
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.frozen import FrozenMap
from tkdn.method.goods import PERCENT
from tkdn.outputs import headed

By = Literal["part", "supplier", "scale", "region"]
BYS: tuple[By, ...] = ("part", "supplier", "scale", "region")


class Lift(Viewed):
    """The lift of every IKM part of an assessment, or of groups of them; see `lift`."""

    def __init__(self, assessment: Assessment, basis: Basis, by: By) -> None:
        """Take an assessment; see `lift` for the other arguments."""
        self.assessment, self.basis, self.by = assessment, basis, by
        self._engine, self._day = assessment.engine, assessment.day
        self._sizes: dict[str, SizeOnDay] = {
            each.id: size_of(each, self._day.rates) for each in assessment.bom.suppliers
        }

    @property
    def scales(self) -> dict[str, str | None]:
        """The size class of every supplier on the day."""
        return {id_: size.scale for id_, size in self._sizes.items()}

    @property
    def ikm_share(self) -> Fraction | None:
        """Spend on IKM parts, in percent of the main material cost."""
        return self._share(self._spend(self.ikm_indices))

    @property
    def ikm_indices(self) -> tuple[int, ...]:
        """Indices of the IKM parts made in Indonesia, in the bill's order."""
        return self._ikm

    @cached_property
    def _ikm(self) -> tuple[int, ...]:
        """IKM parts made in Indonesia, in the bill's order."""
        firms, parts = {id_ for id_, size in self._sizes.items() if size.scale in IKM_SCALES}, self._day.parts
        return tuple(index for index in self._candidates(made_in_indonesia=True) if parts[index].made_by in firms)

    def _candidates(self, *, made_in_indonesia: bool) -> list[int]:
        day, product, origin = self._day, self._day.product, self._engine.facts.origin
        return sorted(
            index
            for index in day.order
            if origin[index] is made_in_indonesia and index != product and not day.explodes[index]
        )

    def _scale(self, index: int) -> str | None:
        maker = self._day.parts[index].made_by
        return None if maker is None else self._sizes[maker].scale

    @cached_property
    def rows(self) -> tuple[LiftRow, ...] | tuple[GroupRow, ...]:
        """By part: one row each, ordered by what is lost without it, none at all first. By group: likewise."""
        if self.by == "part":
            return tuple(sorted(self._rows(), key=lambda row: _order(row.effect, row.spend, row.part)))
        keys: dict[str | None, list[int]] = defaultdict(list)
        for index in self._ikm:
            keys[self._key(index)].append(index)
        groups = [self._group(key, indices) for key, indices in keys.items()]
        return tuple(sorted(groups, key=lambda row: _order(row.effect, row.spend, row.key or "")))

    def _key(self, index: int) -> str | None:
        maker = self._day.parts[index].made_by or ""
        if self.by == "supplier":
            return maker
        return self._scale(index) if self.by == "scale" else self.assessment.bom.supplier_by_id[maker].region

    @cached_property
    def effects(self) -> FrozenMap[str, Effect]:
        """The exact effect of each IKM part by its id, without what the rows add to it."""
        with bulk():
            found = self._engine.what_if([(Move(index, "abroad"),) for index in self._ikm], self.basis)
            parts = self._day.parts
            return FrozenMap(
                (parts[index].id, self._effect(after)) for index, after in zip(self._ikm, found, strict=True)
            )

    def _effect(self, after: After) -> Effect:
        """Return what was lost on the way to a figure."""
        was = self._base
        if was is None:
            return Effect(None, None, self._engine.status)
        if after.change is not None:
            return Effect(-after.change if after.change else after.change, was, after.status)
        return Effect(None if after.value is None else was - after.value, was, after.status)

    @cached_property
    def _base(self) -> Fraction | None:
        return self._engine.exact(self.basis)

    def _together(self, indices: Sequence[int]) -> Effect:
        """Return the effect of some parts taken abroad together."""
        edit = tuple(Move(index, "abroad") for index in indices)
        return self._effect(self._engine.what_if([edit], self.basis)[0])

    @cached_property
    def joint(self) -> Effect:
        """All IKM parts taken abroad together: bands make single lifts not add up to it."""
        return self._together(self._ikm)

    def _rows(self) -> Iterator[LiftRow]:
        found = self._engine.what_if([(Move(index, "abroad"),) for index in self._ikm], self.basis, ends=True)
        for index, after in zip(self._ikm, found, strict=True):
            yield self._row(index, self._effect(after), after.ends)

    def _row(self, index: int, effect: Effect, ends: Sequence[End]) -> LiftRow:
        day, part = self._day, self._day.parts[index]
        supplier = self.assessment.bom.supplier_by_id[part.made_by or ""]
        spend = self._spend([index])
        return LiftRow(
            part=part.id,
            name=part.name,
            supplier=supplier.id,
            scale=self._scale(index) or "",
            region=supplier.region,
            path_count=day.path_counts[index],
            spend=spend,
            share=self._share(spend),
            effect=effect,
            hidden_by=tuple(Hidden(day.parts[end.index].id, end.why) for end in ends),
            find_paths=partial(day.paths, index),
        )

    def _group(self, key: str | None, indices: list[int]) -> GroupRow:
        spend = self._spend(indices)
        ids = tuple(self._day.parts[index].id for index in indices)
        return GroupRow(spend, self._share(spend), self._together(indices), key, ids)

    def _spend(self, indices: Iterable[int]) -> Fraction | None:
        """Return rupiah for one product over all paths, or None where a part has no cost.

        A part inside another of the parts is paid with it, and not counted again.
        """
        total = Fraction(0)
        for index, quantity in self._day.outermost(frozenset(indices)).items():
            cost = self._day.cost(index)
            if cost is None:
                return None
            total += cost * quantity
        return total

    def _share(self, spend: Fraction | None) -> Fraction | None:
        """Return spend in percent of the product's main material cost."""
        product = self._day.product
        total = self._day.total[product]
        if spend is None or not total or self._day.weights[product] is None:
            return None
        return spend * PERCENT * self._day.scale[product] / total

    @cached_property
    def traded(self) -> tuple[dict[str, Any], ...]:
        """Parts made abroad that an IKM makes or sells: they lift nothing."""
        found = []
        for index in self._candidates(made_in_indonesia=False):
            part = self._day.parts[index]
            for supplier in dict.fromkeys((part.made_by, part.supplier)):
                if supplier is not None and self._sizes[supplier].scale in IKM_SCALES:
                    spend = text(two_places(self._spend([index])))
                    scale = self._sizes[supplier].scale
                    found.append(
                        {"part": part.id, "supplier": supplier, "scale": scale, "made_in": part.made_in, "spend": spend}
                    )
                    break
        return tuple(found)

    @cached_property
    def small_industries(self) -> int:
        """Count the small industries (Pasal 1(9)) with parts in the bill, for the partnership factor of BMP (Pasal 21)."""
        makers = {self._day.parts[index].made_by for index in self._candidates(made_in_indonesia=True)}
        law, rates = self.assessment.regulation, self._day.rates
        return sum(
            small_industry(each, rates, law).small is True
            for each in self.assessment.bom.suppliers
            if each.id in makers
        )

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: points, percentages and rupiah as strings with two decimals."""
        base = self._base
        return headed(
            "tkdn-lift",
            {
                "product": self.assessment.product,
                "on": self.assessment.on.isoformat(),
                "regulation": self.assessment.regulation.id,
                "basis": self.basis,
                "by": self.by,
                "base": text(two_places(base)),
                "status": self.assessment.status,
                "rows": self.assessment.printed_rows(self.rows),
                "joint": self.joint.to_dict(),
                "traded": list(self.traded),
                "small_industries": self.small_industries,
                "gaps": [gap.to_dict() for gap in self.assessment.gaps if "lift" in gap.affects],
                "provenance": self.assessment.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the rows as a data frame of pandas, polars or pyarrow; spend in rupiah, share and lift as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        texts = ("part", "name", "supplier", "scale", "region") if self.by == "part" else ("key", "parts")
        rows = [row.to_dict() for row in self.rows]
        return frame_of_records(rows, backend, (*texts, "status"), ("spend", "share", "lift", "without"))

    @property
    def plot(self) -> Chart[LiftRow | GroupRow]:
        """A chart of what lifts: `plot()` gives a figure of plotly (extra `plot`), `plot.frame()` the data behind it."""
        chart: Chart[LiftRow | GroupRow] = door("chart of a lift")(self)
        return chart

    def __repr__(self) -> str:
        """Return the product, basis and grouping, how many rows there are, and the joint lift."""
        joint = text(two_places(self.joint.lift))
        return (
            f"<Lift of {self.assessment.product!r} by {self.by} on {self.basis}: {len(self.rows)} rows, joint {joint}>"
        )


def _order(effect: Effect, spend: Fraction | None, name: str) -> tuple[object, ...]:
    return effect.lift is not None, falling(effect.lift or Fraction(0)), falling(spend or Fraction(0)), name


def lift(assessment: Assessment, *, basis: Basis = "score", by: By = "part") -> Lift:
    """Return the lift of every part made in Indonesia by small or medium industry, in points of the basis.

    Args:
        assessment: the assessment.
        basis: "score" (as the law credits today) or "potential".
        by: "part", or a group taken abroad together: "supplier", "scale", "region" (of the maker).

    Raises:
        UsageError: there is no such basis or group.
    """
    assessment = assessed(assessment)
    if basis not in BASES:
        raise UsageError([Problem.worded("basis-unknown", f"no basis {basis!r}", f"choose one of {', '.join(BASES)}")])
    if by not in BYS:
        raise UsageError(
            [Problem.worded("group-unknown", f"lift cannot be grouped by {by!r}", f"choose one of {', '.join(BYS)}")]
        )
    if not isinstance(assessment, GoodsAssessment):
        message = f"lift is defined for the credits of 35/2025, not for {assessment.regulation.id}"
        raise UsageError([Problem.worded("lift-not-for-method", message, "assess under permenperin-35-2025")])
    return Lift(assessment, basis, by)
