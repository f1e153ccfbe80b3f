"""Choosing measures by mixed-integer programming: HiGHS, through scipy. What it finds is a candidate, never the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tkdn.errors import MissingExtraError
from tkdn.planning.checks import Relations
from tkdn.planning.effects import Sum
from tkdn.planning.interactions import MeasureSet

SCALE = 10_000
"""The largest coefficient of each row. HiGHS holds rows to a millionth, so a row is held to 1e-10 of its largest figure."""
SLACK = 1e-6
"""Rows are held with so much room, that a set which meets a limit exactly is not lost to rounding.

Every coefficient of a row is at most `SCALE` = 1e4 in size and rounded to a float, so wrong by at most
2^-53 x 1e4 = 1.2e-12; a row of up to 1e4 sets is wrong by at most 1.2e-8 in all, and HiGHS holds rows to 1e-6 itself. A set that
gets in by this room and misses the exact limit is found out by the full assessment, and cut off.
"""
TIME_LIMIT = 20.0
"""Seconds for one search."""


def product(first: Sum, second: Sum) -> Sum:
    """Return the product of two sums: a measure taken twice is taken once."""
    found: dict[MeasureSet, Fraction] = {}
    for chosen, value in first.items():
        for other, factor in second.items():
            both = chosen | other
            found[both] = found.get(both, Fraction(0)) + value * factor
    return found


def combined(*weighted: tuple[Fraction, Sum]) -> Sum:
    """Return a weighted sum of sums."""
    found: dict[MeasureSet, Fraction] = {}
    for weight, each in weighted:
        for chosen, value in each.items():
            found[chosen] = found.get(chosen, Fraction(0)) + weight * value
    return found


def value_of(each: Sum, chosen: MeasureSet) -> Fraction:
    """Return the value of a sum with some measures taken."""
    return sum((value for part, value in each.items() if part <= chosen), Fraction(0))


class Solver:
    """The search of sets of measures that hold their exclusions and prerequisites; `barred` measures are never taken."""

    def __init__(self, relations: Relations, count: int, barred: MeasureSet) -> None:
        """Begin a search among `count` measures; raises `MissingExtraError` without scipy."""
        try:
            import scipy.optimize
        except ModuleNotFoundError:
            raise MissingExtraError.of("a plan", "plan") from None
        self.scipy: Any = scipy
        self.relations, self.count, self.barred = relations, count, barred
        self.cuts: list[MeasureSet] = []
        self.cut_short = False

    def cut(self, chosen: MeasureSet) -> None:
        """Cut off a set, so that it is not found again."""
        self.cuts.append(chosen)

    def least(self, aim: Sum, limits: Iterable[Sum]) -> MeasureSet | None:
        """Return the set with the least `aim` with every sum of `limits` at least zero; None if there is none."""
        limits = list(limits)
        columns = _Columns(self.relations, self.count)
        rows = [columns.row(limit) for limit in limits]
        objective, _ = columns.row(aim)
        matrix = columns.links()
        matrix += [(_scaled(row), _lowest(row, constant), None) for row, constant in rows]
        for pair in self.relations.barred:
            matrix.append((dict.fromkeys(pair, 1.0), None, 1.0))
        for index, needs in enumerate(self.relations.needs):
            matrix += [({index: 1.0, need: -1.0}, None, 0.0) for need in needs]
        for chosen in self.cuts:
            signs = {index: -1.0 if index in chosen else 1.0 for index in range(self.count)}
            matrix.append((signs, 1.0 - len(chosen), None))
        return self._run(_scaled(objective), matrix, len(columns.index))

    def _run(self, objective: Mapping[int, float], matrix: Sequence[_Row], size: int) -> MeasureSet | None:
        optimize, sparse = self.scipy.optimize, self.scipy.sparse
        infinity = float("inf")
        upper = [0.0 if index in self.barred else 1.0 for index in range(size)]
        if not self.count:
            feasible = all((low is None or low <= 0) and (high is None or high >= 0) for _, low, high in matrix)
            return frozenset() if feasible else None
        places = [(at, column, value) for at, (row, _, _) in enumerate(matrix) for column, value in row.items()]
        constraints = []
        if matrix:
            held = sparse.coo_array(
                ([value for _, _, value in places], ([at for at, _, _ in places], [at for _, at, _ in places])),
                shape=(len(matrix), size),
            )
            lows = [-infinity if low is None else low for _, low, _ in matrix]
            highs = [infinity if high is None else high for _, _, high in matrix]
            constraints.append(optimize.LinearConstraint(held.tocsr(), lows, highs))
        result = optimize.milp(
            [objective.get(column, 0.0) for column in range(size)],
            integrality=[1 if column < self.count else 0 for column in range(size)],
            bounds=optimize.Bounds([0.0] * size, upper),
            constraints=constraints,
            options={"mip_rel_gap": 0.0, "time_limit": TIME_LIMIT},
        )
        self.cut_short = self.cut_short or result.status == 1
        if result.x is None:
            return None
        return frozenset(index for index in range(self.count) if result.x[index] > 0.5)


_Row = tuple[Mapping[int, float], float | None, float | None]


class _Columns:
    """A column for each measure, and one for each set of several that adds something together."""

    def __init__(self, relations: Relations, count: int) -> None:
        self.relations = relations
        self.index: dict[MeasureSet, int] = {frozenset({index}): index for index in range(count)}

    def row(self, each: Sum) -> tuple[dict[int, Fraction], Fraction]:
        """Return the coefficients of a sum by column, and its constant."""
        found: dict[int, Fraction] = {}
        constant = Fraction(0)
        for chosen, value in each.items():
            if chosen and value:
                column = self._column(chosen)
                found[column] = found.get(column, Fraction(0)) + value
            elif not chosen:
                constant += value
        return found, constant

    def _column(self, chosen: MeasureSet) -> int:
        """Return the column of a set: it is taken if those of it are that nothing else of it needs."""
        implied = frozenset[int]().union(*(self.relations.needs[index] for index in chosen))
        return self.index.setdefault(chosen - implied, len(self.index))

    def links(self) -> list[_Row]:
        """Return the rows by which a set is taken exactly if all of its measures are."""
        found: list[_Row] = []
        for chosen, column in self.index.items():
            if len(chosen) > 1:
                found += [({column: 1.0, index: -1.0}, None, 0.0) for index in chosen]
                found.append(({column: 1.0, **dict.fromkeys(chosen, -1.0)}, 1.0 - len(chosen), None))
        return found


def _scaled(row: Mapping[int, Fraction]) -> dict[int, float]:
    largest = _largest(row)
    return {column: float(value / largest * SCALE) for column, value in row.items()}


def _lowest(row: Mapping[int, Fraction], constant: Fraction) -> float:
    return float(-constant / _largest(row) * SCALE) - SLACK


def _largest(row: Mapping[int, Fraction]) -> Fraction:
    return max((abs(value) for value in row.values()), default=Fraction(1)) or Fraction(1)
