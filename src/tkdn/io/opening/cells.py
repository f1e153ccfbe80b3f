"""What a spreadsheet or text comes to: sheets of cells, within limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tkdn.errors import BomError, Place, Problem
from tkdn.io.own.tables import Grid

Kind = Literal["xlsx", "xlsb", "xls", "ods", "text"]
Cells = list[object]
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most, so that no file takes all memory: bytes of the file, bytes that it unpacks to, rows and columns of a
    sheet, and cells of all sheets, empty ones between filled ones counted. An .xls, .xlsb or .ods is read by a process of its
    own, which takes at most so much memory, in bytes, and so many seconds."""

    file_bytes: int = 256 * 2**20
    unpacked_bytes: int = 512 * 2**20
    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 20_000_000
    memory: int = 2 * 2**30
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells, and what a sheet says beside them: whether it is hidden; outline level and indent by row, cells that are merged by
    first row, first position, last row, last position."""

    grid: Grid
    hidden: bool = False
    outline: Mapping[int, int] = field(default_factory=dict)
    indent: Mapping[int, int] = field(default_factory=dict)
    merged: Sequence[Area] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened: its kind, its sheets (a text has one), and how a text was taken apart."""

    kind: Kind
    sheets: Sequence[Sheet]
    encoding: str | None = None
    separator: str | None = None


def too_large(file: str, message: str, sheet: str | None = None) -> BomError:
    """That a file passes a limit."""
    remedy = "split it, or take out what is not the bill"
    return BomError([Problem("file-too-large", message, remedy, Place(file, sheet))])


def malformed(file: str, why: str) -> BomError:
    """That a file is damaged, or not what it seems."""
    message = f"not an Excel workbook that can be read ({why})"
    return BomError([Problem("file-malformed", message, "save it as .xlsx, without a password", Place(file))])


class Counter:
    """Counts rows and cells as they are read, and stops the reading where they pass a limit."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits, self._cells = file, limits, 0

    def filled(self, sheet: str | None, rows: Iterable[Sequence[object]]) -> Iterable[tuple[int, Sequence[object]]]:
        """The rows with anything in them, numbered from 1."""
        for number, cells in enumerate(rows, start=1):
            self._cells += len(cells)
            if len(cells) > self.limits.columns:
                raise too_large(self.file, f"more than {self.limits.columns:,} columns", sheet)
            if self._cells > self.limits.cells:
                raise too_large(self.file, f"more than {self.limits.cells:,} cells", sheet)
            if any(cell is not None for cell in cells):
                if number > self.limits.rows:
                    raise too_large(self.file, f"more than {self.limits.rows:,} rows", sheet)
                yield number, cells
