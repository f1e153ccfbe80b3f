"""Comparisons add up exactly, whatever changed: the bill, the day, the year, the law or the method."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.support import bills, cost_bills
from tests.support.build import assessed
from tests.support.vehicle_bills import vehicles

from tkdn import Assessment, compare, regulation
from tkdn.assessment.comparison.compare import Comparison

NOTHING = Fraction(0)


def adds_up(before: Assessment, after: Assessment) -> Comparison:
    found = compare(before, after)
    for side, assessment in (("before", before), ("after", after)):
        rows = [getattr(row, side) or NOTHING for row in found.factors]
        assert sum(rows, NOTHING) == (assessment.exact or NOTHING)
        given_by_parts = [getattr(row, side) or NOTHING for row in (*found.components, *found.beside)]
        factors = [assessment.factors[name].points or NOTHING for name in assessment.component_factors]
        assert sum(given_by_parts, NOTHING) == sum(factors, NOTHING)
    for row in found.components:
        assert row.by_weight + row.by_share + row.by_credit == row.change
    if found.exact is not None:
        assert sum((row.change for row in found.factors), NOTHING) == found.exact
    return found


@some
@given(before=bills.bills(), after=bills.bills())
def test_of_two_bills(before: dict[str, Any], after: dict[str, Any]) -> None:
    adds_up(assessed(before), assessed(after))


@some
@given(document=bills.bills(), day=st.sampled_from([date(2026, 6, 2), date(2027, 1, 9), date(2031, 6, 1)]))
def test_of_two_days(document: dict[str, Any], day: date) -> None:
    adds_up(assessed(document), assessed(document, on=day))


@some
@given(document=bills.bills(), weights=st.sampled_from([(50, 25, 25), (100, 0, 0), (80, 10, 20)]))
def test_of_a_law_and_a_what_if(document: dict[str, Any], weights: tuple[int, int, int]) -> None:
    keys = ("weight.material", "weight.labour", "weight.overhead")
    other = regulation("permenperin-35-2025").amend(dict(zip(keys, weights, strict=True)))
    found = adds_up(assessed(document), assessed(document, regulation=other))
    assert {row.key for row in found.law} <= set(keys)


@some
@given(before=cost_bills.bills(), after=cost_bills.bills())
def test_of_two_bills_by_cost(before: dict[str, Any], after: dict[str, Any]) -> None:
    options: dict[str, Any] = {"on": cost_bills.ON, "regulation": cost_bills.LAW}
    adds_up(assessed(before, **options), assessed(after, **options))


@some
@given(
    before=vehicles(),
    after=vehicles(),
    years=st.tuples(st.sampled_from([2022, 2025, 2031]), st.sampled_from([2024, 2030])),
    laws=st.permutations(["permenperin-28-2023", "permenperin-6-2022"]),
)
def test_of_two_vehicles(
    before: dict[str, Any], after: dict[str, Any], years: tuple[int, int], laws: list[str]
) -> None:
    one = assessed(before, on="2025-06-01", regulation=laws[0], year=years[0])
    other = assessed(after, on="2025-06-01", regulation=laws[1], year=years[1])
    adds_up(one, other)


@some
@given(document=vehicles(), year=st.sampled_from([2022, 2025]))
def test_of_two_methods(document: dict[str, Any], year: int) -> None:
    by_aspects = assessed(document, on="2025-06-01", regulation="permenperin-28-2023", year=year)
    by_cost = assessed(document, on="2025-06-01", regulation="permenperin-16-2011")
    adds_up(by_cost, by_aspects)
