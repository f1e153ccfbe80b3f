"""Every command in a `console` block of the documentation and the examples prints what stands below it; `...` is any text."""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tkdn.cli import app

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILES = sorted([*(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*/README.md")])
PAGES = [page for page in FILES if BLOCK.search(page.read_text(encoding="utf-8"))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def commands(page: Path) -> list[tuple[str, str]]:
    """The commands of a page, each with the output that stands below it."""
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    found = [part for block in blocks for part in re.split(r"^\$ tkdn ", block, flags=re.MULTILINE)[1:]]
    return [(command, output) for command, _, output in (part.partition("\n") for part in found)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_commands(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of a page run one after the other in one folder, beside the examples."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    for command, expected in commands(page):
        result = CliRunner().invoke(app, command.split(), env=dict(os.environ))
        got = result.output
        shown = doctest.OutputChecker().output_difference(doctest.Example(command, expected), got, FLAGS)
        assert doctest.OutputChecker().check_output(expected, got, FLAGS), f"$ tkdn {command}\n{shown}"
