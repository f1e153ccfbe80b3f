"""The options that say how to read a list from elsewhere, shared by all commands that take a bill."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from tkdn.cli_manners import kinds

PANEL = "How to read a list from elsewhere"
How = dict[str, Any] | None
"""What is said of how to read a file, as keywords of `read_options`; a command with such a parameter `how` gets the options."""


class Per(StrEnum):
    per_parent = "per_parent"
    cumulative = "cumulative"


class Identity(StrEnum):
    name = "name"


class Mark(StrEnum):
    comma = "comma"
    point = "point"


def _option(name: str, kind: Any, **more: Any) -> Any:
    return Annotated[kind | None, typer.Option(name, rich_help_panel=PANEL, **more)]


_OPTIONS: dict[str, Any] = {
    "source": _option(
        "--from",
        str,
        metavar="KIND",
        autocompletion=kinds,
        help="Kind of list, such as sap-cs12; default found by its headings.",
    ),
    "mapping": _option("--map", Path, metavar="FILE.toml", help="What headings mean, and any of the options here."),
    "basis": _option("--basis", Per, help="What quantities are for: one of the part above, or the whole product."),
    "decimal": _option("--decimal", Mark, help="The mark of decimals in numbers that are text."),
    "identity": _option("--identity", Identity, help="What stands for a part number where a line has none: its name."),
    "sheet": _option("--sheet", str, metavar="NAME", help="The sheet to read."),
    "currency": _option("--currency", str, metavar="CODE", help="Currency of prices that name none, such as IDR."),
    "encoding": _option("--encoding", str, metavar="NAME", help="Encoding of a text, such as windows-1252."),
    "rates": _option(
        "--rate",
        list[str],
        metavar="CODE=RUPIAH@DATE",
        help="An exchange rate that the file does not hold, from a day on, such as USD=16200@2026-01-02.",
    ),
    "separator": _option("--separator", str, metavar="MARK", help="Separator of a text: comma, semicolon, tab, bar."),
}


def _pair(rate: str) -> tuple[str, str]:
    currency, _, stated = rate.partition("=")
    return currency, stated


def reading(function: Callable[..., None]) -> Callable[..., None]:
    """The command with the options in the place of its parameter `how`, if it has one.

    An option that the command has for something else (the basis of a lift) is left to the mapping file.
    """
    signature = inspect.signature(function, eval_str=True)
    if "how" not in signature.parameters:
        return function

    options = {key: kind for key, kind in _OPTIONS.items() if key not in signature.parameters}

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        stated = {key: kwargs.pop(key, None) for key in options}
        how = {key: getattr(value, "value", value) for key, value in stated.items() if value}
        if "rates" in how:
            how["rates"] = dict(_pair(each) for each in how["rates"])
        function(*args, how=how, **kwargs)

    kept = [parameter for name, parameter in signature.parameters.items() if name != "how"]
    keyword = inspect.Parameter.KEYWORD_ONLY
    added = [inspect.Parameter(key, keyword, default=None, annotation=kind) for key, kind in options.items()]
    run.__signature__ = signature.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in (*kept, *added)}
    return run
