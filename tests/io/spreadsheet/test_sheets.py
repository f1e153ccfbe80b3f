"""Hostile and damaged files: each is refused with one of our errors, or read for what it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.io.part_lists.made import EDGES, ods, saved, sheet_of
from tests.io.part_lists.xlsb import xlsb

from tkdn import BomError, TkdnError, read_bom
from tkdn.bom.tables.records import Fault
from tkdn.io import read_with
from tkdn.io.options import read_options
from tkdn.io.spreadsheet import excel
from tkdn.io.spreadsheet.limits import Limits
from tkdn.io.spreadsheet.sheets import open_sheets

PLAIN: list[list[object]] = [["Parent", "Part No", "Qty"], ["CART", "WHEEL", 2], ["CART", "TRAY", 1]]


def edited(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def code(raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(TkdnError) as caught:
        open_sheets(raw, "list.xlsx", limits=limits)
    return caught.value.code


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet '
    assert code(edited(sheet_of(PLAIN), SHEET, b"<worksheet ", bomb)) == "file-refused"
    assert (
        code(edited(ods(EDGES), "content.xml", b"<office:document-content", b"<!DOCTYPE x><office:document-content"))
        == "file-refused"
    )


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, b" " * 2_000_000)
    assert code(buffer.getvalue(), Limits(unpacked_bytes=1_000_000)) == "file-too-large"


@pytest.mark.parametrize(
    "limits", [Limits(file_bytes=100), Limits(rows=2), Limits(columns=2), Limits(cells=5), Limits(unpacked_bytes=1000)]
)
def test_limits_hold(limits: Limits) -> None:
    assert code(sheet_of(PLAIN), limits) == "file-too-large"


def test_limits_hold_for_text() -> None:
    assert code(b"a;b\n1;2\n3;4\n", Limits(rows=2)) == "file-too-large"


def test_rows_far_out_with_nothing_in_them_cost_nothing() -> None:
    far = edited(sheet_of(PLAIN), SHEET, b"</sheetData>", b'<row r="10000000"/></sheetData>')
    assert len(open_sheets(far, "list.xlsx").sheets[0].grid.rows) == 3


def test_repeated_cells_of_an_ods_are_limited() -> None:
    assert code(ods(PLAIN, repeated=2_000_000)) == "file-too-large"


def test_cells_far_out_in_an_xlsb_are_limited() -> None:
    assert code(xlsb(PLAIN, first=2_000_000)) == "file-too-large"


def test_an_xlsb_that_ends_within_a_record_is_malformed() -> None:
    assert code(edited(xlsb(PLAIN), "xl/worksheets/sheet1.bin", b"\x92\x01\x00", b"\x92")) == "file-malformed"
    assert len(open_sheets(ods(PLAIN, repeated=3), "list.ods").sheets[0].grid.rows) == 5


def test_hidden_sheets_are_not_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(PLAIN, Secret=PLAIN)))
    book["Secret"].sheet_state = "hidden"
    (tmp_path / "list.xlsx").write_bytes(saved(book))
    reading = read_with(tmp_path / "list.xlsx", read_options())
    assert reading.understood is not None
    assert [(note.code, note.values) for note in reading.understood.notes] == [("sheets-hidden", {"sheets": "Secret"})]


def with_cell(tmp_path: Path, cell: str, value: object) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(PLAIN)))
    page: Any = book["BOM"]
    page[cell] = value
    (tmp_path / "list.xlsx").write_bytes(saved(book))
    with pytest.raises(BomError) as caught:
        read_bom(tmp_path / "list.xlsx")
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("C2", "#REF!", ("cell-error", "list.xlsx, sheet BOM, row 2, column Qty")),
        ("C2", "=1+1", ("formula-not-calculated", "list.xlsx, sheet BOM, row 2, column Qty")),
        ("B2", 1.23e19, ("id-not-text", "list.xlsx, sheet BOM, row 2, column Part No")),
        ("B2", "1.23E+19", ("id-not-text", "list.xlsx, sheet BOM, row 2, column Part No")),
        ("B2", "5-Mar", ("id-not-text", "list.xlsx, sheet BOM, row 2, column Part No")),
    ],
)
def test_spoiled_cells_are_told_with_their_place(
    cell: str, value: object, expected: tuple[str, str], tmp_path: Path
) -> None:
    assert with_cell(tmp_path, cell, value) == [expected]


def test_a_merged_supplier_counts_for_its_rows_and_a_merged_quantity_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*PLAIN[0], "Supplier"], ["CART", "WHEEL", 2, "S-1"], ["CART", "TRAY", 1, None]]
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(rows)))
    book["BOM"].merge_cells("D2:D3")
    (tmp_path / "list.xlsx").write_bytes(saved(book))
    assert [part.supplier for part in read_bom(tmp_path / "list.xlsx").parts] == [None, "S-1", "S-1"]
    book["BOM"].merge_cells("C2:C3")
    (tmp_path / "list.xlsx").write_bytes(saved(book))
    with pytest.raises(BomError) as caught:
        read_bom(tmp_path / "list.xlsx")
    assert "merged-cells" in [problem.code for problem in caught.value.problems]


def test_formulas_in_text_are_data(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Parent;Part No;Name;Qty\nCART;W-1;=HYPERLINK(1);2\n", encoding="utf-8")
    assert read_bom(tmp_path / "list.csv").parts[1].name == "=HYPERLINK(1)"


def test_large_plain_workbooks_read_alike_by_both_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[object]] = [
        ["Parent", "Part No", "Qty", "Price"],
        *(["CART", f" P-{n} ", n % 7 + 0.5, n] for n in range(300)),
    ]
    raw = sheet_of(rows)
    slow = open_sheets(raw, "list.xlsx")
    monkeypatch.setattr(excel, "FAST_FROM", 0)
    monkeypatch.setattr(excel, "_open_xlsx", lambda *_: pytest.fail("read with openpyxl"))
    assert open_sheets(raw, "list.xlsx").sheets[0].grid.rows == slow.sheets[0].grid.rows


@pytest.mark.parametrize(("cell", "value"), [("C2", "#REF!"), ("C2", "=1+1")])
def test_what_only_openpyxl_shows_is_read_with_it(cell: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(PLAIN)))
    page: Any = book["BOM"]
    page[cell] = value
    monkeypatch.setattr(excel, "FAST_FROM", 0)
    cells = open_sheets(saved(book), "list.xlsx").sheets[0].grid.rows[1][1]
    assert any(isinstance(each, Fault) for each in cells)


def test_damaged_old_workbooks_are_malformed() -> None:
    raw = (Path(__file__).parents[1] / "part_lists" / "samples" / "edges.xls").read_bytes()
    assert code(raw[: len(raw) // 2]) == "file-malformed"
    assert code(raw[:8] + b"\x00" * 2000) == "file-malformed"
