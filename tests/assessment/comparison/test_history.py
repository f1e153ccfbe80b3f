"""The history of a score: each change with what it did, in a fixed order."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import abroad, assessed, bill, cert, changed, firm, good, home, use

from tkdn import Bom, History, UsageError, history

CART = bill(
    good("CART"),
    abroad("WHEEL", 400),
    home("FRAME", 600, supplier="S-1"),
    uses={"CART": "WHEEL FRAME"},
    suppliers=[firm("S-1"), firm("S-2")],
)


def after(document: dict[str, Any], **options: Any) -> History:
    return history([assessed(CART), assessed(document, **options)])


def told(found: History) -> list[tuple[str, str, str | None, Any, Any]]:
    """What changed, where each row is of one change."""
    return [(step.kind, step.about, step.field, step.before, step.after) for row in found.rows for step in row.steps]


def test_nothing_changed() -> None:
    found = after(CART)
    assert found.rows == []
    assert found.exact == 0


def test_a_certificate() -> None:
    found = after(changed(CART, "FRAME", certificates=[cert(61)]))
    (row,) = found.rows
    assert [(step.kind, step.about, step.before) for step in row.steps] == [("certificate", "FRAME", None)]
    assert row.exact == Fraction(75, 100) * 60 * (80 - 25) / 100 == found.exact


def test_a_price() -> None:
    found = after(changed(CART, "WHEEL", price={"amount": "900"}))
    assert told(found) == [("price", "WHEEL", "price", {"amount": "400"}, {"amount": "900"})]
    assert found.exact == Fraction(75, 100) * 25 * (Fraction(600, 1500) - Fraction(600, 1000))


def test_a_supplier_of_a_part() -> None:
    assert told(after(changed(CART, "FRAME", supplier="S-2"))) == [("maker", "FRAME", "supplier", "S-1", "S-2")]


def test_a_licence_of_a_supplier() -> None:
    found = after(changed(CART, "S-1", industrial_licence=False))
    assert told(found) == [("supplier", "S-1", "industrial_licence", None, False)]
    assert found.rows[0].exact == -Fraction(75, 100) * 60 * 25 / 100


def test_a_quantity() -> None:
    document = {**CART, "uses": [use("CART", "WHEEL", "4"), use("CART", "FRAME")]}
    assert told(after(document)) == [("quantity", "CART > WHEEL", "quantity", "1", "4")]


def test_an_order_that_is_fixed() -> None:
    document = changed(CART, "WHEEL", made_in="ID", price={"amount": "500"}, certificates=[cert(61)], supplier="S-2")
    kinds = [step[0] for step in told(after(document))]
    assert kinds == ["price", "origin", "maker", "certificate"]


def test_what_cannot_come_first_waits() -> None:
    """A part from abroad cannot hold a certificate."""
    before = changed(CART, "WHEEL", made_in="ID", certificates=[cert(61)])
    found = history([assessed(before), assessed(CART)])
    assert [step[0] for step in told(found)] == ["certificate", "origin"]
    assert len(found.rows) == 2


def test_what_goes_only_together_is_one_row() -> None:
    """Neither the unit of the part nor that of its use can change alone."""
    document = {**changed(CART, "WHEEL", unit="kg"), "uses": [use("CART", "WHEEL", unit="kg"), use("CART", "FRAME")]}
    before = {**CART, "uses": [use("CART", "WHEEL", unit="pcs"), use("CART", "FRAME")]}
    (row,) = history([assessed(before), assessed(document)]).rows
    assert [(step.kind, step.field) for step in row.steps] == [("quantity", "unit"), ("other", "unit")]
    assert row.exact == 0


def test_a_part_added_and_one_taken_out() -> None:
    document = {
        **CART,
        "parts": [*CART["parts"][:2], home("BODY", 700)],
        "uses": [use("CART", "WHEEL"), use("CART", "BODY")],
    }
    kinds = [(step[0], step[1]) for step in told(after(document))]
    assert kinds == [
        ("part_added", "BODY"),
        ("use_added", "CART > BODY"),
        ("use_removed", "CART > FRAME"),
        ("part_removed", "FRAME"),
    ]


def test_a_new_supplier_comes_before_its_part() -> None:
    document = changed({**CART, "suppliers": [*CART["suppliers"], firm("S-3")]}, "FRAME", supplier="S-3")
    assert [step[0] for step in told(after(document))] == ["supplier", "maker"]


def test_a_day_and_a_certificate_that_expired() -> None:
    held = changed(CART, "FRAME", certificates=[cert(61, expires="2026-12-31")])
    found = history([assessed(held), assessed(held, on="2027-01-01")])
    assert told(found) == [("date", "", None, "2026-06-01", "2027-01-01")]
    assert found.change < 0


def test_a_law() -> None:
    found = after(CART, regulation="permenperin-16-2011", allow_repealed=True)
    assert told(found) == [("regulation", "", None, "permenperin-35-2025", "permenperin-16-2011")]


def test_an_exchange_rate() -> None:
    rated = {**changed(CART, "WHEEL", price={"amount": "1", "currency": "USD"}), "rates": []}
    rate = {"currency": "USD", "rate": "400", "from": "2026-01-01"}
    found = history([assessed({**rated, "rates": [{**rate, "rate": each}]}) for each in ("400", "900")])
    assert [step[0] for step in told(found)] == ["rate"]


def test_a_price_that_needs_a_rate_which_comes_with_it() -> None:
    document = changed(CART, "WHEEL", price={"amount": "1", "currency": "USD"})
    document["rates"] = [{"currency": "USD", "rate": "400", "from": "2026-01-01"}]
    found = after(document)
    assert [step[0] for step in told(found)] == ["rate", "price"]
    assert found.exact == 0


def test_no_score_counts_as_nothing() -> None:
    found = after(changed(CART, "CART", made_in="CN", production=None))
    assert (found.rows[-1].after, found.exact) == (None, -(assessed(CART).exact or 0))


def test_bills_are_assessed_by_their_date() -> None:
    bom = Bom.from_dict(CART)
    found = history([bom, bom.with_changes({"parts": {"FRAME": {"price": 900}}})], labels=["May", "June"])
    assert [row.release for row in found.rows] == ["June"]
    assert found.labels == ("May", "June")


def test_as_data_and_as_a_frame() -> None:
    found = after(changed(CART, "FRAME", certificates=[cert(61)]))
    data = found.to_dict()
    assert [release["score"] for release in data["releases"]] == [str(each.score) for each in found.assessments]
    assert data["rows"][0]["exact"] == str(found.exact)
    assert list(found.to_frame()["kind"]) == ["certificate"]
    assert list(found.to_frame()["change"]) == [found.change]


@pytest.mark.parametrize("options", [{"releases": 1}, {"releases": 2, "labels": ["one"]}])
def test_calls_that_are_wrong(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        history([assessed(CART)] * options["releases"], labels=options.get("labels"))
    assert caught.value.code == "option-invalid"
