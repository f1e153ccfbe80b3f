"""An empty workbook to fill in: every column with a note, lists to choose from, examples, in English and Indonesian."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkdn.bom.bom import Bom
from tkdn.bom.tables.columns import TABLES, Column, ColumnKind
from tkdn.bom.tables.document import records_of
from tkdn.errors import Place, Problem, UsageError
from tkdn.io.files import refuse_existing
from tkdn.io.tkdn_formats.workbook import add_sheet, new_workbook, save, sheet_rows

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

ROWS = 2000
"""How many rows have lists to choose from."""
READ_ME = "Read me - Petunjuk"
_TEXT = {
    "en": (
        "TKDN bill of materials",
        "Fill in the sheets Parts and Uses; the others where there is something to say. A row is one record.",
        "The rows that are there are SYNTHETIC examples: replace or delete them. Leave empty what is not known.",
        "Columns are found by their heading, in either language; take out columns you do not need, never rename them.",
        "Point at a heading to see what to fill in. Cells with a list show it when they are selected.",
        "Numbers: digits with a decimal point, no thousands separator. Days: YYYY-MM-DD. Ids: cells formatted as text.",
        "true and false may be written yes and no, or ya and tidak.",
        "Prices are delivered and without VAT; other currencies need a rate in the sheet Rates.",
        "This sheet is not read.",
    ),
    "id": (
        "Daftar bahan (bill of materials) untuk TKDN",
        "Isi lembar bagian dan pemakaian; lembar lain bila ada isinya. Satu baris adalah satu data.",
        "Baris yang sudah ada adalah contoh REKAAN: ganti atau hapus. Kosongkan yang tidak diketahui.",
        "Kolom dikenali dari judulnya, dalam kedua bahasa; hapus kolom yang tidak perlu, jangan ganti namanya.",
        "Arahkan penunjuk ke judul untuk melihat cara mengisi. Sel yang berdaftar pilihan menampilkannya saat dipilih.",
        "Angka: digit dengan titik desimal, tanpa pemisah ribuan. Hari: YYYY-MM-DD. Kode: sel berformat teks.",
        "true dan false boleh ditulis ya dan tidak.",
        "Harga sampai di tempat dan tanpa PPN; mata uang lain memerlukan kurs di lembar kurs.",
        "Lembar ini tidak dibaca.",
    ),
}
EXAMPLE: dict[str, Any] = {
    "format": "tkdn-bom",
    "version": 1,
    "product": "EX-CART",
    "date": "2026-06-01",
    "parts": [
        {
            "id": "EX-CART",
            "name": "SYNTHETIC example: hand cart / contoh REKAAN: gerobak",
            "made_in": "ID",
            "maker": "EX-S1",
            "production": {
                "factory": "own",
                "activity": "manufacture",
                "indonesian_workers": 12,
                "foreign_workers": 0,
                "invested_in_indonesia": True,
                "normal_capacity": "120",
                "costs": [
                    {
                        "kind": "labour",
                        "name": "SYNTHETIC example: assembly / contoh REKAAN: perakitan",
                        "number": "12",
                        "monthly": {"amount": "5500000"},
                        "allocation": "1",
                        "citizenship": "ID",
                    }
                ],
            },
        },
        {
            "id": "EX-FRAME",
            "name": "SYNTHETIC example: frame / contoh REKAAN: rangka",
            "price": {"amount": "1250000"},
            "made_in": "ID",
            "supplier": "EX-S1",
            "certificates": [
                {
                    "number": "EX-1/TKDN/2025",
                    "tkdn": "78.25",
                    "issued": "2026-02-02",
                    "expires": "2031-02-01",
                    "evidence": [{"kind": "certificate", "number": "EX-1/TKDN/2025", "file": "synthetic-example.pdf"}],
                }
            ],
        },
        {
            "id": "EX-WHEEL",
            "name": "SYNTHETIC example: wheel / contoh REKAAN: roda",
            "price": {"amount": "12.50", "currency": "USD"},
            "made_in": "CN",
        },
    ],
    "uses": [
        {"parent": "EX-CART", "part": "EX-FRAME", "quantity": "1"},
        {"parent": "EX-CART", "part": "EX-WHEEL", "quantity": "2"},
    ],
    "suppliers": [
        {
            "id": "EX-S1",
            "name": "SYNTHETIC example / contoh REKAAN: CV Contoh",
            "region": "32.13",
            "scale": "small",
            "industrial_licence": True,
        }
    ],
    "rates": [{"currency": "USD", "rate": "16250", "from": "2026-01-01"}],
}


def write_template(path: str | Path, *, lang: str = "en", force: bool = False) -> None:
    """Write a workbook to fill in, with synthetic example rows; `lang` ("en" or "id") is the language that comes first.

    Raises `UsageError` where the language is not known, or the file exists and `force` is not given; `MissingExtraError`
    without openpyxl.
    """
    path = Path(path)
    if lang not in _TEXT:
        raise UsageError([Problem("language-unknown", {"lang": lang, "known": tuple(_TEXT)})])
    refuse_existing(path, force=force)
    book = new_workbook()
    about = book.create_sheet(READ_ME)
    about.column_dimensions["A"].width = 120
    for line in (*_TEXT[lang], None, *(line for other in _TEXT if other != lang for line in _TEXT[other])):
        about.append([line])
    titles = {table.name: table.english if lang == "en" else table.indonesian for table in TABLES}
    for table, records in records_of(Bom.from_dict(EXAMPLE)):
        columns = [column for column in table.columns if column.kind is not ColumnKind.RECORD]
        headings = [_in_both(lang, column.english, column.indonesian, " / ") for column in columns]
        notes = [_in_both(lang, column.note, column.catatan, "\n\n") for column in columns]
        rows = sheet_rows(columns, records, Place(path.name, titles[table.name]))
        sheet = add_sheet(book, titles[table.name], columns, headings, rows, notes)
        sheet.data_validations.dataValidation.extend(_lists(columns, titles))
    save(book, path)


def _in_both(lang: str, english: str, indonesian: str, between: str) -> str:
    return between.join((english, indonesian) if lang == "en" else (indonesian, english))


def _lists(columns: Sequence[Column], titles: dict[str, str]) -> Iterator[DataValidation]:
    """The lists to choose from: a column's own choices, or the ids of the table that it refers to (where others warn only)."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(columns, start=1):
        choices = ("TRUE", "FALSE") if column.kind is ColumnKind.TRUTH else column.choices
        if choices:
            rule = DataValidation("list", f'"{",".join(choices)}"', showErrorMessage=True, errorStyle="stop")
        elif column.refers:
            ids = f"'{titles[column.refers]}'!$A$2:$A${ROWS + 1}"
            rule = DataValidation("list", ids, showErrorMessage=True, errorStyle="warning")
        else:
            continue
        letter = get_column_letter(number)
        rule.add(f"{letter}2:{letter}{ROWS + 1}")
        yield rule
