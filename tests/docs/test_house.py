"""The code keeps to its measures: lengths, words of docstrings, imports at the top.

Complexity, missing docstrings and `Any` in signatures are held by ruff (`C901`, `D`, `ANN401` in pyproject.toml).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tkdn

SOURCE = Path(tkdn.__file__).parent
PENDING = ("bom", "io")
"""Packages that do not keep to all of it yet; none in the end."""
MAX_MODULE, MIN_MODULE, MAX_FUNCTION = 400, 40, 45
"""Lines; those of a function without its docstring."""
SHORT = {
    "__main__.py": "the entry point, loaded before anything else",
    "_version.py": "read by the build",
    "assessment/views/calendar.py": "one view a module, as each result has it",
    "assessment/views/explanation.py": "one view a module, as each result has it",
    "exact.py": "arithmetic of every floor, which imports nothing",
    "portfolio/views.py": "each package has its views in a module of this name",
    "sourcing/proximity.py": "one rule, with its examples",
}
"""Modules of fewer lines, each with the reason; packages' `__init__.py` are faces."""
NO_VERB = re.compile(r"(The|An?|All|Every|Each|Whether|What|Which|How|Where|Why|Everything|None|Also|Of)\b")
"""Beginnings of a docstring of a function that are no verb."""
NO_NOUN = re.compile(r"(Whether|What|Which|How|Where|Why|Return|Raise|Yield|Writes?|Reads?)\b")
"""Beginnings of a docstring of a class, a module or a property that are no noun phrase."""
WORDS = re.compile(r"\b(stands?|worked out|told|tells|beside)\b")
"""Said otherwise: is, computed, reported, next to."""
DOORS = {"__init__.py", "__main__.py", "display/doors.py"}
"""Modules that load others when they are asked to."""
ARRAYS = ("tkdn.assessment.engines.arrays", "tkdn.portfolio.forest")
"""The array engine: it loads numpy, so it is imported where it is needed."""
Documented = ast.FunctionDef | ast.ClassDef | ast.Module


def modules(pending: tuple[str, ...] = PENDING) -> list[Path]:
    paths = (path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
    return sorted(path for path in paths if path.parts[0] not in pending)


def tree(module: Path) -> ast.Module:
    return ast.parse((SOURCE / module).read_text(encoding="utf-8"))


def length(function: ast.FunctionDef) -> int:
    """Return the lines of a function without those of its docstring."""
    first, end = function.body[0], function.end_lineno or function.lineno
    said = ast.get_docstring(function)
    of_docstring = 0 if said is None else (first.end_lineno or first.lineno) - first.lineno + 1
    return end - function.lineno + 1 - of_docstring


def docstrings(module: Path) -> Iterator[tuple[Documented, str]]:
    for node in ast.walk(tree(module)):
        if isinstance(node, Documented) and (said := ast.get_docstring(node)):
            yield node, said


def is_property(node: Documented) -> bool:
    return isinstance(node, ast.FunctionDef) and any("property" in ast.unparse(each) for each in node.decorator_list)


@pytest.mark.parametrize("module", modules(), ids=str)
def test_lengths(module: Path) -> None:
    lines = (SOURCE / module).read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_MODULE
    assert lines >= MIN_MODULE or module.as_posix() in SHORT or module.name == "__init__.py"
    functions = (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef))
    assert not {function.name: length(function) for function in functions if length(function) > MAX_FUNCTION}


def test_short_modules_are_short() -> None:
    assert not {name for name in SHORT if (SOURCE / name).read_text(encoding="utf-8").count("\n") >= MIN_MODULE}


@pytest.mark.parametrize("module", modules(), ids=str)
def test_docstrings_begin_with_a_verb_or_a_noun(module: Path) -> None:
    for node, said in docstrings(module):
        name = getattr(node, "name", module.name)
        noun = is_property(node) or not isinstance(node, ast.FunctionDef)
        assert not (NO_NOUN if noun else NO_VERB).match(said), (name, said.partition("\n")[0])


@pytest.mark.parametrize("module", modules(), ids=str)
def test_docstrings_say_it_in_plain_words(module: Path) -> None:
    assert not [said for _, said in docstrings(module) if WORDS.search(said)]


@pytest.mark.parametrize("module", modules(), ids=str)
def test_our_own_modules_are_imported_at_the_top(module: Path) -> None:
    if module.as_posix() in DOORS:
        return
    functions = (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef))
    found = {
        statement.module
        for function in functions
        for statement in ast.walk(function)
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").partition(".")[0] == "tkdn"
    }
    assert not {name for name in found if name is not None and not name.startswith(ARRAYS)}
