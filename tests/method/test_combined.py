"""Combined goods and services: weighted by value, and nothing for what has no TKDN value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tkdn import regulation
from tkdn.method.combined import CombinedRules, share, weighted

RULES = CombinedRules(regulation("permenperin-35-2025"), date(2026, 6, 1))


@pytest.mark.parametrize("group", ["goods", "services"])
def test_tkdn_is_as_stated_else_nothing(group: str) -> None:
    assert RULES.tkdn(group, Decimal("87.33")) == Fraction("87.33")
    assert RULES.tkdn(group, Decimal(0)) == 0
    assert RULES.tkdn(group, None) == 0


def test_only_the_rule_for_goods_is_the_text() -> None:
    law = RULES.regulation
    assert law.value("combined.goods_without_tkdn", RULES.on).confidence == "text"
    assert law.value("combined.services_without_tkdn", RULES.on).confidence == "derived"


def test_a_share_is_exact_and_of_nothing_nothing() -> None:
    assert share(Fraction(1), Fraction(3)) == Fraction(100, 3)
    assert share(Fraction(0), Fraction(0)) == 0


def test_the_weighted_sum_by_hand() -> None:
    # (40 x 600 + 10 x 200) / 800 = 32.5
    assert weighted([(Fraction(40), Fraction(75)), (Fraction(10), Fraction(25))]) == Fraction(65, 2)
    assert weighted([]) == 0
