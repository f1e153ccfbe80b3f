"""Every test checks something: it asserts, expects an error or a warning, or calls a helper that does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
EXPECTING = {"raises", "warns", "fail"}
"""Of pytest: each fails a test by itself."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(file: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def called(function: Function) -> set[str]:
    """Return what a function calls by a plain name, which no method of a library shares."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {call.id for call in calls if isinstance(call, ast.Name)}


def checks(function: Function) -> bool:
    """Return True if the function itself can fail a test."""
    nodes = list(ast.walk(function))
    return any(isinstance(node, ast.Assert) for node in nodes) or any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("pytest", each) for each in EXPECTING}
        for node in nodes
    )


@cache
def checking_helpers() -> frozenset[str]:
    """Return the names of all helpers of the tests that check, directly or by what they call."""
    helpers = [each for file in TESTS.rglob("*.py") for each in functions(file) if not each.name.startswith("test_")]
    found = {each.name for each in helpers if checks(each)}
    while more := {each.name for each in helpers if called(each) & found} - found:
        found |= more
    return frozenset(found)


@pytest.mark.parametrize("file", sorted(TESTS.rglob("test_*.py")), ids=lambda file: str(file.relative_to(TESTS)))
def test_every_test_checks_something(file: Path) -> None:
    tests = [each for each in functions(file) if each.name.startswith("test_")]
    assert not [each.name for each in tests if not checks(each) and not called(each) & checking_helpers()]
