"""Whether a spreadsheet or a text is in a format of our own, read strictly, or a list from elsewhere, read by its headings."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from pathlib import Path

from tkdn.bom.tables.columns import NEEDED_TABLES, RecordTable
from tkdn.bom.tables.records import CellGrid
from tkdn.bom.tables.table_reading import match_names
from tkdn.errors import BomError, Place, Problem, nearest
from tkdn.io.forms.reading import FORMATS, has_forms
from tkdn.io.import_report import Reading
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.headings import aliases, heading
from tkdn.io.part_lists.reading import read_list
from tkdn.io.spreadsheet.cells import Opened, malformed
from tkdn.io.spreadsheet.sheets import is_spreadsheet, open_sheets
from tkdn.io.tkdn_formats.edges import EDGES, read_edges
from tkdn.io.tkdn_formats.levels import LEVELS, is_level_list, read_level_csv

MOST_HEADINGS = 10_000
"""Bytes in which the headings of our own list of uses stand."""


def read_table_file(path: Path, raw: bytes, options: ReadOptions) -> Reading:
    """Read a spreadsheet or a text. Raises `BomError`, `UsageError`, `MissingExtraError`."""
    file, suffix = path.name, path.suffix.lower()
    if not raw or raw.isspace():
        raise BomError([Problem("format-unknown", "the file is empty", "give the file with the list", Place(file))])
    if suffix in (".xlsx", ".xlsm") and not is_spreadsheet(raw):
        raise malformed(file, "File is not a zip file")
    if suffix == ".csv" and not options.says_how and _is_own_edges(raw):
        return Reading(read_edges(raw, file, product=options.product))
    try:
        opened = open_sheets(raw, file, encoding=options.encoding, separator=options.separator)
    except BomError:
        if suffix == ".csv" and not options.says_how and _begins_as_own_list(raw):
            return Reading(read_level_csv(raw, file, product=options.product))
        raise
    if not options.says_how:
        if opened.kind == "text" and suffix == ".csv" and _is_own_list(opened.sheets[0].grid):
            return Reading(read_level_csv(raw, file, product=options.product))
        if opened.kind != "text" and _is_own_workbook(opened):
            return _workbook(raw, opened, file, options)
    if options.source in FORMATS or (options.source is None and has_forms(opened)):
        from tkdn.io.forms.bill import read_filled_forms

        return read_filled_forms(raw, opened, file, options)
    try:
        return read_list(raw, opened, file, options)
    except BomError as error:
        if (
            error.code == "format-unknown"
            and opened.kind == "xlsx"
            and not options.says_how
            and _has_own_sheets(opened)
        ):
            return _workbook(raw, opened, file, options)
        raise


def _workbook(raw: bytes, opened: Opened, file: str, options: ReadOptions) -> Reading:
    from tkdn.io.tkdn_formats.workbook import read_opened

    return Reading(read_opened(raw, opened, file, product=options.product))


def _is_own_workbook(opened: Opened) -> bool:
    """Whether sheets are named as our tables are, or one of them is an indented list as we define it."""
    titles = [str(sheet.grid.sheet) for sheet in opened.sheets]
    found, _ = match_names(titles, "")
    grids = [sheet.grid for sheet in opened.sheets]
    return set(NEEDED_TABLES) <= found.keys() or any(is_level_list(grid) and _is_own_list(grid) for grid in grids)


def _has_own_sheets(opened: Opened) -> bool:
    """Whether a sheet has the name of one of our tables."""
    return bool(match_names([str(sheet.grid.sheet) for sheet in opened.sheets], "")[0])


def _is_own_list(grid: CellGrid) -> bool:
    """Whether the headings are those of our own indented list; one that is neither ours nor usual elsewhere is told as a slip."""
    if not grid.rows:
        return True
    words = [cell for cell in grid.rows[0][1] if isinstance(cell, str)]
    own = {column.key for word in words if (column := LEVELS.column(word))}
    others = [word for word in words if LEVELS.column(word) is None]
    if not others:
        return "id" in own or ("level" in own and "name" not in own)
    return {"level", "id"} <= own and _are_slips(others, LEVELS)


def _is_own_edges(raw: bytes) -> bool:
    """Whether the first line has the headings of our own list of uses, as it is written; slips are told here too."""
    words = _first_words(raw)
    return words[:3] == ["parent", "part", "quantity"] and _are_slips(
        [word for word in words if EDGES.column(word) is None], EDGES
    )


def _begins_as_own_list(raw: bytes) -> bool:
    """Whether the first line has headings of our own indented list, so that the text is read as strictly as that is written."""
    return _is_own_list(CellGrid("", None, [(1, _first_words(raw))]))


def _first_words(raw: bytes) -> list[str]:
    line = raw[:MOST_HEADINGS].removeprefix(BOM_UTF8).partition(b"\n")[0].decode(errors="replace").strip()
    return re.split("[,;]", line)


def _are_slips(words: list[str], table: RecordTable) -> bool:
    keys = [name for column in table.columns for name in (column.key, column.english, column.indonesian)]
    return all(heading(word).words not in aliases() and nearest(word, keys) for word in words)
