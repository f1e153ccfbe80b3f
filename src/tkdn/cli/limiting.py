"""Limits of what is read, stated before a command or in the environment."""

from __future__ import annotations

from typing import Annotated

import typer

from tkdn.errors import UsageError

Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        envvar="TKDN_LIMITS",
        help="What is read of a file at most, such as rows=2000000.",
    ),
]


def hold_limits(ctx: typer.Context, stated: list[str]) -> None:
    """Let other limits hold for all that the command reads."""
    if not stated:
        return
    from tkdn.io.spreadsheet.limits import limits, stated_limits

    try:
        ctx.with_resource(limits(**stated_limits(stated)))
    except UsageError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None
