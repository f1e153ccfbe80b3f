"""Lists without a column of levels: rows that are set in, by the cell's indent or by blanks, at the part number or the name."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment
from tests.io.part_lists.reading import read, text, uses

HEAD = ("Kode", "Uraian", "Jumlah", "Harga (Rp)")
ROWS = (
    ("CART", "Gerobak", 1, None, 0),
    ("FRAME", "Rangka", 1, None, 1),
    ("TUBE", "Pipa", 2, 90000, 2),
    ("BOX", "Bak", 1, 5, 1),
)
USES = [("CART", "FRAME", "1"), ("CART", "BOX", "1"), ("FRAME", "TUBE", "2")]


def workbook(folder: Path, at: int, *, blanks: bool) -> Path:
    """The rows, set in at a column: by blanks before the text, or by the indent of the cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    for *cells, depth in ROWS:
        if blanks:
            cells[at] = "   " * depth + str(cells[at])
        sheet.append(cells)
        if not blanks:
            sheet.cell(sheet.max_row, at + 1).alignment = Alignment(indent=depth)
        sheet.cell(sheet.max_row, 4).alignment = Alignment(indent=1)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


@pytest.mark.parametrize("blanks", [True, False], ids=["blanks", "indent"])
@pytest.mark.parametrize("at", [0, 1], ids=["number", "name"])
def test_a_workbook_is_set_in_at_the_number_or_the_name(tmp_path: Path, at: int, *, blanks: bool) -> None:
    bom = read(workbook(tmp_path, at, blanks=blanks))
    assert sorted(uses(bom)) == sorted(USES)
    assert [(part.id, part.name) for part in bom.bom.parts][:2] == [("CART", "Gerobak"), ("FRAME", "Rangka")]


@pytest.mark.parametrize("at", [0, 1], ids=["number", "name"])
def test_a_text_is_set_in_at_the_number_or_the_name(tmp_path: Path, at: int) -> None:
    rows = []
    for *cells, depth in ROWS:
        cells[at] = "   " * depth + str(cells[at])
        rows.append(";".join("" if cell is None else str(cell) for cell in cells))
    assert sorted(uses(read(text(tmp_path, ";".join(HEAD), *rows)))) == sorted(USES)
