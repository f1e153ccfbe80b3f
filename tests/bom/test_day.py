"""The bill on a day: which uses count, the lines of every good, what everything costs. Exact, in fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from tests.support.build import Record, home, part, use
from tests.support.documents import lines_on, plain_parts, read, uses_on

from tkdn import Bom, BomError, assess, totals, unit_costs
from tkdn.bom.changes import BillEdit
from tkdn.bom.day import BillOnDay

USD = {"currency": "USD", "rate": "16250", "from": "2026-01-01"}
FOR_B: dict[str, Any] = {"alternative_to": "B", "chosen": True}


# ---------------------------------------------------------------------------------------------------------------------
# Which uses count, and how much they take
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-03-31", {"OLD": 1, "ALWAYS": 1}),
        ("2026-04-01", {"OLD": 1, "NEW": 2, "ALWAYS": 1}),
        ("2026-04-30", {"OLD": 1, "NEW": 2, "ALWAYS": 1}),
        ("2026-05-01", {"NEW": 2, "ALWAYS": 1}),
    ],
)
def test_a_use_counts_on_both_days_that_bound_it(on: str, expected: dict[str, int]) -> None:
    bom = read(
        plain_parts(["GOOD", "OLD", "NEW", "ALWAYS"]),
        [
            use("GOOD", "OLD", valid_to="2026-04-30"),
            use("GOOD", "NEW", "2", valid_from="2026-04-01"),
            use("GOOD", "ALWAYS"),
        ],
    )
    assert uses_on(bom.on_day(on), "GOOD") == expected


def test_a_part_whose_uses_have_ended_is_not_reached() -> None:
    parts = plain_parts(["GOOD", "KIT", "BOLT"])
    bom = read(parts, [use("GOOD", "KIT", valid_to="2026-05-31"), use("KIT", "BOLT")])
    assert list(totals(bom.on_day("2026-05-31"))) == ["GOOD", "KIT", "BOLT"]
    assert list(totals(bom.on_day("2026-06-01"))) == ["GOOD"]


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        pytest.param([use("A", "B"), use("A", "C", alternative_to="B")], {"B": 1}, id="not chosen"),
        pytest.param([use("A", "B"), use("A", "C", "3", **FOR_B)], {"C": 3}, id="chosen"),
        pytest.param([use("A", "B"), use("A", "B", "2"), use("A", "C", **FOR_B)], {"C": 1}, id="replaces every use"),
        pytest.param([use("A", "C", **FOR_B), use("A", "B"), use("A", "D")], {"C": 1, "D": 1}, id="leaves the others"),
        pytest.param(
            [use("A", "B"), use("A", "C", "0.25", **FOR_B), use("A", "C", "0.5", **FOR_B)],
            {"C": Fraction(3, 4)},
            id="chosen in two uses",
        ),
        pytest.param(
            [use("A", "B"), use("A", "C", valid_from="2026-06-02", **FOR_B)], {"B": 1}, id="chosen from tomorrow"
        ),
        pytest.param([use("A", "B"), use("A", "C", valid_to="2026-06-01", **FOR_B)], {"C": 1}, id="chosen to today"),
        pytest.param([use("A", "B", chosen=True), use("A", "C", alternative_to="B")], {"B": 1}, id="the first itself"),
        pytest.param(
            [
                use("A", "B"),
                use("A", "C", valid_to="2026-05-31", **FOR_B),
                use("A", "D", valid_from="2026-06-01", **FOR_B),
            ],
            {"D": 1},
            id="one chosen after another",
        ),
    ],
)
def test_a_chosen_alternative_counts_in_the_place_of_the_other(uses: list[Record], expected: dict[str, int]) -> None:
    assert uses_on(read(plain_parts("ABCD"), uses).on_day(), "A") == expected


def test_an_alternative_is_chosen_under_its_own_parent_only() -> None:
    uses = [use("A", "B"), use("A", "D"), use("A", "C", **FOR_B), use("D", "B", "7")]
    assert totals(read(plain_parts("ABCD"), uses).on_day()) == {"A": 1, "D": 1, "C": 1, "B": 7}


def test_two_uses_of_one_part_add_up() -> None:
    uses = [use("A", "B", "3"), use("A", "C"), use("A", "B", "0.5", scrap="0.2")]
    assert uses_on(read(plain_parts("ABC"), uses).on_day(), "A") == {"B": Fraction(29, 8), "C": 1}


@pytest.mark.parametrize(
    ("quantity", "scrap", "expected"),
    [
        ("1", "0", Fraction(1)),
        ("1", "0.5", Fraction(2)),
        ("2.5", "0.05", Fraction(50, 19)),
        ("1", "0.999", Fraction(1000)),
        ("3", "0.1", Fraction(10, 3)),
    ],
)
def test_scrap_raises_the_gross_quantity(quantity: str, scrap: str, expected: Fraction) -> None:
    day = read(plain_parts("AB"), [use("A", "B", quantity, scrap=scrap)]).on_day()
    assert uses_on(day, "A") == {"B": expected}


@pytest.mark.parametrize(
    ("unit", "quantity", "of", "expected"),
    [
        ("m", "150", "cm", Fraction(3, 2)),
        ("kg", "5", "ons", Fraction(1, 2)),
        ("kg", "0.002", "ton", Fraction(2)),
        ("pcs", "2", "lusin", Fraction(24)),
        ("lusin", "3", "pcs", Fraction(1, 4)),
        ("mm", "1", "inch", Fraction(127, 5)),
        ("l", "1", "m3", Fraction(1000)),
        ("m2", "2500", "cm2", Fraction(1, 4)),
        ("kg", "7", None, Fraction(7)),
    ],
)
def test_a_quantity_converts_to_the_unit_of_the_part(
    unit: str, quantity: str, of: str | None, expected: Fraction
) -> None:
    stated = {} if of is None else {"unit": of}
    day = read([{"id": "A"}, {"id": "B", "unit": unit}], [use("A", "B", quantity, **stated)]).on_day()
    assert uses_on(day, "A") == {"B": expected}


def test_scrap_and_units_work_together() -> None:
    day = read([{"id": "A"}, {"id": "B", "unit": "m"}], [use("A", "B", "150", unit="cm", scrap="0.25")]).on_day()
    assert uses_on(day, "A") == {"B": 2}


# ---------------------------------------------------------------------------------------------------------------------
# Lines: phantoms and in-house parts opened
# ---------------------------------------------------------------------------------------------------------------------


def phantom(id_: str) -> Record:
    return {"id": id_, "phantom": True}


def stage(id_: str, cost: str | None = None) -> Record:
    return {"id": id_, "in_house": True, **({} if cost is None else {"conversion_cost": {"amount": cost}})}


def test_the_lines_of_a_phantom_count_as_those_of_its_parent() -> None:
    bom = read(
        [{"id": "A"}, phantom("KIT"), {"id": "BOLT"}], [use("A", "KIT", "2"), use("KIT", "BOLT", "3", scrap="0.25")]
    )
    day = bom.on_day()
    assert uses_on(day, "A") == {"KIT": 2}
    assert lines_on(day, "A") == {"BOLT": 8}


def test_phantoms_open_through_phantoms_over_every_path() -> None:
    # A: 2 KIT-1 and 7 KIT-2; KIT-1: 3 CORE; KIT-2: 11 CORE and one BOLT; CORE: 5 BOLT and 1 NUT; one BOLT of A itself
    bom = read(
        [{"id": "A"}, phantom("KIT-1"), phantom("KIT-2"), phantom("CORE"), *plain_parts(["BOLT", "NUT"])],
        [
            use("CORE", "BOLT", "5"),
            use("CORE", "NUT"),
            use("KIT-1", "CORE", "3"),
            use("KIT-2", "CORE", "11"),
            use("KIT-2", "BOLT"),
            use("A", "KIT-1", "2"),
            use("A", "KIT-2", "7"),
            use("A", "BOLT"),
        ],
    )
    day = bom.on_day()
    assert lines_on(day, "A") == {"BOLT": 423, "NUT": 83}  # 83 CORE: 415 BOLT, then 7 and 1 more
    assert totals(day)["CORE"] == 83


def test_a_phantom_ends_at_the_first_real_part() -> None:
    bom = read(
        [{"id": "A"}, phantom("KIT"), {"id": "FRAME"}, phantom("SET"), {"id": "BOLT"}],
        [use("A", "KIT"), use("KIT", "FRAME", "2"), use("FRAME", "SET", "4"), use("SET", "BOLT", "9")],
    )
    assert lines_on(bom.on_day(), "A") == {"FRAME": 2}
    assert lines_on(bom.on_day(), "FRAME") == {"BOLT": 36}


def test_an_empty_phantom_leaves_nothing() -> None:
    bom = read([{"id": "A"}, phantom("KIT"), part("B", 1)], [use("A", "KIT"), use("A", "B")])
    assert lines_on(bom.on_day(), "A") == {"B": 1}
    assert unit_costs(bom.on_day())["A"] == 1


def test_the_uses_inside_a_phantom_have_their_own_dates_and_choices() -> None:
    bom = read(
        [{"id": "A"}, phantom("KIT"), *plain_parts("BCD")],
        [
            use("A", "KIT", "2"),
            use("KIT", "B"),
            use("KIT", "C", "3", **FOR_B),
            use("KIT", "D", valid_from="2026-06-02"),
        ],
    )
    assert lines_on(bom.on_day("2026-06-01"), "A") == {"C": 6}
    assert lines_on(bom.on_day("2026-06-02"), "A") == {"C": 6, "D": 2}


def test_an_in_house_stage_opens_and_its_cost_goes_to_the_good_above() -> None:
    # each of 2 stages takes 3 kg of steel at 500 and costs 1000 to run
    bom = read(
        [{"id": "FRAME"}, stage("WELD", "1000"), part("STEEL", 500, unit="kg")],
        [use("FRAME", "WELD", "2"), use("WELD", "STEEL", "3")],
    )
    day = bom.on_day()
    assert lines_on(day, "FRAME") == {"STEEL": 6}
    assert unit_costs(day) == {"FRAME": 5000, "STEEL": 500}


def test_the_cost_of_stages_within_stages_and_phantoms_adds_up() -> None:
    # PAINT (70) holds 2 WELD (1000 each) and 1 l of paint (30); A takes KIT, a phantom of 3 PAINT; A itself costs 5 to make
    bom = read(
        [
            {"id": "A", "conversion_cost": {"amount": "5"}},
            *(phantom("KIT"), stage("PAINT", "70"), stage("WELD", "1000")),
            *(part("STEEL", 500, unit="kg"), part("COLOUR", 30, unit="l")),
        ],
        [
            use("A", "KIT"),
            use("KIT", "PAINT", "3"),
            use("PAINT", "WELD", "2"),
            use("PAINT", "COLOUR"),
            use("WELD", "STEEL", "0.5"),
        ],
    )
    day = bom.on_day()
    assert lines_on(day, "A") == {"STEEL": 3, "COLOUR": 3}
    # 3 kg x 500 + 3 l x 30 + 3 x 70 + 6 x 1000 + 5
    assert unit_costs(day)["A"] == 1500 + 90 + 210 + 6000 + 5


def test_a_stage_without_a_cost_of_its_own_adds_nothing() -> None:
    bom = read([{"id": "A"}, stage("WELD"), part("STEEL", 500)], [use("A", "WELD", "2"), use("WELD", "STEEL")])
    assert unit_costs(bom.on_day())["A"] == 1000


# ---------------------------------------------------------------------------------------------------------------------
# Cost
# ---------------------------------------------------------------------------------------------------------------------


def test_the_roll_up_takes_all_lines_main_or_not_and_conversion() -> None:
    bom = read(
        [{"id": "A", "conversion_cost": {"amount": "70"}}, part("B", 1000), part("C", 10, main=False)],
        [use("A", "B", "2"), use("A", "C", "3")],
    )
    day = bom.on_day()
    assert unit_costs(day) == {"A": 2100, "B": 1000, "C": 10}
    assert day.total[0] == 2000 * day.scale[0]  # the material sum takes main lines only


def test_a_stated_price_wins_over_the_roll_up() -> None:
    bom = read([{"id": "A"}, part("B", 900), part("C", 300)], [use("A", "B", "2"), use("B", "C", "5")])
    day = bom.on_day()
    assert unit_costs(day) == {"A": 1800, "B": 900, "C": 300}
    assert day.roll_up == {1: 1500}


def test_a_roll_up_goes_through_every_level() -> None:
    bom = read(
        [{"id": "A"}, {"id": "B", "conversion_cost": {"amount": "0.5"}}, {"id": "C"}, part("D", "0.10")],
        [use("A", "B", "2"), use("A", "C"), use("B", "C", "3"), use("C", "D", "4", scrap="0.2")],
    )
    assert unit_costs(bom.on_day()) == {"A": Fraction(9, 2), "B": 2, "C": Fraction(1, 2), "D": Fraction(1, 10)}


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ({"amount": "25000", "per": 100}, Fraction(250)),
        ({"amount": "1", "per": "3"}, Fraction(1, 3)),
        ({"amount": "1", "per": "0.25"}, Fraction(4)),
        ({"amount": "0.90", "currency": "USD", "per": "1000"}, Fraction(117, 8)),
        ({"amount": "0.90", "currency": "USD"}, Fraction(14625)),
        ({"amount": "0.90", "currency": "IDR"}, Fraction(9, 10)),
    ],
)
def test_a_price_is_for_per_units_in_its_currency(price: Record, expected: Fraction) -> None:
    bom = read([{"id": "A"}, {"id": "B", "price": price}], [use("A", "B", "1")], rates=[USD])
    assert unit_costs(bom.on_day()) == {"A": expected, "B": expected}


def test_money_without_a_currency_is_in_that_of_the_bill() -> None:
    parts = [
        {"id": "A", "conversion_cost": {"amount": "1"}},
        part("B", "0.5"),
        {"id": "C", "price": {"amount": 7, "currency": "IDR"}},
    ]
    bom = read(parts, [use("A", "B"), use("A", "C")], currency="USD", rates=[USD])
    assert unit_costs(bom.on_day()) == {"A": 16250 + 8125 + 7, "B": 8125, "C": 7}


def test_a_missing_price_leaves_everything_above_it_unknown_and_nothing_else() -> None:
    bom = read(
        [{"id": "A"}, {"id": "B"}, part("C", 5), {"id": "D"}, {"id": "E"}],
        [use("A", "B"), use("A", "E"), use("B", "C"), use("B", "D"), use("E", "C", "2")],
    )
    assert unit_costs(bom.on_day()) == {"A": None, "B": None, "C": 5, "D": None, "E": 10}


def test_a_missing_price_below_a_stated_one_does_no_harm() -> None:
    bom = read([{"id": "A"}, part("B", 900), {"id": "C"}], [use("A", "B"), use("B", "C")])
    assert unit_costs(bom.on_day()) == {"A": 900, "B": 900, "C": None}
    assert bom.on_day().roll_up == {}


def test_a_missing_price_of_a_part_that_is_not_main_leaves_the_material_sum() -> None:
    bom = read([{"id": "A"}, part("B", 900), {"id": "C", "main": False}], [use("A", "B"), use("A", "C")])
    day = bom.on_day()
    assert unit_costs(day)["A"] is None
    assert day.weights[0] == [(1, 900)]


def test_a_part_without_lines_costs_its_conversion_cost() -> None:
    """Was no price. With lines on other days only, it still has none."""
    parts: list[dict[str, Any]] = [{"id": "A"}, {"id": "B", "conversion_cost": {"amount": "5"}}, part("C", 1)]
    assert unit_costs(read(parts, [use("A", "B")], product="A").on_day()) == {"A": 5, "B": 5}
    later = [use("A", "B"), {**use("B", "C"), "valid_from": "2030-01-01"}]
    assert unit_costs(read(parts, later, product="A").on_day()) == {"A": None, "B": None}


def test_line_costs_stand_over_one_common_denominator() -> None:
    bom = read(
        [
            {"id": "A"},
            *({"id": id_, "price": {"amount": "1", "per": per}} for id_, per in (("B", 3), ("C", 2), ("D", 6))),
        ],
        [use("A", "B"), use("A", "C"), use("A", "D")],
    )
    day = bom.on_day()
    assert day.scale[0] == 6
    assert day.weights[0] == [(1, 2), (2, 3), (3, 1)]
    assert day.total[0] == 6
    assert day.cost(0) == 1


def test_money_of_thirty_digits_stays_exact() -> None:
    amount = "123456789012345678901234567890"
    bom = read([{"id": "A"}, part("B", amount), part("C", "1e-20")], [use("A", "B", "1e20"), use("A", "C", "1e-20")])
    assert unit_costs(bom.on_day())["A"] == int(amount) * 10**20 + Fraction(1, 10**40)


# ---------------------------------------------------------------------------------------------------------------------
# Rates
# ---------------------------------------------------------------------------------------------------------------------


def foreign(id_: str, currency: str = "USD", made_in: str = "ID") -> Record:
    return {"id": id_, "made_in": made_in, "price": {"amount": "2", "currency": currency}}


def test_the_rate_of_the_day_counts() -> None:
    rates = [
        {"currency": "USD", "rate": "17000", "from": "2026-06-02"},
        {"currency": "USD", "rate": "1600000", "per": 100, "from": "2026-01-01"},
        {"currency": "USD", "rate": "16500", "from": "2026-06-01"},
    ]
    bom = read([{"id": "A"}, foreign("B")], [use("A", "B")], rates=rates)
    costs = [unit_costs(bom.on_day(on))["A"] for on in ("2026-05-31", "2026-06-01", "2026-06-02")]
    assert costs == [32000, 33000, 34000]


MISSING = read(
    [
        home("A", conversion_cost={"amount": "1", "currency": "EUR"}),
        foreign("B"),
        foreign("C", "JPY", made_in="CN"),
        stage("D") | {"conversion_cost": {"amount": "1", "currency": "CNY"}},
        part("E", 1),
        foreign("UNUSED"),
        foreign("ENDED"),
        foreign("SPARE"),
    ],
    [
        *(use("A", "B"), use("B", "C"), use("A", "D"), use("D", "E"), use("A", "ENDED", valid_to="2025-01-01")),
        use("A", "SPARE", alternative_to="B"),
    ],
    rates=[{"currency": "USD", "rate": 16000, "from": "2026-06-02"}],
)


@pytest.mark.parametrize("ask", [Bom.on_day, assess])
def test_a_missing_rate_is_an_error_for_every_part_that_is_reached(ask: Any) -> None:
    with pytest.raises(BomError) as caught:
        ask(MISSING, on="2026-06-01")
    assert [(problem.code, problem.part, problem.place.path) for problem in caught.value.problems] == [
        ("rate-missing", "A", "parts[0].conversion_cost"),
        ("rate-missing", "B", "parts[1].price"),
        ("rate-missing", "C", "parts[2].price"),
        ("rate-missing", "D", "parts[3].conversion_cost"),
    ]
    says = [problem.message for problem in caught.value.problems]
    assert "in EUR, which has no rate on 2026-06-01: the bill gives none" in says[0]
    assert "in USD, which has no rate on 2026-06-01: its first rate is from 2026-06-02" in says[1]
    assert caught.value.problems[1].remedy is not None
    assert caught.value.problems[1].remedy.startswith("add a rate for USD from 2026-06-01 or before to the bill")


def test_a_rate_is_asked_for_only_below_the_product() -> None:
    with pytest.raises(BomError) as caught:
        MISSING.on_day("2026-06-02", product="B")
    assert [problem.part for problem in caught.value.problems] == ["C"]
    assert MISSING.on_day("2026-06-02", product="E").cost(4) == 1


def test_the_currency_of_the_bill_needs_a_rate_too() -> None:
    bom = read([{"id": "A"}, part("B", 1)], [use("A", "B")], currency="USD")
    with pytest.raises(BomError) as caught:
        bom.on_day()
    assert [(problem.code, problem.part) for problem in caught.value.problems] == [("rate-missing", "B")]


# ---------------------------------------------------------------------------------------------------------------------
# Deep bills
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def deep() -> Bom:
    """3,000 levels below the product: each part takes one and a quarter of the next."""
    ids = [f"P{level}" for level in range(3001)]
    parts = [*(home(id_) for id_ in ids[:-1]), home(ids[-1], 64)]
    return read(
        parts,
        [
            use(parent, child, "1" if at < 300 or at >= 2997 else "0.8", scrap="0.2")
            for at, (parent, child) in enumerate(pairwise(ids))
        ],
    )


def test_three_thousand_levels_are_totalled_exactly(deep: Bom) -> None:
    day: BillOnDay = deep.on_day()
    quantities = totals(day)
    assert len(quantities) == 3001
    assert quantities["P3"] == Fraction(125, 64)
    assert quantities["P3000"] == Fraction(5**303, 4**303)
    assert unit_costs(day)["P2997"] == 125
    assert unit_costs(day)["P0"] == quantities["P3000"] * 64


def test_where_used_goes_up_three_thousand_levels(deep: Bom) -> None:
    above = deep.graph.where_used("P3000")
    assert len(above) == 3000
    assert above["P0"] == 3000


def test_a_bill_of_three_thousand_levels_is_assessed(deep: Bom) -> None:
    assessment = assess(deep)
    # P1 counts as all domestic material by the country of P2; labour and overhead are not stated.
    assert assessment.exact == 75
    assert assessment.status == "incomplete"
    assert assessment.components["P3000"].credited == 25
    assert assessment.components["P2999"].credited == 100


def test_a_bill_of_three_thousand_levels_survives_writing(deep: Bom) -> None:
    assert Bom.from_json(deep.to_json()) == deep


# ---------------------------------------------------------------------------------------------------------------------
# A changed bill, from the one before
# ---------------------------------------------------------------------------------------------------------------------


def changed(bom: Bom, changes: dict[str, Any]) -> tuple[BillOnDay, set[str]] | None:
    """The changed bill from the one before, and ids of the parts worked out again."""
    found = bom.on_day("2026-06-01").changed(BillEdit(bom, changes, date(2026, 6, 1)))
    return found and (found[0], {bom.parts[number].id for number in found[1]})


def stack(**of_middle: Any) -> Bom:
    """GOOD takes MIDDLE, which takes BOLT; and NUT stands beside."""
    parts = [
        part("GOOD"),
        part("MIDDLE", **of_middle),
        part("BOLT", price={"amount": "2"}),
        part("NUT", price={"amount": "3"}),
    ]
    return read(parts, [use("GOOD", "MIDDLE"), use("GOOD", "NUT"), use("MIDDLE", "BOLT", "4")])


def test_a_changed_price_goes_up_the_bill() -> None:
    found = changed(stack(), {"parts": {"BOLT": {"price": "5"}}})
    assert found is not None
    assert unit_costs(found[0]) == {"GOOD": 23, "MIDDLE": 20, "BOLT": 5, "NUT": 3}
    assert found[1] == {"BOLT", "MIDDLE", "GOOD"}


def test_a_changed_price_stops_under_a_stated_price() -> None:
    found = changed(stack(price={"amount": "10"}), {"parts": {"BOLT": {"price": "5"}}})
    assert found is not None
    assert unit_costs(found[0])["GOOD"] == 13
    assert found[1] == {"BOLT", "MIDDLE"}


def test_a_changed_quantity_inside_a_phantom_reaches_the_good_above() -> None:
    found = changed(stack(phantom=True), {"uses": {"MIDDLE > BOLT": {"quantity": "6"}}})
    assert found is not None
    assert lines_on(found[0], "GOOD") == {"BOLT": 6, "NUT": 1}
    assert found[0].cost(0) == 15


@pytest.mark.parametrize(
    "changes",
    [
        {"parts": {"MIDDLE": {"phantom": True}}},
        {"parts": {"MIDDLE": {"main": False}}},
        {"uses": {"GOOD > NUT": {"valid_to": "2026-01-01"}}},
        {"rates": {"USD": "16000"}},
    ],
)
def test_other_lines_or_rates_are_a_new_bill(changes: dict[str, Any]) -> None:
    assert changed(stack(), changes) is None


def test_a_changed_price_without_a_rate_is_told() -> None:
    with pytest.raises(BomError) as caught:
        changed(stack(), {"parts": {"BOLT": {"price": {"amount": "1", "currency": "JPY"}}}})
    assert [problem.code for problem in caught.value.problems] == ["rate-missing"]
