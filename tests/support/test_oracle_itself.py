"""The naive oracle on cases worked by hand: it must be right before the library is held to it.

Unless a case says otherwise the good earns labour 100 and overhead 100, so its score is 25 + 0.75 x material.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import pytest
from tests.support import oracle
from tests.support.build import EXAMPLES, MADE, Document, Record, abroad, bill, changed, good, home, part
from tests.support.oracle_bill import Readings
from tests.support.test_oracle_certificates import NEW, OLD, held

ON = date(2026, 6, 1)
PACKED: Record = {"activity": "packing"}
FINISHED: Record = {"activity": "finishing"}
TOTALS: tuple[Literal["main", "all"], ...] = ("main", "all")


def beside_an_import(line: Record, *below: Record, uses: str = "", **top: Any) -> Document:
    """Two lines of equal cost: the score is 25 + 0.75 x credit / 2, so 25 of credit give 34.375 and 100 give 62.5."""
    lines = {"GOOD": "LINE MOTOR"} | ({"LINE": uses} if uses else {})
    return bill(good(), {**line, "id": "LINE"}, abroad("MOTOR", 100), *below, uses=lines, **top)


SCORES = {0: "25", 25: "34.375", 40: "40", 60: "47.5", 80: "55", 100: "62.5"}


def check(document: Document, credit: int, high: int | None = None, on: date = ON, **readings: Any) -> oracle.Outcome:
    """The line earns this much, and at most `high`."""
    outcome = oracle.assess(document, on, Readings(**readings))
    assert outcome["components"]["LINE"]["credited"] == credit
    assert outcome["score"] == Fraction(SCORES[credit])
    assert outcome["high"] == Fraction(SCORES[credit if high is None else high])
    return outcome


# ---------------------------------------------------------------------------------------------------------------------
# Whole examples
# ---------------------------------------------------------------------------------------------------------------------


def test_the_pump_of_the_regulation() -> None:
    """Lampiran I: M = 3.364877...%, so 0.75 x M + 25 = 27.523658..."""
    document = json.loads((EXAMPLES / "pump" / "pump.json").read_text())
    score = oracle.score_under(document, date.fromisoformat(document["date"]))
    assert score is not None
    assert f"{float(score):.6f}" == "27.523658"


@pytest.mark.parametrize(
    ("readings", "printed"),
    [
        ({}, "37.12"),  # 38.75 when every certificate lasted five years
        ({"open_term": "longer"}, "38.62"),
        ({"material_total": "all"}, "37.03"),
    ],
)
def test_the_pickup_as_the_corrections_print_it(readings: dict[str, Any], printed: str) -> None:
    document = json.loads((EXAMPLES / "rural-pickup" / "pickup.json").read_text())
    score = oracle.score_under(document, ON, Readings(**readings))
    assert score is not None
    assert f"{float(score):.2f}" == printed


# ---------------------------------------------------------------------------------------------------------------------
# W1 and W2: certificates; test_oracle_certificates.py has what counts on which day
# ---------------------------------------------------------------------------------------------------------------------


def test_a_revoked_value_stays_revoked_when_the_newer_is_withdrawn() -> None:
    """62.50 when certificates were taken one by one; 34.38 by Pasal 50(2)."""
    check(beside_an_import(home("LINE", 100, certificates=[OLD, NEW])), 25)


def test_an_open_certificate_does_not_count_but_is_in_the_bounds() -> None:
    """Two years ended on 31 May; three have not: 25 in the score, 100 in the bound and by the longer term."""
    document = beside_an_import(home("LINE", 100, certificates=[held(95, "2024-06-01")]))
    assert check(document, 25, high=100)["status"] == "incomplete"
    check(document, 100, open_term="longer")
    check(document, 100, on=date(2026, 5, 31))
    check(document, 25, on=date(2027, 6, 1))


def test_an_open_certificate_that_would_lower_the_score_is_not_in_the_bounds() -> None:
    document = beside_an_import(home("LINE", 100, all_domestic_material=True, certificates=[held(30, "2024-06-01")]))
    check(document, 100)
    check(document, 40, open_term="longer")


def test_the_certificate_that_counts_by_the_longer_term_may_be_another() -> None:
    """One of CV A is printed to last; a later one of CV B is open: 40 today, 100 in the bound."""
    lasting = held(30, "2023-06-01", expires="2027-05-31", holder="CV A")
    document = beside_an_import(home("LINE", 100, certificates=[lasting, held(95, "2024-01-01", holder="CV B")]))
    check(document, 40, high=100)
    check(document, 100, open_term="longer")


# ---------------------------------------------------------------------------------------------------------------------
# W6: licences
# ---------------------------------------------------------------------------------------------------------------------

LEFT_OUT = object()
NO_LICENCE: Record = {"id": "S-1", "industrial_licence": False}


@pytest.mark.parametrize(
    ("factory", "made_by_licence", "calculated"),
    [
        ("own", LEFT_OUT, False),
        ("partner_factory", LEFT_OUT, False),
        (LEFT_OUT, LEFT_OUT, False),
        ("own", True, False),
        ("outsourced", LEFT_OUT, True),
        ("outsourced", True, True),
        ("outsourced", False, False),
    ],
)
def test_a_product_of_a_maker_without_licence(factory: Any, made_by_licence: Any, calculated: bool) -> None:
    stated = {"factory": factory, "made_by_licence": made_by_licence}
    facts = {key: value for key, value in {**MADE, **stated}.items() if value is not LEFT_OUT}
    product = good(production=facts, maker="S-1")
    outcome = oracle.assess(
        bill(product, home("LINE", 100), uses={"GOOD": "LINE"}, suppliers=[NO_LICENCE]), ON, Readings()
    )
    assert (outcome["score"] is not None) == calculated
    assert outcome["obstacles"] == (set() if calculated else {"unlicensed"})
    assert (outcome["status"] == "cannot_be_calculated") != calculated


@pytest.mark.parametrize(
    ("facts", "credit"),
    [
        ({}, 0),
        ({"factory": "own", "made_by_licence": True}, 0),
        ({"factory": "outsourced"}, 0),
        ({"factory": "outsourced", "made_by_licence": True}, 25),
    ],
)
def test_the_licence_behind_a_component(facts: Record, credit: int) -> None:
    line = home("LINE", 100, maker="S-1", production=facts)
    check(beside_an_import(line, suppliers=[NO_LICENCE]), credit)
    licensed = {**NO_LICENCE, "industrial_licence": True}
    refused = home("LINE", 100, maker="S-1", production={"factory": "outsourced", "made_by_licence": False})
    check(beside_an_import(refused, suppliers=[licensed]), 0)


# ---------------------------------------------------------------------------------------------------------------------
# W7: what was not produced; W9: change of tariff line
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", ["packing", "dismantling", "none"])
def test_what_was_not_produced_earns_nothing(activity: str) -> None:
    facts = {"activity": activity}
    check(beside_an_import(home("LINE", 100, production=facts)), 0)  # 25 until now
    check(beside_an_import(home("LINE", 100, production=facts, all_domestic_material=True)), 0)  # 100 until now
    check(beside_an_import(home("LINE", 100, production=facts, certificates=[OLD])), 100)
    check(beside_an_import(home("LINE", 100, production=facts, natural_resource=True)), 100)
    check(beside_an_import(home("LINE", 100, production=facts)), 25, production_test="none")


def test_what_was_packed_somewhere_earns_nothing_in_the_bound_too() -> None:
    unknown = part("LINE", 100, production=PACKED)
    document = beside_an_import(unknown)
    document["parts"].append(home("BOLT", 100))
    document["uses"].append({"parent": "GOOD", "part": "BOLT", "quantity": "1"})
    outcome = oracle.assess(document, ON)
    assert outcome["score"] == outcome["high"] == 25 + Fraction(75, 100) * Fraction(25, 3)  # 31.25: BOLT alone


def test_what_was_packed_here_stays_made_in_indonesia() -> None:
    """For rule 3 (the box is of domestic material) and for Pasal 9(2)a (the good has a domestic line)."""
    box = home("LINE", 100)
    document = beside_an_import(box, home("CARTON", 1, production=PACKED), uses="CARTON")
    check(document, 100)
    alone = bill(good(), home("CARTON", 1, production=PACKED), uses={"GOOD": "CARTON"})
    assert oracle.score_under(alone, ON) == 25


@pytest.mark.parametrize(
    ("code", "lines", "credit", "high"),
    [
        (None, {"TUBE": None}, 0, 25),
        ("87082995", {"TUBE": None}, 0, 25),
        ("87082995", {"TUBE": "73063099"}, 25, 25),
        ("87082995", {"TUBE": "87082995"}, 0, 0),
        ("8708.29.95", {"TUBE": "8708299500"}, 0, 0),  # with points; ten digits, of which eight decide
        ("87082995", {"TUBE": "8708.29.96"}, 25, 25),
        ("87082995", {"TUBE": "8708.29"}, 0, 25),  # a shorter code that agrees does not decide
        ("87082995", {"TUBE": "8707"}, 25, 25),  # one that differs does
        ("8708", {"TUBE": "87082995"}, 0, 25),
        ("87082995", {"TUBE": "73063099", "BOLT": None}, 0, 25),
        ("87082995", {"TUBE": "87082995", "BOLT": None}, 0, 0),
        ("87082995", {"TUBE": "73063099", "BOLT": "73181500"}, 25, 25),
    ],
)
def test_finishing_by_the_tariff_codes(code: str | None, lines: dict[str, str | None], credit: int, high: int) -> None:
    line = home("LINE", 100, production=FINISHED, all_domestic_material=False, **({"hs_code": code} if code else {}))
    below = [abroad(id_, 1, **({"hs_code": hs} if hs else {})) for id_, hs in lines.items()]
    document = beside_an_import(line, *below, uses=" ".join(lines))
    check(document, credit, high)
    for key in ("tariff_line_changed", "hs_heading_changed"):
        for stated in (True, False):
            check(changed(document, "LINE", production={**FINISHED, key: stated}), 25 if stated else 0)


def test_only_main_lines_of_the_day_decide_on_the_tariff_line_and_stages_open() -> None:
    line = home("LINE", 100, production=FINISHED, hs_code="87082995", all_domestic_material=False)
    glue = abroad("GLUE", 1, hs_code="87082995", main=False)
    stage, tube = {"id": "WELD", "in_house": True}, abroad("TUBE", 1, hs_code="73063099")
    document = beside_an_import(line, glue, stage, tube, abroad("OLD", 1, hs_code="87082995"), uses="GLUE WELD")
    document["uses"] += [
        {"parent": "WELD", "part": "TUBE", "quantity": "1"},
        {"parent": "LINE", "part": "OLD", "quantity": "1", "valid_to": "2026-05-31"},
    ]
    check(document, 25)
    check(changed(document, "TUBE", hs_code="87082995"), 0)


def test_finishing_in_the_bound_is_whatever_the_rest_of_the_chain_gives() -> None:
    check(beside_an_import(home("LINE", 100, production=FINISHED, all_domestic_material=True)), 0, high=100)
    unlicensed = home("LINE", 100, production=FINISHED, maker="S-1")
    check(beside_an_import(unlicensed, suppliers=[NO_LICENCE]), 0, high=0)


def test_a_finished_product_is_calculated_if_the_codes_tell_the_change() -> None:
    product = good(production={**MADE, **FINISHED}, hs_code="87082995")
    document = bill(product, home("LINE", 100, hs_code="73063099"), uses={"GOOD": "LINE"})
    assert oracle.score_under(document, ON) == 25 + Fraction(75, 4)
    same = oracle.assess(changed(document, "LINE", hs_code="87082995"), ON)
    assert (same["status"], same["obstacles"]) == ("cannot_be_calculated", {"activity"})
    open_ = oracle.assess(changed(document, "LINE", hs_code=None), ON)
    assert (open_["status"], open_["score"], open_["high"]) == ("incomplete", None, 25 + Fraction(75, 4))


# ---------------------------------------------------------------------------------------------------------------------
# The other readings
# ---------------------------------------------------------------------------------------------------------------------


def test_material_over_the_main_or_over_all_lines() -> None:
    """A part certified 95 and a non-main import of equal cost: 100.00 over the main lines, 62.50 over all (W8)."""
    certified = home("LINE", 100, certificates=[OLD])
    document = bill(good(), certified, abroad("OIL", 100, main=False), uses={"GOOD": "LINE OIL"})
    assert oracle.score_under(document, ON) == 100
    assert oracle.score_under(document, ON, Readings(material_total="all")) == Fraction("62.5")
    over_all = oracle.assess(document, ON, Readings(material_total="all"))["components"]
    assert [over_all[id_]["share"] for id_ in ("LINE", "OIL")] == [50, 50]
    assert [over_all[id_]["points"] for id_ in ("LINE", "OIL")] == [37.5, 0]
    unpriced = changed(document, "OIL", price=None)
    assert oracle.score_under(unpriced, ON) == 100
    assert oracle.score_under(unpriced, ON, Readings(material_total="all")) is None


def test_own_over_all_lines_lowers_the_potential() -> None:
    """LINE is of a certified tube (100) and oil of equal cost: its own is 100, or over all lines 62.5."""
    line = home("LINE", 100, production=MADE, all_domestic_material=False)
    below = (home("TUBE", 50, certificates=[OLD]), abroad("OIL", 50, main=False))
    document = beside_an_import(line, *below, uses="TUBE OIL")
    over_main, over_all = (oracle.assess(document, ON, Readings(material_total=total)) for total in TOTALS)
    assert [over_main["components"]["LINE"]["own"], over_main["potential"]] == [100, Fraction("62.5")]
    assert [over_all["components"]["LINE"]["own"], over_all["potential"]] == [Fraction("62.5"), 55]


def test_a_carton_opens_the_calculation_unless_main_lines_must() -> None:
    document = bill(good(), abroad("MOTOR", 100), home("CARTON", 1, main=False), uses={"GOOD": "MOTOR CARTON"})
    assert oracle.score_under(document, ON) == 25
    by_main = oracle.assess(document, ON, Readings(domestic_line_test="main"))
    assert (by_main["score"], by_main["obstacles"]) == (None, {"no domestic line"})


@pytest.mark.parametrize(("kbli", "credit"), [("25920", 0), ("33111", 0), ("29300", 25), ("25910", 25)])
def test_a_workshop_that_only_serves(kbli: str, credit: int) -> None:
    line = home("LINE", 100, kbli=kbli)
    check(beside_an_import(line), 25)
    check(beside_an_import(line), credit, service_kbli_test="service")
    check(beside_an_import({**line, "certificates": [OLD]}), 100, service_kbli_test="service")
    check(beside_an_import({**line, "natural_resource": True}), 100, service_kbli_test="service")


def test_raw_material_by_country_or_down_the_whole_bill() -> None:
    """The tube is made here of imported coil: one level down LINE is all domestic, by the bill it is not."""
    below = (home("TUBE", 50), abroad("COIL", 20))
    document = beside_an_import(home("LINE", 100), *below, uses="TUBE")
    document["uses"].append({"parent": "TUBE", "part": "COIL", "quantity": "1"})
    check(document, 100)
    check(document, 25, raw_material_test="bill")
    check(changed(document, "TUBE", all_domestic_material=True), 100, raw_material_test="bill")


def test_every_combination_of_readings_is_listed_once_today_first() -> None:
    every = oracle.all_readings()
    assert len(set(every)) == len(every) == 2**6
    assert every[0] == Readings()


# ---------------------------------------------------------------------------------------------------------------------
# XX, certified stages, the upper potential
# ---------------------------------------------------------------------------------------------------------------------


def test_abroad_is_known_if_the_country_is_not() -> None:
    document = bill(good(), home("BOLT", 100), part("LINE", 100, "XX"), uses={"GOOD": "BOLT LINE"})
    outcome = oracle.assess(document, ON)
    assert outcome["status"] == "complete"
    assert outcome["coverage"] == 100
    assert outcome["score"] == outcome["high"] == Fraction("34.375")
    alone = bill(good(), part("LINE", 100, "XX"), uses={"GOOD": "LINE"})
    assert oracle.assess(alone, ON)["obstacles"] == {"no domestic line"}


def weld(*certificates: Record, **fields: Any) -> Document:
    """GOOD is a weld stage (TUBE 60 certified 95, conversion 40) and MOTOR 100 from abroad."""
    stage = {"id": "WELD", "in_house": True, "conversion_cost": {"amount": "40"}, "certificates": list(certificates)}
    parts = (good(), {**stage, **fields}, home("TUBE", 60, certificates=[OLD]), abroad("MOTOR", 100))
    return bill(*parts, uses={"GOOD": "WELD MOTOR", "WELD": "TUBE"})


OPENED = 25 + Fraction(75) * 60 / 160  # 53.125: TUBE 60 of 160 at 100


def test_a_stage_opens_unless_a_certificate_of_it_counts() -> None:
    """As a line the stage costs 60 + 40 of 200, and a low value wins over its lines, as for bought parts."""
    assert oracle.score_under(weld(), ON) == OPENED
    assert oracle.score_under(weld(held(50, "2026-01-15")), ON) == 25 + Fraction(75, 2) * 60 / 100
    assert oracle.score_under(weld(held(15, "2026-01-15")), ON) == Fraction("34.375")
    assert oracle.score_under(weld(held(50, "2026-01-15", kind="letter")), ON) == OPENED
    component = oracle.assess(weld(held(50, "2026-01-15")), ON)["components"]["WELD"]
    assert [component["counts"], component["credited"], component["cost"], component["share"]] == [True, 60, 100, 50]
    assert (component["own"], component["credited_potential"]) == (None, 60)


def test_a_stage_opens_while_its_certificate_is_open() -> None:
    document = weld(held(50, "2024-06-01"))
    outcome = oracle.assess(document, ON)
    assert outcome["score"] == outcome["high"] == OPENED
    assert outcome["components"]["WELD"]["credited"] is None
    assert oracle.score_under(document, ON, Readings(open_term="longer")) == 25 + Fraction(75, 2) * 60 / 100


def upper(line: Record, *below: Record, uses: str = "", **top: Any) -> tuple[Any, Any]:
    outcome = oracle.assess(beside_an_import(line, *below, uses=uses, **top), ON)
    return outcome["potential"], outcome["potential_high"]


HALF, WHOLE = Fraction("34.375"), Fraction("62.5")


def test_the_upper_potential_of_what_has_no_bill() -> None:
    assert upper(home("LINE", 100)) == (HALF, WHOLE)
    assert upper(home("LINE", 100, maker="S-1"), suppliers=[NO_LICENCE]) == (25, 25)
    assert upper(home("LINE", 100, production=PACKED)) == (25, 25)
    assert upper(home("LINE", 100, production=FINISHED)) == (25, WHOLE)
    assert upper(home("LINE", 100, certificates=[held(30, "2026-01-15")])) == (40, WHOLE)
    document = bill(good(), home("BOLT", 100), part("LINE", 100), uses={"GOOD": "BOLT LINE"})
    assert oracle.assess(document, ON)["potential_high"] == 100


@pytest.mark.parametrize(
    ("facts", "potential", "high"),
    [
        # Below LINE: TUBE (no bill: 25 for sure, 100 at best) and COIL from abroad, of equal cost.
        # own = 0.75 x 12.5 + 25 = 34.38, band 40; at best 0.75 x 50 + 25 = 62.5, band 80.
        (MADE, "40", "55"),
        ({}, "34.375", "55"),  # labour and overhead not known: at best 100
        ({**MADE, "indonesian_workers": 1, "foreign_workers": 2, "invested_in_indonesia": False}, "34.375", "40"),
        # labour 0, overhead 0: own 9.38, band 25; at best 37.5, band 40
        ({**MADE, "activity": "packing"}, "25", "25"),
        ({**MADE, "activity": "finishing"}, "25", "55"),
        ({**MADE, "activity": "finishing", "tariff_line_changed": False}, "25", "25"),
    ],
)
def test_the_upper_potential_of_what_has_a_bill(facts: Record, potential: str, high: str) -> None:
    line = home("LINE", 100, production=facts)
    assert upper(line, home("TUBE", 50), abroad("COIL", 50), uses="TUBE COIL") == (Fraction(potential), Fraction(high))


def test_what_can_have_no_own_value_keeps_its_high_credit() -> None:
    imported = home("LINE", 100, production=MADE)
    assert upper(imported, abroad("COIL", 50), uses="COIL") == (HALF, HALF)  # Pasal 9(2)a
    unpriced = upper(imported, home("TUBE"), abroad("COIL", 50), uses="TUBE COIL")
    assert unpriced == (HALF, HALF)  # no share without a price
