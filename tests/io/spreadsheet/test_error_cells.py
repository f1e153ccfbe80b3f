"""Errors in cells and formulas never calculated, in every kind of spreadsheet; archives that lie."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.io.part_lists.made import ods, sheet_of
from tests.io.part_lists.xlsb import DATA_END, record, xlsb
from tests.io.spreadsheet.test_sheets import PLAIN, SHEET, edited
from tests.report.forms.reading import needs_soffice, recalculated

import tkdn
from tkdn.bom.tables.records import Fault
from tkdn.io.spreadsheet.sheets import open_sheets

ERROR = '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
NEVER = '<table:table-cell table:formula="of:=1+1">'
END = '<table:table-cell office:value-type="string"><text:p>end</text:p></table:table-cell>'
NOTHING = '<table:table-cell table:formula="of:=T(A1)"><text:p/>'


def last_row(raw: bytes) -> list[object]:
    """The last row, faults by what they say."""
    row = open_sheets(raw, "list").sheets[0].grid.rows[-1][1]
    return [cell.message if isinstance(cell, Fault) else cell for cell in row]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (ERROR, "the cell shows the error #DIV/0!"),
        (ERROR.replace(' calcext:value-type="error"', ""), "the cell shows the error #DIV/0!"),
        (NEVER, "a formula that was never calculated"),
        (NOTHING, None),
    ],
)
def test_an_ods_tells_errors_and_formulas(cell: str, expected: str | None) -> None:
    row = f"<table:table-row>{cell}</table:table-cell>{END}</table:table-row>"
    raw = edited(ods(PLAIN), "content.xml", b"</table:table>", row.encode() + b"</table:table>")
    raw = edited(raw, "content.xml", b" xmlns:table=", b' xmlns:calcext="urn:x" xmlns:table=')
    assert last_row(raw)[:2] == [expected, "end"]


def test_an_xlsb_tells_errors() -> None:
    where = b"\x02\0\0\0" + bytes(4)
    plain = xlsb([*PLAIN, ["CART", "WHEEL"]])
    for kind in (3, 11):
        raw = edited(
            plain, "xl/worksheets/sheet1.bin", record(DATA_END), record(kind, where + b"\x2a") + record(DATA_END)
        )
        assert last_row(raw) == ["CART", "WHEEL", "the cell shows the error #N/A"]


@needs_soffice
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_errors_and_empty_texts_of_formulas_as_libreoffice_saves_them(kind: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet_of([*PLAIN, ["CART", "=1/0", "=NA()", '=IF(1=1,"","x")', "end"]])))
    book.save(tmp_path / "list.xlsx")
    saved = recalculated(tmp_path, [tmp_path / "list.xlsx"], kind)
    told = [f"the cell shows the error {each}" for each in ("#DIV/0!", "#N/A")]
    assert last_row((saved / f"list.{kind}").read_bytes()) == ["CART", *told, None, "end"]


def test_an_xls_with_errors_is_refused_where_their_column_is_needed() -> None:
    with pytest.raises(tkdn.BomError) as caught:
        tkdn.read_bom(Path(__file__).parent / "samples" / "errors.xls", currency="IDR")
    told = {(each.code, each.place.row, each.place.column) for each in caught.value.problems}
    assert told >= {("cell-error", 2, "Qty"), ("cell-error", 3, "Qty")}


def test_an_archive_that_lies_of_its_size_is_not_unpacked() -> None:
    raw = edited(sheet_of(PLAIN), SHEET, b"</sheetData>", b" " * 5_000_000 + b"</sheetData>")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = raw.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little"))
    assert lying != raw
    with pytest.raises(tkdn.BomError, match="file-malformed"):
        open_sheets(lying, "list.xlsx")


def test_entities_are_refused_whatever_the_part_is_called() -> None:
    raw, buffer = sheet_of(PLAIN), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.bin")
            doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' if name == SHEET else b""
            target.writestr(name.replace("sheet1.xml", "sheet1.bin"), doctype + content)
    with pytest.raises(tkdn.BomError, match="file-refused"):
        open_sheets(buffer.getvalue(), "list.xlsx")


def test_merged_areas_without_end_are_cut_to_the_cells() -> None:
    area = b'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="A900:B901"/>'
    raw = edited(sheet_of(PLAIN), SHEET, b"</sheetData>", b"</sheetData><mergeCells>" + area * 50 + b"</mergeCells>")
    assert open_sheets(raw, "list.xlsx").sheets[0].merged == [(1, 0, 3, 16_383)]
