"""A file that holds one table beside a bill: a text, whatever its separator and encoding, or one sheet of a spreadsheet.

`single_grid` is the only place that opens such a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from tkdn.bom.tables.columns import Column, RecordTable
from tkdn.bom.tables.records import CellGrid
from tkdn.errors import BomError, Place, Problem, UsageError, closest
from tkdn.io.files import read_bytes
from tkdn.io.options import ReadOptions
from tkdn.io.spreadsheet.cells import OpenedFile, malformed
from tkdn.io.spreadsheet.sheets import is_spreadsheet, open_sheets

_TITLE_ROWS = 30
"""How far down the headings may stand, below a title."""


MAPPING = "--second-map, mapping="
"""How a mapping for a second file is given."""
KeyOf = Callable[[str], str | None]
"""The key of the column that a heading means."""


def own_names(kind: RecordTable) -> KeyOf:
    """Headings by the names that the table itself has for its columns."""
    return lambda text: column.key if (column := kind.column(text)) else None


def single_grid(
    path: Path, kind: RecordTable, options: ReadOptions | None = None, key_of: KeyOf | None = None
) -> CellGrid:
    """The cells of the file's one table of this kind, from its headings on; `key_of` says what a heading means.

    Raises `BomError`: `file-missing`, `sheet-missing`, `sheet-ambiguous`, and whatever keeps the file from being opened;
    `UsageError` for a sheet that is named and not there; `MissingExtraError` where a library for spreadsheets is not installed.
    """
    mappable = key_of is not None
    options, key_of = options or ReadOptions(), key_of or own_names(kind)
    try:
        missing = not path.exists()
    except OSError:  # a name longer than the file system takes: told when the file is read
        missing = False
    if missing:
        raise BomError([Problem("file-missing", {"file": path.name}, Place(path.name))])
    raw = read_bytes(path)
    if path.suffix.lower() in (".xlsx", ".xlsm") and not is_spreadsheet(raw):
        raise malformed(path.name, "File is not a zip file")
    opened = open_sheets(raw, path.name, encoding=options.encoding, separator=options.separator)
    grids = _sheets(opened, options, path.name)
    if opened.kind == "text":
        return from_headings(grids[0], kind, key_of)
    found = [grid for grid in grids if headings_at(grid, kind, key_of) is not None]
    if len(found) > 1:
        values: dict[str, object] = {
            "sheets": tuple(repr(grid.sheet) for grid in found),
            "first": found[0].sheet,
            "mapping": MAPPING,
        }
        case = "table_mappable" if mappable else "table"
        raise BomError([Problem("sheet-ambiguous", values, Place(path.name), case=case)])
    if not found:
        values = {**_wanted(kind), "columns": tuple(repr(column.english) for column in _needed(kind))}
        case = "table_mappable" if mappable else "table"
        raise BomError([Problem("sheet-missing", values, Place(path.name), case=case)])
    return from_headings(found[0], kind, key_of)


def _sheets(opened: OpenedFile, options: ReadOptions, file: str) -> list[CellGrid]:
    grids = [
        sheet.grid for sheet in opened.sheets if opened.kind == "text" or options.sheet in (None, sheet.grid.sheet)
    ]
    if not grids and options.sheet is not None:
        titles = [str(sheet.grid.sheet) for sheet in opened.sheets]
        raise UsageError(
            [
                Problem(
                    "sheet-unknown",
                    {"sheet": options.sheet, "known": tuple(titles), "nearest": closest(options.sheet, titles)},
                    Place(file),
                )
            ]
        )
    return grids


def _wanted(kind: RecordTable) -> dict[str, object]:
    """Return the columns that a table needs, as they are headed in both languages and as a mapping names them."""
    needed = _needed(kind)
    return {
        "headings": tuple(f"{column.english!r} or {column.indonesian!r}" for column in needed),
        "said": tuple(f'"heading" = "{column.key}"' for column in needed),
        "mapping": MAPPING,
    }


def _needed(kind: RecordTable) -> list[Column]:
    """The columns that every row needs."""
    return [column for column in kind.columns if column.needed and column.of_row]


def missing_columns(kind: RecordTable, keys: Collection[str], place: Place) -> list[Problem]:
    """A problem for each column that every row needs and that is not among the keys."""
    absent = (column for column in _needed(kind) if column.key not in keys)
    wanted = _wanted(kind)
    return [
        Problem("missing-column", {"table": kind.english, "column": each.key, **wanted}, place, case="mappable")
        for each in absent
    ]


def headings_at(grid: CellGrid, kind: RecordTable, key_of: KeyOf) -> int | None:
    """Where the row of headings stands: of those with all columns that every row needs, the first that means most."""
    wanted = {column.key for column in _needed(kind)}
    known = [
        {key for cell in cells if isinstance(cell, str) and (key := key_of(cell.strip()))}
        for _, cells in grid.rows[:_TITLE_ROWS]
    ]
    fitting = [at for at, keys in enumerate(known) if wanted <= keys]
    return max(fitting, key=lambda at: len(known[at]), default=None)


def from_headings(grid: CellGrid, kind: RecordTable, key_of: KeyOf | None = None) -> CellGrid:
    """The cells from the row of headings on."""
    return replace(grid, rows=grid.rows[headings_at(grid, kind, key_of or own_names(kind)) or 0 :])
