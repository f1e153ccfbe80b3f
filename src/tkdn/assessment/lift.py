"""Lift: which parts made by small and medium industry (IKM) lift the score, and by how much.

The lift of a part is the score less the score if that part came from abroad, everything else held: its costs, and the
certificates and statements of the parts above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

from tkdn.assessment.assess import assessed
from tkdn.assessment.credit import ABROAD, Ground
from tkdn.assessment.facts import SizeOnDay, size_of
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.lift_rows import Effect, GroupRow, Hidden, LiftRow
from tkdn.assessment.result import Assessment
from tkdn.assessment.rounding import falling, text, two_places
from tkdn.assessment.small_industry import small_industry
from tkdn.assessment.walk import Basis
from tkdn.bom.model import IKM_SCALES
from tkdn.display.doors import door
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.method.goods import PERCENT
from tkdn.outputs import headed

if TYPE_CHECKING:
    from tkdn.assessment.arrays.lifts import LiftsAtOnce
    from tkdn.display.chart import Chart

By = Literal["part", "supplier", "scale", "region"]
BASES: tuple[Basis, ...] = ("score", "potential")
BYS: tuple[By, ...] = ("part", "supplier", "scale", "region")


_HIDING = {
    Ground.IMPORTED: "imported",
    Ground.ORIGIN_UNKNOWN: "unknown_origin",
    Ground.CERTIFICATE: "certificate",
    Ground.NATURAL_RESOURCE: "statement",
    Ground.NOT_PRODUCED: "not_produced",
    Ground.UNLICENSED: "unlicensed",
}
"""Why a good's credit does not move with a part's, by the ground of the credit."""


class Lift(Viewed):
    """The lift of every IKM part of an assessment, or of groups of them; see `lift`."""

    def __init__(self, assessment: GoodsAssessment, basis: Basis, by: By) -> None:
        self.assessment, self.basis, self.by = assessment, basis, by
        self._walk, self._day, self._facts = assessment.walk, assessment.day, assessment.facts
        self._sizes: dict[str, SizeOnDay] = {
            each.id: size_of(each, self._day.rates) for each in assessment.bom.suppliers
        }

    @property
    def scales(self) -> dict[str, str | None]:
        """The size class of every supplier on the day."""
        return {id_: size.scale for id_, size in self._sizes.items()}

    @property
    def ikm_share(self) -> Fraction | None:
        """What is spent on IKM parts, in percent of the main material cost."""
        return self._share(self._spend(self.ikm_numbers))

    @property
    def ikm_numbers(self) -> list[int]:
        """Numbers of the IKM parts made in Indonesia, in the bill's order."""
        return self._ikm

    @cached_property
    def _ikm(self) -> list[int]:
        """IKM parts made in Indonesia, in the bill's order."""
        return [number for number in self._candidates(made_in_indonesia=True) if self._scale(number) in IKM_SCALES]

    def _candidates(self, *, made_in_indonesia: bool) -> list[int]:
        day, product = self._day, self._walk.product
        return sorted(
            number
            for number in day.order
            if number != product and not day.explodes[number] and self._facts.origin[number] is made_in_indonesia
        )

    def _scale(self, number: int) -> str | None:
        maker = self._day.parts[number].made_by
        return None if maker is None else self._sizes[maker].scale

    @cached_property
    def rows(self) -> list[LiftRow] | list[GroupRow]:
        """By part: one row each, ordered by what is lost without it, none at all first. By group: likewise."""
        if self.by == "part":
            return sorted(
                (self._row(number) for number in self._ikm), key=lambda row: _order(row.effect, row.spend, row.part)
            )
        keys: dict[str | None, list[int]] = defaultdict(list)
        for number in self._ikm:
            keys[self._key(number)].append(number)
        groups = [self._group(key, numbers) for key, numbers in keys.items()]
        return sorted(groups, key=lambda row: _order(row.effect, row.spend, row.key or ""))

    def _key(self, number: int) -> str | None:
        maker = self._day.parts[number].made_by or ""
        if self.by == "supplier":
            return maker
        return self._scale(number) if self.by == "scale" else self.assessment.bom.supplier_by_id[maker].region

    @cached_property
    def _at_once(self) -> LiftsAtOnce | None:
        """All IKM parts of a large bill, each taken abroad alone; None for a small one."""
        if self.assessment.fast is None:
            return None
        from tkdn.assessment.arrays.lifts import LiftsAtOnce

        return LiftsAtOnce(self.assessment.fast, self._walk, self._ikm, self.basis)

    @cached_property
    def effects(self) -> dict[str, Effect]:
        """The exact effect of each IKM part by its id, without what the rows tell beside it."""
        return {self._day.parts[number].id: self._alone(number) for number in self._ikm}

    def _alone(self, number: int) -> Effect:
        none = self._no_effect
        more = None if self._at_once is None or none.base is None else self._at_once.more(number)
        if more is None:
            return self._effect([number])[0]
        if not more:
            return none
        points, weights = self._points_for_weights
        return Effect(Fraction(-more * points, weights), none.base, none.status)

    @cached_property
    def _points_for_weights(self) -> tuple[int, int]:
        """How many points how many of the integer weights of the product's lines are."""
        weight = self._walk.rules.weights[0]
        return weight.numerator, self._walk.total(self._walk.product) * weight.denominator * PERCENT

    @cached_property
    def _no_effect(self) -> Effect:
        base = self._walk.base
        return Effect(Fraction(0), base.on(self.basis), base.status)

    def _effect(self, numbers: Iterable[int]) -> tuple[Effect, list[tuple[int, int]]]:
        base = self._walk.base
        outcome, dead_ends = self._walk.what_if(dict.fromkeys(numbers, ABROAD), self.basis)
        was, without = base.on(self.basis), outcome.on(self.basis)
        if was is None:
            return Effect(None, None, base.status), dead_ends
        return Effect(None if without is None else was - without, was, outcome.status), dead_ends

    def _alone_and_why(self, number: int) -> tuple[Effect, list[tuple[int, int]]]:
        at_once = self._at_once
        if at_once is None or at_once.more(number) is None or self._walk.base.on(self.basis) is None:
            return self._effect([number])
        return self._alone(number), at_once.dead_ends(number)

    @cached_property
    def joint(self) -> Effect:
        """All IKM parts taken abroad together: bands make single lifts not add up to it."""
        return self._effect(self._ikm)[0]

    def _row(self, number: int) -> LiftRow:
        day, part = self._day, self._day.parts[number]
        effect, dead_ends = self._alone_and_why(number)
        supplier = self.assessment.bom.supplier_by_id[part.made_by or ""]
        spend = self._spend([number])
        hidden = {self._hidden(good, child): None for good, child in dead_ends}
        if effect.lift == 0 and not hidden:
            ground = self._walk.credit_of(number).ground
            earns_nothing = ground in (Ground.UNLICENSED, Ground.NOT_PRODUCED)
            hidden[Hidden(part.id, _HIDING[ground]) if earns_nothing else Hidden(self.assessment.product, "limit")] = (
                None
            )
        return LiftRow(
            part=part.id,
            name=part.name,
            supplier=supplier.id,
            scale=self._scale(number) or "",
            region=supplier.region,
            path_count=day.path_counts[number],
            spend=spend,
            share=self._share(spend),
            effect=effect,
            hidden_by=list(hidden),
            find_paths=partial(day.paths, number),
        )

    def _hidden(self, good: int, child: int) -> Hidden:
        """Why the good's credit does not move when the child's does."""
        walk, parts = self._walk, self._day.parts
        if good == walk.product:
            return Hidden(parts[child].id, "not_main")
        credit, own = walk.credit_of(good), walk.own[good]
        if self.basis == "potential" and own is not None and walk.rules.band(own) > credit.low:
            if not parts[child].main:
                return Hidden(parts[child].id, "not_main")
            return Hidden(parts[good].id, "same_band")
        why = _HIDING.get(credit.ground, "flat_25")
        if credit.ground in (Ground.ALL_DOMESTIC, Ground.INDUSTRIAL_COMPANY):
            if walk.part_facts(good).statement is not None:
                why = "statement"
            elif credit.ground is Ground.ALL_DOMESTIC:
                why = "one_level"
        return Hidden(parts[good].id, why)

    def _group(self, key: str | None, numbers: list[int]) -> GroupRow:
        spend = self._spend(numbers)
        ids = [self._day.parts[number].id for number in numbers]
        return GroupRow(spend, self._share(spend), self._effect(numbers)[0], key, ids)

    def _spend(self, numbers: Iterable[int]) -> Fraction | None:
        """Rupiah for one product over all paths, or None where a part has no cost. What stands inside another of the parts is
        paid with it, and not counted again."""
        total = Fraction(0)
        for number, quantity in self._day.outermost(frozenset(numbers)).items():
            cost = self._day.cost(number)
            if cost is None:
                return None
            total += cost * quantity
        return total

    def _share(self, spend: Fraction | None) -> Fraction | None:
        """Spend in percent of the product's main material cost."""
        product = self._walk.product
        total = self._day.total[product]
        if spend is None or not total or self._day.weights[product] is None:
            return None
        return spend * PERCENT * self._day.scale[product] / total

    @cached_property
    def traded(self) -> list[dict[str, Any]]:
        """Parts made abroad that an IKM makes or sells: they lift nothing."""
        found = []
        for number in self._candidates(made_in_indonesia=False):
            part = self._day.parts[number]
            for supplier in dict.fromkeys((part.made_by, part.supplier)):
                if supplier is not None and self._sizes[supplier].scale in IKM_SCALES:
                    spend = text(two_places(self._spend([number])))
                    scale = self._sizes[supplier].scale
                    found.append(
                        {"part": part.id, "supplier": supplier, "scale": scale, "made_in": part.made_in, "spend": spend}
                    )
                    break
        return found

    @cached_property
    def small_industries(self) -> int:
        """Count the small industries (Pasal 1(9)) with parts in the bill, for the partnership factor of BMP (Pasal 21)."""
        makers = {self._day.parts[number].made_by for number in self._candidates(made_in_indonesia=True)}
        law, rates = self.assessment.regulation, self._day.rates
        return sum(
            small_industry(each, rates, law).small is True
            for each in self.assessment.bom.suppliers
            if each.id in makers
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data."""
        base = self._walk.base.on(self.basis)
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
                "traded": self.traded,
                "small_industries": self.small_industries,
                "gaps": [gap.to_dict() for gap in self.assessment.gaps if "lift" in gap.affects],
                "provenance": self.assessment.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Any:
        """The rows as a data frame of pandas, polars or pyarrow; spend in rupiah, share and lift as exact decimals.

        Raises `UsageError` (`backend-unknown`), `MissingExtraError` where a library is not installed.
        """
        from tkdn.display.frames import frame_of_records

        texts = ("part", "name", "supplier", "scale", "region") if self.by == "part" else ("key", "parts")
        rows = [row.to_dict() for row in self.rows]
        return frame_of_records(rows, backend, (*texts, "status"), ("spend", "share", "lift", "without"))

    @property
    def plot(self) -> Chart[LiftRow | GroupRow]:
        """A chart of what lifts: `plot()` gives a figure of plotly (extra `plot`), `plot.frame()` the data behind it."""
        chart: Chart[LiftRow | GroupRow] = door("chart of a lift")(self)
        return chart

    def __repr__(self) -> str:
        joint = text(two_places(self.joint.lift))
        return (
            f"<Lift of {self.assessment.product!r} by {self.by} on {self.basis}: {len(self.rows)} rows, joint {joint}>"
        )


def _order(effect: Effect, spend: Fraction | None, name: str) -> tuple[object, ...]:
    return effect.lift is not None, falling(effect.lift or Fraction(0)), falling(spend or Fraction(0)), name


def lift(assessment: Assessment, *, basis: Basis = "score", by: By = "part") -> Lift:
    """The lift of every part made in Indonesia by small or medium industry.

    `basis`: "score" (as the law credits today) or "potential". `by`: "part", or a group taken abroad together: "supplier",
    "scale", "region" (of the maker). Lifts are points of the basis. Raises `UsageError` for another basis or group.
    """
    assessment = assessed(assessment)
    if basis not in BASES:
        raise UsageError([Problem("basis-unknown", f"no basis {basis!r}", f"choose one of {', '.join(BASES)}")])
    if by not in BYS:
        raise UsageError(
            [Problem("group-unknown", f"lift cannot be grouped by {by!r}", f"choose one of {', '.join(BYS)}")]
        )
    if not isinstance(assessment, GoodsAssessment):
        message = f"lift is defined for the credits of 35/2025, not for {assessment.regulation.id}"
        raise UsageError([Problem("lift-not-for-method", message, "assess under permenperin-35-2025")])
    return Lift(assessment, basis, by)
