"""Views as CSV: their tables one below the other, each below its title, whole, numbers plain."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from io import StringIO

from tkdn.display.view import Cell, Facts, Lines, Steps, Table, View
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

    def write(*cells: Cell) -> None:
        writer.writerow([plain(cell) for cell in cells])

    write(view.title)
    if view.under:
        write(view.under)
    for block in view.ordered:
        match block:
            case Facts():
                out.write("\n")
                for label, value in block.pairs:
                    write(label, value)
            case Table() if block.rows:
                out.write("\n")
                _table(block, write)
            case Lines() if block.lines:
                out.write("\n")
                for line in (block.title, *block.lines):
                    write(line)
            case Steps():
                for count, step in enumerate(block.steps, 1):
                    out.write("\n")
                    write(f"{count}. {step.title}", step.result)
                    for line in step.lines:
                        write(line)
                    if step.table:
                        _table(step.table, write)
    return out.getvalue()


def _table(table: Table, write: Callable[..., None]) -> None:
    write(table.title)
    write(*(each.heading for each in table.columns))
    for row in (*table.rows, *table.last):
        write(*(row.get(each.key) for each in table.columns))


def plain(cell: Cell) -> str:
    """Return a cell as CSV holds it: a number plain, text on one line and never a formula."""
    if cell is None:
        return ""
    return escaped(clean(cell), FORMULA_STARTS) if isinstance(cell, str) else format(Decimal(cell), "f")
