"""Paths through a bill, from the product down to a part, and how much of each part goes along all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tkdn.bom.exact import Ratio

MAX_PATHS = 10

_Path = tuple[int, Any]
"""A part and the path below it, down to the one asked for."""


def paths(parents: Mapping[int, Sequence[int]], index: int, product: int, most: int) -> list[list[int]]:
    """Return up to `most` paths of indexes from the product to the part."""
    found: list[list[int]] = []
    stack: list[_Path] = [(index, None)]
    while stack and len(found) < most:
        path = stack.pop()
        if path[0] == product:
            found.append(list(_steps(path)))
        else:
            stack += [(parent, path) for parent in reversed(parents[path[0]])]
    return found


def _steps(path: _Path | None) -> Iterator[int]:
    while path is not None:
        yield path[0]
        path = path[1]


def quantities(
    order: Sequence[int],
    uses: Sequence[Mapping[int, Ratio]],
    ends: Collection[int],
    total: Callable[[Sequence[Ratio], int], Fraction],
) -> dict[int, Fraction]:
    """Return the gross quantity of every part that is reached without going below the `ends`.

    Args:
        order: Parts, the product first, parents before their components.
        uses: Those of every part.
        ends: Parts that are not opened.
        total: Adds up what comes to a part from all its parents.
    """
    arrived: dict[int, list[Ratio]] = defaultdict(list, {order[0]: [(1, 1)]})
    found = {}
    for index in order:
        if (amounts := arrived.pop(index, None)) is None:
            continue
        found[index] = total(amounts, index)
        if index not in ends:
            top, bottom = found[index].as_integer_ratio()
            for child, (up, down) in uses[index].items():
                arrived[child].append((top * up, bottom * down))
    return found
