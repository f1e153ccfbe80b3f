"""A file that a bill is to be read from: its bytes and what they hold, each looked at once and only if a format asks."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tkdn.bom.bulk import bulk
from tkdn.bom.reading import parse_json
from tkdn.errors import BomError, Place, Problem
from tkdn.io.files import read_bytes
from tkdn.io.options import ReadOptions
from tkdn.io.spreadsheet.cells import Opened, malformed
from tkdn.io.spreadsheet.sheets import is_spreadsheet, open_sheets


@dataclass(frozen=True)
class SourceFile:
    """A path, or a folder, with what a person says of how to read it."""

    path: Path
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def name(self) -> str:
        """The file's name, without its folder, as problems name it."""
        return self.path.name

    @property
    def suffix(self) -> str:
        """The last suffix of the name, in lower case."""
        return self.path.suffix.lower()

    @cached_property
    def raw(self) -> bytes:
        """The file's bytes. Raises `BomError` (`file-unreadable`, `file-too-large`)."""
        return read_bytes(self.path)

    @property
    def is_json(self) -> bool:
        """Whether it is named or begins as JSON."""
        begins = self.raw.removeprefix(BOM_UTF8)[:1]
        return self.suffix == ".json" or (self.suffix != ".csv" and begins in (b"{", b"["))

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON object in the file. Raises `BomError` (`json-malformed`, `encoding`, `duplicate-key`), each in this file."""
        try:
            with bulk():
                return parse_json(self.raw)
        except BomError as error:
            raise BomError(problem.in_file(self.name) for problem in error.problems) from None

    @property
    def opened(self) -> Opened:
        """The file as sheets of cells. Raises what `open_sheets` raises, and `BomError` (`format-unknown`) if it is empty."""
        if isinstance(self._opened, BomError):
            raise self._opened
        return self._opened

    @cached_property
    def _opened(self) -> Opened | BomError:
        """The sheets, or why there are none: an opening that took all its time is not tried again."""
        if not self.raw or self.raw.isspace():
            problem = Problem("format-unknown", "the file is empty", "give the file with the list", Place(self.name))
            return BomError([problem])
        if self.suffix in (".xlsx", ".xlsm") and not is_spreadsheet(self.raw):
            return malformed(self.name, "File is not a zip file")
        try:
            return open_sheets(self.raw, self.name, encoding=self.options.encoding, separator=self.options.separator)
        except BomError as error:
            return error
