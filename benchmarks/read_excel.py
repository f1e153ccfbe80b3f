"""Reading a list of 20,000 rows from Excel, against the bare reader: openpyxl, read-only, every value looked at once.

    python benchmarks/read_excel.py [ROWS]

Prints seconds and the ratio for a list from elsewhere and for our own indented list. Large plain workbooks are read with
calamine, so the time of calamine alone is printed too.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import python_calamine

import tkdn

HEADS = {
    "elsewhere": (
        "Level",
        "Part No",
        "Description",
        "Qty per parent",
        "UoM",
        "Country of origin",
        "Unit price (IDR)",
        "Vendor",
    ),
    "own": ("Level", "Part number", "Name", "Quantity", "Unit", "Made in", "Price", "Supplier"),
}


def write(path: Path, heads: tuple[str, ...], rows: int) -> None:
    """A synthetic list of ever new parts."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("BOM")
    sheet.append([*heads, "Specification", "HS code"])
    sheet.append([0, "CART", "Vehicle (synthetic)", None, "pcs", "ID"])
    chance, level = random.Random(1), 0
    for number in range(rows):
        level = chance.randint(1, min(level + 1, 6))
        price, supplier = chance.randint(1_000, 999_999), f"S-{number % 300}"
        part = [level, f"P-{number:05}", f"Part {number}", chance.randint(1, 9), "pcs", "ID", price, supplier]
        sheet.append([*part, "steel, 4 mm", "87082995"])
    book.save(path)


def bare(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass


def seconds(job: Callable[[], object], times: int = 3) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        job()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        for name, heads in HEADS.items():
            path = Path(folder) / f"{name}.xlsx"
            write(path, heads, rows)
            reader = seconds(lambda path=path: bare(path))  # type: ignore[misc]
            fast = seconds(
                lambda path=path: python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            )  # type: ignore[misc]
            ours = seconds(lambda path=path: tkdn.read_bom(path))  # type: ignore[misc]
            print(
                f"{name}: {ours:.2f} s; bare openpyxl {reader:.2f} s; calamine {fast:.2f} s; ratio {ours / reader:.2f}"
            )


if __name__ == "__main__":
    main()
