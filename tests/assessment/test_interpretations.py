"""The score under each reading of the law, and the extremes over all combinations."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from tests.support.build import EXAMPLES, MADE, Record, abroad, assessed, bill, cert, good, home

import tkdn
from tkdn import Assessment, regulation
from tkdn.i18n import LANGUAGES

LAW = regulation("permenperin-35-2025")
READINGS = {key: each.choices for key, each in LAW.parameters.items() if each.reading}


def everything() -> Record:
    """A bill that every reading moves: synthetic."""
    return bill(
        good(),
        home("BOX", 100, production={**MADE, "activity": "packing"}),
        home("SHAFT", 100, kbli="25920"),
        home("SEAT", 100),
        home("COVER", 50),
        abroad("FOAM", 40),
        home("PUMP", 100, certificates=[{"number": "1", "tkdn": "95", "issued": "2024-01-02"}]),
        home("CARTON", 100, main=False),
        abroad("MOTOR", 100),
        uses={"GOOD": "BOX SHAFT SEAT PUMP CARTON MOTOR", "SEAT": "COVER", "COVER": "FOAM"},
    )


def under(assessment: Assessment, readings: dict[str, str]) -> Fraction | None:
    law = LAW.amend(readings) if readings else LAW
    return tkdn.assess(assessment.bom, on=assessment.on, regulation=law, exact=True).exact


@pytest.mark.parametrize("document", [everything(), bill(good(), home("SEAT", 1), uses={"GOOD": "SEAT"})])
def test_each_reading_alone_and_the_extremes_of_all_combinations(document: Record) -> None:
    assessment = assessed(document)
    found = assessment.interpretations()
    taken = {key: str(LAW.value(key, assessment.on).value) for key in READINGS}
    alone = {
        (key, reading): under(assessment, {key: reading})
        for key, choices in READINGS.items()
        for reading in choices
        if reading != taken[key]
    }
    moved = {place: exact for place, exact in alone.items() if exact != assessment.exact}
    assert {(row.parameter, row.reading): row.exact for row in found.rows} == moved
    assert set(found.unmoved) == alone.keys() - moved.keys()
    everywhere = [under(assessment, dict(zip(READINGS, values, strict=True))) for values in product(*READINGS.values())]
    some = [exact for exact in everywhere if exact is not None]
    assert found.least.exact == (None if None in everywhere else min(some))
    assert found.greatest.exact == max(some)
    assert under(assessment, dict(found.greatest.readings)) == found.greatest.exact


def test_all_six_readings_move_a_bill_that_holds_their_facts() -> None:
    found = assessed(everything()).interpretations()
    moved = {row.parameter for row in found.rows}
    assert moved == READINGS.keys() - {"domestic_line_test"}


def test_only_a_carton_opens_the_calculation_by_one_reading() -> None:
    document = bill(good(), abroad("MOTOR", 100), home("CARTON", 10, main=False), uses={"GOOD": "MOTOR CARTON"})
    found = assessed(document).interpretations()
    (row,) = (each for each in found.rows if each.parameter == "domestic_line_test")
    assert (row.score, row.change, found.least.score, found.least.change) == (None, None, None, None)


def test_share_over_all_components_gives_62_50_for_100_00() -> None:
    """A part certified 95 and an import of equal cost that is not main: the denominator takes both (W8)."""
    held = [cert(95, issued="2026-02-01", expires="2031-01-31")]
    document = bill(good(), home("FRAME", 100, certificates=held), abroad("WAX", 100, main=False),
                    uses={"GOOD": "FRAME WAX"})  # fmt: skip
    found = assessed(document)
    assert (str(found.score), [(row.parameter, row.exact) for row in found.interpretations().rows]) == (
        "100.00",
        [("material_total", Fraction(125, 2))],
    )
    read_so = assessed(document, regulation=LAW.amend({"material_total": "all"}))
    assert (str(read_so.score), str(read_so.components["FRAME"].share)) == ("62.50", "50.00")
    assert sum(each.exact["share"] or 0 for each in read_so.components.values() if "share" in each.exact) == 100


def test_the_pickup_under_the_readings_of_the_audit() -> None:
    """38.75 before certificates of old texts ended by their own terms."""
    assessment = tkdn.assess(tkdn.read_bom(EXAMPLES / "rural-pickup" / "pickup.json"), on="2026-06-01")
    found = {(row.parameter, row.reading): f"{float(row.exact or 0):.2f}" for row in assessment.interpretations().rows}
    assert str(assessment.score) == "37.12"
    assert found[("certificate.open_term", "longer")] == "38.62"
    assert found[("material_total", "all")] == "37.03"


def test_score_and_change_of_a_reading_and_of_the_extremes_have_two_decimals() -> None:
    """Exact fractions only before, so that every caller rounded for himself."""
    found = tkdn.assess(tkdn.read_bom(EXAMPLES / "rural-pickup" / "pickup.json"), on="2026-06-01").interpretations()
    (row,) = (each for each in found.rows if each.reading == "longer")
    assert (str(row.score), str(row.change)) == ("38.62", "1.50")
    assert (str(found.least.score), str(found.least.change)) == ("35.00", "-2.12")
    assert (row.to_dict()["change"], found.least.to_dict()["change"]) == ("1.50", "-2.12")
    assert (found.greatest.exact, found.greatest.exact_change) == (row.exact, row.exact_change)


def test_the_order_of_small_goods_is_a_reading_of_16_2011() -> None:
    line = {"kind": "labour", "number": "1", "monthly": {"amount": "100"}, "allocation": "1", "citizenship": "ID"}
    small = [home(f"A{at}", 25, certificates=[cert(80)]) for at in range(3)] + [home(f"B{at}", 25) for at in range(3)]
    document = bill(
        {"id": "GOOD", "made_in": "ID", "production": {"costs": [line], "normal_capacity": "1"}},
        abroad("MOTOR", 750),
        *small,
        uses={"GOOD": "MOTOR A0 A1 A2 B0 B1 B2"},
        date=None,
    )
    found = assessed(document, on="2025-06-01", regulation="permenperin-16-2011").interpretations()
    assert [(row.parameter, row.reading) for row in found.rows] == [("small_goods.order", "least_gain_first")]
    assert found.rows[0].exact_change is not None
    assert found.rows[0].exact_change < 0


def test_every_reading_is_worded_in_both_languages() -> None:
    for row in assessed(everything()).interpretations().rows:
        assert all(row.meaning[lang] for lang in LANGUAGES)
        assert row.article.startswith("Permenperin 35/2025")
