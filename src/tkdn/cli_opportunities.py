"""The command that shows what lifts a product next. Thin; `register` adds it to the command line."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkdn.cli_documents import print_json
from tkdn.cli_manners import Lang, Language
from tkdn.cli_options import Basis, Json, On, Product
from tkdn.cli_reading import How
from tkdn.errors import Problem, UsageError

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment


class Kind(StrEnum):
    certify = "certify"
    next_band = "next_band"
    all_domestic = "all_domestic"
    localise = "localise"
    renew = "renew"
    register = "register"
    factor = "factor"
    brainware = "brainware"
    benefit = "benefit"


def register(command: Callable[[Callable[..., None]], object]) -> None:
    """Add the command with the decorator of the command line, which tells its errors."""
    command(opportunities)


def opportunities(
    file: Annotated[Path, typer.Argument(help="The bill, as tkdn assess takes it.", show_default=False)],
    basis: Annotated[
        Basis, typer.Option("--basis", help="The score as credited today, or the potential.")
    ] = Basis.score,
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
        typer.Option("--cost", metavar="MOVE=RUPIAH", help="What a move costs, by its id or part; may be given again."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show at most N rows.")] = 15,
    on: On = None,
    product: Product = None,
    lang: Language = Lang.en,
    as_json: Json = False,
    how: How = None,
) -> None:
    """What lifts the score next: every move with its gain, alone and with the others taken.

    Example: tkdn opportunities bill.xlsx --kind certify --kind localise
    """
    from tkdn.assessment.moves.candidate import KINDS
    from tkdn.assessment.opportunity import opportunities as find

    assessment = _assessment(file, on, product, how)
    kinds = [each for each in KINDS if each in kind] if kind else None
    found = find(assessment, basis=basis.value, months=months, kinds=kinds, costs=_costs(cost or ()))
    if part is not None:
        assessment.part(part)
    if as_json:
        print_json(found.to_dict())
        return
    from tkdn.report.opportunities import show_opportunities
    from tkdn.report.terminal import working

    with working("looking for moves"):
        _ = found.rows
    show_opportunities(found, lang.value, limit=limit, part=part, every_case=kind is not None)


def _assessment(file: Path, on: str | None, product: str | None, how: How) -> Assessment:
    from tkdn.assessment.entry import assess
    from tkdn.io import read_with
    from tkdn.io.options import read_options
    from tkdn.report.terminal import working

    with working(f"reading {file.name}"):
        bom = read_with(file, read_options(product=product, **(how or {}))).bom
    with working("assessing"):
        return assess(bom, on=on, product=product)


def _costs(given: list[str] | tuple[()]) -> dict[str, str]:
    """Costs as written, by move; raises `UsageError` (`option-invalid`) where one is not MOVE=RUPIAH."""
    wrong = [each for each in given if "=" not in each]
    if wrong:
        raise UsageError(
            Problem("option-invalid", f"--cost {each!r} names no sum", "write --cost MOVE=RUPIAH") for each in wrong
        )
    return {move: amount for each in given for move, _, amount in [each.rpartition("=")]}
