"""Which supplier makes which part, where parts compete for capacity: an optimum, not a first come, first served.

A part goes to one supplier or to none (its quantity is not split), and takes its yearly quantity of that supplier's capacity in
the process. Among all choices within the capacities: most parts placed; then what costs least by the first of the options' costs,
by the second, and so on; then, so that the answer is one, what comes first in the order of the options. Each of these is a
mixed-integer programme, solved by HiGHS to proven optimality under the optima of those before it; what it returns is checked
against the capacities exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tkdn.errors import MissingExtraError

MOST_TURNS = 50
"""A choice that passes a capacity by less than a solver's tolerance is cut off, and it is solved again, so many times."""


@dataclass(frozen=True, slots=True)
class Option:
    """A part that a capability could make: what it takes of that capacity; `costs`: smaller is better, the
    first before the second; as many for every option."""

    part: Hashable
    resource: Hashable
    taken: Fraction
    capacity: Fraction
    costs: tuple[int, ...]


def assign(options: Sequence[Option]) -> list[int]:
    """Return the numbers of the options chosen. Raises `MissingExtraError` without scipy, if there is anything to choose."""
    fitting = [number for number, option in enumerate(options) if option.taken <= option.capacity]
    if not fitting:
        return []
    kept = [options[number] for number in fitting]
    objectives = [
        [-1] * len(kept),
        *([each.costs[at] for each in kept] for at in range(len(kept[0].costs))),
        list(range(len(kept))),
    ]
    return [fitting[number] for number in _Programme(kept).solve(objectives)]


class _Programme:
    """The rows of the programme: sum of coefficients x choices, at most a bound."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = options
        self.rows: list[tuple[dict[int, float], float]] = []
        self.users: dict[Hashable, list[int]] = defaultdict(list)
        of_part: dict[Hashable, list[int]] = defaultdict(list)
        for number, option in enumerate(options):
            of_part[option.part].append(number)
            self.users[option.resource].append(number)
        self.rows += [(dict.fromkeys(numbers, 1.0), 1.0) for numbers in of_part.values()]
        for numbers in self.users.values():
            shares = {
                number: float(options[number].taken / options[number].capacity)
                for number in numbers
                if options[number].taken
            }
            self.rows.append((shares, 1.0))

    def solve(self, objectives: Sequence[Sequence[int]]) -> list[int]:
        chosen: list[int] = []
        for costs in objectives:
            chosen = self._within_capacity(costs)
            self.rows.append(
                (
                    {number: float(cost) for number, cost in enumerate(costs) if cost},
                    sum(costs[each] for each in chosen),
                )
            )
        return chosen

    def _within_capacity(self, costs: Sequence[int]) -> list[int]:
        for _ in range(MOST_TURNS):
            chosen = _milp(costs, self.rows)
            over = [held for numbers in self.users.values() if self._passes(held := sorted({*numbers} & {*chosen}))]
            if not over:
                return chosen
            self.rows += [(dict.fromkeys(held, 1.0), len(held) - 1.0) for held in over]
        raise AssertionError("the capacities cannot be told apart from the solver's tolerance")

    def _passes(self, numbers: Sequence[int]) -> bool:
        taken = sum((self.options[number].taken for number in numbers), Fraction(0))
        return bool(numbers) and taken > self.options[numbers[0]].capacity


def _milp(costs: Sequence[int], rows: Sequence[tuple[dict[int, float], float]]) -> list[int]:
    """Return the numbers of the variables at one in a minimum; all are 0 or 1."""
    try:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array
    except ModuleNotFoundError as error:
        raise MissingExtraError.of("matching suppliers within their capacities", "plan") from error
    cells = [(at, number, value) for at, (row, _) in enumerate(rows) for number, value in row.items()]
    at, number, value = zip(*cells, strict=True)
    matrix: Any = coo_array((value, (at, number)), shape=(len(rows), len(costs))).tocsr()
    limits = LinearConstraint(matrix, ub=[bound for _, bound in rows])
    options = {"mip_rel_gap": 0.0}
    found = milp(costs, constraints=limits, bounds=Bounds(0, 1), integrality=[1] * len(costs), options=options)
    assert found.success, found.message  # nothing chosen is always within the capacities
    return [each for each, chosen in enumerate(found.x) if chosen > 0.5]
