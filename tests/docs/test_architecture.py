"""The house is as docs/architecture.md says: imports point down only, and every module is named there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import tkdn

SOURCE = Path(tkdn.__file__).parent
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
HEAVY = {
    "pydantic",
    "pint",
    "networkx",
    "numpy",
    "scipy",
    "typer",
    "rich",
    "openpyxl",
    "python_calamine",
    "xlsxwriter",
    "rapidfuzz",
    "jinja2",
    "plotly",
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def test_every_module_is_in_the_page() -> None:
    named = set(re.findall(r"`(?:[a-z_]+/)?(\w+\.py)`", PAGE))
    files = {file.name for file in modules()} - {"__init__.py"}
    assert files <= named
    assert named - files <= {
        "oracle.py",
        "cost_oracle.py",
        "vehicle_oracle.py",
        "test_architecture.py",
        "main_job.py",
        "assessment.py",
        "__init__.py",
    }


def test_every_package_is_in_the_page() -> None:
    assert all(f"`{file.name}/`" in PAGE for file in SOURCE.iterdir() if (file / "__init__.py").is_file())


def test_imports_keep_the_contracts() -> None:
    """The floors and the circles, as `lint-imports` holds them; a breach that is gone must leave the list, too."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == 0


MORE_THAN_A_FACE = {""}
"""Packages whose `__init__.py` holds code; the contracts do not see circles through it."""


def is_face(statement: ast.stmt) -> bool:
    """Return True for a docstring, an import, or `__all__`."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
    return False


def test_no_package_is_more_than_a_face() -> None:
    found = {
        file.parent.relative_to(SOURCE).as_posix().removeprefix(".")
        for file in SOURCE.rglob("__init__.py")
        if not all(map(is_face, ast.parse(file.read_text(encoding="utf-8")).body))
    }
    assert found == MORE_THAN_A_FACE


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("import tkdn", set()),
        ("from tkdn import Bom, assess", {"pydantic"}),
        ("import tkdn; tkdn.assess(tkdn.read_bom('examples/pump/pump.json')).to_dict()", {"pydantic"}),
    ],
)
def test_what_is_loaded(code: str, loaded: set[str]) -> None:
    show = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True, cwd=ROOT)
    assert set(done.stdout.split()) & HEAVY == loaded
