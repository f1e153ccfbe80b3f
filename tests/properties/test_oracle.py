"""The library and the naive oracle, written apart from each other, say exactly the same of random bills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import full, some
from tests.support import bills, oracle
from tests.support.build import assessed
from tests.support.oracle_bill import Readings, read, scale
from tests.support.oracle_rules import Obstacle

from tkdn import Assessment, Regulation, lift, regulation
from tkdn.assessment.lift import By
from tkdn.assessment.lift_rows import GroupRow, LiftRow

BASES: tuple[oracle.Basis, ...] = ("score", "potential")
# From the bills' own date on (earlier, a rate may be missing): certificates begin, expire and thaw, uses come and go.
LATER = [
    bills.ON,
    bills.ON + timedelta(days=1),
    date(2026, 7, 15),
    date(2026, 12, 31),
    date(2027, 1, 9),
    date(2027, 2, 28),
    date(2027, 12, 10),
    date(2027, 12, 11),
    date(2029, 2, 28),
    date(2030, 12, 11),
    date(2030, 12, 12),
    date(2031, 6, 1),
]
LAW = regulation("permenperin-35-2025")
# The parameter behind each reading that has another name in the regulation.
PARAMETERS = {"open_term": "certificate.open_term"}
READINGS = oracle.all_readings()
EACH_ALONE = [each for each in READINGS if len(set(asdict(each).items()) - set(asdict(Readings()).items())) == 1]


def read_as(readings: Readings) -> Regulation:
    """Return the regulation under these readings; today's are left as they are."""
    changed = dict(set(asdict(readings).items()) - set(asdict(Readings()).items()))
    return LAW.amend({PARAMETERS.get(name, name): value for name, value in changed.items()}) if changed else LAW


# What the reasons of the library that forbid a calculation are in the oracle's words; its other reasons are gaps.
OBSTACLES: dict[str, Obstacle] = {
    "made-abroad": "abroad",
    "product-unlicensed": "unlicensed",
    "all-imported": "no domestic line",
    **dict.fromkeys(("activity-packing", "activity-finishing", "activity-dismantling", "activity-none"), "activity"),
}


def obstacles(assessment: Assessment) -> set[Obstacle]:
    """Return what keeps the product from being calculated, in the oracle's words."""
    codes = {reason["code"] for reason in assessment.to_dict()["reasons"]}
    return {OBSTACLES[code] for code in codes & OBSTACLES.keys()}


def agree(assessment: Assessment, expected: oracle.Outcome) -> None:
    """Compare everything said of the product and of each component."""
    assert assessment.status == expected["status"]
    assert assessment.exact == expected["score"]
    assert assessment.exact_potential == expected["potential"]
    assert assessment.exact_bounds == (expected["low"], expected["high"])
    assert assessment.exact_potential_bounds == (expected["potential"], expected["potential_high"])
    assert obstacles(assessment) == expected["obstacles"]
    assert assessment.exact_coverage == expected["coverage"]
    factors, known = assessment.factors, expected["factors"]
    assert factors["labour"].value == known["labour"]
    assert factors["overhead"].value == known["overhead"]
    assert factors["brainware"].value == known["brainware"] * 5  # of at most 20 points
    if assessment.exact is not None:
        assert factors["material"].value == known["material"]
    assert assessment.components.keys() == expected["components"].keys()
    for id_, component in assessment.components.items():
        told = expected["components"][id_]
        assert component.main == told["main"], id_
        assert component.counts == told["counts"], id_
        assert component.certified == told["certified"], id_
        assert component.own == told["own"], id_
        assert component.credited == told["credited"], id_
        assert component.credited_potential == told["credited_potential"], id_
        for figure in ("cost", "share", "points", "potential_points"):
            assert component.exact.get(figure) == cast(dict[str, Any], told)[figure], (id_, figure)


@full
@given(document=bills.bills())
def test_every_figure_of_the_assessment(document: bills.Document) -> None:
    agree(assessed(document), oracle.assess(document, bills.ON))


@some
@given(document=bills.bills())
@pytest.mark.parametrize("readings", EACH_ALONE, ids=str)
def test_the_score_under_each_reading_alone(document: bills.Document, readings: Readings) -> None:
    assert assessed(document, regulation=read_as(readings)).exact == oracle.score_under(document, bills.ON, readings)


@full
@given(document=bills.bills(), readings=st.sampled_from(READINGS))
def test_every_figure_under_any_readings_together(document: bills.Document, readings: Readings) -> None:
    agree(assessed(document, regulation=read_as(readings)), oracle.assess(document, bills.ON, readings))


@some
@given(document=bills.bills(), on=st.sampled_from(LATER))
def test_on_other_days(document: bills.Document, on: date) -> None:
    agree(assessed(document, on=on), oracle.assess(document, on))


@some
@given(document=bills.bills(), choice=st.integers(0, 20))
def test_of_any_part_as_the_product(document: bills.Document, choice: int) -> None:
    ids = [
        part["id"]
        for part in document["parts"]
        if not part.get("phantom") and not part.get("in_house") and part.get("main") is not False
    ]
    product = ids[choice % len(ids)]
    assessment = assessed({**document, "product": "P00"}, product=product)
    agree(assessment, oracle.assess({**document, "product": product}, bills.ON))


@full
@given(document=bills.bills())
@pytest.mark.parametrize("basis", BASES)
def test_lift_of_each_part_and_of_all(document: bills.Document, basis: oracle.Basis) -> None:
    found = lift(assessed(document), basis=basis)
    ids = oracle.ikm_parts(document, bills.ON)
    rows = cast("list[LiftRow]", found.rows)
    assert sorted(row.part for row in rows) == sorted(ids)
    for row in rows:
        expected = oracle.lift(document, bills.ON, basis, [row.part])
        assert (row.effect.lift, row.effect.without) == expected, row.part
    assert (found.joint.lift, found.joint.without) == oracle.lift(document, bills.ON, basis, ids)


def key_of(document: bills.Document, by: By) -> Callable[[str], Any]:
    """What a part is grouped by, from the document."""
    parts = {part["id"]: part for part in document["parts"]}
    firms = {firm["id"]: firm for firm in document.get("suppliers", ())}
    bill = read(document, bills.ON)

    def key(id_: str) -> Any:
        maker = parts[id_].get("maker") or parts[id_]["supplier"]
        if by == "supplier":
            return maker
        return scale(bill, firms[maker]) if by == "scale" else firms[maker].get("region")

    return key


@some
@given(document=bills.bills())
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("by", ["supplier", "scale", "region"])
def test_lift_of_groups(document: bills.Document, by: By, basis: oracle.Basis) -> None:
    groups: dict[Any, list[str]] = defaultdict(list)
    key = key_of(document, by)
    for id_ in oracle.ikm_parts(document, bills.ON):
        groups[key(id_)].append(id_)
    rows = cast("list[GroupRow]", lift(assessed(document), basis=basis, by=by).rows)
    assert {row.key: list(row.parts) for row in rows} == groups
    for row in rows:
        expected = oracle.lift(document, bills.ON, basis, row.parts)
        assert (row.effect.lift, row.effect.without) == expected, row.key
