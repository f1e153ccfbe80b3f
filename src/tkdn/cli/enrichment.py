"""The commands that add to a bill: enrich, certificates."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

import tkdn
from tkdn.cli.bill_options import Source
from tkdn.cli.options import Bill, Dates, Decimal, Force, Json
from tkdn.cli.terminal_conventions import NOT_HELD, Language, print_json, refuse_existing, tell_written
from tkdn.errors import Problem, UsageError
from tkdn.i18n import Lang, clean, say

if TYPE_CHECKING:
    from tkdn.io.enrichment.conflict_policy import OnConflict
    from tkdn.io.enrichment.enrichment import Enrichment

SecondMap = Annotated[
    Path | None,
    typer.Option(
        "--second-map", metavar="FILE.toml", help="Meanings of headings of the second file, as --map of the bill."
    ),
]

Keep = Annotated[bool, typer.Option("--keep", help="If the bill says otherwise, keep what it says.")]
Replace = Annotated[bool, typer.Option("--replace", help="If the bill says otherwise, take the file's value.")]
OnConflicts = Annotated[
    list[str] | None,
    typer.Option(
        "--on-conflict",
        metavar="FIELD=ANSWER",
        help="The answer for one field: price=replace, made_in=keep, name=error; may be given again.",
    ),
]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="HEADING", help="A column to leave out; may be given again.")
]
Confirmation = Annotated[
    Path | None,
    typer.Option("--confirm", metavar="FILE", help="The decisions: the file that was written without it."),
]
Proposals = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="OUT", help="The bill with --confirm; else the proposals, .csv or .xlsx."),
]


def enrich(
    bill: Bill,
    enrichment: Annotated[
        Path,
        typer.Argument(
            metavar="ENRICHMENT", help="The facts to add, by part number: .csv or .xlsx.", show_default=False
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="OUT", help="Where to write: .json, .xlsx, or a folder for CSV; default: only show."
        ),
    ] = None,
    keep: Keep = False,
    replace: Replace = False,
    on_conflict: OnConflicts = None,
    ignore: Ignored = None,
    second_map: SecondMap = None,
    decimal: Decimal = None,
    dates: Dates = None,
    source: Source,
    lang: Language = "en",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Add origins, suppliers, certificates and prices to a bill, by part number, from a second file.

    Example: tkdn enrich trike.csv purchasing.csv --out enriched.json
    """
    answers = _answers(on_conflict or (), keep=keep, replace=replace)
    refuse_existing(out, force=force)
    bom = source.bill(bill)
    found = tkdn.enrich(
        bom,
        enrichment,
        on_conflict=answers,
        ignore=ignore or (),
        decimal=decimal,
        dates=dates,
        mapping=second_map,
    )
    _tell(found, out, lang, force=force, as_json=as_json)


def _answers(stated: Iterable[str], *, keep: bool, replace: bool) -> dict[str, OnConflict] | OnConflict:
    """Return the answers to conflicts as `enrich` takes them: one for all, and those for single fields."""
    if keep and replace:
        raise UsageError([Problem.worded("option-invalid", "--keep and --replace are given", "choose one of them")])
    rest: OnConflict = "keep" if keep else "replace" if replace else "error"
    given: dict[str, OnConflict] = {} if rest == "error" else {"*": rest}
    for each in stated:
        field, _, answer = each.partition("=")
        given[field.strip()] = cast("OnConflict", answer.strip())
    return given or rest


def certificates(
    bill: Bill,
    listed: Annotated[
        Path,
        typer.Argument(metavar="LIST", help="The list of certificates: .csv or .xlsx.", show_default=False),
    ],
    *,
    confirm: Confirmation = None,
    out: Proposals = None,
    numbers_only: Annotated[bool, typer.Option("--numbers-only", help="Match by certificate number only.")] = False,
    second_map: SecondMap = None,
    decimal: Decimal = None,
    dates: Dates = None,
    source: Source,
    lang: Language = "en",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Match a list of certificates with a bill; with --confirm, add those that were accepted.

    Exit code 1 if rows of the list cannot be read: they are printed first, and the others are matched.

    Example: tkdn certificates trike.csv certificates.csv --out proposals.csv
    """
    refuse_existing(out, force=force)
    matches = tkdn.match_certificates(
        source.bill(bill),
        listed,
        numbers_only=numbers_only,
        decimal=decimal,
        dates=dates,
        mapping=second_map,
    )
    if confirm is not None:
        decisions = matches.read_confirmation(confirm)
        counts = {key: len(getattr(decisions, key)) for key in ("accepted", "refused", "undecided")}
        if not as_json:
            print(clean(say("matching.decided", lang, **counts)))
        _tell(matches.apply(decisions.accepted), out, lang, force=force, as_json=as_json)
        return
    asked = out is not None and bool(matches.proposals)
    if out is not None and asked:
        matches.write_confirmation(out, force=force)
    if as_json:
        print_json(matches.to_dict())
    else:
        sys.stdout.write(matches.to_text(lang))
        if out is not None:
            print(clean(say("matching.confirm" if asked else "matching.nothing", lang, path=out)))
    if matches.set_aside:
        raise typer.Exit(NOT_HELD)


def _tell(found: Enrichment, out: Path | None, lang: Lang, *, force: bool, as_json: bool) -> None:
    """Write the bill, and show what became of it."""
    if out is not None:
        tkdn.write_bom(found.bom, out, force=force)
    if as_json:
        print_json(found.to_dict())
        return
    sys.stdout.write(found.to_text(lang))
    if out is not None:
        tell_written(out, lang)
