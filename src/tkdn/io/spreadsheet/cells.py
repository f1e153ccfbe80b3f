"""What a spreadsheet or text comes to: sheets of cells, within limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

from tkdn.bom.tables.records import CellGrid
from tkdn.errors import BomError, Place, Problem
from tkdn.io.spreadsheet.limits import Limits, too_large

FileKind = Literal["xlsx", "xlsb", "xls", "ods", "html", "text"]
Cells = list[object]
Area = tuple[int, int, int, int]
_CHECKED_EVERY = 1000
"""Rows after which the clock is looked at."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells, and what a sheet says next to them.

    Attributes:
        grid: The cells.
        hidden: True for a sheet that is not shown.
        outline: Outline level by row.
        indent: Indent by row and position.
        merged: Merged cells by first row, first position, last row, last position.
        hidden_rows: Rows that are hidden or filtered away; None if the kind of file does not tell.
        struck_rows: Rows whose cells are all struck out; None likewise.
    """

    grid: CellGrid
    hidden: bool = False
    outline: Mapping[int, int] = field(default_factory=dict)
    indent: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    merged: Sequence[Area] = ()
    hidden_rows: frozenset[int] | None = None
    struck_rows: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was opened: its kind, its sheets (a text has one), and how a text was taken apart."""

    kind: FileKind
    sheets: Sequence[Sheet]
    encoding: str | None = None
    separator: str | None = None


def malformed(file: str, why: str) -> BomError:
    """That a file is damaged, or not what it seems."""
    return BomError([Problem("file-malformed", {"reason": " ".join(why.split())[:200]}, Place(file), case="workbook")])


class Clock:
    """Stops the opening of a file that takes longer than the limit."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits, self._until = file, limits, monotonic() + limits.seconds

    def check(self) -> None:
        if monotonic() > self._until:
            raise too_long(self.file, self.limits)


def too_long(file: str, limits: Limits) -> BomError:
    """That opening a file passes the limit of time."""
    return too_large(file, "seconds", "seconds", most=limits.seconds)


class Counter:
    """Counts rows and cells as they are read, and stops the reading where they pass a limit."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits, self._cells, self._clock = file, limits, 0, Clock(file, limits)

    def filled(self, sheet: str | None, rows: Iterable[Sequence[object]]) -> Iterable[tuple[int, Sequence[object]]]:
        """The rows with anything in them, numbered from 1."""
        limits, longest = self.limits, self.limits.characters
        for number, cells in enumerate(rows, start=1):
            self._cells += len(cells)
            if len(cells) > limits.columns:
                raise too_large(self.file, "columns", "more", Place(self.file, sheet, number), most=limits.columns)
            if self._cells > limits.cells:
                raise too_large(self.file, "cells", "more", Place(self.file, sheet, number), most=limits.cells)
            if number % _CHECKED_EVERY == 0:
                self._clock.check()
            if any(cell is not None for cell in cells):
                if number > limits.rows:
                    raise too_large(self.file, "rows", "more", Place(self.file, sheet, number), most=limits.rows)
                if any(isinstance(cell, str) and len(cell) > longest for cell in cells):
                    place = Place(self.file, sheet, number)
                    raise too_large(self.file, "characters", "characters", place, most=longest)
                yield number, cells
