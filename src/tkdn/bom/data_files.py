"""Data files of this package. A module of its own because countries and regions both read one."""

from __future__ import annotations

from importlib.resources import files


def lines(file: str) -> list[str]:
    """Return the lines of a data file next to this module, without comments and head."""
    text = files("tkdn.bom").joinpath(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")][1:]
