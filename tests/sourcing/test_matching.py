"""Suppliers matched with parts: criteria, grades, nearness, capacities, and gains equal to new assessments."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import EXAMPLES, abroad, assessed, bill, cert, firm, good, home, part

import tkdn
from tkdn import Directory, Match, Matching, Needs, UsageError, assess, match_suppliers, read_bom
from tkdn.sourcing.criteria import NAMES

Record = dict[str, Any]
CART = bill(
    good("CART", supplier="L-0"),
    abroad("WHEEL", 400, hs_code="87087039"),
    home("AXLE", 300, supplier="L-1", certificates=[cert(78)], kbli="29300"),
    home("SEAT", 200, supplier="K-1"),
    {"id": "BOLT", "price": {"amount": "100"}},
    uses={"CART": "4*WHEEL AXLE SEAT BOLT"},
    suppliers=[firm("L-0", "large", region="32.13"), firm("L-1", "large"), firm("K-1", "small")],
)
NEED: Record = {
    "part": "WHEEL", "process": "stamping", "material": "steel", "kbli": "25910",
    "length_mm": 360, "width_mm": 150, "height_mm": 360, "mass_kg": "7.5", "quantity": 1000,
}  # fmt: skip
OFFER: Record = {
    "process": "stamping", "materials": ["steel"], "hs_prefixes": ["8708"],
    "length_mm": 400, "width_mm": 400, "height_mm": 200, "mass_kg": 10, "capacity": {"amount": 1000, "unit": "pcs"},
}  # fmt: skip


def supplier(id_: str = "A1", *offers: Record, **fields: Any) -> Record:
    fields = {"region": "32.13", "scale": "small", "industrial_licence": True, "kbli": ["25910"], **fields}
    return {"id": id_, **fields, "capabilities": list(offers or [OFFER])}


def matched(*suppliers: Record, needs: list[Record] | None = None, document: Record = CART, **options: Any) -> Matching:
    directory = Directory.model_validate({"suppliers": suppliers})
    wanted = Needs.model_validate({"needs": [NEED] if needs is None else needs})
    return match_suppliers(assessed(document), directory, wanted, **options)


def only(found: Matching) -> Match:
    (match,) = found.matches
    return match


def without(record: Record, *keys: str) -> Record:
    return {key: value for key, value in record.items() if key not in keys}


def test_all_met_is_full() -> None:
    match = only(matched(supplier()))
    assert (match.part, match.supplier, match.grade, match.nearness) == ("WHEEL", "A1", "full", "same_regency")
    assert [(each.name, each.state) for each in match.criteria] == [(name, "met") for name in NAMES]
    assert match.assigned


@pytest.mark.parametrize(
    ("missing", "unknown"),
    [
        ("materials", "material"),
        ("hs_prefixes", "hs_code"),
        ("length_mm", "size"),
        ("mass_kg", "mass"),
        ("capacity", "capacity"),
    ],
)
def test_what_the_offer_leaves_out_is_unknown(missing: str, unknown: str) -> None:
    match = only(matched(supplier("A1", without(OFFER, missing))))
    assert match.grade == "good"
    assert [each.name for each in match.criteria if each.state == "unknown"] == [unknown]


@pytest.mark.parametrize(
    ("missing", "unknown"),
    [("material", "material"), ("kbli", "kbli"), ("height_mm", "size"), ("mass_kg", "mass"), ("quantity", "capacity")],
)
def test_what_the_need_leaves_out_is_unknown(missing: str, unknown: str) -> None:
    match = only(matched(supplier(), needs=[without(NEED, missing)]))
    assert match.grade == "good"
    assert [each.name for each in match.criteria if each.state == "unknown"] == [unknown]


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({"materials": ["aluminium"]}, "material"),
        ({"hs_prefixes": ["8483"]}, "hs_code"),
        ({"length_mm": 350, "width_mm": 350}, "size"),
        ({"mass_kg": 7}, "mass"),
        ({"capacity": {"amount": 999, "unit": "pcs"}}, "capacity"),
    ],
)
def test_one_not_met_is_a_near_miss_and_never_chosen(change: Record, missed: str) -> None:
    found = matched(supplier("A1", {**OFFER, **change}))
    match = only(found)
    assert match.grade == "near_miss"
    assert [each.name for each in match.criteria if each.state == "not_met"] == [missed]
    assert not match.assigned
    assert [each.why for each in found.unplaced if each.part == "WHEEL"] == ["only_possible"]


def test_two_not_met_are_no_match() -> None:
    assert matched(supplier("A1", {**OFFER, "mass_kg": 7, "materials": ["aluminium"]})).matches == ()


def test_another_process_is_no_match() -> None:
    assert matched(supplier("A1", {**OFFER, "process": "casting"})).matches == ()


def test_a_piece_may_be_turned() -> None:
    assert only(matched(supplier("A1", {**OFFER, "length_mm": 200, "width_mm": 400, "height_mm": 400}))).grade == "full"


def test_a_size_known_in_part_can_already_be_too_long() -> None:
    match = only(matched(supplier(), needs=[{**without(NEED, "height_mm", "width_mm"), "length_mm": 401}]))
    assert [each.name for each in match.criteria if each.state == "not_met"] == ["size"]


def test_without_a_process_only_the_subheading_tells() -> None:
    assert matched(supplier(), needs=[]).matches == ()
    match = only(matched(supplier("A1", {**OFFER, "hs_prefixes": ["870870"]}), needs=[]))
    assert (match.grade, match.assigned) == ("possible", False)


def test_names_tell_nothing() -> None:
    document = bill(good("CART"), abroad("WHEEL", 400, name="Stamped steel wheel"), uses={"CART": "WHEEL"})
    assert matched(supplier(), needs=[], document=document).matches == ()


# Which parts


def test_parts_from_abroad_and_from_large_firms_are_looked_at() -> None:
    found = matched(
        supplier(), needs=[{"part": id_, "process": "stamping"} for id_ in ("WHEEL", "AXLE", "SEAT", "BOLT")]
    )
    assert [match.part for match in found.matches] == ["WHEEL", "AXLE"]
    assert found.aside == ["SEAT", "BOLT"]


def test_a_firm_is_no_match_for_what_it_makes() -> None:
    found = matched(supplier("L-1", scale="large"), needs=[{"part": "AXLE", "process": "stamping"}])
    assert found.matches == ()


def test_why_a_part_stays() -> None:
    whys = {each.part: each.why for each in matched(supplier()).unplaced}
    assert whys == {"AXLE": "process_unknown"}
    cast = matched(supplier(), needs=[NEED, {"part": "AXLE", "process": "casting"}])
    assert {each.part: each.why for each in cast.unplaced} == {"AXLE": "no_supplier"}
    assert matched(supplier(), needs=[without(NEED, "quantity")]).unplaced[0].why == "quantity_unknown"
    unknown = matched(supplier("A1", without(OFFER, "capacity")))
    assert unknown.unplaced[0].why == "capacity_unknown"


# Nearness


def test_the_nearest_first_then_the_grade() -> None:
    suppliers = [
        supplier("FAR", region="73.71"),
        supplier("NONE", region=None),
        supplier("JAVA", region="33.28"),
        supplier("PROVINCE", region="32.15"),
        supplier("GOOD", without(OFFER, "materials")),
        supplier("FULL"),
    ]
    found = matched(*suppliers)
    assert [match.supplier for match in found.matches] == ["FULL", "GOOD", "PROVINCE", "JAVA", "FAR", "NONE"]
    assert [match.supplier for match in found.assigned] == ["FULL"]


def test_near_another_region() -> None:
    found = matched(supplier("HERE"), supplier("THERE", region="32.15"), near="32.15")
    assert [match.nearness for match in found.matches] == ["same_regency", "same_province"]
    assert found.assigned[0].supplier == "THERE"


def test_without_a_region_nearness_is_unknown() -> None:
    document = bill(good("CART"), abroad("WHEEL", 400), uses={"CART": "WHEEL"})
    found = matched(supplier(), document=document)
    assert (found.near, only(found).nearness) == (None, "unknown")


# Capacity


def test_a_volume_gives_the_quantity() -> None:
    match = only(matched(supplier(), needs=[without(NEED, "quantity")], volume=200))
    assert (match.quantity, match.assigned) == (Fraction(800), True)


def test_a_capacity_in_tons_takes_the_mass_of_a_piece() -> None:
    offer = {**OFFER, "capacity": {"amount": "7.5", "unit": "ton"}}
    match = only(matched(supplier("A1", offer)))
    assert (match.quantity, match.unit, match.grade) == (Fraction(15, 2), "ton", "full")
    assert only(matched(supplier("A1", offer), needs=[without(NEED, "mass_kg")])).quantity is None


def test_parts_compete_for_capacity() -> None:
    needs = [{"part": id_, "process": "stamping", "kbli": "25910", "quantity": 600} for id_ in ("WHEEL", "AXLE")]
    found = matched(supplier(), needs=needs)
    assert [match.part for match in found.assigned] == ["WHEEL"]  # nothing is gained by the axle: it is certified today
    assert [(load.used, load.parts) for load in found.loads] == [(Fraction(600), ("WHEEL",))]
    assert [(each.part, each.why) for each in found.unplaced] == [("AXLE", "capacity_taken")]


def test_more_parts_go_before_nearer_ones() -> None:
    """The wheel could be made next door, but then the axle would have no place."""
    needs = [{"part": id_, "process": "stamping", "kbli": "25910", "quantity": 600} for id_ in ("WHEEL", "AXLE")]
    far = supplier("FAR", {**OFFER, "hs_prefixes": ["870870"]}, region="33.28")
    found = matched(
        supplier("NEAR"), far, needs=[{**needs[0], "hs_code": "87087039"}, {**needs[1], "hs_code": "87085099"}]
    )
    assert {match.part: match.supplier for match in found.assigned} == {"WHEEL": "FAR", "AXLE": "NEAR"}


# Gains


def test_the_gain_is_that_of_a_new_assessment() -> None:
    found = matched(supplier())
    match = only(found)
    changed = assess(found.bom.with_changes(match.changes))
    before = assessed(CART).exact
    assert changed.exact is not None
    assert before is not None
    assert changed.exact > before
    assert match.gain == changed.exact - before == match.uncertified
    assert (changed.components["WHEEL"].credited, changed.part("WHEEL").supplier) == (25, "A1")


def test_a_certificate_of_the_same_hs_code_counts() -> None:
    held = [
        {**cert(61), "hs_code": "8708.70.39"},
        {**cert(90, number="old", issued="2024-01-01"), "hs_code": "87087039"},
    ]
    found = matched(supplier(certificates=held))
    match = only(found)
    assert match.certificate is not None
    assert match.certificate.number == "61/2025"
    assert match.gain is not None
    assert match.uncertified is not None
    assert match.gain > match.uncertified
    assert assess(found.bom.with_changes(match.changes)).components["WHEEL"].credited == 80


def test_a_certificate_of_another_product_does_not_count() -> None:
    match = only(matched(supplier(certificates=[{**cert(61), "hs_code": "87087031"}, cert(62)])))
    assert match.certificate is None


def test_a_firm_without_a_licence_gains_nothing() -> None:
    assert only(matched(supplier(industrial_licence=False))).gain == 0


def test_what_belongs_to_the_maker_of_today_goes() -> None:
    found = matched(supplier(), needs=[{"part": "AXLE", "process": "stamping"}])
    match = only(found)
    assert match.changes == {"parts": {"AXLE": {"made_in": "ID", "supplier": "A1", "certificates": None, "kbli": None}}}
    assert match.gain is not None
    assert match.gain < 0


def test_all_together() -> None:
    needs = [{**NEED, "quantity": 100}, {"part": "AXLE", "process": "stamping", "kbli": "25910", "quantity": 100}]
    found = matched(supplier(), needs=needs)
    after, before = assess(found.bom.with_changes(found.changes)).exact, assessed(CART).exact
    assert after is not None
    assert before is not None
    assert found.joint_gain == after - before
    assert len(found.assigned) == 2


def test_nothing_chosen_gains_nothing() -> None:
    assert matched().joint_gain == 0


def test_the_bill_stays_as_it_is() -> None:
    assessment = assessed(CART)
    match_suppliers(assessment, Directory.model_validate({"suppliers": [supplier()]}))
    assert [each.id for each in assessment.bom.suppliers] == ["L-0", "L-1", "K-1"]


def test_what_only_the_directory_says_of_a_firm_of_the_bill_is_a_change() -> None:
    """The seat's maker is not stated to lack a licence in the bill; the directory says so, and the seat loses its credit too."""
    found = matched(supplier("K-1", region="32.15", industrial_licence=False))
    match = only(found)
    assert match.changes["suppliers"] == {"K-1": {"region": "32.15", "industrial_licence": False}}
    assert match.gain == found.joint_gain
    assert match.gain is not None
    assert match.gain < 0
    assert found.bom.supplier_by_id["K-1"].region is None


# What is refused


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"near": "99.99"}, "region-unknown"),
        ({"volume": 0}, "option-invalid"),
        ({"volume": "many"}, "option-invalid"),
        ({"needs": [{"part": "WHEELS"}]}, "part-unknown"),
    ],
)
def test_calls_that_are_wrong(options: Record, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        matched(supplier(), **options)
    assert caught.value.code == code


def test_one_id_for_two_firms() -> None:
    with pytest.raises(UsageError) as caught:
        matched(supplier("K-1", scale="medium"))
    assert caught.value.code == "directory-conflict"


# As data


def test_as_data_and_as_a_frame() -> None:
    found = matched(supplier())
    data = found.to_dict()
    assert data["matches"][0]["exact"]["gain"] == f"{found.matches[0].gain}"
    assert data["loads"] == [
        {"supplier": "A1", "process": "stamping", "used": "1000", "capacity": "1000", "unit": "pcs", "parts": ["WHEEL"]}
    ]
    frame = found.to_frame()
    assert list(frame["part"]) == ["WHEEL"]
    assert list(frame["assigned"]) == [True]


def test_the_example() -> None:
    assessment = assess(read_bom(EXAMPLES / "rural-pickup" / "pickup.json"))
    folder = EXAMPLES / "subang-directory"
    found = match_suppliers(assessment, folder, folder / "needs.csv", volume=4000)
    assert repr(found).endswith("26 of 171 parts placed>")
    assert {match.grade for match in found.matches} == {"full", "good", "near_miss"}
    for match in found.assigned[::5]:
        changed = tkdn.assess(found.bom.with_changes(match.changes)).exact
        assert changed is not None
        assert match.gain == changed - (assessment.exact or 0)
    for load in found.loads:
        assert load.used <= Fraction(load.capacity.amount)


# What is not stated


def test_parts_without_a_process_are_not_said_to_have_no_supplier() -> None:
    """Both were "no supplier matches"."""
    found = matched(supplier(), needs=[])
    assert {each.part: each.why for each in found.unplaced} == dict.fromkeys(("WHEEL", "AXLE"), "process_unknown")
    assert found.not_stated["process"] == ["WHEEL", "AXLE"]
    assert found.to_dict()["not_stated"] == found.not_stated


def test_what_is_not_stated_is_told_by_what_is_missing() -> None:
    document = bill(
        good("CART", supplier="L-0"),
        part("WHEEL", 400, "XX"),
        home("SEAT", 200, supplier="K-1"),
        home("TRAY", 200),
        part("BOLT", 100),
        home("NUT", 100, supplier="K-2"),
        uses={"CART": "WHEEL SEAT TRAY BOLT NUT"},
        suppliers=[firm("L-0", "large"), firm("K-1", None), firm("K-2", "small")],
    )
    found = matched(supplier(), {**supplier("A2"), "capabilities": []}, document=document, needs=[NEED])
    assert found.not_stated == {"process": [], "capabilities": ["A2"], "origin": ["BOLT"], "size": ["SEAT", "TRAY"]}
    assert [match.part for match in found.matches] == ["WHEEL"]


def test_a_heading_of_the_tariff_is_not_another_good() -> None:
    """8708 was "not met" beside 870870, which begins with it."""
    offer = {**OFFER, "hs_prefixes": ["870870"]}
    match = only(matched(supplier("A1", offer), needs=[{**NEED, "hs_code": "8708"}]))
    assert {each.name: each.state for each in match.criteria}["hs_code"] == "unknown"
    other = only(matched(supplier("A1", offer), needs=[{**NEED, "hs_code": "8714"}]))
    assert {each.name: each.state for each in other.criteria}["hs_code"] == "not_met"


def test_a_heading_is_no_product_of_a_certificate() -> None:
    held = supplier(certificates=[{**cert(61), "hs_code": "87087039"}])
    assert only(matched(held, needs=[{**NEED, "hs_code": "8708.70"}])).certificate is None
    assert only(matched(held, needs=[{**NEED, "hs_code": "8708.70.39.10"}])).certificate is not None
