"""Text that a spreadsheet would take for a formula stays text in what is written, and comes back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tkdn import Bom, read_bom, write_bom
from tkdn.textnorm import FORMULA_STARTS

TEXTS = [
    *(f"{start}1+1" for start in FORMULA_STARTS),
    *(
        '=HYPERLINK("http://x","y")',
        "@SUM(A1)",
        "+62 21 555",
        "-2 mm",
        "=",
        "\t=1",
        "\n=1+1",
        " \u3000=1+1",
        "＝HYPERLINK(1)",
        "'＝1",
        "'=1",
        "''=1",
        "=cmd|' /C calc'!A0",
    ),
]
PLAIN = ["a=1", "1-2", "'quoted'", "x@y", "' a"]


def named(text: str) -> Bom:
    """A bill that has the text wherever free text may stand; ids have no tabs."""
    id_ = text.strip()
    part = {
        "id": id_,
        "name": text,
        "spec": text,
        "supplier": id_,
        "evidence": [{"kind": text, "file": text}],
        "certificates": [{"number": text, "tkdn": "40", "issued": "2025-02-01"}],
    }
    return Bom.from_dict(
        {
            "format": "tkdn-bom",
            "version": 1,
            "product": "CART",
            "parts": [{"id": "CART"}, part],
            "uses": [{"parent": "CART", "part": id_, "quantity": "1"}],
            "suppliers": [{"id": id_, "name": text}],
        }
    )


def cells(path: Path) -> list[str]:
    files = [path] if path.is_file() else list(path.iterdir())
    texts = [file.read_bytes().decode() for file in files]
    return [cell for text in texts for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def test_full_width_marks_and_a_line_feed_are_guarded_too() -> None:
    """A spreadsheet reads the full-width mark as the narrow one, and looks for it behind a line feed: both went unguarded."""
    assert set("＝＋－＠\n") <= set(FORMULA_STARTS)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["folder", "uses.csv"])
def test_no_cell_of_a_csv_file_starts_as_a_formula(tmp_path: Path, name: str, text: str) -> None:
    write_bom(named(text), tmp_path / name)
    assert not [cell for cell in cells(tmp_path / name) if cell[:1] and cell[0] in FORMULA_STARTS]
    assert f"'{text}" in cells(tmp_path / name)


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("name", ["folder", "uses.csv"])
def test_other_text_is_written_as_it_is(tmp_path: Path, name: str, text: str) -> None:
    write_bom(named(text), tmp_path / name)
    assert text in cells(tmp_path / name)


@pytest.mark.parametrize("text", TEXTS)
def test_such_text_is_a_text_cell_in_a_workbook(tmp_path: Path, text: str) -> None:
    write_bom(named(text), tmp_path / "bill.xlsx")
    book = openpyxl.load_workbook(tmp_path / "bill.xlsx")
    assert {cell.data_type for row in book["Parts"].iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("text", [*TEXTS, *PLAIN])
@pytest.mark.parametrize("name", ["folder", "uses.csv", "bill.xlsx", "bill.cdx.json", "bill.json"])
def test_it_comes_back_as_it_was(tmp_path: Path, name: str, text: str) -> None:
    bom = named(text)
    write_bom(bom, tmp_path / name)
    assert read_bom(tmp_path / name) == bom
