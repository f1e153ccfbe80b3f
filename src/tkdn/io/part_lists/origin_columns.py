"""Two columns that say together where a part comes from: ticks, or prices, under Local and Import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tkdn.bom.country import ABROAD, HOME
from tkdn.bom.tables.records import Fault, TableRow

TICKS = ("local_tick", "import_tick")
PRICES = ("local_price", "import_price")
_TICKED = frozenset({"v", "x", "y", "ya", "yes", "ja", "1", "true", "✓", "✔", "√", "☑", "●", "•", "*"})


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


def settle_origins(rows: Iterable[TableRow]) -> None:
    """Put origin and price in cells of their own; a row with both is a fault.

    Abroad is known then, the country is not. An origin that another column states stays.
    """
    for row in rows:
        local, imported = (row.cells.pop(key, None) for key in TICKS)
        _put(row, _is_ticked(local), _is_ticked(imported))
        ours, theirs = (row.cells.pop(key, None) for key in PRICES)
        _put(row, ours is not None, theirs is not None)
        price = ours if theirs is None else theirs if ours is None else Fault("origin-unclear", {}, case="prices")
        if price is not None:
            row.cells.setdefault("price", price)


def _put(row: TableRow, is_local: bool, is_imported: bool) -> None:
    if is_local and is_imported:
        row.cells["made_in"] = Fault("origin-unclear", {}, case="ticks")
    elif is_local or is_imported:
        row.cells.setdefault("made_in", HOME if is_local else ABROAD)


def _is_ticked(cell: object) -> bool:
    return cell is True or str(cell).strip().casefold().removesuffix(".0") in _TICKED
