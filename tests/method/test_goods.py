"""The method of goods on bare numbers: ladders, totals, rounding; by hand from the text of Permenperin 35/2025."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkdn import regulation
from tkdn.method.goods import BrainwareFact, GoodsRules

ON = date(2026, 6, 1)
FULL = Fraction(100)
NONE = Fraction(0)


@pytest.fixture(scope="module")
def rules() -> GoodsRules:
    return GoodsRules(regulation("permenperin-35-2025"), ON)


@pytest.mark.parametrize(
    ("hundredths", "credit"),
    [
        (0, 25),
        (1200, 25),
        (2499, 25),
        (2500, 40),
        (2501, 40),
        (4000, 40),
        (4001, 60),
        (6000, 60),
        (6001, 80),
        (8000, 80),
        (8001, 100),
        (10000, 100),
    ],
)
def test_the_band_of_a_printed_value(rules: GoodsRules, hundredths: int, credit: int) -> None:
    assert rules.band(hundredths) == credit
    assert rules.certificate_credit(Decimal(f"{hundredths}e-2")) == credit


@pytest.mark.parametrize(
    ("material", "labour", "overhead", "brainware", "total", "cap"),
    [
        (100, 100, 100, 0, 100, 0),
        (0, 0, 0, 0, 0, 0),
        (100, 0, 0, 0, 75, 0),
        (0, 100, 0, 0, 10, 0),
        (0, 0, 100, 0, 15, 0),
        (40, 60, 30, 0, "40.5", 0),  # 30 + 6 + 4.5
        (40, 60, 30, 18, "58.5", 0),
        (100, 100, 100, 18, 100, 18),
        (100, 100, 100, "0.01", 100, "0.01"),
        (80, 100, 100, 15, 100, 0),
        (80, 100, 100, "15.5", 100, "0.5"),
        (Fraction(100, 3), 100, 100, 0, 50, 0),
    ],
)
def test_the_total_is_weighted_and_limited(
    rules: GoodsRules,
    material: int | Fraction,
    labour: int,
    overhead: int,
    brainware: int | str,
    total: int | str,
    cap: int | str,
) -> None:
    found = rules.total(Fraction(material), Fraction(labour), Fraction(overhead), Fraction(brainware))
    assert found == (Fraction(total), Fraction(cap))


@pytest.mark.parametrize(
    ("credited", "of", "labour", "overhead", "brainware", "hundredths"),
    [
        (100 * 9998, 30000, NONE, NONE, NONE, 2500),  # 24.995
        (100 * 9997, 30000, NONE, NONE, NONE, 2499),  # 24.9925
        (100 * 16002, 30000, NONE, NONE, NONE, 4001),  # 40.005
        (100 * 2, 30000, FULL, FULL, NONE, 2501),  # 25.005: half up, not to even
        (80, 1, FULL, Fraction(30), NONE, 7450),  # 60 + 10 + 4.5
        (80, 1, FULL, Fraction(30), Fraction(18), 9250),
        (100, 1, FULL, FULL, Fraction(18), 10000),  # at most 100
        (100, 3, Fraction(100, 3), NONE, NONE, 2833),  # 25 + 3.333...
        (0, 7, NONE, NONE, NONE, 0),
        (100 * 10**40, 10**40, FULL, FULL, NONE, 10000),
        (25 * 10**40 + 1, 10**40, NONE, NONE, NONE, 1875),
    ],
)
def test_own_in_hundredths_rounded_half_up(
    rules: GoodsRules,
    credited: int,
    of: int,
    labour: Fraction,
    overhead: Fraction,
    brainware: Fraction,
    hundredths: int,
) -> None:
    assert rules.own_hundredths(credited, of, labour, overhead, brainware) == hundredths


@pytest.mark.parametrize(("limit", "expected"), [("90", 9000), ("100", 10000), ("99.995", 10000), ("99.994", 9999)])
def test_own_is_limited_before_it_is_rounded(limit: str, expected: int) -> None:
    rules = GoodsRules(regulation("permenperin-35-2025").amend({"limit.total": limit}), ON)
    assert rules.own_hundredths(100, 1, FULL, FULL, NONE) == expected


def test_weights_that_are_no_whole_numbers() -> None:
    amended = regulation("permenperin-35-2025").amend({"weight.material": "74.5", "weight.labour": "10.5"})
    rules = GoodsRules(amended, ON)
    assert rules.weights == (Fraction(149, 2), Fraction(21, 2), Fraction(15))
    assert rules.own_hundredths(100, 2, FULL, NONE, NONE) == 4775  # 37.25 + 10.5
    assert rules.own_hundredths(100, 200, FULL, NONE, NONE) == 1087  # 0.3725 + 10.5 = 10.8725


@pytest.mark.parametrize(
    ("factory", "indonesian", "foreign", "rule"),
    [
        ("own", 1, 1, "labour.own"),
        ("own", 49, 51, "labour.below"),
        ("own", 0, 1, "labour.below"),
        ("own", 1, 0, "labour.own"),
        ("partner_factory", 3, 2, "labour.partner_factory"),
        ("outsourced", 3, 2, "labour.outsourced"),
        ("outsourced", 1, 2, "labour.below"),
        (None, 1, 2, "labour.below"),
        (None, 2, 1, None),
        ("own", 0, 0, None),
        ("own", None, 1, None),
        ("own", 1, None, None),
    ],
)
def test_the_rule_of_labour(
    rules: GoodsRules, factory: str | None, indonesian: int | None, foreign: int | None, rule: str | None
) -> None:
    assert rules.labour_rule(factory, indonesian, foreign) == rule


@pytest.mark.parametrize(
    ("indonesian", "foreign", "rule"),
    [(51, 49, "labour.own"), (101, 99, "labour.own"), (50, 50, "labour.below"), (100, 100, "labour.below")],
)
def test_a_least_share_of_workers_that_is_no_whole_number(indonesian: int, foreign: int, rule: str) -> None:
    rules = GoodsRules(regulation("permenperin-35-2025").amend({"labour.indonesian_share": "50.5"}), ON)
    assert rules.labour_rule("own", indonesian, foreign) == rule


@pytest.mark.parametrize(
    ("factory", "invested", "rule"),
    [
        ("own", True, "overhead.own"),
        ("partner_factory", True, "overhead.partner_factory"),
        ("outsourced", True, "overhead.outsourced"),
        ("own", False, "overhead.not_invested"),
        (None, False, "overhead.not_invested"),
        (None, True, None),
        ("own", None, None),
    ],
)
def test_the_rule_of_overhead(rules: GoodsRules, factory: str | None, invested: bool | None, rule: str | None) -> None:
    assert rules.overhead_rule(factory, invested) == rule


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("labour.own", 100),
        ("labour.partner_factory", 60),
        ("labour.outsourced", 30),
        ("labour.below", 0),
        ("overhead.own", 100),
        ("overhead.partner_factory", 60),
        ("overhead.outsourced", 30),
        ("overhead.not_invested", 0),
    ],
)
def test_the_ladders_100_60_30_0(rules: GoodsRules, rule: str, value: int) -> None:
    assert rules.percent(rule) == value


@pytest.mark.parametrize(
    ("activity", "changed", "answer"),
    [
        ("manufacture", None, True),
        ("manufacture", False, True),
        ("finishing", True, True),
        ("finishing", False, False),
        ("finishing", None, None),
        ("packing", True, False),
        ("dismantling", None, False),
        ("none", None, False),
    ],
)
def test_what_activity_may_be_calculated(
    rules: GoodsRules, activity: str, changed: bool | None, answer: bool | None
) -> None:
    assert rules.calculable(activity, changed) is answer


@pytest.mark.parametrize(
    ("fact", "value", "criterion"),
    [
        ("rd_share_of_revenue", "0.0201", 100),
        ("rd_share_of_revenue", "0.02", 75),  # over 2% it must be
        ("rd_share_of_revenue", "0.015", 75),  # in two rows of the text: the larger
        ("rd_share_of_revenue", "0.0149", 50),
        ("rd_share_of_revenue", "0.01", 50),
        ("rd_share_of_revenue", "0.0099", 25),
        ("rd_share_of_revenue", "0.005", 25),
        ("rd_share_of_revenue", "0.0049", 0),
        ("rd_share_of_revenue", "0", 0),
        ("rd_share_of_revenue", "1", 100),
        ("rd_unit", "own", 100),
        ("rd_unit", "third_party", 50),
        ("rd_unit", "none", 0),
        ("rd_programme", True, 100),
        ("rd_programme", False, 0),
        ("rd_used_in_product", True, 100),
        ("rd_used_in_product", False, 0),
    ],
)
def test_the_criteria_of_brainware(rules: GoodsRules, fact: str, value: str | bool, criterion: int) -> None:
    stated: BrainwareFact = Decimal(value) if isinstance(value, str) and fact == "rd_share_of_revenue" else value
    assert rules.brainware_criterion(fact, stated) == criterion


@pytest.mark.parametrize(
    ("facts", "value", "points"),
    [
        # the example of the text: 30 + 10 + 20 + 30
        (
            {
                "rd_share_of_revenue": Decimal("0.03"),
                "rd_unit": "third_party",
                "rd_programme": True,
                "rd_used_in_product": True,
            },
            90,
            18,
        ),
        (
            {
                "rd_share_of_revenue": Decimal("0.03"),
                "rd_unit": "own",
                "rd_programme": True,
                "rd_used_in_product": True,
            },
            100,
            20,
        ),
        ({"rd_share_of_revenue": Decimal("0.015")}, Fraction(45, 2), Fraction(9, 2)),
        ({}, 0, 0),
    ],
)
def test_brainware_is_weighted_and_gives_a_fifth_in_points(
    rules: GoodsRules, facts: dict[str, BrainwareFact], value: Fraction, points: Fraction
) -> None:
    assert rules.brainware(facts) == value
    assert rules.brainware_points(Fraction(value)) == points


def test_the_raw_material_test(rules: GoodsRules) -> None:
    assert rules.judged_by_country
    stricter = regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
    assert not GoodsRules(stricter, ON).judged_by_country


@given(
    first=st.integers(0, 10**6),
    second=st.integers(0, 10**6),
    cost=st.integers(1, 10**4),
    labour=st.fractions(0, 100, max_denominator=9),
    brainware=st.fractions(0, 20, max_denominator=7),
)
def test_a_line_of_points_says_what_the_total_says_up_to_the_limit_and_above(
    rules: GoodsRules, first: int, second: int, cost: int, labour: Fraction, brainware: Fraction
) -> None:
    line = rules.line(cost, labour, FULL, brainware)
    whole = [rules.total(Fraction(credited, cost), labour, FULL, brainware)[0] for credited in (first, second)]
    assert [line.at(first), line.at(second)] == whole
    assert line.between(first, second) == whole[1] - whole[0]
