"""Data files of this package. A module of its own because countries and regions both read one."""

from __future__ import annotations


def lines(file: str) -> list[str]:
    """Return the lines of a data file next to this module, without comments and head."""
    from importlib.resources import files  # loads archives and temporary files: only for who names a country

    text = files("tkdn.bom").joinpath(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")][1:]
