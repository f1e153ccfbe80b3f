"""BMP: the weights, every criterion at its edges, and the limit (Permenperin 35/2025 Pasal 21-23, Lampiran V)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tkdn import regulation
from tkdn.method.benefit import CASES, FACTS, BenefitRules, Fact

RULES = BenefitRules(regulation("permenperin-35-2025"), date(2026, 6, 1))
WEIGHTS = {
    "employment": 4, "new_investment": 4, "partnership": 4, "pioneer": 4, "machines": 4, "location": 4,
    "industry_4": 2, "people": 2, "brand": 2, "green": 2, "exports": 2,
    "certificates": 1, "esg": 1, "awards": 1, "reporting": 1,
}  # fmt: skip


def criterion(fact: str, stated: Fact, size: str | None = None) -> Fraction:
    (factor,) = (factor for factor, facts in FACTS.items() if fact in facts)
    return RULES.criterion(factor, fact, stated, size).percent


def test_there_are_fifteen_factors_with_the_weights_of_the_text() -> None:
    assert {factor: RULES.weight(factor) for factor in FACTS} == WEIGHTS
    assert len(WEIGHTS) == 15


def test_the_weights_add_up_to_38_of_which_15_count() -> None:
    total = sum(RULES.weight(factor) for factor in FACTS)
    assert total == 38
    assert RULES.limit == RULES.score(Fraction(total)) == 15
    assert RULES.score(Fraction("14.75")) == Fraction("14.75")


def test_every_factor_can_give_its_whole_weight() -> None:
    for factor, facts in FACTS.items():
        assert max(RULES.most(factor, fact) for fact in facts) == WEIGHTS[factor]


def test_applied_without_certificate_can_give_a_quarter_at_most() -> None:
    assert RULES.most("industry_4", "industry_4_applied") == Fraction(1, 2)


@pytest.mark.parametrize(
    ("size", "workers", "percent"),
    [
        ("large", 1000, 100), ("large", 999, 50), ("large", 1, 50), ("large", 0, 0),
        ("medium", 300, 100), ("medium", 299, 50), ("medium", 0, 0),
        ("small", 50, 100), ("small", 49, 50), ("small", 0, 0),
    ],
)  # fmt: skip
def test_workers_count_by_the_size_of_the_firm(size: str, workers: int, percent: int) -> None:
    assert criterion("workers", workers, size) == percent


@pytest.mark.parametrize(
    ("share", "percent"),
    [("1.01", 100), ("1.0001", 100), ("1", 50), ("0.5", 50), ("0.4999", 25), ("0.0001", 25), ("0", 0)],
)
def test_new_investment(share: str, percent: int) -> None:
    assert criterion("new_investment_share", Decimal(share)) == percent


@pytest.mark.parametrize("fact", ["small_industry_partners", "raw_material_suppliers"])
@pytest.mark.parametrize(("number", "percent"), [(26, 100), (25, 50), (10, 50), (9, 25), (1, 25), (0, 0)])
def test_partners(fact: str, number: int, percent: int) -> None:
    assert criterion(fact, number) == percent


@pytest.mark.parametrize("fact", ["domestic_purchase_share", "domestic_machine_share"])
@pytest.mark.parametrize(
    ("share", "percent"),
    [
        ("1", 100), ("0.7501", 100), ("0.75", 75), ("0.5", 75), ("0.4999", 50), ("0.25", 50), ("0.2499", 25),
        ("0.1", 25), ("0.0999", 0), ("0", 0),
    ],
)  # fmt: skip
def test_shares_at_a_shared_edge_earn_the_larger_criterion(fact: str, share: str, percent: int) -> None:
    assert criterion(fact, Decimal(share)) == percent


@pytest.mark.parametrize(("level", "percent"), [(4, 100), (3, 50), (2, 50), (1, 0), (0, 0)])
def test_indi_level(level: int, percent: int) -> None:
    assert criterion("indi_level", level) == percent


@pytest.mark.parametrize(
    ("fact", "percent"),
    [
        ("pioneer", 100), ("outside_java", 100), ("lighthouse", 100), ("industry_4_applied", 25),
        ("domestic_brand", 100), ("siinas_on_time", 100),
    ],
)  # fmt: skip
def test_facts_of_yes_and_no(fact: str, percent: int) -> None:
    assert criterion(fact, True) == percent
    assert criterion(fact, False) == 0


@pytest.mark.parametrize(
    ("fact", "word", "percent"),
    [
        ("people_development", "own_training", 100), ("people_development", "apprentices", 50),
        ("green", "certificate", 100), ("green", "award", 75), ("green", "effort", 50),
        ("esg", "AAA", 100), ("esg", "AA", 100), ("esg", "A", 50), ("esg", "BBB", 50), ("esg", "lower", 0),
    ],
)  # fmt: skip
def test_facts_of_words(fact: str, word: str, percent: int) -> None:
    assert criterion(fact, word) == percent


@pytest.mark.parametrize(
    ("dollars", "percent"),
    [
        ("3000000.01", 100), ("3000000", 75), ("2000000.01", 75), ("2000000", 50), ("1000000", 50),
        ("999999.99", 25), ("0.01", 25), ("0", 0),
    ],
)  # fmt: skip
def test_exports(dollars: str, percent: int) -> None:
    assert criterion("export_usd_per_year", Decimal(dollars)) == percent


@pytest.mark.parametrize("fact", ["certificates", "awards"])
@pytest.mark.parametrize(("number", "percent"), [(40, 100), (4, 100), (3, 75), (2, 50), (1, 25), (0, 0)])
def test_certificates_and_awards(fact: str, number: int, percent: int) -> None:
    assert criterion(fact, number) == percent


def test_within_a_factor_the_largest_counts_never_the_sum() -> None:
    met = RULES.met("partnership", {"small_industry_partners": 12, "raw_material_suppliers": 9})
    assert met is not None
    assert (met.fact, int(met.percent)) == ("small_industry_partners", 50)  # 21 together are not asked
    met = RULES.met("industry_4", {"indi_level": 2, "lighthouse": True, "industry_4_applied": True})
    assert met is not None
    assert (met.fact, int(RULES.points("industry_4", met))) == ("lighthouse", 2)


def test_nothing_stated_gives_nothing() -> None:
    for factor in FACTS:
        assert RULES.met(factor, {}) is None
        assert RULES.points(factor, None) == 0


def test_the_errata_are_told_where_the_values_are() -> None:
    assert "3%" in RULES.value("benefit.esg.weight").note
    assert "VIII and IX" in RULES.value("benefit.limit").note


def test_for_whom_no_bmp_is_counted() -> None:
    assert [case for case in CASES if RULES.refusal(case) is None] == ["own"]
