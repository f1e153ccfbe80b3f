"""Printed amounts and totals, checked against what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from tkdn.exact import EXACT
from tkdn.io.import_report import Note, PrintedTotal, Understanding, rows_named
from tkdn.io.part_lists.amounts import is_near, last_place
from tkdn.io.part_lists.rows import Lines, Total, decimals_of


def check_sums(lines: Lines, levels: Sequence[int] | None, understood: Understanding) -> None:
    """Note each printed amount that is not quantity times price, and each total that is no sum of the lines above it."""
    amounts = list(decimals_of(lines.rows, "amount"))
    if not any(amount is not None for amount in amounts):
        return
    compared = dict(_compared(lines, amounts))
    understood.amounts = len(compared)
    wrong = [lines.rows[at].number for at, right in compared.items() if not right]
    if wrong:
        understood.notes.append(Note("amount-differs", lines.found.place(wrong[0]), {"rows": rows_named(wrong)}))
    start = 0
    for total in lines.totals:
        sums = list(_sums(amounts, levels, start, total))
        above = (amount for row, amount in lines.charged.items() if row < total.row)
        charged = reduce(EXACT.add, above, Decimal(0))
        if charged:
            sums += [EXACT.add(each, charged) for each in sums]
        near = next((each for each in sums if _near(each, total.amount)), None)
        understood.totals.append(PrintedTotal(total.row, total.amount, sums[0] if near is None else near))
        if near is None:
            values: dict[str, object] = {"printed": total.amount, "sum": sums[0]}
            understood.notes.append(Note("total-differs", lines.found.place(total.row), values))
        start = total.lines


def _compared(lines: Lines, amounts: Sequence[Decimal | None]) -> Iterator[tuple[int, bool]]:
    """The lines whose amount can be compared with quantity times price, and whether it is that."""
    price, per = list(decimals_of(lines.rows, "price")), list(decimals_of(lines.rows, "price_per"))
    quantities = [list(decimals_of(lines.rows, key)) for key in ("printed_quantity", "quantity", "total_quantity")]
    for at, amount in enumerate(amounts):
        each, units = price[at], per[at] or Decimal(1)
        known = [numbers[at] for numbers in quantities]
        due = [
            Fraction(number) * Fraction(each) / Fraction(units)
            for number in known
            if number is not None and each is not None
        ]
        if amount is not None and due:
            yield at, any(_near(value, amount) for value in due)


def _near(value: Fraction | Decimal, printed: Decimal) -> bool:
    """Whether a printed amount is the value as rounded or cut where it ends."""
    return is_near(Fraction(value), Fraction(printed), last_place(printed))


def _sums(
    amounts: Sequence[Decimal | None], levels: Sequence[int] | None, start: int, total: Total
) -> Iterator[Decimal]:
    """What a total may be the sum of: lines since the last one, all lines above; all of them, the top ones, the lowest ones."""
    for first in dict.fromkeys((start, 0)):
        here = range(first, total.lines)
        chosen: list[Iterable[int]] = [here]
        if levels is not None and here:
            top = min(levels[at] for at in here)
            chosen.append([at for at in here if levels[at] == top])
            chosen.append([at for at in here if at + 1 >= len(levels) or levels[at + 1] <= levels[at]])
        for each in chosen:
            yield reduce(EXACT.add, (amounts[at] or Decimal(0) for at in each), Decimal(0))
