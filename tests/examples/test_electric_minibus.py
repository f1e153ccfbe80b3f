"""The electric minibus: one bill that four regulations assess completely, and what the law changes between them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from tests.support.build import EXAMPLES

from tkdn import Assessment, Bom, assess, compare, lift, read_bom
from tkdn.assessment.rounding import two_places
from tkdn.display.viewed import as_text

FILE = EXAMPLES / "electric-minibus" / "minibus.json"
COST, GOODS = "permenperin-16-2011", "permenperin-35-2025"
OLD, NEW = "permenperin-6-2022", "permenperin-28-2023"
YEARS = {COST: None, GOODS: None, OLD: 2025, NEW: 2025}
GOLDEN = {COST: ("66.71", "67.27"), GOODS: ("65.53", "83.42"), OLD: ("67.28", "67.28"), NEW: ("75.69", "75.69")}
OTHERS = {"labour", "overhead", "brainware", "assembly", "development", "cap"}
PAIRS = [(before, after) for before in YEARS for after in YEARS if before != after]


@cache
def bill() -> Bom:
    return read_bom(FILE)


@cache
def assessed(law: str) -> Assessment:
    return assess(bill(), regulation=law, year=YEARS[law], allow_repealed=True)


def by_its_parts() -> Bom:
    """The bill without the battery's investment."""
    plain = bill().to_dict()
    (product,) = (part for part in plain["parts"] if part["id"] == "MINIBUS")
    del product["vehicle"]["battery_investment"], product["vehicle"]["battery_investment_from"]
    return Bom.from_dict(plain)


def test_it_says_it_is_synthetic_and_is_a_whole_vehicle() -> None:
    bom, day = bill(), assessed(GOODS).day
    assert "synthetic" in (bom.parts[day.product].name or "")
    assert all("ynthetic" in (supplier.name or "") for supplier in bom.suppliers)
    assert 60 <= len(day.order) == len(bom.parts) <= 120
    assert max(len(path) for number in day.order for path in day.paths(number, 10)) - 1 == 6
    assert {"BATTERY-SYS", "PACK", "MODULE", "CELL", "BMS"} <= set(assessed(GOODS).components)
    assert len(lift(assessed(GOODS)).rows) >= 20


@pytest.mark.parametrize("law", YEARS)
def test_golden_and_complete(law: str) -> None:
    found = assessed(law)
    assert (str(found.score), str(found.potential)) == GOLDEN[law]
    assert found.status == "complete"
    assert str(found.coverage) == "100.00"
    assert found.bounds == (found.score, found.score)
    assert not [gap for gap in found.gaps if "score" in gap.affects]


@pytest.mark.parametrize("law", YEARS)
def test_factors_add_up_to_the_score(law: str) -> None:
    assert sum(factor.points or 0 for factor in assessed(law).factors.values()) == assessed(law).exact


@pytest.mark.parametrize("law", [OLD, NEW])
@pytest.mark.parametrize("year", [2020, 2023, 2024, 2025, 2029, 2030])
def test_each_set_of_weights_adds_up_to_100(law: str, year: int) -> None:
    assert sum(factor.weight for factor in assess(bill(), regulation=law, year=year).factors.values()) == 100


def test_two_texts_weigh_2025_differently() -> None:
    old, new = ({name: each.weight for name, each in assessed(law).factors.items()} for law in (OLD, NEW))
    assert {(name, int(old[name]), int(new[name])) for name in old if old[name] != new[name]} == {
        ("battery", 35, 40),
        ("drive_train", 12, 5),
        ("body", 11, 5),
        ("assembly", 12, 30),
        ("development", 20, 10),
    }


@pytest.mark.parametrize("law", [OLD, NEW])
def test_the_explanation_marks_press_values(law: str) -> None:
    steps = {step.code: step for step in assessed(law).explain().steps}
    for aspect in ("assembly", "development"):
        (weight,) = [value for value in steps[f"aspect_{aspect}"].law if value.key == f"weight.{aspect}"]
        assert weight.confidence == "secondary"
    assert "[secondary source]" in assessed(law).explain("MOTOR").to_text()
    assert "[sumber sekunder]" in assessed(law).explain("MOTOR").to_text("id")


def test_the_explanation_marks_what_is_assumed() -> None:
    assert "[assumed]" in assessed(COST).explain().to_text()
    assert {value.confidence for step in assessed(NEW).explain().steps for value in step.law} == {
        "text",
        "secondary",
        "derived",
    }


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_any_two_compared_add_up_exactly(before: str, after: str) -> None:
    change = compare(assessed(before), assessed(after))
    assert sum(row.change for row in change.factors) == change.exact
    for row in change.components:
        assert row.by_weight + row.by_share + row.by_credit == row.change


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_components_and_what_stands_beside_add_up_to_their_factors(before: str, after: str) -> None:
    change = compare(assessed(before), assessed(after))
    factors = sum(row.change for row in change.factors if row.key not in OTHERS)
    assert sum(row.change for row in (*change.components, *change.beside)) == factors


def test_without_the_investment_the_battery_counts_by_its_parts() -> None:
    old, new = (assess(by_its_parts(), regulation=law, year=2025) for law in (OLD, NEW))
    assert (str(old.score), str(new.score), old.status, new.status) == ("46.43", "51.86", "complete", "complete")
    assert compare(old, new).beside == []


def test_the_battery_counts_by_investment_for_five_years() -> None:
    assert assessed(NEW).factors["battery"].points == 40
    last, over = (assess(bill(), on=on, regulation=NEW).factors["battery"].value for on in ("2029-03-01", "2029-03-02"))
    assert last == 100
    assert over is not None
    assert over < last


def test_the_rest_of_the_table_is_a_share_of_the_cost(capsys: pytest.CaptureFixture[str]) -> None:
    found = assessed(NEW)
    costs = sorted((each.exact["cost"] or Fraction(0) for each in found if each.counts), reverse=True)
    rest = sum(costs[12:], Fraction(0)) * 100 / sum(costs)
    assert f"and 28 more, {two_places(rest)}% of the cost" in as_text(found.view("en"))
