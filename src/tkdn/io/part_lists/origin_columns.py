"""Two columns that say together where a part comes from: ticks, shares, or prices, under Local and Import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from tkdn.bom.country import ABROAD, HOME
from tkdn.bom.tables.records import Fault, Percentage, TableRow
from tkdn.io.part_lists.cells import Money, money
from tkdn.io.spreadsheet.decimals import to_number_text

TICKS = ("local_tick", "import_tick")
PRICES = ("local_price", "import_price")
_TICKED = frozenset({"v", "x", "y", "ya", "yes", "ja", "true", "✓", "✔", "√", "☑", "●", "•", "*"})
_WHOLE = (0, 1, 100)
"""Sums of the two cells of a line where these are ticks or shares."""


def pairs_only(columns: Mapping[int, str]) -> dict[int, str]:
    """Return the columns without half a pair: "Import" alone is another thing, and one such price is a price."""
    keys = set(columns.values())
    ticks, prices = keys >= set(TICKS), keys >= set(PRICES)
    found: dict[int, str] = {}
    for at, key in columns.items():
        if key in TICKS and not ticks:
            continue
        found[at] = "price" if key in PRICES and not prices and "price" not in keys else key
    return {at: key for at, key in found.items() if key not in PRICES or prices}


def prices_under_ticks(columns: Mapping[int, str], rows: Iterable[Sequence[object]]) -> dict[int, str]:
    """Return the columns with "KDN" and "KLN" as prices if amounts of money are below them, not ticks or shares."""
    at = {key: position for position, key in columns.items() if key in TICKS}
    if set(at) != set(TICKS):
        return dict(columns)
    cells = [tuple(row[at[key]] if at[key] < len(row) else None for key in TICKS) for row in rows]
    if any(_is_word(cell) for pair in cells for cell in pair):
        return dict(columns)
    sums = [sum(filter(None, map(_number, pair)), Decimal(0)) for pair in cells]
    if all(each in _WHOLE for each in sums):
        return dict(columns)
    return {**columns, **{at[tick]: price for tick, price in zip(TICKS, PRICES, strict=True)}}


def _is_word(cell: object) -> bool:
    """Return True for a cell that is no amount of money: a tick, a share, a remark."""
    if isinstance(cell, bool | Percentage):
        return True
    return isinstance(cell, str) and ("%" in cell or (_number(cell) is None and any(map(str.isalpha, cell))))


def _number(cell: object) -> Decimal | None:
    """Return about what a cell amounts to, whichever its mark of decimals is; None if it is no number."""
    text = str(money(str(cell).replace("%", "")).number)
    found = to_number_text(text, "point") or to_number_text(text, "comma")
    return None if cell is None or found is None else Decimal(found)


def settle_origins(rows: Iterable[TableRow]) -> list[int]:
    """Put origin and price in cells of their own, and return the rows that are ticked as both; two prices are a fault.

    Abroad is known then, the country is not. An origin that another column states stays. Nothing, a dash or 0 next to a price is
    no second price.
    """
    both: list[int] = []
    for row in rows:
        local, imported = (row.cells.pop(key, None) for key in TICKS)
        if _is_ticked(local) and _is_ticked(imported):
            both.append(row.number)
        else:
            _put(row, _is_ticked(local), _is_ticked(imported))
        ours, theirs = (row.cells.pop(key, None) for key in PRICES)
        is_ours, is_theirs = _is_price(ours), _is_price(theirs)
        _put(row, is_ours, is_theirs)
        if not (is_ours and is_theirs):
            price = theirs if is_theirs or ours is None else ours
            if price is not None:
                row.cells.setdefault("price", price)
    return both


def _put(row: TableRow, is_local: bool, is_imported: bool) -> None:
    if is_local and is_imported:
        row.cells["made_in"] = Fault("origin-unclear", {}, case="prices")
    elif is_local or is_imported:
        row.cells.setdefault("made_in", HOME if is_local else ABROAD)


def _is_ticked(cell: object) -> bool:
    if cell is True or str(cell).strip().casefold() in _TICKED:
        return True
    number = None if isinstance(cell, bool) else _number(cell)
    return number is not None and number > 0


def _is_price(cell: object) -> bool:
    """Return True for an amount that is not nothing, or a cell that cannot be read."""
    return isinstance(cell, Fault) or (isinstance(cell, Money) and bool(cell.number) and Decimal(str(cell.number)) != 0)
