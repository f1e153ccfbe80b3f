"""Text in cells of other programs, which take some of it for a formula."""

from __future__ import annotations

import re

FORMULA_STARTS = "=+-@＝＋－＠\t\r\n"
"""A spreadsheet takes CSV text that starts so, or so after blanks, for a formula, full-width marks included; written, it gets an
apostrophe, which reading takes off."""


def escaped(text: str, starts: str) -> str:
    """Return text as a cell holds it: an apostrophe goes before what would be empty, or starts with one of `starts`.

    `unescaped` takes it off again, exactly, whatever apostrophes the text itself has.
    """
    return "'" + text if re.fullmatch(rf"'*({_start(starts)}.*|\s*)", text, re.DOTALL) else text


def unescaped(text: str, starts: str) -> str | None:
    """Return the text that a cell holds, None if the cell is empty."""
    if not text or text.isspace():
        return None
    return text[1:] if text[0] == "'" and re.fullmatch(rf"'+({_start(starts)}.*|\s*)", text, re.DOTALL) else text


def _start(starts: str) -> str:
    return rf"\s*[{re.escape(starts)}]" if starts else "(?!)"
