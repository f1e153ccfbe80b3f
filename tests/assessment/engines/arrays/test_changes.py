"""A changed assessment at array speed equals a new one by exact numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import full, some
from tests.support.bills import bills
from tests.support.build import abroad, good, home
from tests.support.changes import changes

import tkdn
from tkdn import Assessment, Bom, TkdnError
from tkdn.assessment import goods
from tkdn.assessment.engines.arrays.array_engine import ArrayEngine

FIGURES = ("score", "potential", "bounds", "coverage", "status")


@pytest.fixture(autouse=True, scope="module")
def arrays_for_all() -> Iterator[None]:
    """Bills of any size walk as arrays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(goods, "MANY_USES", 0)
        yield


def figures(assessment: Assessment) -> dict[str, Any]:
    return {name: getattr(assessment, name) for name in FIGURES}


@full
@given(st.data())
def test_random_changes_equal_a_new_assessment(data: st.DataObject) -> None:
    bom = Bom.from_dict(data.draw(bills()))
    drawn = data.draw(changes(bom))
    if drawn is None:
        return
    try:
        expected = tkdn.assess(drawn[1], on="2026-06-01", exact=True)
        assessment = tkdn.assess(bom, on="2026-06-01")
    except TkdnError:
        return
    changed = assessment.with_changes(drawn[0])
    assert figures(changed) == figures(expected)
    assert changed.to_dict()["components"] == expected.to_dict()["components"]


@some
@given(st.data())
def test_changes_follow_one_another(data: st.DataObject) -> None:
    bom = Bom.from_dict(data.draw(bills()))
    try:
        assessment = tkdn.assess(bom, on="2026-06-01")
    except TkdnError:
        return
    for _ in range(3):
        drawn = data.draw(changes(bom, most=1))
        if drawn is not None:
            bom = drawn[1]
            assessment = assessment.with_changes(drawn[0])
    assert figures(assessment) == figures(tkdn.assess(bom, on="2026-06-01", exact=True))


def test_a_price_change_is_worked_out_without_another_walk() -> None:
    bom = Bom.from_dict(
        {
            "format": "tkdn-bom",
            "version": 1,
            "date": "2026-06-01",
            "parts": [good(), home("FRAME", 300), abroad("MOTOR", 700)],
            "uses": [{"parent": "GOOD", "part": part, "quantity": 1} for part in ("FRAME", "MOTOR")],
        }
    )
    changed = tkdn.assess(bom).with_changes({"parts": {"MOTOR": {"price": 100}}})
    assert str(changed.score) == "39.06"
    assert isinstance(changed, goods.GoodsAssessment)
    assert isinstance(changed.engine, ArrayEngine)
    assert "walked" not in vars(changed.engine)
    assert "walk" not in changed.__dict__


def test_a_currency_without_a_rate_is_refused_as_ever() -> None:
    bom = Bom.from_dict(
        {
            "format": "tkdn-bom",
            "version": 1,
            "date": "2026-06-01",
            "parts": [good(), home("FRAME", 300)],
            "uses": [{"parent": "GOOD", "part": "FRAME", "quantity": 1}],
        }
    )
    assessment = tkdn.assess(bom)
    with pytest.raises(tkdn.BomError) as caught:
        assessment.with_changes({"parts": {"FRAME": {"price": {"amount": 1, "currency": "USD"}}}})
    assert caught.value.code == "rate-missing"
