"""Columns whose headings have several meanings, told by their cells: "Item" is a number in one list and a part in another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from tkdn.io.part_lists.amounts import amount_among
from tkdn.io.part_lists.cells import money
from tkdn.io.part_lists.headings import Heading
from tkdn.io.part_lists.origin_columns import pairs_only, prices_under_ticks
from tkdn.io.spreadsheet.decimals import Mark, to_number_text

ITEM = re.compile(r"(?:\d{1,6}|[A-Z]|[IVX]{2,5})(?:\.(?:\d{1,6}|[a-z]))*\.?")
"""An item number: 1.2.1, A.1, IV.2.a."""
_LOOKED_AT = 200
"""Rows whose cells are looked at."""
_COUNTS = ("quantity", "total_quantity")
_COUNTS_SET = frozenset(_COUNTS)
_NAMES = frozenset({"name", "nama", "partname", "itemname", "namabarang", "namabagian", "namakomponen", "namapart"})
"""Headings that mean a name more than a description does."""


def is_item(text: str) -> bool:
    """Return True for an item number.

    >>> is_item("1.2"), is_item("A.1"), is_item("IV"), is_item("900-001"), is_item("Bracket")
    (True, True, True, False, False)
    """
    return ITEM.fullmatch(text) is not None


def told_by_cells(
    columns: Mapping[int, str],
    words: Mapping[int, Heading],
    rows: Sequence[tuple[int, Sequence[object]]],
    stated: frozenset[str],
) -> dict[int, str]:
    """Return the columns with those changed whose cells say otherwise than their headings do.

    Args:
        columns: The key of each position.
        words: The heading of each position.
        rows: The rows below the headings.
        stated: Headings whose key a person said, squeezed; these stay.
    """
    found = dict(columns)
    for at in [at for at, key in columns.items() if key == "item_number" and words[at].words not in stated]:
        if _are_parts(at, words[at], found, rows):
            keys = set(found.values())
            found[at] = "id" if "id" not in keys else "name" if "name" not in keys else "spec"
    for at in [at for at, key in found.items() if key == "price_per"]:
        cells = _filled(at, rows)
        if cells and not any(cell[:1].isdigit() for cell in cells if cell != words[at].text):
            found[at] = "price_unit"  # "Price unit" is a number in one program and a unit in another
    for at in [at for at, key in found.items() if key == "amount" and words[at].words not in stated]:
        cells = _filled(at, rows)
        if cells and 2 * sum(_is_money(cell) for cell in cells) < len(cells):
            del found[at]  # the "Value" of a resistor is no amount
    for at in [at for at, key in found.items() if key == "unit" and not _COUNTS_SET & set(found.values())]:
        cells = [cell for cell in _filled(at, rows) if cell != words[at].text]
        if cells and all(cell.replace(",", "").replace(".", "").isdigit() for cell in cells):
            found[at] = "quantity"  # "Units" counts in one list and names units in another
    for at in [at for at, key in found.items() if key == "name" and words[at].words not in stated]:
        if not any(True for _ in _filled(at, rows)):
            del found[at]  # a column of names without a name names nothing
    found = prices_under_ticks(found, [row for _, row in rows[:_LOOKED_AT]])
    return _best_name(pairs_only(_with_amount(found, words, rows, stated)), words)


def _with_amount(
    columns: dict[int, str],
    words: Mapping[int, Heading],
    rows: Sequence[tuple[int, Sequence[object]]],
    stated: frozenset[str],
) -> dict[int, str]:
    """Return the columns with that of two for the quantity as the amount which is the other one times the price."""
    counts = [at for at, key in columns.items() if key == "quantity" and words[at].words not in stated]
    prices = [at for at, key in columns.items() if key == "price"]
    if len(counts) == len(_COUNTS) and len(prices) == 1 and "amount" not in columns.values():
        amount = amount_among(counts, prices[0], [row for _, row in rows])
        if amount is not None:
            return {**columns, amount: "amount"}
    return columns


def _are_parts(
    at: int, word: Heading, columns: Mapping[int, str], rows: Sequence[tuple[int, Sequence[object]]]
) -> bool:
    """Return True if a column of item numbers holds something else; next to a level, "Number" is the part number."""
    counts = [other for other, key in columns.items() if key in _COUNTS]
    lines = [row for row in rows[:_LOOKED_AT] if any(_text(other, row[1]) for other in counts)]
    cells = [cell for cell in _filled(at, lines or rows) if cell != word.text]
    if "level" in columns.values() and "id" not in columns.values() and word.words == "number":
        return True
    others = sum(not is_item(cell) for cell in cells)
    return bool(cells) and 2 * others > len(cells)


def _is_money(text: str) -> bool:
    number = str(money(text).number)
    return any(to_number_text(number, mark) is not None for mark in get_args(Mark))


def _filled(at: int, rows: Sequence[tuple[int, Sequence[object]]]) -> list[str]:
    """Return the filled cells of a column as text, whole numbers without a point."""
    return [text for _, row in rows[:_LOOKED_AT] if (text := _text(at, row))]


def _text(at: int, row: Sequence[object]) -> str:
    cell = row[at] if at < len(row) else None
    return "" if cell is None else str(cell).strip().removesuffix(".0")


def _best_name(columns: dict[int, str], words: Mapping[int, Heading]) -> dict[int, str]:
    """Return the columns with "Name" as the name and "Description" as the specification, in whatever order they stand."""
    names = [at for at, key in columns.items() if key == "name"]
    specs = [at for at, key in columns.items() if key == "spec"]
    better = [at for at in specs if words[at].words in _NAMES]
    if len(names) == 1 and len(better) == 1 and words[names[0]].words not in _NAMES:
        columns[names[0]], columns[better[0]] = "spec", "name"
    return columns
