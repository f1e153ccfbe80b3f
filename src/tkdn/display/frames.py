"""Rows as a data frame of pandas, polars or pyarrow, and back, through narwhals; exact numbers stay exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import c_float
from datetime import datetime, time
from decimal import Decimal
from math import isnan
from types import ModuleType
from typing import Any, Literal, get_args

from tkdn.errors import BomError, MissingExtraError, Place, Problem, UsageError, closest

Backend = Literal["pandas", "polars", "pyarrow"]
BACKENDS = get_args(Backend)
Frame = Any
"""A data frame of pandas, polars or pyarrow, by the backend that was asked for; none of them need be installed."""
_MISSING = ("NoneType", "NAType", "NaTType")
_DIGITS = 38
"""Digits that the decimals of polars and pyarrow hold."""


def frame_of(columns: Mapping[str, Sequence[object]], backend: str) -> Frame:
    """Return a data frame of the backend from columns of equal length; None is an empty cell.

    Numbers are `Decimal`: an object column in pandas, a decimal column in polars and pyarrow. A column whose numbers need more
    than 38 digits is text.

    Raises:
        UsageError: `backend-unknown`.
        MissingExtraError: `extra-missing` if the backend is not installed.
    """
    if backend not in BACKENDS:
        raise UsageError(
            [
                Problem(
                    "backend-unknown",
                    {"backend": backend, "known": tuple(BACKENDS), "nearest": closest(backend, BACKENDS)},
                )
            ]
        )
    try:
        return _BUILD[backend]({name: _fitting(values) for name, values in columns.items()})
    except ModuleNotFoundError as error:
        raise MissingExtraError.library(f"a frame of {backend}", backend) from error


def frame_of_records(
    records: Sequence[Mapping[str, Any]], backend: str, texts: Sequence[str], numbers: Sequence[str]
) -> Frame:
    """Return a data frame of plain records, a column for each key, `texts` before `numbers`.

    Args:
        records: one for each row; a missing key is an empty cell.
        backend: pandas, polars or pyarrow.
        texts: keys of columns whose values are shown as they are, lists joined.
        numbers: keys of columns whose values, numbers as text, become exact decimals.

    Raises:
        UsageError: `backend-unknown`.
        MissingExtraError: `extra-missing` if the backend is not installed.
    """
    columns: dict[str, list[object]] = {key: [_cell(record.get(key)) for record in records] for key in texts}
    for key in numbers:
        columns[key] = [None if record.get(key) is None else Decimal(str(record[key])) for record in records]
    return frame_of(columns, backend)


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def rows_of_frame(frame: Frame, name: str) -> tuple[list[str], list[list[object]]]:
    """Return the column names and rows of a data frame; NaN, NaT and NA become None.

    Args:
        frame: of pandas, polars or pyarrow, or another that narwhals takes.
        name: what the caller calls it, for error messages.

    Raises:
        UsageError: `frame-unknown` if it is no frame that narwhals takes.
        BomError: `duplicate-column`.
        MissingExtraError: `extra-missing` without narwhals.
    """
    narwhals = _narwhals()
    try:
        taken = narwhals.from_native(frame, eager_only=True)
    except TypeError:
        raise UsageError([Problem("frame-unknown", {"name": name, "type": type(frame).__name__})]) from None
    except narwhals.exceptions.DuplicateError:
        twice = Problem("duplicate-column", {}, Place(f"frame {name}"), case="frame")
        raise BomError([twice]) from None
    names = [str(column) for column in taken.columns]
    kinds = taken.schema.dtypes()
    single = [kind == narwhals.Float32 for kind in kinds]
    cells = (_cells(each.to_list(), floats) for each, floats in zip(taken.iter_columns(), single, strict=True))
    scaled = (kind == narwhals.Decimal for kind in kinds)
    columns = (map(_without_scale, each) if of_scale else each for each, of_scale in zip(cells, scaled, strict=True))
    return names, [list(row) for row in zip(*columns, strict=True)]


def _narwhals() -> ModuleType:
    try:
        import narwhals.stable.v2 as narwhals
    except ModuleNotFoundError:
        raise MissingExtraError.of("a data frame", "frames") from None
    return narwhals


def _cells(values: list[object], single: bool) -> Iterator[object]:
    """Yield the cells of a column; `single`: it holds floats of 32 bits."""
    for value in values:
        plain = _plain(value)
        if type(plain).__name__ in _MISSING or (isinstance(plain, float) and isnan(plain)):
            yield None
        else:
            yield _shortest(plain) if single and isinstance(plain, float) else _day(plain)


def _plain(value: object) -> object:
    """Return a number of numpy as Python's own, a float by what it prints."""
    item = getattr(value, "item", None)
    if getattr(value, "ndim", None) != 0 or item is None:
        return value
    plain: object = item()
    return float(str(value)) if isinstance(plain, float) else plain


def _without_scale(value: object) -> object:
    """Return a number of a decimal column without the zeros that the column's one scale has put behind it: 2.5, not 2.500."""
    if not isinstance(value, Decimal):
        return value
    return value.to_integral_value() if value == value.to_integral_value() else Decimal(f"{value:f}".rstrip("0"))


def _shortest(value: float) -> float:
    """Return a float of 32 bits by the shortest decimal that means it, as it prints: 0.1, not 0.10000000149011612."""
    texts = (f"{value:.{digits}g}" for digits in range(1, 10))
    return next(float(text) for text in texts if c_float(float(text)).value == value)


def _day(value: object) -> object:
    """Return a moment at midnight as a day, anything else as it is."""
    return value.date() if isinstance(value, datetime) and value.time() == time() else value


def _fitting(values: Sequence[object]) -> Sequence[object]:
    """Return the values, as text if they are numbers with more digits than a decimal column holds."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    if numbers and max(len(f"{value.copy_abs():.0f}") for value in numbers) + _scale(numbers) > _DIGITS:
        return [format(value, "f") if isinstance(value, Decimal) else value for value in values]
    return values


def _scale(values: Sequence[object]) -> int:
    """Return how many decimals the numbers have at most."""
    exponents = [value.as_tuple().exponent for value in values if isinstance(value, Decimal)]
    return max(-min(int(exponent), 0) for exponent in exponents)


def _numeric(values: Sequence[object]) -> bool:
    return any(isinstance(value, Decimal) for value in values)


def _nothing(values: Sequence[object]) -> bool:
    return all(value is None for value in values)


def _pandas(columns: Mapping[str, Sequence[object]]) -> Frame:
    import pandas

    return pandas.DataFrame(
        {name: pandas.Series(values, dtype=_pandas_type(values)) for name, values in columns.items()},
        columns=[*columns],
    )


def _pandas_type(values: Sequence[object]) -> type | None:
    return bool if values and all(isinstance(value, bool) for value in values) else object


def _polars(columns: Mapping[str, Sequence[object]]) -> Frame:
    import polars

    types = {
        name: polars.Decimal(_DIGITS, _scale(values))
        if _numeric(values)
        else polars.String
        if _nothing(values)
        else None
        for name, values in columns.items()
    }
    return polars.DataFrame([polars.Series(name, values, types[name]) for name, values in columns.items()])


def _pyarrow(columns: Mapping[str, Sequence[object]]) -> Frame:
    import pyarrow

    types = {
        name: pyarrow.decimal128(_DIGITS, _scale(values))
        if _numeric(values)
        else pyarrow.string()
        if _nothing(values)
        else None
        for name, values in columns.items()
    }
    return pyarrow.table({name: pyarrow.array(values, types[name]) for name, values in columns.items()})


_BUILD: Mapping[str, Callable[[Mapping[str, Sequence[object]]], Frame]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _pyarrow,
}
