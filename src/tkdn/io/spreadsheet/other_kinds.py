"""Files that hold a structure or a picture and no table: told by their content, with what to export instead."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from tkdn.errors import BomError, Place, Problem

_BEGINS = 4_096
_JT = re.compile(rb"Version \d+\.\d+ *JT")
_SPDX_TEXT = re.compile(rb"(?:##.*\n)*SPDXVersion:")


def _is(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(marks)


def _is_xml(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(b"<") and any(mark in start for mark in marks)


def _is_spdx(start: bytes) -> bool:
    named = b'"spdxVersion"' in start or b"spdx.org/rdf" in start
    return _SPDX_TEXT.match(start) is not None or (start.startswith((b"{", b"[")) and named)


KINDS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("pdf", _is(b"%PDF")),
    ("step", _is(b"ISO-10303-21")),
    ("step", _is_xml(b"urn:iso:std:iso:10303", b"standards.iso.org/iso/ts/10303")),
    ("plmxml", _is_xml(b"<PLMXML")),
    ("jt", lambda start: _JT.match(start) is not None),
    ("spdx", _is_spdx),
    ("picture", _is(b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")),
)
"""Kinds by their first bytes; each has its words under `format-refused.<kind>`."""


def refuse_other_kinds(raw: bytes, file: str) -> None:
    """Raise if a file is of a kind that holds no table.

    Raises:
        BomError: `format-refused`, with what to export instead.
    """
    start = raw[:_BEGINS].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((name for name, fits in KINDS if fits(start)), None)
    if kind is None and raw.startswith(b"PK") and _is_word(raw):
        kind = "word"
    if kind is not None:
        raise BomError([Problem("format-refused", {}, Place(file), case=kind)])


def _is_word(raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False
