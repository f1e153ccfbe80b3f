"""Figures near a legal edge or half a hundredth, decided for a bill whose ratios are rounded (see `tkdn.bom.exact`).

A rounded sum is within 10^-SURE of the exact one, relative to itself. A figure is w x credited / total + a constant, and
credited <= 100 x total, so it moves by less than 100 x 2 x 10^-SURE percent; `MARGIN` is far above that and far below what a
real bill leaves between a figure and an edge.
What lies within it is a tie as far as anyone can say: exact ratios decide it, or it is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tkdn.assessment.credit import ProductionFacts
from tkdn.bom.day import BillOnDay
from tkdn.bom.exact import SURE
from tkdn.method.goods import PERCENT, GoodsRules

MARGIN = 10 ** (SURE - 10)


def own_hundredths(rules: GoodsRules, made: ProductionFacts, credited: int, total: int, *, rounded: bool) -> int | None:
    """Return the value of a good from its own bill in hundredths of a percent, or None if rounded ratios cannot decide it.

    Args:
        rules: Those of the regulation.
        made: How the good is made; labour and overhead are known.
        credited: Sum over main lines of cost x credit in percent.
        total: Sum of cost, in the same integers.
        rounded: Whether the integers come from rounded ratios.
    """
    assert made.labour is not None
    assert made.overhead is not None
    found = rules.own_hundredths(credited, total, made.labour, made.overhead, made.brainware)
    if rounded:
        margin = PERCENT * total // MARGIN + 1
        for near in (credited - margin, credited + margin):
            if rules.own_hundredths(near, total, made.labour, made.overhead, made.brainware) != found:
                return None
    return found


def decided_own(
    rules: GoodsRules,
    made: ProductionFacts,
    day: BillOnDay,
    number: int,
    sums: Callable[[BillOnDay], tuple[int, int]],
) -> int:
    """Return the value of a good from its own bill in hundredths of a percent, by exact ratios if rounded ones cannot decide.

    `sums` gives credited cost and cost from the weights of a day.

    Raises:
        BomError: `digits-too-many`, if it cannot be decided within the limits of exact work.
    """
    found = own_hundredths(rules, made, *sums(day), rounded=day.rounded)
    if found is None:
        found = own_hundredths(rules, made, *sums(day.exactly_of(number)), rounded=False)
    assert found is not None
    return found


def near_half_hundredth(value: Fraction) -> bool:
    """Return True if a rounded figure lies so near half a hundredth that it cannot be printed."""
    top, bottom = value.numerator, value.denominator
    left = (2 * PERCENT * top + bottom) % (2 * bottom)
    near: bool = min(left, 2 * bottom - left) * MARGIN <= 2 * PERCENT * bottom
    return near
