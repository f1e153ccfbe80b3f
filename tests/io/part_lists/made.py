"""Sample files of lists from elsewhere (made up): those in the folder, and workbooks that are made here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.styles import Alignment
from tests.io.part_lists.xlsb import xlsb
from tests.io.tkdn_formats.full import FULL

from tkdn import Bom
from tkdn.bom.cyclonedx.cyclonedx_writing import cyclonedx_text
from tkdn.io.tkdn_formats.edges import edges_text

FOLDER = Path(__file__).parent / "samples"
OUTLINE = (
    (0, "CART", "Hand cart (synthetic)", None, "pcs", None),
    (1, "FRAME", "Frame", 1, "pcs", None),
    (2, "TUBE", "Steel tube", 6.5, "m", 42000),
    (1, "WHEEL", "Wheel", 2, "pcs", 203125),
)
HEADS = ("Part No", "Description", "Qty per assembly", "UoM", "Price (IDR)")


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def outline(*, indent: bool = False) -> bytes:
    """A workbook whose levels are outline levels, or indents of the part numbers."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(HEADS)
    for number, (level, *cells) in enumerate(OUTLINE, start=2):
        sheet.append(cells)
        if indent:
            sheet.cell(number, 1).alignment = Alignment(indent=level)
        elif level:
            sheet.row_dimensions[number].outlineLevel = level
    return saved(book)


def sheet_of(rows: list[list[object]], **more: list[list[object]]) -> bytes:
    """A workbook with a sheet BOM and further sheets."""
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "BOM"
    for sheet, content in ((first, rows), *((book.create_sheet(title), content) for title, content in more.items())):
        for row in content:
            sheet.append(row)
    return saved(book)


def ods(rows: list[list[object]], repeated: int = 1) -> bytes:
    """An OpenDocument spreadsheet with one sheet; its last row is repeated."""

    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = (
            f'office:value-type="float" office:value="{value}"'
            if isinstance(value, int | float)
            else 'office:value-type="string"'
        )
        return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    body = [f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows]
    body[-1] = body[-1].replace("<table:table-row>", f'<table:table-row table:number-rows-repeated="{repeated}">')
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
    content += f'<table:table table:name="BOM">{"".join(body)}</table:table>'
    content += "</office:spreadsheet></office:body></office:document-content>"
    manifest = '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return buffer.getvalue()


EDGES: list[list[object]] = [
    ["Parent", "Component", "Quantity", "Unit", "Made in", "Unit price"],
    ["CART", "FRAME", 1, "pcs", "Indonesia", "Rp 1.250.000,-"],
    ["CART", "WHEEL", 2, "pcs", "R.R.C.", "Rp 203.125,50"],
    ["FRAME", "TUBE", 6.5, "m", "Lokal", "USD 3,10"],
]


def all_samples() -> dict[str, bytes]:
    """Every sample by its file name."""
    made = {
        "outline.xlsx": outline(),
        "indent.xlsx": outline(indent=True),
        "edges.xlsx": sheet_of(EDGES),
        "edges.ods": ods(EDGES),
        "edges.xlsb": xlsb(EDGES),
        "bill.cdx.json": cyclonedx_text(Bom.from_dict(FULL)).encode(),
        "uses.csv": edges_text(Bom.from_dict(FULL), "uses.csv").encode(),
    }
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())} | made
