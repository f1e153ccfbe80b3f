"""Web pages with tables, and Excel 2003 XML: what SAP and web programs save under the name of a workbook.

Both are read by a parser of HTML, which knows neither entities of its own nor other files, so that none can be smuggled in.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tkdn.bom.tables.records import CellGrid
from tkdn.io.spreadsheet.cells import Area, Cells, Clock, Counter, OpenedFile, Sheet
from tkdn.io.spreadsheet.delimited import decoded
from tkdn.io.spreadsheet.limits import Limits, too_large

_LOOKED_AT = 65_536
_TABLE = re.compile(rb"<\s*(?:table|html)\b", re.IGNORECASE)
_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MOST_SPAN = 1_000
"""Columns or rows that a cell spans at most: more is an attack, or an error."""
_STEP = 65_536
"""Characters after which the clock is looked at."""
_DEEPEST = 50
"""Tables within tables."""


def is_web_page(raw: bytes) -> bool:
    """Return True for bytes that are markup with a table in it.

    >>> is_web_page(b"<html><table>"), is_web_page(b"PK..."), is_web_page(b"a;b")
    (True, False, False)
    """
    start = raw[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and (_TABLE.search(start) is not None or _EXCEL_XML in start)


def open_web_page(raw: bytes, file: str, limits: Limits, encoding: str | None = None) -> OpenedFile:
    """Return the tables of a web page, or the sheets of Excel 2003 XML; numbers stay as text.

    Raises:
        BomError: `encoding`, `file-too-large`.
    """
    said = _CHARSET.search(raw[:_LOOKED_AT])
    stated = encoding or (said[1].decode("ascii").lower() if said else None)
    text, found = decoded(raw, file, stated if stated and _is_known(stated) else None)
    parser = _Tables(file, limits)
    clock = Clock(file, limits)
    for at in range(0, len(text), _STEP):
        parser.feed(text[at : at + _STEP])
        clock.check()  # markup that never closes is looked at again and again
    parser.feed("</table>")  # what is open ends here: `close` would try each sign of open markup anew
    counter = Counter(file, limits)
    sheets = []
    for at, table in enumerate(parser.tables, start=1):
        title = table.title or (f"Table {at}" if len(parser.tables) > 1 else None)
        grid = CellGrid(file, title, list(counter.filled(title, table.rows)))
        sheets.append(Sheet(grid, merged=table.merged))
    return OpenedFile("html", sheets, found)


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True


class _Table:
    """A table while it is read: its rows, where cells that span rows still stand, and the merged areas."""

    def __init__(self, title: str | None = None) -> None:
        self.title = title
        self.rows: list[Cells] = []
        self.merged: list[Area] = []
        self._held: dict[int, int] = {}
        self.text: list[str] | None = None
        self._at = 0

    def begin_row(self) -> None:
        self.text = None
        self.rows.append([])
        self._held = {at: left - 1 for at, left in self._held.items() if left > 1}

    def begin_cell(self, across: int, down: int, index: int | None) -> None:
        """Begin a cell at the next free column, or at the one that is said (from 1)."""
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        while len(row) in self._held or (index is not None and len(row) < index - 1):
            row.append(None)
        at = len(row)
        self.text = []
        row += [None] * across
        if across > 1 or down > 1:
            up = len(self.rows)
            self.merged.append((up, at, up + down - 1, at + across - 1))
        if down > 1:
            self._held |= dict.fromkeys(range(at, at + across), down)
        self._at = at

    def end_cell(self) -> None:
        if self.text is not None:
            self.rows[-1][self._at] = _SPACE.sub(" ", "".join(self.text)).strip() or None
            self.text = None


class _Tables(HTMLParser):
    """Collects the tables of markup; a table within a cell stands for itself."""

    def __init__(self, file: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._file, self._limits = file, limits
        self._sheet: str | None = None
        self._cells = 0
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name, said = tag.rpartition(":")[2], {key.rpartition(":")[2]: value or "" for key, value in attrs}
        if name in ("script", "style"):
            self._skipped += 1
        elif name == "worksheet":
            self._sheet = said.get("name")
        elif name == "table" and len(self._open) < _DEEPEST:
            self._open.append(_Table(self._sheet))
            self.tables.append(self._open[-1])
        elif self._open and name in ("tr", "row"):
            self._open[-1].end_cell()
            self._begin_row(said)
        elif self._open and name in ("td", "th", "cell"):
            self._open[-1].end_cell()
            self._begin_cell(said)
        elif self._open and name in ("br", "p", "div") and self._open[-1].text is not None:
            self._open[-1].text.append(" ")

    def _begin_row(self, said: dict[str, str]) -> None:
        table, index = self._open[-1], _number(said.get("index"), 0)
        if index > self._limits.rows:
            raise too_large(self._file, "rows", "more", most=self._limits.rows)
        while len(table.rows) < index - 1:
            table.begin_row()
        table.begin_row()

    def _begin_cell(self, said: dict[str, str]) -> None:
        across = _number(said.get("colspan"), 1) + _number(said.get("mergeacross"), 0)
        down = _number(said.get("rowspan"), 1) + _number(said.get("mergedown"), 0)
        index = _number(said.get("index"), 0)
        if index > self._limits.columns:
            raise too_large(self._file, "columns", "more", most=self._limits.columns)
        across, down = (min(max(count, 1), _MOST_SPAN) for count in (across, down))
        self._cells += across
        if self._cells > self._limits.cells:
            raise too_large(self._file, "cells", "more", most=self._limits.cells)
        self._open[-1].begin_cell(across, down, index or None)

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("script", "style"):
            self._skipped = max(self._skipped - 1, 0)
        elif self._open and name == "table":
            self._open.pop().end_cell()
        elif self._open and name in ("td", "th", "cell"):
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._skipped and self._open[-1].text is not None:
            self._open[-1].text.append(data)


def _number(text: str | None, default: int) -> int:
    return int(text[:9]) if text and text.isascii() and text.isdigit() else default
