"""Output: exact figures as people read them. Rounded half up, once, at the end."""

from __future__ import annotations

from decimal import Decimal
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
    top, bottom = abs(value.numerator) * 100, value.denominator
    hundredths = (2 * top + bottom) // (2 * bottom)
    return of_hundredths(hundredths if value >= 0 else -hundredths)


def of_hundredths(value: int) -> Decimal:
    """Whole hundredths as a decimal with two places, exactly, whatever its size.

    >>> of_hundredths(2752)
    Decimal('27.52')
    """
    sign, digits, _ = Decimal(value).as_tuple()
    return Decimal((sign, digits, -2))


def text(value: Decimal | None) -> str | None:
    """Plain digits, or None."""
    return None if value is None else format(value, "f")


def ratio(value: Fraction | None) -> str | None:
    """An exact fraction as "n/d", or None."""
    return None if value is None else f"{value.numerator}/{value.denominator}"
