"""The notebooks run where they stand and from the root, and their stored outputs are what they give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NOTEBOOKS = sorted((ROOT / "examples").glob("*/*.ipynb"))


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


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
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("at_root", [False, True], ids=["its folder", "the root"])
def test_notebook(path: Path, at_root: bool) -> None:
    notebook, folder = read(path), ROOT if at_root else path.parent
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    assert outputs(notebook) == outputs(read(path))


def test_the_notebooks_are_numbered_and_linked_by_the_site() -> None:
    """Each stands in the documentation by an .nblink file of its name without the number."""
    named = [re.fullmatch(r"(\d)-([a-z-]+)", path.stem) for path in NOTEBOOKS]
    assert all(named)
    assert len({found[1] for found in named if found}) == len(NOTEBOOKS)
    links = {file.stem: (file.parent / file.read_text().strip()).resolve() for file in DOCS.glob("*.nblink")}
    assert links == {found[2]: path for found, path in zip(named, NOTEBOOKS, strict=True) if found}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_begins_with_the_question_of_a_person(path: Path) -> None:
    title, question, person, *_ = read(path).cells[0].source.split("\n\n")
    assert title.startswith("# ")
    assert question.startswith("**")
    assert question.endswith("?**")
    assert person.startswith("You ")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_needs_only_the_library(path: Path) -> None:
    imports = {
        line for cell in read(path).cells for line in cell.source.split("\n") if line.startswith(("import ", "from "))
    }
    allowed = {
        "import tkdn",
        "import pandas",
        "from pathlib import Path",
        "from collections import Counter",
        "from tkdn import documents",
        "from IPython.display import Markdown",
    }
    assert imports <= allowed


def test_the_list_of_notebooks_has_their_questions() -> None:
    listed = (ROOT / "examples" / "notebooks" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[.*?\]\((.*?)\) \| .*? \| (.*?) \|$", listed, re.MULTILINE)
    assert rows == [(path.name, read(path).cells[0].source.split("\n\n")[1].strip("*")) for path in NOTEBOOKS]
