"""All lifts worked out at once equal those walked one by one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from tests.properties.settings import some
from tests.support.bills import bills

import tkdn
from tkdn import Bom, TkdnError
from tkdn.assessment import goods
from tkdn.assessment.engines.arrays.array_engine import ArrayEngine
from tkdn.assessment.goods import GoodsAssessment

STRICT = tkdn.regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})


@some
@given(bills())
def test_random_lifts_are_alike(document: Any) -> None:
    try:
        bom = Bom.from_dict(document)
        exact = tkdn.assess(bom, on="2026-06-01", exact=True)
    except TkdnError:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(goods, "MANY_USES", 0)
        for law in (exact.regulation, STRICT):
            one_by_one = tkdn.assess(bom, on="2026-06-01", regulation=law, exact=True)
            at_once = tkdn.assess(bom, on="2026-06-01", regulation=law)
            assert isinstance(at_once, GoodsAssessment)
            assert isinstance(at_once.engine, ArrayEngine)
            for basis in ("score", "potential"):
                expected, found = tkdn.lift(one_by_one, basis=basis), tkdn.lift(at_once, basis=basis)
                asked = {"provenance": None}  # which names the option `exact`
                assert found.to_dict() | asked == expected.to_dict() | asked
                assert found.effects == expected.effects
