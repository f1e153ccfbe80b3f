"""Two lists next to each other in one sheet: their columns are told apart, and which of them is meant is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tkdn.errors import Problem
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.several_lists import ALL
from tkdn.io.questions import Effect, question

_TOLD_BY = frozenset({"quantity", "name", "id", "price", "amount", "unit"})
_LEAST = 2
"""Keys that both lists have, besides their item numbers."""


def blocks_of(found: FoundList) -> list[FoundList]:
    """Return the lists that are next to each other; the one that was found if it is alone."""
    return [_only(found, block) for block in _blocks(found.columns)] or [found]


def one_block(found: FoundList, options: ReadOptions) -> FoundList:
    """Return the list of the columns that are meant; the first one with a question if nobody says which."""
    blocks = _blocks(found.columns)
    if len(blocks) < 2:
        return found
    numbers = [str(at) for at in range(1, len(blocks) + 1)]
    if options.list in numbers:
        return _only(found, blocks[int(options.list) - 1])
    effects = {
        number: Effect("list", {"title": found.headings[block[1]].text, "count": len(found.below)})
        for number, block in zip(numbers, blocks, strict=True)
    }
    titles = tuple(repr(found.headings[block[1]].text) for block in blocks)
    place = found.place(found.row, blocks[1][0])
    problem = Problem("list-ambiguous", {"count": len(blocks), "titles": titles}, place, case="beside")
    asked = question("list", problem, [*numbers, ALL], effects=effects, count=len(blocks))
    first = _only(found, blocks[0])
    return replace(first, questions=(*found.questions, asked))


def _blocks(columns: Mapping[int, str]) -> list[list[int]]:
    """Return the positions of the columns of each list: each begins with an item number, and both count and name something."""
    starts = [at for at, key in sorted(columns.items()) if key == "item_number"]
    if len(starts) < 2 or starts[0] != min(columns):
        return []
    ends = [*starts[1:], max(columns) + 1]
    blocks = [[at for at in sorted(columns) if start <= at < end] for start, end in zip(starts, ends, strict=True)]
    keys = [{columns[at] for at in block} & _TOLD_BY for block in blocks]
    return blocks if all("quantity" in each and len(each) > _LEAST for each in keys) else []


def _only(found: FoundList, block: Sequence[int]) -> FoundList:
    """Return the list of some columns, with its own second name as a name."""
    columns = {at: found.columns[at] for at in block}
    if "name" not in columns.values() and "id" not in columns.values():
        columns = {at: "name" if key == "spec" else key for at, key in columns.items()}
    headings = {at: word for at, word in found.headings.items() if min(block) <= at <= max(block)}
    return replace(found, columns=columns, headings=headings)
