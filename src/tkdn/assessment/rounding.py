"""Output: exact figures as people read them. Rounded half up, once, at the end."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import overload

from tkdn.exact import EXACT


@overload
def two_places(value: None) -> None: ...
@overload
def two_places(value: Fraction) -> Decimal: ...
def two_places(value: Fraction | None) -> Decimal | None:
    """Return an exact value with two decimals, half up (away from zero).

    >>> two_places(Fraction(27525, 1000)), two_places(Fraction(-1, 3)), two_places(None)
    (Decimal('27.53'), Decimal('-0.33'), None)
    """
    if value is None:
        return None
    return of_hundredths(_hundredths(value))


def _hundredths(value: Fraction) -> int:
    """Return an exact value in hundredths, half up (away from zero)."""
    top, bottom = value.numerator, value.denominator
    hundredths = (200 * abs(top) + bottom) // (2 * bottom)
    return hundredths if top >= 0 else -hundredths


def of_hundredths(value: int) -> Decimal:
    """Return whole hundredths as a decimal with two places, exactly, whatever its size.

    >>> of_hundredths(2752)
    Decimal('27.52')
    """
    return Decimal(value).scaleb(-2, EXACT)


def text(value: Decimal | None) -> str | None:
    """Return a number in plain digits, or None."""
    return None if value is None else format(value, "f")


class _Larger:
    """An exact value that sorts before smaller ones; compared only if asked."""

    __slots__ = ("value",)

    def __init__(self, value: Fraction) -> None:
        self.value = value

    def __lt__(self, other: _Larger) -> bool:
        return self.value > other.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Larger) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)


def falling(value: Fraction) -> tuple[float, _Larger]:
    """Return a sort key that puts the largest first.

    A float rounds in order, or is infinite, and compares much faster than a long ratio; the ratio decides between equal floats.

    >>> sorted([Fraction(1, 3), Fraction(2), Fraction(1, 2)], key=falling)
    [Fraction(2, 1), Fraction(1, 2), Fraction(1, 3)]
    """
    try:
        return -float(value), _Larger(value)
    except OverflowError:
        return -inf if value > 0 else inf, _Larger(value)


MAX_PLAIN = 10**4000
"""Below, `str` prints an integer; above, Python refuses very long ones."""


def printed(value: Fraction | None) -> str | None:
    """Return an exact value as text with two decimals, as `text(two_places(value))` does, or None.

    >>> printed(Fraction(27525, 1000)), printed(Fraction(-1, 3)), printed(Fraction(-1, 300)), printed(None)
    ('27.53', '-0.33', '0.00', None)
    """
    if value is None:
        return None
    hundredths = _hundredths(value)
    whole, rest = divmod(abs(hundredths), 100)
    digits = str(whole) if whole < MAX_PLAIN else f"{Decimal(whole):f}"
    return f"{'-' if hundredths < 0 else ''}{digits}.{rest:02}"


def ratio(value: Fraction | None) -> str | None:
    """Return an exact fraction as "n/d", or None; of any length, which `str` of an integer is not.

    >>> ratio(Fraction(-11, 4)), len(ratio(Fraction(10**5000)) or "")
    ('-11/4', 5003)
    """
    return None if value is None else f"{Decimal(value.numerator):f}/{Decimal(value.denominator):f}"


SHORT = 40
"""Digits of numerator and denominator up to which the exact figure of a component is printed."""
_LONG = 10**SHORT


def short_ratio(value: Fraction | None) -> str | None:
    """Return an exact fraction as "n/d", or None if one of the two has more than 40 digits.

    >>> short_ratio(Fraction(275, 4)), short_ratio(Fraction(1, 10**40))
    ('275/4', None)
    """
    return None if value is None or abs(value.numerator) >= _LONG or value.denominator >= _LONG else ratio(value)


def without_long_ratios(document: object) -> object:
    """Return plain data with null for every "n/d" that is not short.

    Of a bill whose ratios are rounded only short ones are exact.
    """
    if isinstance(document, dict):
        return {key: without_long_ratios(value) for key, value in document.items()}
    if isinstance(document, list):
        return [without_long_ratios(value) for value in document]
    if isinstance(document, str) and len(document) > SHORT and re.fullmatch(r"-?\d+/\d+", document, re.ASCII):
        up, _, down = document.lstrip("-").partition("/")
        return document if len(up) <= SHORT and len(down) <= SHORT else None
    return document
