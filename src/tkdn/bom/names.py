"""Names of places as people write them: compared without case, accents, dots, spaces and small words."""

from __future__ import annotations

import re
import unicodedata

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
    """The name as it is compared: letters and digits only, abbreviations written out.

    >>> folded("Kab. Subang") == folded("KABUPATEN  SUBANG")
    True
    >>> folded("Côte d'Ivoire"), folded("U.S.A.")
    ('cotedivoire', 'usa')
    """
    words = re.findall(r"[^\W_]+", plain_letters(name))
    telling = [word for word in words if word not in _SMALL] or words
    return "".join(_WRITTEN_OUT.get(word, word) for word in telling)


def lines(file: str) -> list[str]:
    """The lines of a data file beside this module, without comments and head."""
    from importlib.resources import files

    text = files("tkdn.bom").joinpath(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")][1:]
