"""What stands above the headings of a list: the product's number and name, and how many of it the list is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tkdn.errors import Problem
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.headings import labels_above
from tkdn.io.spreadsheet.decimals import Mark, to_number_text
from tkdn.textnorm import squeezed

_GAP = re.compile(r"\s{2,}")
_SEVERAL = re.compile(
    r"\b(?:kuantitas|kts|qty|quantity|jumlah produksi|untuk|for|für)\s*:?\s*(\d{1,6})\s*(?:\([\w\s]+\)\s*)?"
    r"(?:unit|units|set|sets|pcs|buah|kendaraan|vehicles|mesin|machines|stück|stk)\b",
    re.IGNORECASE,
)
"""What a title says of how many products a list is for: "Kuantitas 10 UNIT"."""
_BRACKETS = re.compile(r"\([^)]*\)")


def named_above(found: FoundList) -> list[str]:
    """The product's number, and its name, where they stand after a label; its name alone where no number does."""
    for _, label, values in _labelled(found):
        if label in labels_above("number"):
            names = values[1:2] or [text for _, other, (text, *_) in _labelled(found) if other in labels_above("name")]
            return [values[0], *names[:1]]
    return next(([values[0]] for _, label, values in _labelled(found) if label in labels_above("product_name")), [])


def asked_for_one(found: FoundList, mark: Mark | None) -> Problem | None:
    """The problem that quantities are for several of the product, as a base quantity above the list says."""
    marks: tuple[Mark, ...] = ("comma", "point") if mark is None else (mark,)
    for row, cells in found.above:
        for title in (cell for cell in cells if isinstance(cell, str)):
            several = _SEVERAL.search(title)
            if several and several[1].lstrip("0") not in ("", "1"):
                return Problem("quantity-for-several", {"values": several[0].strip()}, found.place(row), case="title")
    for row, label, values in _labelled(found):
        if label not in labels_above("quantity"):
            continue
        read = [text for each in marks if (text := to_number_text(_GAP.split(values[0])[0], each))]
        if read and not any(Decimal(text) == 1 for text in read):
            return Problem("quantity-for-several", {"values": values[0]}, found.place(row))
    return None


def _labelled(found: FoundList) -> Iterator[tuple[int, str, list[str]]]:
    """Rows above the headings that have a label and something after it: in cells, after a colon, or after a gap."""
    for number, cells in found.above:
        filled = [str(cell).strip() for cell in cells if isinstance(cell, str | int | float) and str(cell).strip()]
        if not filled:
            continue
        label, _, rest = filled[0].partition(":")
        head, *more = _GAP.split(label.strip())
        texts = (text.removeprefix(":").strip() for text in (*more, rest, *filled[1:]))
        values = [text for text in texts if text and not _BRACKETS.fullmatch(text)]
        if values:
            yield number, squeezed(_BRACKETS.sub("", head)), values
