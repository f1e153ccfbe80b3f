"""Plans, by hand: GOOD scores 25 + 0.75 x the credited share of its two lines, A of 60 and B of 40, both imported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import EXAMPLES, MADE, Document, Record, abroad, assessed, bill, cert, good, home
from tests.support.measures import measure

from tkdn import Bom, MeasureError, Plan, UsageError, assess, plan, read_bom

PICKUP = EXAMPLES / "rural-pickup" / "pickup.json"
MEASURES = EXAMPLES / "rural-pickup" / "measures.json"
LINES = bill(good(), abroad("A", 60), abroad("B", 40), home("C", 1), uses={"GOOD": "A B"})
ALL_HERE = {"made_in": "ID", "all_domestic_material": True}
A = measure("MAKE-A", {"A": ALL_HERE}, 90)
"""From 25 to 70."""
B = measure("MAKE-B", {"B": ALL_HERE}, 40)
"""From 25 to 55."""
WORKSHOP = measure("WORKSHOP-A", {"A": {"made_in": "ID"}}, 10, excludes=["MAKE-A"])
"""From 25 (no line domestic: no score at all) to 36.25."""


def planned(measures: list[Record], document: Document = LINES, **options: Any) -> Plan:
    return plan(Bom.from_dict(document), measures, **options)


def taken(found: Plan) -> list[str]:
    return [each.id for each in found.measures]


def code_of(measures: list[Record], document: Document = LINES, **options: Any) -> str:
    with pytest.raises((UsageError, MeasureError)) as raised:
        planned(measures, document, **options)
    return raised.value.code


def test_the_cheapest_set_reaches_the_target() -> None:
    found = planned([A, B, WORKSHOP], target=50)
    assert (found.status, taken(found), found.score, found.cost) == (
        "optimal",
        ["MAKE-B"],
        Decimal("55.00"),
        Decimal("40.00"),
    )


def test_measures_together_where_one_is_not_enough() -> None:
    assert set(taken(planned([A, B, WORKSHOP], target=66))) == {"MAKE-B", "WORKSHOP-A"}


def test_a_target_that_is_met_needs_nothing() -> None:
    document = bill(good(), home("A", 60), home("B", 40), uses={"GOOD": "A B"})
    found = planned([A, B], document, target=40)
    assert (found.status, found.measures, found.cost) == ("optimal", (), Decimal("0.00"))


def test_no_measures_may_be_given() -> None:
    found = planned([], target=40)
    assert (found.status, found.measures) == ("out_of_reach", ())


def test_the_assessment_is_that_of_the_changed_bill() -> None:
    found = planned([A, B], target=90)
    again = assess(Bom.from_dict(found.assessment.bom.to_dict()))
    assert found.exact == again.exact == 100


def test_the_target_is_compared_as_a_certificate_prints_the_score() -> None:
    """A third of 75 and 25 is 50 exactly; with 1 of 60,000 less it is 49.9991, which prints 50.00."""
    document = bill(good(), abroad("A", "20000"), abroad("B", "40001"), uses={"GOOD": "A B"})
    found = planned([A], document, target=50)
    assert found.exact is not None
    assert (found.status, found.score, found.exact < 50) == ("optimal", Decimal("50.00"), True)


def test_costs_of_each_vehicle_count_over_the_volume() -> None:
    dear = measure("MAKE-A", {"A": ALL_HERE}, 0, unit_cost_change={"amount": "2"})
    assert taken(planned([dear, measure("MAKE-B", {"B": ALL_HERE}, 150)], target=50, volume=10)) == ["MAKE-A"]
    assert taken(planned([dear, measure("MAKE-B", {"B": ALL_HERE}, 150)], target=50, volume=100)) == ["MAKE-B"]


def test_a_measure_that_saves_is_taken_though_not_needed() -> None:
    saves = measure("SAVE", {"B": {"price": "39"}}, 5)
    found = planned([A, saves], target=70, volume=10)
    assert (set(taken(found)), found.unit_cost_change, found.cost) == (
        {"MAKE-A", "SAVE"},
        Decimal("-1.00"),
        Decimal("85.00"),
    )


def test_a_free_measure_that_is_not_needed_is_left_out() -> None:
    assert taken(planned([A, measure("NAME", {"B": {"name": "Bracket"}})], target=70)) == ["MAKE-A"]


def test_the_cost_of_a_vehicle_follows_from_the_changes() -> None:
    found = planned([measure("MAKE-A", {"A": {**ALL_HERE, "price": "67"}})], target=50, volume=3)
    assert (found.unit_cost_change, found.cost) == (Decimal("7.00"), Decimal("21.00"))


def test_a_stated_cost_counts_and_the_difference_is_told() -> None:
    stated = measure("MAKE-A", {"A": {**ALL_HERE, "price": "67"}}, unit_cost_change={"amount": "9"})
    found = planned([stated], target=50, volume=3)
    assert (found.cost, found.restated) == (Decimal("27.00"), {"MAKE-A": (Fraction(9), Fraction(7))})
    assert "MAKE-A states Rp 9.00" in found.to_text()


def test_a_cost_in_another_currency_takes_the_rate_of_the_bill() -> None:
    rates = [{"currency": "USD", "rate": "16000", "from": "2026-01-01"}]
    dollars = {**A, "one_off": {"amount": "2", "currency": "USD"}}
    assert planned([dollars], {**LINES, "rates": rates}, target=50).cost == Decimal("32000.00")
    assert code_of([dollars], target=50) == "rate-missing"


def test_a_prerequisite_is_taken_with_what_needs_it() -> None:
    first = measure("MOVE-A", {"A": {"made_in": "ID"}}, 10)
    then = measure("CERTIFY-A", {"A": {"certificates": [cert("85")]}}, 5, requires=["MOVE-A"])
    found = planned([first, then], target=70)
    assert (taken(found), [step.points for step in found.steps]) == (
        ["MOVE-A", "CERTIFY-A"],
        [Fraction(145, 4), Fraction(135, 4)],
    )


def test_what_builds_on_a_measure_counts_after_it() -> None:
    first = measure("PRICE-A", {"A": {"made_in": "ID", "price": "50"}}, 10)
    then = measure("CHEAPER-A", {"A": {"price": "45"}}, 0, requires=["PRICE-A"])
    found = planned([then, first], target=20, volume=1)
    assert found.assessment.bom.parts[1].price is not None
    assert found.assessment.bom.parts[1].price.amount == 45


def test_measures_that_only_together_make_a_part_all_domestic() -> None:
    """Neither bolt alone moves the frame; both do. The search must see what no single measure shows."""
    parts = [good(), home("FRAME", 60), abroad("REST", 40), abroad("BOLT-1", 1), abroad("BOLT-2", 1)]
    document = bill(*parts, uses={"GOOD": "FRAME REST", "FRAME": "BOLT-1 BOLT-2"})
    bolts = [measure(f"LOCAL-{id_}", {f"BOLT-{id_}": {"made_in": "ID"}}, 5) for id_ in "12"]
    found = planned([*bolts, measure("REST", {"REST": ALL_HERE}, 50)], document, target=60)
    assert (taken(found), found.cost, found.score) == (["LOCAL-1", "LOCAL-2"], Decimal("10.00"), Decimal("70.00"))


def test_the_potential_can_be_the_basis() -> None:
    made = {"factory": "own", "indonesian_workers": 1, "foreign_workers": 0, "invested_in_indonesia": True}
    parts = [good(), home("FRAME", 60, production=made), abroad("REST", 40), abroad("BOLT", 1), home("NUT", 1)]
    document = bill(*parts, uses={"GOOD": "FRAME REST", "FRAME": "BOLT NUT"})
    local = measure("LOCAL-BOLT", {"BOLT": {"made_in": "ID"}}, 5)
    found = planned([local], document, target=60, basis="potential")
    assert (found.status, found.score) == ("optimal", assessed(found.assessment.bom.to_dict()).potential)


def test_bmp_is_added_to_the_score() -> None:
    assert taken(planned([A, B], target=65, bmp=10)) == ["MAKE-B"]


def test_most_points_for_a_budget() -> None:
    found = planned([A, B, WORKSHOP], aim="points", budget=100)
    assert (found.status, taken(found), found.score) == ("optimal", ["MAKE-A"], Decimal("70.00"))


def test_of_sets_with_equal_points_the_cheapest() -> None:
    useless = measure("USELESS", {"B": {"name": "Bracket"}}, 5)
    assert taken(planned([A, useless], aim="points", budget=100)) == ["MAKE-A"]


def test_most_spend_on_ikm_at_the_target() -> None:
    document = {**LINES, "suppliers": [{"id": "S", "scale": "small"}]}
    small = measure("SMALL-B", {"B": {**ALL_HERE, "supplier": "S"}}, 70, excludes=["MAKE-B"])
    assert taken(planned([A, B, small], document, aim="ikm", target=50)) == ["SMALL-B"]
    assert taken(planned([A, B, small], document, target=50)) == ["MAKE-B"]


def test_a_budget_that_is_too_small_is_what_keeps_the_target_out_of_reach() -> None:
    found = planned([A, B, WORKSHOP], target=90, budget=60)
    assert found.reached is not None
    assert (found.status, found.reached.binding, found.shortfall) == (
        "out_of_reach",
        ("budget",),
        Fraction(90) - Fraction(265, 4),
    )
    assert "without it the best is 100.00 %" in found.to_text()


def test_a_deadline_that_is_too_soon_is_what_keeps_the_target_out_of_reach() -> None:
    found = planned([{**A, "lead_months": 5}, {**B, "lead_weeks": 2}], target=70, deadline="2026-07-01")
    assert found.reached is not None
    assert (found.reached.binding, found.set_aside, taken(found)) == (("deadline",), {"MAKE-A": "late"}, ["MAKE-B"])


def test_both_limits_can_bind_together() -> None:
    found = planned([{**A, "lead_months": 5}], target=70, deadline="2026-07-01", budget=10)
    assert found.reached is not None
    assert found.reached.binding == ("budget", "deadline")


def test_measures_that_do_not_go_far_enough() -> None:
    found = planned([B, {**WORKSHOP, "excludes": []}], target=90)
    assert found.reached is not None
    assert (found.reached.binding, found.score) == (("measures",), Decimal("66.25"))


def test_a_deadline_reaches_through_the_prerequisites() -> None:
    first = measure("FIRST", {"B": {"name": "Bracket"}}, lead_months=1)
    then = {**A, "requires": ["FIRST"], "lead_weeks": 2}
    found = planned([first, then], target=70, deadline="2026-07-15")
    assert (found.status, found.done) == ("optimal", date(2026, 7, 15))
    assert planned([first, then], target=70, deadline="2026-07-14").status == "out_of_reach"


def test_a_month_ends_where_the_calendar_says() -> None:
    found = planned([{**A, "lead_months": 1}], target=70, on="2026-01-31", deadline="2026-02-28")
    assert found.done == date(2026, 2, 28)


def test_without_a_lead_time_a_deadline_sets_a_measure_aside() -> None:
    found = planned([A, {**B, "lead_weeks": 1}], target=50, deadline="2026-07-01")
    assert (taken(found), found.set_aside) == (["MAKE-B"], {"MAKE-A": "no_lead_time"})


def test_steps_add_up_exactly_and_say_rupiah_for_each_point() -> None:
    found = planned([{**A, "lead_weeks": 9}, {**B, "lead_weeks": 2}], target=90)
    assert [(step.measure.id, step.score, step.per_point) for step in found.steps] == [
        ("MAKE-B", Fraction(55), Fraction(40, 55)),
        ("MAKE-A", Fraction(100), Fraction(2)),
    ]
    assert sum(step.points for step in found) == found.exact


def test_the_front_holds_no_set_that_another_beats() -> None:
    points = planned([A, B, WORKSHOP], target=90).front(30)
    assert [(point.score, int(point.cost)) for point in points] == [
        (Fraction(145, 4), 10),
        (Fraction(55), 40),
        (Fraction(265, 4), 50),
        (Fraction(70), 90),
        (Fraction(100), 130),
    ]


def test_the_pickup_reaches_the_next_threshold_and_needs_each_measure() -> None:
    found = plan(read_bom(PICKUP), MEASURES, target=50, volume=5000)
    assert found.status == "optimal"
    assert found.exact == assess(found.assessment.bom).exact
    assert found.score is not None
    assert found.score >= 50
    for each in found.measures:
        fewer = frozenset(
            n for n, other in enumerate(found.effects.measures) if other in found.measures and other != each
        )
        score = found.effects.afresh(fewer).score
        assert score is not None
        assert score < 50


def test_plain_data_holds_the_plan() -> None:
    data = planned([A, B], target=50).to_dict()
    assert (data["status"], data["score"], data["cost"], data["target"]) == ("optimal", "55.00", "40.00", "50")
    assert [step["measure"] for step in data["steps"]] == ["MAKE-B"]


def test_a_frame_has_a_row_for_each_step() -> None:
    frame = planned([A, B], target=90).to_frame("polars")
    assert (frame["measure"].to_list(), frame["points"].sum()) == (["MAKE-A", "MAKE-B"], Decimal(100))


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"target": 101}, "target-out-of-range"),
        ({"target": 0}, "target-out-of-range"),
        ({"target": "many"}, "target-out-of-range"),
        ({}, "target-missing"),
        ({"aim": "ikm"}, "target-missing"),
        ({"aim": "speed", "target": 40}, "aim-unknown"),
        ({"basis": "scores", "target": 40}, "basis-unknown"),
        ({"target": 40, "volume": 0}, "volume-out-of-range"),
        ({"target": 40, "bmp": -1}, "bmp-out-of-range"),
        ({"target": 40, "budget": -1}, "budget-out-of-range"),
        ({"target": 40, "deadline": "soon"}, "date-invalid"),
    ],
)
def test_a_request_that_is_wrong(options: dict[str, Any], code: str) -> None:
    assert code_of([A], **options) == code


def test_a_volume_is_needed_where_costs_are_for_each_vehicle() -> None:
    assert code_of([measure("A", {"A": {"price": "70"}})], target=40) == "volume-missing"


def test_all_measures_that_do_not_fit_the_bill_are_told() -> None:
    with pytest.raises(MeasureError) as raised:
        planned([measure("X", {"AA": {"made_in": "ID"}}), measure("Y", {"B": {"made_in": "Indonesia"}})], target=40)
    assert [(problem.code, str(problem.place)) for problem in raised.value.problems] == [
        ("part-unknown", "measures[0].changes"),
        ("country-unknown", "measures[1].changes.parts[B].made_in"),
    ]


def test_a_bill_without_prices_cannot_be_planned_for() -> None:
    assert (
        code_of([A], bill(good(), abroad("A"), abroad("B", 4), uses={"GOOD": "A B"}), target=40) == "plan-without-costs"
    )


def test_no_bmp_is_planned_for_a_good_of_another_factory() -> None:
    """Pasal 23c, 44(2)a.11; was: 10 points of BMP counted towards the target of 65."""
    for factory in ("outsourced", "partner_factory"):
        made = {**MADE, "factory": factory}
        elsewhere = bill(good(production=made), abroad("A", 60), abroad("B", 40), uses={"GOOD": "A B"})
        assert code_of([A, B], elsewhere, target=65, bmp=10) == "benefit-not-for"
        assert code_of([A, B, measure("MOVE", {"GOOD": {"production": made}})], target=65, bmp=10) == "benefit-not-for"
    assert (
        code_of([A, B, measure("MOVE", {"GOOD": {"production": {"factory": "ours"}}})], target=65, bmp=10)
        != "benefit-not-for"
    )


def test_another_method_has_no_plan() -> None:
    assert code_of([A], target=40, on="2024-06-01") == "plan-not-for-method"
