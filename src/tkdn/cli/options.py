"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tkdn.cli.completion import goods_laws, parts

Basis = Literal["score", "potential"]
First = Literal["day-first", "month-first"]
Mark = Literal["comma", "point"]
Bill = Annotated[
    Path,
    typer.Argument(metavar="BILL", help="The bill, as tkdn assess takes it.", show_default=False),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Date of the assessment, YYYY-MM-DD; default the bill's, else today."),
]
Law = Annotated[
    str | None,
    typer.Option(
        "--regulation",
        metavar="ID",
        autocompletion=goods_laws,
        help="Regulation; default the one in force on the date.",
    ),
]
Year = Annotated[
    int | None, typer.Option("--year", metavar="Y", help="Calculation year, if a regulation gives values by year.")
]
Repealed = Annotated[
    bool, typer.Option("--allow-repealed", help="Also count by a named regulation that is no longer in force.")
]
Product = Annotated[
    str | None,
    typer.Option("--product", metavar="ID", autocompletion=parts, help="The product, if the bill does not name it."),
]
All = Annotated[bool, typer.Option("--all", help="Show every row.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what exists.")]
Json = Annotated[bool, typer.Option("--json", help="Print plain data for machines.")]
Decimal = Annotated[
    Mark | None, typer.Option("--decimal", help="Decimal separator of numbers stored as text in the second file.")
]
Dates = Annotated[
    First | None, typer.Option("--dates", help="The part that comes first in dates like 03/04/2025 of the second file.")
]
