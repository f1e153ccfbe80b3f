"""Rows of a list that are no lines: totals, charges, titles, headings again, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tkdn.bom.tables.records import TableRow
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.headings import charges
from tkdn.textnorm import squeezed

_TOTALS = frozenset(
    """total totals sum subtotal grandtotal jumlah jumlahtotal totaljumlah totalbiaya totalharga totalkeseluruhan subjumlah
    summe summenetto gesamt gesamtnetto gesamtsumme zwischensumme 合计 总计 小计""".split()  # noqa: SIM905
)
_WITH_TOTALS = ("total", "grandtotal", "subtotal", "jumlah", "summe", "gesamtsumme", "合计", "总计", "小计")
_BEGIN_TOTALS = frozenset(word[:3] for word in _TOTALS)
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?")
_DASHES = re.compile(r"[\s|:=_+-]*[=_-]{2,}[\s|:=_+-]*")
_OPTIONAL = (
    "alternati",
    "optional",
    "option",
    "opsional",
    "opsi",
    "pilihan",
    "eventual",
    "sparepart",
    "sukucadang",
    "备选",
    "可选",
    "备件",
)
_CELLS_OF_LINES = 4
PLACED = ("level", "item_number")
COUNTS = frozenset({"quantity", "total_quantity"})
_MEASURED = ("quantity", "total_quantity", "price", "pack_price")


def _counts_something(row: TableRow) -> bool:
    """Return True for a row with a number of pieces, or with so many cells that it may be a line of another list."""
    return len(row.cells) >= _CELLS_OF_LINES or any(
        any(map(str.isdigit, str(row.cells.get(key, "")))) for key in COUNTS
    )


def last_line(kept: Sequence[TableRow]) -> int:
    """Return how many rows there are to the last one above a gap; below it are signatures, if nothing is counted there."""
    gaps = [at for at in range(1, len(kept)) if kept[at].number > kept[at - 1].number + 1]
    return gaps[-1] if gaps and any(map(_counts_something, kept[: gaps[-1]])) else len(kept)


def take_below(kept: list[TableRow], lines: int) -> list[int]:
    """Take out the rows at the end, below the first total, that count nothing: tax, overheads, a word on the payment."""
    last = next((at for at in range(len(kept), lines, -1) if _counts_something(kept[at - 1])), lines)
    taken = [row.number for row in kept[last:]]
    del kept[last:]
    return taken


def is_total(row: TableRow, cells: Sequence[object]) -> bool:
    if row.cells.keys() >= {"item_number", "quantity", "price"}:
        return False  # a line, whatever its part is called
    id_ = row.cells.get("id")
    if id_ is not None and "parent" not in row.cells:
        begins = isinstance(id_, str) and id_.lstrip()[:3].casefold() in _BEGIN_TOTALS
        return begins and _names_total(squeezed(id_), row)
    if "parent" in row.cells:
        return False
    return any(_names_total(squeezed(cell), row) for cell in cells if isinstance(cell, str))


def _names_total(word: str, row: TableRow) -> bool:
    """Whether a word is one for a total; what only begins so may be the name of a part where there is a quantity."""
    return word in _TOTALS or (word.startswith(_WITH_TOTALS) and "quantity" not in row.cells)


def is_aside(found: FoundList, row: TableRow, cells: Sequence[object], *, has_place: bool) -> bool:
    """Whether a row is no line: empty, a heading or column numbers again, the title of a section, a remark."""
    if not row.cells:
        return True
    if row.cells.keys() & set(_MEASURED) == set() and "id" not in row.cells and not _is_named_in_place(row):
        return True
    item = str(row.cells.get("item_number", "0")).strip()
    if not item[:1].isdigit() and not (row.cells.keys() & set(_MEASURED) and row.cells.keys() & {"id", "name"}):
        return True
    if not row.cells.keys() & COUNTS and is_charge(cells):
        words = row.cells.get("id")
        if words is None or (set(found.columns.values()) & COUNTS and is_charge([words])):
            return True
    if all(_DASHES.fullmatch(str(cell)) for cell in cells if cell is not None):
        return True
    if has_place and len(row.cells) == 1 and not row.cells.keys() & set(PLACED):
        return sum(cell is not None for cell in cells) == 1
    head = [(found.headings[at].text, cells[at]) for at in found.columns if at < len(cells) and cells[at] is not None]
    if len(head) > 1 and all(isinstance(cell, str) and cell.strip() == text for text, cell in head):
        return True
    return _are_numbers_of_columns(cells)


def is_optional(title: str) -> bool:
    """Return True if the title of a section says that what follows is an alternative, or an option."""
    return squeezed(title).startswith(_OPTIONAL)


def is_charge(cells: Iterable[object]) -> bool:
    """Return True for freight, tax and fees: a cell that begins with a word for them."""
    for cell in cells:
        words = re.findall(r"\w+", cell.casefold()) if isinstance(cell, str) else []
        if {" ".join(words[:count]) for count in (1, 2, 3)} & charges():
            return True
    return False


def charge_named(cells: Iterable[object]) -> str:
    """Return the words of a charge as the row has them."""
    return next((cell.strip() for cell in cells if isinstance(cell, str) and is_charge([cell])), "")


def _is_named_in_place(row: TableRow) -> bool:
    """Whether a row without a number and a quantity has a name and a place in the list, as an assembly may have."""
    placed = "level" in row.cells or str(row.cells.get("item_number", ""))[:1].isdigit()
    return placed and "name" in row.cells


def _are_numbers_of_columns(cells: Sequence[object]) -> bool:
    """Whether the cells count the columns: (1) (2) (3), or 1 2 3 from the first cell on."""
    if not isinstance(cells[0], str | int | float) or str(cells[0]).removesuffix(".0") not in ("1", "(1)"):
        return False
    filled = [
        found for cell in cells if cell is not None and (found := _NUMBERED.fullmatch(str(cell).removesuffix(".0")))
    ]
    counted = [int(found[1]) for found in filled]
    return (
        len(counted) > 2 and len(counted) == sum(cell is not None for cell in cells) and counted == sorted(set(counted))
    )
