"""How deep each line of a list lies: by a level in one of many styles, a dotted item number, an outline, or an indent."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from tkdn.bom.tables.records import Fault, TableRow
from tkdn.io.part_lists.column_cells import is_item
from tkdn.io.part_lists.detect import FoundList
from tkdn.io.part_lists.level_columns import SOME, with_level_columns
from tkdn.io.part_lists.rows import Lines

_DOTTED = re.compile(r"[.\-+*_ ]*(\d{1,3})")
_ARROWS = re.compile(r"(?:>\s*)+|(?:\*\s*)+|(?:•\s*)+")
_WORDED = re.compile(r"(?:l|lv|lvl|lev|level|tingkat|stufe|ebene)\.?\s*(\d{1,3})", re.IGNORECASE)
_FEW = 5
"""One line in so many without a number is a line like the others."""
_INVALID = "level-invalid"
_TENTH = (0.1, "0.1", "0,1")
"""What a spreadsheet makes of ".1"."""


def place_levels(lines: Lines) -> None:
    """Give each line its level, in the cell `level`; what is no level is left for the list to refuse, or is a `Fault`."""
    keys = with_level_columns(lines.found.columns.values())
    if lines.found.layout.name == "flat":
        for row in lines.rows:
            row.cells["level"] = 1
    elif keys & {"level", SOME}:
        _by_levels(lines.rows)
    elif lines.found.layout.name == "outline" or "item_number" not in keys:
        _by_indents(lines.found, lines.rows)
    else:
        lines.unnumbered = _by_items(lines.rows, lines.sections)
    for row in lines.rows:
        row.cells.pop("item_number", None)


def _by_levels(rows: Sequence[TableRow]) -> None:
    written = [row.cells.get("level") for row in rows]
    arrows = any(isinstance(level, str) and _ARROWS.fullmatch(level.strip()) for level in written)
    dotted = any(isinstance(level, str) and level.strip().startswith(".") for level in written)
    tenths = dotted or all(level in _TENTH for level in written)
    for index, (row, level) in enumerate(zip(rows, written, strict=True)):
        if level is None and (arrows or index == 0):
            row.cells["level"] = 0
        elif level is not None:
            row.cells["level"] = 1 if level in _TENTH and tenths else _level(level)


def _level(written: object) -> object:
    """The level as a whole number where it is one."""
    if isinstance(written, float) and written.is_integer():
        return int(written)
    if not isinstance(written, str):
        return written
    text = written.strip()
    if _ARROWS.fullmatch(text):
        return text.count(text[0])
    found = _DOTTED.fullmatch(text) or _WORDED.fullmatch(text)
    return int(found[1]) if found else written


def _by_items(rows: Sequence[TableRow], sections: Container[int]) -> list[int]:
    """Levels by dotted numbers: each must stand somewhere below the number that it continues. Without points, all are alike.

    The rows are returned that have no number where few have none, and no number a point: they are lines like the others. Many of
    them may be the parts of the numbered line above.

    Under the title of a section numbers may start again; under a lettered line they are those of its parts.
    """
    above: list[str] = []
    seen: set[str] = set()
    items = _below_letters([_item(row.cells.get("item_number")) for row in rows])
    flat = not any("." in item for item in items if item)
    unnumbered = [row.number for row, item in zip(rows, items, strict=True) if item is None and _has_none(row)]
    few = flat and len(unnumbered) * _FEW <= len(rows)
    for row, item in zip(rows, items, strict=True):
        if item is None and few and _has_none(row):
            row.cells["level"] = 1
            continue
        if item is None:
            row.cells["level"] = _no_item(row.cells.get("item_number"), flat=flat)
            continue
        if flat:
            row.cells["level"] = int(item != "0")
            continue
        if row.number in sections and item in seen:
            above, seen = [], set()
        steps = item.split(".")
        parent = ".".join(steps[:-1])
        if item in seen:
            row.cells["level"] = Fault(_INVALID, {"item": item}, case="twice")
            continue
        seen.add(item)
        above[len(steps) - 1 :] = [item]
        if len(steps) > 1 and (len(above) < len(steps) or above[len(steps) - 2] != parent):
            row.cells["level"] = Fault(_INVALID, {"item": item, "parent": parent}, case="order")
            continue
        row.cells["level"] = 0 if item == "0" else len(steps)
    return unnumbered if few else []


def _has_none(row: TableRow) -> bool:
    return row.cells.get("item_number") is None


def _below_letters(items: Sequence[str | None]) -> list[str | None]:
    """Return numbers that follow a lettered line as its parts: 1 after A is A.1."""
    lettered: str | None = None
    found: list[str | None] = []
    for item in items:
        if item is not None and item[:1].isalpha():
            lettered = item.partition(".")[0]
            found.append(item)
        else:
            found.append(item if item is None or lettered is None else f"{lettered}.{item}")
    return found


def _no_item(written: object, *, flat: bool) -> Fault:
    if written is None and flat:
        return Fault(_INVALID, {}, case="no_numbers")
    if written is None:
        return Fault(_INVALID, {}, case="no_item")
    return Fault(_INVALID, {"item": str(written)[:40]}, case="item")


def _item(written: object) -> str | None:
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return None
    text = str(written).strip().removesuffix(".0" if isinstance(written, float) else ".")
    if not is_item(text):
        return None
    return ".".join(str(int(step)) if step.isdigit() else step for step in text.split("."))


def _by_indents(found: FoundList, rows: Sequence[TableRow]) -> None:
    """Levels by outline, else by indents, as a stack of widths: deeper than the line above is one level more."""
    depths = found.shape.depths
    widths: list[int] = []
    for row in rows:
        width = depths.get(row.number, 0)
        while widths and widths[-1] > width:
            widths.pop()
        if not widths or widths[-1] < width:
            widths.append(width)
        row.cells["level"] = len(widths) - 1


def whole_levels(rows: Sequence[TableRow]) -> list[int] | None:
    """The levels where all are whole numbers, none left out; None where something is wrong with them."""
    levels = [row.cells.get("level") for row in rows]
    if not all(type(level) is int and level >= 0 for level in levels):
        return None
    whole: list[int] = [level for level in levels if isinstance(level, int)]
    return None if any(below > level + 1 for level, below in pairwise(whole)) else whole


def parents_of(levels: Sequence[int]) -> list[int | None]:
    """For each line the position of the line that it lies below."""
    above: dict[int, int] = {}
    parents: list[int | None] = []
    for at, level in enumerate(levels):
        parents.append(above.get(level - 1))
        above[level] = at
        for deeper in [known for known in above if known > level]:
            del above[deeper]
    return parents
