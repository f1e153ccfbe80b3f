"""On random bills: the gain of a match is that of a new assessment, whatever the part was before; capacities are respected."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.support import bills
from tests.support.build import assessed

from tkdn import Directory, Needs, assess, match_suppliers

CERTIFICATE = {"number": "new", "tkdn": "61", "issued": "2026-01-01", "hs_code": "87087039"}


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    """Up to three firms that cast, with little capacity; some without a licence, some certified."""
    firms = []
    for number in range(draw(st.integers(1, 3))):
        offer = {"process": "casting", "capacity": {"amount": draw(st.sampled_from(["0", "1", "2.5"])), "unit": "pcs"}}
        licence = draw(st.sampled_from([True, False, None]))
        certificates = draw(st.sampled_from([[], [CERTIFICATE]]))
        region = draw(st.sampled_from(["32.13", "32.15", "73.71", None]))
        firm = {"id": f"NEW-{number}", "region": region, "industrial_licence": licence, "certificates": certificates}
        firms.append({**firm, "capabilities": [offer]})
    return Directory.model_validate({"suppliers": firms})


@some
@given(document=bills.small_bills(), directory=directories(), data=st.data())
def test_gains_are_those_of_new_assessments(
    document: dict[str, Any], directory: Directory, data: st.DataObject
) -> None:
    before = assessed(document)
    need = {"process": "casting", "hs_code": "87087039", "unit": "pcs"}
    amounts = st.sampled_from(["0.5", "1", "3"])
    needs = [{"part": part["id"], "quantity": data.draw(amounts), **need} for part in document["parts"]]
    found = match_suppliers(before, directory, Needs.model_validate({"needs": needs}), near="32.13")
    for match in found.matches:
        after = assess(found.bom.with_changes(match.changes), on=before.on).exact
        assert match.gain == (None if after is None else after - (before.exact or 0))
    assert len({match.part for match in found.assigned}) == len(found.assigned)
    for load in found.loads:
        assert load.used == sum(
            match.quantity or Fraction(0) for match in found.assigned if match.supplier == load.supplier
        )
        assert load.used <= Fraction(load.capacity.amount)
    together = assess(found.bom.with_changes(found.changes), on=before.on).exact
    assert found.joint_gain == (None if together is None else together - (before.exact or 0))
