"""The notebook runs where it stands and from the root, and its stored outputs are what it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "rural-pickup" / "first-assessment.ipynb"


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def outputs(notebook: Any) -> list[tuple[str, list[dict[str, str]]]]:
    """What each cell of code printed, and what it showed."""
    return [
        (
            "".join(output.text for output in cell.outputs if output.output_type == "stream"),
            [dict(output.data) for output in cell.outputs if output.output_type != "stream"],
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.filterwarnings("default")  # of the notebook's own machinery
@pytest.mark.parametrize("folder", [NOTEBOOK.parent, ROOT], ids=["its folder", "the root"])
def test_notebook(folder: Path) -> None:
    notebook = read()
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    assert outputs(notebook) == outputs(read())


def test_needs_only_the_library() -> None:
    imports = {
        line for cell in read().cells for line in cell.source.split("\n") if line.startswith(("import ", "from "))
    }
    allowed = {
        "import tkdn",
        "from pathlib import Path",
        "from collections import Counter",
        "from IPython.display import Markdown",
    }
    assert imports <= allowed
