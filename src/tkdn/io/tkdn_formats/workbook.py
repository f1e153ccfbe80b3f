"""A bill as an Excel workbook: sheets Parts and Uses, and, where there is something to say, Suppliers, Rates, Certificates,
Evidence, Product; or one sheet with an indented list."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkdn.bom.bom import Bom
from tkdn.bom.number import plain
from tkdn.bom.tables.columns import NEEDED_TABLES, NUMBERS, TABLES, TEXTS, Column, ColumnKind, table_named
from tkdn.bom.tables.document import Document, filled_columns, records_of, rows_of
from tkdn.bom.tables.records import Values
from tkdn.bom.tables.table_reading import match_names, read_table
from tkdn.errors import BomError, Place, Problem, UsageError
from tkdn.io.files import read_bytes, replace_file, unwritable
from tkdn.io.spreadsheet.cells import Cells, OpenedFile, malformed
from tkdn.io.spreadsheet.excel import openpyxl_module
from tkdn.io.spreadsheet.sheets import is_spreadsheet, open_sheets
from tkdn.io.tkdn_formats.levels import is_level_list, level_tables
from tkdn.textnorm import escaped

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_ROWS, MAX_CHARACTERS = 1_048_576, 32_767
EARLIEST = date(1901, 1, 1)
"""Days before are written as text: spreadsheets count days from 1900, and not all alike."""
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4})")
"""What XML cannot hold, or Excel would take for such: it is written as `_xHHHH_`, as Excel does."""


def read_workbook(path: Path, *, product: str | None = None) -> Bom:
    """Read a bill from an Excel workbook; sheet names and headings may be English or Indonesian.

    A workbook without Parts and Uses is read as an indented list where one sheet has a level column.
    Raises `BomError` with all problems, each with file, sheet, row and column; `MissingExtraError` without openpyxl.
    """
    raw = read_bytes(path)
    if not is_spreadsheet(raw):
        raise malformed(path.name, "File is not a zip file")
    return read_opened(raw, open_sheets(raw, path.name), path.name, product=product)


def read_opened(raw: bytes, opened: OpenedFile, file: str, *, product: str | None = None) -> Bom:
    """Read a bill from a workbook that is open. Raises `BomError` with all problems, each with its place."""
    grids = {sheet.grid.sheet or "": sheet.grid for sheet in opened.sheets}
    lists = [title for title, grid in grids.items() if is_level_list(grid)]
    found, problems = match_names(grids, file)
    if as_list := not set(NEEDED_TABLES) <= found.keys():
        found, problems = match_names([title for title in grids if title not in lists], file)
        if len(lists) != 1 or found.keys() & set(NEEDED_TABLES):
            raise BomError([_sheet_missing(list(grids), file), *problems])
    tables, whole = [], True
    for kind in TABLES:
        if kind.name in found and (grids[found[kind.name]].rows or kind.name in NEEDED_TABLES):
            table, wrong = read_table(kind, grids[found[kind.name]])
            tables.append(table)
            problems += wrong
    if as_list:
        listed, wrong, whole = level_tables(grids[lists[0]], tables)
        tables += listed
        problems += wrong
    bom = Document(file, tables, problems, product=product, whole=whole).as_bill(Bom)
    bom.set_source(raw)
    return bom


def write_workbook(bom: Bom, path: Path) -> None:
    """Write a bill as an Excel workbook, which `read_workbook` reads back without loss.

    Raises `UsageError` where a text or a table is too long for a sheet, or a document's certificate cannot be told by its
    number; `MissingExtraError` without openpyxl.
    """
    sheets = []
    for table, records in records_of(bom):
        if records or table.name in NEEDED_TABLES:
            columns = filled_columns(table, records)
            rows = sheet_rows(columns, records, Place(path.name, table.english))
            sheets.append((table.english, columns, rows))
    book = new_workbook()
    for title, columns, rows in sheets:
        add_sheet(book, title, columns, [column.english for column in columns], rows)
    save(book, path)


def new_workbook() -> Workbook:
    """A workbook to add sheets to. Raises `MissingExtraError` without openpyxl."""
    book: Workbook = openpyxl_module().Workbook(write_only=True)
    return book


def save(book: Workbook, path: Path) -> None:
    """Write the workbook whole or not at all. Raises `UsageError` (`output-unwritable`)."""
    buffer = io.BytesIO()
    book.save(buffer)
    try:
        replace_file(path, buffer.getvalue())
    except OSError as error:
        raise unwritable(path, error) from None


def add_sheet(
    book: Workbook,
    title: str,
    columns: Sequence[Column],
    headings: Sequence[str],
    rows: Sequence[Cells],
    notes: Sequence[str] = (),
) -> Any:
    """Add a sheet with a frozen row of bold headings, notes on them, and rows of cells; text is never a formula or error."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet, heading) for heading in headings]
    for index, (column, cell) in enumerate(zip(columns, head, strict=True)):
        shape = sheet.column_dimensions[get_column_letter(index + 1)]
        shape.width = min(max(len(headings[index]) + 3, 12), 40)
        if column.kind in TEXTS:
            shape.number_format = "@"  # so that 0012 or 1-2 stays what was typed
        cell.font = Font(bold=True)
        if notes:
            cell.comment = Comment(notes[index], "tkdn", width=340, height=140)
    sheet.append(head)

    def plain_text(text: str) -> Any:
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        return cell

    for row in rows:
        sheet.append([plain_text(value) if isinstance(value, str) and value[0] in "=#" else value for value in row])
    return sheet


def sheet_rows(columns: Sequence[Column], records: Sequence[Values], place: Place) -> list[Cells]:
    """The cells of records as a sheet holds them. Raises `UsageError` where they do not fit."""
    if len(records) >= MAX_ROWS:
        raise UsageError([Problem("too-many-rows", {"count": len(records), "limit": MAX_ROWS}, place)])
    return rows_of(columns, records, _excel_value, MAX_CHARACTERS, place)


def _excel_value(kind: ColumnKind, value: str | bool) -> object:
    """A value as Excel has it: a number only where it keeps every digit, a day only where all count it alike."""
    if isinstance(value, bool):
        return value
    if kind is ColumnKind.DATE:
        day = date.fromisoformat(value)
        return day if day >= EARLIEST else value
    if kind in NUMBERS:
        number = float(value)
        if plain(Decimal(f"{number:.15g}")) == value:
            return int(number) if number.is_integer() else number
        return value
    return _HIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped(value, ""))


def _sheet_missing(titles: Sequence[str], file: str) -> Problem:
    known = {table.name for title in titles if (table := table_named(title))}
    missing = " and ".join(name.capitalize() for name in NEEDED_TABLES if name not in known)
    return Problem(
        "sheet-missing",
        {"sheet": missing or "Parts and Uses, or list,", "sheets": tuple(map(repr, titles))},
        Place(file),
    )
