"""Numbers of law stand in the regulations' files: the code that counts has none of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "tkdn"
PACKAGES = ("method", "assessment", "planning", "sourcing", "portfolio")
MODULES = sorted(path for package in PACKAGES for path in (SOURCE / package).rglob("*.py"))
PLAIN = {0, 1, 2, 100}
"""Nothing, a whole, halves, percent."""
TECHNICAL: dict[str, set[complex]] = {
    "assessment/engines/arrays/many_variants.py": {16, 40, 4000},
    "assessment/engines/arrays/tables.py": {3, 16, 26},
    "assessment/engines/arrays/walk.py": {4},
    "assessment/deciding.py": {10},
    "assessment/calendar_events.py": {5},
    "assessment/icalendar.py": {75},
    "assessment/charts/figures.py": {14, 26, 30, 60, 110},
    "assessment/charts/rows.py": {3, 6, 15, 60},
    "assessment/scenarios/scenarios.py": {4, 10_000},
    "assessment/opportunities/move.py": {3},
    "assessment/opportunities/spend.py": {10},
    "assessment/rounding.py": {10, 40, 200, 4000},
    "assessment/views/check.py": {10, 20},
    "assessment/views/history.py": {30},
    "assessment/views/opportunities.py": {15},
    "assessment/views/scenarios.py": {5, 25, 50, 75, 95},
    "planning/planner.py": {60, 4096, 20_000_000},
    "planning/regions.py": {12},
    "planning/request.py": {12},
    "planning/result.py": {20},
    "planning/solver.py": {0.5, 1e-6, 20.0, 10_000},
    "portfolio/forest.py": {31},
    "portfolio/results.py": {5, 20},
    "portfolio/run.py": {3, 4, 5, 19, 64},
    "portfolio/single.py": {10},
    "portfolio/values.py": {64, 1e-20, 1e30},
    "sourcing/assignment.py": {0.5, 50},
    "sourcing/criteria.py": {6},
    "sourcing/matching.py": {6, 10},
}
"""Bounds of floats, sizes of caches and searches, digits, months of a year, digits of an HS subheading, the
Saturday of a week, octets of a line, rows of a first screen, pixels of a chart: none of them of law."""


def numbers(code: str) -> Iterator[tuple[int, complex]]:
    """The numbers of a module by line, without those that count places (indexes, slices, ranges)."""
    yield from _numbers(ast.parse(code))


def _numbers(node: ast.AST) -> Iterator[tuple[int, complex]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex):
        yield node.lineno, node.value
    counts = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    for name, value in ast.iter_fields(node):
        if not counts and not (isinstance(node, ast.Subscript) and name == "slice"):
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    yield from _numbers(each)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_number_but_the_plain_and_the_technical_ones(module: Path) -> None:
    found = {number for _, number in numbers(module.read_text(encoding="utf-8"))} - PLAIN
    assert found == TECHNICAL.get(module.relative_to(SOURCE).as_posix(), set())


def test_a_number_would_be_found() -> None:
    code = "share = cost * 75 / 100\nlimit = -0.03\nfirst = parts[3:7], range(9)"
    assert sorted(numbers(code)) == [(1, 75), (1, 100), (2, 0.03)]
