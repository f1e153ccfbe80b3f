"""In-house stages that hold a certificate: a line while it counts, opened otherwise; every way to ask agrees."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import Document, Record, abroad, assessed, bill, cert, changed, firm, good, home, part_rows

import tkdn
from tkdn import Bom
from tkdn.assessment import goods

OPEN = {"number": "N/1", "tkdn": "95", "issued": "2024-01-02"}


def welded(*held: Record, tube: Record | None = None, **fields: Any) -> Document:
    """A good of a welded stage (roll-up 100 + 60, conversion 40) and an import of 200."""
    stage = {"id": "WELD", "in_house": True, "conversion_cost": {"amount": "40"}, "certificates": list(held), **fields}
    return bill(
        good(), stage, tube or home("TUBE", 100, supplier="S-1"), abroad("RIVET", 60), abroad("MOTOR", 200),
        uses={"GOOD": "WELD MOTOR", "WELD": "TUBE RIVET"}, suppliers=[firm("S-1")],
    )  # fmt: skip


def test_a_stage_is_a_line_of_roll_up_and_conversion_while_its_certificate_counts() -> None:
    """Was an error: an in-house part carried no certificate. 25 + 0.75 x 100 x 200 / 400."""
    found = assessed(welded(cert(95)))
    assert str(found.score) == "62.50"
    stage = found.components["WELD"]
    assert (stage.counts, stage.credited, str(stage.cost), str(stage.share)) == (True, 100, "200.00", "50.00")
    assert (found.components["TUBE"].counts, found.components["TUBE"].share) == (False, None)


@pytest.mark.parametrize(
    "held",
    [
        [],
        [OPEN],  # only by the longer term: the stage opens as ever
        [cert(95, withdrawn="2026-05-01")],
        [cert(95, frozen=["2026-05-30", "2026-06-03"])],
        [cert(95, kind="letter")],
        [cert(95, issued="2026-07-01", expires="2031-06-30")],
    ],
)
def test_a_stage_opens_if_no_certificate_counts(held: list[Record]) -> None:
    """25 + 0.75 x 25 x 100 / 360: conversion is in the good's own labour."""
    found = assessed(welded(*held))
    assert str(found.score) == "30.21"
    assert (found.components["WELD"].counts, found.components["WELD"].credited) == (False, None)


def test_a_low_certificate_wins_over_the_lines_as_for_bought_parts() -> None:
    """25 + 0.75 x 25 x 200 / 400, where the lines give 25 + 0.75 x 100 x 100 / 360."""
    tube = home("TUBE", 100, all_domestic_material=True)
    assert str(assessed(welded(cert(12), tube=tube)).score) == "34.38"
    assert str(assessed(welded(tube=tube)).score) == "45.83"


def test_that_the_maker_may_leave_it_out_is_told_with_its_points() -> None:
    def points(document: Document) -> list[str]:
        return [str(each.points) for each in assessed(document).warnings if each.code == "certificate-of-stage"]

    assert points(welded(cert(95))) == ["-32.29"]
    assert points(welded(cert(12), tube=home("TUBE", 100, all_domestic_material=True))) == ["11.46"]
    assert points(welded(OPEN)) == []


def test_a_price_is_still_an_error() -> None:
    with pytest.raises(tkdn.BomError) as caught:
        Bom.from_dict(welded(cert(95), price={"amount": "5"}))
    assert "contradiction-in-house" in {each.code for each in caught.value.problems}


def test_the_loss_of_a_stages_certificate_costs_what_its_lines_do_not_give() -> None:
    found = {each.kind: str(each.stakes[0].points) for each in tkdn.calendar(assessed(welded(cert(95)))).events}
    assert found["tkdn_ends"] == "32.29"


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-01-14", "30.21"), ("2026-01-15", "62.50"), ("2030-01-14", "62.50"), ("2030-01-15", "30.21")],
)
def test_the_day_decides(on: str, expected: str) -> None:
    held = cert(95, issued="2026-01-15", expires="2030-01-14")
    assert str(assessed(welded(held), on=on).score) == expected


@pytest.fixture(params=["exact", "arrays"])
def walk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to walk a bill, whatever its size."""
    monkeypatch.setattr(goods, "MANY_USES", 0 if request.param == "arrays" else 10**9)
    return str(request.param)


CHANGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("WELD", {"certificates": []}),
    ("WELD", {"certificates": [cert(12)]}),
    ("WELD", {"certificates": [OPEN]}),
    ("WELD", {"conversion_cost": {"amount": "90"}}),
    ("TUBE", {"price": {"amount": "150"}}),
    ("TUBE", {"made_in": "CN"}),
    ("TUBE", {"certificates": [cert(50)]}),
    ("MOTOR", {"price": {"amount": "20"}}),
    ("MOTOR", {"made_in": "ID"}),
)


@pytest.mark.parametrize("held", [[cert(95)], [cert(12)], [OPEN], []])
@pytest.mark.parametrize(("id_", "fields"), CHANGES)
def test_a_changed_bill_is_as_one_read_anew(walk: str, held: list[Record], id_: str, fields: Record) -> None:
    document = welded(*held)
    after = assessed(document).with_changes({"parts": {id_: fields}})
    fresh = assessed(changed(document, id_, **fields), exact=True)
    assert (after.score, after.potential, after.bounds, after.status) == (
        (fresh.score, fresh.potential, fresh.bounds, fresh.status)
    )
    assert after.exact == fresh.exact
    assert {key: each.to_dict() for key, each in after.components.items()} == {
        key: each.to_dict() for key, each in fresh.components.items()
    }
    assert [each.to_dict() for each in after.warnings] == [each.to_dict() for each in fresh.warnings]


@pytest.mark.parametrize("held", [[cert(95)], [OPEN], []])
def test_scenarios_are_as_bills_read_anew(walk: str, held: list[Record]) -> None:
    document = welded(*held)
    prices = [50, 100, 400]
    found = tkdn.scenarios(assessed(document), {"parts.TUBE.price": prices})
    fresh = [assessed(changed(document, "TUBE", price={"amount": str(price)})).score for price in prices]
    assert [each.score for each in found] == fresh


@pytest.mark.parametrize("held", [[cert(95)], [cert(12)], [OPEN], []])
def test_lift_is_the_score_less_that_with_the_part_abroad(walk: str, held: list[Record]) -> None:
    document = welded(*held)
    row = part_rows(document)["TUBE"]
    now, gone = assessed(document).exact, assessed(changed(document, "TUBE", made_in="CN")).exact
    assert now is not None
    assert (row.lift is None) == (gone is None)
    if row.lift is not None and gone is not None:
        assert Fraction(row.lift) == round((now - gone) * 100) / Fraction(100)
    if held == [cert(95)]:
        assert str(row.lift) == "0.00"  # hidden by the stage's certificate
