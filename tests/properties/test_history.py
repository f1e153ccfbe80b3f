"""A history adds up exactly, whatever changed between the releases: the bill, the day, the year, the law."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.support import bills, cost_bills
from tests.support.build import assessed

from tkdn import Assessment, history

NOTHING = Fraction(0)


def adds_up(*releases: Assessment) -> None:
    """Every row begins where the one before it ended, and the last ends at the last release."""
    found = history(releases)
    rows = found.rows
    for label, before, after in zip(found.labels[1:], releases, releases[1:], strict=False):
        chain = [row for row in rows if row.release == label]
        scores = [before.exact, *(row.after for row in chain)]
        assert [row.before for row in chain] == scores[:-1]
        assert scores[-1] == after.exact
    assert sum((row.exact for row in rows), NOTHING) == found.exact
    assert sum(found.by_kind.values(), NOTHING) == found.exact
    assert found.exact == (releases[-1].exact or NOTHING) - (releases[0].exact or NOTHING)


@some
@given(first=bills.small_bills(), second=bills.small_bills())
def test_of_two_bills(first: dict[str, Any], second: dict[str, Any]) -> None:
    adds_up(assessed(first), assessed(second))


@some
@given(document=bills.small_bills(), day=st.sampled_from([date(2026, 6, 2), date(2027, 1, 9), date(2031, 6, 1)]))
def test_of_two_days(document: dict[str, Any], day: date) -> None:
    adds_up(assessed(document), assessed(document, on=day))


@some
@given(first=cost_bills.bills(), second=bills.small_bills())
def test_of_two_laws(first: dict[str, Any], second: dict[str, Any]) -> None:
    adds_up(assessed(first, on=cost_bills.ON, regulation=cost_bills.LAW), assessed(second))


@some
@given(releases=st.lists(bills.small_bills(), min_size=3, max_size=3))
def test_of_three_releases(releases: list[dict[str, Any]]) -> None:
    adds_up(*map(assessed, releases))
