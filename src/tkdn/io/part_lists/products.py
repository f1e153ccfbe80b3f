"""Several products in one list: which of them is meant is asked, and either can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tkdn.bom.tables.records import TableRow
from tkdn.errors import Problem
from tkdn.io.import_report import MAX_ROWS_NAMED, Understanding, rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.rows import Lines
from tkdn.io.questions import Effect, question

MOST = 12
"""Products that a question names."""


def choose_product(lines: Lines, options: ReadOptions, understood: Understanding) -> None:
    """Keep the lines of one product where several lines stand on level 0; ask which if nobody says it.

    A product that is none of these stands above them all.
    """
    tops = [at for at, row in enumerate(lines.rows) if row.cells.get("level") == 0]
    if len(tops) < 2 or "level" not in lines.found.columns.values():
        return
    names = [lines.rows[at].cells.get("id") for at in tops]
    if options.product is None:
        sizes = [after - at for at, after in zip(tops, [*tops[1:], len(lines.rows)], strict=True)]
        _ask(lines, [lines.rows[at] for at in tops], sizes, understood)
    if options.product in names or options.product is None:
        at = names.index(options.product) if options.product in names else 0
        end = [*tops, len(lines.rows)][at + 1]
        left = [row.number for row in (*lines.rows[: tops[at]], *lines.rows[end:])]
        understood.left_out = sorted({*understood.left_out, *left})
        lines.rows[:] = lines.rows[tops[at] : end]


def _ask(lines: Lines, tops: Sequence[TableRow], sizes: Iterable[int], understood: Understanding) -> None:
    named = {
        str(row.cells["id"]): size
        for row, size in zip(tops, sizes, strict=True)
        if isinstance(row.cells.get("id"), str)
    }
    effects = {name: Effect("lines", {"count": size}) for name, size in named.items()}
    places = [lines.found.place(row.number) for row in tops[:MAX_ROWS_NAMED]]
    values = {"products": tuple(named)[:MOST], "rows": rows_named([row.number for row in tops])}
    problem = Problem("product-ambiguous", values, places[0], case="list")
    understood.ask(question("product", problem, list(named)[:MOST], effects=effects, count=len(tops), places=places))


def ask_for_top(lines: Lines, uses: Sequence[TableRow], options: ReadOptions, understood: Understanding) -> None:
    """Ask which product is meant where several parents of a list of pairs go into nothing."""
    parents = dict.fromkeys(use.cells.get("parent") for use in uses)
    used = {use.cells.get("part") for use in uses}
    tops = [parent for parent in parents if isinstance(parent, str) and parent not in used]
    if options.product is not None or len(tops) < 2:
        return
    place = lines.found.place(lines.found.row)
    problem = Problem("product-ambiguous", {"products": tuple(tops[:MOST])}, place, case="pairs")
    understood.ask(question("product", problem, tops[:MOST], count=len(tops)))
