"""Names of firms, compared without legal form, case, marks, and words that add nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from tkdn.textnorm import plain_letters

_FORMS = {
    **{form: form for form in ("pt", "cv", "ud", "fa", "pd", "ltd", "llc", "gmbh", "inc", "corp")},
    "firma": "fa",
    "koperasi": "koperasi",
    "limited": "ltd",
}
"""Legal forms of firms. Two firms of one name with two of them are two firms."""
_ADDED = frozenset({"tbk", "persero", "perseroan", "terbatas", "co", "company", "perusahaan"})
"""Words that add nothing to a firm's name."""


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a name, without case, accents and punctuation; P.T. is one word.

    >>> words("P.T. Baja & Besi (Persero), Tbk.")
    ('pt', 'baja', 'dan', 'besi', 'persero', 'tbk')
    """
    plain = plain_letters(text).replace("&", " dan ")
    return tuple(re.findall(r"[^\W_]+", re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)))


def firm(name: str) -> str:
    """Return the name of a firm as it is compared: without legal form and words that add nothing.

    >>> firm("PT. Logam Jaya, Tbk") == firm("LOGAM JAYA, PT") == "logam jaya"
    True
    """
    found = words(name)
    return " ".join(word for word in found if word not in _FORMS and word not in _ADDED) or " ".join(found)


def forms_differ(one: str, other: str) -> bool:
    """Return True if two names state legal forms, and none of them in common.

    >>> forms_differ("PT Roda", "CV Roda"), forms_differ("PT Roda", "Roda")
    (True, False)
    """
    forms, others = _forms(one), _forms(other)
    return bool(forms and others and not forms & others)


@lru_cache(maxsize=65_536)
def _forms(name: str) -> frozenset[str]:
    return frozenset(_FORMS[word] for word in words(name) if word in _FORMS)


def same_firm(one: str, other: str) -> bool:
    """Return True if two names are of one firm: they differ in case, marks, or a legal form that one leaves out.

    >>> same_firm("UD Kayu Subang", "Kayu Subang, U.D."), same_firm("PT Roda", "CV Roda")
    (True, False)
    """
    return bool(firm(one)) and firm(one) == firm(other) and not forms_differ(one, other)


class FirmNames:
    """Names of firms, looked up by how they are compared.

    >>> names = FirmNames(["PT Roda", "Logam Jaya, CV"])
    >>> names.has("cv logam jaya"), names.has("CV Roda")
    (True, False)
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._by_name[firm(name)].append(name)

    def has(self, name: str) -> bool:
        """Return True if one of the names is of this firm."""
        return any(same_firm(name, each) for each in self._by_name.get(firm(name), ()))

    def __bool__(self) -> bool:
        """Return True if there is any name."""
        return bool(self._by_name)
