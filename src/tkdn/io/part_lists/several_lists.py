"""Several lists below each other in one sheet: which of them is meant is asked.

A title, the headings again and numbers that start again begin another list. A title and headings alone are a section of the
same list, headings alone a repeat of a printed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tkdn.errors import Problem, UsageError
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.detect import FoundList, lists_below
from tkdn.io.questions import Effect, question

ALL = "all"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One of several lists: its title, and the positions of its rows below the first headings."""

    title: str
    first: int
    end: int


def one_list(found: FoundList, options: ReadOptions) -> FoundList:
    """Return the list that is meant; the first one with a question if there are several, and nobody says which.

    Raises:
        UsageError: `option-invalid` for a list that there is not.
    """
    others = with_other_columns(found, options)
    if len(others) > 1:
        return _which_of(others, options)
    pieces = _pieces(found)
    if len(pieces) < 2 or options.list == ALL:
        return found
    numbers = [str(at) for at in range(1, len(pieces) + 1)]
    if options.list is None:
        effects = {
            number: Effect("list", {"title": piece.title, "count": piece.end - piece.first})
            for number, piece in zip(numbers, pieces, strict=True)
        }
        titles = tuple(repr(piece.title) for piece in pieces if piece.title)
        place = found.place(found.below[pieces[1].first][0])
        problem = Problem("list-ambiguous", {"count": len(pieces), "titles": titles}, place)
        asked = question("list", problem, [*numbers, ALL], effects=effects, count=len(pieces))
        first = replace(found, span=(pieces[0].first, pieces[0].end))
        return replace(first, questions=(*found.questions, asked))
    if options.list not in numbers:
        values = {"key": "list", "value": options.list, "known": (*numbers, ALL)}
        raise UsageError([Problem("option-invalid", values, case="reading_choice")])
    piece = pieces[int(options.list) - 1]
    return replace(found, span=(piece.first, piece.end))


def with_other_columns(found: FoundList, options: ReadOptions) -> list[FoundList]:
    """Return the list and those below it whose columns are others, each up to the next one."""
    lists = [found, *lists_below(found, options)]
    ends = [after.first - each.start - 1 for each, after in pairwise(lists)]
    return [*(replace(each, span=(0, end)) for each, end in zip(lists, ends, strict=False)), lists[-1]]


def _which_of(parts: Sequence[FoundList], options: ReadOptions) -> FoundList:
    """Return one of several lists whose columns are others; the first with a question if nobody says which."""
    numbers = [str(at) for at in range(1, len(parts) + 1)]
    if options.list in numbers:
        return parts[int(options.list) - 1]
    titles = [_title_above(each) for each in parts]
    effects = {
        number: Effect("list", {"title": title, "count": len(each.below)})
        for number, title, each in zip(numbers, titles, parts, strict=True)
    }
    values = {"count": len(parts), "titles": tuple(repr(title) for title in titles if title)}
    problem = Problem("list-ambiguous", values, parts[1].place(parts[1].row), case="columns")
    asked = question("list", problem, [*numbers, ALL], effects=effects, count=len(parts))
    return replace(parts[0], questions=(*parts[0].questions, asked))


def _pieces(found: FoundList) -> list[_Piece]:
    """Return the lists in reading order; one if there is only the list that was found."""
    item = next((at for at, key in found.columns.items() if key == "item_number"), None)
    if item is None:
        return []
    below = found.below
    title = _title_above(found)
    first_number = next((str(cells[item]) for _, cells in below if item < len(cells) and cells[item] is not None), None)
    pieces: list[_Piece] = []
    first = 0
    for at, (_, cells) in enumerate(below):
        if not _are_headings(found, cells) or at + 1 >= len(below):
            continue
        above = _alone(below[at - 1][1]) if at else None
        following = below[at + 1][1]
        starts_again = item < len(following) and str(following[item]) == first_number
        if above and starts_again and at > 1:
            pieces.append(_Piece(title, first, at - 1))
            title, first = above, at + 1
    return [*pieces, _Piece(title, first, len(below))] if pieces else []


def _are_headings(found: FoundList, cells: Sequence[object]) -> bool:
    said = [(word.text, cells[at]) for at, word in found.headings.items() if at < len(cells) and cells[at] is not None]
    return len(said) > 1 and all(isinstance(cell, str) and cell.strip() == text for text, cell in said)


def _alone(cells: Sequence[object]) -> str | None:
    """Return the text of a row that holds only one."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    return filled[0].strip() if len(filled) == 1 and isinstance(filled[0], str) else None


def _title_above(found: FoundList) -> str:
    above = found.above
    return (_alone(above[-1][1]) if above else None) or ""
