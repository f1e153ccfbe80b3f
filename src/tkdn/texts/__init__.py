"""What the library says to people, in English and Indonesian, the same keys in both: one pair of files for the bill and its
assessment, and one that stands with the documents.

Data from a bill is put into the templates, never the other way round, so a name can hold braces.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

Lang = Literal["en", "id"]
LANGUAGES: tuple[Lang, ...] = ("en", "id")


FILES = ("texts/{lang}.toml", "documents/texts_{lang}.toml")
"""The files of texts, from the package's folder."""


@cache
def catalogue(lang: Lang) -> dict[str, str]:
    """All templates of a language by dotted key."""
    found: dict[str, str] = {}
    for name in FILES:
        data = tomllib.loads(resources.files("tkdn").joinpath(name.format(lang=lang)).read_text(encoding="utf-8"))
        found |= {
            f"{section}.{key}": template for section, entries in data.items() for key, template in entries.items()
        }
    return found


def say(key: str, lang: Lang = "en", **values: Any) -> str:
    """The text for a key, with values put in.

    >>> say("status.complete"), say("status.complete", "id")
    ('complete', 'lengkap')
    """
    return catalogue(lang)[key].format(**values)


def known(key: str) -> bool:
    """Whether there is a text for the key."""
    return key in catalogue("en")


def clean(value: object) -> str:
    """Text on one line without control characters, so that no name can steer a terminal or forge a line.

    >>> clean("bolt\\x1b[31m")
    'bolt\\ufffd[31m'
    """
    return "".join(char if char.isprintable() else "\ufffd" for char in str(value))


def number(value: Decimal | int | None, lang: Lang = "en") -> str:
    """A plain decimal as people write it: 1,234.50 in English, 1.234,50 in Indonesian; a dash for None.

    >>> number(Decimal("115520000"), "id"), number(Decimal("27.52"), "id"), number(Decimal("1234.5")), number(None)
    ('115.520.000', '27,52', '1,234.5', '-')
    """
    if value is None:
        return "-"
    grouped = format(value, ",d" if isinstance(value, int) else ",f")
    return grouped.translate(_SWAPPED) if lang == "id" else grouped


_SWAPPED = str.maketrans(",.", ".,")
