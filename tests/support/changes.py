"""Hypothesis strategies that draw changes to a random bill, as `Bom.with_changes` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from tests.support.bills import PRICES, QUANTITIES, SCRAPS, TKDN_VALUES

from tkdn import Bom, TkdnError

Changes = dict[str, dict[str, Any]]


@st.composite
def changes(draw: st.DrawFn, bom: Bom, most: int = 3) -> tuple[Changes, Bom] | None:
    """Up to `most` changes to the bill and the changed bill, or None where they make no sound one."""
    drawn: Changes = {}
    for _ in range(draw(st.integers(1, most))):
        section = draw(st.sampled_from(("parts", "parts", "parts", "uses", "suppliers", "rates")))
        records = {"parts": bom.parts, "uses": bom.uses, "suppliers": bom.suppliers, "rates": bom.rates}[section]
        if records:
            key, fields = draw(_change(section, draw(st.sampled_from(records))))
            held = drawn.setdefault(section, {})
            held[key] = fields if section == "rates" else {**held.get(key, {}), **fields}
    try:
        return drawn, bom.with_changes(drawn, on="2026-06-01")
    except TkdnError:
        return None


@st.composite
def _change(draw: st.DrawFn, section: str, record: Any) -> tuple[str, Any]:
    def pick(options: Sequence[Any]) -> Any:
        return draw(st.sampled_from(options))

    if section == "rates":
        return record.currency, pick(("15000", "16250.5", "1"))
    if section == "suppliers":
        return record.id, {"industrial_licence": pick((True, False, None))}
    if section == "uses":
        return f"{record.parent} > {record.part}", pick(
            ({"quantity": pick(QUANTITIES)}, {"scrap": pick(SCRAPS)}, {"chosen": True})
        )
    certificate = {"number": "9/2026", "tkdn": str(pick(TKDN_VALUES)), "issued": "2026-01-01"}
    return record.id, pick(
        (
            {"price": pick(PRICES)},
            {"price": pick(PRICES)},
            {"made_in": pick(("ID", "CN", None))},
            {"certificates": [certificate], "made_in": "ID"},
            {"certificates": None},
            {"all_domestic_material": pick((True, False, None)), "made_in": "ID"},
            {"natural_resource": True, "made_in": "ID"},
            {"price": None},
            {"production": {"factory": "outsourced", "indonesian_workers": 1, "foreign_workers": 2}},
        )
    )
