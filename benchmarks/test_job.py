"""What people do with a large bill: read it, change it, vary it, take IKM parts abroad; all on 10,000 parts and 30,000 uses."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from main_job import Document
from pyarrow import parquet
from pydantic import TypeAdapter
from synthetic import document

import tkdn
from tkdn.assessment.engines.arrays.walk import walk

SEED = 2


@cache
def text() -> str:
    return json.dumps(document())


@cache
def bom() -> tkdn.Bom:
    return tkdn.Bom.from_json(text())


@cache
def assessment() -> Any:
    found: Any = tkdn.assess(bom())
    assert found.exact_engine.base.score is not None
    return found


def timed(benchmark: Any, job: Any, group: str, rounds: int = 7) -> Any:
    benchmark.group = group
    return benchmark.pedantic(job, rounds=rounds, warmup_rounds=1)


def test_pydantic_validates(benchmark: Any) -> None:
    adapter = TypeAdapter(Document)
    timed(benchmark, lambda: adapter.validate_json(text()), "json")


def test_json_to_assessment(benchmark: Any) -> None:
    timed(benchmark, lambda: tkdn.assess(tkdn.Bom.from_json(text())).score, "json")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One synthetic vehicle of about 300,000 uses."""
    folder = tmp_path_factory.mktemp("catalogue")
    write(folder, {"V": document(100_000)})
    return folder


def write(folder: Path, documents: dict[str, dict[str, Any]]) -> None:
    """Documents as a catalogue."""
    parts, uses, firms, certificates, rates = [], [], [], [], []
    for name, one in documents.items():
        for part in one["parts"]:
            row = {"vehicle": name, **{key: part.get(key) for key in ("id", "name", "made_in", "supplier")}}
            price, made = part.get("price", {}), part.get("production", {})
            row |= {"price": float(price["amount"]) if price else None, "price_currency": price.get("currency")}
            row |= {
                key: made.get(key)
                for key in ("factory", "indonesian_workers", "foreign_workers", "invested_in_indonesia")
            }
            parts.append(row)
            for each in part.get("certificates", ()):
                row = {"vehicle": name, "part": part["id"], "number": each["number"], "tkdn": float(each["tkdn"])}
                certificates.append({**row, "issued": each["issued"]})
        uses += [
            {
                "vehicle": name,
                "parent": use["parent"],
                "part": use["part"],
                "quantity": float(use["quantity"]),
                "scrap": float(use.get("scrap", 0)),
            }
            for use in one["uses"]
        ]
        firms += [{"vehicle": name, **firm} for firm in one["suppliers"]]
        rates = [{"currency": "USD", "rate": 16250.0, "from": "2026-05-20"}]
    tables = {"parts": parts, "uses": uses, "suppliers": firms, "certificates": certificates, "rates": rates}
    for table, rows in tables.items():
        made_table = pyarrow.Table.from_pylist(rows)
        for day in ("issued", "from"):
            if day in made_table.column_names:
                at = made_table.column_names.index(day)
                made_table = made_table.set_column(at, day, made_table.column(day).cast(pyarrow.date32()))
        parquet.write_table(made_table, folder / f"{table}.parquet", row_group_size=100_000)


def test_parquet_to_assessment(benchmark: Any, catalogue: Path) -> None:
    """All of it in one row group, so that it is one range."""
    found = timed(benchmark, lambda: tkdn.assess_many(catalogue, on="2026-06-01"), "parquet", rounds=3)
    assert found.counts in ({"complete": 1}, {"incomplete": 1})


def test_walk(benchmark: Any) -> None:
    fast = assessment().engine
    timed(benchmark, lambda: walk(fast.bill, fast.arrays, fast.facts.rules), "one walk", rounds=31)


def test_assess_compiled(benchmark: Any) -> None:
    bom().compiled(bom().graph.index_of(bom().product), assessment().on)
    timed(benchmark, lambda: tkdn.assess(bom()).score, "change")


@pytest.mark.parametrize(
    "change",
    [{"P-000500": {"price": 123}}, {"P-009000": {"made_in": "CN", "certificates": None}}],
    ids=["price", "origin"],
)
def test_one_change(benchmark: Any, change: Any) -> None:
    base = assessment()
    _ = base.engine.base
    timed(benchmark, lambda: base.with_changes({"parts": change}).score, "change", rounds=31)


def test_all_lifts(benchmark: Any) -> None:
    """Every IKM part, on both bases, exact."""

    def lifts() -> int:
        return sum(len(tkdn.lift(assessment(), basis=basis).effects) for basis in ("score", "potential"))  # type: ignore[arg-type]

    benchmark.extra_info["lifts"] = timed(benchmark, lifts, "lifts")


def test_thousand_variants(benchmark: Any) -> None:
    """1,000 scenarios, each with three other prices."""
    chance = random.Random(SEED)
    priced = [part.id for part in bom().parts if part.price is not None]
    columns: dict[str, list[Any]] = {f"parts.{id_}.price": [None] * 1000 for id_ in chance.sample(priced, 60)}
    for row in range(1000):
        for name in chance.sample(list(columns), 3):
            columns[name][row] = chance.randrange(1000, 90_000)
    found = timed(benchmark, lambda: tkdn.scenarios(assessment(), columns), "variants", rounds=3)
    assert found.exact_rows == 0
