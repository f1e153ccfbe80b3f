"""Which regulations a good may be counted by on a day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.build import abroad, assessed, bill, good

from tkdn import RegulationError, regulation, regulations
from tkdn.law.shipped import EITHER, GENERAL_GOODS, SPECIAL_GOODS, choices, goods_regulation

GENERAL, COST, NEW, OLD = "permenperin-35-2025", "permenperin-16-2011", "permenperin-28-2023", "permenperin-6-2022"
BUS = bill(good(vehicle={"wheels": "four"}), abroad("MOTOR", 1), uses={"GOOD": "MOTOR"})
CART = bill(good(), abroad("MOTOR", 1), uses={"GOOD": "MOTOR"})


def ids(on: str, *facts: str) -> list[str]:
    return [law.id for law, _ in choices(date.fromisoformat(on), facts)]


def test_what_is_listed_is_what_the_files_say() -> None:
    goods = [law for law in regulations() if law.kind == "goods"]
    assert set(GENERAL_GOODS) == {law.id for law in goods if law.general}
    assert {id_ for ids in SPECIAL_GOODS.values() for id_ in ids} == {law.id for law in goods if not law.general}
    for listed in (GENERAL_GOODS, *SPECIAL_GOODS.values()):
        begins = [regulation(id_).in_force_from for id_ in listed]
        assert begins == sorted(begins, reverse=True)
    assert all(law.counts_article for law in goods)


def test_repeals_and_amendments_are_told_by_both_texts() -> None:
    by_id = {law.id: law for law in regulations()}
    for law in by_id.values():
        for repealed in set(law.repeals) & by_id.keys():
            assert by_id[repealed].repealed_by == law.id
        if law.repealed_by is not None:
            assert law.id in by_id[law.repealed_by].repeals
            assert law.in_force_to is not None
        if law.amended_by is not None:
            assert by_id[law.amended_by].in_force_from > law.in_force_from


@pytest.mark.parametrize(
    ("on", "general", "vehicle"),
    [
        ("2026-06-01", [GENERAL], [GENERAL, NEW]),
        ("2025-12-12", [GENERAL], [GENERAL, NEW]),
        ("2025-12-11", [COST], [COST, NEW]),
        ("2023-12-29", [COST], [COST, NEW]),
        ("2023-12-28", [COST], [COST, OLD]),  # was: as amended, from 1 December 2023 on
        ("2022-03-11", [COST], [COST, OLD]),
        ("2022-03-10", [COST], [COST, "permenperin-27-2020"]),  # was: 6/2022, from 1 March 2022 on
        ("2021-01-01", [COST], [COST, "permenperin-27-2020"]),
        ("2010-01-01", [], []),
    ],
)
def test_a_vehicle_may_be_counted_by_either(on: str, general: list[str], vehicle: list[str]) -> None:
    assert ids(on) == general
    assert ids(on, "vehicle") == vehicle


def test_an_assessment_says_what_may_be_used() -> None:
    bus = assessed(BUS)
    assert bus.regulation.id == GENERAL
    assert bus.to_dict()["may_use"] == [
        {"regulation": GENERAL, "article": "Permenperin 35/2025 Pasal 4"},
        {"regulation": NEW, "article": "Permenperin 35/2025 Pasal 71"},
    ]
    assert "Pasal 71" in bus.explain().to_text("id")
    assert [each["regulation"] for each in assessed(CART).may_use] == [GENERAL]


def test_either_stands_in_the_law() -> None:
    value = regulation(GENERAL).value(EITHER, date(2026, 6, 1))
    assert (value.value, value.article, value.confidence) == ("either", "Pasal 71", "text")


def test_a_text_taken_as_it_stood_before_its_amendment_says_so() -> None:
    old = assessed(BUS, regulation=OLD, on="2025-06-01")
    assert [each.values["by"] for each in old.warnings if each.code == "regulation-amended"] == [NEW]
    assert not [each for each in assessed(BUS, regulation=OLD, on="2023-06-01").warnings if "amended" in each.code]


def test_what_is_not_yet_in_force_is_refused_also_where_repealed_ones_are_allowed() -> None:
    with pytest.raises(RegulationError) as caught:
        goods_regulation(GENERAL, date(2025, 12, 11), allow_repealed=True)
    assert caught.value.code == "regulation-not-in-force"
    with pytest.raises(RegulationError) as caught:
        goods_regulation(COST, date(2026, 1, 1))
    assert "2025-12-11" in str(caught.value)
    assert "allow_repealed" in str(caught.value)
