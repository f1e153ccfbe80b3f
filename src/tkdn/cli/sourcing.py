"""The command of sourcing: match-suppliers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import tkdn
from tkdn.cli.bill_options import Asked
from tkdn.cli.options import All, Bill, Decimal, Json
from tkdn.cli.terminal_conventions import Language, print_json, show, working


def match_suppliers(
    bill: Bill,
    *,
    directory: Annotated[
        Path,
        typer.Option(
            "--directory", metavar="D", help="The directory: a folder of CSV files, .xlsx or .json.", show_default=False
        ),
    ],
    needs: Annotated[
        Path | None, typer.Option("--needs", metavar="N", help="Needs of parts: .csv, .xlsx or .json.")
    ] = None,
    near: Annotated[
        str | None, typer.Option("--near", metavar="CODE", help="Region to be near to, as 32.13; default the maker's.")
    ] = None,
    volume: Annotated[
        str | None,
        typer.Option("--volume", metavar="N", help="Products in a year, for quantities that the needs leave out."),
    ] = None,
    asked: Asked,
    decimal: Decimal = None,
    lang: Language = "en",
    everything: All = False,
    as_json: Json = False,
) -> None:
    """Match the suppliers of a directory with the parts that come from abroad or from large firms.

    Example: tkdn match-suppliers before.json --directory directory --needs directory/needs.csv
    """
    assessment = asked.assessment(bill)
    with working("matching suppliers"):
        found = tkdn.match_suppliers(assessment, directory, needs, near=near, volume=volume, decimal=decimal)
    if as_json:
        print_json(found.to_dict())
        return
    show(found.view(lang), everything=everything)
