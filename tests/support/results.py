"""One result of every kind, of a small bill and of one so large that it is walked by arrays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.build import EXAMPLES, ON, abroad, firm, good, home, part

import tkdn
from tkdn import documents
from tkdn.io import read_with
from tkdn.io.options import read_options

LARGE = 3_000
"""Uses; as many are walked by arrays."""
TRIKE, LIST = EXAMPLES / "enrichment" / "trike.csv", EXAMPLES / "enrichment" / "certificates.csv"


def large() -> tkdn.Bom:
    """A synthetic good of many small parts, most of them by IKM, some of them assemblies or of unknown origin."""
    parts, uses = [good()], []
    for number in range(LARGE):
        id_ = f"P{number}"
        made = home(id_, 100 + number, supplier="S-1", all_domestic_material=number > 20)
        parts.append(part(id_, 10) if number % 50 == 1 else abroad(id_, 50) if number == 0 else made)
        uses.append({"parent": "GOOD", "part": id_, "quantity": 1})
    parts.append(home("BOLT", 20, supplier="S-1"))
    uses.append({"parent": "P2", "part": "BOLT", "quantity": 2})
    firms = [firm("S-1", "small", region="32.13")]
    document = {"format": "tkdn-bom", "version": 1, "date": ON, "parts": parts, "uses": uses, "suppliers": firms}
    return tkdn.Bom.from_dict(document)


def small() -> tkdn.Bom:
    """The pump of the examples."""
    return tkdn.read_bom(EXAMPLES / "pump" / "pump.json")


def of_bill(bom: tkdn.Bom, imported: str, *, moves: bool = True) -> Iterator[tuple[str, Any]]:
    """The results of a bill; `imported` is a part of it. `moves`: with opportunities, which take long on a large bill."""
    assessment = tkdn.assess(bom)
    changes = {"parts": {imported: {"made_in": "ID"}}}
    measure = {"id": "HOME", "changes": changes, "one_off": {"amount": "100"}}
    changed = assessment.with_changes(changes)
    measures = tkdn.Measures.from_dict({"format": "tkdn-measures", "version": 1, "measures": [measure]})
    yield "assessment", assessment
    yield "changed", changed
    yield "lift", tkdn.lift(assessment)
    yield "lift by supplier", tkdn.lift(assessment, by="supplier")
    if moves:
        yield "opportunities", tkdn.opportunities(assessment)
    yield "scenarios", tkdn.scenarios(assessment, {f"parts.{imported}.price": [1, 2]})
    yield "plan", tkdn.plan(bom, measures=measures, target=30, volume=100)
    yield "comparison", tkdn.compare(assessment, changed)
    yield "history", tkdn.history([assessment, changed])
    yield "regions", tkdn.regions(assessment)
    yield "explanation", assessment.explain()
    yield "interpretations", assessment.interpretations()
    yield "calendar", tkdn.calendar(assessment)


def of_other_methods() -> Iterator[tuple[str, Any]]:
    """Assessments by cost, and by aspects and components of a vehicle."""
    yield "cost", tkdn.assess(small(), regulation="permenperin-16-2011", allow_repealed=True)
    minibus = tkdn.read_bom(EXAMPLES / "electric-minibus" / "minibus.json")
    yield "vehicle", tkdn.assess(minibus, regulation="permenperin-28-2023")


def of_files() -> Iterator[tuple[str, Any]]:
    """Results that are not of an assessment alone."""
    trike = tkdn.read_bom(TRIKE)
    yield "regulation", tkdn.regulation("permenperin-35-2025")
    yield "what-if", tkdn.regulation("permenperin-35-2025").amend({"raw_material_test": "bill"})
    yield "enrichment", tkdn.enrich(trike, EXAMPLES / "enrichment" / "quotes.csv", on_conflict="replace")
    yield "certificates", tkdn.match_certificates(trike, LIST)
    yield "questions", tkdn.read_list(b"Part No,Qty\nBOLT,4\n", name="list.csv")
    yield "reading", read_with(EXAMPLES / "sap-cs12" / "cart.csv", read_options()).understood
    pickup, folder = tkdn.read_bom(EXAMPLES / "rural-pickup" / "pickup.json"), EXAMPLES / "subang-directory"
    yield "matching", tkdn.match_suppliers(tkdn.assess(pickup), folder, folder / "needs.csv", volume=4000)
    yield "portfolio", tkdn.assess_many([small()], on=ON)
    for name, count in DOCUMENTS.items():
        yield name.stem, count(documents.read(name))


DOCUMENTS: dict[Path, Any] = {
    EXAMPLES / "service" / "service.json": documents.services,
    EXAMPLES / "service" / "combined.json": documents.combined,
    EXAMPLES / "tender" / "benefit.json": documents.benefit,
    EXAMPLES / "tender" / "bids.json": documents.bids,
}
