"""Spreadsheets and texts: in a format of our own, which is read strictly, or lists from elsewhere, read by their headings."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from tkdn.bom.bom import Bom
from tkdn.bom.tables.columns import NEEDED_TABLES, RecordTable
from tkdn.bom.tables.records import CellGrid
from tkdn.bom.tables.table_reading import match_names
from tkdn.errors import BomError, nearest
from tkdn.io.forms import bill
from tkdn.io.forms.reading import FORMATS, has_forms
from tkdn.io.import_report import ReadBill
from tkdn.io.part_lists.headings import aliases, heading
from tkdn.io.part_lists.reading import read_list
from tkdn.io.source_file import SourceFile
from tkdn.io.spreadsheet.sheets import is_spreadsheet
from tkdn.io.tkdn_formats.csv_folder import read_folder
from tkdn.io.tkdn_formats.edges import EDGES, read_edges
from tkdn.io.tkdn_formats.levels import LEVELS, is_level_list, read_level_csv
from tkdn.io.tkdn_formats.workbook import read_opened

MAX_HEADINGS = 10_000
"""Bytes in which the headings of our own list of uses stand."""


def read_csv_folder(file: SourceFile) -> Bom:
    """Read a folder of CSV files."""
    return read_folder(file.path, product=file.options.product)


def is_list_of_uses(file: SourceFile) -> bool:
    """Return True if the first line of a CSV file has the headings of our own list of uses; slips are told there too."""
    if file.suffix != ".csv" or file.options.says_how:
        return False
    words = _first_words(file.raw)
    others = [word for word in words if EDGES.column(word) is None]
    return words[:3] == ["parent", "part", "quantity"] and _are_slips(others, EDGES)


def read_list_of_uses(file: SourceFile) -> Bom:
    """Read our own list of uses."""
    return read_edges(file.raw, file.name, product=file.options.product)


def is_indented_csv(file: SourceFile) -> bool:
    """Return True if a CSV file is our own indented list, or is damaged and begins as one, so that it is read as strictly."""
    if file.suffix != ".csv" or file.options.says_how:
        return False
    try:
        return file.opened.kind == "text" and _is_own_list(file.opened.sheets[0].grid)
    except BomError:
        return _is_own_list(CellGrid("", None, [(1, _first_words(file.raw))]))


def read_indented_csv(file: SourceFile) -> Bom:
    """Read our own indented list."""
    return read_level_csv(file.raw, file.name, product=file.options.product)


def is_own_workbook(file: SourceFile) -> bool:
    """Return True if sheets are named as our tables are, or one of them is an indented list as we define it."""
    if file.options.says_how or not is_spreadsheet(file.raw):
        return False
    grids = [sheet.grid for sheet in file.opened.sheets]
    found, _ = match_names([str(grid.sheet) for grid in grids], "")
    return set(NEEDED_TABLES) <= found.keys() or any(is_level_list(grid) and _is_own_list(grid) for grid in grids)


def read_own_workbook(file: SourceFile) -> Bom:
    """Read a workbook of our tables."""
    return read_opened(file.raw, file.opened, file.name, product=file.options.product)


def has_filled_forms(file: SourceFile) -> bool:
    """Return True if the file is said to hold filled forms of the ministry, or does."""
    return file.options.source in FORMATS or (file.options.source is None and has_forms(file.opened))


def read_filled_forms(file: SourceFile) -> ReadBill:
    """Read filled forms."""
    return bill.read_filled_forms(file.raw, file.opened, file.name, file.options)


def read_part_list(file: SourceFile) -> ReadBill | Bom:
    """Read a list from elsewhere; a workbook that holds none is told what our own lacks, if a sheet has a name of ours."""
    try:
        return read_list(file.raw, file.opened, file.name, file.options)
    except BomError as error:
        if error.code == "format-unknown" and _has_own_sheets(file):
            return read_own_workbook(file)
        raise


def _has_own_sheets(file: SourceFile) -> bool:
    if file.opened.kind != "xlsx" or file.options.says_how:
        return False
    return bool(match_names([str(sheet.grid.sheet) for sheet in file.opened.sheets], "")[0])


def _is_own_list(grid: CellGrid) -> bool:
    """Return True for the headings of our own indented list; one neither ours nor usual elsewhere is told as a slip."""
    if not grid.rows:
        return True
    words = [cell for cell in grid.rows[0][1] if isinstance(cell, str)]
    own = {column.key for word in words if (column := LEVELS.column(word))}
    others = [word for word in words if LEVELS.column(word) is None]
    if not others:
        return "id" in own or ("level" in own and "name" not in own)
    return {"level", "id"} <= own and _are_slips(others, LEVELS)


def _first_words(raw: bytes) -> list[str]:
    line = raw[:MAX_HEADINGS].removeprefix(BOM_UTF8).partition(b"\n")[0].decode(errors="replace").strip()
    return re.split("[,;]", line)


def _are_slips(words: list[str], table: RecordTable) -> bool:
    keys = [name for column in table.columns for name in (column.key, column.english, column.indonesian)]
    return all(heading(word).words not in aliases() and nearest(word, keys) for word in words)
