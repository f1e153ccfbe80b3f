"""Which uses under a part count on a day: valid, alternatives resolved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tkdn.bom.model import Part, Use

if TYPE_CHECKING:
    from tkdn.bom.graph import BillGraph


def effective(uses: Sequence[Use], under: Sequence[int], day: date) -> list[int]:
    """Return, of the indexes of the uses under one part, those that count on the day.

    An alternative counts only where it is chosen, and then the part that it replaces does not.
    """
    valid: list[int] = []
    alternatives = False
    for index in under:
        use = uses[index]
        if (use.valid_from is None or use.valid_from <= day) and (use.valid_to is None or day <= use.valid_to):
            valid.append(index)
            alternatives = alternatives or use.alternative_to is not None
    if not alternatives:
        return valid
    replaced = {uses[index].alternative_to for index in valid if uses[index].chosen}
    return [
        index
        for index in valid
        if (uses[index].chosen if uses[index].alternative_to else uses[index].part not in replaced)
    ]


def line_parts(graph: BillGraph, parts: Sequence[Part], uses: Sequence[Use], good: int, day: date) -> list[int]:
    """Return the indexes of a good's components on the day, phantoms and in-house stages opened, each once."""
    found, queue = dict[int, None](), [good]
    opened = {good}
    for index in queue:  # grows by what is opened
        for use in effective(uses, graph.uses_of[index], day):
            child = graph.child_of[use]
            part = parts[child]
            if not (part.phantom or part.in_house):
                found[child] = None
            elif child not in opened:
                opened.add(child)
                queue.append(child)
    return list(found)


def reached(graph: BillGraph, uses: Sequence[Use], product: int, day: date) -> list[int]:
    """Return the indices of the parts that a product takes on the day, opened ones too, parents first."""
    found = {product}
    order = []
    for index in graph.order:
        if index in found:
            order.append(index)
            if graph.uses_of[index]:
                found.update(graph.child_of[use] for use in effective(uses, graph.uses_of[index], day))
    return order
