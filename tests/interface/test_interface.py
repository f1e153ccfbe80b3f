"""The public interface is the one that is stored; a change of it is seen in the diff of `public.txt`."""

from __future__ import annotations

from tests.interface import STORED, interface


def test_the_interface_is_the_stored_one() -> None:
    """After a change that is meant: `python -m tests.interface`, and a line in the changelog."""
    assert interface().splitlines() == STORED.read_text(encoding="utf-8").splitlines()
