"""The assignment of parts to suppliers if parts compete for capacity: an optimum, not a first come, first served.

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

MAX_TURNS = 50
"""A choice that passes a capacity by less than a solver's tolerance is cut off, and it is solved again, so many times."""


@dataclass(frozen=True, slots=True)
class Option:
    """A part that a capability could make, and what it takes of its capacity, both in one unit.

    `costs`: smaller is better, the first before the second; as many for every option.
    """

    part: Hashable
    resource: Hashable
    taken: Fraction
    capacity: Fraction
    costs: tuple[int, ...]


def assign(options: Sequence[Option]) -> list[int]:
    """Return the indexes of the options chosen.

    Raises:
        MissingExtraError: `extra-missing` without scipy, if there is anything to choose.
    """
    fitting = [index for index, option in enumerate(options) if option.taken <= option.capacity]
    if not fitting:
        return []
    kept = [options[index] for index in fitting]
    objectives = [
        [-1] * len(kept),
        *([each.costs[at] for each in kept] for at in range(len(kept[0].costs))),
        list(range(len(kept))),
    ]
    return [fitting[index] for index in _Programme(kept).solve(objectives)]


class _Programme:
    """The rows of the programme: sum of coefficients x choices, at most a bound."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = options
        self.rows: list[tuple[dict[int, float], float]] = []
        self.users: dict[Hashable, list[int]] = defaultdict(list)
        of_part: dict[Hashable, list[int]] = defaultdict(list)
        for index, option in enumerate(options):
            of_part[option.part].append(index)
            self.users[option.resource].append(index)
        self.rows += [(dict.fromkeys(numbers, 1.0), 1.0) for numbers in of_part.values()]
        for numbers in self.users.values():
            shares = {
                index: float(options[index].taken / options[index].capacity)
                for index in numbers
                if options[index].taken
            }
            self.rows.append((shares, 1.0))

    def solve(self, objectives: Sequence[Sequence[int]]) -> list[int]:
        chosen: list[int] = []
        for costs in objectives:
            chosen = self._within_capacity(costs)
            self.rows.append(
                (
                    {index: float(cost) for index, cost in enumerate(costs) if cost},
                    sum(costs[each] for each in chosen),
                )
            )
        return chosen

    def _within_capacity(self, costs: Sequence[int]) -> list[int]:
        for _ in range(MAX_TURNS):
            chosen = _milp(costs, self.rows)
            over = [held for numbers in self.users.values() if self._passes(held := sorted({*numbers} & {*chosen}))]
            if not over:
                return chosen
            self.rows += [(dict.fromkeys(held, 1.0), len(held) - 1.0) for held in over]
        raise AssertionError("the capacities are within the solver's tolerance of what is taken")

    def _passes(self, numbers: Sequence[int]) -> bool:
        taken = sum((self.options[index].taken for index in numbers), Fraction(0))
        return bool(numbers) and taken > self.options[numbers[0]].capacity


def _milp(costs: Sequence[int], rows: Sequence[tuple[dict[int, float], float]]) -> list[int]:
    """Return the indexes of the variables at one in a minimum; all are 0 or 1.

    HiGHS holds a row to 1e-6 and an integer to 1e-6, so a value above a half is a one; a choice that passes a capacity by less
    than that is found by the caller, exactly, and cut off.
    """
    try:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array
    except ModuleNotFoundError as error:
        raise MissingExtraError.of("matching suppliers within their capacities", "plan") from error
    cells = [(at, index, value) for at, (row, _) in enumerate(rows) for index, value in row.items()]
    at, index, value = zip(*cells, strict=True)
    matrix: Any = coo_array((value, (at, index)), shape=(len(rows), len(costs))).tocsr()
    limits = LinearConstraint(matrix, ub=[bound for _, bound in rows])
    options = {"mip_rel_gap": 0.0}
    found = milp(costs, constraints=limits, bounds=Bounds(0, 1), integrality=[1] * len(costs), options=options)
    assert found.success, found.message  # nothing chosen is always within the capacities
    return [each for each, chosen in enumerate(found.x) if chosen > 0.5]
