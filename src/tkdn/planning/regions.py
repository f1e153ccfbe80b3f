"""The regional lens: the regions in which parts are made, the spend there, and the points that come from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.result import assessed
from tkdn.assessment.rounding import text, two_places
from tkdn.bom.number import to_decimal
from tkdn.bom.region import region
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.outputs import headed
from tkdn.planning.reckoning import NOTHING, ikm_parts, made_here, spend_on

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment

MONTHS = 12
Figure = Decimal | int | str
TEXTS = ("region", "name", "level", "suppliers", "ikm_suppliers")
FIGURES = ("spend", "ikm_spend", "points", "jobs")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A regency, city or province: `region` is its code, None for makers whose region the bill does not give.

    For the volume (one vehicle if none is given): `spend` is rupiah for parts made there, parts inside another of them left
    out, `ikm_spend` that of it for parts of small and medium industry. `points` are those of the score that the lines made
    there give. `jobs`: direct workers for a year, only of parts whose workers and yearly capacity are known (`counted` of
    them); None if there is none.
    """

    region: str | None
    level: str
    parts: tuple[str, ...]
    suppliers: tuple[str, ...]
    ikm_suppliers: tuple[str, ...]
    spend: Fraction
    ikm_spend: Fraction
    points: Fraction
    jobs: Fraction | None
    counted: int

    @property
    def name(self) -> str | None:
        """Name of the region, or None if its code is not known."""
        return None if self.region is None else region(self.region).name

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data: rupiah, points and heads as strings with two decimals."""
        figures = {key: text(two_places(getattr(self, key))) for key in FIGURES}
        lists = {key: list(getattr(self, key)) for key in ("parts", "suppliers", "ikm_suppliers")}
        return {
            "region": self.region,
            "name": self.name,
            "level": self.level,
            **lists,
            **figures,
            "counted": self.counted,
        }


class Regions(Viewed):
    """The rows of all regions, provinces after regencies, most spend first; see `regions`."""

    def __init__(self, assessment: GoodsAssessment, volume: Decimal | None, capacity: Mapping[str, Fraction]) -> None:
        """Group the parts by the region of their maker; see `regions` for the arguments."""
        self.assessment, self.volume, self._capacity = assessment, volume, capacity
        self._ikm = frozenset(ikm_parts(assessment))
        self._places = {firm.id: firm.region for firm in assessment.bom.suppliers}
        here: dict[str | None, set[int]] = defaultdict(set)
        provinces: dict[str | None, set[int]] = defaultdict(set)
        for each in (*made_here(assessment), *self._product()):
            code = self._places[assessment.day.parts[each].made_by or ""]
            here[code].add(each)
            provinces[code and code[:2]].add(each)
        self.rows = [*self._rows(here, "regency"), *self._rows(provinces, "province")]

    def _product(self) -> list[int]:
        """Return the product, if the bill names its maker: its workers count, it is not spent on."""
        product = self.assessment.day.product
        return [product] if self.assessment.day.parts[product].made_by else []

    def _rows(self, groups: Mapping[str | None, set[int]], level: str) -> list[RegionRow]:
        rows = [self._row(code, sorted(group), level) for code, group in groups.items()]
        return sorted(rows, key=lambda row: (row.region is None, -row.spend, row.region or ""))

    def _row(self, code: str | None, numbers: list[int], level: str) -> RegionRow:
        day = self.assessment.day
        times = Fraction(1 if self.volume is None else self.volume)
        bought = frozenset(numbers) - {day.product}
        makers = {day.parts[each].made_by or "" for each in numbers}
        small = {day.parts[each].made_by or "" for each in bought & self._ikm}
        jobs = [heads for each in numbers if (heads := self._heads(each)) is not None]
        components = self.assessment.components
        points = (components[day.parts[each].id].exact.get("points") or NOTHING for each in bought)
        return RegionRow(
            code,
            level,
            tuple(day.parts[each].id for each in numbers),
            tuple(sorted(makers)),
            tuple(sorted(small)),
            times * spend_on(self.assessment, bought),
            times * spend_on(self.assessment, bought & self._ikm),
            sum(points, NOTHING),
            times * sum(jobs, NOTHING) if jobs else None,
            len(jobs),
        )

    def _heads(self, each: int) -> Fraction | None:
        """Return the Indonesian workers for a year who make what one vehicle takes of a part, or None if not known."""
        part = self.assessment.day.parts[each]
        made = part.production
        if made is None or made.indonesian_workers is None:
            return None
        yearly = self._capacity.get(part.id)
        if yearly is None and made.normal_capacity is not None:
            yearly = Fraction(made.normal_capacity) * MONTHS
        return None if yearly is None else self.assessment.day.quantities[each] * made.indonesian_workers / yearly

    def row(self, code: str | None) -> RegionRow | None:
        """Return the row of a region by its code, or None if nothing is made there."""
        return next((row for row in self.rows if row.region == code), None)

    def __iter__(self) -> Iterator[RegionRow]:
        """Iterate over the rows."""
        return iter(self.rows)

    def to_dict(self) -> dict[str, Any]:
        """Return the rows as plain data: rupiah, points and heads as strings with two decimals."""
        return headed(
            "tkdn-regions",
            {
                "product": self.assessment.product,
                "volume": text(self.volume),
                "rows": [row.to_dict() for row in self.rows],
                "provenance": self.assessment.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the rows as a data frame of pandas, polars or pyarrow, numbers as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        return frame_of_records([row.to_dict() for row in self.rows], backend, TEXTS, FIGURES)


def regions(
    assessment: Assessment, *, volume: Figure | None = None, capacity: Mapping[str, Figure] | None = None
) -> Regions:
    """Return spend, points, suppliers and direct jobs by regency and province of the makers.

    Jobs are Indonesian workers x what the vehicles take / what they make a year; if workers or capacity are not known, there is
    no figure. Spend of several regions does not add up: what a firm buys in another region is in both.

    Args:
        assessment: under the credits of Permenperin 35/2025.
        volume: vehicles a year that spend and jobs are for; default one vehicle.
        capacity: units a year that the stated workers of a part make, by part; default twelve times its monthly
            `normal_capacity`.

    Returns:
        Rows of regencies and cities, then of provinces, most spend (rupiah) first.

    Raises:
        UsageError: `volume-out-of-range`, `capacity-out-of-range`, `part-unknown`, `plan-not-for-method`.

    >>> from tkdn import Bom, assess
    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID", "supplier": "S"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}],
    ...     "suppliers": [{"id": "S", "scale": "small", "region": "32.13"}]})
    >>> row = regions(assess(bom), volume=100).rows[0]
    >>> row.name, int(row.spend), row.ikm_suppliers, row.jobs
    ('Kabupaten Subang', 30000000, ('S',), None)
    """
    assessment = assessed(assessment)
    if not isinstance(assessment, GoodsAssessment):
        message = f"regions are shown for the credits of 35/2025, not for {assessment.regulation.id}"
        raise UsageError([Problem.worded("plan-not-for-method", message, "assess under permenperin-35-2025")])
    yearly: dict[str, Fraction] = {}
    for id_, units in (capacity or {}).items():
        assessment.bom.graph.index_of(id_)
        yearly[id_] = Fraction(_above_zero(f"capacity of {id_}", units, "capacity-out-of-range"))
    vehicles = None if volume is None else _above_zero("volume", volume, "volume-out-of-range")
    return Regions(assessment, vehicles, yearly)


def _above_zero(name: str, value: Figure, code: str) -> Decimal:
    try:
        found = to_decimal(value)
    except PydanticCustomError:
        found = Decimal(0)
    if found <= 0:
        raise UsageError(
            [Problem.worded(code, f"{name} {str(value)[:40]!r} cannot be computed with", "write a number above 0")]
        )
    return found
