"""Exchange rates on a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tkdn import Money, Price, Rate
from tkdn.bom.money import RatesOn

DOLLAR = ("USD", "16000", "2026-01-01", 1)
RATES = (
    ("USD", "16500", "2026-05-10", 1),
    DOLLAR,
    ("USD", "17000.5", "2026-07-01", 1),
    ("JPY", "10850", "2026-02-01", 100),
)


def rates_on(day: str, currency: str = "IDR") -> RatesOn:
    rates = [
        Rate.model_validate({"currency": code, "rate": rate, "from": start, "per": per})
        for code, rate, start, per in RATES
    ]
    return RatesOn(rates, date.fromisoformat(day), currency)


@pytest.mark.parametrize(
    ("day", "rupiah"),
    [
        ("2025-12-31", None),
        ("2026-01-01", Fraction(16000)),
        ("2026-05-09", Fraction(16000)),
        ("2026-05-10", Fraction(16500)),
        ("2026-06-30", Fraction(16500)),
        ("2027-01-01", Fraction(34001, 2)),
    ],
)
def test_the_latest_rate_from_on_or_before_the_day_counts(day: str, rupiah: Fraction | None) -> None:
    assert rates_on(day).rupiah("USD") == rupiah


def test_a_rate_per_hundred_is_divided_exactly() -> None:
    assert rates_on("2026-06-01").rupiah("JPY") == Fraction(217, 2)


def test_rupiah_needs_no_rate_and_another_currency_does() -> None:
    rates = rates_on("2026-06-01")
    assert rates.rupiah("IDR") == 1
    assert rates.rupiah("EUR") is None


def test_the_age_of_a_rate_counts_from_its_start() -> None:
    assert rates_on("2026-06-10").age("USD") == 31


def test_money_without_a_currency_is_in_that_of_the_bill() -> None:
    money = Money.model_validate({"amount": "0.25"})
    assert rates_on("2026-06-01").value(money) == Fraction(1, 4)
    assert rates_on("2026-06-01", "USD").value(money) == 4125
    assert rates_on("2025-06-01", "USD").value(money) is None


def test_money_with_a_currency_keeps_it() -> None:
    assert rates_on("2026-06-01", "USD").currency(Price.model_validate({"amount": 1, "currency": "JPY"})) == "JPY"
