"""Lines of a good with phantoms and in-house stages opened: each opened part is visited once a good, whatever its depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tkdn.bom.exact import Ratio, add
from tkdn.errors import BomError, Place, Problem

MAX_OPENED = 1_000_000
"""Lines that all goods together may take from phantoms and in-house stages. Each costs some 400 bytes in exact work, so that
this many stay below half a gigabyte and a few seconds."""

Lines = dict[int, Ratio]


def opened_amounts(
    direct: Mapping[int, Ratio],
    uses: Sequence[Mapping[int, Ratio]],
    explodes: Sequence[bool],
    rank: Mapping[int, int],
    shorten: Callable[[Ratio], Ratio],
) -> tuple[Lines, Lines, int]:
    """Return what one unit of a good takes: of each bought part or good, of each opened part, and how many lines were opened.

    Args:
        direct: Its uses as they are in the bill.
        uses: Those of every part.
        explodes: Which parts are phantoms or in-house stages.
        rank: Place of each part in an order of parents before their components: an opened part is complete when its turn comes.
        shorten: Applied to every product and sum.
    """
    lines: Lines = dict.fromkeys(_leaves(direct, uses, explodes), (0, 1))
    amounts: Lines = {}
    inside = _opened(direct, uses, explodes)

    def take(into: Lines, part: int, amount: Ratio) -> None:
        held = into.get(part)
        into[part] = shorten(add(held, amount) if held is not None and held[0] else amount)

    for child, amount in direct.items():
        take(amounts if explodes[child] else lines, child, amount)
    count = 0
    for part in sorted(inside, key=rank.__getitem__):
        up, down = amounts[part]
        count += len(uses[part])
        for child, (more, base) in uses[part].items():
            take(amounts if explodes[child] else lines, child, add((0, 1), (up * more, down * base)))
    return lines, amounts, count


def _opened(direct: Mapping[int, Ratio], uses: Sequence[Mapping[int, Ratio]], explodes: Sequence[bool]) -> set[int]:
    """Return the opened parts inside a good."""
    stack = [child for child in direct if explodes[child]]
    found = set(stack)
    while stack:
        for child in uses[stack.pop()]:
            if explodes[child] and child not in found:
                found.add(child)
                stack.append(child)
    return found


def _leaves(direct: Mapping[int, Ratio], uses: Sequence[Mapping[int, Ratio]], explodes: Sequence[bool]) -> list[int]:
    """Return the parts that the lines take, in the order of the bill: what an opened part holds is in its place."""
    found: dict[int, None] = {}
    seen: set[int] = set()
    stack = [iter(direct)]
    while stack:
        for child in stack[-1]:
            if not explodes[child]:
                found[child] = None
            elif child not in seen:
                seen.add(child)
                stack.append(iter(uses[child]))
                break
        else:
            stack.pop()
    return list(found)


def too_many_opened(part: str) -> BomError:
    """Return the error of a bill whose phantoms and in-house stages open into too many lines."""
    return BomError([Problem("opened-too-many", {"limit": MAX_OPENED, "part": part}, Place(), part)])
