"""The README's console examples: each command is run, and each line shown stands in its output, in order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tkdn.cli import app

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(r"```console\n\$ tkdn (.*?)\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def _squeezed(text: str) -> list[str]:
    """Lines without rules, frames and padding."""
    lines = (re.sub(r"[─╭╮╰╯│]", " ", line) for line in text.splitlines())
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[block[0] for block in BLOCKS])
def test_console_examples_show_real_output(command: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "140")
    output = iter(_squeezed(CliRunner().invoke(app, shlex.split(command)).output))
    missing = [line for line in _squeezed(shown) if line != "..." and line not in output]
    assert not missing


def test_the_readme_has_console_examples() -> None:
    assert len(BLOCKS) == 3
