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
                lines.problems.append(
                    Problem("name-is-number", {"name": name}, lines.found.place(row.number, at), name)
                )
        return
    rows = [row.number for row in nameless]
    values = {"count": len(rows), "rows": rows_named(rows)}
    case = "" if len(rows) == 1 else "several"
    lines.problems.append(Problem("part-number-missing", values, lines.found.place(rows[0], at), case=case))
    for row in nameless:
        row.cells["id"] = TOLD
