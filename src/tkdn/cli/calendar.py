"""The command of the days of certificates: calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import tkdn
from tkdn.cli.bill_options import Asked
from tkdn.cli.options import Force, Json
from tkdn.cli.terminal_conventions import Language, print_json, refuse_existing, show, tell_written
from tkdn.display.doors import door


def calendar(
    bills: Annotated[list[Path], typer.Argument(metavar="BILL...", help="The bills: one or more.", show_default=False)],
    *,
    asked: Asked,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", "-o", metavar="FILE.ics", help="Also write the days as a calendar file."),
    ] = None,
    lang: Language = "en",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """List the days of certificates to come: ends, surveillance, freezes, each with the points that its loss costs.

    Example: tkdn calendar bill.xlsx --ics certificates.ics
    """
    refuse_existing(ics, force=force)
    found = tkdn.calendar(asked.assessment(bill) for bill in bills)
    if ics is not None:
        door("writer of a file")(ics, found.to_ics(lang).encode(), force=force)
    if as_json:
        print_json(found.to_dict())
        return
    show(found.view(lang))
    if ics is not None:
        tell_written(ics, lang)
