"""Headings over several rows: one that spans several columns stands above theirs, as "Harga" above "Satuan" and "Jumlah"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from tkdn.io.part_lists.headings import Heading, heading, key_below, key_of
from tkdn.io.spreadsheet.cells import Sheet

Headings = dict[int, Heading]
DEEPEST = 3
"""Rows that headings stand in, at most."""


def headings_at(sheet: Sheet, start: int) -> tuple[Headings, int]:
    """The headings that begin in the row at a position, and the position of their last row.

    A row below belongs to them where it makes more columns known than either row does alone.
    """
    rows = sheet.grid.rows
    words, last = _words(rows[start][1]), start
    if _is_title(sheet, rows[start][0], words):
        return words, last
    for position, (_, cells) in enumerate(islice(rows, start + 1, start + DEEPEST), start + 1):
        below = _below(cells, words)
        joined = _stacked(sheet, rows[last][0], words, below)
        if joined is not None and _says_more(joined, words, below):
            words, last = joined, position
        elif below and _holds_down(sheet, rows[start][0], rows[position][0]):
            words, last = _cases(sheet, rows[last][0], words, below), position
        else:
            break
    return words, last


def _holds_down(sheet: Sheet, first: int, row: int) -> bool:
    """Return True if several headings are merged from the first row of headings down to this row."""
    return sum(up == first and down >= row > up for up, _, down, _ in sheet.merged) > 1


def _cases(sheet: Sheet, row: int, above: Headings, below: Headings) -> Headings:
    """Return headings with what is below them as cases of the same: prices of three quantities are three columns of prices."""
    joined = dict(above)
    for at, own in below.items():
        group = above.get(at) or _spanning(sheet, row, above, at)
        joined[at] = own if group is None else replace(group, text=f"{group.text} / {own.text}")
    return dict(sorted(joined.items()))


def _is_title(sheet: Sheet, row: int, words: Headings) -> bool:
    """Return True for one text at the left that spans no columns by a merged cell: it names the list, no group of columns."""
    spans = any(up <= row <= down and right > left for up, left, down, right in sheet.merged)
    return len(words) == 1 and min(words) == 0 and not spans


def _words(cells: Sequence[object]) -> Headings:
    return {at: heading(cell) for at, cell in enumerate(cells) if isinstance(cell, str) and cell.strip()}


def _below(cells: Sequence[object], above: Headings) -> Headings | None:
    """The headings in a row below others, None where it holds a number that is not that of a level."""
    found = _words(cells)
    for at, cell in enumerate(cells):
        if cell is None or isinstance(cell, str):
            continue
        group = above.get(max((left for left in above if left <= at), default=-1))
        if not (isinstance(cell, int | float) and group and key_of(group) == "level" and cell % 1 == 0):
            return None
        found[at] = heading(str(int(cell)))
    return found


def _stacked(sheet: Sheet, row: int, above: Headings, below: Headings | None) -> Headings | None:
    """Both rows as one; None where what stands below a heading of one column is no heading."""
    if not below:
        return None
    joined = dict(above)
    for at, own in below.items():
        group = above.get(at) or _spanning(sheet, row, above, at)
        joined[at] = own if group is None else _join(group, own)
        if at in above and key_of(joined[at]) is None:
            return None
    return dict(sorted(joined.items()))


def _spanning(sheet: Sheet, row: int, above: Headings, at: int) -> Heading | None:
    """The heading that spans the column: by its merged cells, else the nearest to the left."""
    left = max((other for other in above if other < at), default=None)
    areas = [area for area in sheet.merged if area[0] <= row <= area[2]]
    if left is None or (areas and not any(area[1] <= left and at <= area[3] for area in areas)):
        return None
    return above[left]


def _join(group: Heading, own: Heading) -> Heading:
    """A heading below another: both words together, else what it means below the other, else what it means alone."""
    both = Heading(f"{group.text} / {own.text}", group.words + own.words)
    key = key_of(both) or key_below(key_of(group), key_of(own)) or key_of(own)
    return replace(
        both,
        key=key,
        currency=own.currency or group.currency,
        scale=own.scale if own.scale != 1 else group.scale,
        per=own.per or group.per,
    )


def _says_more(joined: Headings, above: Headings, below: Headings | None) -> bool:
    both, upper, lower = (_known(words) for words in (joined, above, below or {}))
    more_than_lower = len(set(both.values())) > len(set(lower.values())) or any(both[at] != lower[at] for at in lower)
    return len(set(both.values())) > len(set(upper.values())) and more_than_lower


def _known(words: Mapping[int, Heading]) -> dict[int, str]:
    return {at: key for at, word in words.items() if (key := key_of(word))}
