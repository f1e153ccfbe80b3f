"""Goods by weighted factors with credited components: Permenperin 35/2025 Pasal 4-12, Lampiran I and II.

    TKDN = weight x material + weight x labour + weight x overhead  (+ brainware, together at most the limit)

Knows numbers and the regulation's values, not bills. Percentages are exact: integers or Fractions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, overload

from tkdn.exact import EXACT
from tkdn.law.industrial_services import industrial_service
from tkdn.law.regulation import LadderRow, Regulation, Value
from tkdn.method.score import PointsLine, ScoreTerms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FACTORS = ("material", "labour", "overhead")
BRAINWARE_FACTS = ("rd_share_of_revenue", "rd_unit", "rd_programme", "rd_used_in_product")
PERCENT = 100
HUNDREDTH = Decimal("0.01")
"""Last place of the figure that a certificate prints."""

BrainwareFact = Decimal | str | bool


def first_above(row: LadderRow) -> Decimal:
    """Return the least percentage of two decimals that passes a row of a ladder with the test `over` or `at_least`.

    >>> first_above(LadderRow("100", "over", Decimal(40), "")), first_above(LadderRow("50", "at_least", Decimal(25), ""))
    (Decimal('40.01'), Decimal('25'))
    """
    return EXACT.add(row.limit, HUNDREDTH) if row.test == "over" else row.limit


def hs_line(code: str | None, digits: int) -> str:
    """Return the first digits of an HS code, or an empty text if there is none.

    >>> hs_line("8708.29.95.90", 8), hs_line(None, 8)
    ('87082995', '')
    """
    return "".join(filter(str.isdigit, code or ""))[:digits]


@dataclass(frozen=True)
class GoodsRules:
    """The values of a goods regulation on a date, ready to compute with; every one is looked up in the regulation."""

    regulation: Regulation
    on: date
    year: int | None = None

    def value(self, key: str) -> Value:
        """Return the value of a parameter on the date, or in the calculation year."""
        return self.regulation.value(key, self.on, self.year)

    @cached_property
    def _percents(self) -> dict[str, Fraction]:
        return {}

    def percent(self, key: str) -> Fraction:
        """Return a percentage of the law, exactly; looked up once."""
        known = self._percents
        if key not in known:
            known[key] = Fraction(self.value(key).number)
        return known[key]

    @cached_property
    def _credits(self) -> dict[str, int]:
        return {}

    def credit(self, key: str) -> int:
        """Return a credit of the law in whole percent; looked up once."""
        known = self._credits
        if key not in known:
            known[key] = int(self.value(key).number)
        return known[key]

    @cached_property
    def weights(self) -> tuple[Fraction, Fraction, Fraction]:
        """Weights of material, labour and overhead, in percent (Pasal 4(1))."""
        material, labour, overhead = (self.percent(f"weight.{factor}") for factor in FACTORS)
        return material, labour, overhead

    @cached_property
    def judged_by_country(self) -> bool:
        """True if "all raw material domestic" looks one level down, by country; else down the bill (Lampiran I.2.a)."""
        return self.value("raw_material_test").value == "country"

    @cached_property
    def shares_of_all(self) -> bool:
        """True if a main component's share is taken of the cost of all components, not of the main ones (Pasal 5(1))."""
        return self.value("material_total").value == "all"

    @cached_property
    def opened_by_main(self) -> bool:
        """True if only a domestic main component opens the calculation, not any component (Pasal 9(2)a)."""
        return self.value("domestic_line_test").value == "main"

    @property
    def walks_by_arrays(self) -> bool:
        """True if the array walk knows this reading of the law; others are walked by exact numbers."""
        return not (self.shares_of_all or self.opened_by_main)

    @staticmethod
    def is_service(kbli: str | None) -> bool:
        """Return True if a KBLI is an industrial service on metal or machines (Pasal 16, Lampiran III)."""
        service = None if kbli is None else industrial_service(kbli)
        return service is not None and service.metal

    @cached_property
    def services_produce(self) -> bool:
        """True if a component of a maker with such a KBLI is made by an industrial company (Pasal 5(2)b.2)."""
        return self.value("service_kbli_test").value == "goods"

    @cached_property
    def judged_by_activity(self) -> bool:
        """True if a component that is only packed, dismantled or finished is not produced (Pasal 5(2)b.3)."""
        return self.value("production_test").value == "activity"

    def produced(self, activity: bool | None, kbli: str | None) -> bool | None:
        """Return True if a component counts as produced by an industrial company; None if a fact is missing.

        Pasal 5(2)b.2 and b.3: a maker with a KBLI of industrial services, or an activity that is no production, does not.

        Args:
            activity: True if its activity lets TKDN be calculated, see `calculable`.
            kbli: KBLI of its maker.
        """
        if not self.services_produce and self.is_service(kbli):
            return False
        return activity if self.judged_by_activity else True

    @cached_property
    def limit(self) -> Fraction:
        """The most that TKDN can be, in percent (Pasal 12)."""
        return self.percent("limit.total")

    def certificate_credit(self, tkdn: Decimal | Fraction) -> int:
        """Return the credit in percent of a component whose certificate has this value in percent (Pasal 5(2)a)."""
        return int(self.value("credit.certificate").row(tkdn).value)

    @cached_property
    def _hundredths(self) -> tuple[list[int], list[int]]:
        """The ladder of Pasal 5(2)a for values in whole hundredths of a percent: first value of each row, and its credit."""
        rows = [*reversed(self.value("credit.certificate").rows)]
        return [int(first_above(row).scaleb(2, EXACT)) for row in rows], [int(row.value) for row in rows]

    @property
    def bands(self) -> tuple[list[int], list[int]]:
        """The ladder of certificates in hundredths of a percent: first value of each row, from the lowest, and its credit."""
        return self._hundredths

    def band(self, hundredths: int) -> int:
        """Return the credit of a value given in hundredths of a percent, as a certificate prints it."""
        firsts, earned = self._hundredths
        return earned[bisect_right(firsts, hundredths) - 1]

    @cached_property
    def _own_terms(self) -> tuple[int, int, int, int]:
        """Weights of material, labour, overhead as integers over one denominator."""
        scale = lcm(*(weight.denominator for weight in self.weights))
        material, labour, overhead = (int(weight * scale) for weight in self.weights)
        return material, labour, overhead, scale

    def own_hundredths(
        self, credited: int, total: int, labour: Fraction, overhead: Fraction, brainware: Fraction
    ) -> int:
        """Return TKDN of a good in hundredths of a percent, rounded half up as a certificate prints it (Pasal 4, 10, 12).

        Args:
            credited: the sum over main lines of cost x credit (percent).
            total: the sum of their cost, in the same unit.
            labour: in percent, as `overhead`.
            overhead: in percent.
            brainware: in points.
        """
        # In integers for speed (benchmarks/test_walk.py): without brainware, and with a limit of 100, nothing is cut off before
        # rounding, so that the quotient can be rounded at once.
        if labour.denominator == overhead.denominator == 1 and not brainware and self.limit == PERCENT:
            material, by_labour, by_overhead, scale = self._own_terms
            top = material * credited + (by_labour * int(labour) + by_overhead * int(overhead)) * total
            bottom = scale * total
            return min((2 * top + bottom) // (2 * bottom), PERCENT * PERCENT)
        exact, _ = self.total(Fraction(credited, total), labour, overhead, brainware)
        return (2 * exact.numerator * PERCENT + exact.denominator) // (2 * exact.denominator)

    def total(
        self, material: Fraction, labour: Fraction, overhead: Fraction, brainware: Fraction
    ) -> tuple[Fraction, Fraction]:
        """Return TKDN in percent, and the points taken off by the limit (Pasal 4, 10, 12); all arguments in percent."""
        points = self.terms.material * material + self.beside(labour, overhead, brainware)
        found = self.terms.capped(points)
        return found, points - found

    def good(self, factors: tuple[Fraction, Fraction, Fraction], credited: int, total: int) -> Fraction:
        """Return TKDN of a good in percent, exactly.

        Args:
            factors: Labour and overhead in percent, brainware in points.
            credited: Sum over its main lines of cost x credit (percent).
            total: Sum of cost, in the same integers.
        """
        found: Fraction = self.terms.total(Fraction(credited, total), self.beside(*factors))
        return found

    def line(self, total: int, labour: Fraction, overhead: Fraction, brainware: Fraction) -> PointsLine:
        """Return `total` over the credited cost of a good: one division for each of thousands of moves.

        See benchmarks/opportunities.py.

        Args:
            total: cost that the shares of its main lines are taken of.
            labour: in percent, as `overhead`.
            overhead: in percent.
            brainware: in points.
        """
        by_material, beside = self.terms.material, self.beside(labour, overhead, brainware)
        return PointsLine(
            by_material.numerator * beside.denominator,
            beside.numerator * by_material.denominator * total,
            by_material.denominator * beside.denominator * total,
            self.limit,
        )

    @cached_property
    def terms(self) -> ScoreTerms:
        """The formula of the score in exact fractions."""
        material, labour, overhead = self.weights
        return ScoreTerms(material / PERCENT, labour / PERCENT, overhead / PERCENT, self.limit)

    @cached_property
    def float_terms(self) -> ScoreTerms:
        """The formula of the score in floats."""
        material, labour, overhead = (float(weight) / PERCENT for weight in self.weights)
        return ScoreTerms(material, labour, overhead, float(self.limit))

    @cached_property
    def _known_other_points(self) -> dict[tuple[Fraction, Fraction, Fraction], Fraction]:
        return {}

    def beside(self, labour: Fraction, overhead: Fraction, brainware: Fraction) -> Fraction:
        """Return the points that are not of material, kept: thousands of moves ask for the same (benchmarks/opportunities.py)."""
        key, known = (labour, overhead, brainware), self._known_other_points
        if key not in known:
            known[key] = self.terms.beside(labour, overhead, brainware)
        return known[key]

    def labour_rule(self, factory: str | None, indonesian: int | None, foreign: int | None) -> str | None:
        """Return the parameter that values direct labour, or None if a figure is missing (Pasal 6).

        Too few Indonesian citizens give the same value in any factory (Pasal 6d), so then the factory need not be known.

        Args:
            factory: own, partner_factory or outsourced (Pasal 6a to c).
            indonesian: direct workers who are Indonesian citizens.
            foreign: other direct workers.
        """
        if indonesian is None or foreign is None or not indonesian + foreign:
            return None
        if self.too_few_indonesian(indonesian, foreign):
            return "labour.below"
        return factory and f"labour.{factory}"

    @overload
    def too_few_indonesian(self, indonesian: int, foreign: int) -> bool: ...

    @overload
    def too_few_indonesian(self, indonesian: NDArray[np.int64], foreign: NDArray[np.int64]) -> NDArray[np.bool_]: ...

    def too_few_indonesian(
        self, indonesian: int | NDArray[np.int64], foreign: int | NDArray[np.int64]
    ) -> bool | NDArray[np.bool_]:
        """Return True if fewer of the direct workers are Indonesian citizens than the law asks for (Pasal 6).

        Args:
            indonesian: one number, or an array of numbers of many goods.
            foreign: as many numbers.

        Returns:
            One answer, or an array of them; in integers, so no rounding decides at the edge.
        """
        least = self.percent("labour.indonesian_share")
        return indonesian * (PERCENT * least.denominator) < least.numerator * (indonesian + foreign)

    def overhead_rule(self, factory: str | None, invested: bool | None) -> str | None:
        """Return the parameter that values factory overhead, or None if a fact is missing (Pasal 7)."""
        if invested is False:
            return "overhead.not_invested"
        return factory and f"overhead.{factory}" if invested else None

    def calculable(self, activity: str, tariff_line_changed: bool | None = None) -> bool | None:
        """Return True if TKDN may be calculated for a good of this activity (Pasal 9); None if a fact is missing."""
        if self.asks_tariff_line(activity):
            return tariff_line_changed
        return self._calculable(activity) == "yes"

    def asks_tariff_line(self, activity: str) -> bool:
        """Return True if a good of this activity may be calculated only if the tariff line changes (Pasal 9(2)c)."""
        return self._calculable(activity) == "if_tariff_line_changed"

    def _calculable(self, activity: str) -> object:
        """Return the law's answer for an activity, kept: it is asked of every good (Pasal 9)."""
        known = self._known_calculable
        if activity not in known:
            known[activity] = self.value(f"calculable.{activity}").value
        return known[activity]

    @cached_property
    def _known_calculable(self) -> dict[str, object]:
        return {}

    def tariff_line_differs(self, code: str | None, lines: Iterable[str | None]) -> bool | None:
        """Return True if making a good of main components changes the tariff line, by HS codes (Pasal 9(2)c).

        False if a component has the same tariff line, True if every one has another, None if the codes do not say: those
        shorter than a tariff line say so only if they differ.

        Args:
            code: HS code of the good, of 4 to 10 digits, with or without points.
            lines: HS codes of its main components.
        """
        whole = int(self.value("tariff_line.digits").number)
        good = hs_line(code, whole)
        differs: list[bool | None] = []
        for each in lines:
            line = hs_line(each, whole)
            common = min(len(good), len(line))
            if good[:common] != line[:common]:
                differs.append(True)
            else:
                differs.append(False if common == whole else None)
        if False in differs:
            return False
        return True if differs and None not in differs else None

    def brainware_rule(self, fact: str, value: BrainwareFact) -> tuple[str, LadderRow | None]:
        """Return the parameter that gives the criterion of one brainware fact, and its row if it is a ladder (Lampiran II).

        A share of revenue is a share of one; the ladder is in percent.
        """
        if isinstance(value, Decimal):
            key = f"brainware.{fact}.criterion"
            return key, self.value(key).row(Fraction(value) * PERCENT)
        return f"brainware.{fact}.{('yes' if value else 'no') if isinstance(value, bool) else value}", None

    def brainware_criterion(self, fact: str, value: BrainwareFact) -> Fraction:
        """Return the criterion of one brainware fact in percent (Lampiran II.A)."""
        key, row = self.brainware_rule(fact, value)
        return self.percent(key) if row is None else Fraction(row.value)

    def brainware(self, facts: Mapping[str, BrainwareFact]) -> Fraction:
        """Return the value of brainware in percent: the criteria met, weighted (Pasal 11(1)); facts not given add nothing."""
        values = (
            self.percent(f"brainware.{fact}.weight") * self.brainware_criterion(fact, value)
            for fact, value in facts.items()
        )
        return sum(values, Fraction(0)) / PERCENT

    def brainware_points(self, value: Fraction) -> Fraction:
        """Return points that a brainware value adds (Pasal 10(2))."""
        return self.percent("brainware.most") * value / PERCENT
