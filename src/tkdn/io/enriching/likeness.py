"""How alike two names are: of firms whatever their legal form is written like, of products whatever the order of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from types import ModuleType

from tkdn.errors import MissingExtraError

_FORMS = {
    **{form: form for form in ("pt", "cv", "ud", "fa", "pd", "ltd", "llc", "gmbh", "inc", "corp")},
    "firma": "fa",
    "koperasi": "koperasi",
    "limited": "ltd",
}
"""Legal forms of firms. Two firms of one name with two of them are two firms."""
_ADDED = frozenset({"tbk", "persero", "perseroan", "terbatas", "co", "company", "perusahaan"})
"""Words that add nothing to a firm's name."""
_SAME = 100
_OTHER_FORM = 90
"""The score of two firms whose names are one, and whose legal forms are not."""


def rapidfuzz_of() -> ModuleType:
    """The library that compares texts. Raises `MissingExtraError`."""
    try:
        import rapidfuzz
    except ImportError:
        raise MissingExtraError.of("Matching by maker and product", "match") from None
    return rapidfuzz


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, without case, accents and punctuation; P.T. is one word.

    >>> words("P.T. Baja & Besi (Persero), Tbk.")
    ('pt', 'baja', 'dan', 'besi', 'persero', 'tbk')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("&", " dan ")
    return tuple(re.findall(r"[^\W_]+", re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)))


def firm(name: str) -> str:
    """The name of a firm as it is compared: without legal form and without the words that add nothing.

    >>> firm("PT. Logam Jaya, Tbk") == firm("LOGAM JAYA, PT") == "logam jaya"
    True
    """
    found = words(name)
    return " ".join(word for word in found if word not in _FORMS and word not in _ADDED) or " ".join(found)


def firm_score(one: str, other: str) -> int:
    """How alike two names of firms are, from 0 to 100. Raises `MissingExtraError`.

    >>> firm_score("PT Logam Jaya", "Logam Jaya, P.T."), firm_score("PT Logam Jaya", "CV Logam Jaya")
    (100, 90)
    """
    first, second = firm(one), firm(other)
    if not first or not second:
        return 0
    forms, others = ({_FORMS[word] for word in words(name) if word in _FORMS} for name in (one, other))
    score = _SAME if first == second else int(rapidfuzz_of().fuzz.token_sort_ratio(first, second))
    return min(score, _OTHER_FORM) if forms and others and not forms & others else score


def product_score(texts: Iterable[str], others: Iterable[str]) -> int:
    """How alike two products are, from 0 to 100: by the most alike of the texts that describe each.

    >>> product_score(["Rangka sasis"], ["SASIS, RANGKA", "SASIS, RANGKA SS400"]), product_score(["Roda"], ["Roda gigi"])
    (100, 61)
    """
    ratio = rapidfuzz_of().fuzz.token_sort_ratio
    ones, rest = ({" ".join(words(text)) for text in names} - {""} for names in (texts, others))
    return max((int(ratio(one, other)) for one in ones for other in rest), default=0)


def share_a_word(texts: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a word of three letters or more stands in both.

    >>> share_a_word(["Paint"], ["Paint, water based"]), share_a_word(["Roda"], ["Poros"])
    (True, False)
    """
    ones, rest = ({word for text in names for word in words(text) if len(word) > 2} for names in (texts, others))
    return not ones.isdisjoint(rest)
