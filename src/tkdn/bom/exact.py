"""Exact ratios of integers, and the limits of exact work: how long they may be, and what they are rounded to beyond.

The lines of a good are brought to one denominator. It has as many digits as the distinct denominators of its lines have together,
so that a few hundred lines with scrap of five decimals make it thousands of digits long. Long ones cost time:

- Up to `DIGITS` everything is exact. A greatest common divisor of numbers of 1,000 digits takes about 20 microseconds, and a
  figure takes a few of them: below a second for 10,000 lines.
- Up to `MAX_DIGITS` a bill is exact if that is asked for. One of 20,000 digits takes about 5 milliseconds, and the weights of
  10,000 lines 10,000 x 8.3 kB = 83 MB: seconds, and far below 1 GB.
- A rounded ratio has `KEPT` digits more than the bound of the range (10^60) needs, so its relative error is below
  10^-120. Sums of costs and quantities have no negative terms, so they keep it; a chain adds one error a step. Bills hold fewer
  than 10^9 steps, hence every rounded figure is within 10^-`SURE` of the exact one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm, log2

DIGITS = 1_000
MAX_DIGITS = 20_000
KEPT = 180
SURE = 100
_BITS_OF_A_DIGIT = log2(10)
_SHORT = 10**KEPT

Ratio = tuple[int, int]


class TooLongError(Exception):
    """A denominator has more digits than asked for."""


def bits(digits: int) -> int:
    """Return how many bits a number of so many digits has."""
    return int(digits * _BITS_OF_A_DIGIT)


def common_denominator(downs: Iterable[int], most: int) -> int:
    """Return the least common multiple of some denominators.

    Raises:
        TooLongError: It has more than `most` bits. Found before any sum is made.
    """
    scale = 1
    for down in dict.fromkeys(downs):
        if scale % down:
            scale = lcm(scale, down)
            if scale.bit_length() > most:
                raise TooLongError
    return scale


def add(first: Ratio, second: Ratio) -> Ratio:
    """Return the sum of two ratios in lowest terms."""
    up, down = first[0] * second[1] + second[0] * first[1], first[1] * second[1]
    common = gcd(up, down)
    return up // common, down // common


def total_of(ratios: Sequence[Ratio], most: int | None = None) -> Fraction:
    """Return the sum of some ratios: over one denominator, which is much faster than adding fractions.

    Raises:
        TooLongError: That denominator has more than `most` bits.

    >>> total_of([(1, 2), (1, 3)])
    Fraction(5, 6)
    """
    downs = [down for _, down in ratios]
    scale = lcm(*downs) if most is None else common_denominator(downs, most)
    return Fraction(sum(up * (scale // down) for up, down in ratios), scale)


def rounded(ratio: Ratio) -> Ratio:
    """Return the ratio with a power of ten as its denominator: exact if it is that short, else rounded down.

    >>> rounded((1, 8)) == (125 * 10**177, 10**180)
    True
    """
    up, down = ratio
    if down in (1, _SHORT):
        return ratio
    scale, missing = _SHORT, (down.bit_length() - up.bit_length()) - bits(KEPT - SURE - 20)
    if missing > 0:  # below the range of costs: a quantity deep in the bill
        scale *= 10 ** int(missing / _BITS_OF_A_DIGIT + 1)
    return up * scale // down, scale
