"""Conventions of the command line: language, exit codes, printing, and an output that nobody reads any more."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkdn.display.doors import door
from tkdn.i18n import VARIABLE, Lang, clean, say

if TYPE_CHECKING:
    from tkdn.display.view import View

NOT_HELD, WRONG, NOT_READ = 1, 2, 141
"""Exit codes: a demanded check did not hold; the input or the call is wrong; the reader of the output went away (128 + the
signal, as shells count)."""


Language = Annotated[Lang, typer.Option("--lang", envvar=VARIABLE, help="Language of what is printed.")]


@contextmanager
def piped() -> Iterator[None]:
    """End the command without a word if its output goes into a pipe that is closed early, as by `head`."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is flushed at the end
        raise typer.Exit(NOT_READ) from None


def print_json(data: object) -> None:
    """Print plain data."""
    sys.stdout.write(json.dumps(data, indent=1) + "\n")


def tell_written(path: Path | None, lang: Lang) -> None:
    """Say that a file was written."""
    print(clean(say("table.written", lang, path=path)))


def print_lines(text: str) -> None:
    """Print a text line by line, without control characters."""
    sys.stdout.write("\n".join(clean(line) for line in text.split("\n")))


def show(view: View, *, everything: bool = False) -> None:
    """Print a view as tables; `everything`: all rows, not only those of a first screen."""
    door("view on a terminal")(view, everything=everything)


def working(what: str) -> AbstractContextManager[None]:
    """Show a moving bar while something takes long, if a person is watching."""
    bar: AbstractContextManager[None] = door("bar of work")(what)
    return bar


def refuse_existing(path: Path | None, *, force: bool) -> None:
    """Raise `UsageError` (`output-exists`) if a file is there that may not be replaced."""
    if path is not None:
        door("guard of a file")(path, force=force)
