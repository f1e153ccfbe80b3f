"""Spreadsheets that calamine reads: .xls, .xlsb, .ods, and large plain .xlsx, where it is much faster than openpyxl."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from threading import Event, Thread, Timer
from typing import Any

from tkdn.bom.tables.records import CellGrid
from tkdn.errors import MissingExtraError
from tkdn.io.spreadsheet import calamine_worker as apart
from tkdn.io.spreadsheet.calamine_worker import WorkerSheet, sheets_in
from tkdn.io.spreadsheet.cells import Counter, Sheet, malformed, too_long
from tkdn.io.spreadsheet.error_cells import ERROR, NOT_CALCULATED, Spoiled, cell_error
from tkdn.io.spreadsheet.limits import Limits, too_large
from tkdn.textnorm import unescaped

LARGEST, MAX_ROWS, MAX_COLUMNS = 2**63, 2**20, 2**14
"""What a whole number of a cell is below, and the rows and columns of the largest sheets that there are."""
DATED: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def open_calamine(raw: bytes, file: str, limits: Limits) -> list[Sheet]:
    """The sheets of a plain workbook, read within this process. Raises whatever the library does where it is damaged."""
    return _sheets(sheets_in(raw), file, limits, {})


def open_apart(raw: bytes, file: str, limits: Limits, spoiled: Mapping[str, Spoiled] | None = None) -> list[Sheet]:
    """The sheets of a workbook, read in a process of its own, which may fail, hang or take too much memory alone.
    `spoiled` has the cells of each sheet that the library takes for empty, and that are not.

    The process answers in plain data, of which nothing is believed: an answer of another shape is a damaged file.
    Raises `BomError` (`file-malformed`, `file-too-large`), `MissingExtraError` without the library.
    """
    if find_spec("python_calamine") is None:
        raise MissingExtraError.of("this kind of spreadsheet", "excel")
    command = [sys.executable, "-P", apart.__file__, str(limits.memory)]
    try:
        answer = json.loads(_answer(command, raw, file, limits))
        if isinstance(answer, dict) and isinstance(answer.get("error"), str):
            raise malformed(file, answer["error"])
        found = _found(answer)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise malformed(file, f"its reader gave no sheets: {type(error).__name__} {error}") from None
    return _sheets(found, file, limits, spoiled or {})


def _answer(command: Sequence[str], raw: bytes, file: str, limits: Limits) -> bytes:
    """What the process writes, within the limits of time and bytes."""
    late, most = Event(), limits.unpacked_bytes
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None

        def end() -> None:
            late.set()
            worker.kill()

        def feed(write: Callable[[bytes], object], close: Callable[[], None]) -> None:
            with suppress(OSError):  # it may end before it has read all
                write(raw)
            with suppress(OSError):
                close()

        timer = Timer(limits.seconds, end)
        feeder = Thread(target=feed, args=(worker.stdin.write, worker.stdin.close), daemon=True)
        timer.start()
        feeder.start()
        try:
            answer = worker.stdout.read(most + 1)
            if len(answer) <= most:
                worker.wait()
        finally:
            timer.cancel()
            worker.kill()
            feeder.join()
    if late.is_set():
        raise too_long(file, limits)
    if len(answer) > most:
        raise too_large(file, "unpacked_bytes", "cell_bytes", most=most)
    if worker.returncode != 0:
        raise malformed(file, f"its reader ended with {worker.returncode}")
    return answer


def _found(answer: Any) -> list[WorkerSheet]:
    """The sheets of an answer; raises `ValueError`, `TypeError` or `KeyError` if it is of another shape."""
    found = []
    for sheet in answer["sheets"]:
        name, hidden, merged, rows = (sheet[key] for key in ("name", "hidden", "merged", "rows"))
        if type(name) is not str or type(hidden) is not bool or type(rows) is not list:
            raise TypeError("a sheet of another shape")
        areas = [tuple(_place(corner) for corner in _all(area, 2)) for area in merged]
        errors = {}
        for row, column, shown in sheet["errors"]:
            if type(shown) is not str:
                raise TypeError("an error that is no text")
            errors[_place((row, column))] = shown
        found.append((name, hidden, areas, [[_cell(cell) for cell in row] for row in _lists(rows)], errors))
    return found


def _all(values: Any, count: int) -> Sequence[Any]:
    if type(values) is not list or len(values) != count:
        raise TypeError(f"not {count} values")
    return values


def _lists(rows: list[Any]) -> list[list[Any]]:
    if any(type(row) is not list for row in rows):
        raise TypeError("a row that is no list")
    return rows


def _place(place: Sequence[Any]) -> tuple[int, int]:
    """Row and column from 0, as far as a sheet goes: cells are made up to there."""
    row, column = place
    if type(row) is not int or type(column) is not int or not (0 <= row < MAX_ROWS and 0 <= column < MAX_COLUMNS):
        raise ValueError("a place outside the sheet")
    return row, column


def _cell(cell: Any) -> object:
    kind = type(cell)
    if kind in (str, float, bool) or (kind is int and -LARGEST <= cell < LARGEST):
        return cell
    if kind is not dict:
        raise TypeError(f"a cell of {kind.__name__}")
    ((word, value),) = cell.items()
    return timedelta(*_all(value, 3)) if word == "timedelta" else DATED[word](value)


def _sheets(found: Sequence[WorkerSheet], file: str, limits: Limits, spoiled: Mapping[str, Spoiled]) -> list[Sheet]:
    counter, sheets = Counter(file, limits), []
    for title, hidden, areas, cells, errors in found:
        rows = [[_loaded(cell) for cell in row] for row in cells]
        for (row, column), shown in {**errors, **spoiled.get(title, {})}.items():
            _put(rows, row, column, NOT_CALCULATED if shown is None else cell_error(shown))
        grid = CellGrid(file, title, list(counter.filled(title, rows)))
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
