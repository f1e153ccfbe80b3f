"""Run as a script, in a process of its own: reads a workbook from standard input with calamine, and writes its sheets as JSON.

A damaged file can make the library panic, run without end or take all memory: here that ends this process only. It imports
nothing of ours, so that it starts fast. Arguments: the bytes of memory that it may take.
"""

from __future__ import annotations

import io
import json
import struct
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

Errors = dict[tuple[int, int], str]
WorkerSheet = tuple[str, bool, list[Any], list[list[Any]], Errors]
"""A sheet: its name, whether it is hidden, merged areas, rows, and the errors that cells show, by row and column from 0."""
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET, _END, _FORMULAS, _ERROR_CELL = 0x85, 0x0A, (0x06, 0x206, 0x406), 0x205


def sheets_in(raw: bytes) -> list[WorkerSheet]:
    """The sheets of a workbook."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    metadata = book.sheets_metadata
    errors = list(errors_in_xls(raw)) if raw.startswith(_OLE) else []
    found = []
    for index, meta in enumerate(metadata):
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
            rows = sheet.to_python(skip_empty_area=False)
            spoiled = errors[index] if len(errors) == len(metadata) else {}
            found.append((meta.name, hidden, list(sheet.merged_cell_ranges or ()), rows, spoiled))
    return found


def errors_in_xls(raw: bytes) -> Iterator[Errors]:
    """The errors that cells of each sheet show, which calamine takes for empty (MS-XLS: BoolErr, and the value of Formula)."""
    data = _workbook_stream(raw)
    for kind, at, size in _records(data, 0):
        if kind == _END:
            return
        if kind == _SHEET and size >= 4:
            yield dict(_errors_from(data, *struct.unpack_from("<I", data, at)))


def _errors_from(data: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, at, size in _records(data, start):
        if kind == _END:
            return
        code = None
        if kind == _ERROR_CELL and size >= 8 and data[at + 7] == 1:
            code = data[at + 6]
        elif kind in _FORMULAS and size >= 14 and data[at + 12 : at + 14] == b"\xff\xff" and data[at + 6] == 2:
            code = data[at + 8]
        if code is not None:
            row, column = struct.unpack_from("<HH", data, at)
            yield (row, column), ERRORS.get(code, "#?")


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of each whole record."""
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        at += 4
        if at + size > len(data):
            return
        yield kind, at, size
        at += size


def _workbook_stream(raw: bytes) -> bytes:
    """The stream of an OLE file in which the workbook stands (MS-CFB); nothing where there is none."""
    size, small = 1 << struct.unpack_from("<H", raw, 30)[0], 1 << struct.unpack_from("<H", raw, 32)[0]
    directory, cutoff, small_table, _, more, _ = struct.unpack_from("<I4xIIIII", raw, 48)

    def sectors(start: int, table: list[int], content: bytes, width: int, first: int) -> bytes:
        found, seen = [], set()
        while start < len(table) and start not in seen:
            seen.add(start)
            found.append(content[(start + first) * width : (start + first + 1) * width])
            start = table[start]
        return b"".join(found)

    def numbers(content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))

    places, seen = numbers(raw[76:512]), set()
    while more < len(raw) // size and more not in seen:
        seen.add(more)
        *found, more = numbers(raw[(more + 1) * size : (more + 2) * size]) or [len(raw)]
        places += found
    table = numbers(b"".join(raw[(at + 1) * size : (at + 2) * size] for at in places if at < len(raw) // size))
    entries = sectors(directory, table, raw, size, 1)
    root = b""
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + 64].decode("utf-16-le", errors="replace").partition("\0")[0]
        start, length = struct.unpack_from("<II", entries, at + 116)
        if at == 0:
            root = sectors(start, table, raw, size, 1)
        elif name in ("Workbook", "Book") and length >= cutoff:
            return sectors(start, table, raw, size, 1)[:length]
        elif name in ("Workbook", "Book"):
            shorts = numbers(sectors(small_table, table, raw, size, 1))
            return sectors(start, shorts, root, small, 0)[:length]
    return b""


def plain(found: list[WorkerSheet]) -> list[dict[str, Any]]:
    """Return sheets as plain data, but for days and times, which `tagged` makes plain."""
    return [
        {
            "name": name,
            "hidden": hidden,
            "merged": merged,
            "rows": rows,
            "errors": [[row, column, shown] for (row, column), shown in errors.items()],
        }
        for name, hidden, merged, rows, errors in found
    ]


def tagged(cell: object) -> dict[str, object]:
    """Return a day, a moment, a time or a span as plain data; raise `TypeError` if it is none."""
    if isinstance(cell, timedelta):
        return {"timedelta": [cell.days, cell.seconds, cell.microseconds]}
    if isinstance(cell, date | time):  # a datetime is a date
        return {type(cell).__name__: cell.isoformat()}
    raise TypeError(f"a cell of {type(cell).__name__}")


def main() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit holds alone
        pass
    else:
        most = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        answer = json.dumps({"sheets": plain(sheets_in(sys.stdin.buffer.read()))}, default=tagged)
    except BaseException as error:  # a panic in the library is no Exception
        answer = json.dumps({"error": f"{type(error).__name__}: {error}"[:200]})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
