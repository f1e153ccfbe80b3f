"""The options of commands that take a bill: how to read its file, the day and the law to count it by.

A command has one parameter for all of them, `source` or `asked`; on the command line the options are in its place.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import tkdn
from tkdn.cli.completion import kinds
from tkdn.cli.options import First, Law, Mark, On, Product, Repealed, Year
from tkdn.cli.terminal_conventions import working
from tkdn.display.doors import door

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment
    from tkdn.bom.bom import Bom
    from tkdn.io.import_report import Reading

PANEL = "How to read a list from elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The way to read a file: the product, and the options for a list from elsewhere, as keywords of `read_options`."""

    product: str | None
    how: dict[str, Any]

    def read(self, file: Path) -> Reading:
        """Return a bill, and what was understood of its list."""
        with working(f"reading {file.name}"):
            options = door("options of reading")(product=self.product, **self.how)
            found: Reading = door("reader of bills")(file, options)
            return found

    def bill(self, file: Path) -> Bom:
        """Return a bill."""
        return self.read(file).bom


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Source):
    """The way to read a file, and the day and the law to count it by."""

    on: str | None
    regulation: str | None
    year: int | None
    allow_repealed: bool

    @property
    def counted(self) -> dict[str, Any]:
        """The options of counting, as keywords of `assess`."""
        return {key: getattr(self, key) for key in _COUNTED}

    def assess(self, bom: Bom) -> Assessment:
        """Return the assessment of a bill."""
        with working("assessing"):
            return tkdn.assess(bom, **self.counted)

    def assessment(self, file: Path) -> Assessment:
        """Return the assessment of the bill in a file."""
        return self.assess(self.bill(file))


Per = Literal["per_parent", "cumulative"]
Identity = Literal["name"]


_option = partial(typer.Option, rich_help_panel=PANEL)
_HOW: dict[str, Any] = {
    "source": Annotated[
        str | None,
        _option(
            "--from",
            metavar="KIND",
            autocompletion=kinds,
            help="Kind of list, such as sap-cs12; default found by its headings.",
        ),
    ],
    "mapping": Annotated[
        Path | None, _option("--map", metavar="FILE.toml", help="Meanings of headings, and any of the options here.")
    ],
    "basis": Annotated[
        Per | None, _option("--basis", help="Reference of quantities: one of the part above, or the whole product.")
    ],
    "decimal": Annotated[Mark | None, _option("--decimal", help="Decimal separator of numbers stored as text.")],
    "identity": Annotated[
        Identity | None, _option("--identity", help="Substitute for a part number if a line has none: its name.")
    ],
    "dates": Annotated[
        First | None, _option("--dates", help="The part that comes first in dates stored as text, such as 03/04/2025.")
    ],
    "sheet": Annotated[str | None, _option("--sheet", metavar="NAME", help="The sheet to read.")],
    "currency": Annotated[
        str | None, _option("--currency", metavar="CODE", help="Currency of prices that name none, such as IDR.")
    ],
    "encoding": Annotated[
        str | None, _option("--encoding", metavar="NAME", help="Encoding of a text, such as windows-1252.")
    ],
    "rates": Annotated[
        list[str] | None,
        _option(
            "--rate",
            metavar="CODE=RUPIAH@DATE",
            help="An exchange rate that the file does not hold, from a day on, such as USD=16200@2026-01-02.",
        ),
    ],
    "separator": Annotated[
        str | None, _option("--separator", metavar="MARK", help="Separator of a text: comma, semicolon, tab, bar.")
    ],
}


_COUNTED: dict[str, Any] = {"on": On, "regulation": Law, "year": Year, "allow_repealed": Repealed, "product": Product}
_PLACES: dict[str, tuple[type[Source], dict[str, Any]]] = {
    "source": (Source, {"product": Product}),
    "asked": (Asked, _COUNTED),
}


def asking(function: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the options in the place of its parameter `source` or `asked`, if it has one.

    An option that the command has for something else (the basis of a lift) is left to the mapping file.
    """
    signature = inspect.signature(function, eval_str=True)
    place = next((name for name in _PLACES if name in signature.parameters), None)
    if place is None:
        return function
    made, counted = _PLACES[place]
    reading = {key: kind for key, kind in _HOW.items() if key not in signature.parameters}

    @wraps(function)
    def run(*args: object, **kwargs: object) -> None:
        stated: dict[str, Any] = {key: kwargs.pop(key) for key in counted}
        how = {key: kwargs.pop(key, None) for key in reading}
        function(*args, **{place: made(**stated, how=_said(how))}, **kwargs)

    parameters = list(signature.parameters.values())
    at = list(signature.parameters).index(place)
    keyword = inspect.Parameter.KEYWORD_ONLY
    given = [
        inspect.Parameter(key, keyword, default=False if key == "allow_repealed" else None, annotation=kind)
        for key, kind in (counted | reading).items()
    ]
    shown = [*parameters[:at], *given[: len(counted)], *parameters[at + 1 :], *given[len(counted) :]]
    run.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in shown}
    return run


def _said(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options of reading that are stated, as keywords of `read_options`."""
    how = {key: value for key, value in options.items() if value}
    if "rates" in how:
        how["rates"] = dict(each.partition("=")[::2] for each in how["rates"])
    return how
