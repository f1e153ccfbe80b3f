"""Whose value counts: for all fields, or for single ones; what only describes a part is kept."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.build import bill, firm, good, home

from tkdn import Bom, BomError, Enrichment, UsageError, enrich

CART = Bom.from_dict(
    bill(
        good("CART"),
        home("FRAME", 750, name="Frame", spec="SS400", supplier="S-1"),
        uses={"CART": "FRAME"},
        suppliers=[firm("S-1")],
    )
)
OTHER = {"FRAME": {"name": "Frame, welded", "spec": "SS490", "price": "800", "supplier_scale": "large"}}


def taken(found: Enrichment) -> dict[str, str]:
    return {each.field: each.taken for each in found.conflicts}


def refused(**options: Any) -> list[str]:
    with pytest.raises(BomError) as caught:
        enrich(CART, OTHER, **options)
    return [str(problem.place.column) for problem in caught.value.problems]


def test_names_and_specifications_are_kept_and_told() -> None:
    found = enrich(CART, {"FRAME": {"name": "Frame, welded", "spec": "SS490"}})
    assert taken(found) == {"name": "bill", "spec": "bill"}
    assert (found.bom, found.conflicts[0].file) == (CART, "Frame, welded")


def test_everything_else_is_an_error() -> None:
    assert refused() == ["price", "supplier_scale"]


@pytest.mark.parametrize("field", ["supplier_scale", "scale"])
def test_answers_for_single_fields(field: str) -> None:
    found = enrich(CART, OTHER, on_conflict={"price": "replace", field: "keep"})
    assert taken(found) == {"name": "bill", "spec": "bill", "price": "file", "scale": "bill"}
    assert str(found.bom.parts[1].price and found.bom.parts[1].price.amount) == "800"


def test_an_answer_for_the_rest() -> None:
    found = enrich(CART, OTHER, on_conflict={"*": "replace", "price": "keep"})
    assert taken(found) == {"name": "file", "spec": "file", "price": "bill", "scale": "file"}
    assert refused(on_conflict={"*": "error", "price": "keep"}) == ["name", "spec", "supplier_scale"]


@pytest.mark.parametrize("answer", ["keep", "replace"])
def test_one_answer_for_all(answer: str) -> None:
    assert set(taken(enrich(CART, OTHER, on_conflict=answer)).values()) == {"bill" if answer == "keep" else "file"}  # type: ignore[arg-type]


def test_the_columns_of_a_price_are_one_field() -> None:
    assert refused(on_conflict={"price_currency": "keep"}) == ["supplier_scale"]


@pytest.mark.parametrize("stated", [{"prise": "keep"}, {"price": "maybe"}, "maybe"])
def test_fields_and_answers_that_there_are_not(stated: Any) -> None:
    with pytest.raises(UsageError) as caught:
        enrich(CART, OTHER, on_conflict=stated)
    assert caught.value.code == "option-invalid"


def test_the_error_says_how_to_answer() -> None:
    with pytest.raises(BomError, match=r"--on-conflict price=keep or price=replace"):
        enrich(CART, OTHER)
