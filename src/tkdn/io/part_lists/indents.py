"""How far the rows of a list are set in, where no column says their level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tkdn.io.spreadsheet.cells import Sheet

_MARKED = re.compile(r"((?:[.>]\s*)*)(.*)", re.DOTALL)


class Shape(NamedTuple):
    """How far each row is set in, by its number, and whether marks before the part number show it."""

    depths: Mapping[int, int]
    marked: bool = False


def shape_of(sheet: Sheet, below: Sequence[tuple[int, Sequence[object]]], places: Sequence[int]) -> Shape:
    """The outline level of each row, else how far its cell at one of the places is set in, by indent or blanks: at the first of
    them where any row is; else how many points or arrows stand there.

    Marks count only where the first row has none and all others have some: a number may begin with a point.
    """
    if sheet.outline:
        return Shape(sheet.outline)
    for at in places:
        depths = {number: _set_in(sheet, number, at, cells[at]) for number, cells in below if at < len(cells)}
        if any(depths.values()):
            return Shape(depths)
    for at in places[:1]:
        texts = {number: cells[at] for number, cells in below if at < len(cells) and isinstance(cells[at], str)}
        depths = {number: len(re.sub(r"\s", "", _apart(str(text))[0])) for number, text in texts.items()}
        first, *others = depths.values() or (0,)
        if others and first == 0 and all(others):
            return Shape(depths, marked=True)
    return Shape({})


def _set_in(sheet: Sheet, row: int, at: int, cell: object) -> int:
    blanks = len(cell) - len(cell.lstrip()) if isinstance(cell, str) and cell[:1].isspace() else 0
    return blanks + (sheet.indent[row].get(at, 0) if row in sheet.indent else 0)


def without_marks(text: str) -> str:
    """A part number without the points or arrows before it.

    >>> without_marks("..TUBE"), without_marks("> > TUBE")
    ('TUBE', 'TUBE')
    """
    return _apart(text)[1]


def _apart(text: str) -> tuple[str, str]:
    found = _MARKED.fullmatch(text.strip())
    return (found[1], found[2]) if found else ("", text)
