"""Views as CSV: their tables one below the other, each below its title, whole, numbers plain."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO

from tkdn.display.view import Block, Cell, Facts, Lines, Steps, Table, View
from tkdn.i18n import clean
from tkdn.textnorm import FORMULA_STARTS, escaped


def to_csv(view: View) -> str:
    """Return a view as CSV: decimal points, no thousands separators, text that looks like a formula guarded.

    >>> import tkdn
    >>> to_csv(tkdn.regulation("pp-7-2021").view("en")).splitlines()[0][:10]
    '"PP 7/2021'
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [(view.title,), *([(view.under,)] if view.under else [])]
    for rows in (heads, *(rows for block in view.ordered for rows in _blocks(block))):
        if out.tell():
            out.write("\n")
        writer.writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _blocks(block: Block) -> Iterator[Iterable[Sequence[Cell]]]:
    """Yield the rows of a block, those of an explanation step by step."""
    match block:
        case Facts():
            yield block.pairs
        case Table() if block.rows:
            yield _table(block)
        case Lines() if block.lines:
            yield ((line,) for line in (block.title, *block.lines))
        case Steps():
            for count, step in enumerate(block.steps, 1):
                lines = ((line,) for line in step.lines)
                yield ((f"{count}. {step.title}", step.result), *lines, *(_table(step.table) if step.table else ()))


def _table(table: Table) -> Iterator[Sequence[Cell]]:
    yield (table.title,)
    yield [each.heading for each in table.columns]
    for row in (*table.rows, *table.last):
        yield [row.get(each.key) for each in table.columns]


def plain(cell: Cell) -> str:
    """Return a cell as CSV holds it: a number plain, text on one line and never a formula."""
    if cell is None:
        return ""
    return escaped(clean(cell), FORMULA_STARTS) if isinstance(cell, str) else format(Decimal(cell), "f")
