"""Electric vehicles by aspects against the naive oracle."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.support.build import assessed
from tests.support.vehicle_bills import vehicles
from tests.support.vehicle_oracle import WEIGHTS, aspects

ON = date(2025, 6, 1)


@some
@given(document=vehicles())
@pytest.mark.parametrize("law", WEIGHTS)
def test_the_points_of_every_aspect_equal_the_oracle(law: str, document: dict[str, Any]) -> None:
    assessment = assessed(document, on=ON, regulation=law, year=2025)
    expected = aspects(document, law, ON)
    assert {name: factor.points for name, factor in assessment.factors.items()} == expected
    assert assessment.exact == sum(expected.values(), Fraction(0))


@some
@given(document=vehicles(), data=st.data())
def test_more_done_in_indonesia_never_lowers_the_score(document: dict[str, Any], data: st.DataObject) -> None:
    facts = document["parts"][0]["vehicle"]
    better = {
        "assembly_indonesian_share": "1",
        "assembly_tools_achieved": "1",
        "development": [*{*facts["development"], "testing"}],
    }
    key = data.draw(st.sampled_from(sorted(better)))
    product, *parts = document["parts"]
    changed = {**document, "parts": [{**product, "vehicle": {**facts, key: better[key]}}, *parts]}
    options: dict[str, Any] = {"on": ON, "regulation": "permenperin-28-2023"}
    before, after = assessed(document, **options).exact, assessed(changed, **options).exact
    assert before is not None
    assert after is not None
    assert before <= after
