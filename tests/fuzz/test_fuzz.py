"""A part of the fuzz run; `python tests/fuzz/mutate.py 100000` is the whole."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.agree import compared
from tests.fuzz.mutate import fuzz


def test_mutated_files_end_in_a_result_or_one_of_our_errors(tmp_path: Path) -> None:
    outcomes = fuzz(2000, 1, tmp_path)
    assert sum(outcomes.values()) == 2000
    assert outcomes["a result"] > 100
    assert len(outcomes) > 15


def test_walks_agree() -> None:
    """A part of the comparison of walks; `python tests/fuzz/agree.py 1000000 1` is the whole."""
    nodes, near = compared(seed=1)
    assert nodes > 1_000
    assert near > 0
