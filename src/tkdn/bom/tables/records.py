"""Records of tables: cells as a file has them, rows of a table that was read, and what stands for a cell that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tkdn.bom.tables.columns import RecordTable
from tkdn.errors import Place, Problem

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Stands where a cell cannot be read. No field takes it, so that its record counts as unsound in all further checks."""

    code: str
    values: Mapping[str, object]
    case: str = ""

    def __hash__(self) -> int:
        return hash((self.code, self.case))

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.problem(Place()).message

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self.problem(Place()).remedy

    def problem(self, place: Place) -> Problem:
        """Return the problem with the cell at a place."""
        return Problem(self.code, self.values, place, case=self.case)


TOLD = Fault("", {})
"""Stands where a cell is, or would be, of which the problem is told already."""


class Percentage(float):
    """A number that its sheet shows as a percentage: 0.78 as 78%."""


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Cells as a file holds them: rows with their number as a person sees it; None is an empty cell."""

    file: str
    sheet: str | None
    rows: Sequence[tuple[int, Sequence[object]]]


@dataclass(frozen=True, slots=True)
class TableRow:
    """The filled cells of a row by column key; `elsewhere` has the row of those that were taken from another one."""

    number: int
    cells: Values
    elsewhere: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A record table that was read, with its headings as they stand in the file; `whole` where no needed column is missing."""

    kind: RecordTable
    file: str
    sheet: str | None
    headings: dict[str, str]
    rows: list[TableRow]
    whole: bool = True

    def place(self, row: TableRow, key: str | None = None) -> Place:
        """The place of a row, or of its cell in a column."""
        number = row.number if key is None else row.elsewhere.get(key, row.number)
        return Place(self.file, self.sheet, number, key and self.headings.get(key, key))

    def problem(self, row: TableRow, key: str, code: str, values: Mapping[str, object], *, case: str = "") -> Problem:
        """Return a problem with a cell, naming the part that its row is about."""
        part = row.cells.get(self.kind.about or "")
        return Problem(code, values, self.place(row, key), part if isinstance(part, str) else None, case)

    def report(self) -> list[Problem]:
        """The cells that cannot be read, each reported once."""
        problems = []
        for row in self.rows:
            for key, value in row.cells.items():
                if isinstance(value, Fault) and value is not TOLD:
                    problems.append(self.problem(row, key, value.code, value.values, case=value.case))
                    row.cells[key] = TOLD
        return problems

    def mark_missing(self) -> None:
        """Put a fault where a cell is empty that its record needs."""
        for column in self.kind.columns:
            if column.needed:
                siblings = {other.key for other in self.kind.columns if other.path[:-1] == column.path[:-1]}
                fault = Fault("missing-key", {"column": column.key}, case="cell")
                if column.of_row and column.key not in self.headings:
                    fault = TOLD
                for row in self.rows:
                    if column.key not in row.cells and (column.of_row or siblings & row.cells.keys()):
                        row.cells[column.key] = fault
