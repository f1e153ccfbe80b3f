"""Lift: what the score loses when a part of a small or medium firm came from abroad; by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, cast

import pytest
from tests.support.build import (
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
    group_rows,
    home,
    part,
    part_rows,
    use,
)

from tkdn import UsageError, lift, regulation
from tkdn.assessment.engines.engine import BASES, Basis
from tkdn.assessment.lift import By
from tkdn.assessment.lift_rows import LiftRow

ORE = part("ORE", 200, natural_resource=True)
MOTOR = abroad("MOTOR", 200)
SMALL = firm("S-1", "small", industrial_licence=True)
LARGE = firm("BIG", "large", industrial_licence=True)
WORKSHOP = firm("W", "micro", industrial_licence=False)
FIRMS = [SMALL, LARGE, WORKSHOP]
PIN = home("PIN", 1, supplier="S-1")
RESIN = abroad("RESIN", 1)


def with_sub(sub: Record, *below: Record, lines: str = "PIN", more_uses: tuple[Record, ...] = ()) -> Document:
    """SUB 600, MOTOR 200 from abroad, ORE 200 from nature: the score is 40 + 0.45 x credit of SUB. PIN is in SUB."""
    uses = {"GOOD": "SUB MOTOR ORE", "SUB": lines}
    parts = [each for each in (PIN, RESIN) if each["id"] not in {one["id"] for one in below}]
    return bill(good(), sub, MOTOR, ORE, *parts, *below, uses=uses, more_uses=more_uses, suppliers=FIRMS)


def hidden(row: LiftRow) -> list[tuple[str, str]]:
    return [(each.part, each.why) for each in row.hidden_by]


def figures(row: LiftRow) -> tuple[str | None, str | None, str]:
    return cast(
        "tuple[str | None, str | None, str]", tuple(row.to_dict()[key] for key in ("lift", "without", "status"))
    )


# ---------------------------------------------------------------------------------------------------------------------
# What lifts
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "lifted"),
    [
        ({}, "11.25"),  # 0.45 x 25
        ({"certificates": [cert(41)]}, "27.00"),  # 0.45 x 60
        ({"all_domestic_material": True}, "45.00"),
        ({"natural_resource": True}, "45.00"),
        ({"made_in": None, "natural_resource": True}, "45.00"),
        ({"made_in": None, "certificates": [cert(78)]}, "36.00"),
    ],
)
def test_a_direct_line_lifts_what_it_earns(fields: Record, lifted: str) -> None:
    document = changed(with_sub(home("SUB", 600, supplier="S-1"), lines="RESIN"), "SUB", **fields)
    (row,) = part_rows(document).values()
    assert (row.part, row.supplier, row.scale, hidden(row)) == ("SUB", "S-1", "small", [])
    assert figures(row) == (lifted, "40.00", "complete")
    assert row.effect.without == 40


def test_a_cheap_part_carries_a_whole_line_that_is_all_domestic_with_it() -> None:
    row = part_rows(with_sub(home("SUB", 600), lines="PIN ORE"))["PIN"]
    assert figures(row) == ("33.75", "51.25", "complete")  # SUB falls from 100 to 25
    assert row.spend == 1
    assert row.share == Fraction(1, 10)
    assert hidden(row) == []


def test_the_cost_of_a_part_from_abroad_stays() -> None:
    """SUB rolls up to 600 with or without: the share does not move."""
    document = with_sub(home("SUB"), home("PIN", 600, supplier="S-1"), lines="PIN")
    assert figures(part_rows(document)["PIN"]) == ("33.75", "51.25", "complete")


def test_on_the_potential_a_part_lifts_through_the_bills_above_it() -> None:
    """SUB: PIN, all of nature, 700 of 1000: own 77.5, so 80; with PIN from abroad SUB has no domestic line, so 25."""
    document = with_sub(
        home("SUB", 600, production=MADE), part("PIN", 700, natural_resource=True, supplier="S-1"), abroad("RESIN", 300),
        lines="PIN RESIN",
    )  # fmt: skip
    assert figures(part_rows(document, "potential")["PIN"]) == ("24.75", "51.25", "complete")
    assert hidden(part_rows(document, "potential")["PIN"]) == []
    assert figures(part_rows(document, "score")["PIN"]) == ("0.00", "51.25", "complete")


def test_on_the_potential_the_band_above_may_fall_by_one() -> None:
    """SUB: PIN 300 (25) and COIL 600 of nature of 1000: own 25 + 0.75 x 67.5 = 75.63; without PIN 25 + 45 = 70: still 80.
    With COIL 460: 65.13 and 59.5: from 80 to 60."""
    coil = part("COIL", 460, natural_resource=True)
    document = with_sub(
        home("SUB", 600, production=MADE), home("PIN", 300, supplier="S-1"), coil, abroad("RESIN", 240),
        lines="PIN COIL RESIN",
    )  # fmt: skip
    row = part_rows(document, "potential")["PIN"]
    assert figures(row) == ("9.00", "67.00", "complete")
    wider = changed(changed(document, "COIL", price={"amount": "600"}), "RESIN", price={"amount": "100"})
    row = part_rows(wider, "potential")["PIN"]
    assert (figures(row), hidden(row)) == (("0.00", "76.00", "complete"), [("SUB", "same_band")])


def test_a_part_that_stands_at_two_depths_lifts_through_both() -> None:
    """SUB: PIN 100, B 600 made of PIN, both at 100, and RESIN 300: own 77.5, so 80. Without PIN, B is 25: own 36.25, so 40."""
    document = with_sub(
        home("SUB", 600, production=MADE),
        part("PIN", 100, natural_resource=True, supplier="S-1"),
        home("B", 600),
        abroad("RESIN", 300),
        lines="PIN B RESIN",
        more_uses=(use("B", "PIN"),),
    )
    assert figures(part_rows(document, "potential")["PIN"]) == ("18.00", "58.00", "complete")
    for order in (("B", "PIN"), ("PIN", "B")):  # however the bill lists them
        turned = {**document, "parts": sorted(document["parts"], key=lambda each: each["id"] in order)}
        turned["uses"] = sorted(document["uses"], key=lambda each: each["part"] == order[0])
        assert figures(part_rows(turned, "potential")["PIN"]) == ("18.00", "58.00", "complete")


def test_nature_from_abroad_is_no_domestic_raw_material_under_the_stricter_test_either() -> None:
    """SUB of TUBE of PIN, all the way down from nature: 100. With PIN from abroad TUBE is not all domestic, so SUB is 25."""
    pin = part("PIN", 1, natural_resource=True, supplier="S-1")
    document = with_sub(home("SUB", 600), home("TUBE", 5), pin, lines="TUBE", more_uses=(use("TUBE", "PIN"),))
    stricter = regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
    (row,) = cast("list[LiftRow]", lift(assessed(document, regulation=stricter)).rows)
    assert (figures(row), hidden(row)) == (("33.75", "51.25", "complete"), [])


def test_a_lift_is_the_exact_difference_rounded_last() -> None:
    """25.006 less 25.004 is 0.002, which prints 0.00 although 25.01 and 25.00 print 0.01 apart."""
    document = bill(
        good(),
        home("PIN", "0.8", supplier="S-1", all_domestic_material=True),
        part("SAND", "1.6", natural_resource=True),
        abroad("REST", "29997.6"),
        uses={"GOOD": "PIN SAND REST"},
        suppliers=[SMALL],
    )
    assert str(assessed(document).score) == "25.01"
    row = part_rows(document)["PIN"]
    assert row.effect.lift == Fraction(2, 1000)
    assert figures(row) == ("0.00", "25.00", "complete")
    assert row.to_dict()["exact"] == "1/500"


# ---------------------------------------------------------------------------------------------------------------------
# What keeps a part from lifting
# ---------------------------------------------------------------------------------------------------------------------

UNDER_IMPORT: dict[str, Any] = {"lines": "PIN RESIN"}


@pytest.mark.parametrize("basis", ["score", "potential"])
@pytest.mark.parametrize(
    ("sub", "lines", "why"),
    [
        (home("SUB", 600, certificates=[cert(78)]), "PIN", "certificate"),
        (home("SUB", 600, certificates=[cert(12)], all_domestic_material=True), "PIN RESIN", "certificate"),
        (home("SUB", 600, all_domestic_material=True), "PIN RESIN", "statement"),
        (home("SUB", 600, all_domestic_material=False), "PIN", "statement"),
        (part("SUB", 600, natural_resource=True), "PIN", "statement"),
        (home("SUB", 600), "PIN RESIN", "flat_25"),
        (abroad("SUB", 600), "PIN", "imported"),
        (part("SUB", 600), "PIN", "unknown_origin"),
        (home("SUB", 600, supplier="W"), "PIN", "unlicensed"),
        (home("SUB", 600, supplier="W", all_domestic_material=True), "PIN", "unlicensed"),
        # with production facts, but an own band that is not above today's credit
        (home("SUB", 600, certificates=[cert(90)], production=MADE), "PIN RESIN", "certificate"),
        (home("SUB", 600, all_domestic_material=True, production=MADE), "PIN RESIN", "statement"),
    ],
)
def test_the_part_above_hides_it(sub: Record, lines: str, why: str, basis: Basis) -> None:
    row = part_rows(with_sub(sub, lines=lines), basis)["PIN"]
    assert row.effect.lift == 0
    assert hidden(row) == [("SUB", why)]
    assert row.to_dict()["hidden_by"] == [{"part": "SUB", "why": why}]


def test_one_level_by_country_hides_what_stands_deeper() -> None:
    """TUBE falls from 100 to 25 without PIN, but is still made in Indonesia, so SUB is still all domestic."""
    document = with_sub(home("SUB", 600), home("TUBE", 5), lines="TUBE", more_uses=(use("TUBE", "PIN"),))
    assert hidden(part_rows(document)["PIN"]) == [("SUB", "one_level")]


def test_the_nearest_part_whose_credit_does_not_move_is_named() -> None:
    document = with_sub(home("SUB", 600), home("TUBE", 5), lines="TUBE RESIN", more_uses=(use("TUBE", "PIN"),))
    assert hidden(part_rows(document)["PIN"]) == [("SUB", "flat_25")]
    certified = changed(document, "TUBE", certificates=[cert(78)])
    assert hidden(part_rows(certified)["PIN"]) == [("TUBE", "certificate")]


def test_a_line_that_is_not_main_does_not_enter_the_sum() -> None:
    document = bill(
        good(), ORE, home("PIN", 1, supplier="S-1", main=False), uses={"GOOD": "ORE PIN"}, suppliers=[SMALL]
    )
    for basis in BASES:
        row = part_rows(document, basis)["PIN"]
        assert row.effect.lift == 0
        assert hidden(row) == [("PIN", "not_main")]


def test_on_the_potential_a_line_that_is_not_main_in_the_part_above() -> None:
    below = (part("COIL", 700, natural_resource=True), abroad("RESIN", 300))
    pin = home("PIN", 1, supplier="S-1", main=False)
    document = with_sub(home("SUB", 600, production=MADE), *below, pin, lines="COIL RESIN PIN")
    assert hidden(part_rows(document, "potential")["PIN"]) == [("PIN", "not_main")]
    # ... though it still makes the part above all domestic, or not.
    domestic = changed(document, "RESIN", made_in="ID")
    assert figures(part_rows(domestic, "score")["PIN"]) == ("33.75", "51.25", "complete")


def test_a_workshop_without_a_licence_lifts_nothing_itself() -> None:
    document = with_sub(home("SUB", 600, supplier="W"), lines="ORE")
    for basis in BASES:
        row = part_rows(document, basis)["SUB"]
        assert row.effect.lift == 0
        assert hidden(row) == [("SUB", "unlicensed")]
    # Its certificate counts all the same.
    certified = changed(document, "SUB", certificates=[cert(78)])
    assert figures(part_rows(certified)["SUB"]) == ("36.00", "40.00", "complete")


def test_a_score_that_stays_at_the_limit() -> None:
    """25 + 75 + 18 points of brainware, at most 100; without PIN, a tenth of the cost, still 110.5."""
    brainware = {
        "rd_share_of_revenue": "0.021",
        "rd_unit": "third_party",
        "rd_programme": True,
        "rd_used_in_product": True,
    }
    document = bill(
        good(brainware=brainware),
        part("ORE", 900, natural_resource=True),
        home("PIN", 100, supplier="S-1", all_domestic_material=True),
        uses={"GOOD": "ORE PIN"},
        suppliers=[SMALL],
    )
    row = part_rows(document)["PIN"]
    assert (figures(row), hidden(row)) == (("0.00", "100.00", "complete"), [("GOOD", "limit")])
    larger = changed(document, "PIN", price={"amount": "400"})  # 25 + 75 x 900/1300 + 18 = 94.923...
    assert part_rows(larger)["PIN"].effect.lift == 100 - (43 + 75 * Fraction(9, 13))


def test_a_part_in_several_places_says_what_hides_it_in_each() -> None:
    document = with_sub(
        home("SUB", 600, certificates=[cert(78)]),
        home("FLAT", 1),
        abroad("FOREIGN", 1),
        more_uses=tuple(
            use(parent, id_)
            for parent, id_ in (
                ("FLAT", "PIN"),
                ("FLAT", "RESIN"),
                ("FOREIGN", "PIN"),
                ("GOOD", "FLAT"),
                ("GOOD", "FOREIGN"),
            )
        ),
    )
    row = part_rows(document)["PIN"]
    assert row.effect.lift == 0
    assert sorted(hidden(row)) == [("FLAT", "flat_25"), ("FOREIGN", "imported"), ("SUB", "certificate")]
    # With a place where it counts it lifts, and the others are still named.
    document["uses"].append(use("GOOD", "PIN"))
    row = part_rows(document)["PIN"]
    assert row.effect.lift is not None
    assert row.effect.lift > 0
    assert len(hidden(row)) == 3


# ---------------------------------------------------------------------------------------------------------------------
# No TKDN at all without it, and the order of the rows
# ---------------------------------------------------------------------------------------------------------------------


def test_without_the_only_domestic_line_nothing_can_be_calculated() -> None:
    document = bill(good(), home("PIN", 1, supplier="S-1"), MOTOR, uses={"GOOD": "PIN MOTOR"}, suppliers=[SMALL])
    for basis in BASES:
        row = part_rows(document, basis)["PIN"]
        assert figures(row) == (None, None, "cannot_be_calculated")
        assert (row.lift, row.without, row.status, hidden(row)) == (None, None, "cannot_be_calculated", [])
        found = lift(assessed(document), basis=basis)
        assert found.joint.to_dict() == {"lift": None, "without": None, "status": "cannot_be_calculated"}


def test_without_the_only_line_known_to_be_domestic_nothing_can_be_said() -> None:
    document = bill(good(), home("PIN", 1, supplier="S-1"), part("X", 200), uses={"GOOD": "PIN X"}, suppliers=[SMALL])
    assert figures(part_rows(document)["PIN"]) == (None, None, "incomplete")


def test_the_only_domestic_line_may_be_one_that_is_not_main() -> None:
    pin = home("PIN", 1, supplier="S-1", main=False)
    document = bill(good(), pin, MOTOR, uses={"GOOD": "PIN MOTOR"}, suppliers=[SMALL])
    assert figures(part_rows(document)["PIN"]) == (None, None, "cannot_be_calculated")


def test_no_tkdn_without_it_ranks_first_then_lift_then_spend_then_name() -> None:
    """BASE, the only line of the good made in Indonesia, is all domestic: with D, E, F or G from abroad it falls to 25."""
    document = bill(
        good(),
        home("BASE", 200, supplier="S-1"),
        abroad("MOTOR", 800),
        *(home(id_, price, supplier="S-1") for id_, price in (("G", 2), ("F", 1), ("E", 1), ("D", 5))),
        home("SUB", 1),
        home("Z", 9, supplier="S-1"),
        home("Y", 9, supplier="S-1"),
        home("X", 99, supplier="S-1"),
        uses={"GOOD": "BASE MOTOR", "BASE": "G F E D SUB", "SUB": "Z Y X"},
        suppliers=[SMALL],
    )
    rows = part_rows(document)
    assert list(rows) == ["BASE", "D", "G", "E", "F", "X", "Y", "Z"]
    assert figures(rows["BASE"]) == (None, None, "cannot_be_calculated")
    assert figures(rows["D"]) == ("11.25", "28.75", "complete")  # 0.75 x 20 x 0.75; 25 + 0.75 x 20 x 0.25
    assert hidden(rows["X"]) == [("BASE", "one_level")]


def test_without_a_score_there_is_no_lift() -> None:
    document = bill(good(made_in="CN"), home("PIN", 1, supplier="S-1"), uses={"GOOD": "PIN"}, suppliers=[SMALL])
    found = lift(assessed(document))
    assert [row.to_dict()["lift"] for row in found.rows] == [None]
    assert found.to_dict()["base"] is None
    assert found.joint.to_dict() == {"lift": None, "without": None, "status": "cannot_be_calculated"}


# ---------------------------------------------------------------------------------------------------------------------
# Who is an IKM
# ---------------------------------------------------------------------------------------------------------------------


def money(amount: str, currency: str = "IDR") -> Record:
    return {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("maker", "scale"),
    [
        ({"scale": "micro"}, "micro"),
        ({"scale": "medium"}, "medium"),
        ({"scale": "large"}, None),
        ({"scale": None}, None),
        ({"scale": None, "workers": 5}, None),
        ({"scale": None, "capital": money("1000000000")}, "micro"),
        ({"scale": None, "capital": money("1000000001")}, "small"),
        ({"scale": None, "capital": money("5000000000")}, "small"),
        ({"scale": None, "capital": money("10000000000")}, "medium"),
        ({"scale": None, "capital": money("10000000000.01")}, None),
        ({"scale": None, "sales": money("2000000000")}, "micro"),
        ({"scale": None, "sales": money("15000000000")}, "small"),
        ({"scale": None, "sales": money("50000000000")}, "medium"),
        ({"scale": None, "sales": money("50000000001")}, None),
        # capital decides before sales, a statement before both; other money is turned into rupiah
        ({"scale": None, "capital": money("10000000001"), "sales": money("1")}, None),
        ({"scale": None, "capital": money("1"), "sales": money("50000000001")}, "micro"),
        ({"scale": "small", "capital": money("99000000000")}, "small"),
        ({"scale": None, "capital": money("100000", "USD")}, "small"),  # 1.6 billion
        # a currency without a rate says nothing; the sales do
        ({"scale": None, "capital": money("1", "EUR"), "sales": money("2000000001")}, "small"),
    ],
)
def test_micro_small_and_medium_firms_are_ikm(maker: Record, scale: str | None) -> None:
    document = with_sub(home("SUB", 600, supplier="S-9"), lines="RESIN")
    document["suppliers"].append(firm("S-9", **maker))
    document["rates"] = [{"currency": "USD", "rate": "16000", "from": "2026-06-01"}]
    assert {row.part: row.scale for row in part_rows(document).values()} == ({} if scale is None else {"SUB": scale})


def test_ikm_is_the_maker_not_the_seller() -> None:
    sold_by_large = with_sub(home("SUB", 600, supplier="BIG", maker="S-1"), lines="RESIN")
    assert [row.supplier for row in part_rows(sold_by_large).values()] == ["S-1"]
    sold_by_small = with_sub(home("SUB", 600, supplier="S-1", maker="BIG"), lines="RESIN")
    assert part_rows(sold_by_small) == {}


def test_the_product_stages_and_parts_not_taken_are_no_rows() -> None:
    document = bill(
        good(maker="S-1"),
        {"id": "WELD", "in_house": True, "maker": "S-1"},
        {"id": "KIT", "phantom": True},
        home("A", 1, supplier="S-1"),
        part("B", 1, supplier="S-1"),
        home("LOST", 1, supplier="S-1"),
        uses={"GOOD": "WELD KIT", "WELD": "A", "KIT": "B"},
        suppliers=[SMALL],
    )
    assert list(part_rows(document)) == ["A"]


def test_traded_imports_are_listed_apart() -> None:
    document = bill(
        good(),
        ORE,
        abroad("JACK", 10, supplier="S-1"),
        abroad("FUSE", 4, supplier="S-1", maker="BIG"),  # sold by a small firm
        abroad("BELT", 4, supplier="BIG", maker="S-1"),
        abroad("LAMP", supplier="W", maker="S-1", main=False),  # both: the maker is named
        abroad("TYRE", 4, supplier="BIG"),
        part("TAPE", 4, supplier="S-1"),
        uses={"GOOD": "ORE 3*JACK FUSE BELT LAMP TYRE TAPE"},
        suppliers=FIRMS,
    )
    found = lift(assessed(document))
    assert found.rows == ()
    assert list(found.traded) == [
        {"part": "JACK", "supplier": "S-1", "scale": "small", "made_in": "CN", "spend": "30.00"},
        {"part": "FUSE", "supplier": "S-1", "scale": "small", "made_in": "CN", "spend": "4.00"},
        {"part": "BELT", "supplier": "S-1", "scale": "small", "made_in": "CN", "spend": "4.00"},
        {"part": "LAMP", "supplier": "S-1", "scale": "small", "made_in": "CN", "spend": None},
    ]
    assert found.joint.to_dict() == {"lift": "0.00", "without": str(assessed(document).score), "status": "incomplete"}


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"scale": None, "sales": {"amount": "1000000000"}}, 0),  # was: 1, by the sales of PP 7/2021
        ({"scale": "small", "capital": {"amount": "5000000001"}}, 0),  # was: 1, by its statement
        ({"scale": "medium", "capital": {"amount": "5000000000"}}, 1),  # was: 0, by its statement
    ],
)
def test_who_is_small_for_a_partnership_capital_decides(facts: Record, count: int) -> None:
    document = bill(
        good(), home("FRAME", 100, supplier="S-1"), uses={"GOOD": "FRAME"}, suppliers=[firm("S-1", **facts)]
    )
    assert lift(assessed(document)).small_industries == count


def test_small_industries_are_counted_by_maker_micro_included() -> None:
    document = bill(
        good(maker="P"),
        home("A", 1, supplier="S-1"),
        home("B", 1, supplier="S-1"),
        home("C", 1, supplier="W"),
        home("D", 1, supplier="M"),
        home("E", 1, supplier="BIG"),
        abroad("F", 1, supplier="S-2"),
        uses={"GOOD": "A B C D E F"},
        suppliers=[*FIRMS, firm("M", "medium"), firm("S-2"), firm("P")],
    )
    found = lift(assessed(document))
    assert found.small_industries == 2
    assert found.to_dict()["small_industries"] == 2


# ---------------------------------------------------------------------------------------------------------------------
# Together, and in groups
# ---------------------------------------------------------------------------------------------------------------------


def three_makers() -> Document:
    """A 100 and B 200 of S-1 (small, 32.13), C 300 of M (medium, 32.13), D 150 of W (no region, licensed); MOTOR 250.

    Each earns 25 today: lifts of 0.75 x 25 x its share of 1000.
    """
    return bill(
        good(),
        home("A", 100, supplier="S-1"),
        home("B", 200, supplier="S-1"),
        home("C", 300, supplier="M"),
        home("D", 150, supplier="W"),
        ORE,
        abroad("MOTOR", 250),
        uses={"GOOD": "A B C D MOTOR ORE"},
        suppliers=[firm("S-1", region="32.13"), firm("M", "medium", region="32.13"), firm("W", "micro")],
    )


S_1 = (["A", "B"], "300.00", "25.00", "4.69", "44.53")
M = (["C"], "300.00", "25.00", "4.69", "44.53")
W = (["D"], "150.00", "12.50", "2.34", "46.88")
REGION = (["A", "B", "C"], "600.00", "50.00", "9.38", "39.84")


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("supplier", {"S-1": S_1, "M": M, "W": W}),
        ("scale", {"small": S_1, "medium": M, "micro": W}),
        ("region", {"32.13": REGION, None: W}),
    ],
)
def test_groups_are_taken_abroad_together(by: By, expected: dict[str | None, tuple[Any, ...]]) -> None:
    """Of 1200 rupiah: 0.75 x 25 x 300/1200 = 4.6875, x 150/1200 = 2.34375, x 600/1200 = 9.375; the score is 49.21875."""
    rows = group_rows(three_makers(), by)
    plain = {key: row.to_dict() for key, row in rows.items()}
    keys = ("parts", "spend", "share", "lift", "without")
    assert {key: tuple(row[word] for word in keys) for key, row in plain.items()} == expected
    for key, row in plain.items():
        assert (row["key"], row["status"]) == (key, "complete")
        assert set(row) == {"key", "status", "exact", *keys}


def test_groups_are_ranked_like_parts() -> None:
    assert list(group_rows(three_makers(), "region")) == ["32.13", None]
    assert list(group_rows(three_makers(), "supplier")) == ["M", "S-1", "W"]  # one lift, one spend: by name
    assert list(group_rows(three_makers(), "scale")) == ["medium", "small", "micro"]


def test_bands_make_lifts_not_add_up_so_the_joint_is_shown_beside_them() -> None:
    """Either PIN keeps SUB all domestic: each lifts all of it, and both together no more."""
    two = with_sub(home("SUB", 600), home("PIN-2", 1, supplier="S-1"), lines="PIN PIN-2")
    found = lift(assessed(two))
    assert [str(row.lift) for row in found.rows] == ["33.75", "33.75"]
    assert found.joint.to_dict() == {"lift": "33.75", "without": "51.25", "status": "complete"}
    (group,) = group_rows(two, "supplier").values()
    assert (str(group.lift), group.share) == ("33.75", Fraction(1, 5))


def test_the_joint_may_be_nothing_where_no_single_part_is() -> None:
    document = bill(
        good(),
        home("A", 1, supplier="S-1"),
        home("B", 1, supplier="W"),
        MOTOR,
        uses={"GOOD": "A B MOTOR"},
        suppliers=FIRMS,
    )
    found = lift(assessed(document))
    assert None not in [row.lift for row in found.rows]
    assert found.joint.to_dict() == {"lift": None, "without": None, "status": "cannot_be_calculated"}


def test_the_joint_may_be_more_than_the_sum() -> None:
    """On the potential: SUB keeps its own TKDN (25.04: 40) with either of two cheap lines, and has none without both."""
    document = with_sub(
        home("SUB", 600, production=MADE),
        home("PIN-2", 1, supplier="S-1"),
        abroad("RESIN", 998),
        lines="PIN PIN-2 RESIN",
    )
    found = lift(assessed(document), basis="potential")
    assert [row.lift for row in found.rows] == [0, 0]
    assert [hidden(row) for row in cast("list[LiftRow]", found.rows)] == [[("SUB", "same_band")]] * 2
    assert found.joint.to_dict() == {"lift": "6.75", "without": "51.25", "status": "complete"}  # 0.45 x (40 - 25)


def test_without_any_ikm_part_the_joint_is_nothing_lifted() -> None:
    document = bill(good(), ORE, uses={"GOOD": "ORE"})
    found = lift(assessed(document))
    assert (found.rows, found.joint.to_dict()) == ((), {"lift": "0.00", "without": "100.00", "status": "complete"})


# ---------------------------------------------------------------------------------------------------------------------
# Paths and spend
# ---------------------------------------------------------------------------------------------------------------------


def test_spend_and_share_are_over_all_paths() -> None:
    """PIN at 10: 2 in the good, 3 x 2 in SUB (half of them lost: 12), 4 in the kit: 18 for one good, Rp 180 of 2000."""
    document = bill(
        good(),
        home("PIN", 10, supplier="S-1"),
        home("SUB", 1000),
        {"id": "KIT", "phantom": True},
        abroad("MOTOR", 940),
        uses={"GOOD": "2*PIN 2*SUB KIT MOTOR", "KIT": "4*PIN"},
        more_uses=[use("SUB", "PIN", "3", scrap="0.5")],
        suppliers=[SMALL],
    )
    row = part_rows(document)["PIN"]
    assert row.spend == 180
    # main material: PIN 6 x 10 + SUB 2 x 1000 + MOTOR 940
    assert row.share == Fraction(180 * 100, 3000)
    assert row.path_count == 3
    assert sorted(row.paths) == [["GOOD", "KIT", "PIN"], ["GOOD", "PIN"], ["GOOD", "SUB", "PIN"]]
    plain = row.to_dict()
    assert (plain["spend"], plain["share"], plain["path_count"]) == ("180.00", "6.00", 3)
    assert plain["paths"] == row.paths


@pytest.mark.parametrize(("subs", "shown"), [(9, 9), (10, 10), (11, 10)])
def test_ten_paths_at_most_are_shown_and_all_are_counted(subs: int, shown: int) -> None:
    ids = [f"SUB-{number}" for number in range(subs)]
    document = bill(
        good(),
        *(home(id_, 100) for id_ in ids),
        PIN,
        uses={"GOOD": " ".join(ids), **dict.fromkeys(ids, "PIN")},
        suppliers=[SMALL],
    )
    row = part_rows(document)["PIN"]
    assert (len(row.paths), row.path_count) == (shown, subs)
    assert len({tuple(path) for path in row.paths}) == shown


def test_paths_are_counted_not_walked() -> None:
    """Forty levels of diamonds: 2 to the 40th paths, and an answer."""
    uses = {"GOOD": "L0 R0"}
    parts = [home(f"{side}{level}", 100) for level in range(40) for side in "LR"]
    for level in range(39):
        uses |= {f"{side}{level}": f"L{level + 1} R{level + 1}" for side in "LR"}
    uses |= {"L39": "PIN", "R39": "PIN"}
    row = part_rows(bill(good(), *parts, PIN, uses=uses, suppliers=[SMALL]))["PIN"]
    assert (row.path_count, len(row.paths)) == (2**40, 10)
    assert row.spend == 2**40


def test_what_stands_inside_another_part_of_a_group_is_paid_with_it() -> None:
    """PIN (10) stands 3 times in SUB (600, of the same maker) and twice beside it: 600 + 20, not 650."""
    document = with_sub(
        home("SUB", 600, supplier="S-1"),
        home("PIN", 10, supplier="S-1"),
        lines="3*PIN",
        more_uses=(use("GOOD", "PIN", "2"),),
    )
    rows = part_rows(document)
    assert {id_: row.spend for id_, row in rows.items()} == {"SUB": Fraction(600), "PIN": Fraction(50)}
    (group,) = group_rows(document, "supplier").values()
    assert group.spend == 620
    assert group.to_dict()["share"] == "60.78"  # of 1020
    other = changed(document, "PIN", supplier="W")
    groups = group_rows(other, "supplier")
    assert {key: row.spend for key, row in groups.items()} == {"S-1": Fraction(600), "W": Fraction(50)}


def test_spend_is_null_where_the_part_has_no_price() -> None:
    document = with_sub(home("SUB", 600), home("PIN", supplier="S-1"), lines="PIN")
    row = part_rows(document)["PIN"]
    assert (row.spend, row.share, row.to_dict()["spend"]) == (None, None, None)
    assert figures(row) == ("33.75", "51.25", "complete")
    (group,) = group_rows(document, "scale").values()
    assert group.spend is None


# ---------------------------------------------------------------------------------------------------------------------
# The whole answer
# ---------------------------------------------------------------------------------------------------------------------


def test_the_answer_as_plain_data() -> None:
    document = with_sub(home("SUB", 600), lines="PIN ORE")
    assessment = assessed(document)
    found = lift(assessment)
    plain = found.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["basis"], plain["by"], plain["base"], plain["status"]) == ("score", "part", "85.00", "complete")
    assert (plain["product"], plain["on"], plain["regulation"]) == ("GOOD", "2026-06-01", "permenperin-35-2025")
    assert plain["rows"] == [
        {
            "part": "PIN",
            "name": None,
            "supplier": "S-1",
            "scale": "small",
            "region": None,
            "paths": [["GOOD", "SUB", "PIN"]],
            "path_count": 1,
            "spend": "1.00",
            "share": "0.10",
            "lift": "33.75",
            "without": "51.25",
            "status": "complete",
            "exact": "135/4",
            "hidden_by": [],
        }
    ]
    assert {gap["code"] for gap in plain["gaps"]} == {"maker-missing"}  # of SUB
    assert all("lift" in gap["affects"] for gap in plain["gaps"])
    assert plain["provenance"] == assessment.provenance
    assert "33.75" in repr(found)
    assert lift(assessment, basis="potential").to_dict()["base"] == "85.00"


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [({"basis": "points"}, "basis-unknown", "potential"), ({"by": "country"}, "group-unknown", "region")],
)
def test_an_unknown_basis_or_group_is_an_error_that_names_the_known(options: Any, code: str, word: str) -> None:
    with pytest.raises(UsageError) as caught:
        lift(assessed(three_makers()), **options)
    assert caught.value.code == code
    assert word in str(caught.value)
