"""The reference of prices: one unit, or the whole line. Stated, or shown by printed amounts and totals.

A heading such as "Price" speaks for the unit. Evidence against it is asked, with its own answer as the suggestion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from tkdn.bom.tables.records import TableRow
from tkdn.errors import Problem
from tkdn.exact import EXACT
from tkdn.io.import_report import Understanding, rows_named
from tkdn.io.options import PriceBasis, ReadOptions
from tkdn.io.part_lists.amounts import is_near, last_place
from tkdn.io.part_lists.basis import as_text
from tkdn.io.part_lists.headings import aliases
from tkdn.io.part_lists.origin_columns import PRICES, TICKS
from tkdn.io.part_lists.rows import Lines, Total, decimals_of
from tkdn.io.questions import Effect, Question, question


@dataclass(frozen=True, slots=True)
class _Priced:
    """Sums of lines with a price that is for no stated number, under both readings."""

    count: int
    of_units: Decimal
    of_lines: Decimal


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the prices are for by a printed total, or by printed amounts, and the question that shows it."""

    basis: PriceBasis
    question: Question


def settle_price_basis(lines: Lines, options: ReadOptions, understood: Understanding) -> None:
    """Make all prices those of one unit; ask if totals or amounts fit only prices of whole lines, or if nothing says it."""
    prices = list(decimals_of(lines.rows, "price"))
    quantities = [_quantity(row) for row in lines.rows]
    basis: str | None = options.price_basis
    everything = _sums(lines.rows, prices, quantities)
    if everything is not None:
        shown = _of_amounts(lines, prices, quantities) or _of_total(lines, prices, quantities, understood)
        if basis is None and _is_silent(lines):
            basis = shown.basis if shown else understood.ask(_ask_which(lines, everything))
            if shown:
                place, heading = lines.found.place(lines.found.row), lines.headings["price"]
                understood.note(f"prices-of-{shown.basis}s", place, heading=_price_column(lines)[1] or heading)
        elif shown is not None and shown.basis == "line":
            if basis is None:
                basis = understood.ask(shown.question)
            elif basis == "unit" and "total" in shown.question.problem.values:
                values = {key: shown.question.problem.values[key] for key in ("total", "units", "lines")}
                understood.note("total-for-lines", lines.found.place(lines.totals[0].row), **values)
    if basis == "line":
        for row, price, quantity in zip(lines.rows, prices, quantities, strict=True):
            if price is not None and quantity and "price_per" not in row.cells:
                _make_unit_price(row, price, quantity)


def _is_silent(lines: Lines) -> bool:
    """Return True if no heading says that its numbers are prices: "KDN" and "KLN" alone."""
    columns = lines.found.columns
    heads = [aliases().get(lines.found.headings[at].words) for at, key in columns.items() if key in PRICES]
    return "price" not in columns.values() and any(key in TICKS for key in heads)


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


def _of_amounts(
    lines: Lines, prices: Sequence[Decimal | None], quantities: Sequence[Decimal | None]
) -> _Evidence | None:
    """Return what printed amounts show: they are quantity times price, or the prices themselves."""
    of_units, of_lines = [], []
    for row, price, quantity, amount in zip(
        lines.rows, prices, quantities, decimals_of(lines.rows, "amount"), strict=True
    ):
        if price is None or amount is None or quantity in (None, 1) or "price_per" in row.cells:
            continue
        if is_near(Fraction(price), Fraction(amount), last_place(amount)):
            of_lines.append(row.number)
        elif is_near(Fraction(price) * Fraction(quantity or 1), Fraction(amount), last_place(amount)):
            of_units.append(row.number)
    if bool(of_units) == bool(of_lines):
        return None
    position, heading = _price_column(lines)
    rows = of_units or of_lines
    values = {"heading": heading, "rows": rows_named(rows)}
    problem = Problem("price-basis-unclear", values, lines.found.place(rows[0], position), case="amounts")
    asked = _which_basis(problem, heading, {}, len(rows))
    return _Evidence("line" if of_lines else "unit", asked)


def _of_total(
    lines: Lines,
    prices: Sequence[Decimal | None],
    quantities: Sequence[Decimal | None],
    understood: Understanding,
) -> _Evidence | None:
    """Return what the first printed total shows: it is the sum of quantities times prices, or of the prices."""
    total = lines.totals[0] if lines.totals else None
    above = 0 if total is None else sum(row.number < total.row for row in lines.rows)
    priced = _sums(lines.rows[:above], prices, quantities)
    if total is None or priced is None:
        return None
    of_units, of_lines = (_fits(each, total, priced.count) for each in (priced.of_units, priced.of_lines))
    if not of_units and not of_lines and "amount" not in lines.found.columns.values():
        understood.note("total-differs", lines.found.place(total.row), printed=total.amount, sum=priced.of_units)
    if of_units == of_lines:
        return None
    position, heading = _price_column(lines)
    values = {"heading": heading, "total": total.amount, "units": priced.of_units, "lines": priced.of_lines}
    problem = Problem("price-basis-unclear", values, lines.found.place(total.row, position))
    effects = {
        "line": Effect("sum-is-total", {"sum": priced.of_lines}),
        "unit": Effect("sum", {"sum": priced.of_units}),
    }
    asked = _which_basis(problem, heading, effects, priced.count, [str(total.amount)])
    return _Evidence("line" if of_lines else "unit", asked)


def _fits(found: Decimal, total: Total, count: int) -> bool:
    """Return True if a sum is the printed total within half its last printed place for each row."""
    return abs(Fraction(found) - Fraction(total.amount)) <= count * last_place(total.amount) / 2


def _price_column(lines: Lines) -> tuple[int, str]:
    """Return position and heading of the first column of prices."""
    columns = lines.found.columns
    at = next(at for at, key in columns.items() if key in ("price", "pack_price", *PRICES))
    return at, lines.found.headings[at].text


def _which_basis(
    problem: Problem, heading: str, effects: Mapping[str, Effect], count: int, evidence: Sequence[str] = ()
) -> Question:
    return question(
        "price-basis",
        problem,
        get_args(PriceBasis),
        about=heading,
        effects=effects,
        count=count,
        suggestion="line",
        evidence=list(evidence),
    )


def _ask_which(lines: Lines, priced: _Priced) -> Question:
    """Return the question what prices are for of which nothing says it."""
    position, heading = _price_column(lines)
    problem = Problem(
        "price-basis-unclear", {"heading": heading}, lines.found.place(lines.found.row, position), case="silent"
    )
    effects = {"line": Effect("sum", {"sum": priced.of_lines}), "unit": Effect("sum", {"sum": priced.of_units})}
    return question("price-basis", problem, get_args(PriceBasis), about=heading, effects=effects, count=priced.count)


def _make_unit_price(row: TableRow, price: Decimal, quantity: Decimal) -> None:
    """Put the price of one unit, or, if that has no end, the price with the number it is for."""
    text, exact = as_text(Fraction(price) / Fraction(quantity))
    if exact:
        row.cells["price"] = text
    else:
        row.cells["price_per"] = str(quantity)
