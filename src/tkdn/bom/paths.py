"""Paths through a bill, from the product down to a part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MOST_PATHS = 10

_Path = tuple[int, Any]
"""A part and the path below it, down to the one asked for."""


def paths(parents: Mapping[int, Sequence[int]], number: int, product: int, most: int) -> list[list[int]]:
    """Return up to `most` paths of part numbers from the product to the part."""
    found: list[list[int]] = []
    stack: list[_Path] = [(number, None)]
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
