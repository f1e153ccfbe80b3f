"""Every output of every example is the stored one."""

from __future__ import annotations

import pytest
from tests.golden.commands import COMMANDS
from tests.golden.outputs import ROOT, STORED, outputs, stored


@pytest.mark.parametrize("example", COMMANDS)
def test_outputs_are_the_stored_ones(example: str) -> None:
    """After a change that is meant: `python -m tests.golden`, and the reason in the changelog."""
    made, kept = outputs(example), stored(example)
    assert sorted(made) == sorted(kept)
    for name, text in made.items():
        assert text.splitlines() == kept[name].splitlines(), f"{example}/{name}"


def test_every_example_has_golden_files() -> None:
    folders = {file.parent.name for file in (ROOT / "examples").glob("*/README.md")} - {"notebooks"}
    commands = " ".join(command for commands in COMMANDS.values() for command in commands)
    assert not [folder for folder in folders if f"examples/{folder}" not in commands]
    assert {folder.name for folder in STORED.iterdir()} == set(COMMANDS)
