"""The house is as docs/architecture.md says: imports point down only, doors open, what it names exists."""

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
TESTS = ROOT / "tests" / "support"
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


def test_every_path_in_the_page_exists() -> None:
    named = re.findall(r"`([a-z_]+/[a-z_/]*[a-z_]+\.py|[a-z_]+\.py)`", PAGE)
    assert len(named) > 10
    assert [name for name in named if not any((root / name).exists() for root in (SOURCE, ROOT, TESTS))] == []


def test_every_package_has_a_floor() -> None:
    packages = {file.name for file in SOURCE.iterdir() if (file / "__init__.py").is_file()}
    floors = PAGE[PAGE.index("```text") : PAGE.index("## One path")]
    assert packages <= set(re.findall(r"[a-z0-9_]+", floors))


DOORS_TO_OUR_OWN = {"__init__.py", "display/doors.py"}
"""Modules that load modules of ours by name."""


def test_only_the_doors_load_modules_by_name() -> None:
    loading = {
        file.relative_to(SOURCE).as_posix()
        for file in SOURCE.rglob("*.py")
        if "import_module" in file.read_text("utf-8")
    }
    assert loading == DOORS_TO_OUR_OWN


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
