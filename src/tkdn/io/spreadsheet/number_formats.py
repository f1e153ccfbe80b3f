"""The currency that the number format of a cell names: a code or sign of one currency, or a shared sign with a locale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_LOCALIZED = re.compile(r"\[\$([^\]-]*)(?:-([^\]]+))?\]")
"""[$Rp-421], [$IDR], [$$-en-US], [$-409]: a sign or code, and the locale it is shown in, by its number or name."""
_BARE = re.compile(r"(?<![A-Za-z])Rp\.?(?![A-Za-z])|[$¥￥€£₹₩฿₫元円]", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')
_NUMBER = re.compile(r"[0-9A-Fa-f]{1,8}")
_CODES = frozenset(
    """AED AUD BND BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR INR JPY KHR KRW KWD LAK LKR MMK MXN MYR NOK NZD PHP PKR PLN QAR
    RUB SAR SEK SGD THB TRY TWD USD VND ZAR""".split()  # noqa: SIM905
)
"""Currencies that formats name by their code; other capitals are words: "PCS"0."""
_SIGNS: Mapping[str, str] = {
    "rp": "IDR",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "฿": "THB",
    "₫": "VND",
    "rm": "MYR",
    "us$": "USD",
    "s$": "SGD",
    "元": "CNY",
    "円": "JPY",
    "nt$": "TWD",
    "hk$": "HKD",
    "a$": "AUD",
    "c$": "CAD",
}
"""Signs of one currency, in small letters without a point."""
_DOLLARS: Mapping[str, str] = {
    "US": "USD",
    "AU": "AUD",
    "CA": "CAD",
    "HK": "HKD",
    "SG": "SGD",
    "NZ": "NZD",
    "TW": "TWD",
    "MX": "MXN",
}
_YEN: Mapping[str, str] = {"JP": "JPY", "CN": "CNY"}
_BY_REGION: Mapping[str, Mapping[str, str]] = {"$": _DOLLARS, "¥": _YEN, "￥": _YEN}
"""Shared signs by the region of a locale's name: en-US."""
_SHARED: Mapping[str, Mapping[int, str]] = {
    "$": {
        0x409: "USD",
        0xC09: "AUD",
        0x1009: "CAD",
        0xC04: "HKD",
        0x1004: "SGD",
        0x4809: "SGD",
        0x1409: "NZD",
        0x404: "TWD",
    },
    "¥": {0x411: "JPY", 0x804: "CNY"},
    "￥": {0x411: "JPY", 0x804: "CNY"},
}
"""Signs that several currencies share: the one of each locale, by the number that Windows gives it."""


class Priced(float):
    """A number that its sheet shows as money.

    Attributes:
        currency: The ISO code, or a sign that several currencies share.
    """

    currency: str

    @classmethod
    def of(cls, value: float, currency: str) -> Priced:
        """Return the number with its currency."""
        made = cls(value)
        made.currency = currency
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the currency with the number."""
        return Priced.of, (float(self), self.currency)


@lru_cache(maxsize=1024)
def currency_of(number_format: str) -> str | None:
    """Return the currency that a number format names, a sign that several share, or None.

    >>> [currency_of(text) for text in ("[$Rp-421]#,##0", "[$$-409]#,##0.00", "[$IDR] #,##0", '"Rp"#,##0', "$#,##0", "#,##0")]
    ['IDR', 'USD', 'IDR', 'IDR', '$', None]
    """
    if (found := _LOCALIZED.search(number_format)) and found[1].strip():
        return _named(found[1], found[2])
    for text in _QUOTED.findall(number_format):
        if named := _named(text, None):
            return named
    bare = re.sub(r"\[[^\]]*\]", "", _QUOTED.sub("", number_format)).replace("\\", "")
    sign = _BARE.search(bare)
    return _named(sign[0], None) if sign else None


def _named(text: str, locale: str | None) -> str | None:
    word = text.strip().rstrip(".")
    if word in _SHARED:
        return _of_locale(word, locale or "")
    return _SIGNS.get(word.casefold()) or (word if word in _CODES else None)


def _of_locale(sign: str, locale: str) -> str:
    """Return the currency that a shared sign is in a locale, or the sign itself if the locale does not tell."""
    number = int(locale, 16) & 0xFFFF if _NUMBER.fullmatch(locale) else None
    region = locale.upper().rpartition("-")[2]
    return _SHARED[sign].get(number or 0) or _BY_REGION[sign].get(region) or sign
