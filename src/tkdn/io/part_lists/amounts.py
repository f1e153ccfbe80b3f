"""Evidence of printed amounts: quantity times price is the amount of a line.

It shows how numbers are written (a price 1.250 at a quantity of 2 with the amount 2.50 is one and a quarter), and which of two
columns "Jumlah" is the amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import get_args

from tkdn.bom.tables.records import Values
from tkdn.io.part_lists.cells import measured, money
from tkdn.io.spreadsheet.decimals import Mark, evidence, to_number_text

LOOKED_AT = 200
"""Lines that are tried."""
MARKS: tuple[Mark, ...] = get_args(Mark)
_MOST = Fraction(9, 10)
"""Part of the lines that must fit; lines with a mistake of their own do not hide what the others show."""
_FEW = Fraction(1, 2)
"""Part of the lines that the other reading must not fit."""
_COLUMNS = (("quantity", "total_quantity"), ("price", "pack_price"), ("amount",))
Number = tuple[Fraction, Fraction]
"""A number, and what its last printed place is worth."""


def is_near(value: Fraction, printed: Fraction, step: Fraction) -> bool:
    """Return True if a printed number is the value as rounded or cut at its last place, at most a hundredth.

    >>> is_near(Fraction("2.504"), Fraction("2.50"), Fraction("0.01")), is_near(Fraction(3), Fraction(2), Fraction(1))
    (True, False)
    """
    return abs(value - printed) < max(step, Fraction(1, 100))


def last_place(printed: Decimal) -> Fraction:
    """Return what the last printed place of a number is worth.

    >>> last_place(Decimal("2.50")), last_place(Decimal("1E+3"))
    (Fraction(1, 100), Fraction(1000, 1))
    """
    exponent = printed.as_tuple().exponent
    return Fraction(10) ** exponent if isinstance(exponent, int) else Fraction(1)


def proven_marks(rows: Iterable[Values], scales: Mapping[str, int]) -> dict[str, Mark]:
    """Return the mark of decimals of each column whose numbers fit the printed amounts with one mark only.

    Args:
        rows: Cells as they are in the file, by the keys of their columns.
        scales: What the numbers of a column are multiplied by.
    """
    found = [row for row in rows if "price_per" not in row]
    keys = [next((key for key in names if any(key in row for row in found)), None) for names in _COLUMNS]
    named = [key for key in keys if key is not None]
    lines = [row for row in found if all(key in row for key in named)][:LOOKED_AT]
    if len(named) < len(_COLUMNS) or not any(_is_open(row[key]) for row in lines for key in named):
        return {}
    fitting: dict[tuple[Mark, ...], int] = {}
    for marks in product(MARKS, repeat=len(named)):
        numbers = [_numbers(lines, key, mark, scales.get(key, 1)) for key, mark in zip(named, marks, strict=True)]
        fitting[marks] = _count(*numbers)
    proven: dict[str, Mark] = {}
    for at, key in enumerate(named):
        best = {mark: max(count for marks, count in fitting.items() if marks[at] == mark) for mark in MARKS}
        for mark, other in (MARKS, MARKS[::-1]):
            if best[mark] >= _MOST * len(lines) and best[other] < _FEW * len(lines):
                proven[key] = mark
    return proven


def proven_columns(
    quantities: Sequence[int], prices: Sequence[int], amounts: Sequence[int], rows: Sequence[Sequence[object]]
) -> tuple[int, int, int] | None:
    """Return the positions of quantity, price and amount whose product is right in most lines; None if several are, or none.

    Args:
        quantities: Positions that may hold the quantity.
        prices: Positions that may hold the price.
        amounts: Positions that may hold the amount.
        rows: Cells of the lines by position.
    """
    proven = [
        columns
        for columns in product(quantities, prices, amounts)
        if len(set(columns)) == len(columns) and _fits([_cells(row, columns) for row in rows[:LOOKED_AT]])
    ]
    return proven[0] if len(proven) == 1 else None


def _cells(row: Sequence[object], columns: Sequence[int]) -> Values:
    return {str(at): row[column] if column < len(row) else None for at, column in enumerate(columns)}


def _fits(lines: Sequence[Values]) -> bool:
    """Return True if the last of three numbers is the product of the others in most lines that have them all."""
    filled = [line for line in lines if all(cell not in (None, "") for cell in line.values())]
    return bool(filled) and any(
        _count(*(_numbers(filled, str(at), mark, 1) for at, mark in enumerate(marks))) >= _MOST * len(filled)
        for marks in product(MARKS, repeat=len(_COLUMNS))
    )


def _is_open(cell: object) -> bool:
    return isinstance(cell, str) and evidence(_digits(cell)) == "either"


def _digits(cell: str) -> str:
    with_unit = measured(cell)
    return with_unit[0] if with_unit else str(money(cell.replace("%", "")).number)


def _numbers(lines: Sequence[Values], key: str, mark: Mark, scale: int) -> list[Number | None]:
    """Return the numbers of a column as read with a mark; None for a cell that is none."""
    return [_number(row[key], mark, scale) for row in lines]


def _number(cell: object, mark: Mark, scale: int) -> Number | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Fraction(cell) * scale, Fraction(scale, 100)
    text = to_number_text(_digits(cell), mark) if isinstance(cell, str) else None
    if text is None:
        return None
    _, _, decimals = text.partition(".")
    return Fraction(text) * scale, Fraction(scale, 10 ** len(decimals) if decimals.isdigit() else 1)


def _count(
    quantities: Sequence[Number | None], prices: Sequence[Number | None], amounts: Sequence[Number | None]
) -> int:
    """Return how many lines have the amount that quantity and price make."""
    return sum(
        quantity is not None
        and price is not None
        and amount is not None
        and is_near(quantity[0] * price[0], amount[0], amount[1])
        for quantity, price, amount in zip(quantities, prices, amounts, strict=True)
    )
