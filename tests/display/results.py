"""One of every result that the library gives, small, from the examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.portfolio.catalogues import write_rows
from tests.support.build import EXAMPLES

import tkdn
from tkdn import documents
from tkdn.display.viewed import Viewed
from tkdn.io import read_with
from tkdn.io.options import ReadOptions


@cache
def results() -> tuple[Viewed, ...]:
    """Return one of every kind."""
    return tuple(_results())


def _results() -> Iterator[Viewed]:
    pump = tkdn.read_bom(EXAMPLES / "pump" / "pump.json")
    pickup = tkdn.assess(tkdn.read_bom(EXAMPLES / "rural-pickup" / "pickup.json"))
    assessment = tkdn.assess(pump)
    earlier = tkdn.assess(pump.with_changes({"parts": {"STUD-BOLT": {"price": {"amount": "1000"}}}}))
    yield from (pump, assessment.regulation, assessment, tkdn.lift(pickup), assessment.explain())
    yield from (tkdn.compare(earlier, assessment), tkdn.history([earlier, assessment]), tkdn.calendar(pickup))
    yield from (assessment.interpretations(), tkdn.opportunities(assessment), tkdn.regions(pickup))
    yield tkdn.scenarios(assessment, {"parts.STUD-BOLT.price": ["1000", "2000"]})
    yield tkdn.plan(pickup.bom, EXAMPLES / "rural-pickup" / "measures.json", target="38", volume="5000")
    directory = EXAMPLES / "subang-directory"
    yield tkdn.match_suppliers(pickup, directory, directory / "needs.csv", volume="4000")
    enrichment = EXAMPLES / "enrichment"
    yield tkdn.enrich(tkdn.read_bom(enrichment / "trike.csv"), enrichment / "purchasing.csv")
    yield tkdn.match_certificates(tkdn.read_bom(enrichment / "trike.csv"), enrichment / "certificates.csv")
    understood = read_with(EXAMPLES / "sap-cs12" / "cart.csv", ReadOptions()).understood
    assert understood is not None
    yield understood
    yield tkdn.read_list(b"Part No,Qty,Unit,Price\nBOLT,4,bal,$ 0.50\n", name="list.csv")
    yield documents.services(documents.read(EXAMPLES / "service" / "service.json"))
    yield documents.combined(documents.read(EXAMPLES / "service" / "combined.json"))
    yield documents.benefit(documents.read(EXAMPLES / "tender" / "benefit.json"))
    yield documents.bids(documents.read(EXAMPLES / "tender" / "bids.json"))
    with TemporaryDirectory() as folder:
        parts: list[dict[str, Any]] = [
            {"vehicle": "CART-1", "id": "CART", "made_in": "ID"},
            {"vehicle": "CART-1", "id": "WHEEL", "made_in": "CN", "price": 100},
        ]
        uses: list[dict[str, Any]] = [{"vehicle": "CART-1", "parent": "CART", "part": "WHEEL", "quantity": 2}]
        yield tkdn.assess_many(write_rows(Path(folder), {"parts": parts, "uses": uses}), on="2026-06-01")
