"""Units that prices are for: by a column of their own, by the heading, as stated; asked if one price stands on two units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tkdn.bom.quantity import UnitError, factor
from tkdn.bom.tables.records import Fault, TableRow
from tkdn.errors import Problem
from tkdn.io.import_report import MAX_ROWS_NAMED, Understanding, rows_named
from tkdn.io.options import ReadOptions
from tkdn.io.part_lists.cells import unit_named
from tkdn.io.part_lists.rows import Lines
from tkdn.io.questions import Question, question

OF_PART = "part_unit"
"""The cell for the unit of a part itself; the unit of a line may be another."""


def settle_price_units(lines: Lines, options: ReadOptions, understood: Understanding) -> None:
    """Put the unit of each part that its price is for; ask where one price stands on lines of different units."""
    by_part: dict[str, list[TableRow]] = {}
    of_heading = next(
        (lines.found.headings[at].unit for at, key in lines.found.columns.items() if key == "price"), None
    )
    for row in lines.rows:
        unit = row.cells.pop("price_unit", of_heading and unit_named(of_heading))
        id_ = row.cells.get("id")
        if isinstance(id_, str):
            by_part.setdefault(id_, []).append(row)
        if isinstance(unit, str) and "price" in row.cells:
            row.cells[OF_PART] = unit
    open_parts: dict[str, list[TableRow]] = {}
    for id_, rows in by_part.items():
        if any(OF_PART in row.cells for row in rows):
            continue
        by_unit = _by_unit(rows)
        if len(by_unit) < 2:
            continue
        stated = options.price_units.get(id_, options.price_unit)
        if stated is not None:
            rows[0].cells[OF_PART] = stated
        elif _is_one_price(by_unit):
            open_parts[id_] = rows
        else:
            _keep_first_price(by_unit)
    if open_parts:
        understood.ask(_which_unit(lines, open_parts))


def _by_unit(rows: Iterable[TableRow]) -> dict[str, TableRow]:
    """Return the first priced row of each unit."""
    found: dict[str, TableRow] = {}
    for row in rows:
        unit, price = row.cells.get("unit"), row.cells.get("price")
        if isinstance(unit, str) and price is not None and not isinstance(price, Fault):
            found.setdefault(unit, row)
    return found


def _is_one_price(by_unit: Mapping[str, TableRow]) -> bool:
    return len({Decimal(str(row.cells["price"])) for row in by_unit.values()}) == 1


def _keep_first_price(by_unit: Mapping[str, TableRow]) -> None:
    """Take out prices that say the same in another unit as the first does in its own."""
    (unit, first), *others = by_unit.items()
    for other, row in others:
        try:
            same = Decimal(str(row.cells["price"])) == Decimal(str(first.cells["price"])) * _decimal(other, unit)
        except UnitError:
            continue
        if same and row.cells.get("price_currency") == first.cells.get("price_currency"):
            for key in ("price", "price_currency", "price_per"):
                row.cells.pop(key, None)


def _decimal(unit: str, to: str) -> Decimal:
    up, down = factor(unit, to).as_integer_ratio()
    return Decimal(up) / Decimal(down)


def _which_unit(lines: Lines, parts: Mapping[str, list[TableRow]]) -> Question:
    units = list(dict.fromkeys(unit for rows in parts.values() for unit in _by_unit(rows)))
    rows = sorted(row.number for found in parts.values() for row in found)
    at = next((at for at, key in lines.found.columns.items() if key == "price"), None)
    places = [lines.found.place(number, at) for number in rows[:MAX_ROWS_NAMED]]
    values = {"parts": tuple(parts)[:MAX_ROWS_NAMED], "units": tuple(units), "rows": rows_named(rows)}
    problem = Problem("price-unit-unclear", values, places[0])
    return question("price-unit", problem, units, count=len(rows), places=places)


def put_units(rows: Iterable[TableRow]) -> None:
    """Let each part have one unit: that of its price or bill, else of its first row; another is that of the quantity there."""
    known = list(rows)
    first: dict[object, object] = {}
    for row in known:
        if isinstance(row.cells.get(OF_PART), str):
            first.setdefault(row.cells.get("id"), row.cells[OF_PART])
    for row in known:
        unit, id_ = row.cells.get("unit"), row.cells.get("id")
        own = row.cells.pop(OF_PART, None)
        if isinstance(unit, str) and isinstance(id_, str) and first.setdefault(id_, unit) != unit:
            row.cells["quantity_unit"] = row.cells.pop("unit")
        if own is not None:
            row.cells["unit"] = first.get(id_, own)
