"""Reading and writing bills, whatever the format."""

from tkdn.io.reading import read_bom, read_with, write_bom

__all__ = ["read_bom", "read_with", "write_bom"]
