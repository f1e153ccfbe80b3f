"""The identity of the law behind a result: its content, not only its name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn._version import __version__
from tkdn.law.regulation import Parameter, Regulation
from tkdn.outputs import sha256_of


def law_identity(law: Regulation, on: date, year: int | None = None) -> dict[str, Any]:
    """Return what identifies a count by a law on a day, the same in every process.

    Args:
        law: the regulation, amended or not.
        on: the day.
        year: the calculation year that was asked for.

    Returns:
        `library` and its version; `regulation`, its id; `data_version`; `law_sha256`, of its content; `year`, the calculation
        year whose values are taken, None if the law gives none by year; `on`, the day.

    >>> from tkdn import regulation
    >>> law = regulation("permenperin-35-2025")
    >>> weights = [law.amend({"weight.material": percent}) for percent in (70, 80)]
    >>> len({law_identity(each, date(2026, 6, 1))["law_sha256"] for each in (law, *weights)})
    3
    """
    return {
        "library": f"tkdn {__version__}",
        "regulation": law.id,
        "data_version": law.data_version,
        "law_sha256": law_sha256(law),
        "year": (on.year if year is None else year) if law.by_year else None,
        "on": on.isoformat(),
    }


def law_sha256(law: Regulation) -> str:
    """Return the SHA-256 of all in a regulation that decides a figure or is given as its source.

    Names, meanings and notes are left out, and so is the order of parameters and of amendments: they decide nothing.
    """
    force = [law.in_force_from.isoformat(), law.in_force_to and law.in_force_to.isoformat()]
    parameters = {key: _content(parameter) for key, parameter in law.parameters.items()}
    content = {"kind": law.kind, "method": law.method, "in_force": force, "parameters": parameters}
    return sha256_of(content)


def _content(parameter: Parameter) -> list[Any]:
    values = [
        [
            str(value.start),
            value.end and str(value.end),
            _exact(value.value),
            [[row.test, _exact(row.limit), _exact(row.value), row.article] for row in value.rows],
            value.article,
            value.confidence,
        ]
        for value in parameter.values
    ]
    return [parameter.unit, values]


def _exact(value: Decimal | str | None) -> str | None:
    """Return a number as a fraction, so that 40 and 40.00 are one; a word as it is."""
    return str(Fraction(value)) if isinstance(value, Decimal) else value
