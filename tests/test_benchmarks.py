"""The scripts of benchmarks/ start: what they import of the library is there."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_starts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ours` imported `tables.codes`, which was gone: no measurement of the walk could be made."""
    monkeypatch.syspath_prepend(str(FOLDER))
    try:
        assert importlib.import_module(name).__doc__
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith(("tkdn", *NAMES)):
            raise
        pytest.skip(f"{missing.name} is not installed")
