"""Any spreadsheet or text table, told by its content and not by its name, as sheets of cells."""

from __future__ import annotations

from pathlib import PurePath

from tkdn.errors import BomError, Place, Problem
from tkdn.io.spreadsheet.calamine import open_apart
from tkdn.io.spreadsheet.cells import OpenedFile, malformed
from tkdn.io.spreadsheet.delimited import open_text
from tkdn.io.spreadsheet.excel import open_archive
from tkdn.io.spreadsheet.limits import Limits, limits_now, too_large
from tkdn.io.spreadsheet.web_page import is_web_page, open_web_page

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def open_sheets(
    raw: bytes,
    file: str,
    *,
    limits: Limits | None = None,
    encoding: str | None = None,
    separator: str | None = None,
) -> OpenedFile:
    """The sheets in a file's bytes.

    Raises `BomError`: `file-malformed`, `file-too-large`, `file-refused`, `encoding`, `format-unknown`; `UsageError` for an
    encoding or separator that there is not; `MissingExtraError` where a library for spreadsheets is not installed.
    """
    limits = limits or limits_now()
    if len(raw) > limits.file_bytes:
        raise too_large(file, "file_bytes", "bytes", size=len(raw), most=limits.file_bytes)
    if raw.startswith(_ZIP):
        return open_archive(raw, file, limits)
    if raw.startswith(_OLE) or raw[:2] in _BIFF:
        return OpenedFile("xls", open_apart(raw, file, limits))
    if is_web_page(raw):
        return open_web_page(raw, file, limits, encoding)
    return open_text(raw, file, limits, encoding, separator)


def open_file(raw: bytes, file: str, *, encoding: str | None, separator: str | None) -> OpenedFile:
    """Return the sheets of a file that is to hold a bill.

    Raises what `open_sheets` raises, and `BomError` (`format-unknown`, `file-malformed`) for an empty file and for one that is
    named as a workbook and is none.
    """
    if not raw or raw.isspace():
        raise BomError([Problem("format-unknown", {}, Place(file), case="empty")])
    if PurePath(file).suffix.lower() in (".xlsx", ".xlsm") and not is_spreadsheet(raw):
        raise malformed(file, "File is not a zip file")
    return open_sheets(raw, file, encoding=encoding, separator=separator)


def is_spreadsheet(raw: bytes) -> bool:
    """Whether the bytes begin as those of a spreadsheet do."""
    return raw.startswith((_ZIP, _OLE)) or raw[:2] in _BIFF
