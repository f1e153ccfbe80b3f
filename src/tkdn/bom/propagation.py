"""The one way up the bill: from the parts that a change touches to those that use them, as far as anything moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import heapify, heappop, heappush


def propagate(
    indices: Iterable[int],
    rank: Mapping[int, int],
    above: Callable[[int], Iterable[int]],
    moves: Callable[[int], bool],
) -> set[int]:
    """Carry a change upwards, components before what uses them, and return the parts that were visited.

    Args:
        indices: Parts that the change touches.
        rank: Place of each part in an order with parents before their components.
        above: Gives the parts that use a part.
        moves: Computes a part again; True if what uses it must follow.

    >>> def above(part: int) -> list[int]:
    ...     return {3: [1, 2], 2: [0], 1: [0]}.get(part, [])
    >>> sorted(propagate([3], {part: part for part in range(4)}, above, lambda part: part != 2))
    [0, 1, 2, 3]
    >>> sorted(propagate([2], {part: part for part in range(4)}, above, lambda part: False))
    [2]
    """
    queue = [(-rank[index], index) for index in indices]
    heapify(queue)
    seen = {index for _, index in queue}
    while queue:
        _, index = heappop(queue)
        if moves(index):
            for parent in above(index):
                if parent not in seen:
                    seen.add(parent)
                    heappush(queue, (-rank[parent], parent))
    return seen
