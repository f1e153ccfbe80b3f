"""The walk on arrays against the walk on integers: the same credits and figures, part by part."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from tests.properties.settings import full
from tests.support.bills import bills
from tests.support.build import abroad, good, home, part

import tkdn
from tkdn import Bom, BomError
from tkdn.assessment.engines.arrays.array_engine import ArrayEngine
from tkdn.assessment.engines.arrays.figures import STATUSES
from tkdn.assessment.goods import GoodsAssessment
from tkdn.bom.columns import compile_bill

STRICT = tkdn.regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
FIGURES = ("score", "potential", "high", "coverage")


def walked(bom: Bom, law: Any = None) -> tuple[GoodsAssessment, ArrayEngine]:
    """The assessment on integers, and the walk on arrays."""
    exact = tkdn.assess(bom, on=bom.date or "2026-06-01", regulation=law, exact=True)
    assert isinstance(exact, GoodsAssessment)
    bill = compile_bill(exact.facts.bom, exact.day.product, exact.on)
    return exact, ArrayEngine.of_compiled(bill, exact.facts, lambda: exact.day)


def hundredths(value: Fraction | None) -> float:
    return float("nan") if value is None else float((value * 100 + Fraction(1, 2)).__floor__())


def assert_same(bom: Bom, law: Any = None) -> ArrayEngine:
    exact, arrays = walked(bom, law)
    walk, place = exact.exact_engine, arrays.walked.bill.structure.place
    for number, credit in walk.credit.items():
        at = place[number]
        earned = (arrays.walked.today[at], arrays.walked.best_case[at], arrays.walked.potential[at])
        assert earned == (credit.today, credit.best_case, credit.potential), bom.parts[number].id
    values = (exact.exact, exact.exact_potential, exact.exact_high, exact.exact_coverage)
    if not arrays.figures.doubtful[0]:
        found = [getattr(arrays.figures, name)[0] for name in FIGURES]
        np.testing.assert_equal(found, [hundredths(value) for value in values])
    assert STATUSES[arrays.figures.status[0]] == exact.status
    return arrays


@full
@given(bills())
def test_random_bills_walk_alike(document: Any) -> None:
    try:
        bom = Bom.from_dict(document)
        tkdn.assess(bom, on="2026-06-01")
    except BomError:
        return
    assert_same(bom)
    assert_same(bom, STRICT)


@pytest.mark.parametrize(("domestic", "foreign", "band"), [("0.6002", "2.3998", 60), ("0.6001", "2.3999", 40)])
def test_a_value_on_an_edge_is_worked_out_exactly(domestic: str, foreign: str, band: int) -> None:
    """0.75 x 20.00666... + 25 = 40.005, which a certificate prints as 40.01: the first value over 40."""
    parts = [good(), good("BOX"), part("ORE", domestic, natural_resource=True), abroad("PIN", foreign)]
    uses = [
        {"parent": above, "part": below, "quantity": 1}
        for above, below in (("GOOD", "BOX"), ("BOX", "ORE"), ("BOX", "PIN"))
    ]
    bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01", "parts": parts, "uses": uses})
    arrays = assert_same(bom)
    assert arrays.exact_parts == (band == 60)
    assert arrays.walked.potential[arrays.walked.bill.structure.place[1]] == band


@pytest.mark.parametrize("price", ["1e20", "1e-20"])
def test_sums_beyond_the_range_are_refused_by_every_engine(price: str) -> None:
    """Thirteen levels of 1e±20: costs of 1e±280, which floats hold no more."""
    chain = [good(), *(home(f"P-{n}", production=good()["production"]) for n in range(12)), home("LEAF", price)]
    ids = [part["id"] for part in chain]
    uses = [{"parent": above, "part": below, "quantity": price} for above, below in pairwise(ids)]
    bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01", "parts": chain, "uses": uses})
    for check in (lambda: tkdn.assess(bom, exact=True), lambda: compile_bill(bom, 0, date(2026, 6, 1))):
        with pytest.raises(BomError) as caught:
            check()
        assert caught.value.code == "number-too-large"
        assert "too large" in str(caught.value) if price == "1e20" else "too small" in str(caught.value)
