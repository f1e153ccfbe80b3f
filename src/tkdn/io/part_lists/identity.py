"""Lines without a part number: the name stands for it where that is said, else it is asked about."""

from __future__ import annotations

from tkdn.bom.tables.records import TOLD
from tkdn.errors import Problem
from tkdn.io.import_report import rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.rows import Lines


def settle_identities(lines: Lines, options: ReadOptions) -> None:
    """Give each line that has only a name a part number: its name, as `identity` says, or the problem that it has none."""
    nameless = [row for row in lines.rows if "id" not in row.cells and isinstance(row.cells.get("name"), str)]
    if not nameless:
        return
    positions = {key: at for at, key in reversed(list(lines.found.columns.items()))}
    at = positions.get("id", positions.get("name"))
    if options.identity == "name":
        numbers = {row.cells.get("id") for row in lines.rows}
        for row in nameless:
            row.cells["id"] = name = row.cells.pop("name")
            if name in numbers:
                message = f"{name!r} is the name here, and the number of a part elsewhere"
                remedy = "write the part number of this line"
                lines.problems.append(
                    Problem("name-is-number", message, remedy, lines.found.place(row.number, at), name)
                )
        return
    rows = [row.number for row in nameless]
    who = "the line has" if len(rows) == 1 else f"{len(rows)} lines (rows {rows_named(rows)}) have"
    message = f"{who} a name, but no part number"
    remedy = "write the numbers, or say --identity name where each name is one part (identity=)"
    lines.problems.append(Problem("part-number-missing", message, remedy, lines.found.place(rows[0], at)))
    for row in nameless:
        row.cells["id"] = TOLD
