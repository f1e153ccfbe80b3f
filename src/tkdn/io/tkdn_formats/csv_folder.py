"""A bill as a folder of CSV files: `parts.csv` and `uses.csv`, and, where there is something to say, `suppliers.csv`,
`rates.csv`, `certificates.csv`, `evidence.csv`, `product.csv`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tkdn.bom.bom import Bom
from tkdn.bom.tables.columns import NEEDED_TABLES, NUMBERS, TABLES, Column, ColumnKind
from tkdn.bom.tables.document import Document, filled_columns, records_of, rows_of
from tkdn.bom.tables.records import CellGrid, Values
from tkdn.bom.tables.table_reading import match_names, read_table
from tkdn.errors import BomError, Place, Problem
from tkdn.io.files import read_bytes, replace_files, unreadable
from tkdn.io.spreadsheet.delimited import delimited_rows
from tkdn.io.spreadsheet.limits import limits_now
from tkdn.textnorm import FORMULA_STARTS, escaped

MAX_CHARACTERS = 131_072
"""What the csv module reads in one cell."""
_BYTE_ORDER_MARK = "\ufeff"


def read_folder(path: Path, *, product: str | None = None) -> Bom:
    """Read a bill from a folder of CSV files: UTF-8, separated by comma or semicolon as the heading line shows.

    Raises `BomError` with all problems, each with file, row and column.
    """
    try:
        files = {file.stem: file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv"}
    except OSError as error:
        raise unreadable(path, error) from None
    found, problems = match_names(files, path.name)
    for name in NEEDED_TABLES:
        if name not in found:
            problems.append(Problem("file-missing", {"table": name}, Place(path.name), case="csv"))
    whole = set(NEEDED_TABLES) <= found.keys()
    tables, raw = [], {}
    for kind in TABLES:
        if kind.name not in found:
            continue
        file = files[found[kind.name]]
        try:
            raw[file.name] = read_bytes(file)
            grid = read_grid(raw[file.name], file.name)
        except BomError as error:
            problems += error.problems
            whole = False
            continue
        if grid.rows or kind.name in NEEDED_TABLES:
            table, wrong = read_table(kind, grid)
            tables.append(table)
            problems += wrong
    bom = Document(path.name, tables, problems, product=product, whole=whole).as_bill(Bom)
    bom.set_source(b"".join(name.encode() + content for name, content in sorted(raw.items())))
    return bom


def write_folder(bom: Bom, path: Path) -> None:
    """Write a bill as a folder of CSV files, which `read_folder` reads back without loss; the folder's other tables go.

    Raises `UsageError` where a text is too long for a cell, or a document's certificate cannot be told by its number.
    """
    written = {}
    for table, records in records_of(bom):
        name = f"{table.name}.csv"
        if records or table.name in NEEDED_TABLES:
            written[name] = csv_text(filled_columns(table, records), records, Place(name))
    path.mkdir(parents=True, exist_ok=True)
    replace_files(path, {name: text.encode() for name, text in written.items()})
    for table in TABLES:
        if f"{table.name}.csv" not in written:
            (path / f"{table.name}.csv").unlink(missing_ok=True)


def csv_text(columns: Sequence[Column], records: Sequence[Values], place: Place) -> str:
    """Records as CSV text with the columns' keys as headings. Raises `UsageError` where a text is too long for a cell."""
    lines = [",".join(column.key for column in columns)]
    rows = rows_of(columns, records, _text, MAX_CHARACTERS, place)
    lines += [",".join(_quoted(text or "") for text in row) for row in rows]
    return "\n".join(lines) + "\n"


def read_grid(raw: bytes, file: str) -> CellGrid:
    """The cells of a CSV file. Raises `BomError` where it is not UTF-8 or its quotes do not match."""
    try:
        text = raw.decode().removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        place = Place(file, row=raw.count(b"\n", 0, error.start) + 1)
        raise BomError([Problem("encoding", {"start": error.start}, place, case="table_utf8")]) from None
    header = text.lstrip().partition("\n")[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    return CellGrid(file, None, delimited_rows(text, separator, file, limits_now()))


def _text(kind: ColumnKind, value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if kind in (*NUMBERS, ColumnKind.DATE) else escaped(value, FORMULA_STARTS)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',;"\r\n') else text
