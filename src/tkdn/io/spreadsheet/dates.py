"""Days that are text: whether the day or the month stands first is decided once for a file, and never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tkdn.errors import BomError, Place, Problem

Order = Literal["day-first", "month-first"]
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})\.?[\s-]*([^\W\d_]+)\.?,?[\s-]*(\d{4}|\d{2})")
_MONTH_NAMED = re.compile(r"([^\W\d_]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTHS = (
    "january januari januar jan",
    "february februari pebruari februar feb",
    "march maret marz maerz mar mrt",
    "april apr",
    "may mei mai",
    "june juni jun",
    "july juli jul",
    "august agustus aug agu ags agt agst",
    "september sept sep",
    "october oktober oct okt",
    "november nopember nov nop",
    "december desember dezember dec des dez",
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Decided:
    """Which stands first (None: it does not matter), and the text, or what else, that shows it."""

    order: Order | None
    because: str | None = None


UNDECIDED = Decided(None)


def settled(texts: Iterable[str], stated: Order | None, place: Place, hint: str | None = None) -> Decided:
    """Which stands first in a file's days: as stated, else as they show it, else by `hint`, which speaks for the day.

    >>> settled(["03/04/2025", "14/09/2030"], None, Place())
    Decided(order='day-first', because='14/09/2030')

    Raises `BomError` (`date-ambiguous`) where it is not stated, and a day can be read in two ways.
    """
    if stated is not None:
        return Decided(stated)
    shown: dict[str, str] = {}
    for text in texts:
        if (what := shows(text)) is not None:
            shown.setdefault(what, text)
    day, month, either = (shown.get(what) for what in ("day-first", "month-first", "either"))
    if either is not None and (day is None) == (month is None) and (day or not hint):
        values = {"date": either, **({"day_first": day, "month_first": month} if day else {})}
        raise BomError([Problem("date-ambiguous", values, place, case="both" if day else "")])
    if day is None and month is None:
        return Decided("day-first", hint) if either else UNDECIDED
    return Decided("day-first", day) if day else Decided("month-first", month)


def shows(text: str) -> Literal["day-first", "month-first", "either"] | None:
    """What a text shows; None for one that is read in one way only, and for what is no day.

    >>> [shows(text) for text in ("14/09/2030", "09/14/2030", "03/04/2025", "03.04.2025", "12 Maret 2025", "2030-09-14")]
    ['day-first', 'month-first', 'either', 'day-first', 'day-first', None]
    """
    text = " ".join(text.split())
    if found := _NUMERIC.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > _MONTHS_OF_YEAR >= second:
            return "day-first"
        if second > _MONTHS_OF_YEAR >= first:
            return "month-first"
        return "either" if first != second and first <= _MONTHS_OF_YEAR else None
    if (found := _DAY_NAMED.fullmatch(text)) and _folded(found[2]) in _NUMBERS:
        return "day-first"
    return "month-first" if (found := _MONTH_NAMED.fullmatch(text)) and _folded(found[1]) in _NUMBERS else None


def to_day(text: str, order: Order | None, *, strict: bool = False) -> date | None:
    """The day that a text means; None where it is none. `strict`: a day of the other order is none.

    >>> to_day("14-Sep-30", None), to_day("03/04/2025", "month-first"), to_day("31.02.2025", None)
    (datetime.date(2030, 9, 14), datetime.date(2025, 3, 4), None)
    """
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _NUMERIC.fullmatch(text):
        shown = shows(text)
        known = shown if shown in ("day-first", "month-first") else None
        if strict and found[2] != "." and known not in (None, order):
            return None
        day, month = (found[3], found[1]) if (known or order) == "month-first" else (found[1], found[3])
        return _day(found[4], month, day)
    if found := _DAY_NAMED.fullmatch(text):
        return _named(found[3], found[2], found[1])
    return _named(found[3], found[1], found[2]) if (found := _MONTH_NAMED.fullmatch(text)) else None


def _named(year: str, month: str, day: str) -> date | None:
    number = _NUMBERS.get(_folded(month))
    return None if number is None else _day(year if len(year) > 2 else f"20{year}", str(number), day)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
