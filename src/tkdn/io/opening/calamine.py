"""Spreadsheets that calamine reads: .xls, .xlsb, .ods, and large plain .xlsx, where it is much faster than openpyxl."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from tkdn.errors import MissingExtraError
from tkdn.io.opening import apart
from tkdn.io.opening.apart import Found, sheets_in
from tkdn.io.opening.cells import Counter, Sheet, malformed, too_long
from tkdn.io.opening.limits import Limits
from tkdn.io.opening.spoiled import ERROR, NOT_CALCULATED, Spoiled, cell_error
from tkdn.io.own.tables import Grid, unescaped


def open_calamine(raw: bytes, file: str, limits: Limits) -> list[Sheet]:
    """The sheets of a plain workbook, read within this process. Raises whatever the library does where it is damaged."""
    return _sheets(sheets_in(raw), file, limits, {})


def open_apart(raw: bytes, file: str, limits: Limits, spoiled: Mapping[str, Spoiled] | None = None) -> list[Sheet]:
    """The sheets of a workbook, read in a process of its own, which may fail, hang or take too much memory alone.
    `spoiled` has the cells of each sheet that the library takes for empty, and that are not.

    Raises `BomError` (`file-malformed`, `file-too-large`), `MissingExtraError` without the library.
    """
    if find_spec("python_calamine") is None:
        raise MissingExtraError.of("this kind of spreadsheet", "excel")
    command = [sys.executable, "-P", apart.__file__, str(limits.memory)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=limits.seconds, check=False)
        answer = pickle.loads(done.stdout) if done.returncode == 0 else f"its reader ended with {done.returncode}"
    except subprocess.TimeoutExpired:
        raise too_long(file, limits) from None
    except (pickle.UnpicklingError, EOFError, OSError) as error:
        raise malformed(file, str(error)) from None
    if isinstance(answer, str):
        raise malformed(file, answer)
    return _sheets(answer, file, limits, spoiled or {})


def _sheets(found: Sequence[Found], file: str, limits: Limits, spoiled: Mapping[str, Spoiled]) -> list[Sheet]:
    counter, sheets = Counter(file, limits), []
    for title, hidden, areas, cells, errors in found:
        rows = [[_loaded(cell) for cell in row] for row in cells]
        for (row, column), shown in {**errors, **spoiled.get(title, {})}.items():
            _put(rows, row, column, NOT_CALCULATED if shown is None else cell_error(shown))
        grid = Grid(file, title, list(counter.filled(title, rows)))
        merged = [(up + 1, left, down + 1, right) for (up, left), (down, right) in areas]
        sheets.append(Sheet(grid, hidden, merged=merged))
    return sheets


def _put(rows: list[list[object]], row: int, column: int, value: object) -> None:
    rows += ([] for _ in range(len(rows), row + 1))
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value


def _loaded(cell: Any) -> object:
    if type(cell) is str:
        return cell_error(cell) if cell[:1] == "#" and ERROR.fullmatch(cell) else unescaped(cell, "")
    return cell
