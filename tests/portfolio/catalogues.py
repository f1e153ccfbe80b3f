"""Catalogues for tests: the frames of bills, a vehicle before each row, as Parquet files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from tkdn import Bom

NUMBERS = ("price", "price_per", "conversion_cost", "quantity", "scrap", "tkdn", "capital", "sales", "workers",
           "indonesian_workers", "foreign_workers")  # fmt: skip


def write(
    folder: Path,
    bills: Mapping[str, Bom],
    *,
    rows: int = 1_000,
    frames: Mapping[str, Any] | None = None,
    floats: bool = True,
) -> Path:
    """Write the bills as a catalogue. `rows`: of a row group. `floats`: numbers as floats, else with all their digits."""
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in sorted(bills):
        for table, frame in bills[name].to_frames("pyarrow").items():
            tables[table] += [{"vehicle": name, **row} for row in frame.to_pylist()]
    return write_rows(folder, {**tables, **(frames or {})}, rows, floats=floats)


def write_rows(
    folder: Path, tables: Mapping[str, list[dict[str, Any]]], rows: int = 1_000, *, floats: bool = True
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for table, records in tables.items():
        keys = list(dict.fromkeys(key for record in records for key in record))
        columns = {key: [record.get(key) for record in records] for key in keys}
        arrays = {
            key: pyarrow.array([None if cell is None else float(cell) for cell in cells])
            if key in NUMBERS and floats
            else pyarrow.array(cells if floats else [_plain(cell) for cell in cells])
            for key, cells in columns.items()
        }
        parquet.write_table(pyarrow.table(arrays), folder / f"{table}.parquet", row_group_size=rows)
    return folder


def _plain(cell: Any) -> Any:
    """A decimal as text: a column of thirty digits and an exponent of twenty is longer than Parquet's decimals."""
    return f"{cell:f}" if isinstance(cell, Decimal) else cell
