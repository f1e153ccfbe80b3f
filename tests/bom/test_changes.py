"""A bill with some values changed is the bill that says so from the start."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import full
from tests.support.bills import bills
from tests.support.build import abroad, firm, good, home

import tkdn
from tkdn import Bom, BomError, UsageError

DOCUMENT: dict[str, Any] = {
    "format": "tkdn-bom",
    "version": 1,
    "product": "GOOD",
    "date": "2026-06-01",
    "parts": [
        good(),
        home("FRAME", {"amount": "700", "per": "100"}, supplier="S-1"),
        abroad("MOTOR", {"amount": "20", "currency": "USD"}),
        abroad("ENGINE", 300),
    ],
    "uses": [
        {"parent": "GOOD", "part": "FRAME", "quantity": "2"},
        {"parent": "GOOD", "part": "MOTOR", "quantity": "1"},
        {"parent": "GOOD", "part": "ENGINE", "quantity": "1", "alternative_to": "MOTOR"},
    ],
    "suppliers": [firm("S-1"), firm("S-2", "large")],
    "rates": [
        {"currency": "USD", "rate": "15000", "from": "2025-01-01"},
        {"currency": "USD", "rate": "16250", "from": "2026-05-20"},
    ],
}


@pytest.fixture(scope="module")
def bom() -> Bom:
    return Bom.from_dict(DOCUMENT)


def stated(**sections: Any) -> Bom:
    """The bill read from the document with these records in place of its own."""
    return Bom.from_dict({**copy.deepcopy(DOCUMENT), **sections})


def records(name: str, number: int, **fields: Any) -> dict[str, Any]:
    changed = copy.deepcopy(DOCUMENT[name])
    changed[number].update(fields)
    return {name: changed}


@pytest.mark.parametrize(
    ("changes", "document"),
    [
        ({"parts": {"MOTOR": {"made_in": "ID"}}}, records("parts", 2, made_in="ID")),
        ({"parts": {"FRAME": {"price": "800"}}}, records("parts", 1, price={"amount": "800", "per": "100"})),
        ({"parts": {"FRAME": {"price": {"amount": 800}}}}, records("parts", 1, price={"amount": "800"})),
        ({"parts": {"FRAME": {"supplier": "S-2"}}}, records("parts", 1, supplier="S-2")),
        ({"uses": {"GOOD > FRAME": {"quantity": "3"}}}, records("uses", 0, quantity="3")),
        ({"uses": {("GOOD", "FRAME"): {"scrap": "0.5"}}}, records("uses", 0, scrap="0.5")),
        ({"suppliers": {"S-1": {"industrial_licence": False}}}, records("suppliers", 0, industrial_licence=False)),
        ({"rates": {"USD": "17000"}}, records("rates", 1, rate="17000")),
        ({"uses": {"GOOD > ENGINE": {"chosen": True}}}, records("uses", 2, chosen=True)),
    ],
)
def test_a_change_is_the_bill_that_says_so(bom: Bom, changes: Any, document: Any) -> None:
    changed, expected = bom.with_changes(changes), stated(**document)
    assert changed.to_dict() == expected.to_dict()
    assert changed.sha256 == expected.sha256
    assert tkdn.assess(changed).to_dict() == tkdn.assess(expected).to_dict()


def test_the_bill_itself_stays_as_it_is(bom: Bom) -> None:
    bom.with_changes({"parts": {"MOTOR": {"made_in": "ID"}}})
    assert bom.to_dict() == Bom.from_dict(DOCUMENT).to_dict()


def test_none_takes_a_value_out(bom: Bom) -> None:
    assert bom.with_changes({"parts": {"FRAME": {"supplier": None}}}).parts[1].supplier is None


def test_choosing_one_unchooses_the_other(bom: Bom) -> None:
    engine = bom.with_changes({"uses": {"GOOD > ENGINE": {"chosen": True}}})
    motor = engine.with_changes({"uses": {"GOOD > MOTOR": {"chosen": True}}})
    assert [use.chosen for use in motor.uses] == [False, True, False]


def test_a_currency_without_a_rate_gets_one_from_the_day(bom: Bom) -> None:
    rates = bom.with_changes({"rates": {"EUR": "18000"}}, on="2026-07-01").rates
    assert (rates[-1].currency, str(rates[-1].rate), str(rates[-1].start)) == ("EUR", "18000", "2026-07-01")


@pytest.mark.parametrize(
    ("changes", "code", "hint"),
    [
        ({"part": {}}, "change-unknown", "parts"),
        ({"parts": {"FRAM": {"made_in": "ID"}}}, "part-unknown", "FRAME"),
        ({"parts": {"FRAME": {"id": "OTHER"}}}, "change-unknown", "bill"),
        ({"uses": {"GOOD > FRAM": {"quantity": 1}}}, "use-unknown", "GOOD > FRAME"),
        ({"uses": {"NONE > FRAME": {"quantity": 1}}}, "use-unknown", "GOOD > FRAME"),
        ({"suppliers": {"S-3": {"scale": "small"}}}, "supplier-unknown", "S-"),
    ],
)
def test_what_the_bill_does_not_have_is_refused(bom: Bom, changes: Any, code: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        bom.with_changes(changes)
    assert caught.value.code == code
    assert hint in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"parts": {"FRAME": {"prise": 1}}}, "unknown-key", "changes.parts[FRAME].prise"),
        ({"parts": {"FRAME": {"price": "x"}}}, "number-invalid", "changes.parts[FRAME].price.amount"),
        ({"parts": {"FRAME": {"supplier": "S-9"}}}, "unknown-supplier", "changes.parts[FRAME]"),
        ({"parts": {"FRAME": {"unit": "kg"}}, "uses": {"GOOD > FRAME": {"unit": "pcs"}}}, "unit-mismatch", "changes"),
        ({"parts": {"GOOD": {"main": False}}}, "contradiction-product", "changes.parts"),
        ({"parts": {"FRAME": "ID"}}, "wrong-type", None),
        ({"rates": {"USD": "-1"}}, "number-not-positive", "changes.rates[USD].rate"),
    ],
)
def test_a_value_that_is_wrong_is_named_with_its_place(bom: Bom, changes: Any, code: str, path: str | None) -> None:
    with pytest.raises(BomError) as caught:
        bom.with_changes(changes)
    assert caught.value.code == code
    assert path is None or str(caught.value.problems[0].place.path).startswith(path)


def test_all_problems_come_at_once(bom: Bom) -> None:
    with pytest.raises(UsageError) as caught:
        bom.with_changes({"parts": {"A": {}, "B": {}}, "suppliers": {"C": {}}})
    assert len(caught.value.problems) == 3


def test_two_lines_of_one_part_are_not_told_apart(bom: Bom) -> None:
    split = stated(uses=[*DOCUMENT["uses"], DOCUMENT["uses"][0]])
    with pytest.raises(UsageError) as caught:
        split.with_changes({"uses": {"GOOD > FRAME": {"quantity": 1}}})
    assert caught.value.code == "change-ambiguous"


@full
@given(st.data())
def test_random_changes_equal_the_changed_document(data: st.DataObject) -> None:
    document = data.draw(bills())
    bom = Bom.from_dict(document)
    number = data.draw(st.integers(0, len(document["parts"]) - 1))
    part = document["parts"][number]
    if part.get("phantom") or "conversion_cost" in part or part.get("in_house"):
        return
    amount = str(data.draw(st.integers(1, 10_000)))
    changed = copy.deepcopy(document)
    changed["parts"][number]["price"] = {**part.get("price", {}), "amount": amount}
    after = bom.with_changes({"parts": {part["id"]: {"price": amount}}})
    assert after.to_dict() == Bom.from_dict(changed).to_dict()
