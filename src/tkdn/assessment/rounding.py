"""Output: exact figures as people read them. Rounded half up, once, at the end."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import overload


@overload
def two_places(value: None) -> None: ...
@overload
def two_places(value: Fraction) -> Decimal: ...
def two_places(value: Fraction | None) -> Decimal | None:
    """An exact value with two decimals, half up (away from zero).

    >>> two_places(Fraction(27525, 1000)), two_places(Fraction(-1, 3)), two_places(None)
    (Decimal('27.53'), Decimal('-0.33'), None)
    """
    if value is None:
        return None
    top, bottom = value.numerator, value.denominator
    hundredths = (200 * abs(top) + bottom) // (2 * bottom)
    return of_hundredths(hundredths if top >= 0 else -hundredths)


_WHOLE = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Rounds nothing."""


def of_hundredths(value: int) -> Decimal:
    """Whole hundredths as a decimal with two places, exactly, whatever its size.

    >>> of_hundredths(2752)
    Decimal('27.52')
    """
    return Decimal(value).scaleb(-2, _WHOLE)


def text(value: Decimal | None) -> str | None:
    """Plain digits, or None."""
    return None if value is None else format(value, "f")


def ratio(value: Fraction | None) -> str | None:
    """An exact fraction as "n/d", or None."""
    return None if value is None else f"{value.numerator}/{value.denominator}"
