"""Columns of a table as arrays: each different value checked once by the bill's own types; what is not plain is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from tkdn.bom.compiled import Flags, Floats, Whole
from tkdn.bom.model import Record

MIN_NUMBER, MAX_NUMBER = 1e-20, 1e30
"""Numbers beyond these are left to the reader of single bills, which knows their limits."""
PLAIN_ID = r"^[^\s\p{C}'](.*[^\s\p{C}])?$"
NO_DAY = np.datetime64("NaT")


class Rows:
    """The rows of one table: `vehicle` is the index of each row's; a row that is not plain marks its vehicle in `left`."""

    def __init__(self, table: pyarrow.Table, vehicle: Whole, left: Flags) -> None:
        """Take a table, the vehicle of each of its rows, and the marks that all tables share."""
        self.table, self.vehicle, self.left = table, vehicle, left
        self.size = table.num_rows

    def __contains__(self, key: str) -> bool:
        """Return True if a column of this name holds anything."""
        return key in self.table.column_names and self.table.column(key).null_count < self.size

    def leave(self, rows: Flags | Whole) -> None:
        """Leave the vehicles of these rows to the reader of single bills."""
        self.left[self.vehicle[rows]] = True

    def column(self, key: str) -> pyarrow.Array:
        """Return the cells of a column as one array."""
        cells = self.table.column(key).combine_chunks()
        return cells.dictionary_decode() if pyarrow.types.is_dictionary(cells.type) else cells

    def leave_filled(self, *keys: str) -> None:
        """Leave vehicles in which one of these columns holds anything."""
        for key in keys:
            if key in self:
                self.leave(pc.is_valid(self.column(key)).to_numpy(zero_copy_only=False))

    def text(self, key: str) -> pyarrow.Array:
        """Return a column of text; without such a column, one of empty cells."""
        return self.column(key) if key in self else pyarrow.nulls(self.size, pyarrow.string())

    def codes(self, key: str, code: Callable[[Any], int | None], missing: int) -> NDArray[np.int64]:
        """Return each cell as the number that `code` gives its value (None: not a plain one); `missing` for an empty one.

        Each different value is looked at once (benchmarks/catalogue.py).
        """
        if key not in self:
            return np.full(self.size, missing, np.int64)
        encoded = self.column(key).dictionary_encode()
        known = [code(value) for value in encoded.dictionary.to_pylist()]
        wrong = np.array([each is None for each in known] + [False])
        numbers = np.array([missing if each is None else each for each in known] + [missing], np.int64)
        at = encoded.indices.fill_null(len(known)).to_numpy(zero_copy_only=False)
        self.leave(wrong[at])
        found: NDArray[np.int64] = numbers[at]
        return found

    def valid(self, key: str, model: type[Record], field: str) -> None:
        """Leave vehicles with a value that the model's field does not take."""
        check = _check(model, field)
        self.codes(key, lambda value: 0 if check(value) else None, 0)

    def truth(self, key: str, missing: int) -> NDArray[np.int64]:
        """Return a column of answers as codes: 1 no, 2 yes, `missing` for an empty cell."""
        answers: Mapping[Any, int] = {True: 2, False: 1}
        return self.codes(key, lambda value: answers.get(value) if isinstance(value, bool) else None, missing)

    def numbers(self, key: str, *, zero: bool = False) -> Floats:
        """Return a column of numbers, nan if empty; above zero, or from zero on.

        A float is the nearest to the decimal, so wrong by at most 2^-53 of it; the walk's own bound covers that (see
        `tkdn.assessment.arrays.walk`), and leaves vehicles within it of a legal edge to exact numbers.
        """
        if key not in self:
            return np.full(self.size, np.nan)
        cells = self.column(key)
        kinds = (pyarrow.types.is_floating, pyarrow.types.is_integer, pyarrow.types.is_decimal)
        if not any(kind(cells.type) for kind in kinds):
            self.leave(pc.is_valid(cells).to_numpy(zero_copy_only=False))
            return np.full(self.size, np.nan)
        filled = pc.is_valid(cells).to_numpy(zero_copy_only=False)
        values: Floats = pc.cast(cells, pyarrow.float64(), safe=False).to_numpy(zero_copy_only=False).astype(float)
        plain = (values > MIN_NUMBER) & (values < MAX_NUMBER)
        if zero:
            plain |= values == 0
        self.leave(filled & ~plain)
        return np.where(plain, values, np.nan)

    def kept_of(self, key: str) -> Floats:
        """Return 1 - each share of a column, 1 if it is empty; a share that is none leaves its vehicle.

        A share over a half is taken from 1 as a decimal: in floats the digits that are left would be those of its rounding.
        """
        shares = np.nan_to_num(self.numbers(key, zero=True))
        kept: Floats = 1 - shares
        if not (large := np.flatnonzero((shares > 1 / 2) & (shares <= 1))).size:
            return kept
        encoded = self.column(key).take(pyarrow.array(large)).dictionary_encode()
        exact = []
        for value in encoded.dictionary.to_pylist():
            lost, of = (as_decimal(value) or Decimal(1)).as_integer_ratio()
            exact.append((of - lost) / of)
        kept[large] = np.array(exact)[encoded.indices.to_numpy(zero_copy_only=False)]
        return kept

    def days(self, key: str) -> NDArray[np.datetime64]:
        """Return a column of days."""
        if key not in self:
            return np.full(self.size, NO_DAY, "datetime64[D]")
        cells = self.column(key)
        if not pyarrow.types.is_date(cells.type):
            self.leave(pc.is_valid(cells).to_numpy(zero_copy_only=False))
            return np.full(self.size, NO_DAY, "datetime64[D]")
        days: NDArray[np.datetime64] = pc.cast(cells, pyarrow.date32()).to_numpy(zero_copy_only=False)
        return days.astype("datetime64[D]")


@lru_cache(maxsize=64)
def _check(model: type[Record], field: str) -> Callable[[Any], bool]:
    adapter: TypeAdapter[Any] = TypeAdapter(model.__annotations__[field])

    def check(value: object) -> bool:
        try:
            return bool(adapter.validate_python(value) == value)
        except ValidationError:
            return False

    return check


def valid(model: type[Record], field: str, value: object) -> bool:
    """Return True if the model's field takes the value as it is."""
    return _check(model, field)(value)


def as_decimal(value: object) -> Decimal | None:
    """Return a number as the bill's types take it: a float by its shortest decimal form."""
    if isinstance(value, float):
        return Decimal(repr(value))
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def keys_of(vehicle: Whole, ids: pyarrow.Array, known: pyarrow.Array) -> Whole:
    """Return vehicle and id as one number, -1 if the id is not among the known ones."""
    at = pc.index_in(ids, value_set=known).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.intp)
    keys: Whole = np.where(at < 0, -1, vehicle * max(len(known), 1) + at)
    return keys


def found_in(keys: Whole, among: Whole) -> Whole:
    """Return the index of each key among the others, -1 if it is not there."""
    if not len(among):
        return np.full(len(keys), -1, np.intp)
    order = np.argsort(among, kind="stable")
    ordered = among[order]
    at = np.minimum(np.searchsorted(ordered, keys), len(among) - 1)
    found: Whole = np.where((ordered[at] == keys) & (keys >= 0), order[at], -1)
    return found


def day_number(day: date) -> np.datetime64:
    """Return a day as numpy counts it."""
    return np.datetime64(day, "D")
