"""Manners of the command line: its language, its exit codes, how it tells, and an output that nobody reads any more."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from tkdn.i18n import VARIABLE, Lang

NOT_HELD, WRONG, NOT_READ = 1, 2, 141
"""Exit codes: a demanded check did not hold; the input or the call is wrong; the reader of the output went away (128 + the
signal, as shells count)."""


Language = Annotated[Lang, typer.Option("--lang", envvar=VARIABLE, help="Language of what is printed.")]


@contextmanager
def piped() -> Iterator[None]:
    """Output into a pipe that is closed early, as by `head`, ends the command without a word."""
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
    from tkdn.i18n import clean, say

    print(clean(say("table.written", lang, path=path)))
