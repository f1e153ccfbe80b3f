"""Certificates for the naive oracle: which of a part's certificates counts on a day (corrections W1 and W2).

Written from the page of corrections alone, on plain records (design section 8). A record is a certificate as the
document writes it; a day is a ``date``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

Record = Mapping[str, Any]
Term = Literal["shorter", "longer"]
TERMS: tuple[Term, Term] = ("shorter", "longer")

THIS_TEXT = date(2025, 12, 12)
YEARS_OF_THIS_TEXT = 5
YEARS_OF_46_2022 = 3
YEARS_OF_OLD_TEXTS = {"shorter": 2, "longer": 3}


def value_counting(certificates: Sequence[Record], on: date, term: Term) -> Fraction | None:
    """Return the TKDN that counts: the latest issued one's; of two issued on one day the lower."""
    counting = [held for held in certificates if counts(held, certificates, on, term)]
    if not counting:
        return None
    latest = max(issued(held) for held in counting)
    return min(Fraction(str(held["tkdn"])) for held in counting if issued(held) == latest)


def counts(held: Record, among: Sequence[Record], on: date, term: Term) -> bool:
    """Return True if it is a certificate, within its dates, not withdrawn, not frozen, and ended by no other."""
    if is_letter(held) or not issued(held) <= on <= last_day(held, term):
        return False
    if held.get("withdrawn") is not None and day(held["withdrawn"]) <= on:
        return False
    if held.get("frozen") and day(held["frozen"][0]) <= on <= day(held["frozen"][1]):
        return False
    return not any(ends(other, held) and issued(other) <= on for other in among)


def ends(newer: Record, older: Record) -> bool:
    """W1: each later certificate ends the earlier ones, and for good, unless holder or factory are another's."""
    if is_letter(newer) or issued(newer) <= issued(older):
        return False
    return not (differ(newer, older, "holder") or differ(newer, older, "factory"))


def differ(one: Record, other: Record, field: str) -> bool:
    """Return True if both state the field and they differ."""
    return one.get(field) is not None and other.get(field) is not None and one[field] != other[field]


def is_letter(held: Record) -> bool:
    """Return True for a Surat Keterangan, which counts for no component."""
    return held.get("kind") == "letter"


def last_day(held: Record, term: Term) -> date:
    """W2: as printed; else by day of issue first, text second: the day before the anniversary."""
    if held.get("expires") is not None:
        return day(held["expires"])
    return anniversary(issued(held), years(held, term)) - timedelta(days=1)


def years(held: Record, term: Term) -> int:
    """Return how many years it lasts: five; three under 46/2022; between two and three under any other old text."""
    if issued(held) >= THIS_TEXT:
        return YEARS_OF_THIS_TEXT
    if names(held.get("regulation"), 46, 2022):
        return YEARS_OF_46_2022
    return YEARS_OF_OLD_TEXTS[term]


def names(text: str | None, number: int, year: int) -> bool:
    """Return True if a free text such as "Permenperin 46/2022" or "permenperin-46-2022" names this regulation."""
    return text is not None and re.search(rf"(?<!\d)0*{number}\D+{year}(?!\d)", text) is not None


def anniversary(start: date, after: int) -> date:
    """Return the same day some years on; 29 February is followed by 1 March in a year that has none."""
    try:
        return start.replace(year=start.year + after)
    except ValueError:
        return date(start.year + after, 3, 1)


def issued(held: Record) -> date:
    """Return the day of issue."""
    return day(held["issued"])


def day(text: str) -> date:
    """Return an ISO date."""
    return date.fromisoformat(text)
