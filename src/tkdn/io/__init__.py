"""Reading and writing bills, whatever the format."""

from tkdn.io.reading import Reading, read_bom, read_list, read_with, write_bom

__all__ = ["Reading", "read_bom", "read_list", "read_with", "write_bom"]
