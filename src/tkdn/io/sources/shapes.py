"""How far the rows of a list are set in, where no column says their level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tkdn.io.opening.cells import Sheet

_MARKED = re.compile(r"((?:[.>]\s*)*)(.*)", re.DOTALL)


def shape_of(sheet: Sheet, below: Sequence[tuple[int, Sequence[object]]], at: int | None) -> Mapping[int, int]:
    """By row: the outline level, else the indent, else how many points or arrows stand before the part number at a position.

    Marks count only where the first row has none and all others have some: a number may begin with a point.
    """
    if sheet.outline or sheet.indent:
        return sheet.outline or sheet.indent
    if at is None:
        return {}
    texts = {number: cells[at] for number, cells in below if at < len(cells) and isinstance(cells[at], str)}
    depths = {number: len(re.sub(r"\s", "", _apart(str(text))[0])) for number, text in texts.items()}
    first, *others = depths.values() or (0,)
    return depths if others and first == 0 and all(others) else {}


def without_marks(text: str) -> str:
    """A part number without the points or arrows before it.

    >>> without_marks("..TUBE"), without_marks("> > TUBE")
    ('TUBE', 'TUBE')
    """
    return _apart(text)[1]


def _apart(text: str) -> tuple[str, str]:
    found = _MARKED.fullmatch(text.strip())
    return (found[1], found[2]) if found else ("", text)
