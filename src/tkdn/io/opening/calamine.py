"""Spreadsheets that calamine reads: .xls, .xlsb, .ods, and large plain .xlsx, where it is much faster than openpyxl."""

from __future__ import annotations

import pickle
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from tkdn.errors import BomError, MissingExtraError, Place, Problem
from tkdn.io.opening import apart
from tkdn.io.opening.apart import sheets_in
from tkdn.io.opening.cells import Counter, Limits, Sheet, malformed, too_large
from tkdn.io.own.tables import Fault, Grid, unescaped

_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")


def open_calamine(raw: bytes, file: str, limits: Limits) -> list[Sheet]:
    """The sheets of a plain workbook, read within this process. Raises whatever the library does where it is damaged."""
    return _sheets(sheets_in(raw), file, limits)


def open_apart(raw: bytes, file: str, limits: Limits) -> list[Sheet]:
    """The sheets of a workbook, read in a process of its own, which may fail, hang or take too much memory alone.

    Raises `BomError` (`file-malformed`, `file-too-large`), `MissingExtraError` without the library.
    """
    if find_spec("python_calamine") is None:
        raise MissingExtraError.of("this kind of spreadsheet", "excel")
    command = [sys.executable, "-P", apart.__file__, str(limits.memory)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=limits.seconds, check=False)
        answer = pickle.loads(done.stdout) if done.returncode == 0 else f"its reader ended with {done.returncode}"
    except subprocess.TimeoutExpired:
        raise too_large(file, f"reading takes longer than {limits.seconds} seconds") from None
    except (pickle.UnpicklingError, EOFError, OSError) as error:
        raise malformed(file, str(error)) from None
    if isinstance(answer, str):
        raise malformed(file, answer)
    return _sheets(answer, file, limits)


def _sheets(found: list[tuple[str, bool, list[Any], list[list[Any]]]], file: str, limits: Limits) -> list[Sheet]:
    counter, sheets = Counter(file, limits), []
    for title, hidden, areas, cells in found:
        rows = ([_loaded(cell) for cell in row] for row in cells)
        grid = Grid(file, title, list(counter.filled(title, rows)))
        merged = [(up + 1, left, down + 1, right) for (up, left), (down, right) in areas]
        sheets.append(Sheet(grid, hidden, merged=merged))
    return sheets


def _loaded(cell: Any) -> object:
    if type(cell) is str:
        if cell[:1] == "#" and _ERROR.fullmatch(cell):
            return Fault("cell-error", f"the cell shows the error {cell}", "correct its formula, or write the value")
        return unescaped(cell, "")
    return cell


def check_ods(archive: zipfile.ZipFile, file: str, limits: Limits) -> None:
    """Refuse a table that repeats its cells to more than memory should hold: it is laid out in full when it is read."""
    total = rows = columns = widest = 0
    repeated, filled = 1, False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal repeated, filled, widest, columns
        if name == "table:table-row":
            repeated, widest, filled, columns = _count(given, "table:number-rows-repeated"), 0, False, 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            columns += _count(given, "table:number-columns-repeated")
            if "office:value-type" in given or "table:formula" in given:
                widest, filled = columns, True
        elif name == "text:p":
            widest, filled = columns, True

    def end(name: str) -> None:
        nonlocal total, rows
        if name == "table:table-row":
            rows += repeated
            if filled:
                total += repeated * widest
                if rows > limits.rows or widest > limits.columns or total > limits.cells:
                    raise too_large(file, "the sheet repeats its cells to more rows, columns or cells than are read")
        elif name == "table:table":
            rows = 0

    _walk(archive.read("content.xml"), file, start, end)


def _count(given: dict[str, str], name: str) -> int:
    text = given.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _walk(xml: bytes, file: str, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> None:
    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(xml, True)
    except ExpatError as error:
        raise malformed(file, str(error)) from None


def check_xlsb(archive: zipfile.ZipFile, file: str, limits: Limits) -> None:
    """Refuse a sheet whose last cell lies so far out that its whole area would not fit into memory."""
    for name in archive.namelist():
        if not re.fullmatch(r"xl/worksheets/[^/]+\.bin", name):
            continue
        data, at, last_row, last_column, row = archive.read(name), 0, 0, 0, 0
        while at < len(data):
            try:
                kind, size, at = _record(data, at)
            except IndexError:
                raise malformed(file, f"{name} ends within a record") from None
            if kind == 0 and size >= 4:
                (row,) = struct.unpack_from("<I", data, at) if at + 4 <= len(data) else (row,)
            elif 1 <= kind <= 11 and size >= 4 and at + 4 <= len(data):
                last_row, last_column = max(last_row, row), max(last_column, struct.unpack_from("<I", data, at)[0])
            at += size
        if last_row >= limits.rows or last_column >= limits.columns or last_row * last_column > limits.cells:
            raise too_large(file, f"{name} reaches to row {last_row + 1:,} and column {last_column + 1:,}")


def _record(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and size of a binary record, and where its content starts: both are numbers of seven bits a byte."""
    kind = data[at]
    at += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
        at += 1
    size = 0
    for shift in (0, 7, 14, 21):
        byte = data[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, size, at


def refused(file: str, why: str) -> BomError:
    """That a file holds what no bill needs and an attack would use."""
    remedy = "save it again with a spreadsheet program, as .xlsx"
    return BomError([Problem("file-refused", why, remedy, Place(file))])
