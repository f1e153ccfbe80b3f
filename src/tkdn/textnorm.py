"""Normalisations of text that several packages share: names and headings as they are compared, cells that must be no formula."""

from __future__ import annotations

import re
import unicodedata

FORMULA_STARTS = "=+-@＝＋－＠\t\r\n"
"""A spreadsheet takes CSV text that starts so, or so after blanks, for a formula, full-width marks included; written, it gets an
apostrophe, which reading takes off."""
_SMALL = frozenset({"and", "dan", "und", "the"})
_WRITTEN_OUT = {
    "st": "saint",
    "kab": "kabupaten",
    "kep": "kepulauan",
    "prov": "provinsi",
    "adm": "administrasi",
    "kotamadya": "kota",
    "kodya": "kota",
}


def plain_letters(text: str) -> str:
    """Return a text without case and accents.

    >>> plain_letters("Côte")
    'cote'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def folded(name: str) -> str:
    """Return the name of a place as it is compared: letters and digits only, abbreviations written out.

    >>> folded("Kab. Subang") == folded("KABUPATEN  SUBANG")
    True
    >>> folded("Côte d'Ivoire"), folded("U.S.A.")
    ('cotedivoire', 'usa')
    """
    words = re.findall(r"[^\W_]+", plain_letters(name))
    telling = [word for word in words if word not in _SMALL] or words
    return "".join(_WRITTEN_OUT.get(word, word) for word in telling)


def squeezed(text: str) -> str:
    """Return a text without case, accents, spaces and marks, so that spellings of one heading are equal.

    >>> squeezed("Comp. Qty (CUn)"), squeezed("ITEM NO."), squeezed("Währung")
    ('compqtycun', 'itemno', 'wahrung')
    """
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalnum())


def joined(name: str) -> str:
    """Return a name without case, spaces, hyphens and underscores: all other marks tell names of ours apart.

    >>> joined("Made in") == joined("made_in ") == joined("MADE-IN")
    True
    """
    return re.sub(r"[\s_-]+", "", name).casefold()


def escaped(text: str, starts: str) -> str:
    """Return text as a cell holds it: an apostrophe goes before what would be empty, or starts with one of `starts`.

    `unescaped` takes it off again, exactly, whatever apostrophes the text itself has.

    >>> escaped("=1+1", FORMULA_STARTS), escaped("'=1", FORMULA_STARTS), escaped("bolt", FORMULA_STARTS)
    ("'=1+1", "''=1", 'bolt')
    """
    return "'" + text if re.fullmatch(rf"'*({_start(starts)}.*|\s*)", text, re.DOTALL) else text


def unescaped(text: str, starts: str) -> str | None:
    """Return the text that a cell holds, None if the cell is empty.

    >>> unescaped("'=1+1", FORMULA_STARTS), unescaped(" ", FORMULA_STARTS)
    ('=1+1', None)
    """
    if not text or text.isspace():
        return None
    return text[1:] if text[0] == "'" and re.fullmatch(rf"'+({_start(starts)}.*|\s*)", text, re.DOTALL) else text


def _start(starts: str) -> str:
    return rf"\s*[{re.escape(starts)}]" if starts else "(?!)"
