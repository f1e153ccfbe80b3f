"""Size classes of firms: PP 7/2021 Pasal 35 by capital or yearly sales, Permenperin 64/2016 by workers and investment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from tkdn.days import day_of
from tkdn.errors import Problem, UsageError
from tkdn.exact import EXACT
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import regulation

FIRMS, INDUSTRY = "pp-7-2021", "permenperin-64-2016"
SMALL_INDUSTRY = "small_industry.capital"
"""The parameter of 35/2025 that says who is a small industry."""
Amount = Decimal | int | str


@dataclass(frozen=True, slots=True)
class FirmSize:
    """A size class, the facts it follows from, and the article that says so; `confidence` of that value of law."""

    scale: str
    basis: str
    law: str
    article: str
    confidence: str
    note: str


def firm_size(
    *,
    workers: int | None = None,
    investment: Amount | None = None,
    capital: Amount | None = None,
    sales: Amount | None = None,
    on: date | str,
) -> list[FirmSize]:
    """Return the size classes that a firm's figures give on a day, one for each law that classes by them.

    Args:
        workers: people (Permenperin 64/2016, with `investment`).
        investment: rupiah (Permenperin 64/2016, with `workers`).
        capital: rupiah without land and buildings (PP 7/2021 Pasal 35).
        sales: rupiah in a year (PP 7/2021 Pasal 35).
        on: the day.

    Raises:
        UsageError: `option-invalid` if a figure is not a number of 0 or more, if workers and investment are not given
            together, or if nothing is given; `date-invalid` if the day is none.
        RegulationError: `regulation-no-value` before a law was in force.

    >>> found = firm_size(workers=12, investment="800000000", sales="3000000000", on="2026-06-01")
    >>> [(size.scale, size.law) for size in found]
    [('small', 'PP 7/2021'), ('small', 'Permenperin 64/2016')]
    """
    given = {"capital": capital, "sales": sales, "investment": investment, "workers": workers}
    figures = {key: _figure(key, value) for key, value in given.items() if value is not None}
    if ("workers" in figures) != ("investment" in figures):
        raise _invalid("size_together")
    if not figures:
        raise _invalid("size_missing")
    return list(_sizes(figures, day_of(on)))


def is_small_industry(capital: Decimal | Fraction, law: Regulation, on: date) -> bool:
    """Return True if a firm of this capital is a small industry (35/2025 Pasal 1(9)).

    Args:
        capital: Rupiah, without land and buildings.
        law: The regulation that says who is small.
        on: The day of the assessment.

    Raises:
        RegulationError: `regulation-no-value` if the law says nothing on that day.

    >>> law, day = regulation("permenperin-35-2025"), date(2026, 6, 1)
    >>> is_small_industry(Decimal("5000000000"), law, day), is_small_industry(Decimal("5000000001"), law, day)
    (True, False)
    """
    return Fraction(capital) <= Fraction(law.value(SMALL_INDUSTRY, on).number)


def _sizes(figures: dict[str, Decimal], on: date) -> Iterator[FirmSize]:
    """Yield the size by PP 7/2021 Pasal 35 (capital or sales) and by Permenperin 64/2016 (workers and investment)."""
    firms = regulation(FIRMS)
    for key in ("capital", "sales"):
        if key in figures:
            yield _size(firms, f"scale.{key}", figures[key], key, on)
    if "workers" in figures:
        industry = regulation(INDUSTRY)
        ladder = industry.value("scale.workers", on).row(figures["workers"]).value
        yield _size(industry, f"scale.investment.{ladder}", figures["investment"], "workers, investment", on)


def _size(law: Regulation, key: str, figure: Decimal, basis: str, on: date) -> FirmSize:
    """Return the size that one ladder gives: of PP 7/2021 Pasal 35, or of Permenperin 64/2016."""
    value = law.value(key, on)
    row = value.row(figure)
    return FirmSize(str(row.value), basis, law.name, row.article, value.confidence, value.note)


def _figure(key: str, value: Amount) -> Decimal:
    try:
        number = EXACT.create_decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0 or (key == "workers" and number != int(number)):
        raise _invalid("size_workers" if key == "workers" else "size_rupiah", figure=key, value=value)
    return number


def _invalid(case: str, **values: object) -> UsageError:
    return UsageError([Problem("option-invalid", values, case=case)])
