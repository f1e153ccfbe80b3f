"""Web pages and Excel 2003 XML under the name of a workbook."""

from __future__ import annotations

import pytest

import tkdn
from tkdn.errors import BomError
from tkdn.io.spreadsheet.sheets import open_sheets

PAGE = b"""<html><head><meta charset="utf-8"><style>td { color: red }</style></head><body><table>
<tr><th>Level</th><th>Part Number</th><th>Qty</th></tr><tr><td>1<td>A &amp; B<td>2</tr>
<tr><td>2</td><td><b>C</b><br>x</td><td>3</td></tr></table></body></html>"""
EXCEL_2003 = b"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="BOM"><Table><Row><Cell><Data ss:Type="String">Level</Data></Cell>
<Cell><Data ss:Type="String">Part Number</Data></Cell><Cell><Data ss:Type="String">Qty</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="Number">1</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">2</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def rows(raw: bytes) -> list[tuple[int, list[object]]]:
    (sheet,) = open_sheets(raw, "list.xls").sheets
    return [(number, list(cells)) for number, cells in sheet.grid.rows]


def test_a_table_of_a_web_page_is_read_with_cells_that_are_not_closed() -> None:
    assert rows(PAGE) == [(1, ["Level", "Part Number", "Qty"]), (2, ["1", "A & B", "2"]), (3, ["2", "C x", "3"])]
    bom = tkdn.read_list(PAGE, name="list.xls", product="X").bill()
    assert [(use.parent, use.part) for use in bom.uses] == [("X", "A & B"), ("A & B", "C x")]


def test_excel_2003_xml_has_names_of_sheets_and_places_of_cells() -> None:
    (sheet,) = open_sheets(EXCEL_2003, "list.xls").sheets
    assert sheet.grid.sheet == "BOM"
    assert rows(EXCEL_2003) == [(1, ["Level", "Part Number", "Qty"]), (4, ["1", None, "2"])]


def test_spans_are_merged_cells() -> None:
    raw = b"<table><tr><td rowspan=2>a</td><td colspan='2'>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    (sheet,) = open_sheets(raw, "list.xls").sheets
    assert [cells for _, cells in sheet.grid.rows] == [["a", "b", None], [None, "c", "d"]]
    assert sheet.merged == [(1, 0, 2, 0), (1, 1, 1, 2)]


def test_several_tables_are_several_sheets_and_a_table_in_a_cell_stands_for_itself() -> None:
    raw = b"<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table><table><tr><td>c</td></tr></table>"
    found = [[cells for _, cells in sheet.grid.rows] for sheet in open_sheets(raw, "list.xls").sheets]
    assert found == [[["a"]], [["b"]], [["c"]]]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "no-such"])
def test_the_charset_of_the_page_is_taken(charset: str) -> None:
    encoding = "utf-8" if charset == "no-such" else charset
    raw = f'<html><meta charset="{charset}"><table><tr><td>Größe</td></tr></table>'.encode(encoding)
    assert rows(raw) == [(1, ["Größe"])]


def test_entities_of_its_own_are_none() -> None:
    raw = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><html><table><tr><td>&a;</td></tr></table></html>'
    assert rows(raw) == [(1, ["&a;"])]


@pytest.mark.parametrize(
    ("raw", "limit"),
    [
        (b"<table>" + b"<tr><td>x</td></tr>" * 5 + b"</table>", {"rows": 3}),
        (b"<table><tr>" + b"<td>x</td>" * 5 + b"</tr></table>", {"columns": 3}),
        (b"<table><tr><td colspan=900>x</td></tr></table>", {"cells": 100}),
        (b"<table><tr><td>" + b"x" * 50 + b"</td></tr></table>", {"characters": 20}),
        (b'<table xmlns="urn:schemas-microsoft-com:office:spreadsheet"><row index="999999999"></row></table>', {}),
    ],
)
def test_limits_hold(raw: bytes, limit: dict[str, int]) -> None:
    with tkdn.limits(**limit), pytest.raises(BomError) as caught:
        open_sheets(raw, "list.xls")
    assert caught.value.code == "file-too-large"


def test_markup_that_never_closes_ends_in_time() -> None:
    raw = b"<table><tr><td>a</td></tr></table><!--" + b"<!--" * 400_000
    with tkdn.limits(seconds=20):
        assert rows(raw) == [(1, ["a"])]
