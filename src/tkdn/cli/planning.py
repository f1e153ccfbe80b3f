"""The commands for what to do next: plan, regions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tkdn.cli.bill_options import Asked
from tkdn.cli.options import Basis, Bill, Force, Json
from tkdn.cli.terminal_conventions import NOT_HELD, Language, print_json, tell_written

Aim = Literal["cost", "points", "ikm"]


def plan(
    bill: Bill,
    *,
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
    ] = "cost",
    basis: Annotated[Basis, typer.Option("--basis", help="The score as credited, or the potential.")] = "score",
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
    asked: Asked,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """Which measures to take: the cheapest set that reaches a target. Exits with 1 where none does.

    Example: tkdn plan pickup.json --measures measures.json --target 45 --volume 5000
    """
    from tkdn.display.terminal import show
    from tkdn.io import write_bom
    from tkdn.io.files import refuse_existing
    from tkdn.planning.plan import plan as plan_of

    if out is not None:
        refuse_existing(out, force=force)
    found = plan_of(
        asked.bill(bill),
        measures,
        target=target,
        aim=aim,
        basis=basis,
        volume=volume,
        bmp=bmp,
        budget=budget,
        deadline=deadline,
        on=asked.on,
        regulation=asked.regulation,
        year=asked.year,
        product=asked.product,
        allow_repealed=asked.allow_repealed,
    )
    points = found.front() if front else []
    if as_json:
        print_json(found.to_dict() | ({"front": [point.to_dict() for point in points]} if front else {}))
    else:
        show(found.view(lang, front=points))
    if found.reached is not None:
        raise typer.Exit(NOT_HELD)
    if out is not None:
        write_bom(found.assessment.bom, out, force=force)
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
    """What is spent where: spend, points, firms and known direct jobs by regency and province.

    Example: tkdn regions pickup.json --volume 5000
    """
    from tkdn.planning.regions import regions as regions_of

    found = regions_of(asked.assessment(bill), volume=volume)
    if as_json:
        print_json(found.to_dict())
    else:
        from tkdn.display.terminal import show

        show(found.view(lang))
