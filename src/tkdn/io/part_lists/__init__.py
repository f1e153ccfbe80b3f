"""Lists from elsewhere: what programs export and people keep in spreadsheets."""

from tkdn.io.part_lists.reading import read_list

__all__ = ["read_list"]
