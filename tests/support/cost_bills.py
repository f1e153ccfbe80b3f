"""Hypothesis strategies of random bills for the cost method: parts on several tiers, small ones, cost lines, unknowns."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]
Record = dict[str, Any]

ON = date(2025, 6, 1)
LAW = "permenperin-16-2011"
TKDNS = ("40", "25", "61.5", "100", "0", "33.33")
VALID = {"issued": "2024-01-01", "expires": "2027-01-01"}
ENDED = {"issued": "2019-01-01", "expires": "2024-01-01"}


@st.composite
def cost_lines(draw: st.DrawFn, known: bool) -> Record:
    """A cost line of any kind; where not all is `known`, a fact may be missing."""
    kind = draw(
        st.sampled_from(
            [
                "labour",
                "indirect_labour",
                "machine_owned",
                "machine_rented",
                "material_service",
                "labour_service",
                "overhead_service",
            ]
        )
    )
    line: Record = {
        "kind": kind,
        "number": draw(st.sampled_from(["1", "3", "12"])),
        "monthly": {"amount": str(draw(st.integers(1, 5_000)))},
        "allocation": draw(st.sampled_from(["1", "0.5", "0.333"])),
    }
    if kind in ("labour", "indirect_labour"):
        facts: Record = {"citizenship": draw(st.sampled_from(["ID", "JP"]))}
    elif kind.startswith("machine"):
        facts = {
            "made_in": draw(st.sampled_from(["ID", "JP"])),
            "owner": draw(st.sampled_from(["domestic", "foreign", "mixed"])),
        }
        if facts["owner"] == "mixed":
            facts["domestic_share"] = draw(st.sampled_from(["0.4", "0", "1", "0.125"]))
    else:
        facts = {"tkdn": draw(st.sampled_from(TKDNS))}
    if not known and draw(st.booleans()):
        facts.pop(draw(st.sampled_from(sorted(facts))))
    return {**line, **facts}


@st.composite
def productions(draw: st.DrawFn, known: bool) -> Record:
    """Cost lines, and the capacity that they are divided by."""
    lines = draw(st.lists(cost_lines(known), min_size=1, max_size=4))
    return {"costs": lines, "normal_capacity": draw(st.sampled_from(["1", "7", "100"]))}


@st.composite
def bills(draw: st.DrawFn, known: bool | None = None) -> Document:
    """A whole bill; `known`: nothing is missing."""
    tidy = draw(st.booleans()) if known is None else known
    count = draw(st.integers(1, 14))
    parents: dict[int, list[int]] = {}
    for number in range(1, count + 1):
        nearest = draw(st.lists(st.integers(0, number - 1), min_size=1, max_size=2, unique=True))
        parents[number] = nearest if draw(st.booleans()) else [0]
    assemblies = {parent for above in parents.values() for parent in above}
    parts: list[Record] = [{"id": "P00", "made_in": "ID", "production": draw(productions(tidy))}]
    uses: list[Record] = []
    for number, above in parents.items():
        parts.append(draw(_part(number, number in assemblies, tidy)))
        for parent in above:
            quantity = draw(st.sampled_from(["1", "2", "0.5", "4", "1.25"]))
            uses.append({"parent": f"P{parent:02}", "part": f"P{number:02}", "quantity": quantity})
    if draw(st.booleans()):
        for number in range(draw(st.integers(3, 9))):
            parts.append(_small(draw(st.integers(0, 120)), number))
            uses.append({"parent": "P00", "part": f"S{number}", "quantity": "1"})
        parts.append({"id": "BULK", "made_in": "CN", "price": {"amount": "4000"}})
        uses.append({"parent": "P00", "part": "BULK", "quantity": "1"})
    return {"format": "tkdn-bom", "version": 1, "product": "P00", "parts": parts, "uses": uses}


def _small(price: int, number: int) -> Record:
    """A part around the limit for small goods, some with a certificate, some with nothing to account for."""
    part: Record = {"id": f"S{number}", "made_in": "ID", "price": {"amount": str(40 + price)}}
    if number % 2:
        part["certificates"] = [{"number": f"S{number}", "tkdn": TKDNS[number % len(TKDNS)], **VALID}]
    return part


@st.composite
def _part(draw: st.DrawFn, number: int, assembly: bool, tidy: bool) -> Record:
    part: Record = {"id": f"P{number:02}"}
    origin = draw(st.sampled_from(["ID"] * 5 + ["CN"] * 3 + ([] if tidy else ["unknown"] * 2)))
    if origin != "unknown":
        part["made_in"] = origin
    if origin == "ID":
        kind = draw(st.sampled_from(["certified", "ended", "natural", "plain", "plain", "plain"]))
        if kind in ("certified", "ended") or (tidy and not assembly and kind == "plain"):
            dates = ENDED if kind == "ended" and not tidy else VALID
            part["certificates"] = [{"number": f"{number}", "tkdn": draw(st.sampled_from(TKDNS)), **dates}]
        elif kind == "natural" and not assembly:
            part["natural_resource"] = True
        if assembly and draw(st.integers(0, 3)) == 0:
            part["production"] = draw(productions(tidy))
    if not assembly or draw(st.integers(0, 2)) == 0:
        part["price"] = {"amount": str(draw(st.one_of(st.integers(1, 60), st.integers(100, 4000))))}
    return part
