"""What the commands that take a bill are asked: how to read its file, on which day and by which law to count it.

A command has one parameter for all of it, `source` or `asked`; on the command line the options stand in its place.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from tkdn.cli.completion import kinds
from tkdn.cli.options import First, Law, Mark, On, Product, Repealed, Year

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment
    from tkdn.bom.bom import Bom
    from tkdn.io.import_report import Reading

PANEL = "How to read a list from elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How to read a file: the product, and what is said of a list from elsewhere, as keywords of `read_options`."""

    product: str | None
    how: dict[str, Any]

    def read(self, file: Path) -> Reading:
        from tkdn.display.terminal import working
        from tkdn.io import read_with
        from tkdn.io.options import read_options

        with working(f"reading {file.name}"):
            return read_with(file, read_options(product=self.product, **self.how))

    def bill(self, file: Path) -> Bom:
        return self.read(file).bom


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Source):
    """How to read a file, and how to count it."""

    on: str | None
    regulation: str | None
    year: int | None
    allow_repealed: bool

    def assess(self, bom: Bom) -> Assessment:
        from tkdn.assessment.assess import assess
        from tkdn.display.terminal import working

        with working("assessing"):
            return assess(
                bom,
                on=self.on,
                regulation=self.regulation,
                year=self.year,
                product=self.product,
                allow_repealed=self.allow_repealed,
            )

    def assessment(self, file: Path) -> Assessment:
        return self.assess(self.bill(file))


Per = Literal["per_parent", "cumulative"]
Identity = Literal["name"]


def _option(name: str, kind: Any, **more: Any) -> Any:
    return Annotated[kind | None, typer.Option(name, rich_help_panel=PANEL, **more)]


_HOW: dict[str, Any] = {
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
    "dates": _option("--dates", First, help="Which stands first in dates that are text, such as 03/04/2025."),
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


_COUNTED: dict[str, Any] = {"on": On, "regulation": Law, "year": Year, "allow_repealed": Repealed, "product": Product}
_PLACES: dict[str, tuple[type[Source], dict[str, Any]]] = {
    "source": (Source, {"product": Product}),
    "asked": (Asked, _COUNTED),
}


def asking(function: Callable[..., None]) -> Callable[..., None]:
    """The command with the options in the place of its parameter `source` or `asked`, if it has one.

    An option that the command has for something else (the basis of a lift) is left to the mapping file.
    """
    signature = inspect.signature(function, eval_str=True)
    place = next((name for name in _PLACES if name in signature.parameters), None)
    if place is None:
        return function
    made, counted = _PLACES[place]
    reading = {key: kind for key, kind in _HOW.items() if key not in signature.parameters}

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        stated = {key: kwargs.pop(key) for key in counted}
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
    """What was said of how to read, as keywords of `read_options`."""
    how = {key: value for key, value in options.items() if value}
    if "rates" in how:
        how["rates"] = dict(each.partition("=")[::2] for each in how["rates"])
    return how
