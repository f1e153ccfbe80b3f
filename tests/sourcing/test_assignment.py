"""The assignment is an optimum: no choice within the capacities is better, found by trying them all."""

from __future__ import annotations

import sys
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some

from tkdn import MissingExtraError
from tkdn.sourcing.assignment import Option, assign

AMOUNTS = st.sampled_from(
    [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1), Fraction(2, 3), Fraction(10**9, 7)]
)
CAPACITIES = (Fraction(1), Fraction(4, 3), Fraction(0))


@st.composite
def markets(draw: st.DrawFn) -> list[Option]:
    """A few parts and capacities, with an option for some pairs of them."""
    pairs = [
        (part, at) for part in range(draw(st.integers(1, 5))) for at in range(len(CAPACITIES)) if draw(st.booleans())
    ]
    cost = st.integers(-2, 2)
    return [Option(part, at, draw(AMOUNTS), CAPACITIES[at], (draw(cost), draw(cost))) for part, at in pairs]


def allowed(options: list[Option]) -> bool:
    used: Counter[object] = Counter()
    for option in options:
        used[option.resource] += option.taken  # type: ignore[assignment]
    return all(used[option.resource] <= option.capacity for option in options)


def worth(options: list[Option]) -> tuple[int, ...]:
    return -len(options), *(sum(option.costs[at] for option in options) for at in (0, 1))


def best(options: list[Option]) -> tuple[int, ...]:
    of_part = [[None, *(each for each in options if each.part == part)] for part in {each.part for each in options}]
    choices = ([each for each in choice if each is not None] for choice in product(*of_part))
    return min(worth(choice) for choice in choices if allowed(choice))


@some
@given(options=markets())
def test_nothing_is_better(options: list[Option]) -> None:
    chosen = [options[number] for number in assign(options)]
    assert allowed(chosen)
    assert len({option.part for option in chosen}) == len(chosen)
    assert worth(chosen) == best(options)


def test_nothing_to_choose() -> None:
    assert assign([]) == []
    assert assign([Option("P", "S", Fraction(2), Fraction(1), (0,))]) == []


def test_without_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtraError, match="tkdn\\[plan\\]"):
        assign([Option("P", "S", Fraction(1), Fraction(1), (0,))])


def test_a_capacity_passed_by_less_than_a_tolerance_is_passed() -> None:
    half = Fraction(1, 2) + Fraction(1, 10**12)
    options = [Option(part, "S", half, Fraction(1), (0,)) for part in "PQ"]
    assert len(assign(options)) == 1


def test_a_capacity_met_exactly_is_met() -> None:
    options = [Option(part, "S", Fraction(1, 10), Fraction(3, 10), (0,)) for part in "PQR"]
    assert assign(options) == [0, 1, 2]
