"""Small draws that hypothesis shrinks well: chances, picks by weight, orders."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

Record = dict[str, Any]
T = TypeVar("T")


@cache
def below(limit: int) -> st.SearchStrategy[int]:
    return st.integers(0, limit - 1)


def chance(draw: st.DrawFn, percent: int) -> bool:
    """True about so often; shrinks to False."""
    return draw(below(100)) >= 100 - percent


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """Draw one of the options; shrinks to the first. Cheaper than sampled_from."""
    return options[draw(below(len(options)))]


def weighted(draw: st.DrawFn, *options: tuple[T, int]) -> T:
    """Draw one of the options by weight; shrinks to the first."""
    left = draw(below(sum(weight for _, weight in options)))
    for option, weight in options:
        if left < weight:
            return option
        left -= weight
    raise AssertionError("weights add up")


def shuffled(draw: st.DrawFn, records: Sequence[Record]) -> list[Record]:
    """Draw the records in some order: nothing may depend on it."""
    left = list(records)
    if not chance(draw, 50):
        return left
    return [left.pop(draw(below(len(left)))) for _ in records]
