"""Text with separated cells: its encoding and its separator are found, and said."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter as Tally
from collections.abc import Sequence
from itertools import islice
from typing import Literal

from tkdn.bom.tables.records import CellGrid
from tkdn.errors import BomError, Place, Problem, UsageError
from tkdn.io.spreadsheet.cells import Counter, OpenedFile, Sheet
from tkdn.io.spreadsheet.limits import Limits, too_large
from tkdn.textnorm import FORMULA_STARTS, unescaped

SEPARATORS = {";": "semicolon", "\t": "tab", "|": "bar", ",": "comma"}
_UNQUOTED = "\t|"
"""Between these, programs write quotes as they stand in a text: 1/2" is half an inch."""
_NAMED = {name: mark for mark, name in SEPARATORS.items()} | {"\\t": "\t"}
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_FIRST_LINES = 200
_QUOTING: tuple[Literal[0], Literal[3]] = (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def open_text(
    raw: bytes, file: str, limits: Limits, encoding: str | None = None, separator: str | None = None
) -> OpenedFile:
    """The cells of a text. Raises `BomError`: `encoding`, `file-malformed`, `format-unknown`, `file-too-large`."""
    text, encoding = decoded(raw, file, encoding)
    if _BINARY.search(text):
        raise BomError([Problem("format-unknown", {}, Place(file), case="binary")])
    csv.field_size_limit(max(csv.field_size_limit(), limits.characters))
    said = _SAID.match(text)
    skipped = said.end() if said else 0
    mark = _mark(separator) or (said and said[1]) or found_separator(text)
    filled = delimited_rows(text[skipped:], mark, file, limits, before=1 if said else 0)
    return OpenedFile("text", [Sheet(CellGrid(file, None, filled))], encoding, SEPARATORS.get(mark, mark))


def delimited_rows(
    text: str, mark: str, file: str, limits: Limits, before: int = 0
) -> list[tuple[int, Sequence[object]]]:
    """The filled rows of a text with separated cells, numbered after the lines `before` it. Between tabs and bars, quotes that
    do not close are text.

    Raises `BomError`: `file-malformed` where quotes do not match, `file-too-large`.
    """
    csv.field_size_limit(max(csv.field_size_limit(), limits.characters))
    counter, quotings = Counter(file, limits), _QUOTING if mark in _UNQUOTED else _QUOTING[:1]
    for quoting in quotings:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True, quoting=quoting)
        rows = ([unescaped(cell, FORMULA_STARTS) for cell in cells] for cells in reader)
        try:
            return [(number + before, cells) for number, cells in counter.filled(None, rows)]
        except csv.Error as error:
            why, row = str(error), reader.line_num + before
    if "field limit" in why:
        raise too_large(file, "characters", "open_quote", Place(file, row=row), most=limits.characters)
    place = Place(file, row=row)
    raise BomError([Problem("file-malformed", {"reason": why}, place, case="csv")])


_HIGH = re.compile(rb"[\x80-\xff]+")
_LOOKED_AT = 100_000
"""Bytes that are looked at for the encoding."""


def decoded(raw: bytes, file: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of bytes, and its encoding: as stated, as its first bytes say, else UTF-8, else GB 18030 or Windows-1252."""
    if encoding is not None:
        try:
            codecs.lookup(encoding)
            text = raw.decode(encoding)
        except LookupError:
            problem = Problem("option-invalid", {"encoding": encoding}, case="encoding")
            raise UsageError([problem]) from None
        except UnicodeError as error:
            raise _undecodable(raw, file, encoding, error) from None
        return text.removeprefix("\ufeff"), encoding
    marked = next(((mark, name) for mark, name in _MARKS.items() if raw.startswith(mark)), None)
    zeros = raw[:1000].count(0)
    if marked:
        names: Sequence[str] = (marked[1],)
    elif zeros * 3 > len(raw[:1000]) > 0:
        names = ("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be",)
    else:
        names = ("utf-8", *(("gb18030",) if _looks_chinese(raw) else ()), "windows-1252")
    for name in names:
        try:
            return raw.decode(name).removeprefix("\ufeff"), name
        except UnicodeError as error:
            wrong = name, error
    raise _undecodable(raw, file, *wrong)


def _looks_chinese(raw: bytes) -> bool:
    """Return True if bytes above ASCII come in pairs, two characters in a row or more: no word of Latin letters has that."""
    runs = [len(run) for run in _HIGH.findall(raw[:_LOOKED_AT])]
    return any(run >= 4 for run in runs) and 10 * sum(run % 2 == 0 for run in runs) >= 9 * len(runs)


def _undecodable(raw: bytes, file: str, encoding: str, error: UnicodeError) -> BomError:
    start = getattr(error, "start", 0)
    place = Place(file, row=raw.count(b"\n", 0, start) + 1)
    return BomError([Problem("encoding", {"encoding": encoding.upper(), "start": start}, place, case="table")])


def _mark(separator: str | None) -> str | None:
    if separator is None:
        return None
    mark = _NAMED.get(separator, separator)
    if len(mark) != 1 or mark in '"\r\n':
        raise UsageError(
            [Problem("option-invalid", {"separator": separator, "known": tuple(SEPARATORS.values())}, case="separator")]
        )
    return mark


def found_separator(text: str) -> str:
    """The mark that parts most lines into equally many cells.

    >>> found_separator("a;b;c\\n1,5;2,5;3\\n")
    ';'
    """
    best, most = ",", 0
    for mark in SEPARATORS:
        try:
            widths = _widths(text, mark, csv.QUOTE_MINIMAL)
        except csv.Error:
            if mark not in _UNQUOTED:
                continue
            try:
                widths = _widths(text, mark, csv.QUOTE_NONE)
            except csv.Error:
                continue
        score = max(((width - 1) * count for width, count in widths.items()), default=0)
        if score > most:
            best, most = mark, score
    return best


def _widths(text: str, mark: str, quoting: Literal[0, 3]) -> Tally[int]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True, quoting=quoting)
    return Tally(len(cells) for cells in islice(lines, _FIRST_LINES) if cells)
