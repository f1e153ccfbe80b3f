"""Record tables as CSV files and sheets hold them: headings are matched, cells read by the kind of their column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from itertools import islice

from tkdn.bom.country import ABROAD, COUNTRIES, country_named, not_stated, origin_named
from tkdn.bom.number import plain
from tkdn.bom.tables.columns import TABLES, TEXTS, Column, ColumnKind, RecordTable, table_named
from tkdn.bom.tables.records import CellGrid, Fault, FilledTable, Percentage, TableRow
from tkdn.errors import Place, Problem, closest

_TRUTHS = {**dict.fromkeys(("true", "yes", "ya", "1"), True), **dict.fromkeys(("false", "no", "tidak", "0"), False)}
_MAX_EXACT = 10**15
"""From here on a spreadsheet's numbers no longer hold every digit."""


def read_table(kind: RecordTable, grid: CellGrid) -> tuple[FilledTable, list[Problem]]:
    """The record table in a grid, and what is wrong with its headings. The first row with a filled cell has the headings."""
    number, headings = next(_filled(grid), (1, ()))
    columns, problems = _match_headings(kind, headings, Place(grid.file, grid.sheet, number))
    missing = [column for column in kind.columns if column.needed and column.of_row and column not in columns.values()]
    for column in missing:
        problems.append(
            Problem(
                "missing-column",
                {
                    "table": kind.english,
                    "column": column.key,
                    "heading": column.english,
                    "heading_id": column.indonesian,
                },
                Place(grid.file, grid.sheet, number),
                case="table",
            )
        )
    table, homeless = table_under(kind, grid, columns)
    name_countries(table)
    return replace(table, whole=not missing), problems + homeless


def _filled(grid: CellGrid) -> Iterator[tuple[int, Sequence[object]]]:
    return ((number, cells) for number, cells in grid.rows if any(cell is not None for cell in cells))


def table_under(kind: RecordTable, grid: CellGrid, columns: Mapping[int, Column]) -> tuple[FilledTable, list[Problem]]:
    """The rows of a grid below its headings, by what the column at each position is; and cells that stand under no heading."""
    _, headings = next(_filled(grid), (1, ()))
    names = {column.key: str(headings[position]).strip() for position, column in columns.items()}
    rows, problems = [], []
    for number, cells in islice(_filled(grid), 1, None):
        values = {
            column.key: _value(column.kind, cells[position])
            for position, column in columns.items()
            if position < len(cells) and cells[position] is not None
        }
        if values:
            rows.append(TableRow(number, values))
        for position, cell in enumerate(cells):
            if cell is not None and (position >= len(headings) or headings[position] is None):
                place = Place(grid.file, grid.sheet, number)
                problems.append(Problem("cell-without-heading", {"position": position + 1}, place))
                break
    return FilledTable(kind, grid.file, grid.sheet, names, rows), problems


def _match_headings(
    kind: RecordTable, headings: Sequence[object], place: Place
) -> tuple[dict[int, Column], list[Problem]]:
    """The columns by their position, and what is wrong with the headings."""
    columns: dict[int, Column] = {}
    problems = []
    for position, heading in enumerate(headings):
        if heading is None:
            continue
        if isinstance(heading, Fault):
            problems.append(heading.problem(place))
            continue
        name = str(heading).strip()
        column, at = kind.column(name), replace(place, column=name)
        if column is None:
            known = [known for column in kind.columns for known in (column.key, column.english, column.indonesian)]
            problems.append(
                Problem(
                    "unknown-column",
                    {
                        "name": name[:60],
                        "table": kind.english,
                        "known": tuple(kind.by_key),
                        "nearest": closest(name, known),
                    },
                    at,
                )
            )
        elif column in columns.values():
            problems.append(Problem("duplicate-column", {"column": column.key}, at, case="table"))
        else:
            columns[position] = column
    return columns, problems


def _value(kind: ColumnKind, cell: object) -> object:
    """What a filled cell says, as the document holds it. What is not of its kind is left for the record to refuse."""
    if isinstance(cell, Fault):
        return cell
    if isinstance(cell, str):
        if kind in (ColumnKind.ID, ColumnKind.TEXT):
            return cell
        cell = cell.strip()
    elif kind in (*TEXTS, ColumnKind.CHOICE):
        return _number_as_text(kind, cell)
    if kind is ColumnKind.PERCENT and isinstance(cell, Percentage):
        return Fault("percent-format", {"cell": float(cell)})
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if kind is ColumnKind.TRUTH:
        return _TRUTHS.get(str(cell).casefold(), cell)
    if kind is ColumnKind.RECORD:
        unclear = Fault("true-false-invalid", {"value": str(cell)[:40]})
        return _TRUTHS.get(str(cell).casefold(), unclear)
    if kind is ColumnKind.DATE and isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


def _number_as_text(kind: ColumnKind, cell: object) -> str | Fault:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < _MAX_EXACT:
        if cell == int(cell):
            return str(int(cell))
        if kind is not ColumnKind.ID:
            return plain(Decimal(repr(cell)))
    return Fault("id-not-text" if kind is ColumnKind.ID else "wrong-type", {"value": cell}, case="cell")


def name_countries(table: FilledTable) -> dict[int, str]:
    """Put the code in place of a country's name, and return what was written, by row; "N/A" and the like are taken out."""
    columns = [column for column in table.kind.columns if column.kind is ColumnKind.COUNTRY]
    written = {}
    for row in table.rows:
        for column in columns:
            text, key = row.cells.get(column.key), column.key
            if not isinstance(text, str) or text in COUNTRIES or text == ABROAD:
                continue
            named = country_named if column.path[-1] == "citizenship" else origin_named
            found = named(text[:100])
            if found is not None:
                row.cells[key], written[row.number] = found, text
            elif not_stated(text):
                del row.cells[key]
    return written


def match_names(names: Iterable[str], file: str) -> tuple[dict[str, str], list[Problem]]:
    """Which of the names of files or sheets stands for which table, and those that two share or that nearly match one."""
    names = list(names)
    found: dict[str, str] = {}
    problems = []
    for name in names:
        table = table_named(name)
        if table is not None and found.setdefault(table.name, name) != name:
            problems.append(
                Problem(
                    "duplicate-table", {"first": found[table.name], "second": name, "table": table.english}, Place(file)
                )
            )
    absent = [known for table in TABLES if table.name not in found for known in (table.english, table.indonesian)]
    for name in names:
        near = closest(name.strip().capitalize(), absent) if table_named(name) is None else ""
        if near:
            problems.append(Problem("unknown-table", {"name": name, "nearest": near}, Place(file)))
    return found, problems
