"""A file that holds one table beside a bill: a text, whatever its separator and encoding, or one sheet of a spreadsheet.

`single_grid` is the only place that opens such a file; `settle_numbers` reads its numbers with comma or point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tkdn.errors import BomError, Place, Problem
from tkdn.io import read_bytes
from tkdn.io.opening.cells import malformed
from tkdn.io.opening.decimals import Mark, settled, to_number_text
from tkdn.io.opening.sheets import is_spreadsheet, open_sheets
from tkdn.io.own.columns import NUMBERS, Column, RecordTable
from tkdn.io.own.tables import Grid, Table

_TITLE_ROWS = 30
"""How far down the headings may stand, below a title."""


def single_grid(path: Path, kind: RecordTable) -> Grid:
    """The cells of the file's one table of this kind, from its headings on.

    Raises `BomError`: `file-missing`, `sheet-missing`, `sheet-ambiguous`, and whatever keeps the file from being opened;
    `MissingExtraError` where a library for spreadsheets is not installed.
    """
    try:
        missing = not path.exists()
    except OSError:  # a name longer than the file system takes: told when the file is read
        missing = False
    if missing:
        raise BomError([Problem("file-missing", f"there is no file {path.name!r}", "check the path", Place(path.name))])
    raw = read_bytes(path)
    if path.suffix.lower() in (".xlsx", ".xlsm") and not is_spreadsheet(raw):
        raise malformed(path.name, "File is not a zip file")
    opened = open_sheets(raw, path.name)
    grids = [sheet.grid for sheet in opened.sheets]
    if opened.kind == "text":
        return from_headings(grids[0], kind)
    found = [grid for grid in grids if _headings_at(grid, kind) is not None]
    if len(found) > 1:
        titles = ", ".join(repr(grid.sheet) for grid in found)
        message, remedy = f"more than one sheet could be meant: {titles}", "leave one of them in the file"
        raise BomError([Problem("sheet-ambiguous", message, remedy, Place(path.name))])
    if not found:
        wanted = " and ".join(repr(column.english) for column in _needed(kind))
        message, remedy = f"no sheet has a column {wanted}", f"add {wanted}"
        raise BomError([Problem("sheet-missing", message, remedy, Place(path.name))])
    return from_headings(found[0], kind)


def _needed(kind: RecordTable) -> list[Column]:
    """The columns that every row needs."""
    return [column for column in kind.columns if column.needed and column.of_row]


def _headings_at(grid: Grid, kind: RecordTable) -> int | None:
    """Where the row of headings stands: the first with all columns that every row needs."""
    wanted = {column.key for column in _needed(kind)}

    def known(cells: Sequence[object]) -> set[str]:
        return {column.key for cell in cells if isinstance(cell, str) and (column := kind.column(cell.strip()))}

    return next((at for at, (_, cells) in enumerate(grid.rows[:_TITLE_ROWS]) if wanted <= known(cells)), None)


def from_headings(grid: Grid, kind: RecordTable) -> Grid:
    """The cells from the row of headings on."""
    return replace(grid, rows=grid.rows[_headings_at(grid, kind) or 0 :])


def settle_numbers(table: Table, stated: Mark | None = None) -> list[Problem]:
    """Put numbers that are text with a decimal point, by the mark that the file shows; what it leaves open is a problem."""
    keys = {column.key for column in table.kind.columns if column.kind in NUMBERS}
    cells = [(row.cells, key, value) for row in table.rows for key, value in row.cells.items() if key in keys]
    texts = [(cells, key, value.removesuffix("%").strip()) for cells, key, value in cells if isinstance(value, str)]
    try:
        decided = settled((text for _, _, text in texts), stated, Place(table.file, table.sheet))
    except BomError as error:
        return list(error.problems)
    for record, key, text in texts:
        if (number := to_number_text(text, decided.mark)) is not None:
            record[key] = number
    return []
