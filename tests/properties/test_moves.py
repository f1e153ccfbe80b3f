"""Moves that an engine is asked for equal a new assessment of the changed bill, under every method."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.support import bills, cost_bills
from tests.support.build import assessed
from tests.support.vehicle_bills import vehicles
from tests.support.vehicle_oracle import WEIGHTS
from tests.support.ways import by_arrays

from tkdn import Assessment
from tkdn.assessment.engines.engine import BASES, MOVE_KINDS, After, Basis, Move
from tkdn.assessment.goods import GoodsAssessment

Document = dict[str, Any]
NOWHERE: dict[str, Any] = {"certificates": [], "natural_resource": None, "all_domestic_material": None}


def with_certificate(on: Any, tkdn: str) -> dict[str, Any]:
    return {"certificates": [{"number": "new", "tkdn": tkdn, "issued": on.isoformat(), "expires": on.isoformat()}]}


def cases(assessment: Assessment, index: int) -> Iterator[tuple[Move, dict[str, Any]]]:
    """Yield moves of a part, with the same as a change of its record."""
    yield Move(index, "abroad"), {**NOWHERE, "made_in": "CN"}
    yield Move(index, "uncertified"), {"certificates": []}
    if assessment.made_here(index) is not False:
        yield Move(index, "certified", Fraction(61)), with_certificate(assessment.on, "61")
    part, origin = assessment.day.parts[index], assessment.made_here(index)
    here = {**NOWHERE, "made_in": "ID", "supplier": None, "maker": None}
    if assessment.engine.method == "factors":
        if origin is not True:  # an import bought here is made here, not only finished
            finished = isinstance(assessment, GoodsAssessment) and index in assessment.facts.unproduced
            made: dict[str, Any] = {"production": None, "kbli": None} if finished else {}
            if part.production is not None and part.production.made_by_licence is False and not finished:
                # ... and by a firm with an industrial licence
                made = {
                    "production": part.production.model_dump(
                        mode="json", exclude_none=True, exclude={"made_by_licence"}
                    )
                }
            yield Move(index, "made_here"), {**here, **made, "all_domestic_material": False}
        for value in (True, False) if origin is not False else ():
            yield Move(index, "statement", Fraction(value)), {"all_domestic_material": value}
    elif part.production is None and not part.natural_resource:
        yield Move(index, "made_here"), here


def check(assessment: Assessment) -> None:
    """Compare every move of every component with the changed bill assessed anew."""
    day = assessment.day
    for index in day.order:
        if index == day.product or day.explodes[index] or day.parts[index].in_house:
            continue  # a certified stage is no component to move: without its certificate it is no line at all
        for move, change in cases(assessment, index):
            try:
                expected = assessed_anew(assessment, day.parts[index].id, change)
            except ValueError:  # the change contradicts what the part says besides
                continue
            for basis in BASES:
                after = assessment.engine.what_if([(move,)], basis, ends=True)[0]
                assert after.value == figure(expected, basis), (move, basis)
                assert same_status(assessment, after, expected), (move, basis)
                if after.value == figure(assessment, basis) is not None and move.kind == "abroad":
                    assert after.ends or day.path_counts[index] == 0, (move, basis)


def same_status(assessment: Assessment, after: After, expected: Assessment) -> bool:
    """For goods, whether facts are missing is said as the bill stands; whether it can be calculated, after the moves."""
    if assessment.engine.method != "factors":
        return after.status == expected.status
    impossible = "cannot_be_calculated"
    return (after.status == impossible) == (expected.status == impossible)


def assessed_anew(assessment: Assessment, part: str, change: dict[str, Any]) -> Assessment:
    case = assessment.case
    bom = case.bom.with_changes({"parts": {part: change}}, on=case.on)
    return assessed(bom.to_dict(), on=case.on, regulation=case.regulation, year=case.year, exact=True)


def figure(assessment: Assessment, basis: Basis) -> Fraction | None:
    return assessment.exact if basis == "score" else assessment.exact_potential


@some
@given(document=cost_bills.bills())
def test_of_the_cost_method(document: Document) -> None:
    check(assessed(document, on=cost_bills.ON, regulation=cost_bills.LAW))


@some
@given(document=vehicles())
@pytest.mark.parametrize("law", WEIGHTS)
def test_of_vehicles_by_aspects(law: str, document: Document) -> None:
    check(assessed(document, on=cost_bills.ON, regulation=law, year=2025))


@some
@given(document=bills.bills())
def test_of_goods_by_exact_numbers(document: Document) -> None:
    check(assessed(document, exact=True))


@some
@given(document=bills.bills())
def test_of_goods_by_arrays(document: Document) -> None:
    with by_arrays():
        check(assessed(document))


@given(document=cost_bills.bills(), kind=st.sampled_from(["licensed", "statement"]))
@some
def test_what_the_cost_method_does_not_ask_is_refused(document: Document, kind: Any) -> None:
    engine = assessed(document, on=cost_bills.ON, regulation=cost_bills.LAW).engine
    assert engine.allows(kind) == "fact-not-asked"
    move = Move(engine.day.product, kind, Fraction(1) if kind == "statement" else None)
    with pytest.raises(ValueError, match="has no meaning"):
        engine.what_if([(move,)], "score")


@pytest.mark.parametrize("kind", ["certified", "statement"])
def test_a_move_that_needs_a_value_has_one(kind: Any) -> None:
    """Without one a certificate counted at 0%, or as none, by engine."""
    with pytest.raises(ValueError, match="needs a value"):
        Move(0, kind)


def test_a_move_that_takes_no_value_has_none() -> None:
    with pytest.raises(ValueError, match="takes no value"):
        Move(0, "abroad", Fraction(1))


def test_every_kind_of_move_has_a_meaning_for_goods() -> None:
    engine = assessed({"format": "tkdn-bom", "version": 1, "parts": [{"id": "A"}]}, on="2026-06-01").engine
    assert [engine.allows(kind) for kind in MOVE_KINDS] == [None] * len(MOVE_KINDS)
