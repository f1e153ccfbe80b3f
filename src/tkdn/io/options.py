"""What a person can say about a file that is to be read: by arguments, or kept in a mapping file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from tkdn.errors import BomError, Place, Problem, UsageError, closest
from tkdn.io.files import read_bytes
from tkdn.io.spreadsheet.dates import Order
from tkdn.io.spreadsheet.decimals import Mark

Basis = Literal["per_parent", "cumulative"]
Identity = Literal["name"]
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file, where it does not say so itself.

    `product`: id of the product. `source`: the kind of list, such as `sap-cs12`. `columns`: for headings, the column that each
    is taken for, "-" to leave it out. `basis`: what quantities are per (`per_parent`, `cumulative`). `decimal`: the mark of
    decimals in numbers that are text (`comma`, `point`); `decimals`: that of single columns, by heading. `dates`: which stands
    first in days such as 03/04/2025 (`day-first`, `month-first`). `sheet`: the sheet to read. `currency`: of prices that name
    none. `encoding`, `separator`: of a text file. `identity`: what stands for a part number where a line has none (`name`).
    `rates`: exchange rates that the file does not hold, rupiah for one of a currency from a day on, as
    {"USD": "16200@2026-01-02"}. `empty`: by column, what an empty cell of a line means, as {"quantity": "1"}.
    """

    product: str | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    basis: Basis | None = None
    decimal: Mark | None = None
    decimals: Mapping[str, Mark] = field(default_factory=dict)
    dates: Order | None = None
    sheet: str | None = None
    currency: str | None = None
    encoding: str | None = None
    separator: str | None = None
    identity: Identity | None = None
    rates: Mapping[str, str] = field(default_factory=dict)
    empty: Mapping[str, str] = field(default_factory=dict)

    @property
    def says_how(self) -> bool:
        """Whether anything but the product and rates is said."""
        return any(getattr(self, each.name) for each in fields(self) if each.name not in ("product", "rates"))

    @property
    def rate_records(self) -> list[dict[str, str]]:
        """The rates as records of a bill."""
        pairs = ((currency, stated.split("@")) for currency, stated in self.rates.items())
        return [{"currency": currency, "rate": rate, "from": day} for currency, (rate, day) in pairs]


_RATE = re.compile(r"[\d.]+@\d{4}-\d\d-\d\d")
_TABLES = {
    "columns": '"heading" = "column"',
    "empty": '"column" = "what an empty cell means"',
    "decimals": '"heading" = "comma" or "point"',
}
_CHOICES = {
    "basis": get_args(Basis),
    "decimal": get_args(Mark),
    "dates": get_args(Order),
    "identity": get_args(Identity),
}


def read_options(mapping: str | Path | Mapping[str, Any] | None = None, **stated: Any) -> ReadOptions:
    """Options out of a mapping (a TOML file, or a dict like it) and of what is stated beside it, which wins.

    >>> read_options({"columns": {"Kode": "id"}, "decimal": "comma"}, decimal="point").decimal
    'point'

    Raises `UsageError` (`option-invalid`, `file-unreadable`) with the nearest option.
    """
    known = [each.name for each in fields(ReadOptions)]
    meant = {key: value for key, value in stated.items() if value is not None or key not in known}
    given = {**_loaded(mapping), **meant}
    problems = []
    for key, value in given.items():
        choices = _CHOICES.get(key, ())
        if key not in known:
            problems.append(
                Problem(
                    "option-invalid",
                    {"key": key, "known": tuple(known), "nearest": closest(key, known)},
                    case="reading_key",
                )
            )
        elif choices and value not in choices:
            problems.append(
                Problem("option-invalid", {"key": key, "value": value, "known": tuple(choices)}, case="reading_choice")
            )
        elif key in _TABLES and not _is_words(value):
            problems.append(Problem("option-invalid", {"key": key, "known": _TABLES[key]}, case="reading_table"))
        elif key == "decimals" and not {*value.values()} <= {*get_args(Mark)}:
            problems.append(Problem("option-invalid", {"value": value, "known": _TABLES[key]}, case="reading_decimals"))
        elif key == "rates" and not (_is_words(value) and all(_RATE.fullmatch(each) for each in value.values())):
            problems.append(Problem("option-invalid", {"value": value}, case="reading_rates"))
        elif key not in (*_TABLES, "rates") and not isinstance(value, str):
            problems.append(Problem("option-invalid", {"key": key, "value": value}, case="reading_text"))
    if problems:
        raise UsageError(problems)
    return ReadOptions(**given)


def _is_words(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(word, str) for pair in value.items() for word in pair)


def _loaded(mapping: str | Path | Mapping[str, Any] | None) -> dict[str, Any]:
    if mapping is None or isinstance(mapping, Mapping):
        return dict(mapping or {})
    path = Path(mapping)
    try:
        return tomllib.loads(read_bytes(path).decode())
    except (BomError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        why = error.problems[0].message if isinstance(error, BomError) else error
        place = Place(file=path.name)
        raise UsageError([Problem("option-invalid", {"reason": why}, place, case="mapping")]) from None
