"""What the headings of lists from elsewhere mean: in English, Indonesian and German, with a currency or a unit in brackets."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
CURRENCY_WORDS = {
    "rp": "IDR",
    "idr": "IDR",
    "rupiah": "IDR",
    "us$": "USD",
    "€": "EUR",
    "euro": "EUR",
    "rmb": "CNY",
    "jp¥": "JPY",
}
"""Signs and words that mean one currency. "$" and "¥" do not."""
_NO_CURRENCIES = frozenset({"CUN", "PCS", "SET", "QTY", "MPN", "SKU", "BOM", "UOM", "IPN", "TON"})
_THOUSAND = {"ribu", "ribuan", "000", "'000", "thousand", "tsd", "k"}
_MILLION = {"juta", "jutaan", "jt", "million", "mio", "mn"}
_PER = re.compile(
    r"\s*(?:/|\bper\b|\bpro\b|\bje\b)\s*(\d{1,6})\s*(?:pcs|pc|ea|buah|unit|stk|st)?\.?\s*$", re.IGNORECASE
)
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart: its words squeezed together; the currency, the scale, the units of a price."""

    text: str
    words: str
    currency: str | None = None
    scale: int = 1
    per: str | None = None


def squeezed(text: str) -> str:
    """Text without case, accents, spaces and marks, so that spellings of one heading are equal.

    >>> squeezed("Comp. Qty (CUn)"), squeezed("ITEM NO."), squeezed("Währung")
    ('compqtycun', 'itemno', 'wahrung')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def heading(text: str) -> Heading:
    """A heading taken apart.

    >>> heading("Harga Satuan (ribu Rp)")
    Heading(text='Harga Satuan (ribu Rp)', words='hargasatuan', currency='IDR', scale=1000, per=None)
    >>> heading("Price per 100").per
    '100'
    """
    currency, scale = None, 1
    divided = _PER.search(text)
    rest = text[: divided.start()] if divided else text
    for found in _BRACKETS.finditer(text):
        words = found[1].replace(",", " ").replace(".", " ").split()
        known = False
        for word in words:
            lower = word.casefold()
            if lower in CURRENCY_WORDS or (CURRENCY.fullmatch(word) and word not in _NO_CURRENCIES):
                currency, known = CURRENCY_WORDS.get(lower, word), True
            elif lower in _THOUSAND or lower in _MILLION:
                scale, known = (1_000 if lower in _THOUSAND else 1_000_000), True
        if known or not words or found[1].strip() in ("%", "orang", "unit"):
            rest = rest.replace(found[0], " ")
    return Heading(text.strip(), squeezed(rest), currency, scale, divided[1] if divided else None)


@cache
def aliases() -> dict[str, str]:
    """The key of the column for every known heading, squeezed."""
    file = resources.files(__package__) / "headings.toml"
    by_key = tomllib.loads(file.read_text(encoding="utf-8"))
    by_key.pop("above")
    return {squeezed(word): key for key, words in by_key.items() for language in words.values() for word in language}


@cache
def labels_above() -> frozenset[str]:
    """The words before the product's number above a list, squeezed."""
    file = resources.files(__package__) / "headings.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))["above"]
    return frozenset(squeezed(word) for language in words.values() for word in language)
