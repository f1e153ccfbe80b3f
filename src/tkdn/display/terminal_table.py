"""The console and the tables on it: as wide as there is room for, safe whatever stands in a name."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from shutil import get_terminal_size
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from tkdn.i18n import Lang, clean, say
from tkdn.report.wording import NUMBERS

PIPED_WIDTH = 140
LEAST_WIDTH = 40
"""Below, words break apart; the terminal wraps what is wider."""
GIVES_WAY = (
    *("region", "made_in", "scale", "by_share", "by_credit", "confidence", "own", "certified", "without", "supplier"),
    *("credited_potential", "name", "hidden_by", "law_name"),
)
"""Columns that a narrow terminal leaves out, the first to go first."""
LEAST_ID, LEAST_NAME, LEAST_WORD = 24, 12, 20
"""What an id, a name and a word of running text have at least, where they are longer; figures and headings are never broken."""
GAP, EDGES = 3, 2
"""Blanks between two columns, and at both ends of a row."""

Holds = Literal["number", "id", "name", "text"]


class _Piped(Console):
    """A console that leaves it to the command what becomes of a closed pipe."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """A console that is wide enough when its output is piped, and keeps colours out of pipes."""
    stream = sys.stderr if stderr else sys.stdout
    width = PIPED_WIDTH
    if stream.isatty() or "COLUMNS" in os.environ:
        width = max(LEAST_WIDTH, get_terminal_size((PIPED_WIDTH, 0)).columns)
    return _Piped(stderr=stderr, width=width, highlight=False, soft_wrap=False)


class FittedTable(Table):
    """A table that gives each column the room its words and figures need, and leaves out what does not fit then."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
        self.holds: list[Holds] = []
        self.gives_way: list[int | None] = []

    def add(self, heading: str, holds: Holds, gives_way: int | None = None) -> None:
        """A column: what it holds, and its place among those that give way (None: it stays)."""
        number, name = holds == "number", holds == "name"
        self.add_column(
            heading, justify="right" if number else "left", no_wrap=name, overflow="ellipsis" if name else "fold"
        )
        self.holds.append(holds)
        self.gives_way.append(gives_way)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shown, columns = copy(self), self.columns
        widths = self._widths(options.max_width)
        shown.columns = [
            replace(columns[at], width=width, _index=index) for index, (at, width) in enumerate(widths.items())
        ]
        return Table.__rich_console__(shown, console, options)

    def _widths(self, room: int) -> dict[int, int]:
        """The width of each column that is shown."""
        texts = [[column.header, *column.cells] for column in self.columns]
        natural = [max(cell_len(str(text)) for text in column) for column in texts]
        least = [
            min(wide, _least(column, holds, wide))
            for column, holds, wide in zip(texts, self.holds, natural, strict=True)
        ]
        kept = list(range(len(texts)))

        def missing() -> int:
            return sum(least[at] + GAP for at in kept) - GAP + EDGES - room

        leaving = [at for at in kept if self.gives_way[at] is not None]
        for at in sorted(leaving, key=lambda at: self.gives_way[at] or 0):
            if missing() <= 0 or len(kept) == 1:
                break
            kept.remove(at)
        while missing() > 0:
            widest = max((at for at in kept if self.holds[at] != "number"), key=lambda at: least[at], default=None)
            if widest is None or least[widest] == 1:
                break
            least[widest] -= 1
        widths, spare = {at: least[at] for at in kept}, max(0, -missing())
        for left, at in enumerate(sorted(kept, key=lambda at: natural[at] - least[at]), start=1 - len(kept)):
            more = min(natural[at] - least[at], spare // (1 - left))
            widths[at] += more
            spare -= more
        return widths


def _least(texts: Sequence[object], holds: Holds, natural: int) -> int:
    """The least width of a column: its heading's longest word, and what its cells need to stay readable."""
    heading, *cells = (str(text) for text in texts)
    head = _longest_word([heading])
    if holds == "number":
        return max(head, _longest_word(cells), *(cell_len(cell) for cell in cells if re.search(r"\d", cell)), 1)
    if holds in ("id", "name"):
        return max(head, min(natural, LEAST_ID if holds == "id" else LEAST_NAME))
    return max(head, min(_longest_word(cells), LEAST_WORD))


def _longest_word(texts: Sequence[str]) -> int:
    return max((cell_len(word) for text in texts for word in text.split()), default=1)


def plain_table(title: str, columns: Sequence[tuple[str, bool]]) -> FittedTable:
    """An empty table of headings, each with whether it holds numbers, which stay on one line."""
    table = FittedTable(title)
    for heading, is_number in columns:
        table.add(heading, "number" if is_number else "text")
    return table


def add_row(table: Table, *cells: object) -> None:
    """A row of cells as they are, without markup; a dash where there is nothing."""
    table.add_row(*(Text("-", style="dim") if cell in (None, "") else Text(clean(cell)) for cell in cells))


class Grid:
    """A table of rows by column key; what does not fit is left out, numbers and ids are never broken."""

    def __init__(self, title: str, heads: Sequence[str], lang: Lang) -> None:
        self.heads, self.table = heads, FittedTable(title)
        for head in heads:
            holds: Holds = "number" if head in NUMBERS else "text"
            if head in ("part", "key", "name"):
                holds = "name" if head == "name" else "id"
            self.table.add(say(f"table.{head}", lang), holds, GIVES_WAY.index(head) if head in GIVES_WAY else None)

    def add(self, cells: Mapping[str, object]) -> None:
        """A row; a column without a cell shows a dash."""
        add_row(self.table, *(cells.get(head) for head in self.heads))
