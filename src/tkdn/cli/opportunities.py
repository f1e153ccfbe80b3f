"""The command of moves that lift a product: opportunities."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

import tkdn
from tkdn.cli.bill_options import Asked
from tkdn.cli.options import Basis, Bill, Json
from tkdn.cli.terminal_conventions import Language, print_json, show, working
from tkdn.errors import Problem, UsageError

if TYPE_CHECKING:
    from tkdn.assessment.opportunities.candidate import Kind as MoveKind


class Kind(StrEnum):
    """Kinds of moves in the order shown; an enumeration, as Typer takes no list of literals."""

    certify = "certify"
    next_band = "next_band"
    all_domestic = "all_domestic"
    localise = "localise"
    renew = "renew"
    register = "register"
    factor = "factor"
    brainware = "brainware"
    benefit = "benefit"


def opportunities(
    bill: Bill,
    *,
    basis: Annotated[Basis, typer.Option("--basis", help="The score as credited today, or the potential.")] = "score",
    kind: Annotated[
        list[Kind] | None,
        typer.Option("--kind", help="Only moves of this kind, in all their cases; may be given again."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", metavar="ID", help="All moves of this part, explained in sentences.")
    ] = None,
    months: Annotated[
        int, typer.Option("--months", metavar="N", help="Look at certificates that expire within N months.")
    ] = 12,
    cost: Annotated[
        list[str] | None,
        typer.Option("--cost", metavar="MOVE=RUPIAH", help="Cost of a move, by its id or part; may be given again."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show at most N rows.")] = 15,
    asked: Asked,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """List the moves that lift the score, each with its gain, alone and with the others taken.

    Example: tkdn opportunities bill.xlsx --kind certify --kind localise
    """
    assessment = asked.assessment(bill)
    kinds: list[MoveKind] | None = [each.value for each in Kind if each in kind] if kind else None
    found = tkdn.opportunities(assessment, basis=basis, months=months, kinds=kinds, costs=_costs(cost or ()))
    if part is not None:
        assessment.part(part)
    if as_json:
        print_json(found.to_dict())
        return
    with working("looking for moves"):
        _ = found.rows
    show(found.view(lang, limit=limit, part=part, every_case=kind is not None))


def _costs(given: list[str] | tuple[()]) -> dict[str, str]:
    """Return costs as written, by move; raises `UsageError` (`option-invalid`) if one is not MOVE=RUPIAH."""
    wrong = [each for each in given if "=" not in each]
    if wrong:
        raise UsageError(
            Problem.worded("option-invalid", f"--cost {each!r} names no sum", "write --cost MOVE=RUPIAH")
            for each in wrong
        )
    return {move: amount for each in given for move, _, amount in [each.rpartition("=")]}
