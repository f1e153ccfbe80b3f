"""Hypothesis strategies of random electric vehicles: parts in component groups, facts of assembly and development."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.support import cost_bills

from tkdn.method.vehicle import MAIN_GROUPS, SUPPORTING_GROUPS

Document = dict[str, Any]
ACTIVITIES = ("market_research", "product_planning", "design_engineering", "prototyping", "testing", "licensing")
SHARES = ("0", "0.5", "0.79", "0.8", "1")


@st.composite
def vehicles(draw: st.DrawFn) -> Document:
    """A bill for the cost method whose product is a vehicle, most of its lines in a group."""
    document = draw(cost_bills.bills())
    vehicle: dict[str, Any] = {
        "wheels": draw(st.sampled_from(["four", "two_three"])),
        "assembly_indonesian_share": draw(st.sampled_from(SHARES)),
        "assembly_tools_achieved": draw(st.sampled_from(SHARES)),
        "development": draw(st.lists(st.sampled_from(ACTIVITIES), unique=True)),
    }
    if draw(st.booleans()):
        vehicle["battery_investment"] = {"amount": draw(st.sampled_from(["4e12", "5e12", "7e12"]))}
        vehicle["battery_investment_from"] = draw(st.sampled_from(["2018-01-01", "2023-01-01"]))
    groups = st.sampled_from([*MAIN_GROUPS, *SUPPORTING_GROUPS, None])
    product, *parts = document["parts"]
    grouped = [part if (group := draw(groups)) is None else {**part, "group": group} for part in parts]
    return {**document, "parts": [{**product, "vehicle": vehicle}, *grouped]}
