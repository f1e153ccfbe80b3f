"""Help for tests of lists from elsewhere: files made of rows, and what their reading comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tkdn import BomError, UsageError
from tkdn.io import read_with
from tkdn.io.import_report import ReadBill, Understanding
from tkdn.io.options import read_options

Uses = list[tuple[str, str, str]]


def read(path: Path, **how: Any) -> ReadBill:
    return read_with(path, read_options(**how))


def understood(reading: ReadBill) -> Understanding:
    assert reading.understood is not None
    return reading.understood


def uses(reading: ReadBill) -> Uses:
    return [(use.parent, use.part, f"{use.quantity.normalize():f}") for use in reading.bom.uses]


def prices(reading: ReadBill) -> dict[str, str]:
    return {part.id: f"{part.price.amount.normalize():f}" for part in reading.bom.parts if part.price}


def text(folder: Path, *rows: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\n".join(rows).encode(encoding))
    return path


def workbook(folder: Path, raw: bytes, name: str = "list.xlsx") -> Path:
    (folder / name).write_bytes(raw)
    return folder / name


def problems(path: Path, **how: Any) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises((BomError, UsageError)) as caught:
        read(path, **how)
    return [(problem.code, problem.place.row, problem.place.column) for problem in caught.value.problems]
