"""The commands that add to a bill: enrich, certificates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkdn.cli.asking import Source
from tkdn.cli.manners import Lang, Language, print_json, tell_written
from tkdn.cli.options import Bill, Decimal, Force, Json, mark_of
from tkdn.errors import Problem, UsageError

if TYPE_CHECKING:
    from tkdn.io.enriching.enrichment import Enrichment
    from tkdn.io.enriching.merging import OnConflict


def enrich(
    bill: Bill,
    enrichment: Annotated[
        Path,
        typer.Argument(metavar="ENRICHMENT", help="What to add, by part number: .csv or .xlsx.", show_default=False),
    ],
    *,
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
    source: Source,
    lang: Language = Lang.en,
    force: Force = False,
    as_json: Json = False,
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
    bom = source.bill(bill)
    taken: OnConflict = "keep" if keep else "replace" if replace else "error"
    found = enrich_bom(bom, enrichment, on_conflict=taken, ignore=ignore or (), decimal=mark_of(decimal))
    _tell(found, out, lang, force=force, as_json=as_json)


def certificates(
    bill: Bill,
    listed: Annotated[
        Path,
        typer.Argument(metavar="LIST", help="The list of certificates: .csv or .xlsx.", show_default=False),
    ],
    *,
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
    source: Source,
    lang: Language = Lang.en,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Match a list of certificates with a bill; with --confirm, add those that were accepted.

    Example: tkdn certificates trike.csv certificates.csv --out proposals.csv
    """
    from tkdn.io import refuse_existing
    from tkdn.io.enriching.certificates import match_certificates
    from tkdn.texts import clean, say

    if out is not None:
        refuse_existing(out, force=force)
    matches = match_certificates(source.bill(bill), listed, numbers_only=numbers_only, decimal=mark_of(decimal))
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
        tell_written(out, lang)
