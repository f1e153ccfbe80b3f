"""What a person can say about a file that is to be read: by arguments, or kept in a mapping file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from tkdn.bom.country import ABROAD, COUNTRIES
from tkdn.bom.quantity import is_unit
from tkdn.errors import BomError, Place, Problem, UsageError, closest
from tkdn.io.files import read_bytes
from tkdn.io.spreadsheet.dates import Order
from tkdn.io.spreadsheet.decimals import Mark

Basis = Literal["per_parent", "cumulative"]
PriceBasis = Literal["unit", "line"]
Identity = Literal["name"]
Taken = Literal["read", "skip"]
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The way to read a file, as far as it does not say so itself.

    Attributes:
        product: Id of the product.
        source: The kind of list, such as `sap-cs12`.
        columns: For headings, the column that each is taken for; "-" leaves it out.
        basis: The reference of quantities (`per_parent`, `cumulative`).
        price_basis: Whether a price is for one unit or for the whole line.
        price_unit: The unit that prices are for if a part has lines in several units; `price_units` that of single parts.
        decimal: The decimal mark of numbers stored as text (`comma`, `point`); `decimals` that of single columns, by heading.
        dates: The part that comes first in days such as 03/04/2025 (`day-first`, `month-first`).
        sheet: The sheet to read.
        list: The list to read in a file that holds several, in reading order from "1", or "all".
        currency: That of prices which name none; `currencies` that of a sign, as {"$": "USD"}.
        encoding: That of a text; `separator` that between its cells.
        identity: The substitute for a part number if a line has none (`name`).
        rates: Exchange rates that the file does not hold, rupiah for one of a currency from a day on, as
            {"USD": "16200@2026-01-02"}.
        empty: By column, what an empty cell of a line means, as {"quantity": "1"}.
        units: Units by the words of the list, as {"bal": "pcs"}; `countries` likewise, as {"Nusantara": "ID"}.
        only: Lines that are built, as "HEADING=VALUE"; `except_` those that are not; `all_rows`: all lines are built.
        hidden: Whether hidden rows are read or skipped; `struck` those that are struck out.
        lines: By option, the number of lines that an answer about rows was given for; for another number it does not hold.
    """

    product: str | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    basis: Basis | None = None
    price_basis: PriceBasis | None = None
    price_unit: str | None = None
    price_units: Mapping[str, str] = field(default_factory=dict)
    decimal: Mark | None = None
    decimals: Mapping[str, Mark] = field(default_factory=dict)
    dates: Order | None = None
    sheet: str | None = None
    list: str | None = None
    currency: str | None = None
    currencies: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    separator: str | None = None
    identity: Identity | None = None
    rates: Mapping[str, str] = field(default_factory=dict)
    empty: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    only: Sequence[str] = ()
    except_: Sequence[str] = ()
    all_rows: bool = False
    hidden: Taken | None = None
    struck: Taken | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def says_how(self) -> bool:
        """True if anything but the product and rates is said."""
        return any(getattr(self, each.name) for each in fields(self) if each.name not in ("product", "rates"))

    @property
    def rate_records(self) -> Sequence[dict[str, str]]:
        """The rates as records of a bill."""
        pairs = ((currency, stated.split("@")) for currency, stated in self.rates.items())
        return [{"currency": currency, "rate": rate, "from": day} for currency, (rate, day) in pairs]


NAMES = frozenset(each.name for each in fields(ReadOptions))
"""The names of all options."""
_RATE = re.compile(r"[\d.]+@\d{4}-\d\d-\d\d")
TABLES = {
    "columns": '"heading" = "column"',
    "empty": '"column" = "what an empty cell means"',
    "decimals": '"heading" = "comma" or "point"',
    "currencies": '"$" = "USD"',
    "price_units": '"part" = "kg"',
    "units": '"word" = "pcs"',
    "countries": '"word" = "ID"',
}
"""The options that are tables of texts, with an example of a line."""
_KNOWN: Mapping[str, Callable[[str], bool]] = {
    "units": is_unit,
    "price_units": is_unit,
    "countries": lambda word: word in COUNTRIES or word == ABROAD,
}
"""The words that some of these take."""
LISTS = ("only", "except_")
_PAIR = re.compile(r"[^=]+=.*", re.DOTALL)
_CHOICES = {
    "basis": get_args(Basis),
    "price_basis": get_args(PriceBasis),
    "decimal": get_args(Mark),
    "dates": get_args(Order),
    "identity": get_args(Identity),
    "hidden": get_args(Taken),
    "struck": get_args(Taken),
}


def read_options(mapping: str | Path | Mapping[str, Any] | None = None, **stated: Any) -> ReadOptions:
    """Options out of a mapping (a TOML file, or a dict like it) and of what is stated beside it, which wins.

    >>> read_options({"columns": {"Kode": "id"}, "decimal": "comma"}, decimal="point").decimal
    'point'

    Raises `UsageError` (`option-invalid`, `file-unreadable`) with the nearest option.
    """
    known = [each.name for each in fields(ReadOptions)]
    meant = {key: value for key, value in stated.items() if value is not None or key not in known}
    given = joined(loaded_mapping(mapping), meant)
    problems = [problem for key, value in given.items() if (problem := _wrong(key, value, known))]
    if problems:
        raise UsageError(problems)
    return ReadOptions(**given)


def joined(said: Mapping[str, Any], winning: Mapping[str, Any]) -> dict[str, Any]:
    """Return both as one: what the second says wins, tables of texts entry by entry."""
    tables = {
        key: {**said[key], **winning[key]}
        for key in TABLES
        if isinstance(said.get(key), Mapping) and isinstance(winning.get(key), Mapping)
    }
    return {**said, **winning, **tables}


def _wrong(key: str, value: object, known: Sequence[str]) -> Problem | None:
    """Return what is wrong with an option, None if nothing is."""
    choices: Sequence[str] = _CHOICES.get(key, ())
    values: dict[str, object]
    if key not in known:
        values = {"key": key, "known": tuple(known), "nearest": closest(key, known)}
        return Problem("option-invalid", values, case="reading_key")
    if choices:
        values = {"key": key, "value": value, "known": tuple(choices)}
        return None if value in choices else Problem("option-invalid", values, case="reading_choice")
    if key in TABLES:
        if not _is_words(value):
            return Problem("option-invalid", {"key": key, "known": TABLES[key]}, case="reading_table")
        said = {*value.values()} if isinstance(value, Mapping) else set()
        if key in _KNOWN and (unknown := sorted(word for word in said if not _KNOWN[key](word))):
            return Problem("option-invalid", {"key": key, "value": unknown[0]}, case="reading_word")
        marks = said if key == "decimals" else set()
        if not marks <= {*get_args(Mark)}:
            return Problem("option-invalid", {"value": value, "known": TABLES[key]}, case="reading_decimals")
        return None
    if key == "rates":
        is_rates = isinstance(value, Mapping) and _is_words(value)
        is_rates = is_rates and all(_RATE.fullmatch(str(each)) for each in dict(value).values())  # type: ignore[call-overload]
        return None if is_rates else Problem("option-invalid", {"value": value}, case="reading_rates")
    if key in LISTS:
        pairs = isinstance(value, list | tuple) and all(isinstance(each, str) and _PAIR.match(each) for each in value)
        return None if pairs else Problem("option-invalid", {"key": key, "value": value}, case="reading_pairs")
    if key == "lines":
        return None  # of an answers file, which is checked as it is read
    if key == "all_rows":
        return (
            None
            if isinstance(value, bool)
            else Problem("option-invalid", {"key": key, "value": value}, case="reading_truth")
        )
    return (
        None if isinstance(value, str) else Problem("option-invalid", {"key": key, "value": value}, case="reading_text")
    )


def _is_words(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(word, str) for pair in value.items() for word in pair)


def loaded_mapping(mapping: str | Path | Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a mapping as a dict; a path is that of a TOML file.

    Raises:
        UsageError: `option-invalid` if the file cannot be read.
    """
    if mapping is None or isinstance(mapping, Mapping):
        return dict(mapping or {})
    path = Path(mapping)
    try:
        return tomllib.loads(read_bytes(path).decode())
    except (BomError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        why = error.problems[0].message if isinstance(error, BomError) else error
        place = Place(file=path.name)
        raise UsageError([Problem("option-invalid", {"reason": why}, place, case="mapping")]) from None
