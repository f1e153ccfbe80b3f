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


TOURS = [ROOT / "README.md", ROOT / "docs" / "quickstart.md", ROOT / "docs" / "mulai.md"]


@pytest.mark.parametrize("page", TOURS, ids=lambda page: page.name)
def test_the_bare_command_is_found_after_installing(page: Path) -> None:
    """Where a page installs into a folder of its own, it says how its commands are found, before the first that needs it."""
    text = page.read_text(encoding="utf-8")
    install, tour = text.index("python3 -m venv .venv"), text.index("$ tkdn ")
    between = text[install:tour]
    assert "source .venv/bin/activate" in between
    assert r".venv\Scripts\activate" in between


def test_the_first_command_installs_what_the_tour_needs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    installed = re.search(r"install --quiet '\.\[(.*?)\]'", text)
    assert installed is not None
    assert set(installed[1].split(",")) >= {"excel", "plan"}
    assert "tkdn.plan(" in text
