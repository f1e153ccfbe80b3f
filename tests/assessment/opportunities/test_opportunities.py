"""Moves by hand: what each kind gains, what it changes, what is said of it."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import MADE, Document, Record, abroad, assessed, bill, cert, changed, firm, good, home, part

from tkdn import UsageError, opportunities, regulation
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.opportunities.move import Move
from tkdn.assessment.opportunities.opportunities import Opportunities
from tkdn.days import months_later
from tkdn.i18n import LANGUAGES

SMALL, LARGE = firm("S-1", "small"), firm("BIG", "large")
ORE = part("ORE", 100, natural_resource=True)


def found(document: Document, basis: Basis = "score", **options: Any) -> Opportunities:
    return opportunities(assessed(document), basis=basis, **options)


def with_sub(lines: str = "MOTOR PIN", **fields: Any) -> Document:
    """SUB is half of the cost and ORE the other; SUB holds a MOTOR from abroad and a PIN from here, both alike in price."""
    sub = home("SUB", 200, supplier="S-1", production=MADE, **fields)
    ore = part("ORE", 200, natural_resource=True)
    return bill(
        good(),
        sub,
        ore,
        abroad("MOTOR", 100),
        home("PIN", 100, all_domestic_material=True),
        uses={"GOOD": "SUB ORE", "SUB": lines},
        suppliers=[SMALL, LARGE],
    )


def move(document: Document, id_: str, **options: Any) -> Move:
    return found(document, **options)[id_]


# ---------------------------------------------------------------------------------------------------------------------
# Certificates
# ---------------------------------------------------------------------------------------------------------------------


def test_certify_earns_the_band_of_what_its_own_bill_gives() -> None:
    """SUB: 25 + 0.75 x 50 = 62.5, which earns 80 instead of 25, on half of the material: 0.75 x 50 x 55%."""
    each = move(with_sub(), "certify:SUB:own_bill")
    assert each.exact == Fraction(165, 8)
    assert each.about["value"] == Decimal("62.50")
    assert each.about["credit"] == 80
    assert each.changes["parts"]["SUB"]["certificates"] == [
        {"number": "to be issued", "tkdn": "62.50", "issued": "2026-06-01", "self_declared": True}
    ]
    assert each.articles == ("Permenperin 35/2025 Pasal 5(2)a.2",)


def test_a_small_industry_may_declare_it_itself_free_of_charge_and_a_large_one_may_not() -> None:
    assert "free of charge" in move(with_sub(), "certify:SUB:own_bill").explanation()
    large = with_sub()
    large["parts"][1]["supplier"] = "BIG"
    each = move(large, "certify:SUB:own_bill")
    assert "free of charge" not in each.explanation()
    assert "self_declared" not in each.changes["parts"]["SUB"]["certificates"][0]


RESEARCH: Record = {"rd_unit": "own", "rd_programme": True, "rd_used_in_product": True, "rd_share_of_revenue": "0.03"}
"""Brainware in full: 20 points."""


def test_a_self_declared_value_holds_no_brainware_and_is_no_longer_planned_at_6375() -> None:
    """MOTOR and a PIN of 25%: material 25 x 0.75 + 25 = 43.75, with 20 of brainware 63.75 (Pasal 26(4): Pasal 4 to 9)."""
    document = changed(with_sub("PIN SEAL", brainware=RESEARCH), "PIN", all_domestic_material=False)
    document["parts"].append(abroad("SEAL", 1, main=False))
    moves = found(document)
    verified, declared = moves["certify:SUB:own_bill"], moves["certify:SUB:self_declared"]
    assert verified.changes["parts"]["SUB"]["certificates"] == [
        {"number": "to be issued", "tkdn": "63.75", "issued": "2026-06-01"}  # was: self_declared, too
    ]
    assert declared.changes["parts"]["SUB"]["certificates"] == [
        {"number": "to be issued", "tkdn": "43.75", "issued": "2026-06-01", "self_declared": True}
    ]
    assert [each.about["credit"] for each in (verified, declared)] == [80, 60]
    assert [each.headline for each in (verified, declared)] == [True, False]
    for each in (verified, declared):
        assert (each.about["own"], each.about["declared"]) == (Decimal("63.75"), Decimal("43.75"))
        assert "Pasal 26" in each.explanation()
        assert "63" in each.explanation("id")
    after = assessed(document).with_changes(declared.changes)
    assert after.exact is not None
    assert after.components["SUB"].certified == Decimal("43.75")
    assert after.components["SUB"].credited_potential == 80  # the potential takes the value as verified


def test_a_value_without_brainware_is_declared_in_the_same_move() -> None:
    assert "certify:SUB:self_declared" not in {each.id for each in found(with_sub()).all_moves}


@pytest.mark.parametrize(
    ("facts", "small"),
    [
        ({"capital": {"amount": "5000000000"}}, True),
        ({"capital": {"amount": "5000000001"}}, False),
        ({"scale": "medium", "capital": {"amount": "4000000000"}}, True),  # was: not small, by its statement
        ({"scale": "small", "capital": {"amount": "6000000000"}}, False),  # was: small, by its statement
        ({"sales": {"amount": "1000000000"}}, False),  # was: small, by the sales of PP 7/2021
        ({"scale": "micro"}, True),
        ({}, False),
    ],
)
def test_who_may_declare_is_small_by_capital_alone(facts: Record, small: bool) -> None:
    document = {**with_sub(), "suppliers": [{"id": "S-1", **facts}]}
    each = move(document, "certify:SUB:own_bill")
    assert each.about["small"] is small
    assert ("self_declared" in each.changes["parts"]["SUB"]["certificates"][0]) is small
    assert ("only stated" in each.explanation()) is (facts == {"scale": "micro"})
    assert ("baru dinyatakan" in each.explanation("id")) is (facts == {"scale": "micro"})


def test_a_self_declared_certificate_is_renewed_as_one() -> None:
    document = bill(
        good(),
        home("PIN", 100, certificates=[cert(50, expires="2026-07-01", self_declared=True)]),
        uses={"GOOD": "PIN"},
    )
    assert move(document, "renew:PIN").changes["parts"]["PIN"]["certificates"][-1]["self_declared"] is True


def test_certifying_what_is_all_domestic_can_lose_points_and_the_advice_is_not_to() -> None:
    """All domestic earns 100 without a certificate; PIN earns 25 in it today, so its own bill gives 25 + 0.75 x 25."""
    document = with_sub("PIN")
    document["parts"][4] = home("PIN", 100)
    each = move(document, "certify:SUB:own_bill")
    assert each.about["value"] == Decimal("43.75")
    assert each.gain == Decimal("-15.00")
    assert "Do not certify it" in each.explanation()
    assert "Jangan disertifikasi" in each.explanation("id")


def test_a_value_that_rests_on_components_not_certified_yet_has_a_second_case() -> None:
    """INNER: today 25, on its own bill 62.5, which earns 80. So SUB gives 85, today 43.75."""
    document = bill(
        good(),
        home("SUB", 200, production=MADE),
        home("INNER", 100, production=MADE),
        abroad("MOTOR", 50),
        home("PIN", 50, all_domestic_material=True),
        abroad("SEAL", 1, main=False),
        uses={"GOOD": "SUB", "SUB": "INNER SEAL", "INNER": "MOTOR PIN"},
    )
    moves = found(document)
    assert moves["certify:SUB:own_bill"].about["value"] == Decimal("85.00")
    assert moves["certify:SUB:today"].about["value"] == Decimal("43.75")
    assert "its own bill gives 43.75%" in moves["certify:SUB:own_bill"].explanation()


def test_without_a_bill_of_its_own_each_value_of_the_ladder_is_a_case_and_none_a_headline() -> None:
    moves = [
        each for each in found(bill(good(), home("PIN", 100), uses={"GOOD": "PIN"})).rows if each.kind == "certify"
    ]
    assert {each.variant: each.gain for each in moves} == {
        "at_25": Decimal("0.00"),
        "at_40": Decimal("11.25"),
        "at_60": Decimal("26.25"),
        "at_80": Decimal("41.25"),
        "at_100": Decimal("56.25"),
    }
    assert not any(each.headline for each in moves)


def test_an_unlicensed_maker_cannot_certify_but_register() -> None:
    document = bill(
        good(),
        home("PIN", 100, supplier="W"),
        ORE,
        uses={"GOOD": "PIN ORE"},
        suppliers=[firm("W", "micro", industrial_licence=False)],
    )
    moves = found(document)
    assert [each.id for each in moves.rows if "PIN" in each.id] == []
    each = moves["register:W"]
    assert each.gain == Decimal("9.38")
    assert each.changes == {"suppliers": {"W": {"industrial_licence": True}}}
    assert each.part is None
    assert "PIN" in each.explanation()


def test_next_band_says_how_far_it_is_and_what_would_close_the_distance() -> None:
    document = with_sub(certificates=[cert("59")])
    each = move(document, "next_band:SUB:next")
    assert each.about["distance"] == Decimal("1.01")
    assert each.about["value"] == Decimal("60.01")
    assert each.gain == Decimal("7.50")
    assert each.closing == [{"part": "MOTOR", "adds": Fraction(75, 2)}]
    assert "MOTOR +37.50" in each.explanation()
    anew = move(document, "next_band:SUB:own_bill")
    assert anew.about["value"] == Decimal("62.50")
    assert anew.gain == Decimal("7.50")


def test_what_closes_the_distance_holds_the_production_factors_too() -> None:
    document = with_sub(certificates=[cert("20")])
    document["parts"][1]["production"] = {**MADE, "factory": "outsourced"}
    closing = move(document, "next_band:SUB:next").closing
    assert [(each.get("part") or each.get("factor"), each["adds"]) for each in closing] == [
        ("MOTOR", Fraction(75, 2)),
        ("overhead", Fraction(21, 2)),
        ("labour", 7),
    ]


def test_a_certificate_at_the_top_has_no_next_band() -> None:
    assert not [each for each in found(with_sub(certificates=[cert("90")])).rows if each.kind == "next_band"]


@pytest.mark.parametrize(("months", "seen"), [(11, False), (12, True)])
def test_a_certificate_that_expires_within_the_months_is_to_be_renewed(months: int, seen: bool) -> None:
    document = with_sub(certificates=[cert("78", expires="2027-06-01")])
    moves = [each for each in found(document, months=months).rows if each.kind == "renew"]
    assert [each.gain for each in moves] == ([Decimal("20.63")] if seen else [])


def test_the_loss_of_a_certificate_can_gain_points() -> None:
    document = with_sub("PIN", certificates=[cert("12", expires="2026-12-31")])
    each = move(document, "renew:SUB")
    assert each.gain == Decimal("-28.13")
    assert "Let it end" in each.explanation()
    assert each.against == {"parts": {"SUB": {"certificates": []}}}


@pytest.mark.parametrize(("holder", "gain"), [("B", "0.00"), ("A", "20.63")])
def test_an_older_certificate_counts_on_only_if_another_holds_it(holder: str, gain: str) -> None:
    """Nothing was lost though one firm held both: the later one ended the older (Pasal 50(2))."""
    both = [
        cert("78", issued="2026-01-01", expires="2026-12-31", holder="A"),
        cert("79", issued="2025-01-01", expires="2029-12-31", holder=holder),
    ]
    each = move(with_sub(certificates=both), "renew:SUB")
    assert str(each.gain) == gain
    assert ("Nothing depends on it today" in each.explanation()) == (gain == "0.00")


# ---------------------------------------------------------------------------------------------------------------------
# Where things are made
# ---------------------------------------------------------------------------------------------------------------------


def test_all_domestic_names_what_is_still_imported() -> None:
    each = move(with_sub(), "all_domestic:SUB")
    assert each.gain == Decimal("28.13")
    assert each.about["remaining"] == [{"part": "MOTOR", "made_in": "CN"}]
    assert each.changes["parts"].keys() == {"MOTOR"}
    assert "MOTOR (CN)" in each.explanation()


def test_without_lines_all_domestic_is_a_statement() -> None:
    each = move(bill(good(), home("PIN", 100), uses={"GOOD": "PIN"}), "all_domestic:PIN:statement")
    assert each.gain == Decimal("56.25")
    assert each.changes == {"parts": {"PIN": {"all_domestic_material": True}}}


def test_an_import_bought_here_by_what_its_maker_can_show() -> None:
    moves = found(bill(good(), abroad("MOTOR", 300), ORE, uses={"GOOD": "MOTOR ORE"}))
    gains = {each.variant: each.gain for each in moves.rows if each.kind == "localise"}
    assert gains == {
        "uncertified": Decimal("14.06"),
        "certified_25": Decimal("14.06"),
        "certified_40": Decimal("22.50"),
        "certified_60": Decimal("33.75"),
        "certified_80": Decimal("45.00"),
        "certified_100": Decimal("56.25"),
        "all_domestic": Decimal("56.25"),
    }


def test_the_break_even_price_is_where_the_dearer_part_eats_up_its_gain() -> None:
    """Material is 50 today. At 25 the part may cost p where (25p + 100 x 100) / (p + 100) = 50: p = 200, twice its price."""
    document = bill(good(), abroad("MOTOR", 100), ORE, uses={"GOOD": "MOTOR ORE"})
    each = move(document, "localise:MOTOR:uncertified")
    assert each.break_even == 200
    assert "Rp 200" in each.explanation()
    dearer = found(document)["localise:MOTOR:certified_60"]
    assert dearer.break_even is None
    assert dearer.any_price
    assert "Whatever it costs" in dearer.explanation()


def test_under_the_stricter_test_no_break_even_price_is_said() -> None:
    law = regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
    document = bill(good(), abroad("MOTOR", 100), ORE, uses={"GOOD": "MOTOR ORE"})
    each = opportunities(assessed(document, regulation=law))["localise:MOTOR:uncertified"]
    assert each.break_even is None
    assert not each.any_price
    assert "price" not in each.explanation()


def test_the_ikm_share_of_spend_before_and_after() -> None:
    document = bill(
        good(), home("PIN", 100, supplier="S-1"), abroad("MOTOR", 300), uses={"GOOD": "PIN MOTOR"}, suppliers=[SMALL]
    )
    assert move(document, "localise:MOTOR:uncertified").ikm_share == (Fraction(25), Fraction(100))
    assert move(document, "all_domestic:PIN:statement").ikm_share == (Fraction(25), Fraction(25))


def test_a_part_of_unknown_origin_can_be_bought_here_too() -> None:
    each = move(bill(good(), part("MOTOR", 100), ORE, uses={"GOOD": "MOTOR ORE"}), "localise:MOTOR:uncertified")
    assert each.gain == Decimal("9.38")
    assert "an unknown country" in each.explanation()


def test_a_move_that_makes_the_good_calculable_ranks_first_without_a_gain() -> None:
    moves = found(bill(good(), abroad("MOTOR", 100), uses={"GOOD": "MOTOR"}))
    first = moves.rows[0]
    assert moves.base is None
    assert (first.kind, first.gain) == ("localise", None)
    assert first.exact_after is not None


# ---------------------------------------------------------------------------------------------------------------------
# The product
# ---------------------------------------------------------------------------------------------------------------------


def of_product(**production: Any) -> dict[str, Decimal | None]:
    document = bill(good(production={**MADE, **production}), ORE, abroad("MOTOR", 300), uses={"GOOD": "ORE MOTOR"})
    return {each.variant: each.gain for each in found(document, kinds=["factor"]).rows}


def test_production_factors() -> None:
    assert of_product() == {}
    assert of_product(factory="outsourced") == {
        "factory_own": Decimal("17.50"),
        "factory_partner_factory": Decimal("7.50"),
    }
    assert of_product(invested_in_indonesia=False) == {"investment": Decimal("15.00")}
    assert of_product(indonesian_workers=4, foreign_workers=7) == {"workers": Decimal("10.00")}


def test_the_fewest_indonesian_workers_that_are_enough() -> None:
    document = bill(good(production={**MADE, "indonesian_workers": 4, "foreign_workers": 7}), ORE, uses={"GOOD": "ORE"})
    each = move(document, "factor:GOOD:workers")
    assert each.changes["parts"]["GOOD"]["production"] == {**MADE, "indonesian_workers": 6, "foreign_workers": 5}


def test_brainware_is_one_fact_at_a_time_up_to_the_limit() -> None:
    document = bill(good(brainware={"rd_programme": True}), ORE, abroad("MOTOR", 300), uses={"GOOD": "ORE MOTOR"})
    gains = {each.variant: each.gain for each in found(document, kinds=["brainware"]).rows}
    assert gains == {
        "rd_share_of_revenue_0.0201": Decimal("6.00"),
        "rd_used_in_product": Decimal("6.00"),
        "rd_share_of_revenue_0.015": Decimal("4.50"),
        "rd_unit_own": Decimal("4.00"),
        "rd_share_of_revenue_0.01": Decimal("3.00"),
        "rd_unit_third_party": Decimal("2.00"),
        "rd_share_of_revenue_0.005": Decimal("1.50"),
    }
    assert found(bill(good(), ORE, uses={"GOOD": "ORE"})).rows[0].gain == 0


@pytest.mark.parametrize("factory", ["partner_factory", "outsourced"])
def test_no_bmp_is_offered_for_a_good_of_another_factory(factory: str) -> None:
    """Pasal 23c, 44(2)a.11; was: 2 and 4 points for 10 and 26 partners."""
    document = bill(good(production={**MADE, "factory": factory}), home("PIN", 100), uses={"GOOD": "PIN"})
    assert not [each for each in found(document).all_moves if each.kind == "benefit"]


def test_partnership_counts_small_industries_and_earns_bmp_apart_from_tkdn() -> None:
    document = bill(good(), home("PIN", 100, supplier="S-1"), uses={"GOOD": "PIN"}, suppliers=[SMALL])
    moves = found(document)
    assert [(each.id, each.gain, each.measure) for each in moves.rows[-2:]] == [
        ("benefit:GOOD:partners_26", Decimal("3.00"), "bmp"),
        ("benefit:GOOD:partners_10", Decimal("1.00"), "bmp"),
    ]
    assert moves["benefit:GOOD:partners_10"].about["more"] == 9


# ---------------------------------------------------------------------------------------------------------------------
# Together, costs, output
# ---------------------------------------------------------------------------------------------------------------------


def test_the_others_are_the_largest_that_touch_different_parts() -> None:
    """Making SUB all domestic is to buy MOTOR here. Certifying SUB instead adds 20.63 to 71.88; the next steps of brainware
    add 13.5, so only 14.63 are left below the limit."""
    moves = found(with_sub())
    assert "all_domestic:SUB" in moves.taken
    assert "localise:MOTOR:uncertified" not in moves.taken
    certify = moves["certify:SUB:own_bill"]
    assert certify.gain == Decimal("20.63")
    assert certify.gain_given_others == Decimal("14.63")
    assert moves.after_all == 100


def test_costs_by_move_by_kind_and_by_part() -> None:
    costs = {"certify:SUB:own_bill": 10, "all_domestic:SUB": "1000", "MOTOR": Decimal("2.5")}
    moves = found(with_sub(), costs=costs)
    assert moves["certify:SUB:own_bill"].rupiah_per_point == Fraction(80, 165)
    assert moves["all_domestic:SUB"].gain_per_rupiah == Fraction(225, 8000)
    assert moves["localise:MOTOR:uncertified"].cost == Fraction(5, 2)
    assert [each.id for each in moves.by_rupiah][-2:] == ["certify:SUB:own_bill", "all_domestic:SUB"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"basis": "scores"}, "basis-unknown"),
        ({"kinds": ["certificate"]}, "kind-unknown"),
        ({"months": -1}, "months-invalid"),
        ({"costs": {"SUBS": 1}}, "move-unknown"),
        ({"costs": {"SUB": -1}}, "cost-invalid"),
        ({"costs": {"SUB": "much"}}, "cost-invalid"),
        ({"costs": {"SUB": float("nan")}}, "cost-invalid"),
    ],
)
def test_wrong_calls(options: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        found(with_sub(), **options)
    assert caught.value.code == code


def test_moves_are_for_the_credits_of_35_2025() -> None:
    with pytest.raises(UsageError) as caught:
        opportunities(assessed(with_sub(), regulation="permenperin-16-2011", on="2025-06-01"))
    assert caught.value.code == "lift-not-for-method"


def test_only_the_kinds_asked_for_are_rows() -> None:
    moves = found(with_sub(), kinds=["all_domestic"])
    assert [each.id for each in moves.rows] == ["all_domestic:SUB"]
    assert moves["certify:SUB:own_bill"].gain == Decimal("20.63")


def test_everything_as_plain_data() -> None:
    data = json.loads(json.dumps(found(with_sub()).to_dict()))
    row = next(each for each in data["rows"] if each["id"] == "certify:SUB:own_bill")
    assert (row["gain"], row["exact"]["gain"], row["about"]["value"]) == ("20.63", "165/8", "62.50")
    assert row["about"]["closing"] == [{"part": "MOTOR", "adds": "37.50"}]
    assert data["together"]["moves"] == found(with_sub()).taken


def test_as_a_frame() -> None:
    frame = found(with_sub()).to_frame()
    assert frame.loc[frame["id"] == "all_domestic:SUB", "gain"].item() == Decimal("28.13")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_move_is_said_in_both_languages(lang: Any) -> None:
    outsourced = good(
        production={
            **MADE,
            "factory": "outsourced",
            "invested_in_indonesia": False,
            "indonesian_workers": 1,
            "foreign_workers": 9,
        }
    )
    document = with_sub(certificates=[cert("59", expires="2026-12-31")])
    document["parts"][0] = outsourced
    for each in (*found(document).rows, *found(with_sub()).rows):
        assert each.explanation(lang).endswith(".")
        assert "{" not in each.advice(lang)


def test_months_later_keeps_to_the_month() -> None:
    from datetime import date

    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 11, 30), 14) == date(2028, 1, 30)
