"""Every function that reads a value of law names the article that it applies, in its docstring or in a comment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tkdn

SOURCE = Path(tkdn.__file__).parent
MODULES = sorted(path for package in ("method", "assessment") for path in (SOURCE / package).rglob("*.py"))
KEYS = {key for law in tkdn.regulations() for key in law.parameters}
STARTS = {key[: place + 1] for key in KEYS for place, letter in enumerate(key) if letter == "."}
"""How keys begin that are put together, such as `weight.`."""
ARTICLE = re.compile(r"(Pasal|Lampiran|Formulir) [\dIVX]|Permenperin \d+/\d+|Perpres \d+/\d+")


def keys_read(function: ast.AST) -> set[str]:
    """Return the keys of parameters that a function names, whole or by their beginning."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and node.value in KEYS:
            found.add(str(node.value))
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if start in STARTS:
                found.add(start)
    return found


def functions(code: str) -> Iterator[tuple[ast.FunctionDef, str]]:
    """Yield every function of a module that is not within another, with its text: comments and decorators included."""
    lines, pending = code.splitlines(), list(ast.parse(code).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.ClassDef):
            pending += node.body
        elif isinstance(node, ast.FunctionDef):
            yield node, "\n".join(lines[node.lineno - 1 : node.end_lineno])


def uncited(code: str) -> dict[str, set[str]]:
    """Return the functions that read values of law and name no article, with the keys."""
    return {
        function.name: keys
        for function, text in functions(code)
        if (keys := keys_read(function)) and not ARTICLE.search(text)
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_reader_of_a_parameter_names_its_article(module: Path) -> None:
    assert uncited(module.read_text(encoding="utf-8")) == {}


def test_a_reader_without_an_article_would_be_found() -> None:
    code = '''
def limit(rules):
    """Return the most points."""
    return rules.percent("limit.total")

def weight(rules, factor):
    """Return a weight (Pasal 4(1))."""
    return rules.percent(f"weight.{factor}")

class Rules:
    def labour(self, factory):
        return f"labour.{factory}"
'''
    assert uncited(code) == {"limit": {"limit.total"}, "labour": {"labour."}}
