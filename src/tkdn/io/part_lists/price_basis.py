"""The reference of prices: one unit, or the whole line. Stated, or shown by printed amounts and totals.

A heading such as "Price" speaks for the unit. Evidence against it is asked, with its own answer as the suggestion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from tkdn.bom.tables.records import TableRow
from tkdn.errors import Problem
from tkdn.exact import EXACT
from tkdn.io.import_report import Understanding
from tkdn.io.options import PriceBasis, ReadOptions
from tkdn.io.part_lists.basis import as_text
from tkdn.io.part_lists.rows import Lines, Total, decimals_of
from tkdn.io.questions import Effect, Question, question


@dataclass(frozen=True, slots=True)
class _Priced:
    """The lines with a price that is for no stated number, above the first total: their sums under both readings."""

    count: int
    of_units: Decimal
    of_lines: Decimal


def settle_price_basis(lines: Lines, options: ReadOptions, understood: Understanding) -> None:
    """Make all prices those of one unit; ask where a printed total fits only prices of whole lines."""
    prices = list(decimals_of(lines.rows, "price"))
    quantities = [_quantity(row) for row in lines.rows]
    basis: str | None = options.price_basis
    total = lines.totals[0] if lines.totals else None
    above = 0 if total is None else sum(row.number < total.row for row in lines.rows)
    priced = _sums(lines.rows[:above], prices, quantities)
    if total is not None and priced is not None and _speaks_for_lines(total, priced):
        if basis is None:
            basis = understood.ask(_which_basis(lines, total, priced))
        elif basis == "unit":
            place = lines.found.place(total.row)
            understood.note("total-for-lines", place, total=total.amount, units=priced.of_units, lines=priced.of_lines)
    if basis == "line":
        for row, price, quantity in zip(lines.rows, prices, quantities, strict=True):
            if price is not None and quantity and "price_per" not in row.cells:
                _make_unit_price(row, price, quantity)


def _quantity(row: TableRow) -> Decimal | None:
    (found,) = decimals_of([row], "quantity")
    return next(decimals_of([row], "total_quantity")) if found is None else found


def _sums(
    rows: Sequence[TableRow], prices: Sequence[Decimal | None], quantities: Sequence[Decimal | None]
) -> _Priced | None:
    """Return the sums of lines with a price; None if all are taken once, so that both readings are the same."""
    count, of_units, of_lines, differs = 0, Decimal(0), Decimal(0), False
    for row, price, quantity in zip(rows, prices, quantities, strict=False):
        if price is None or "price_per" in row.cells:
            continue
        count += 1
        of_lines = EXACT.add(of_lines, price)
        of_units = EXACT.add(of_units, EXACT.multiply(price, Decimal(1) if quantity is None else quantity))
        differs = differs or quantity not in (None, 1)
    return _Priced(count, of_units, of_lines) if count and differs else None


def _speaks_for_lines(total: Total, priced: _Priced) -> bool:
    return _fits(priced.of_lines, total, priced.count) and not _fits(priced.of_units, total, priced.count)


def _fits(found: Decimal, total: Total, count: int) -> bool:
    """Return True if a sum is the printed total within half its last printed place for each row."""
    exponent = total.amount.as_tuple().exponent
    step = Fraction(10) ** exponent if isinstance(exponent, int) else Fraction(1)
    return abs(Fraction(found) - Fraction(total.amount)) <= count * step / 2


def _which_basis(lines: Lines, total: Total, priced: _Priced) -> Question:
    at = next(at for at, key in lines.found.columns.items() if key in ("price", "pack_price"))
    heading, place = lines.found.headings[at].text, lines.found.place(total.row, at)
    values = {"heading": heading, "total": total.amount, "units": priced.of_units, "lines": priced.of_lines}
    effects = {
        "line": Effect("sum-is-total", {"sum": priced.of_lines}),
        "unit": Effect("sum", {"sum": priced.of_units}),
    }
    return question(
        "price-basis",
        Problem("price-basis-unclear", values, place),
        get_args(PriceBasis),
        about=heading,
        effects=effects,
        count=priced.count,
        suggestion="line",
        evidence=[str(total.amount)],
    )


def _make_unit_price(row: TableRow, price: Decimal, quantity: Decimal) -> None:
    """Put the price of one unit, or, if that has no end, the price with the number it is for."""
    text, exact = as_text(Fraction(price) / Fraction(quantity))
    if exact:
        row.cells["price"] = text
    else:
        row.cells["price_per"] = str(quantity)
