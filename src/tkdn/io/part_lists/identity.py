"""Lines without a part number: the name stands for it if no column has numbers, or if that is said; else it is asked."""

from __future__ import annotations

from tkdn.bom.tables.records import TOLD, TableRow
from tkdn.errors import Problem
from tkdn.io.import_report import MAX_ROWS_NAMED, Understanding, rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.rows import Lines
from tkdn.io.questions import question

_TELLING_APART = ("spec", "unit", "price")
"""Columns in which two lines of one name would differ if they were two parts."""


def settle_identities(lines: Lines, options: ReadOptions, understood: Understanding) -> None:
    """Give each line that has only a name a part number: its name, or ask for it.

    Without a column of part numbers the names are taken for these, unless one name means two things.
    """
    nameless = [row for row in lines.rows if "id" not in row.cells and isinstance(row.cells.get("name"), str)]
    if not nameless:
        return
    positions = {key: at for at, key in reversed(list(lines.found.columns.items()))}
    at = positions.get("id", positions.get("name"))
    no_numbers = "id" not in positions and len(nameless) == sum("id" not in row.cells for row in lines.rows)
    if options.identity == "name" or (no_numbers and not _mean_two_things(nameless)):
        _name_them(lines, nameless, at)
        if options.identity is None:
            understood.note("names-are-numbers", lines.found.place(lines.found.row, at))
        return
    rows = [row.number for row in nameless]
    values = {"count": len(rows), "rows": rows_named(rows)}
    places = [lines.found.place(row, at) for row in rows[:MAX_ROWS_NAMED]]
    problem = Problem("part-number-missing", values, places[0], case="" if len(rows) == 1 else "several")
    understood.ask(question("identity", problem, ("name",), count=len(rows), places=places))
    for row in nameless:
        row.cells["id"] = TOLD


def _mean_two_things(rows: list[TableRow]) -> bool:
    """Return True if one name stands twice with another specification, unit or price."""
    first: dict[object, dict[str, object]] = {}
    for row in rows:
        known = first.setdefault(row.cells["name"], {})
        for key in _TELLING_APART:
            if key in row.cells and known.setdefault(key, row.cells[key]) != row.cells[key]:
                return True
    return False


def _name_them(lines: Lines, nameless: list[TableRow], at: int | None) -> None:
    numbers = {row.cells.get("id") for row in lines.rows}
    for row in nameless:
        row.cells["id"] = name = row.cells.pop("name")
        if name in numbers:
            lines.problems.append(Problem("name-is-number", {"name": name}, lines.found.place(row.number, at), name))
