"""The house stands as docs/architecture.md says: imports point down only, and every module is named there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tkdn

SOURCE = Path(tkdn.__file__).parent
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
BASE = {"errors", "texts", "brief", "frames", "_version"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "texts": set(),
    "brief": set(),
    "frames": {"errors"},
    "_version": set(),
    "bom": {"errors", "texts", "brief"},
    "law": {"errors", "brief"},
    "method": {"errors", "brief", "law"},
    "assessment": {*BASE, "bom", "law", "method"},
    "portfolio": {*BASE, "assessment", "bom", "law", "method", "io", "_version"},
    "sourcing": {*BASE, "assessment", "bom", "law", "method", "io"},
    "report": {*BASE, "assessment", "bom", "law", "method", "io", "sourcing"},
    "planning": {*BASE, "assessment", "bom", "law", "method"},
    "io": {"errors", "texts", "brief", "frames", "bom"},
    "documents": {*BASE, "assessment", "bom", "law", "method", "io", "report"},
    "__main__": {"cli"},
    "cli": {*BASE, "assessment", "bom", "law", "io", "planning", "sourcing", "documents", "report"},
    "": {*BASE, "assessment", "bom", "law", "method", "io", "planning", "report", "portfolio", "sourcing"},
}
"""By top-level name; "" is the package itself, which holds the public names."""
OBJECTS = ("regulation.py", "result.py", "lift.py", "compare.py", "steps.py")
DOORS = {"bom.py": {"io", "report"}, "measures.py": {"io"}, **{file: {"report"} for file in OBJECTS}}
"""Methods that open upwards, because they belong to the object, as `Bom.to_dot` and `Lift._repr_html_`; loaded when called."""
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


def name_of(file: Path) -> str:
    """The top-level name that a file belongs to."""
    first = file.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported(file: Path) -> Iterator[str]:
    """The top-level names of this library that a file imports, wherever: also in functions, and for types only."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "tkdn")
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file.name} imports relatively"
            if node.module is not None and node.module.split(".")[0] == "tkdn":
                for alias in node.names:
                    yield node.module if "." in node.module else f"tkdn.{alias.name}"


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_arrows_point_down(file: Path) -> None:
    own = name_of(file)
    reached = {module.split(".")[1] for module in imported(file)}
    assert reached - {own} - DOORS.get(file.name, set()) <= MAY_IMPORT[own]


def test_every_module_is_in_the_page() -> None:
    named = set(re.findall(r"`(?:[a-z]+/)?(\w+\.py)`", PAGE))
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


def test_every_package_has_its_floor() -> None:
    packages = {name_of(file) for file in modules() if file.parent != SOURCE}
    assert packages == {name for name in MAY_IMPORT if (SOURCE / name).is_dir() and name}
    assert all(f"`{name}/`" in PAGE for name in packages)


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
