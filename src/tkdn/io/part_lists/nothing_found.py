"""A file in which no list was found: what was found, what is missing, and the smallest change that helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tkdn.errors import BomError, Place, Problem
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.headings import heading, key_of
from tkdn.io.questions import OpenQuestions, Question, question
from tkdn.io.spreadsheet.cells import Sheet
from tkdn.textnorm import squeezed

FIRST_ROWS = 60
"""Rows with anything in them that are searched for headings."""
MAX_NAMED = 12
_COUNTS = frozenset({"quantity", "total_quantity"})
_LOOKED_AT = 200


@dataclass(slots=True)
class _Headings:
    """A row that may be headings: what is known of it, and what is not."""

    sheet: Sheet
    row: int
    known: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.known.values())


def nothing_found(sheets: Sequence[Sheet], options: ReadOptions, file: str) -> BomError:
    """Return that no list was found: a question if only one column is missing, else what comes nearest to a list."""
    rows = [each for sheet in sheets for each in _rows(sheet, options)]
    best = max(rows, key=lambda each: len(each.known), default=None)
    if best is not None and options.source is None:
        missing = "id" if best.keys & _COUNTS else "quantity" if "id" in best.keys else None
        if missing is not None and best.unknown:
            return OpenQuestions((), [_which_column(best, missing)])
    values = {
        "kind": options.source,
        "known": tuple(f"{text!r} is {key}" for text, key in islice((best.known if best else {}).items(), MAX_NAMED)),
        "unknown": tuple(map(repr, (best.unknown if best else [])[:MAX_NAMED])),
        "row": best.row if best else None,
    }
    place = Place(file, best.sheet.grid.sheet if best and best.known else None)
    case = "no_list" if best is None or not best.known else "near" if best.unknown else "near_known"
    return BomError([Problem("format-unknown", values, place, case=f"{case}_of_kind" if options.source else case)])


def _rows(sheet: Sheet, options: ReadOptions) -> Iterator[_Headings]:
    stated = {squeezed(name): key for name, key in options.columns.items()}
    rows = sheet.grid.rows
    for at, (row, cells) in enumerate(islice(rows, FIRST_ROWS)):
        found = _Headings(sheet, row)
        for position, cell in enumerate(cells):
            if not isinstance(cell, str) or not cell.strip():
                continue
            word = heading(cell)
            if key := stated.get(squeezed(word.text)) or key_of(word):
                found.known[word.text] = key
            elif any(
                position < len(below) and below[position] is not None for _, below in rows[at + 1 : at + _LOOKED_AT]
            ):
                found.unknown.append(word.text)
        yield found


def _which_column(found: _Headings, key: str) -> Question:
    grid = found.sheet.grid
    place = Place(grid.file, grid.sheet, found.row)
    values = {"headings": tuple(map(repr, found.unknown[:MAX_NAMED])), "key": key}
    problem = Problem("missing-column", values, place, case=f"list_{key}")
    return question("column", problem, found.unknown[:MAX_NAMED], about=key)
