"""Days as callers and documents give them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime

from tkdn.errors import Problem, UsageError

MONTHS_OF_YEAR = 12

_DATE = r"\d{4}-\d{2}-\d{2}"
INVALID = "date-invalid"


def stated_day(value: object) -> date | None:
    """Return a day given as a `date` or as "YYYY-MM-DD", None if it is neither.

    >>> stated_day("2026-06-01"), stated_day("1 June")
    (datetime.date(2026, 6, 1), None)
    """
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(_DATE, value, re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return None


def not_a_day(value: object) -> dict[str, object]:
    """Return the values of the problem that a value is no day."""
    return {"value": str(value)[:40]}


def day_of(on: date | str | None) -> date:
    """Return a day as a caller gives it: a `date`, a moment of that day, or "YYYY-MM-DD".

    Raises:
        UsageError: `date-missing` if there is none, `date-invalid` if it is no day.

    >>> day_of("2026-06-01")
    datetime.date(2026, 6, 1)
    """
    if type(on) is date:  # first, for speed: every value of law is looked up by a day (benchmarks/test_walk.py)
        return on
    if on is None:
        raise UsageError([Problem("date-missing", {})])
    given: object = on
    if isinstance(on, datetime):
        with suppress(ValueError):  # a moment that is none, as pandas' NaT, has no date
            given = on.date()
    day = stated_day(given)
    if day is None:
        raise UsageError([Problem(INVALID, not_a_day(given))])
    return day


def months_later(day: date, months: int) -> date:
    """Return the day some months later; the last of the month if it has no such day."""
    years, month = divmod(day.month - 1 + months, MONTHS_OF_YEAR)
    for end in range(day.day, 0, -1):
        try:
            return date(day.year + years, month + 1, end)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
