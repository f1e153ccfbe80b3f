"""Columns whose headings have several meanings, told by their cells: "Item" is a number in one list and a part in another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from tkdn.bom.country import not_stated_elsewhere, origin_named
from tkdn.io.part_lists.amounts import proven_columns
from tkdn.io.part_lists.cells import money
from tkdn.io.part_lists.headings import Heading, remarks, speaks_of_name, speaks_of_price
from tkdn.io.part_lists.origin_columns import PRICES, TICKS, pairs_only, prices_under_ticks
from tkdn.io.spreadsheet.decimals import Mark, to_number_text

ITEM = re.compile(r"(?:\d{1,6}[A-Za-z]?|[A-Z]|[IVX]{2,5})(?:\.(?:\d{1,6}|[a-z]))*\.?")
"""An item number: 1.2.1, A.1, IV.2.a, 3a."""
_LOOKED_AT = 200
"""Rows whose cells are looked at."""
_COUNTS = ("quantity", "total_quantity")
_LONGEST_ORIGIN = 100
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
    found = _with_name(_with_price(_with_origin(found, words, rows, stated), words, rows), words, rows)
    found = prices_under_ticks(found, [row for _, row in rows[:_LOOKED_AT]])
    return _best_name(pairs_only(_with_amount(found, words, rows, stated)), words)


def _with_origin(
    columns: dict[int, str],
    words: Mapping[int, Heading],
    rows: Sequence[tuple[int, Sequence[object]]],
    stated: frozenset[str],
) -> dict[int, str]:
    """Return the columns with that of sources, or of remarks, as the origin if each of its cells is one: "lokal", "China"."""
    if "made_in" in columns.values() or set(columns.values()) & {*TICKS, *PRICES}:
        return columns
    for at, word in words.items():
        key = columns.get(at)
        is_open = word.words not in stated and (key == "supplier" or (key is None and word.words in remarks()))
        cells = [cell for cell in _filled(at, rows) if cell != word.text and not not_stated_elsewhere(cell)]
        if is_open and cells and all(origin_named(cell[:_LONGEST_ORIGIN]) for cell in cells):
            return {**columns, at: "made_in"}
    return columns


def _with_price(
    columns: dict[int, str], words: Mapping[int, Heading], rows: Sequence[tuple[int, Sequence[object]]]
) -> dict[int, str]:
    """Return the columns with those as prices whose heading has a word for it and more, if no other holds prices."""
    if set(columns.values()) & {"price", "pack_price", *PRICES, *TICKS}:
        return columns
    found = {
        at: "price"
        for at, word in words.items()
        if at not in columns and speaks_of_price(word.text) and any(map(_is_money, _filled(at, rows)[1:]))
    }
    return {**columns, **found}


def _with_name(
    columns: dict[int, str], words: Mapping[int, Heading], rows: Sequence[tuple[int, Sequence[object]]]
) -> dict[int, str]:
    """Return the columns with the one as the name whose heading begins with a word for it, if no other names parts."""
    found = [
        at
        for at, word in words.items()
        if at not in columns and speaks_of_name(word.text) and any(cell != word.text for cell in _filled(at, rows))
    ]
    if {"id", "name"} & set(columns.values()) or len(found) != 1:
        return columns
    return {**columns, found[0]: "name"}


def _with_amount(
    columns: dict[int, str],
    words: Mapping[int, Heading],
    rows: Sequence[tuple[int, Sequence[object]]],
    stated: frozenset[str],
) -> dict[int, str]:
    """Return the columns with the one quantity, price and amount of several that printed amounts prove.

    "Jumlah" next to "Qty" is the amount if it is quantity times price, or spelled as money; "Harga" next to "Harga Netto" is left
    out if only the net price makes the amounts.
    """
    by_key: dict[str, list[int]] = {"quantity": [], "price": [], "amount": []}
    for at, key in columns.items():
        if key in by_key and words[at].words not in stated:
            by_key[key].append(at)
    counts, prices, amounts = by_key.values()
    spelled = [at for at in counts if any(money(cell).currency for cell in _filled(at, rows)[1:])]
    if len(counts) > 1 and len(spelled) == 1 and not amounts:
        return _with_amount({**columns, spelled[0]: "amount"}, words, rows, stated)
    if max(len(counts), len(prices)) < 2 or (len(counts) > 1 and amounts):
        return columns
    proven = proven_columns(counts, prices, amounts or counts, [row for _, row in rows])
    if proven is None:
        return columns
    _, price, amount = proven
    return {at: key for at, key in columns.items() if key != "price" or at == price} | {amount: "amount"}


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
