"""The regional lens, by hand: a bed of Subang that holds a hinge of Subang and a net of Indramayu, a cab of who knows where."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import MADE, Document, assessed, bill, firm, good, home

from tkdn import Regions, UsageError, regions
from tkdn.planning.regions import RegionRow

FIRMS = [firm("BED", "medium", region="32.13"), firm("NET", "micro", region="32.12"), firm("CAB", "large")]
PARTS = [
    good(),
    home("BED", 60, supplier="BED", all_domestic_material=True, production={**MADE, "normal_capacity": "10"}),
    home("HINGE", 5, supplier="BED"),
    home("NET", 8, supplier="NET"),
    home("CAB", 40, supplier="CAB", production=MADE),
]
DOCUMENT: Document = bill(*PARTS, uses={"GOOD": "BED CAB", "BED": "2*HINGE NET"}, suppliers=FIRMS)


def lens(**options: Any) -> Regions:
    return regions(assessed(DOCUMENT), **options)


def row(code: str | None, **options: Any) -> RegionRow:
    found = lens(**options).row(code)
    assert found is not None
    return found


def test_what_stands_inside_another_part_of_the_region_is_not_spent_twice() -> None:
    assert row("32.13").spend == 60
    assert row("32.12").spend == 8


def test_a_province_holds_its_regencies() -> None:
    assert row("32").spend == 60
    assert row("32").parts == ("BED", "HINGE", "NET")


def test_points_are_those_of_the_lines_made_there() -> None:
    assert row("32.13").points == Fraction(75 * 60, 100)
    assert row("32.12").points == 0


def test_makers_without_a_region_have_a_row_of_their_own() -> None:
    assert row(None).spend == 40
    assert row(None).ikm_suppliers == ()


def test_spend_is_for_the_yearly_volume() -> None:
    assert row("32.13", volume=100).spend == 6000
    assert row("32.13", volume=100).ikm_spend == 6000


def test_jobs_follow_from_workers_and_capacity_only() -> None:
    """Four workers make 120 beds a year; 60 vehicles take half of that."""
    assert row("32.13", volume=60).jobs == 2
    assert row("32.13").counted == 1
    assert row("32.12").jobs is None


def test_a_capacity_may_be_given() -> None:
    assert row(None, volume=30, capacity={"CAB": 60}).jobs == 2


def test_plain_data_and_text() -> None:
    data = lens(volume=60).to_dict()
    assert (data["rows"][0]["region"], data["rows"][0]["jobs"]) == ("32.13", "2.00")
    assert "Direct workers: by 1 parts" in lens(volume=60).to_text()
    assert "Pekerja langsung" in lens(volume=60).to_text("id")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"volume": 0}, "volume-out-of-range"),
        ({"capacity": {"CAB": "x"}}, "capacity-out-of-range"),
        ({"capacity": {"CUB": 1}}, "part-unknown"),
    ],
)
def test_a_wrong_call(options: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as raised:
        lens(**options)
    assert raised.value.code == code


def test_another_method_has_none() -> None:
    with pytest.raises(UsageError):
        regions(assessed(DOCUMENT, on="2024-06-01"))
