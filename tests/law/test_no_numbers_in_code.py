"""Numbers of law stand in the regulations' files: the code that counts has none of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "tkdn"
MODULES = sorted(path for package in ("method", "assessment") for path in (SOURCE / package).glob("*.py"))
PLAIN = {0, 1, 2, 100}
"""Nothing, a whole, halves, percent."""


def numbers(code: str) -> Iterator[tuple[int, complex]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex):
            yield node.lineno, node.value


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_number_but_the_plain_ones(module: Path) -> None:
    assert [found for found in numbers(module.read_text(encoding="utf-8")) if found[1] not in PLAIN] == []


def test_a_number_would_be_found() -> None:
    assert sorted(numbers("share = cost * 75 / 100\nlimit = -0.03")) == [(1, 75), (1, 100), (2, 0.03)]
