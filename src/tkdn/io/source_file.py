"""A file that a bill is to be read from: its bytes and what they hold, each looked at once and only if a format asks."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkdn.bom.bulk import bulk
from tkdn.bom.reading import parse_json
from tkdn.display.doors import loaded
from tkdn.errors import BomError
from tkdn.io.files import read_bytes
from tkdn.io.options import ReadOptions

if TYPE_CHECKING:
    from tkdn.io.spreadsheet.cells import OpenedFile


@dataclass(frozen=True)
class SourceFile:
    """A path, or a folder, with what a person says of how to read it."""

    path: Path
    options: ReadOptions = field(default_factory=ReadOptions)
    given: bytes | None = None
    """The file's bytes, if it is no path that is read."""

    def with_options(self, options: ReadOptions) -> SourceFile:
        """Return the file with other options; what was opened is kept, unless these change how a text is taken apart."""
        other = replace(self, options=options)
        kept = {"raw", "data"}
        if (options.encoding, options.separator) == (self.options.encoding, self.options.separator):
            kept.add("_opened")
        other.__dict__.update({key: value for key, value in self.__dict__.items() if key in kept})
        return other

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
        return read_bytes(self.path) if self.given is None else self.given

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
    def opened(self) -> OpenedFile:
        """The file as sheets of cells. Raises what `open_file` raises."""
        if isinstance(self._opened, BomError):
            raise self._opened
        return self._opened

    @cached_property
    def _opened(self) -> OpenedFile | BomError:
        """The sheets, or why there are none: an opening that took all its time is not tried again."""
        how = self.options
        try:
            # Loaded for a table only: the cells of sheets come with the columns of all tables.
            opened: OpenedFile = loaded("tkdn.io.spreadsheet.sheets:open_file")(
                self.raw, self.name, encoding=how.encoding, separator=how.separator
            )
            return opened
        except BomError as error:
            return error
