"""A workbook of the binary format .xlsb, made record by record: one sheet of texts and numbers (MS-XLSB 2.1)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

BOOK, BOOK_END, SHEETS, SHEETS_END, SHEET_OF_BOOK = 131, 132, 143, 144, 156
SHEET, SHEET_END, SIZE, DATA, DATA_END, ROW, NUMBER, TEXT = 129, 130, 148, 145, 146, 0, 5, 6
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EXCEL = "application/vnd.ms-excel"


def _seven_bits(number: int) -> bytes:
    found = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        found.append(low | (0x80 if number else 0))
        if not number:
            return bytes(found)


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + _seven_bits(len(content)) + content


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _cell(column: int, value: object) -> bytes:
    where = struct.pack("<II", column, 0)
    if isinstance(value, int | float):
        return record(NUMBER, where + struct.pack("<d", value))
    return record(TEXT, where + text(str(value)))


def xlsb(rows: Sequence[Sequence[object]], first: int = 0) -> bytes:
    """The workbook, from a row on; None is an empty cell."""
    data = [record(SHEET), record(SIZE, struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)), record(DATA)]
    for number, row in enumerate(rows, start=first):
        data.append(record(ROW, struct.pack("<II", number, 0) + bytes(9)))
        data += [_cell(column, value) for column, value in enumerate(row) if value is not None]
    data += [record(DATA_END), record(SHEET_END)]
    named = record(SHEET_OF_BOOK, struct.pack("<II", 0, 1) + text("rId1") + text("BOM"))
    book = record(BOOK) + record(SHEETS) + named + record(SHEETS_END) + record(BOOK_END)
    types = "".join(
        f'<Override PartName="{part}" ContentType="{_EXCEL}.{kind}"/>'
        for part, kind in (
            ("/xl/workbook.bin", "sheet.binary.macroEnabled.main"),
            ("/xl/worksheets/sheet1.bin", "worksheet"),
        )
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>')
        archive.writestr("_rels/.rels", _relations("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", _relations("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(data))
    return buffer.getvalue()


def _relations(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'
