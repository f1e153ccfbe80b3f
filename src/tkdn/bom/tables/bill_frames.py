"""A bill out of data frames, and as data frames: the tables and columns of the CSV folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date  # noqa: N812
from decimal import Decimal
from typing import Any

from tkdn.bom.bill import AnyBill, Bill
from tkdn.bom.tables.columns import NEEDED_TABLES, NUMBERS, TABLES, ColumnKind
from tkdn.bom.tables.document import Document, filled_columns, records_of, rows_of
from tkdn.bom.tables.records import CellGrid
from tkdn.bom.tables.table_reading import read_table
from tkdn.display.frames import frame_of, rows_of_frame
from tkdn.errors import Place
from tkdn.textnorm import escaped, unescaped

MAX_CHARACTERS = 2**31


def bill_from_frames(
    model: type[AnyBill],
    frames: Mapping[str, Any],
    *,
    product: str | None = None,
    date: Date | str | None = None,
    currency: str | None = None,
) -> AnyBill:
    """The bill in data frames by the name of their table.

    Raises `BomError` with all problems, each with frame, row and column.
    """
    tables, problems = [], []
    for kind in TABLES:
        if kind.name in frames:
            names, rows = rows_of_frame(frames[kind.name], kind.name)
            filled = [[unescaped(cell, "") if isinstance(cell, str) else cell for cell in row] for row in rows]
            grid = CellGrid(f"frame {kind.name}", None, [(0, names), *enumerate(filled, start=1)])
            table, wrong = read_table(kind, grid)
            tables.append(table)
            problems += wrong
    document = Document("frames", tables, problems, product=product)
    stated = {"date": f"{date:%Y-%m-%d}" if isinstance(date, Date) else date, "currency": currency}
    document.data.update({key: value for key, value in stated.items() if value is not None})
    return document.as_bill(model)


def bill_to_frames(bill: Bill, backend: str) -> dict[str, Any]:
    """The bill as data frames by the name of their table; tables with nothing in them are left out, but parts and uses."""
    frames = {}
    for table, records in records_of(bill):
        if records or table.name in NEEDED_TABLES:
            columns = filled_columns(table, records)
            rows = rows_of(columns, records, _value, MAX_CHARACTERS, Place(f"frame {table.name}"))
            cells = {column.key: [row[at] for row in rows] for at, column in enumerate(columns)}
            frames[table.name] = frame_of(cells, backend)
    return frames


def _value(kind: ColumnKind, value: str | bool) -> object:
    if isinstance(value, bool):
        return value
    if kind in NUMBERS:
        return Decimal(value)
    return Date.fromisoformat(value) if kind is ColumnKind.DATE else escaped(value, "")
