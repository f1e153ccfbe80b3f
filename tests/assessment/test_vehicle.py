"""Battery electric vehicles by weights of aspects, worked out by hand for two texts and one year."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import Document, Record, abroad, cert, home, part, uses_of

from tkdn import Assessment, Bom, RegulationError, assess, compare

OLD, NEW, ON = "permenperin-6-2022", "permenperin-28-2023", "2025-06-01"
FACTS: Record = {
    "wheels": "four",
    "assembly_indonesian_share": "0.8",
    "assembly_tools_achieved": "0.5",
    "development": ["prototyping", "market_research"],
}
SUPPORT = [home(name.upper(), 10, group=name, certificates=[cert(50)]) for name in ("steering", "suspension", "brakes")]
SUPPORT += [abroad(name.upper(), 10, group=name) for name in ("tyres_wheels", "seats_wiring", "electronics_ac")]
PACK = home("PACK", 100, group="battery")
LINES = "PACK MOTOR CAB STEERING SUSPENSION BRAKES TYRES_WHEELS SEATS_WIRING ELECTRONICS_AC"


def bus(vehicle: Record | None = None, *, drop: str = "", pack: Record = PACK, **changes: Any) -> Document:
    """A bus whose pack holds a foreign cell (60) and a certified case (40, at 80%)."""
    product = {"id": "BUS", "made_in": "ID", "vehicle": FACTS if vehicle is None else vehicle, **changes}
    parts = [product, pack, abroad("CELL", 60), home("CASE", 40, certificates=[cert(80)])]
    parts += [
        abroad("MOTOR", 50, group="drive_train"),
        home("CAB", 200, group="body", certificates=[cert(60)]),
        *SUPPORT,
    ]
    lines = " ".join(word for word in LINES.split() if word != drop)
    uses = uses_of({"BUS": lines, "PACK": "CELL CASE"})
    return deepcopy({"format": "tkdn-bom", "version": 1, "product": "BUS", "parts": parts, "uses": uses})


def assessed(document: Document, law: str = NEW, year: int | None = 2025, on: str = ON) -> Assessment:
    return assess(Bom.from_dict(document), on=on, regulation=law, year=year)


def test_two_texts_weigh_one_year_differently() -> None:
    old, new = assessed(bus(), OLD), assessed(bus(), NEW)
    assert sum(factor.weight for factor in old.factors.values()) == 100
    assert sum(factor.weight for factor in new.factors.values()) == 100
    # battery 32% domestic, body 60%, steering, suspension, brakes 50%; assembly 75%, development 25%.
    assert old.exact == Fraction("11.2") + Fraction("6.6") + Fraction("2.5") + 9 + 5
    assert new.exact == Fraction("12.8") + 3 + Fraction("2.5") + Fraction("22.5") + Fraction("2.5")
    assert (old.status, new.status) == ("complete", "complete")


def test_a_value_is_keyed_by_text_and_year() -> None:
    assert assessed(bus(), OLD, 2023).factors["battery"].weight == 30
    assert assessed(bus(), OLD, 2024).factors["battery"].weight == 35
    assert assessed(bus(), NEW, 2029).factors["battery"].weight == 40
    assert assessed(bus(), NEW, 2030).factors["battery"].weight == 50
    assert assessed(bus(), NEW, None).factors["battery"].weight == 40


def test_a_year_before_the_periods_is_refused() -> None:
    with pytest.raises(RegulationError) as caught:
        assessed(bus(), NEW, 2019)
    assert caught.value.code == "regulation-no-value"
    assert "from 2020" in str(caught.value)


def test_press_sourced_values_are_marked() -> None:
    steps = {step.code: step for step in assessed(bus()).explain().steps}
    (weight,) = [value for value in steps["aspect_battery"].law if value.key == "weight.battery"]
    assert weight.confidence == "secondary"
    text = assessed(bus()).explain().to_text()
    assert "secondary source" in text
    assert "Pasal 11" in text


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"assembly_indonesian_share": "0.8", "assembly_tools_achieved": "1"}, 30),
        ({"assembly_indonesian_share": "0.79", "assembly_labour_achieved": "0.4", "assembly_tools_achieved": "0"}, 6),
        ({"assembly_labour_achieved": "1", "assembly_tools_achieved": "0.5"}, Fraction("22.5")),
    ],
)
def test_assembly_by_halves(facts: Record, points: Fraction) -> None:
    assert assessed(bus({**FACTS, "assembly_indonesian_share": None, **facts})).factors["assembly"].points == points


def test_battery_by_investment_is_capped_and_ends() -> None:
    invested = {**FACTS, "battery_investment": {"amount": "6000000000000"}, "battery_investment_from": "2021-06-01"}
    assert assessed(bus(invested)).factors["battery"].points == 40
    assert assessed(bus({**invested, "battery_investment_from": "2020-05-31"})).factors["battery"].points == Fraction(
        "12.8"
    )
    small = {**invested, "battery_investment": {"amount": "4999999999999"}}
    assert assessed(bus(small)).factors["battery"].points == Fraction("12.8")


def test_two_and_three_wheels_pool_the_supporting_components() -> None:
    bike = assessed(bus({**FACTS, "wheels": "two_three"}))
    assert bike.factors["supporting"].value == 25
    assert bike.factors["supporting"].points == Fraction("2.5")


def test_the_least_tkdn_of_the_year_and_wheels() -> None:
    new = assessed(bus()).to_dict()
    assert (new["minimum"]["percent"], new["minimum"]["reached"], new["year"]) == ("40.00", True, 2025)
    assert assessed(bus(), NEW, 2027).to_dict()["minimum"] == {
        "percent": "60.00",
        "reached": False,
        "article": "Perpres 55/2019 as amended by 79/2023 Pasal 8",
        "confidence": "secondary",
    }
    assert assessed(bus({**FACTS, "converted": True})).to_dict()["minimum"] is None


@pytest.mark.parametrize(
    ("on", "wheels", "year", "percent"),
    [
        ("2023-12-07", "four", 2024, "60.00"),  # was: 40, the value of the amendment
        ("2023-12-08", "four", 2024, "40.00"),
        ("2023-12-07", "two_three", 2026, "80.00"),  # was: 40
        ("2023-12-08", "two_three", 2026, "40.00"),
        ("2023-12-07", "four", 2023, "40.00"),
    ],
)
def test_the_least_tkdn_is_that_of_the_text_of_the_day(on: str, wheels: str, year: int, percent: str) -> None:
    """Perpres 79/2023 of 8 December 2023 put off what Perpres 55/2019 asked for from 2024 on."""
    of_day = assessed(bus({**FACTS, "wheels": wheels}), "permenperin-6-2022", year, on=on).to_dict()["minimum"]
    assert of_day["percent"] == percent
    assert ("79/2023" in of_day["article"]) is (on >= "2023-12-08")


def test_the_whole_is_at_most_100() -> None:
    full = {"wheels": "four", "assembly_indonesian_share": "1", "assembly_tools_achieved": "1"}
    activities = ["market_research", "product_planning", "design_engineering", "prototyping", "testing", "licensing"]
    document = bus({**full, "development": activities})
    for record in document["parts"][1:]:
        record["made_in"] = "ID"
        record["certificates"] = [cert(100)]
    assert assessed(document).exact == 100


def test_a_tier_below_the_pack_can_raise_the_potential() -> None:
    certified = assessed(bus(pack=home("PACK", 100, group="battery", certificates=[cert(10)])))
    assert certified.factors["battery"].value == 10
    assert certified.exact_potential == (certified.exact or 0) + Fraction(22, 100) * 40


GAPS = {
    "no-wheels": bus({key: value for key, value in FACTS.items() if key != "wheels"}),
    "group-missing": bus(pack=home("PACK", 100)),
    "group-empty": bus(drop="BRAKES"),
    "assembly-unknown": bus({**FACTS, "assembly_tools_achieved": None}),
    "development-unknown": bus({**FACTS, "development": None}),
    "not-accounted": bus(pack=home("PACK", 100, group="battery"), drop="") | {"uses": uses_of({"BUS": LINES})},
    "cost-not-accounted": bus(pack=home("PACK", 120, group="battery")),
    "origin-unknown": bus(pack=part("PACK", 100, group="battery")),
    "price-missing": bus(pack=home("PACK", group="battery")) | {"uses": uses_of({"BUS": LINES})},
}


@pytest.mark.parametrize("code", GAPS)
def test_gaps_leave_it_incomplete(code: str) -> None:
    vehicle = assessed(GAPS[code])
    gap = next(gap for gap in vehicle.gaps if gap.code == code)
    assert gap.remedy
    assert gap.message_in("id") != gap.message
    assert vehicle.status == "incomplete"


def test_compared_texts_add_up() -> None:
    change = compare(assessed(bus(), OLD), assessed(bus(), NEW))
    assert change.change == Decimal("9.00")
    assert sum(row.change for row in change.factors) == change.exact
    battery = next(row for row in change.components if row.key == "PACK")
    assert battery.by_weight == battery.change == Fraction("1.6")
    assert battery.by_share == battery.by_credit == 0


def test_every_part_is_explained_in_both_languages() -> None:
    vehicle = assessed(bus())
    for id_ in vehicle.components:
        assert vehicle.explain(id_).to_text("id") != vehicle.explain(id_).to_text("en")
