"""One column per level: a part stands in the column of its level, by its number or name, or as a mark beside its number."""

from __future__ import annotations

from collections.abc import Collection

from tkdn.bom.tables.records import Fault, TableRow
from tkdn.io.part_lists.headings import LEVEL_COLUMN

SOME = "level_columns"
"""Stands among the keys of a list that has a column for each of several levels."""
_FEWEST = 2
_MARKS = frozenset(["x", "v", "o", "*", "•", "●", "✓", "√", "-"])


def with_level_columns(keys: Collection[str]) -> frozenset[str]:
    """The keys, with `level_columns` where several of them are columns of a level."""
    own = {key for key in keys if level_of(key) is not None}
    return frozenset(keys) | ({SOME} if len(own) >= _FEWEST else set())


def level_of(key: str) -> int | None:
    """The level of which a column is, by its key: `level_2`."""
    number = key.removeprefix(LEVEL_COLUMN)
    return int(number) if number != key and number.isdigit() else None


class LevelColumns:
    """Puts level and part of each row where other lists have them."""

    def __init__(self, keys: Collection[str]) -> None:
        self._levels = {key: level for key in keys if (level := level_of(key)) is not None}
        self._target = next((key for key in ("id", "name") if key not in keys), None)
        self._above: dict[int, object] = {}

    def place(self, row: TableRow) -> None:
        """The deepest filled column is that of the row; those before it may name what it stands below."""
        filled = sorted((level, row.cells.pop(key)) for key, level in self._levels.items() if key in row.cells)
        if not filled:
            return
        level, own = filled[-1]
        row.cells["level"] = self._contradiction(filled[:-1]) or level
        self._above[level] = own
        if self._target is not None and not _is_mark(own, level):
            row.cells.setdefault(self._target, own)

    def _contradiction(self, stated: list[tuple[int, object]]) -> Fault | None:
        for level, text in stated:
            if self._above.get(level) != text:
                return Fault(
                    "level-invalid",
                    {"parent": text, "stands_below": repr(self._above.get(level))},
                    case="contradiction",
                )
        return None


def _is_mark(cell: object, level: int) -> bool:
    return str(cell).strip().casefold() in _MARKS or cell in (level, str(level))
