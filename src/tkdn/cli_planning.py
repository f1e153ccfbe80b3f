"""The commands for what to do next: plan, regions. Thin; `register` adds them to the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkdn.cli_documents import print_json, tell_written
from tkdn.cli_manners import Lang, Language
from tkdn.cli_options import Basis, Bill, Force, Json, Law, On, Product
from tkdn.cli_reading import How

if TYPE_CHECKING:
    from tkdn.bom.bom import Bom

NOT_HELD = 1


class Aim(StrEnum):
    cost = "cost"
    points = "points"
    ikm = "ikm"


def register(command: Callable[[Callable[..., None]], object]) -> None:
    """Add the commands with the decorator of the command line, which tells their errors."""
    for function in (plan, regions):
        command(function)


def plan(
    bill: Bill,
    measures: Annotated[
        Path,
        typer.Option(
            "--measures", metavar="FILE", help="What could be done: a list of measures, .json.", show_default=False
        ),
    ],
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="PERCENT", help="The score to reach, with --bmp score and BMP together."),
    ] = None,
    aim: Annotated[
        Aim, typer.Option("--aim", help="The cheapest set, the most points, or the most spend on IKM.")
    ] = Aim.cost,
    basis: Annotated[Basis, typer.Option("--basis", help="The score as credited, or the potential.")] = Basis.score,
    volume: Annotated[
        str | None, typer.Option("--volume", metavar="N", help="Vehicles that costs of each vehicle are reckoned over.")
    ] = None,
    bmp: Annotated[
        str | None, typer.Option("--bmp", metavar="POINTS", help="BMP of the firm, added to the score.")
    ] = None,
    budget: Annotated[
        str | None, typer.Option("--budget", metavar="RUPIAH", help="The most that the measures may cost.")
    ] = None,
    deadline: Annotated[
        str | None, typer.Option("--deadline", metavar="DATE", help="The day by which all is done, YYYY-MM-DD.")
    ] = None,
    front: Annotated[bool, typer.Option("--front", help="Also show cost against score.")] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT", help="Write the bill with the measures taken.")
    ] = None,
    force: Force = False,
    on: On = None,
    regulation: Law = None,
    product: Product = None,
    lang: Language = Lang.en,
    as_json: Json = False,
    how: How = None,
) -> None:
    """Which measures to take: the cheapest set that reaches a target. Exits with 1 where none does.

    Example: tkdn plan pickup.json --measures measures.json --target 45 --volume 5000
    """
    from tkdn.io import refuse_existing, write_bom
    from tkdn.planning.plan import plan as plan_of
    from tkdn.planning.telling import front_told

    if out is not None:
        refuse_existing(out, force=force)
    found = plan_of(
        _bill(bill, product, how),
        measures,
        target=target,
        aim=aim.value,
        basis=basis.value,
        volume=volume,
        bmp=bmp,
        budget=budget,
        deadline=deadline,
        on=on,
        regulation=regulation,
        product=product,
    )
    points = found.front() if front else []
    if as_json:
        print_json(found.to_dict() | ({"front": [point.to_dict() for point in points]} if front else {}))
    else:
        sys.stdout.write(found.to_text(lang.value))
        sys.stdout.writelines(f"{line}\n" for line in (front_told(points, lang.value) if front else ()))
    if found.reached is not None:
        raise typer.Exit(NOT_HELD)
    if out is not None:
        write_bom(found.assessment.bom, out, force=force)
        if not as_json:
            tell_written(out, lang.value)


def regions(
    bill: Bill,
    volume: Annotated[
        str | None, typer.Option("--volume", metavar="N", help="Vehicles a year; default one vehicle.")
    ] = None,
    on: On = None,
    regulation: Law = None,
    product: Product = None,
    lang: Language = Lang.en,
    as_json: Json = False,
    how: How = None,
) -> None:
    """What is spent where: spend, points, firms and known direct jobs by regency and province.

    Example: tkdn regions pickup.json --volume 5000
    """
    from tkdn.assessment.entry import assess
    from tkdn.planning.regions import regions as regions_of

    assessment = assess(_bill(bill, product, how), on=on, regulation=regulation, product=product)
    found = regions_of(assessment, volume=volume)
    if as_json:
        print_json(found.to_dict())
    else:
        sys.stdout.write(found.to_text(lang.value))


def _bill(file: Path, product: str | None, how: How) -> Bom:
    from tkdn.io import read_with
    from tkdn.io.options import read_options

    return read_with(file, read_options(product=product, **(how or {}))).bom
