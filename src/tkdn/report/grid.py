"""The console and the tables on it: as wide as there is room for, safe whatever stands in a name."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from shutil import get_terminal_size

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tkdn.report.wording import NUMBERS
from tkdn.texts import Lang, clean, say

PIPED_WIDTH = 140
LEAST_WIDTH = 40
"""Below, words break apart; the terminal wraps what is wider."""
WIDE = 120
"""From this width on, tables show all their columns; below, names are cut and the least needed columns give way."""
DROPPED_WHEN_NARROW = frozenset({"made_in", "certified", "own", "scale", "region", "without", "by_share", "by_credit"})
LEAST_NAME, NARROW_FIGURES, WIDE_FIGURES = 12, 66, 96


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


def plain_table(title: str, columns: Sequence[tuple[str, bool]]) -> Table:
    """An empty table of headings, each with whether it holds numbers, which stay on one line."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, is_number in columns:
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    return table


def add_row(table: Table, *cells: object) -> None:
    """A row of cells as they are, without markup; a dash where there is nothing."""
    table.add_row(*(Text("-", style="dim") if cell in (None, "") else Text(clean(cell)) for cell in cells))


class Grid:
    """A table of rows by column key; what does not fit is left out, numbers and ids are never broken."""

    def __init__(self, out: Console, title: str, heads: Sequence[str], lang: Lang) -> None:
        narrow = out.width < WIDE
        self.heads = [head for head in heads if not (narrow and head in DROPPED_WHEN_NARROW)]
        self.table = plain_table(title, ())
        name_width = max(LEAST_NAME, out.width - (NARROW_FIGURES if narrow else WIDE_FIGURES))
        for head in self.heads:
            heading = say(f"table.{head}", lang)
            if head in NUMBERS:
                self.table.add_column(heading, justify="right", no_wrap=True)
            elif head == "name":
                self.table.add_column(heading, no_wrap=True, overflow="ellipsis", max_width=name_width)
            else:
                self.table.add_column(heading, no_wrap=head in ("part", "key"), overflow="fold")

    def add(self, cells: Mapping[str, object]) -> None:
        """A row; a column without a cell shows a dash."""
        add_row(self.table, *(cells.get(head) for head in self.heads))
