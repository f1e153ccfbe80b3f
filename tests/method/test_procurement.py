"""The order of choice and the price preference, against the published table of bidders A to D."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkdn import RegulationError, regulation
from tkdn.method.procurement import Offer, TenderRules

ON = date(2026, 6, 1)
OLD = date(2017, 6, 1)
TABLE = [
    # HP, TKDN, HEA by Perpres 54/2010 at 15%, HEA by Perpres 12/2021 at 25%
    (1_050_000_000, 60, "963302752", "892500000"),
    (1_150_000_000, 50, "1069767442", "1006250000"),
    (1_025_000_000, 25, "987951807", "960937500"),
    (1_010_000_000, 20, "1010000000", "1010000000"),
]


def rules(name: str = "perpres-16-2018", on: date = ON) -> TenderRules:
    return TenderRules(regulation(name), regulation("pp-29-2018"), on)


def offer(tkdn: str = "0", bmp: str = "0", *, siinas: bool = False, imported: bool = False) -> Offer:
    return Offer(Fraction(100), Fraction(tkdn), Fraction(bmp), siinas, imported)


def step(*offers: Offer) -> tuple[str | None, tuple[bool, ...]]:
    choice = rules().choose(offers)
    return choice.rule.step if choice.rule else None, choice.admitted


@pytest.mark.parametrize(("price", "tkdn", "before", "today"), TABLE)
def test_the_published_final_evaluation_prices(price: int, tkdn: int, before: str, today: str) -> None:
    for law, preference, published in ((rules("perpres-54-2010", OLD), 15, before), (rules(), 25, today)):
        kp = law.kp(Fraction(tkdn), Fraction(preference))
        assert str(round(law.hea(Fraction(price), kp))) == published


def test_the_price_coefficient_is_exact() -> None:
    assert rules().kp(Fraction("27.52"), Fraction("12.5")) == Fraction("3.44")


@pytest.mark.parametrize(("tkdn", "kp"), [("24.99", "0"), ("25", "6.25"), ("25.01", "6.2525"), ("100", "25")])
def test_no_preference_below_the_least_tkdn(tkdn: str, kp: str) -> None:
    assert rules().kp(Fraction(tkdn), Fraction(25)) == Fraction(kp)


@pytest.mark.parametrize(("estimate", "applies"), [(999_999_999, False), (1_000_000_000, False), (1_000_000_001, True)])
def test_a_preference_needs_an_estimate_above_the_limit(estimate: int, applies: bool) -> None:
    assert rules().applies(Fraction(estimate)) is applies


def test_the_old_regulation_has_no_known_limit_of_the_estimate() -> None:
    law = rules("perpres-54-2010", OLD)
    assert law.estimate_over is None
    assert law.applies(Fraction(1))


def test_the_most_that_a_preference_can_be() -> None:
    assert rules().most == 25
    assert rules("perpres-54-2010", OLD).most == 15


@pytest.mark.parametrize(
    ("offers", "expected", "admitted"),
    [
        # a: the sum reaches 40 somewhere; whoever has 25 may be taken
        ([offer("40"), offer("25"), offer("24.99")], "a", (True, True, False)),
        ([offer("30", "10"), offer("25")], "a", (True, True)),
        ([offer("30", "9.99"), offer("25")], "b", (True, True)),
        # b: none reaches the sum
        ([offer("25"), offer("24", siinas=True), offer(imported=True)], "b", (True, False, False)),
        # c: none has 25
        ([offer("24.99"), offer("0.01"), offer(siinas=True)], "c", (True, True, False)),
        # d: none is certified
        ([offer(siinas=True), offer(), offer(imported=True)], "d", (True, False, False)),
        # imports
        ([offer(), offer(imported=True)], "import", (False, True)),
        ([offer(), offer()], "import", (False, False)),
    ],
)
def test_the_order_of_choice(offers: list[Offer], expected: str, admitted: tuple[bool, ...]) -> None:
    assert step(*offers) == (expected, admitted)


def test_an_import_never_makes_the_duty_arise() -> None:
    assert step(offer("45", imported=True), offer("30")) == ("b", (False, True))


def test_before_the_amendment_only_the_duty_of_the_government_regulation_is_known() -> None:
    law = rules(on=date(2024, 6, 1))
    first = law.choose([offer("40"), offer("20")])
    assert first.rule is not None
    assert (first.rule.step, first.rule.regulation.id, first.admitted) == ("a", "pp-29-2018", (True, False))
    assert law.choose([offer("39"), offer("20")]) == law.choose([offer(), offer(imported=True)])
    assert law.choose([offer("39"), offer("20")]).rule is None


def test_before_the_duty_nothing_is_known_and_all_are_compared() -> None:
    choice = rules("perpres-54-2010", OLD).choose([offer("60"), offer(imported=True)])
    assert (choice.rule, choice.admitted) == (None, (True, True))


def test_the_preference_is_not_known_before_its_amendment() -> None:
    with pytest.raises(RegulationError, match="no value on 2020-01-01"):
        _ = rules(on=date(2020, 1, 1)).most


def test_what_is_from_summaries_says_so() -> None:
    law = regulation("perpres-16-2018")
    assert {law.value(key, ON).confidence for key in law.parameters} == {"secondary"}


def test_ranks_lowest_first_then_higher_tkdn_then_equal() -> None:
    cheap, dear = Fraction(90), Fraction(100)
    ranks = rules().ranks
    assert ranks([(dear, Fraction(30)), (cheap, Fraction(20)), (dear, Fraction(40)), None]) == [3, 1, 2, None]
    assert ranks([(cheap, Fraction(25)), (cheap, Fraction(25)), (dear, Fraction(99))]) == [1, 1, 3]
    assert ranks([]) == []


def test_the_preference_is_bound_by_both_regulations() -> None:
    tender, duty = regulation("perpres-16-2018"), regulation("pp-29-2018")
    lower, higher = duty.amend({"preference.most": 20}), duty.amend({"preference.least_tkdn": 30})
    assert TenderRules(tender, lower, ON).most == 20
    assert TenderRules(tender, higher, ON).kp(Fraction(29), Fraction(25)) == 0
    assert rules("perpres-54-2010", OLD).most == 15


_PRICES = st.integers(1, 2_000_000_000).map(Fraction)
_PERCENTS = st.integers(0, 10_000).map(lambda n: Fraction(n, 100))


@given(_PRICES, _PERCENTS, st.integers(0, 2_500).map(lambda n: Fraction(n, 100)))
def test_today_a_preference_is_worth_more_than_before(price: Fraction, tkdn: Fraction, preference: Fraction) -> None:
    today, before = rules(), rules("perpres-54-2010", OLD)
    kp = today.kp(tkdn, preference)
    assert 0 < today.hea(price, kp) <= before.hea(price, kp) <= price


# Size of an industrial firm


def industry_size(workers: int, investment: int) -> str:
    law, on = regulation("permenperin-64-2016"), date(2026, 6, 1)
    ladder = law.value("scale.workers", on).row(Fraction(workers)).value
    return str(law.value(f"scale.investment.{ladder}", on).row(Fraction(investment)).value)


BILLION = 1_000_000_000


@pytest.mark.parametrize(
    ("workers", "investment", "size"),
    [
        (1, 0, "small"), (19, BILLION - 1, "small"), (19, BILLION, "medium"), (19, 90 * BILLION, "medium"),
        (20, 0, "medium"), (20, BILLION - 1, "medium"), (20, 15 * BILLION, "medium"), (20, 15 * BILLION + 1, "large"),
        (5000, 16 * BILLION, "large"),
    ],
)  # fmt: skip
def test_the_size_of_an_industrial_firm_by_permenperin_64_2016(workers: int, investment: int, size: str) -> None:
    assert industry_size(workers, investment) == size


def test_how_well_the_sizes_are_known() -> None:
    law, on = regulation("permenperin-64-2016"), date(2026, 6, 1)
    known = {key: law.value(key, on).confidence for key in law.parameters}
    assert known["scale.investment.few"] == "secondary"
    assert known["scale.investment.many"] == "assumed"
