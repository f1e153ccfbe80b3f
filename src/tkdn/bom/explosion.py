"""The bill exploded: indented, row by row, or flattened to total quantities."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tkdn.bom.day import BillOnDay
from tkdn.errors import Problem, UsageError
from tkdn.short_repr import brief

MAX_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class ExplosionRow:
    """One row of an indented bill: `quantity` gross per unit of the parent, `total` gross per unit of the product."""

    level: int
    part: str
    quantity: Fraction
    total: Fraction
    unit: str
    path: tuple[str, ...]

    __repr__ = brief


def explode(day: BillOnDay, *, most: int = MAX_ROWS) -> list[ExplosionRow]:
    """The indented bill of one unit of the product, parents before their components, in the order of the uses.

    Raises `UsageError` (`explosion-too-large`) where it would have more than `most` rows: a bill of diamonds grows with every
    path through it. The rows are counted beforehand, without walking the paths.
    """
    rows = sum(day.path_counts.values())
    if rows > most:
        raise UsageError([Problem("explosion-too-large", {"rows": rows, "limit": most})])
    parts, found = day.parts, []
    stack: list[tuple[int, Fraction, Fraction, tuple[str, ...]]] = [(day.product, Fraction(1), Fraction(1), ())]
    while stack:
        index, quantity, total, above = stack.pop()
        part = parts[index]
        path = (*above, part.id)
        found.append(ExplosionRow(len(above), part.id, quantity, total, part.unit, path))
        lines = [(child, Fraction(*ratio)) for child, ratio in day.uses[index].items()]
        stack.extend((child, each, total * each, path) for child, each in reversed(lines))
    return found


def totals(day: BillOnDay) -> dict[str, Fraction]:
    """Gross quantity of every part in one unit of the product, over all paths, in the part's unit; the product first."""
    return {day.parts[index].id: day.quantities[index] for index in day.order}


def unit_costs(day: BillOnDay) -> dict[str, Fraction | None]:
    """Cost roll-up: rupiah for one unit of every part: its stated price, else its lines plus conversion; None where unknown."""
    return {day.parts[index].id: day.cost(index) for index in day.order if not day.explodes[index]}
