"""Exact figures of a changed bill, worked out from those of the bill before, are those of a new bill."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.properties.settings import full
from tests.support.bills import bills
from tests.support.build import Document
from tests.support.changes import changes

from tkdn import Bom, TkdnError, assess
from tkdn.assessment.goods import GoodsAssessment
from tkdn.planning.interactions import moved, states_of
from tkdn.planning.reckoning import IkmSpend, ikm_parts, spend_on

DAY = (
    "order",
    "uses",
    "lines",
    "stage_cost",
    "unit_cost",
    "weights",
    "scale",
    "total",
    "roll_up",
    "quantities",
    "parts",
)
WALK = (
    "credit",
    "own",
    "domestic",
    "domestic_material",
    "unknown_material",
    "credited",
    "makes",
    "base",
    "high",
    "coverage",
    "today_sum",
)
FACTS = ("origin", "certificate", "certificate_credit", "licence")


def assessed(bom: Bom) -> GoodsAssessment:
    assessment = assess(bom, on="2026-06-01", regulation="permenperin-35-2025", exact=True)
    assert isinstance(assessment, GoodsAssessment)
    return assessment


def columns(held: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(held, name) for name in names}


def drawn(document: Document, data: st.DataObject) -> tuple[GoodsAssessment, GoodsAssessment, GoodsAssessment]:
    """A bill assessed, changed from it, and the changed bill assessed afresh."""
    bom = Bom.from_dict(document)
    found = data.draw(changes(bom))
    assume(found is not None)
    assert found is not None
    try:
        return assessed(bom), assessed(bom).with_changes(found[0]), assessed(found[1])
    except TkdnError:
        assume(False)
        raise


@full
@given(bills(), st.data())
def test_lines_costs_facts_and_credits(document: Document, data: st.DataObject) -> None:
    _, changed, afresh = drawn(document, data)
    assert columns(changed.day, DAY) == columns(afresh.day, DAY)
    assert columns(changed.facts, FACTS) == columns(afresh.facts, FACTS)
    assert columns(changed.exact_engine, WALK) == columns(afresh.exact_engine, WALK)


@full
@given(bills(), st.data())
def test_a_change_of_a_changed_bill(document: Document, data: st.DataObject) -> None:
    _, changed, _ = drawn(document, data)
    found = data.draw(changes(changed.bom))
    assume(found is not None)
    assert found is not None
    try:
        afresh = assessed(found[1])
    except TkdnError:
        assume(False)
        raise
    again = changed.with_changes(found[0])
    assert columns(again.day, DAY) == columns(afresh.day, DAY)
    assert columns(again.exact_engine, WALK) == columns(afresh.exact_engine, WALK)


@full
@given(bills(), st.data())
def test_states_and_the_spend_on_ikm_parts(document: Document, data: st.DataObject) -> None:
    before, changed, afresh = drawn(document, data)
    assert moved(states_of(before), changed) == moved(states_of(before), afresh)
    assert IkmSpend(before).after(changed) == spend_on(afresh, frozenset(ikm_parts(afresh)))
