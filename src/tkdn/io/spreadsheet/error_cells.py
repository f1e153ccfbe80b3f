"""Cells of .ods and .xlsb that calamine takes for empty: errors, and formulas never calculated. On the way, files that would not
fit into memory are refused."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from tkdn.bom.tables.records import Fault
from tkdn.errors import BomError, Place, Problem
from tkdn.io.spreadsheet.archive import Archive
from tkdn.io.spreadsheet.calamine_worker import ERRORS
from tkdn.io.spreadsheet.cells import Clock, malformed
from tkdn.io.spreadsheet.limits import Limits, too_large

Spoiled = dict[tuple[int, int], str | None]
"""By row and column from 0: the error that a cell shows; None for a formula that was never calculated."""
ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|Err:\d{3}")
NOT_CALCULATED = Fault(
    "formula-not-calculated",
    {},
)
_MAX_ERROR_CELLS = 100_000
_CELLS = ("table:table-cell", "table:covered-table-cell")


def cell_error(shown: object) -> Fault:
    """Stands where a cell shows an error."""
    return Fault("cell-error", {"shown": shown})


def refused(file: str, name: str) -> BomError:
    """Return the error that a file declares a document type, which no bill needs and an attack would use."""
    return BomError([Problem("file-refused", {"name": name}, Place(file))])


def check_ods(archive: Archive, file: str, limits: Limits) -> dict[str, Spoiled]:
    """The spoiled cells by sheet. Refuses a table that repeats its cells to more than memory should hold: it is laid out in full
    when it is read."""
    content = _Content(file, limits)
    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = content.start, content.end
    parser.CharacterDataHandler = content.text
    parser.buffer_text = True
    try:
        parser.Parse(archive.read("content.xml"), True)
    except ExpatError as error:
        raise malformed(file, str(error)) from None
    return content.found


class _Content:
    """What an OpenDocument text says of its tables, element by element."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.found: dict[str, Spoiled] = {}
        self._file, self._limits, self._clock = file, limits, Clock(file, limits)
        self._here: Spoiled = {}
        self._total = self._rows = self._columns = self._widest = self._seen = 0
        self._repeated, self._filled = 1, False
        self._formula: tuple[int, bool, bool] | None = None
        self._shown: list[str] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "table:table-row":
            self._repeated, self._widest, self._filled, self._columns = _count(given, "rows"), 0, False, 0
            self._seen += 1
            if self._seen % 1000 == 0:
                self._clock.check()
        elif name in _CELLS:
            self._columns += _count(given, "columns")
            valued = "office:value-type" in given
            if valued or "table:formula" in given:
                self._widest, self._filled = self._columns, True
                spoils = given.get("calcext:value-type") == "error"
                if spoils or "table:formula" in given:
                    self._formula, self._shown = (_count(given, "columns"), spoils, valued), []
        elif name == "text:p":
            self._widest, self._filled = self._columns, True
            if self._formula:
                self._formula = *self._formula[:2], True
        elif name == "table:table":
            self._here = self.found.setdefault(given.get("table:name", ""), {})

    def text(self, text: str) -> None:
        if self._formula:
            self._shown.append(text)

    def end(self, name: str) -> None:
        if name in _CELLS and self._formula:
            (width, spoils, calculated), shown = self._formula, "".join(self._shown).strip()
            self._formula = None
            if spoils or not calculated or ERROR.fullmatch(shown):
                self._spoil(width, shown[:20] or "of a formula" if calculated else None)
        elif name == "table:table-row":
            self._rows += self._repeated
            if self._filled:
                self._total += self._repeated * self._widest
                self._check_size()
        elif name == "table:table":
            self._rows = 0

    def _spoil(self, width: int, shown: str | None) -> None:
        for row in range(self._rows, self._rows + min(self._repeated, _MAX_ERROR_CELLS)):
            for column in range(self._columns - width, self._columns):
                if len(self._here) < _MAX_ERROR_CELLS:
                    self._here[row, column] = shown

    def _check_size(self) -> None:
        limits = self._limits
        passed = {"rows": self._rows, "columns": self._widest, "cells": self._total}
        for limit, size in passed.items():
            if size > getattr(limits, limit):
                raise too_large(self._file, limit, "repeated", size=size)


def _count(given: dict[str, str], what: str) -> int:
    text = given.get(f"table:number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1


_ROW, _CELL_ERROR, _FORMULA_ERROR, _LAST_CELL, _SHEET = 0, 3, 11, 11, 156
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_GIVEN = re.compile(rb'\b(Id|Target)="([^"]*)"')


def check_xlsb(archive: Archive, file: str, limits: Limits) -> dict[str, Spoiled]:
    """The spoiled cells by sheet. Refuses a sheet whose last cell lies so far out that its area would not fit into memory."""
    titles, found = _sheet_titles(archive, file), {}
    for name in archive.names:
        if re.fullmatch(r"xl/worksheets/[^/]+\.bin", name):
            found[titles.get(name, name)] = _spoiled_in(archive.read(name), name, file, limits)
    return found


def _spoiled_in(data: bytes, name: str, file: str, limits: Limits) -> Spoiled:
    row = last_row = last_column = 0
    clock, spoiled = Clock(file, limits), Spoiled()
    for kind, size, at in _records(data, name, file):
        if kind == _ROW and size >= 4:
            (row,) = struct.unpack_from("<I", data, at) if at + 4 <= len(data) else (row,)
            clock.check()
        elif 1 <= kind <= _LAST_CELL and size >= 4 and at + 4 <= len(data):
            (column,) = struct.unpack_from("<I", data, at)
            last_row, last_column = max(last_row, row), max(last_column, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR) and size > 8 and len(spoiled) < _MAX_ERROR_CELLS:
                spoiled[row, column] = ERRORS.get(data[at + 8] if at + 8 < len(data) else 0, "#?")
    for limit, reached in (("rows", last_row), ("columns", last_column), ("cells", last_row * last_column)):
        if reached >= getattr(limits, limit):
            raise too_large(file, limit, "reach", sheet=name, last_row=last_row + 1, last_column=last_column + 1)
    return spoiled


def _sheet_titles(archive: Archive, file: str) -> dict[str, str]:
    """The titles of sheets by the name of their part."""
    relations: dict[str, str] = {}
    if "xl/_rels/workbook.bin.rels" in archive.names:
        for tag in _RELATION.findall(archive.read("xl/_rels/workbook.bin.rels")):
            given: Any = dict(_GIVEN.findall(tag))
            relations[given.get(b"Id", b"").decode(errors="replace")] = given.get(b"Target", b"").decode(
                errors="replace"
            )
    data, titles = archive.read("xl/workbook.bin"), {}
    for kind, size, at in _records(data, "xl/workbook.bin", file):
        if kind == _SHEET and size > 12:
            relation, rest = _wide_text(data, at + 8)
            target = relations.get(relation, "").removeprefix("/xl/").removeprefix("xl/")
            titles[f"xl/{target}"] = _wide_text(data, rest)[0]
    return titles


def _wide_text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    length = int.from_bytes(data[at : at + 4], "little")
    end = at + 4 + 2 * min(length, len(data))
    return data[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _records(data: bytes, name: str, file: str) -> Iterator[tuple[int, int, int]]:
    """Kind, size and start of each binary record. Raises `BomError` where the last one is cut off."""
    at = 0
    while at < len(data):
        try:
            kind, size, at = _record(data, at)
        except IndexError:
            raise malformed(file, f"{name} ends within a record") from None
        yield kind, size, at
        at += size


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
