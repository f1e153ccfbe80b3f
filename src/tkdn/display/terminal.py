"""Views in a terminal: the console and the tables on it, as wide as there is room for, safe whatever is in a name."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from io import StringIO
from shutil import get_terminal_size

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tkdn.display.view import Block, Column, Facts, Holds, Lines, TableRow, View, first_rows, more, shown_cell
from tkdn.display.view import Table as ViewTable
from tkdn.i18n import Lang, clean

PIPED_WIDTH = 140
MAX_WIDTH = 100_000
"""For text that is not printed: no line breaks."""
MIN_WIDTH = 40
"""Below, words break apart; the terminal wraps what is wider."""
MIN_ID, MIN_NAME, MIN_WORD = 24, 12, 20
"""Characters that a longer id, name or word of running text gets at least; figures and headings are never broken."""
GAP, EDGES = 3, 2
"""Blanks between two columns, and at both ends of a row."""


class _Piped(Console):
    """A console that leaves it to the command what becomes of a closed pipe."""

    def on_broken_pipe(self) -> None:
        """Raise the error that rich would turn into an exit of its own."""
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """Return a console that is wide enough when its output is piped, and keeps colours out of pipes."""
    stream = sys.stderr if stderr else sys.stdout
    width = PIPED_WIDTH
    if stream.isatty() or "COLUMNS" in os.environ:
        width = max(MIN_WIDTH, get_terminal_size((PIPED_WIDTH, 0)).columns)
    return _Piped(stderr=stderr, width=width, highlight=False, soft_wrap=False)


@contextmanager
def working(what: str, after_seconds: float = 1.0) -> Iterator[None]:
    """Show a moving bar on standard error if the work takes longer than a second and a person is watching."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn(clean(what)), BarColumn(), TimeElapsedColumn(), console=console(stderr=True), transient=True
    )

    def start() -> None:
        progress.add_task("", total=None)
        progress.start()

    timer = threading.Timer(after_seconds, start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        progress.stop()


class FittedTable(Table):
    """A table that gives each column the room its words and figures need, and leaves out what does not fit then."""

    def __init__(self, title: str) -> None:
        """Make an empty table; an empty title shows none."""
        super().__init__(
            title=Text(clean(title), style="bold") if title else None,
            title_justify="left",
            caption_justify="left",
            box=box.SIMPLE_HEAD,
            pad_edge=False,
        )
        self.holds: list[Holds] = []
        self.gives_way: list[int | None] = []

    def add(self, heading: str, holds: Holds, gives_way: int | None = None) -> None:
        """Add a column: what it holds, and its place among those that give way (None: it stays)."""
        number, name = holds == "number", holds == "name"
        self.add_column(
            Text(clean(heading)),
            justify="right" if number else "left",
            no_wrap=name,
            overflow="ellipsis" if name else "fold",
        )
        self.holds.append(holds)
        self.gives_way.append(gives_way)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table with the columns that fit, each as wide as it may be."""
        shown, columns = copy(self), self.columns
        widths = self._widths(options.max_width)
        shown.columns = [
            replace(columns[at], width=width, _index=index) for index, (at, width) in enumerate(widths.items())
        ]
        return Table.__rich_console__(shown, console, options)

    def _widths(self, room: int) -> dict[int, int]:
        """Return the width of each column that is shown."""
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
    """Return the least width of a column: its heading's longest word, and what its cells need to stay readable."""
    heading, *cells = (str(text) for text in texts)
    head = _longest_word([heading])
    if holds == "number":
        return max(head, _longest_word(cells), *(cell_len(cell) for cell in cells if re.search(r"\d", cell)), 1)
    if holds in ("id", "name"):
        return max(head, min(natural, MIN_ID if holds == "id" else MIN_NAME))
    return max(head, min(_longest_word(cells), MIN_WORD))


def _longest_word(texts: Sequence[str]) -> int:
    return max((cell_len(word) for text in texts for word in text.split()), default=1)


def show(view: View, *, everything: bool = False, out: Console | None = None) -> None:
    """Print a view: its blocks in order, and the verdict last, next to the prompt.

    Args:
        view: what is shown.
        everything: True to print all rows and lines, not only those of a first screen.
        out: the console; None: standard output.
    """
    out = out or console()
    if view.verdict is None and view.title:
        out.print(Text(clean(view.title), style="bold"))
        if view.under:
            out.print(Text(clean(view.under)))
    for block in view.blocks:
        _show(block, view.lang, out, everything=everything)
    if view.verdict is not None:
        heading = Text(clean(view.title), style="bold", overflow="ellipsis")
        out.print(Panel(_facts(view.verdict), title=heading, subtitle=Text(clean(view.under)) or None, expand=False))


def as_text(view: View, *, everything: bool = False) -> str:
    """Return a view as text, no line broken."""
    out = _Piped(file=StringIO(), width=MAX_WIDTH, highlight=False, color_system=None, force_jupyter=False)
    show(view, everything=everything, out=out)
    assert isinstance(out.file, StringIO)
    return "".join(f"{line.rstrip()}\n" for line in out.file.getvalue().splitlines())


def _show(block: Block, lang: Lang, out: Console, *, everything: bool) -> None:
    match block:
        case ViewTable():
            if block.rows or block.last:
                out.print(_table(block, lang, everything=everything))
        case Lines():
            _lines(block, lang, out, everything=everything)
        case Facts():
            out.print(_facts(block))
        case _:
            for count, step in enumerate(block.steps, 1):
                out.print(Text(clean(f"{count}. {step.title}: {step.result}"), style="bold"))
                for line in step.lines:
                    out.print(Text(clean(f"   {line}")))
                if step.table is not None:
                    out.print(_table(step.table, lang, everything=everything))


def _table(table: ViewTable, lang: Lang, *, everything: bool) -> FittedTable:
    fitted = FittedTable(table.title)
    for column in table.columns:
        holds: Holds = "number" if column.is_figure else column.holds
        fitted.add(column.heading, holds, column.gives_way)
    rows, rest = first_rows(table, lang, everything=everything)
    for row in rows:
        _add_row(fitted, table.columns, row, lang)
    if table.last:
        fitted.add_section()
    for row in table.last:
        _add_row(fitted, table.columns, row, lang)
    caption = "\n".join(map(clean, filter(None, (rest, table.note))))
    fitted.caption = Text(caption) if caption else None
    return fitted


def _add_row(fitted: FittedTable, columns: Sequence[Column], row: TableRow, lang: Lang) -> None:
    """Add a row of cells as they are, without markup; a dash for nothing."""
    cells = (shown_cell(row.get(each.key), each, lang) for each in columns)
    fitted.add_row(*(Text(cell) if cell else Text("-", style="dim") for cell in cells))


def _lines(block: Lines, lang: Lang, out: Console, *, everything: bool) -> None:
    """Print lines as they are, without markup, set in below a title."""
    if block.title:
        out.print(Text(clean(block.title), style="bold"))
    mark = "- " if block.marked else "  " if block.title else ""
    shown = block.lines if everything or block.first is None else block.lines[: block.first]
    for line in shown:
        out.print(Text(clean(mark + line)))
    if len(shown) < len(block.lines):
        out.print(Text(clean(mark.replace("-", " ") + more(len(block.lines) - len(shown), lang)), style="dim"))


def _facts(facts: Facts) -> Table:
    grid = Table.grid(padding=(0, 2))
    for label, value in facts.pairs:
        grid.add_row(Text(clean(label), style="bold"), Text(clean(value)))
    return grid
