"""The commands of sourcing: match-suppliers, history. Thin; `register` adds them to the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkdn.cli_documents import print_json
from tkdn.cli_enrichment import Decimal, bill_of, mark_of
from tkdn.cli_manners import Lang, Language
from tkdn.cli_options import All, Bill, Json, Law, On, Product, Repealed, Year
from tkdn.cli_reading import How

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment


def register(command: Callable[[Callable[..., None]], object]) -> None:
    """Add the commands with the decorator of the command line, which tells their errors."""
    for function in (match_suppliers, history):
        command(function)


def match_suppliers(
    bill: Bill,
    directory: Annotated[
        Path,
        typer.Option(
            "--directory", metavar="D", help="The directory: a folder of CSV files, .xlsx or .json.", show_default=False
        ),
    ],
    needs: Annotated[
        Path | None, typer.Option("--needs", metavar="N", help="What parts need: .csv, .xlsx or .json.")
    ] = None,
    near: Annotated[
        str | None, typer.Option("--near", metavar="CODE", help="Region to be near to, as 32.13; default the maker's.")
    ] = None,
    volume: Annotated[
        str | None,
        typer.Option("--volume", metavar="N", help="Products in a year, for quantities that the needs leave out."),
    ] = None,
    on: On = None,
    regulation: Law = None,
    year: Year = None,
    allow_repealed: Repealed = False,
    decimal: Decimal = None,
    product: Product = None,
    lang: Language = Lang.en,
    everything: All = False,
    as_json: Json = False,
    how: How = None,
) -> None:
    """Which suppliers of a directory could make the parts that come from abroad or from large firms.

    Example: tkdn match-suppliers before.json --directory directory --needs directory/needs.csv
    """
    from tkdn.report.terminal import working
    from tkdn.sourcing.matching import match_suppliers as match

    assessment = _assessed(bill, on, regulation, year, allow_repealed, product, how)
    with working("matching suppliers"):
        found = match(assessment, directory, needs, near=near, volume=volume, decimal=mark_of(decimal))
    if as_json:
        print_json(found.to_dict())
        return
    from tkdn.report.sourcing import show_matching

    show_matching(found, lang.value, everything=everything)


def history(
    bills: Annotated[
        list[Path],
        typer.Argument(metavar="BILL...", help="The releases, oldest first: two or more.", show_default=False),
    ],
    on: On = None,
    regulation: Law = None,
    year: Year = None,
    allow_repealed: Repealed = False,
    product: Product = None,
    lang: Language = Lang.en,
    everything: All = False,
    as_json: Json = False,
    how: How = None,
) -> None:
    """What each change of a supplier, price, certificate did to the score over releases of a bill, adding up exactly.

    Example: tkdn history before.json after.json --on 2026-06-01
    """
    from tkdn.assessment.history import history as history_of
    from tkdn.report.terminal import working

    releases = [_assessed(bill, on, regulation, year, allow_repealed, product, how) for bill in bills]
    names = [bill.name for bill in bills]
    labels = names if len(set(names)) == len(names) else [str(bill) for bill in bills]
    found = history_of(releases, labels=labels)
    with working("taking the changes one by one"):
        _ = found.rows
    if as_json:
        print_json(found.to_dict())
        return
    from tkdn.report.sourcing import show_history

    show_history(found, lang.value, everything=everything)


def _assessed(
    bill: Path, on: str | None, law: str | None, year: int | None, allow_repealed: bool, product: str | None, how: How
) -> Assessment:
    from tkdn.assessment.entry import assess

    return assess(
        bill_of(bill, product, how), on=on, regulation=law, year=year, product=product, allow_repealed=allow_repealed
    )
