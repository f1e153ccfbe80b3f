"""The currency that the number format of a cell names: a code or sign of one currency, or a shared sign with a locale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_LOCALIZED = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]")
"""[$Rp-421], [$IDR], [$-409]: a sign or code, and the locale it is shown in."""
_QUOTED = re.compile(r'"([^"]*)"')
_CODE = re.compile(r"[A-Z]{3}")
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
}
"""Signs of one currency, in small letters without a point."""
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
        return _named(found[1], int(found[2], 16) if found[2] else None)
    for text in _QUOTED.findall(number_format):
        if named := _named(text, None):
            return named
    bare = re.sub(r"\[[^\]]*\]", "", _QUOTED.sub("", number_format)).replace("\\", "")
    return next((_named(sign, None) for sign in ("$", "¥", "￥", "€", "£", "₹") if sign in bare), None)


def _named(text: str, locale: int | None) -> str | None:
    word = text.strip().rstrip(".")
    shared = _SHARED.get(word)
    if shared is not None:
        return shared.get(locale & 0xFFFF, word) if locale is not None else word
    return _SIGNS.get(word.casefold()) or (word if _CODE.fullmatch(word) else None)
