"""Texts for people, in English and Indonesian, from one catalogue: the same keys in both languages.

There is one pair of files for the bill and its assessment, and one each for the documents, enrichment, opportunities,
sourcing, notebooks, plans, report, words of law. What the files of regulations say in English is put into Indonesian by
`law_notes_id.toml`, the command's help by `help_id.toml`; the ministry's forms are in Indonesian only: `forms_id.toml`.

Data from a bill is put into the templates, never the other way round, so a name can hold braces.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from tkdn.exact import EXACT

Lang = Literal["en", "id"]
LANGUAGES: tuple[Lang, ...] = ("en", "id")
FILES = (
    "i18n/{lang}.toml",
    "i18n/documents_{lang}.toml",
    "i18n/enrichment_{lang}.toml",
    "i18n/opportunities_{lang}.toml",
    "i18n/sourcing_{lang}.toml",
    "i18n/notebook_{lang}.toml",
    "i18n/report_{lang}.toml",
    "i18n/planning_{lang}.toml",
    "i18n/law_{lang}.toml",
)
"""The files of texts, from the package's folder."""


VARIABLE = "TKDN_LANG"
"""The variable of the environment that names the language for commands and notebooks."""


@cache
def _text(file: str) -> str:
    from importlib import resources

    return resources.files("tkdn").joinpath(file).read_text(encoding="utf-8")


@cache
def _toml(file: str) -> dict[str, Any]:
    """Return a TOML file of the package as data; its reader is imported with the first file, for a fast start."""
    import tomllib

    return tomllib.loads(_text(file))


@cache
def texts_in(file: str) -> dict[str, str]:
    """Return the templates of one file by dotted key; `file` is its path from the package's folder."""
    data = _toml(file)
    return {f"{section}.{key}": template for section, entries in data.items() for key, template in entries.items()}


@cache
def catalogue(lang: Lang) -> dict[str, str]:
    """Return all templates of a language by dotted key."""
    return {key: template for name in FILES for key, template in texts_in(name.format(lang=lang)).items()}


@cache
def _template(key: str, lang: Lang) -> str | None:
    """Return the template for a key; a file is parsed only if it has the key's section, since commands start faster so."""
    heading = f"[{key.partition('.')[0]}]\n"
    files = (file for name in FILES if heading in _text(file := name.format(lang=lang)))
    return next((found for file in files if (found := texts_in(file).get(key)) is not None), None)


def say(key: str, lang: Lang = "en", **values: object) -> str:
    """Return the text for a key, with values put in.

    Raises:
        KeyError: there is no such text, or it needs a value that is not given.

    >>> say("status.complete"), say("status.complete", "id")
    ('complete', 'lengkap')
    """
    return say_of(key, lang, values)


def say_of(key: str, lang: Lang, values: Mapping[str, object]) -> str:
    """Return the text for a key, with those of the values put in that it asks for; raises `KeyError` as `say` does."""
    template = _template(key, lang)
    if template is None:
        raise KeyError(key)
    return template.format_map(values)


def preferred() -> Lang:
    """Return the language that a person set in the environment (TKDN_LANG), else English."""
    return "id" if os.environ.get(VARIABLE) == "id" else "en"


def known(key: str) -> bool:
    """Return True if there is a text for the key."""
    return _template(key, "en") is not None


def _sentences(name: str) -> dict[str, str]:
    """Return sentences in Indonesian by their English."""
    return _toml(f"i18n/{name}_id.toml")


def form_words() -> dict[str, Any]:
    """Return the words of the ministry's forms by section; lists are rows and headings in the order of the form."""
    return _toml("i18n/forms_id.toml")


def of_help(paragraph: str) -> str:
    """Return a paragraph of the command's help in Indonesian; unchanged if it is not translated.

    >>> of_help("Show every row.")
    'Tampilkan semua baris.'
    """
    return _sentences("help").get(paragraph, paragraph)


def of_law(sentence: str, lang: Lang) -> str:
    """Return a sentence of a regulation's file in the language; unchanged if it is not translated.

    >>> of_law("Whoever owns it.", "id"), of_law("Pasal 5(2)a", "id")
    ('Siapa pun pemiliknya.', 'Pasal 5(2)a')
    """
    return _sentences("law_notes").get(sentence, sentence) if lang == "id" else sentence


def legal_word(word: str, lang: Lang) -> str:
    """Return a word of a rule of a regulation as people say it.

    >>> legal_word("no", "id"), legal_word("HP / (1 + KP)", "id")
    ('tidak', 'HP / (1 + KP)')
    """
    return say(f"legal-word.{word}", lang) if known(f"legal-word.{word}") else word


def shown_origin(made_in: str, lang: Lang = "en") -> str:
    """Return an origin as people read it: the code of a country, or that none is stated.

    >>> shown_origin("CN"), shown_origin("XX"), shown_origin("XX", "id")
    ('CN', 'abroad, country not stated', 'impor, negara tidak disebut')
    """
    key = f"origin.{made_in}"
    return say(key, lang) if known(key) else made_in


def clean(value: object) -> str:
    r"""Return text on one line without control characters, so that no name can steer a terminal or forge a line.

    >>> clean("bolt\x1b[31m")
    'bolt\ufffd[31m'
    """
    text = str(value)
    return text if text.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in text)


MAX_PLACES = 4
"""An exact figure of more decimals is shown rounded, and said to be."""


def decimal(value: Fraction) -> Decimal | None:
    """Return a fraction as a decimal, or None if it has more than four decimals.

    >>> decimal(Fraction(11, 4)), decimal(Fraction(1, 3))
    (Decimal('2.75'), None)
    """
    for places in range(MAX_PLACES + 1):
        more, left = divmod(10**places, value.denominator)
        if not left:
            return Decimal(value.numerator * more).scaleb(-places, EXACT)
    return None


def number(value: Decimal | int | None, lang: Lang = "en") -> str:
    """Return a plain decimal as people write it: 1,234.50 in English, 1.234,50 in Indonesian; a dash for None.

    >>> number(Decimal("115520000"), "id"), number(Decimal("27.52"), "id"), number(Decimal("1234.5")), number(None)
    ('115.520.000', '27,52', '1,234.5', '-')
    """
    if value is None:
        return "-"
    grouped = format(value, ",d" if isinstance(value, int) else ",f")
    return grouped.translate(_SWAPPED) if lang == "id" else grouped


_SWAPPED = str.maketrans(",.", ".,")
