"""A second file as a table: opened or taken from data, its headings understood, its values read as people write them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import isnan
from pathlib import Path
from typing import Any

from tkdn.bom.tables.columns import ColumnKind, RecordTable
from tkdn.bom.tables.records import CellGrid, FilledTable
from tkdn.bom.tables.table_reading import table_under
from tkdn.display.frames import rows_of_frame
from tkdn.errors import Place, Problem
from tkdn.io.enrichment.enrichment_columns import ENRICHMENT
from tkdn.io.enrichment.headings import meaning_of, nothing_understood, understand
from tkdn.io.enrichment.single_table import missing_columns, single_grid
from tkdn.io.enrichment.values import as_percent, settle_dates, settle_numbers, settle_words
from tkdn.io.import_report import MappedColumn
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.headings import Heading, heading
from tkdn.io.spreadsheet.dates import Decided
from tkdn.io.spreadsheet.decimals import Mark
from tkdn.textnorm import squeezed

Rows = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class SecondTable:
    """A table that was read: its columns as they were understood, how its days were read, what is wrong."""

    table: FilledTable
    columns: tuple[MappedColumn, ...]
    dates: Decided
    problems: list[Problem]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The headings that are not understood."""
        return tuple(column.heading for column in self.columns if column.key is None)


def read_second(
    source: Any, kind: RecordTable, options: ReadOptions, *, ignore: Collection[str] = (), currency: str = "IDR"
) -> SecondTable:
    """The table in a file or a data frame, or, for an enrichment, in a mapping. `currency`: of the bill.

    Raises `BomError` where the file cannot be opened, `UsageError` for what is no source or a mapping that does not fit.
    """
    grid, own = _grid(source, kind, options), isinstance(source, Mapping)
    found = understand(grid, kind, options, ignore, own=own)
    percents = {at: column.kind is ColumnKind.PERCENT for at, column in found.columns.items()}
    grid = replace(grid, rows=[(number, as_percent(cells, percents)) for number, cells in grid.rows])
    left = (
        {at for at, cell in enumerate(grid.rows[0][1]) if cell is not None and at not in found.columns}
        if grid.rows
        else set()
    )
    grid = replace(
        grid, rows=[(number, _without(cells, left) if at else cells) for at, (number, cells) in enumerate(grid.rows)]
    )
    table, homeless = table_under(kind, grid, found.columns)
    place = Place(grid.file, grid.sheet, grid.rows[0][0] if grid.rows else 1)
    missing = missing_columns(kind, table.headings, place)
    problems = [*found.problems, *missing, *homeless]
    problems += nothing_understood(found, kind, place) if kind.about and not missing else []
    settle_words(table, own=own)
    marks = _marks(source, table, options, found.headings)
    problems += settle_numbers(
        table, options.decimal, marks, currency=options.currency, assumed=currency, headings=found.headings
    )
    dates, wrong = settle_dates(table, options.dates, found.day_first)
    return SecondTable(replace(table, whole=not missing), found.mapped, dates, problems + wrong)


def _marks(
    source: object, table: FilledTable, options: ReadOptions, headings: Mapping[str, Heading]
) -> dict[str, Mark]:
    """The mark of decimals of each column for which it is stated; in a mapping all are written as Python writes them."""
    if isinstance(source, Mapping) and options.decimal is None:
        return dict.fromkeys(table.kind.by_key, "point")
    said = {squeezed(heading): mark for heading, mark in options.decimals.items()}
    return {key: said[text] for key, each in headings.items() if (text := squeezed(each.text)) in said}


def _without(cells: Any, left: Collection[int]) -> list[object]:
    return [None if at in left else cell for at, cell in enumerate(cells)]


def _grid(source: Any, kind: RecordTable, options: ReadOptions) -> CellGrid:
    if isinstance(source, Mapping):
        return _grid_of(source)
    if isinstance(source, str | Path):
        meaning = meaning_of(kind)

        def key_of(text: str) -> str | None:
            stated = {name.strip(): key for name, key in options.columns.items()}
            if text in stated:
                return meaning.stated(stated[text])
            found = meaning.key(heading(text))
            return found and found[1]

        return single_grid(Path(source), kind, options, key_of)
    names, rows = rows_of_frame(source, kind.name)
    return CellGrid(f"frame {kind.name}", None, [(0, names), *enumerate(map(_filled, rows), 1)])


def _filled(cells: list[object]) -> list[object]:
    return [None if _is_empty(cell) else cell for cell in cells]


def _grid_of(rows: Rows) -> CellGrid:
    """A mapping as a table; what is None, blank or not a number (as pandas has it) is an empty cell."""
    records = [_by_key(row) for row in rows.values()]
    headings = list(dict.fromkeys(key for record in records for key in record))
    filled = [
        (number, [id_, *map(record.get, headings)])
        for number, (id_, record) in enumerate(zip(rows, records, strict=True), 1)
    ]
    return CellGrid("the mapping", None, [(0, ["id", *headings]), *filled])


def _by_key(row: Mapping[str, object]) -> dict[str, object]:
    """The filled cells by the key of their column; a heading that is none, or means one that is there already, stays."""
    record: dict[str, object] = {}
    for name, value in row.items():
        column = ENRICHMENT.column(name)
        key = name if column is None or column.key in record else column.key
        if not _is_empty(value):
            record[key] = value
    return record


def _is_empty(value: object) -> bool:
    return (
        value is None or (isinstance(value, str) and not value.strip()) or (isinstance(value, float) and isnan(value))
    )
