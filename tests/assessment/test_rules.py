"""The nine rules of the assessment and each row of Pasal 5(2), worked by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.support.build import (
    EXAMPLES,
    MADE,
    Document,
    Record,
    abroad,
    assessed,
    bill,
    cert,
    changed,
    firm,
    good,
    home,
    part,
    use,
)

from tkdn import Assessment, Bom, BomError, UsageError, assess, lift, regulation

LAW = "permenperin-35-2025"
STRICTER = regulation(LAW).amend({"raw_material_test": "bill"})
ORE = part("ORE", 200, natural_resource=True)
MOTOR = abroad("MOTOR", 200)


def with_frame(frame: Record, *below: Record, lines: str = "", **more: Any) -> Document:
    """A good of 1000 rupiah: FRAME 600, MOTOR 200 from abroad, ORE 200 from nature.

    Material 20 + 0.6 x credit of FRAME, so the score is 25 + 0.75 x 20 + 0.45 x credit = 40 + 0.45 x credit.
    """
    uses = {"GOOD": "FRAME MOTOR ORE"} | ({"FRAME": lines} if lines else {})
    return bill(good(), frame, MOTOR, ORE, *below, uses=uses, **more)


SCORE_BY_CREDIT = {0: "40.00", 25: "51.25", 40: "58.00", 60: "67.00", 80: "76.00", 100: "85.00"}


def check_frame(document: Document, credit: int, **options: Any) -> Assessment:
    """The frame earns the credit, and the good the score that goes with it."""
    assessment = assessed(document, **options)
    assert assessment.components["FRAME"].credited == credit
    assert str(assessment.score) == SCORE_BY_CREDIT[credit]
    return assessment


def article_of(assessment: Assessment, id_: str) -> str:
    """The article that the part's credit rests on, from its explanation."""
    step = next(step for step in assessment.explain(id_).steps if step.code == "credit")
    return step.law[0].article


# ---------------------------------------------------------------------------------------------------------------------
# Rule 2: each credit row, and their order
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tkdn", "credit", "article"),
    [
        ("0", 25, "Pasal 5(2)a.5"),
        ("12", 25, "Pasal 5(2)a.5"),
        ("24.99", 25, "Pasal 5(2)a.5"),
        ("25", 40, "Pasal 5(2)a.4"),
        ("40", 40, "Pasal 5(2)a.4"),
        ("40.01", 60, "Pasal 5(2)a.3"),
        ("60", 60, "Pasal 5(2)a.3"),
        ("60.01", 80, "Pasal 5(2)a.2"),
        ("80", 80, "Pasal 5(2)a.2"),
        ("80.01", 100, "Pasal 5(2)a.1"),
        ("100", 100, "Pasal 5(2)a.1"),
    ],
)
def test_a_certificate_earns_the_band_of_its_value(tkdn: str, credit: int, article: str) -> None:
    assessment = check_frame(with_frame(home("FRAME", 600, certificates=[cert(tkdn)])), credit)
    frame = assessment.components["FRAME"]
    assert frame.certified == Decimal(tkdn)
    assert frame.to_dict()["certified"] == f"{Decimal(tkdn):.2f}"
    assert frame.to_dict()["credited"] == str(credit)
    assert article_of(assessment, "FRAME") == article
    assert assessment.status == "complete"


def test_a_certificate_with_more_decimals_shows_them_because_they_can_decide() -> None:
    assessment = check_frame(with_frame(home("FRAME", 600, certificates=[cert("40.001")])), 60)
    assert assessment.components["FRAME"].to_dict()["certified"] == "40.001"


UNLICENSED = firm("S-1", industrial_licence=False)
LICENSED = firm("S-1", industrial_licence=True)
DOMESTIC_LINES: dict[str, Any] = {"lines": "TUBE ORE"}
IMPORTED_LINE: dict[str, Any] = {"lines": "TUBE MOTOR"}


@pytest.mark.parametrize(
    ("fields", "maker", "credit", "article"),
    [
        ({"made_in": "CN"}, LICENSED, 0, "Pasal 5(2)b.3"),
        ({"made_in": "CN"}, UNLICENSED, 0, "Pasal 5(2)b.3"),
        ({"natural_resource": True}, LICENSED, 100, "Pasal 5(2)b.1.b, Lampiran I.2.a"),
        ({"natural_resource": True}, UNLICENSED, 100, "Pasal 5(2)b.1.b, Lampiran I.2.a"),
        ({"natural_resource": True, "all_domestic_material": False}, LICENSED, 100, "Pasal 5(2)b.1.b, Lampiran I.2.a"),
        ({"natural_resource": True, "certificates": [cert(30)]}, LICENSED, 40, "Pasal 5(2)a.4"),
        ({"certificates": [cert(30)]}, UNLICENSED, 40, "Pasal 5(2)a.4"),
        ({"certificates": [cert(30)], "all_domestic_material": True}, LICENSED, 40, "Pasal 5(2)a.4"),
        ({"made_in": "ID"}, UNLICENSED, 0, "Pasal 5(2)b.3"),
        ({"made_in": "ID", "all_domestic_material": True}, UNLICENSED, 0, "Pasal 5(2)b.3"),
        ({"made_in": "ID", "all_domestic_material": True}, LICENSED, 100, "Pasal 5(2)b.1.a"),
        ({"made_in": "ID", "all_domestic_material": False}, LICENSED, 25, "Pasal 5(2)b.2"),
        ({"made_in": "ID"}, LICENSED, 25, "Pasal 5(2)b.2"),
        ({"made_in": "ID"}, firm("S-1"), 25, "Pasal 5(2)b.2"),  # a licence not stated is taken as held
    ],
)
def test_the_rows_and_their_order(fields: Record, maker: Record, credit: int, article: str) -> None:
    frame = part("FRAME", 600, supplier="S-1", **fields)
    assessment = check_frame(with_frame(frame, suppliers=[maker]), credit)
    assert article_of(assessment, "FRAME") == article
    assert assessment.status == "complete"


def test_the_licence_is_the_makers_not_the_sellers() -> None:
    sold = home("FRAME", 600, supplier="SHOP", maker="S-1")
    shop = firm("SHOP", "large", industrial_licence=False)
    check_frame(with_frame(sold, suppliers=[shop, LICENSED]), 25)
    shop = firm("SHOP", "large", industrial_licence=True)
    check_frame(with_frame(sold, suppliers=[shop, UNLICENSED]), 0)


def test_a_certificate_or_nature_says_that_a_part_is_made_in_indonesia() -> None:
    check_frame(with_frame(part("FRAME", 600, certificates=[cert(78)])), 80)
    check_frame(with_frame(part("FRAME", 600, natural_resource=True)), 100)
    # Once it has expired the certificate says nothing any more, and the origin is not known.
    expired = cert(78, expires="2026-05-31")
    assessment = check_frame(with_frame(part("FRAME", 600, certificates=[expired])), 0)
    assert assessment.status == "incomplete"
    assert [gap.code for gap in assessment.gaps if gap.part == "FRAME"] == ["origin-unknown"]


def test_a_statement_does_not_say_where_a_part_is_made() -> None:
    assessment = check_frame(with_frame(part("FRAME", 600, all_domestic_material=True)), 0)
    assert str(assessment.bounds[1]) == "85.00"


def test_an_expired_certificate_leaves_the_rows_without_certificate() -> None:
    frame = home("FRAME", 600, certificates=[cert(78, expires="2026-05-31")])
    check_frame(with_frame(frame), 25)


def test_where_all_material_is_domestic_an_expiry_raises_the_score() -> None:
    frame = home("FRAME", 600, certificates=[cert(78, expires="2026-06-01")])
    document = with_frame(frame, home("TUBE", 500), lines="TUBE")
    before = check_frame(document, 80, on="2026-06-01")
    assert [warning.code for warning in before.warnings if warning.part == "FRAME"][-1] == "certificate-lowers"
    check_frame(document, 100, on="2026-06-02")


def test_a_certificate_of_12_percent_earns_25_where_none_would_earn_100() -> None:
    frame = home("FRAME", 600, certificates=[cert(12)])
    check_frame(with_frame(frame, home("TUBE", 600), lines="TUBE"), 25)
    check_frame(with_frame(home("FRAME", 600), home("TUBE", 600), lines="TUBE"), 100)


# ---------------------------------------------------------------------------------------------------------------------
# Rule 2: certificates in time
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "on", "counts"),
    [
        ({"issued": "2026-06-01"}, "2026-05-31", False),
        ({"issued": "2026-06-01"}, "2026-06-01", True),
        ({"expires": "2026-06-01"}, "2026-06-01", True),
        ({"expires": "2026-06-01"}, "2026-06-02", False),
        ({"withdrawn": "2026-06-01"}, "2026-05-31", True),
        ({"withdrawn": "2026-06-01"}, "2026-06-01", False),
        ({"withdrawn": "2026-06-01"}, "2026-06-02", False),
        ({"frozen": ["2026-06-01", "2026-06-30"]}, "2026-05-31", True),
        ({"frozen": ["2026-06-01", "2026-06-30"]}, "2026-06-01", False),
        ({"frozen": ["2026-06-01", "2026-06-30"]}, "2026-06-30", False),
        ({"frozen": ["2026-06-01", "2026-06-30"]}, "2026-07-01", True),
        # without a stated expiry, issued from 2025-12-12 on: five years, to the day before the anniversary (was one day more)
        ({"issued": "2026-06-01", "expires": None}, "2031-05-31", True),
        ({"issued": "2026-06-01", "expires": None}, "2031-06-01", False),
        ({"issued": "2028-02-29", "expires": None}, "2033-02-28", True),
        ({"issued": "2028-02-29", "expires": None}, "2033-03-01", False),
        # issued before, under an older text: two years for sure (was five)
        ({"issued": "2025-12-11", "expires": None}, "2027-12-10", True),
        ({"issued": "2025-12-11", "expires": None}, "2027-12-11", False),
        ({"issued": "2025-12-12", "expires": None}, "2030-12-11", True),
        ({"issued": "2025-12-11", "expires": None, "regulation": "permenperin-35-2025"}, "2027-12-11", False),
        # ... and three under 46/2022
        ({"issued": "2024-06-01", "expires": None, "regulation": "permenperin-46-2022"}, "2027-05-31", True),
        ({"issued": "2024-06-01", "expires": None, "regulation": "Permenperin 46/2022"}, "2027-06-01", False),
        # a stated expiry beyond five years counts as stated (and is warned of)
        ({"issued": "2020-01-01", "expires": "2027-12-31"}, "2027-12-31", True),
    ],
)
def test_the_days_on_which_a_certificate_counts(dates: Record, on: str, counts: bool) -> None:
    held = {key: value for key, value in cert(78, **dates).items() if value is not None}
    check_frame(with_frame(home("FRAME", 600, certificates=[held])), 80 if counts else 25, on=on)


OLDER, NEWER = cert(78, issued="2025-02-01"), cert(48, issued="2025-03-01")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("held", "tkdn", "credit"),
    [
        ((OLDER, NEWER), "48", 60),
        # one that was ended stays so when the later one falls (was the older again: 80)
        ((OLDER, {**NEWER, "withdrawn": "2026-06-01"}), None, 25),
        ((OLDER, {**NEWER, "expires": "2026-05-31"}), None, 25),
        ((OLDER, {**NEWER, "frozen": ["2026-06-01", "2026-06-30"]}), None, 25),
        # unless both name a holder, or both a factory, and they differ
        (({**OLDER, "holder": "A"}, {**NEWER, "holder": "B", "withdrawn": "2026-06-01"}), "78", 80),
        (({**OLDER, "factory": "A"}, {**NEWER, "factory": "B", "withdrawn": "2026-06-01"}), "78", 80),
        (({**OLDER, "holder": "A"}, {**NEWER, "withdrawn": "2026-06-01"}), None, 25),
        (({**OLDER, "holder": "PT A"}, {**NEWER, "holder": "pt  a", "withdrawn": "2026-06-01"}), None, 25),
        # a letter counts for nothing and ends nothing
        ((OLDER, {**NEWER, "kind": "letter"}), "78", 80),
        (({**OLDER, "kind": "letter"},), None, 25),
        ((cert(78), cert(48, withdrawn="2026-06-01")), "78", 80),  # of one day: neither ends the other
        ((OLDER, cert(100, issued="2026-06-02")), "78", 80),
        ((cert(78), cert(48)), "48", 60),  # of two issued on one day, the lower
    ],
)
def test_of_those_that_count_the_latest_issued_does(
    held: tuple[Record, ...], tkdn: str | None, credit: int, turned: bool
) -> None:
    certificates = list(reversed(held)) if turned else list(held)
    assessment = check_frame(with_frame(home("FRAME", 600, certificates=certificates)), credit)
    assert assessment.components["FRAME"].certified == (None if tkdn is None else Decimal(tkdn))


# ---------------------------------------------------------------------------------------------------------------------
# Rule 3: all raw material domestic
# ---------------------------------------------------------------------------------------------------------------------

TUBE = home("TUBE", 100)


@pytest.mark.parametrize(
    ("lines", "credit"),
    [
        ("TUBE", 100),
        ("TUBE ORE", 100),
        ("ORE", 100),
        ("TUBE ORE MOTOR", 25),  # one imported line is enough
        ("TUBE ORE GLUE", 25),  # also one that is not a main component
        ("TUBE CLOTH", 100),
        ("TUBE CASTING", 100),  # certified, so made in Indonesia
    ],
)
def test_all_domestic_by_the_country_of_every_line(lines: str, credit: int) -> None:
    below = [
        TUBE,
        abroad("GLUE", 1, main=False),
        home("CLOTH", 1, main=False),
        part("CASTING", 10, certificates=[cert(12)]),
    ]
    document = with_frame(home("FRAME", 600), *below, lines=lines)
    check_frame(document, credit)


@pytest.mark.parametrize(("statement", "lines", "credit"), [(True, "TUBE MOTOR", 100), (False, "TUBE ORE", 25)])
def test_a_statement_wins_over_the_lines_both_ways(statement: bool, lines: str, credit: int) -> None:
    frame = home("FRAME", 600, all_domestic_material=statement)
    check_frame(with_frame(frame, TUBE, lines=lines), credit)


def test_one_level_by_country_or_all_the_way_down_by_bill() -> None:
    frame = home("FRAME", 600)
    document = with_frame(frame, TUBE, abroad("COIL", 50), lines="TUBE")
    document["uses"].append(use("TUBE", "COIL"))
    by_country = check_frame(document, 100)
    step = next(step for step in by_country.explain("FRAME").steps if step.code == "credit")
    assert "judged by the country of its components, one level down" in by_country.explain("FRAME").to_text()
    assert step.result == 100

    by_bill = check_frame(document, 25, regulation=STRICTER)
    assert by_bill.regulation.id == f"{LAW}+what-if"
    assert by_bill.to_dict()["regulation"] == f"{LAW}+what-if"
    assert "raw_material_test = bill" in by_bill.warnings[0].message
    assert "one-level" not in {each.code for each in by_bill.assumptions}


@pytest.mark.parametrize(
    ("tube", "credit"),
    [
        ({"natural_resource": True}, 100),
        ({"all_domestic_material": True}, 100),
        ({"all_domestic_material": False}, 25),
        ({}, 25),  # nothing is known below it
        ({"certificates": [cert(100)]}, 25),  # a certificate does not say that all its material is domestic
    ],
)
def test_under_the_stricter_test_the_bottom_of_the_bill_must_show_it(tube: Record, credit: int) -> None:
    document = with_frame(home("FRAME", 600), home("TUBE", 100, **tube), lines="TUBE ORE")
    assessment = check_frame(document, credit, regulation=STRICTER)
    assert assessment.status == "complete"
    assert assessment.bounds == (assessment.score, assessment.score)


@pytest.mark.parametrize(
    ("coil", "lines", "low", "high"),
    [
        ({"all_domestic_material": True}, "COIL ORE", "51.25", "85.00"),  # only where COIL is made is not known
        ({"all_domestic_material": True}, "COIL ORE MOTOR", "51.25", "51.25"),
        ({"all_domestic_material": False}, "COIL ORE", "51.25", "51.25"),
        ({"made_in": "CN"}, "COIL ORE", "51.25", "51.25"),  # though it is made of SAND from here
        ({"made_in": "ID"}, "COIL ORE", "85.00", "85.00"),
    ],
)
def test_the_bounds_under_the_stricter_test(coil: Record, lines: str, low: str, high: str) -> None:
    document = with_frame(
        home("FRAME", 600), TUBE, part("COIL", 5), part("SAND", 1, natural_resource=True), lines="TUBE"
    )
    document = changed(document, "COIL", **coil)
    document["uses"] += [use("TUBE", id_) for id_ in lines.split()] + [use("COIL", "SAND")]
    assert assessed(document, regulation=STRICTER).bounds == (Decimal(low), Decimal(high))


def test_pasal_9_asks_for_the_country_under_the_stricter_test_too() -> None:
    imported = bill(good(), MOTOR, uses={"GOOD": "MOTOR"})
    assert assessed(imported, regulation=STRICTER).status == "cannot_be_calculated"
    document = bill(good(), home("FRAME", 600), MOTOR, uses={"GOOD": "FRAME MOTOR"})
    assert assessed(document, regulation=STRICTER).status == "complete"


def test_under_the_stricter_test_an_unknown_origin_deep_down_leaves_the_credit_open() -> None:
    """COIL is stated to be all domestic, but not where it is made."""
    document = with_frame(home("FRAME", 600), TUBE, part("COIL", 50, all_domestic_material=True), lines="TUBE")
    document["uses"].append(use("TUBE", "COIL"))
    assert check_frame(document, 100).status == "complete"
    assessment = check_frame(document, 25, regulation=STRICTER)
    assert assessment.status == "incomplete"
    assert str(assessment.bounds[1]) == "85.00"
    (gap,) = (gap for gap in assessment.gaps if gap.part == "COIL" and gap.code == "origin-unknown")
    assert "score" in gap.affects
    check_frame(changed(document, "COIL", made_in="ID"), 100, regulation=STRICTER)
    check_frame(changed(document, "COIL", made_in="CN", all_domestic_material=None), 25, regulation=STRICTER)


# ---------------------------------------------------------------------------------------------------------------------
# Rule 1: lines and costs
# ---------------------------------------------------------------------------------------------------------------------


def test_cost_is_gross_quantity_times_unit_cost() -> None:
    """Plate: 1.2 kg net of 4 kg packs at 8000 for 4, a quarter lost; 1.6 kg at 2000 are 3200 of 4000 rupiah."""
    plate = home("PLATE", unit="kg", price={"amount": "8000", "per": "4"})
    document = bill(
        good(),
        plate,
        abroad("PUMP", 800),
        uses={"GOOD": "PUMP"},
        more_uses=[use("GOOD", "PLATE", "1200", unit="g", scrap="0.25")],
    )
    assessment = assessed(document)
    exact = assessment.components["PLATE"].exact
    assert exact["cost"] == 3200
    assert exact["share"] == 80
    assert exact["points"] == Fraction(3, 4) * 80 * Fraction(25, 100)  # 15
    assert assessment.exact == 25 + 15


def test_foreign_money_at_the_latest_rate_on_or_before_the_day() -> None:
    document = bill(
        good(),
        home("FRAME", 1000),
        abroad("PUMP", price={"amount": "0.05", "currency": "USD"}),
        uses={"GOOD": "FRAME PUMP"},
        rates=[
            {"currency": "USD", "rate": "20000", "from": "2026-06-01"},
            {"currency": "USD", "rate": "180000", "per": "10", "from": "2026-05-01"},
            {"currency": "USD", "rate": "30000", "from": "2026-06-02"},
        ],
    )
    costs = {on: assessed(document, on=on).components["PUMP"].exact["cost"] for on in ("2026-05-31", "2026-06-01")}
    assert costs == {"2026-05-31": 900, "2026-06-01": 1000}
    # 1000 of 2000 rupiah at 25: material 12.5
    assert assessed(document).exact == 25 + Fraction(3, 4) * Fraction(25, 2)


def test_two_uses_of_one_part_are_one_line_and_phantoms_multiply() -> None:
    """FRAME 1 + 2 x 3 (through a kit) = 7 pieces of 100; PUMP 300: FRAME is 70%."""
    document = bill(
        good(),
        home("FRAME", 100),
        abroad("PUMP", 300),
        {"id": "KIT", "phantom": True},
        uses={"GOOD": "FRAME 2*KIT PUMP", "KIT": "3*FRAME"},
    )
    assessment = assessed(document)
    assert assessment.components["FRAME"].exact["share"] == 70
    assert "KIT" not in assessment.components
    assert assessment.exact == 25 + Fraction(3, 4) * 70 * Fraction(1, 4)  # 38.125
    assert str(assessment.score) == "38.13"


def test_effectivity_dates_are_included_and_only_the_chosen_alternative_counts() -> None:
    dated = [use("GOOD", "OLD", valid_to="2026-06-01"), use("GOOD", "NEW", valid_from="2026-06-02")]
    document = bill(
        good(), abroad("OLD", 100), home("NEW", 100), home("FRAME", 100), uses={"GOOD": "FRAME"}, more_uses=dated
    )
    assert set(assessed(document, on="2026-06-01").components) == {"GOOD", "OLD", "FRAME"}
    assert set(assessed(document, on="2026-06-02").components) == {"GOOD", "NEW", "FRAME"}

    chosen = [use("GOOD", "NEW", alternative_to="OLD", chosen=True), use("GOOD", "SPARE", alternative_to="OLD")]
    document = bill(
        good(),
        abroad("OLD", 100),
        home("NEW", 100),
        home("SPARE", 100),
        home("FRAME", 100),
        uses={"GOOD": "FRAME OLD"},
        more_uses=chosen,
    )
    assert set(assessed(document).components) == {"GOOD", "NEW", "FRAME"}


def test_a_line_that_is_not_main_counts_for_the_roll_up_and_for_pasal_9_but_not_in_the_sum() -> None:
    """SUB costs 2 x 100 + 50 + 250 = 500; in the good it is half of 1000 beside MOTOR, and the paint stays out."""
    sub = home("SUB", conversion_cost={"amount": "250"})
    document = bill(
        good(),
        sub,
        home("BOLT", 100),
        home("GLUE", 50, main=False),
        abroad("MOTOR", 500),
        home("PAINT", 7, main=False),
        uses={"GOOD": "SUB MOTOR PAINT", "SUB": "2*BOLT GLUE"},
    )
    assessment = assessed(document)
    assert assessment.components["SUB"].exact["cost"] == 500
    assert assessment.components["SUB"].exact["share"] == 50
    paint = assessment.components["PAINT"]
    assert (paint.main, paint.counts, paint.share, paint.points) == (False, False, None, None)
    assert paint.credited == 25
    assert paint.exact["cost"] == 7
    assert assessment.exact == 25 + Fraction(3, 4) * 50  # SUB is all domestic
    # Only the paint is domestic: enough for Pasal 9(2)a.
    foreign = changed(document, "SUB", made_in="CN")
    assert (assessed(foreign).status, str(assessed(foreign).score)) == ("complete", "25.00")
    foreign = changed(foreign, "PAINT", made_in="CN")
    assert assessed(foreign).status == "cannot_be_calculated"


def test_an_in_house_stage_opens_into_its_inputs() -> None:
    """TUBE 2 x 150 and ROD 100 stand in the good's sum; welding itself is labour of the good, not material."""
    weld = {"id": "WELD", "in_house": True, "conversion_cost": {"amount": "999"}}
    document = bill(good(), weld, home("TUBE", 150), abroad("ROD", 100), uses={"GOOD": "WELD", "WELD": "2*TUBE ROD"})
    assessment = assessed(document)
    stage = assessment.components["WELD"]
    assert (stage.credited, stage.credited_potential, stage.own, stage.share, stage.counts) == (None,) * 4 + (False,)
    assert assessment.components["TUBE"].exact["share"] == 75
    assert assessment.components["ROD"].exact["share"] == 25
    assert assessment.exact == 25 + Fraction(3, 4) * 75 * Fraction(1, 4)


def test_the_stages_of_a_bought_part_add_to_its_cost_but_not_to_its_own_material() -> None:
    """SUB takes 2 stages at 50 with 1 TUBE (100) each and 1 ROD of 100: 2 x 150 + 100 + 600 = 1000 rupiah."""
    stage = {"id": "STAGE", "in_house": True, "conversion_cost": {"amount": "50"}}
    sub = home("SUB", conversion_cost={"amount": "600"}, production=MADE)
    document = bill(
        good(),
        sub,
        stage,
        home("TUBE", 100, certificates=[cert(100)]),
        abroad("ROD", 100),
        uses={"GOOD": "SUB ROD", "SUB": "2*STAGE ROD", "STAGE": "TUBE"},
    )
    component = assessed(document).components["SUB"]
    assert component.exact["cost"] == 1000
    assert component.own == Decimal("75.00")  # 25 + 0.75 x 200/300 at 100
    assert (component.credited, component.credited_potential) == (25, 80)


def test_a_stated_price_wins_over_the_roll_up() -> None:
    document = bill(
        good(), home("SUB", 300), home("BOLT", 5000), abroad("MOTOR", 100), uses={"GOOD": "SUB MOTOR", "SUB": "BOLT"}
    )
    assert assessed(document).components["SUB"].exact["share"] == 75


# ---------------------------------------------------------------------------------------------------------------------
# Rule 4: what cannot be calculated (Pasal 9)
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "lines", "code", "article"),
    [
        (good(made_in="CN"), "FRAME", "made-abroad", "Pasal 9(1)"),
        (good(), "MOTOR", "all-imported", "Pasal 9(2)a"),
        (good(production={**MADE, "activity": "packing"}), "FRAME", "activity-packing", "Pasal 9(2)b"),
        (
            good(production={**MADE, "activity": "finishing", "hs_heading_changed": False}),
            "FRAME",
            "activity-finishing",
            "Pasal 9(2)c",
        ),
        (good(production={**MADE, "activity": "dismantling"}), "FRAME", "activity-dismantling", "Pasal 9(2)d"),
        (good(production={**MADE, "activity": "none"}), "FRAME", "activity-none", "Pasal 9(2)e"),
    ],
)
def test_cannot_be_calculated_is_not_zero(product: Record, lines: str, code: str, article: str) -> None:
    document = bill(product, home("FRAME", 600), MOTOR, uses={"GOOD": lines})
    assessment = assessed(document)
    assert assessment.status == "cannot_be_calculated"
    assert (assessment.score, assessment.potential, assessment.bounds) == (None, None, (None, None))
    (reason,) = assessment.reasons
    assert (reason["code"], reason["article"]) == (code, f"Permenperin 35/2025 {article}")
    assert "GOOD" in reason["message"]
    assert assessment.components["GOOD"].status == "cannot_be_calculated"
    assert assessment.to_dict()["factors"]["material"]["points"] is None


def test_every_reason_is_named() -> None:
    product = good(made_in="CN", production={"activity": "packing"})
    reasons = assessed(bill(product, MOTOR, uses={"GOOD": "MOTOR"})).reasons
    assert [reason["code"] for reason in reasons] == ["made-abroad", "activity-packing", "all-imported"]


@pytest.mark.parametrize(
    ("production", "score"),
    [
        ({"activity": "manufacture"}, "43.75"),
        ({"activity": "finishing", "hs_heading_changed": True}, "43.75"),
        ({"activity": "manufacture", "hs_heading_changed": False}, "43.75"),
        ({}, "43.75"),
    ],
)
def test_manufacture_and_finishing_that_changed_the_heading_can_be_calculated(production: Record, score: str) -> None:
    document = bill(good(production={**MADE, **production}), home("FRAME", 600), uses={"GOOD": "FRAME"})
    assert str(assessed(document).score) == score  # 25 + 0.75 x 25


@pytest.mark.parametrize(
    ("document", "code", "gap", "high", "coverage"),
    [
        (
            bill(part("GOOD", production=MADE), home("A", 1), uses={"GOOD": "A"}),
            "product-origin",
            "origin-unknown",
            "43.75",
            "100.00",
        ),
        (
            bill(good(), part("A", 1), MOTOR, uses={"GOOD": "A MOTOR"}),
            "no-known-domestic",
            "origin-unknown",
            "25.37",
            "99.50",
        ),
        (
            bill(good(production={**MADE, "activity": "finishing"}), home("A", 1), uses={"GOOD": "A"}),
            "heading-unknown",
            "heading-unknown",
            "43.75",
            "100.00",
        ),
        (bill(good(), home("A"), uses={"GOOD": "A"}), "no-cost", "price-missing", None, None),
        (bill(good(), uses={}), "no-lines", "no-lines", None, None),
        (bill(good(), home("A", 1, main=False), uses={"GOOD": "A"}), "no-main-line", "no-main-line", None, None),
    ],
)
def test_a_fact_that_is_missing_leaves_no_score_and_a_gap(
    document: Document, code: str, gap: str, high: str | None, coverage: str | None
) -> None:
    assessment = assessed(document)
    assert (assessment.status, assessment.score, assessment.potential) == ("incomplete", None, None)
    assert [reason["code"] for reason in assessment.reasons] == [code]
    assert [each.code for each in assessment.gaps if "score" in each.affects] == [gap]
    assert assessment.bounds == (None, None if high is None else Decimal(high))
    assert assessment.coverage == (None if coverage is None else Decimal(coverage))
    assert {component.points for component in assessment} == {None}


def test_what_is_wrong_for_good_outweighs_what_is_missing() -> None:
    assessment = assessed(bill(good(made_in="CN"), part("A", 1), uses={"GOOD": "A"}))
    assert assessment.status == "cannot_be_calculated"
    assert [reason["code"] for reason in assessment.reasons] == ["made-abroad", "no-known-domestic"]


def test_a_missing_price_of_a_line_that_is_not_main_leaves_the_score() -> None:
    document = bill(good(), home("A", 1), home("GLUE", main=False), uses={"GOOD": "A GLUE"})
    assessment = assessed(document)
    assert (str(assessment.score), assessment.status) == ("43.75", "complete")
    assert "price-missing" not in {gap.code for gap in assessment.gaps}


# ---------------------------------------------------------------------------------------------------------------------
# Rules 5 and 6: TKDN of a part's own bill, and what it could earn
# ---------------------------------------------------------------------------------------------------------------------


def with_bill(frame: Record, nature: int = 700, import_: int = 300, **more: Any) -> Document:
    """FRAME with a bill of COIL from nature and RESIN from abroad."""
    below = (part("COIL", nature, natural_resource=True), abroad("RESIN", import_))
    return with_frame(frame, *below, lines="COIL RESIN", **more)


def test_potential_is_above_the_score_where_a_sub_assembly_could_be_certified() -> None:
    """FRAME's own bill: 25 + 0.75 x 70 = 77.5, so a certificate would earn 80 where it earns 25 today."""
    assessment = assessed(with_bill(home("FRAME", 600, production=MADE)))
    frame = assessment.components["FRAME"]
    assert (frame.own, frame.credited, frame.credited_potential) == (Decimal("77.50"), 25, 80)
    assert (str(assessment.score), str(assessment.potential)) == ("51.25", "76.00")
    assert frame.exact["points"] == Fraction(3, 4) * 60 * Fraction(25, 100)
    assert frame.exact["potential_points"] == Fraction(3, 4) * 60 * Fraction(80, 100)
    assert (frame.to_dict()["points"], frame.to_dict()["potential_points"]) == ("11.25", "36.00")
    assert assessment.bounds == (Decimal("51.25"), Decimal("51.25"))  # the potential may lie above the bounds


NO_LABOUR = {**MADE, "indonesian_workers": 1, "foreign_workers": 2, "invested_in_indonesia": False}
LABOUR_ONLY = {**MADE, "invested_in_indonesia": False}


@pytest.mark.parametrize(
    ("nature", "made", "own", "band"),
    [
        # 0.75 x nature / 30000 is nature / 400 percent
        (9997, NO_LABOUR, "24.99", 25),  # 24.9925
        (9998, NO_LABOUR, "25.00", 40),  # 24.995: a half rounds up, and reaches 25
        (15998, NO_LABOUR, "40.00", 40),  # 39.995
        (16001, NO_LABOUR, "40.00", 40),  # 40.0025 is over 40, but a certificate prints 40.00
        (16002, NO_LABOUR, "40.01", 60),  # 40.005
        (24001, NO_LABOUR, "60.00", 60),  # 60.0025
        (24002, NO_LABOUR, "60.01", 80),  # 60.005
        (28001, LABOUR_ONLY, "80.00", 80),  # 10 + 70.0025
        (28002, LABOUR_ONLY, "80.01", 100),  # 10 + 70.005
        (30000 - 1, MADE, "100.00", 100),  # 25 + 74.9975 = 99.9975
    ],
)
def test_own_is_rounded_half_up_before_it_is_banded(nature: int, made: Record, own: str, band: int) -> None:
    assessment = assessed(with_bill(home("FRAME", 600, production=made), nature, 30000 - nature))
    frame = assessment.components["FRAME"]
    assert (str(frame.own), frame.credited_potential) == (own, band)
    assert str(assessment.potential) == SCORE_BY_CREDIT[band]
    assert str(assessment.score) == SCORE_BY_CREDIT[25]


@pytest.mark.parametrize(
    ("frame", "suppliers", "why"),
    [
        ({"made_in": "CN"}, [], "it is not known to be made in Indonesia"),
        ({"made_in": None}, [], "it is not known to be made in Indonesia"),
        ({"supplier": "S-1"}, [UNLICENSED], "its maker holds no industrial licence"),
        ({"production": {**MADE, "activity": "packing"}}, [], "its activity is one that cannot be calculated"),
        ({"production": {**MADE, "activity": "finishing", "hs_heading_changed": False}}, [], "its activity is one"),
        ({"production": {**MADE, "activity": "finishing"}}, [], "production facts are missing"),
        ({"production": None}, [], "production facts are missing"),
        ({"production": {**MADE, "foreign_workers": None}}, [], "production facts are missing"),
        ({"production": {**MADE, "indonesian_workers": 0}}, [], "production facts are missing"),
        ({"production": {**MADE, "invested_in_indonesia": None}}, [], "production facts are missing"),
        ({"production": {**MADE, "factory": None}}, [], "production facts are missing"),
    ],
)
def test_without_one_of_its_conditions_there_is_no_own(frame: Record, suppliers: list[Record], why: str) -> None:
    document = with_bill(home("FRAME", 600, production=MADE), suppliers=suppliers)
    facts = frame.get("production")
    if facts:
        frame = {"production": {key: value for key, value in facts.items() if value is not None}}
    assessment = assessed(changed(document, "FRAME", **frame))
    found = assessment.components["FRAME"]
    assert found.own is None
    assert found.credited_potential == found.credited
    assert assessment.potential == assessment.score
    assert why in assessment.explain("FRAME").to_text()


def test_no_own_where_nothing_in_the_bill_is_domestic_or_priced() -> None:
    imported = with_frame(home("FRAME", 600, production=MADE), abroad("RESIN", 1), lines="RESIN")
    assert assessed(imported).components["FRAME"].own is None
    assert "none of its components is known to be domestic" in assessed(imported).explain("FRAME").to_text()
    unpriced = with_frame(home("FRAME", 600, production=MADE), home("COIL"), abroad("RESIN", 1), lines="COIL RESIN")
    assert assessed(unpriced).components["FRAME"].own is None
    assert "a main component has no price" in assessed(unpriced).explain("FRAME").to_text()
    paint = with_frame(home("FRAME", 600, production=MADE), home("COIL", 1, main=False), lines="COIL")
    assert assessed(paint).components["FRAME"].own is None


def test_one_domestic_line_that_is_not_main_lets_own_be_said() -> None:
    """All main lines imported: 25 from labour and overhead, which is the band of 40."""
    below = (abroad("RESIN", 100), home("GLUE", 1, main=False))
    frame = assessed(with_frame(home("FRAME", 600, production=MADE), *below, lines="RESIN GLUE")).components["FRAME"]
    assert (str(frame.own), frame.credited, frame.credited_potential) == ("25.00", 25, 40)


@pytest.mark.parametrize(
    ("facts", "own"),
    [
        ({"rd_unit": "own"}, "81.50"),  # 77.5 + 20% x 20
        ({"rd_share_of_revenue": "0.03", "rd_unit": "own", "rd_programme": True, "rd_used_in_product": True}, "97.50"),
    ],
)
def test_brainware_adds_to_own(facts: Record, own: str) -> None:
    frame = assessed(with_bill(home("FRAME", 600, production=MADE, brainware=facts))).components["FRAME"]
    assert (str(frame.own), frame.credited_potential) == (own, 100)


def test_own_with_brainware_is_at_most_100() -> None:
    brainware = {"rd_used_in_product": True, "rd_programme": True}  # 10 points on 97.75
    frame = home("FRAME", 600, production=MADE, brainware=brainware)
    assert str(assessed(with_bill(frame, 97, 3)).components["FRAME"].own) == "100.00"


def test_own_takes_the_potential_credits_of_its_lines() -> None:
    """COIL (700) could have 25 + 0.75 x 80 = 85, so 100, where it earns 25 today; FRAME's own is 77.5 as if of nature."""
    below = (
        home("COIL", 700, production=MADE),
        abroad("RESIN", 300),
        part("SCRAP", 4, natural_resource=True),
        abroad("ZINC", 1),
    )
    document = with_frame(home("FRAME", 600, production=MADE), *below, lines="COIL RESIN")
    document["uses"] += [use("COIL", "SCRAP"), use("COIL", "ZINC")]
    components = assessed(document).components
    assert (str(components["COIL"].own), components["COIL"].credited, components["COIL"].credited_potential) == (
        "85.00",
        25,
        100,
    )
    assert (str(components["FRAME"].own), components["FRAME"].credited_potential) == ("77.50", 80)


@pytest.mark.parametrize(
    ("fields", "credited", "potential"),
    [
        ({"certificates": [cert(12)]}, 25, 80),
        ({"certificates": [cert(78)]}, 80, 80),
        ({"certificates": [cert(90)]}, 100, 100),
        ({"all_domestic_material": True}, 100, 100),
    ],
)
def test_potential_is_the_larger_of_today_and_own(fields: Record, credited: int, potential: int) -> None:
    frame = assessed(with_bill(home("FRAME", 600, production=MADE, **fields))).components["FRAME"]
    assert (str(frame.own), frame.credited, frame.credited_potential) == ("77.50", credited, potential)


# ---------------------------------------------------------------------------------------------------------------------
# Rule 7: bounds, coverage, status
# ---------------------------------------------------------------------------------------------------------------------


def test_an_unknown_origin_counts_as_nothing_and_in_full_in_the_upper_bound() -> None:
    assessment = assessed(with_frame(part("FRAME", 600)))
    assert (str(assessment.score), str(assessment.potential)) == ("40.00", "40.00")
    assert assessment.bounds == (Decimal("40.00"), Decimal("85.00"))
    assert (str(assessment.coverage), assessment.status) == ("40.00", "incomplete")
    assert assessment.components["FRAME"].status == "incomplete"
    assert assessment.components["MOTOR"].status == "complete"


def test_an_unknown_line_below_leaves_the_credit_open_unless_it_is_decided_anyway() -> None:
    """With TUBE of unknown origin FRAME may be all domestic; with an import beside it, it is 25 either way."""
    assessment = assessed(with_frame(home("FRAME", 600), part("TUBE", 1), lines="TUBE ORE"))
    assert assessment.bounds == (Decimal("51.25"), Decimal("85.00"))
    assert (str(assessment.coverage), assessment.status) == ("40.00", "incomplete")
    (gap,) = (gap for gap in assessment.gaps if gap.part == "TUBE" and gap.code == "origin-unknown")
    assert gap.affects == ("score", "potential", "lift")

    assessment = assessed(with_frame(home("FRAME", 600), part("TUBE", 1), lines="TUBE MOTOR"))
    assert assessment.bounds == (Decimal("51.25"), Decimal("51.25"))
    assert (str(assessment.coverage), assessment.status) == ("100.00", "complete")
    (gap,) = (gap for gap in assessment.gaps if gap.part == "TUBE" and gap.code == "origin-unknown")
    assert gap.affects == ("potential", "lift")


@pytest.mark.parametrize("decided", [{"certificates": [cert(78)]}, {"all_domestic_material": True}])
def test_a_certificate_or_statement_above_decides_over_an_unknown_line(decided: Record) -> None:
    assessment = assessed(with_frame(home("FRAME", 600, **decided), part("TUBE", 1), lines="TUBE"))
    assert (str(assessment.coverage), assessment.status) == ("100.00", "complete")


def test_the_upper_bound_counts_unknown_labour_and_overhead_in_full() -> None:
    document = bill(part("GOOD", made_in="ID"), part("ORE", 1, natural_resource=True), uses={"GOOD": "ORE"})
    assessment = assessed(document)
    assert (str(assessment.score), assessment.status) == ("75.00", "incomplete")
    assert assessment.bounds == (Decimal("75.00"), Decimal("100.00"))
    assert str(assessment.coverage) == "100.00"  # of the material
    assert assessment.factors["labour"].value is None
    assert assessment.factors["labour"].points == 0


def test_coverage_is_by_cost_of_main_lines() -> None:
    document = bill(
        good(), home("A", 100), part("B", 200), part("C", 900, main=False), abroad("D", 100), uses={"GOOD": "A B C D"}
    )
    assert str(assessed(document).coverage) == "50.00"


def test_a_domestic_part_with_neither_certificate_nor_bill_is_a_gap_of_the_potential_only() -> None:
    assessment = check_frame(with_frame(home("FRAME", 600)), 25)
    (gap,) = (gap for gap in assessment.gaps if gap.code == "bill-missing")
    assert (gap.part, gap.affects, assessment.status) == ("FRAME", ("potential",), "complete")


# ---------------------------------------------------------------------------------------------------------------------
# Rule 8 and Pasal 7: labour and overhead
# ---------------------------------------------------------------------------------------------------------------------


def with_production(production: Record) -> Document:
    """A good all of nature: material gives 75, labour 10 and overhead 15 at most."""
    return bill(good(production=production), part("ORE", 1, natural_resource=True), uses={"GOOD": "ORE"})


@pytest.mark.parametrize(
    ("production", "labour", "overhead", "score"),
    [
        ({"factory": "own"}, 100, 100, "100.00"),
        ({"factory": "partner_factory"}, 60, 60, "90.00"),
        ({"factory": "outsourced"}, 30, 30, "82.50"),
        ({"indonesian_workers": 1, "foreign_workers": 1}, 100, 100, "100.00"),  # half is enough
        ({"indonesian_workers": 50, "foreign_workers": 51}, 0, 100, "90.00"),
        ({"indonesian_workers": 0, "foreign_workers": 1}, 0, 100, "90.00"),
        ({"invested_in_indonesia": False}, 100, 0, "85.00"),
        ({"invested_in_indonesia": False, "indonesian_workers": 0, "foreign_workers": 1}, 0, 0, "75.00"),
        ({"factory": "partner_factory", "invested_in_indonesia": False}, 60, 0, "81.00"),
        ({"factory": "outsourced", "indonesian_workers": 1, "foreign_workers": 2}, 0, 30, "79.50"),
    ],
)
def test_the_ladders_of_labour_and_overhead(production: Record, labour: int, overhead: int, score: str) -> None:
    assessment = assessed(with_production({**MADE, **production}))
    assert assessment.factors["labour"].value == labour
    assert assessment.factors["overhead"].value == overhead
    assert (str(assessment.score), assessment.status) == (score, "complete")


@pytest.mark.parametrize(
    ("production", "gaps", "score", "high"),
    [
        ({"indonesian_workers": 0, "foreign_workers": 0}, ["no-workers"], "90.00", "100.00"),
        ({"indonesian_workers": None}, ["workers-missing"], "90.00", "100.00"),
        ({"foreign_workers": None}, ["workers-missing"], "90.00", "100.00"),
        ({"invested_in_indonesia": None}, ["investment-missing"], "85.00", "100.00"),
        ({"factory": None}, ["factory-missing"], "75.00", "100.00"),
        # labour is 0 in any factory and overhead 0 without investment: the factory need not be known
        ({"factory": None, "indonesian_workers": 0, "foreign_workers": 1}, ["factory-missing"], "75.00", "90.00"),
        ({"factory": None, "invested_in_indonesia": False}, ["factory-missing"], "75.00", "85.00"),
        (
            {"factory": None, "indonesian_workers": 0, "foreign_workers": 1, "invested_in_indonesia": False},
            [],
            "75.00",
            "75.00",
        ),
    ],
)
def test_facts_that_are_missing(production: Record, gaps: list[str], score: str, high: str) -> None:
    made = {key: value for key, value in {**MADE, **production}.items() if value is not None}
    assessment = assessed(with_production(made))
    assert [gap.code for gap in assessment.gaps if "score" in gap.affects] == gaps
    assert assessment.bounds == (Decimal(score), Decimal(high))
    assert assessment.status == ("incomplete" if gaps else "complete")


# ---------------------------------------------------------------------------------------------------------------------
# Brainware (Pasal 10-12) and Rule 9
# ---------------------------------------------------------------------------------------------------------------------

# The text's own example: 100%, third-party unit 50%, 100%, 100%.
EXAMPLE = {"rd_share_of_revenue": "0.021", "rd_unit": "third_party", "rd_programme": True, "rd_used_in_product": True}


def test_brainware_of_the_laws_example_adds_18_points() -> None:
    document = bill(
        good(brainware=EXAMPLE), part("ORE", 1, natural_resource=True), abroad("MOTOR", 1), uses={"GOOD": "ORE MOTOR"}
    )
    assessment = assessed(document)
    assert assessment.factors["brainware"].to_dict() == {"value": "90.00", "weight": "20.00", "points": "18.00"}
    assert assessment.exact == 25 + Fraction(75, 2) + 18
    assert assessment.cap == 0


def test_score_and_brainware_together_are_at_most_100() -> None:
    document = with_production(MADE)
    document = changed(document, "GOOD", brainware=EXAMPLE)
    assessment = assessed(document)
    assert assessment.exact == 100
    assert assessment.cap == 18
    assert assessment.to_dict()["factors"]["cap"] == "18.00"
    assert assessment.exact_potential == 100
    assert assessment.bounds == (Decimal("100.00"), Decimal("100.00"))


@pytest.mark.parametrize(
    ("nature", "score"),
    [(2, "25.01"), (9998, "50.00"), (9997, "49.99"), (14, "25.04")],  # 25 + nature/400: 25.005, 49.995, 49.9925, 25.035
)
def test_output_is_rounded_half_up(nature: int, score: str) -> None:
    document = bill(
        good(), part("ORE", nature, natural_resource=True), abroad("MOTOR", 30000 - nature), uses={"GOOD": "ORE MOTOR"}
    )
    assessment = assessed(document)
    assert str(assessment.score) == score
    assert assessment.to_dict()["score"] == score
    assert assessment.exact == 25 + Fraction(nature, 400)
    assert assessment.to_dict()["exact"]["score"] == f"{assessment.exact.numerator}/{assessment.exact.denominator}"


# ---------------------------------------------------------------------------------------------------------------------
# The components, and what is asked of `assess`
# ---------------------------------------------------------------------------------------------------------------------


def test_components_stand_product_first_then_in_the_bills_order_without_phantoms() -> None:
    document = bill(
        good(),
        {"id": "KIT", "phantom": True},
        home("Z", 1),
        home("A", 1),
        home("DEEP", 1),
        home("LOST", 1),
        uses={"GOOD": "KIT", "KIT": "A Z", "Z": "DEEP"},
    )
    document["parts"].append(document["parts"].pop(0))  # the product need not stand first
    assessment = assessed(document)
    assert list(assessment.components) == ["GOOD", "Z", "A", "DEEP"]
    deep = assessment.components["DEEP"]
    assert (deep.counts, deep.cost, deep.share, deep.points, deep.credited) == (False, None, None, None, 25)
    product = assessment.components["GOOD"]
    assert (product.counts, product.share, product.cost) == (False, None, None)
    assert [each.part for each in assessment] == list(assessment.components)


def test_the_products_own_is_its_potential_as_a_certificate_would_print_it() -> None:
    components = assessed(with_bill(home("FRAME", 600, production=MADE))).components
    assert (str(components["GOOD"].own), components["GOOD"].credited_potential) == ("76.00", 80)


def test_any_part_may_be_assessed_and_in_exact_numbers_throughout() -> None:
    document = with_bill(home("FRAME", 600, production=MADE))
    frame = assessed(document, product="FRAME", exact=True)
    assert (frame.product, str(frame.score)) == ("FRAME", "77.50")
    assert list(frame.components) == ["FRAME", "COIL", "RESIN"]
    assert assessed(document, exact=True).exact == assessed(document).exact


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"product": "FRAMES"}, "part-unknown"),
        ({"product": "KIT"}, "contradiction-product"),
        ({"product": "WELD"}, "contradiction-product"),
        ({"product": "PAINT"}, "contradiction-product"),
        ({"on": "2026-13-01"}, "date-invalid"),
        ({"on": "1 June 2026"}, "date-invalid"),
    ],
)
def test_a_call_that_makes_no_sense_is_an_error(options: Record, code: str) -> None:
    more = ({"id": "KIT", "phantom": True}, {"id": "WELD", "in_house": True}, home("PAINT", 1, main=False))
    with pytest.raises(UsageError) as caught:
        assessed(with_frame(home("FRAME", 600), *more), **options)
    assert caught.value.code == code


def test_money_without_a_rate_on_the_day_is_an_error_not_one_to_one() -> None:
    rates = [{"currency": "USD", "rate": "16000", "from": "2026-06-02"}]
    document = with_frame(home("FRAME", {"amount": "1", "currency": "USD"}), rates=rates)
    with pytest.raises(BomError) as caught:
        assessed(document)
    assert (caught.value.code, caught.value.problems[0].part) == ("rate-missing", "FRAME")
    assert assessed(document, on="2026-06-02").exact is not None


def test_the_provenance_names_library_regulation_input_and_date() -> None:
    document = with_frame(home("FRAME", 600))
    provenance = assessed(document).provenance
    assert provenance["regulation"] == LAW
    assert provenance["data_version"] == regulation(LAW).data_version
    assert provenance["on"] == "2026-06-01"
    assert provenance["library"].startswith("tkdn ")
    assert len(provenance["input_sha256"]) == 64
    other = assessed(changed(document, "FRAME", price={"amount": "601"})).provenance
    assert other["input_sha256"] != provenance["input_sha256"]
    assert assessed(document).to_dict()["provenance"] == provenance


# ---------------------------------------------------------------------------------------------------------------------
# Made abroad, country not stated
# ---------------------------------------------------------------------------------------------------------------------


def test_made_abroad_in_no_stated_country_is_known_and_earns_nothing() -> None:
    """Without its country it was of unknown origin: a gap, and bounds up to 100."""
    said = assessed(bill(good(), part("A", 100, "XX"), home("B", 100), uses={"GOOD": "A B"}))
    unknown = assessed(bill(good(), part("A", 100), home("B", 100), uses={"GOOD": "A B"}))
    assert said.components["A"].credited == said.components["A"].credited_potential == 0
    assert [gap.part for gap in unknown.gaps if gap.code == "origin-unknown"] == ["A"]
    assert [gap for gap in said.gaps if gap.code == "origin-unknown"] == []
    assert (said.bounds[1] or 0) < (unknown.bounds[1] or 0)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.json")), ids=lambda path: path.stem)
def test_no_figure_depends_on_whether_the_country_of_an_import_is_stated(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    if document.get("format") != "tkdn-bom" or not document.get("date"):
        pytest.skip("no bill with a date")
    moved = [
        {**each, "made_in": "XX"} if each.get("made_in") not in (None, "ID") else each for each in document["parts"]
    ]
    before, after = (assess(Bom.from_dict(each)) for each in (document, {**document, "parts": moved}))
    assert (after.exact, after.exact_potential, after.bounds) == (before.exact, before.exact_potential, before.bounds)
    assert (after.coverage, after.status) == (before.coverage, before.status)
    assert [(gap.code, gap.part) for gap in after.gaps] == [(gap.code, gap.part) for gap in before.gaps]


def test_a_product_made_abroad_in_no_stated_country_has_no_score() -> None:
    assessment = assessed(bill(good(made_in="XX"), home("A", 100), uses={"GOOD": "A"}))
    assert (assessment.score, assessment.status) == (None, "cannot_be_calculated")


def test_an_ikm_part_made_abroad_in_no_stated_country_is_traded() -> None:
    document = bill(
        good(), part("A", 100, "XX", supplier="S-1"), home("B", 100), uses={"GOOD": "A B"}, suppliers=[firm("S-1")]
    )
    assert [row["part"] for row in lift(assessed(document)).traded] == ["A"]
