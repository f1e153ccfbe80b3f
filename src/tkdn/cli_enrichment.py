"""The commands that add to a bill: enrich, certificates. Thin; `register` adds them to the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tkdn.cli_documents import print_json, tell_written
from tkdn.cli_manners import Lang, Language
from tkdn.cli_options import Bill, Force, Json, Product
from tkdn.cli_reading import How, Mark
from tkdn.errors import Problem, UsageError

if TYPE_CHECKING:
    from tkdn.bom.bom import Bom
    from tkdn.io.enriching.enrichment import Enrichment
    from tkdn.io.enriching.merging import OnConflict


Decimal = Annotated[
    Mark | None, typer.Option("--decimal", help="The mark of decimals in numbers of the second file that are text.")
]


def register(command: Callable[[Callable[..., None]], object]) -> None:
    """Add the commands with the decorator of the command line, which tells their errors."""
    for function in (enrich, certificates):
        command(function)


def enrich(
    bill: Bill,
    enrichment: Annotated[
        Path,
        typer.Argument(metavar="ENRICHMENT", help="What to add, by part number: .csv or .xlsx.", show_default=False),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="OUT", help="Where to write: .json, .xlsx, or a folder for CSV; default: only show."
        ),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Where the bill says otherwise, keep what it says.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Where the bill says otherwise, take the file's value.")
    ] = False,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="HEADING", help="A column to leave out; may be given again.")
    ] = None,
    decimal: Decimal = None,
    product: Product = None,
    lang: Language = Lang.en,
    force: Force = False,
    as_json: Json = False,
    how: How = None,
) -> None:
    """Add origins, suppliers, certificates and prices to a bill, by part number, from a second file.

    Example: tkdn enrich trike.csv purchasing.csv --out enriched.json
    """
    if keep and replace:
        raise UsageError([Problem("option-invalid", "--keep and --replace are given", "choose one of them")])
    from tkdn.io import refuse_existing
    from tkdn.io.enriching.enrichment import enrich as enrich_bom

    if out is not None:
        refuse_existing(out, force=force)
    bom = bill_of(bill, product, how)
    taken: OnConflict = "keep" if keep else "replace" if replace else "error"
    found = enrich_bom(bom, enrichment, on_conflict=taken, ignore=ignore or (), decimal=mark_of(decimal))
    _tell(found, out, lang, force=force, as_json=as_json)


def certificates(
    bill: Bill,
    listed: Annotated[
        Path,
        typer.Argument(metavar="LIST", help="The list of certificates: .csv or .xlsx.", show_default=False),
    ],
    confirm: Annotated[
        Path | None,
        typer.Option("--confirm", metavar="FILE", help="The decisions: the file that was written without it."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="OUT",
            help="The bill with --confirm; else the proposals, .csv or .xlsx.",
        ),
    ] = None,
    numbers_only: Annotated[bool, typer.Option("--numbers-only", help="Match by certificate number only.")] = False,
    decimal: Decimal = None,
    product: Product = None,
    lang: Language = Lang.en,
    force: Force = False,
    as_json: Json = False,
    how: How = None,
) -> None:
    """Match a list of certificates with a bill; with --confirm, add those that were accepted.

    Example: tkdn certificates trike.csv certificates.csv --out proposals.csv
    """
    from tkdn.io import refuse_existing
    from tkdn.io.enriching.certificates import match_certificates
    from tkdn.texts import clean, say

    if out is not None:
        refuse_existing(out, force=force)
    matches = match_certificates(
        bill_of(bill, product, how), listed, numbers_only=numbers_only, decimal=mark_of(decimal)
    )
    if confirm is not None:
        decisions = matches.read_confirmation(confirm)
        counts = {key: len(getattr(decisions, key)) for key in ("accepted", "refused", "undecided")}
        if not as_json:
            print(clean(say("matching.decided", lang.value, **counts)))
        _tell(matches.apply(decisions.accepted), out, lang, force=force, as_json=as_json)
        return
    if out is not None:
        matches.write_confirmation(out, force=force)
    if as_json:
        print_json(matches.to_dict())
        return
    sys.stdout.write(matches.to_text(lang.value))
    if out is not None:
        print(clean(say("matching.confirm", lang.value, path=out)))


def mark_of(decimal: Mark | None) -> Literal["comma", "point"] | None:
    return None if decimal is None else "comma" if decimal is Mark.comma else "point"


def bill_of(file: Path, product: str | None, how: How) -> Bom:
    from tkdn.io import read_with
    from tkdn.io.options import read_options

    return read_with(file, read_options(product=product, **(how or {}))).bom


def _tell(found: Enrichment, out: Path | None, lang: Lang, *, force: bool, as_json: bool) -> None:
    """Write the bill, and show what became of it."""
    from tkdn.io import write_bom

    if out is not None:
        write_bom(found.bom, out, force=force)
    if as_json:
        print_json(found.to_dict())
        return
    sys.stdout.write(found.to_text(lang.value))
    if out is not None:
        tell_written(out, lang.value)
