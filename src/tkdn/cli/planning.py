"""The commands of planning: plan, regions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

import tkdn
from tkdn.cli.bill_options import Asked
from tkdn.cli.options import Basis, Bill, Force, Json
from tkdn.cli.terminal_conventions import NOT_HELD, Language, print_json, refuse_existing, show, tell_written

Aim = Literal["cost", "points", "ikm"]
MeasuresFile = Annotated[
    Path,
    typer.Option(
        "--measures", metavar="FILE", help="The measures that could be taken: a list, .json.", show_default=False
    ),
]
Target = Annotated[
    str | None,
    typer.Option("--target", metavar="PERCENT", help="The score to reach, with --bmp score and BMP together."),
]
AimOption = Annotated[Aim, typer.Option("--aim", help="The cheapest set, the most points, or the most spend on IKM.")]
BasisOption = Annotated[Basis, typer.Option("--basis", help="The score as credited, or the potential.")]
Volume = Annotated[
    str | None,
    typer.Option("--volume", metavar="N", help="Vehicles over which costs of each vehicle are computed."),
]
Bmp = Annotated[str | None, typer.Option("--bmp", metavar="POINTS", help="BMP of the firm, added to the score.")]
Budget = Annotated[str | None, typer.Option("--budget", metavar="RUPIAH", help="The most that the measures may cost.")]
Deadline = Annotated[
    str | None, typer.Option("--deadline", metavar="DATE", help="The day by which all is done, YYYY-MM-DD.")
]
Front = Annotated[bool, typer.Option("--front", help="Also show cost against score.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", metavar="OUT", help="Write the bill with the measures taken.")]


def plan(
    bill: Bill,
    *,
    measures: MeasuresFile,
    target: Target = None,
    aim: AimOption = "cost",
    basis: BasisOption = "score",
    volume: Volume = None,
    bmp: Bmp = None,
    budget: Budget = None,
    deadline: Deadline = None,
    front: Front = False,
    out: Out = None,
    force: Force = False,
    asked: Asked,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """Choose measures: the cheapest set that reaches a target. Exits with 1 if none does.

    Example: tkdn plan pickup.json --measures measures.json --target 45 --volume 5000
    """
    refuse_existing(out, force=force)
    found = tkdn.plan(
        asked.bill(bill),
        measures,
        target=target,
        aim=aim,
        basis=basis,
        volume=volume,
        bmp=bmp,
        budget=budget,
        deadline=deadline,
        **asked.counted,
    )
    points = found.front() if front else []
    if as_json:
        print_json(found.to_dict() | ({"front": [point.to_dict() for point in points]} if front else {}))
    else:
        show(found.view(lang, front=points))
    if found.reached is not None:
        raise typer.Exit(NOT_HELD)
    if out is not None:
        tkdn.write_bom(found.assessment.bom, out, force=force)
        if not as_json:
            tell_written(out, lang)


def regions(
    bill: Bill,
    *,
    volume: Annotated[
        str | None, typer.Option("--volume", metavar="N", help="Vehicles a year; default one vehicle.")
    ] = None,
    asked: Asked,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """Show spend, points, firms and known direct jobs by regency and province.

    Example: tkdn regions pickup.json --volume 5000
    """
    found = tkdn.regions(asked.assessment(bill), volume=volume)
    if as_json:
        print_json(found.to_dict())
    else:
        show(found.view(lang))
