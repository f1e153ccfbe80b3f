"""Bills worked out together, in columns, equal those assessed one by one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portfolio.catalogues import write
from tests.properties.settings import some
from tests.support.bills import bills
from tests.support.build import MADE

import tkdn
from tkdn import Bom, TkdnError
from tkdn.portfolio import run

ON = "2026-06-01"
CERTIFICATE = {"number": "1", "tkdn": "50", "issued": "2026-05-01"}


def expected(bom: Bom) -> tuple[Any, ...]:
    try:
        one = tkdn.assess(bom, on=ON, exact=True)
    except TkdnError as error:
        return (None, None, None, None, "refused", error.code)
    return (one.score, one.potential, one.bounds[1], one.coverage, one.status, None)


def found(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("score", "potential", "high", "coverage", "status", "error"))


def as_a_vehicle(document: dict[str, Any], plain: bool) -> Bom:
    """The bill as a catalogue holds it; `plain` ones have nothing that is left to the reader of single bills."""
    document = {key: value for key, value in document.items() if key not in ("date", "currency")}
    if plain:
        document["parts"] = [
            {key: value for key, value in part.items() if key != "brainware"} for part in document["parts"]
        ]
        document["uses"] = [
            {key: value for key, value in use.items() if key != "chosen"}
            for use in document["uses"]
            if "alternative_to" not in use
        ]
        document["suppliers"] = [
            {key: value for key, value in firm.items() if key not in ("capital", "sales")}
            for firm in document.get("suppliers", ())
        ]
    return Bom.from_dict(document)


@some
@given(st.lists(bills(), min_size=1, max_size=4), st.sampled_from((True, True, False)))
def test_random_catalogues(documents: list[dict[str, Any]], plain: bool) -> None:
    held: dict[str, Bom] = {}
    rates: dict[tuple[str, str], Any] = {}
    for number, document in enumerate(documents):
        try:
            held[f"V{number}"] = as_a_vehicle(document, plain)
        except TkdnError:
            continue
        for rate in document.get("rates", ()):
            rates.setdefault((rate["currency"], rate["from"]), rate)
    if not any(bom.uses for bom in held.values()):
        return
    shared = list(rates.values())
    held = {name: bom.replace(rates=shared) for name, bom in held.items()}
    frames = {"rates": next(iter(held.values())).to_frames("pyarrow")["rates"].to_pylist()} if shared else {}
    with tempfile.TemporaryDirectory() as folder:
        catalogue = write(Path(folder), held, frames=frames)
        rows = tkdn.assess_many(catalogue, on=ON).table.to_pylist()
    assert [row["vehicle"] for row in rows] == sorted(held)
    for row in rows:
        assert found(row) == expected(held[row["vehicle"]]), row


def test_ordinary_bills_are_worked_out_in_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pump = tkdn.read_bom("examples/pump/pump.json")
    catalogue = write(tmp_path, {"A": pump, "B": pump})

    def never(*_: Any) -> None:
        raise AssertionError("read one by one")

    monkeypatch.setattr(run, "from_tables", never)
    assert [row["score"] for row in tkdn.assess_many(catalogue, on=ON).table.to_pylist()] == [
        tkdn.assess(pump, on=ON).score
    ] * 2


def test_a_range_without_a_plain_certificate_is_read_bill_by_bill(tmp_path: Path) -> None:
    """IndexError: no row of the certificates was sound, since their TKDN is text."""
    wheel = {"id": "WHEEL", "price": {"amount": "1"}, "made_in": "ID", "certificates": [CERTIFICATE]}
    parts = [{"id": "CART", "made_in": "ID", "production": MADE}, wheel]
    uses = [{"parent": "CART", "part": "WHEEL", "quantity": "1"}]
    bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": parts, "uses": uses})
    (row,) = tkdn.assess_many(write(tmp_path, {"V": bom}, floats=False), on=ON).table.to_pylist()
    assert found(row) == expected(bom)
    assert str(row["score"]) == "70.00"
