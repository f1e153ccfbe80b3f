"""Views: a result as values that every rendering shows alike, with titles, tables of typed columns, facts and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tkdn.display.doors import view_door
from tkdn.i18n import Lang, clean, number, preferred, say

Holds = Literal["text", "id", "name", "number", "gain", "percent"]
"""Contents of a column: words; a part number or a name, which are never broken; a figure, a change of points, a percentage."""
FIGURES: frozenset[Holds] = frozenset({"number", "gain", "percent"})
Cell = str | int | Decimal | None
TableRow = Mapping[str, Cell]
FIRST_ROWS = 12
"""Rows of a table on a first screen, unless it says otherwise."""
FIRST_LINES = 6
"""Lines of a list on a first screen, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        key: the key of its cells in a row.
        heading: its heading in the view's language.
        holds: what it holds; figures may also be words, such as "cannot be calculated".
        gives_way: its place among the columns that a narrow terminal leaves out, lowest first; None: it stays.
    """

    key: str
    heading: str
    holds: Holds = "text"
    gives_way: int | None = None

    @property
    def is_figure(self) -> bool:
        """True if the column holds figures."""
        return self.holds in FIGURES


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings.

    Args:
        title: its title, also its caption for a screen reader.
        columns: in the order shown.
        rows: all of them, cells by the key of their column; a missing cell is shown as a dash.
        last: rows of sums, shown last even if rows are left out.
        first: rows shown on a first screen; None: all.
        rest: words shown below if rows are left out; empty: how many.
        note: words shown below in any case.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    last: tuple[TableRow, ...] = ()
    first: int | None = FIRST_ROWS
    rest: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with values, such as a verdict; a fact without a label goes on with the one before it."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines below a title, such as findings.

    Args:
        title: its title, or an empty text.
        lines: all of them.
        first: lines shown on a first screen; None: all.
        folded: True if a notebook opens them only on request.
        marked: True if each line gets a mark in front.
    """

    title: str
    lines: tuple[str, ...]
    first: int | None = None
    folded: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an explanation: what came out, what went in and which law was applied as lines, and its rows."""

    title: str
    result: str
    lines: tuple[str, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps of an explanation."""

    steps: tuple[Step, ...]


Block = Table | Facts | Lines | Steps


@dataclass(frozen=True, slots=True)
class View:
    """A result as values, in one language, from which every rendering is made.

    Args:
        title: what it is about.
        under: what it rests on, such as the regulation and the day.
        blocks: tables, facts, lines and steps, in the order of reading.
        lang: the language of all words.
        verdict: what matters most; a terminal shows it last, every other rendering first.
    """

    title: str
    under: str
    blocks: tuple[Block, ...]
    lang: Lang
    verdict: Facts | None = None

    @property
    def ordered(self) -> tuple[Block, ...]:
        """The blocks with the verdict first."""
        return self.blocks if self.verdict is None else (self.verdict, *self.blocks)


def view_of(result: object, lang: Lang | None, **options: object) -> View:
    """Return the view of a result; without a language, in that of the environment.

    Raises:
        KeyError: nothing shows a result of its kind.
    """
    view: View = view_door(type(result))(result, lang or preferred(), **options)
    return view


def columns(
    keys: Sequence[str],
    lang: Lang,
    words: str,
    *,
    holds: Mapping[str, Holds] | None = None,
    gives_way: Sequence[str] = (),
) -> tuple[Column, ...]:
    """Return columns by their keys.

    Args:
        keys: in the order shown.
        lang: the language of the headings.
        words: the section of the texts that has the headings: `table` for `table.part`.
        holds: what columns hold that do not hold text.
        gives_way: keys of the columns that a narrow terminal leaves out, the first to go first.

    >>> [each.heading for each in columns(("part", "points"), "en", "table", holds={"points": "number"})]
    ['Part', 'Points']
    """
    kinds = holds or {}
    return tuple(
        Column(
            key,
            say(f"{words}.{key}", lang),
            kinds.get(key, "text"),
            list(gives_way).index(key) if key in gives_way else None,
        )
        for key in keys
    )


def shown_cell(cell: Cell, column: Column, lang: Lang) -> str:
    """Return a cell as people read it: a figure as written in the language, a gain with its sign, text on one line.

    >>> shown_cell(Decimal("1234.5"), Column("gain", "Gain", "gain"), "id"), shown_cell(None, Column("a", "A"), "en")
    ('+1.234,5', '')
    """
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return clean(cell)
    sign = "+" if column.holds == "gain" and cell > 0 else ""
    return sign + number(cell, lang) + (" %" if column.holds == "percent" else "")


def more(count: int, lang: Lang) -> str:
    """Return the words that rows or lines are left out."""
    return say("table.more", lang, count=number(count, lang))


def first_rows(table: Table, lang: Lang, *, everything: bool = False) -> tuple[Sequence[TableRow], str]:
    """Return the rows of a first screen, or all of them, and the words for those that are left out."""
    rows = table.rows if everything or table.first is None else table.rows[: table.first]
    left = len(table.rows) - len(rows)
    return rows, (table.rest or more(left, lang)) if left else ""
