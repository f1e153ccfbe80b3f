"""Views as an Excel workbook: one sheet of facts and lines, one for each table, figures as numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from tkdn.display.view import Block, Cell, Facts, Lines, Steps, Table, View
from tkdn.errors import MissingExtraError
from tkdn.i18n import clean
from tkdn.short_repr import cut

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_NAME = 31
"""Characters of a sheet's name."""
MAX_TEXT = 32_767
"""Characters of a cell."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_DIGITS = 15
"""Digits that a number of a workbook holds; longer figures are text."""


def to_workbook(view: View) -> bytes:
    """Return a view as the bytes of an `.xlsx` file.

    Raises:
        MissingExtraError: `extra-missing` if XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        raise MissingExtraError.of("a workbook", "excel") from None
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    figure, count = (book.add_format({"num_format": form}) for form in ("#,##0.00", "#,##0"))
    names = _Names()
    front = book.add_worksheet(names.of(view.title))
    front.set_column(0, 0, 40)
    row = _write(front, 0, [view.title], bold)
    row = _write(front, row, [view.under], None)
    for block in view.ordered:
        if isinstance(block, Table):
            if block.rows:
                _sheet(book.add_worksheet(names.of(block.title)), block, bold, (figure, count))
            continue
        row = _front(front, row + 1, block, bold)
        if isinstance(block, Steps):
            for table in (step.table for step in block.steps):
                if table is not None:
                    _sheet(book.add_worksheet(names.of(table.title)), table, bold, (figure, count))
    book.close()
    return out.getvalue()


def _front(sheet: Worksheet, row: int, block: Block, bold: Format) -> int:
    match block:
        case Facts():
            row = _write(sheet, row, [block.title], bold)
            for pair in block.pairs:
                row = _write(sheet, row, list(pair), None)
        case Lines() if block.lines:
            row = _write(sheet, row, [block.title], bold) if block.title else row
            for line in block.lines:
                row = _write(sheet, row, [line], None)
        case Steps():
            for count, step in enumerate(block.steps, 1):
                row = _write(sheet, row, [f"{count}. {step.title}", step.result], bold)
                for line in step.lines:
                    row = _write(sheet, row, [line], None)
    return row


def _sheet(sheet: Worksheet, table: Table, bold: Format, forms: tuple[Format, Format]) -> None:
    row = _write(sheet, 0, [table.title], bold)
    row = _write(sheet, row, [each.heading for each in table.columns], bold)
    sheet.freeze_panes(row, 1)
    for cells in (*table.rows, *table.last):
        row = _write(sheet, row, [cells.get(each.key) for each in table.columns], None, *forms)
    if table.note:
        _write(sheet, row + 1, [table.note], None)
    for at, column in enumerate(table.columns):
        widest = max([len(column.heading), *(len(str(cells.get(column.key) or "")) for cells in table.rows[:200])])
        sheet.set_column(at, at, min(widest + 2, 60))


def _write(
    sheet: Worksheet,
    row: int,
    cells: list[Cell],
    style: Format | None,
    figure: Format | None = None,
    count: Format | None = None,
) -> int:
    """Write a row and return the next one; a figure that a workbook cannot hold exactly is text."""
    for at, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, at, cell, count)
        elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _DIGITS:
            sheet.write_number(row, at, cell, figure)
        elif cell is not None:
            text = clean(cell) if isinstance(cell, str) else f"{cell:f}"
            sheet.write_string(row, at, cut(text, MAX_TEXT), style)
    return row + 1


class _Names:
    """Names of sheets from titles: what Excel takes, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, title: str) -> str:
        """Return the name of the next sheet."""
        wanted = _FORBIDDEN.sub(" ", clean(title)).strip()[: MAX_NAME - 4] or "1"
        name, count = wanted, 1
        while name.casefold() in self._taken:
            count += 1
            name = f"{wanted} {count}"
        self._taken.add(name.casefold())
        return name
