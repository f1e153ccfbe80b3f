"""What the headings of lists from elsewhere mean: in English, Indonesian and German, with a currency or a unit in brackets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from tkdn.textnorm import squeezed

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
APART = ("above", "below", "beside", "several", "remark", "switch", "charge", "firm")
"""Tables of the vocabulary that are no headings of columns."""
LEVEL_COLUMN = "level_"
"""Before the number of the level, the key of a column that holds the parts of one level."""
CURRENCY_WORDS = {
    "rp": "IDR",
    "idr": "IDR",
    "rupiah": "IDR",
    "us$": "USD",
    "€": "EUR",
    "euro": "EUR",
    "rmb": "CNY",
    "jp¥": "JPY",
    "£": "GBP",
    "₹": "INR",
    "rm": "MYR",
    "s$": "SGD",
    "元": "CNY",
    "yuan": "CNY",
    "円": "JPY",
    **dict.fromkeys(("dollar", "dollars", "dolar", "$"), "$"),
    **dict.fromkeys(("us dollar", "us dollars", "dollar us", "dolar as", "dolar us"), "USD"),
    **dict.fromkeys(("¥", "￥"), "¥"),
    "yen": "JPY",
    **dict.fromkeys(("rupee", "rupees", "rs", "inr"), "INR"),
    "ringgit": "MYR",
    "baht": "THB",
    **{code.casefold(): code for code in ("USD", "EUR", "CNY", "JPY", "SGD", "MYR", "GBP", "THB", "KRW", "TWD", "VND")},
}
"""Signs and words, with the currency that each means; "$" and "¥", which several share, stay as they are."""
_NO_CURRENCIES = frozenset({"CUN", "PCS", "SET", "QTY", "MPN", "SKU", "BOM", "UOM", "IPN", "TON"})
_COUNTS = frozenset({"quantity", "total_quantity"})
_NO_WORDS = frozenset({"%", "orang", "unit", "pcs", "pc", "ea", "buah", "bh"})
"""What in brackets says nothing of the meaning of a heading."""
_THOUSAND = {"ribu", "ribuan", "000", "'000", "thousand", "thousands", "tsd", "k"}
_MILLION = {"juta", "jutaan", "jt", "million", "millions", "mio", "mn"}
_PER = re.compile(
    r"\s*(?:/|\bper\b|\bpro\b|\bje\b)\s*(\d{1,6})\s*(?:pcs|pc|ea|buah|unit|stk|st)?\.?\s*$", re.IGNORECASE
)
CURRENCY = re.compile(r"[A-Z]{3}")
_LAST_WORD = re.compile(r"[\s_]+([^\s_()\[\]]{1,8})\.?$")
_OF_UNIT = re.compile(
    r"\s*(?:/|\bper\b)\s*(kg|g|gr|gram|ton|m|mm|cm|meter|l|ltr|liter|ml|m2|m3)\.?\s*(?=$|[(\[])", re.IGNORECASE
)
"""The unit that a price is for, at the end of its heading."""
_IN_MONEY = re.compile(
    r"\b(?:dalam|in)\s+((?:(?:ribu|ribuan|juta|jutaan|thousands?|millions?|tsd|mio)\.?\s*(?:of\s+)?)?(?:rp|rupiah|idr|usd|us\$|eur|euro|cny|rmb|jpy))\b",
    re.IGNORECASE,
)
"""A line such as "(dalam ribuan rupiah)", with what stands behind "in"."""
_CHINESE = re.compile("[\u3400-\u9fff]")
_SCRIPTS = r"(?<=[\u3400-\u9fff])\s*(?=[^\u3400-\u9fff\s])|(?<=[^\u3400-\u9fff\s])\s*(?=[\u3400-\u9fff])"
_LANGUAGES = re.compile(rf"[\n\r]+|{_SCRIPTS}")
"""What parts a heading in two languages: a line, another script."""
_PARTS = re.compile(rf"[/|\n\r()\[\]]+|\s[-\u2013]\s|{_SCRIPTS}")
"""The same, or a slash, a hyphen, a bracket."""
_LONGEST = 200
"""Characters of a heading."""
_MEANS_NUMBER = frozenset({"#", "№", "no.#", "##"})
PRICED = frozenset({"price", "amount", "pack_price", "local_price", "import_price"})
"""Keys of columns of money."""
_EACH = re.compile(r"\s*/\s*(?:pcs|pc|ea|each|unit|buah|bh|stk|st)\.?(?=\s*(?:[(\[]|$))", re.IGNORECASE)
"""That a price or a quantity is for one, behind its heading."""
_CONFIGURED = re.compile(r"^.*/(?=QTY\.?$)")
"""What SolidWorks puts before the quantity: the configuration that it is of."""
_OF_LEVEL = re.compile(r"(?:level|lvl|lv|tingkat|stufe|ebene)(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart.

    Attributes:
        text: As it is printed.
        words: Its words, squeezed together.
        currency: That of its prices.
        scale: What its prices are to be multiplied by, as for thousands of rupiah.
        per: How many its prices are for.
        unit: The unit that its prices are for.
        key: The key of the column, if its place among other headings decides it.
    """

    text: str
    words: str
    currency: str | None = None
    scale: int = 1
    per: str | None = None
    key: str | None = field(default=None, repr=False)
    unit: str | None = field(default=None, repr=False)


def heading(text: str) -> Heading:
    """A heading taken apart.

    >>> heading("Harga Satuan (ribu Rp)")
    Heading(text='Harga Satuan (ribu Rp)', words='hargasatuan', currency='IDR', scale=1000, per=None)
    >>> heading("Price per 100").per
    '100'
    """
    if len(text) > _LONGEST:  # a text, no heading; patterns would be slow on it
        return Heading(text.strip(), squeezed(text))
    currency, scale = None, 1
    divided = _PER.search(text)
    rest = _CONFIGURED.sub("", text[: divided.start()] if divided else text.strip())
    for found in _BRACKETS.finditer(text):
        inside = found[1].replace(",", " ").replace(".", " ").split()
        known = False
        for word in inside:
            lower = word.casefold()
            if lower in CURRENCY_WORDS or (CURRENCY.fullmatch(word) and word not in _NO_CURRENCIES):
                currency, known = CURRENCY_WORDS.get(lower, word), True
            elif lower in _THOUSAND or lower in _MILLION:
                scale, known = (1_000 if lower in _THOUSAND else 1_000_000), True
        if known or not inside or found[1].strip().casefold() in _NO_WORDS:
            rest = rest.replace(found[0], " ")
    rest, unit = _without_unit(rest)
    rest, last = _without_currency(rest)
    words = squeezed(_EACH.sub("", rest)) or ("no" if text.strip() in _MEANS_NUMBER else "")
    if words not in aliases():
        words = _said_twice(rest) or words
    return Heading(text.strip(), words, currency or last, scale, divided[1] if divided else None, unit=unit)


def money_of_title(text: str) -> tuple[str | None, int]:
    """Return currency and scale of all prices of a list by a line above it; (None, 1) if it says neither.

    >>> money_of_title("(dalam ribuan Rupiah)"), money_of_title("All prices in USD"), money_of_title("Rangka ribuan")
    (('IDR', 1000), ('USD', 1), (None, 1))
    """
    found = _IN_MONEY.search(text)
    said = heading(f"x ({found[1]})") if found else None
    return (said.currency, said.scale) if said else (None, 1)


def _said_twice(text: str) -> str | None:
    """Return the known word of a heading in two languages, "序号 No." or "Satuan / Unit"; None if its parts differ.

    A part that is not known counts only in the other script.
    """
    plain = _BRACKETS.sub(" ", text)
    if squeezed(plain) in aliases():
        return squeezed(plain)
    return _one_meaning(_LANGUAGES.split(plain)) or _one_meaning(_PARTS.split(text))


def _one_meaning(texts: Iterable[str]) -> str | None:
    """Return the first known of several words if all known ones mean one thing, and none of their script is unknown."""
    parts = [word for part in texts if (word := squeezed(_EACH.sub("", part)))]
    known = [word for word in parts if word in aliases()]
    scripts, others = ({_is_chinese(each) for each in parts if (each in known) is which} for which in (True, False))
    if len(parts) < 2 or not known or scripts & others:
        return None
    several = _vocabulary()["several"]
    meanings = set.intersection(*({*several.get(word, [aliases()[word]])} for word in known))
    return next((word for word in known if aliases()[word] in meanings), None)


def _is_chinese(word: str) -> bool:
    return _CHINESE.search(word) is not None


def _without_unit(text: str) -> tuple[str, str | None]:
    """Return a heading of prices without the unit that they are for, and the unit: "Harga/kg"."""
    found = _OF_UNIT.search(text)
    if found is None or aliases().get(squeezed(text[: found.start()])) not in PRICED:
        return text, None
    return text[: found.start()] + text[found.end() :], found[1].casefold()


def _without_currency(text: str) -> tuple[str, str | None]:
    """Return a heading of prices without the currency that ends it, and the currency: "Harga Rp", "unit_cost_usd"."""
    found = _LAST_WORD.search(text.strip())
    currency = CURRENCY_WORDS.get(found[1].casefold().rstrip(".")) if found else None
    if found is None or currency is None or aliases().get(squeezed(text.strip()[: found.start()])) not in PRICED:
        return text, None
    return text.strip()[: found.start()], currency


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "headings.toml").read_text(encoding="utf-8"))


@cache
def aliases() -> dict[str, str]:
    """The key of the column for every known heading, squeezed."""
    by_key = {key: words for key, words in _vocabulary().items() if key not in APART}
    return {squeezed(word): key for key, words in by_key.items() for language in words.values() for word in language}


@cache
def labels_above(of: str) -> frozenset[str]:
    """The words before the product's number, its name, or how many of it a list is for (`of`), above a list, squeezed."""
    return frozenset(squeezed(word) for language in _vocabulary()["above"][of].values() for word in language)


@cache
def switch_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return headings that say themselves which lines are built, general ones, and cells of these that say it; squeezed."""
    found = _vocabulary()["switch"]
    itself, general, values = (frozenset(map(squeezed, found[key])) for key in ("itself", "general", "values"))
    return itself, general, values


@cache
def group_words() -> frozenset[str]:
    """Return headings of groups of alternatives, of each of which one line is built, squeezed."""
    return frozenset(map(squeezed, _vocabulary()["switch"]["groups"]))


@cache
def firm_headings() -> Mapping[str, str]:
    """Return what the columns of a sheet of suppliers say, by their squeezed headings: name, scale, region."""
    return {squeezed(word): key for key, words in _vocabulary()["firm"].items() for word in words}


@cache
def remarks() -> frozenset[str]:
    """Return headings of remarks, squeezed: what their cells say decides what they mean."""
    return frozenset(squeezed(word) for word in _vocabulary()["remark"]["words"])


def speaks_of_price(text: str) -> bool:
    """Return True if a heading has a word for price or cost among others.

    >>> speaks_of_price("Harga Std 2026"), speaks_of_price("Landed cost"), speaks_of_price("Total cost of goods")
    (True, True, False)
    """
    words, said = re.findall(r"[^\W\d_]+", text.casefold()), _vocabulary()["remark"]
    if {*words} & {*said["no_price"]}:
        return False
    return any(word in said["price"] or word.endswith(("preis", "kosten")) for word in words)


def speaks_of_name(text: str) -> bool:
    """Return True if a heading begins with a word for a name and goes on with no word for a firm or a place.

    >>> speaks_of_name("Nama Komponen Utama"), speaks_of_name("Nama Pabrik"), speaks_of_name("Kota")
    (True, False, False)
    """
    words = re.findall(r"[^\W\d_]+", text.casefold())
    begins, others = _vocabulary()["remark"]["name"], {*_vocabulary()["remark"]["no_name"]}
    return bool(words) and words[0] in begins and not others & {*words[1:]}


@cache
def charges() -> frozenset[str]:
    """Return how lines begin that are freight, tax or fees, in small letters."""
    return frozenset(word for language in _vocabulary()["charge"].values() for word in language)


def key_of(word: Heading) -> str | None:
    """The key of the column that a heading usually means; that of its level where each level has a column."""
    level = _OF_LEVEL.fullmatch(word.words)
    key = word.key or aliases().get(word.words) or (f"{LEVEL_COLUMN}{int(level[1])}" if level else None)
    return "amount" if key in _COUNTS and word.currency is not None else key  # "Jumlah (Rp)" is an amount of money


def key_below(group: str | None, key: str | None) -> str | None:
    """What a heading means below one that spans several: "Harga" above "Satuan" is a price, not a unit."""
    found: str | None = _vocabulary()["below"].get(group or "", {}).get(key or "")
    return found


def key_beside(words: str, keys: frozenset[str]) -> str | None:
    """What a heading means where another column says already what it usually means: "Material" beside a part number."""
    found: str | None = _vocabulary()["beside"].get(words) if aliases().get(words) in keys else None
    return found
