"""The options of commands that take a bill: how to read its file, the day and the law to count it by.

A command has one parameter for all of them, `source` or `asked`; on the command line the options are in its place.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import tkdn
from tkdn.cli.completion import kinds
from tkdn.cli.conversation import converse, is_person_there, save_answers, tell_notes
from tkdn.cli.options import First, Law, On, Product, Repealed, Year
from tkdn.cli.terminal_conventions import working
from tkdn.display.doors import door
from tkdn.errors import Problem, UsageError
from tkdn.i18n import Lang, clean, say

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment
    from tkdn.bom.bom import Bom
    from tkdn.io.reading import Reading

PANEL = "How to read a list from elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The way to read a file: the product, and the options for a list from elsewhere, as keywords of `read_options`."""

    product: str | None
    how: dict[str, Any]
    answers: str | None = None
    save_answers: Path | None = None
    asks: bool = True
    lang: Lang = "en"

    def read(self, file: Path, *, prints_notes: bool = True) -> Reading:
        """Return the reading of a list; ask its questions on a terminal.

        Args:
            file: The list.
            prints_notes: True if doubtful things are printed, one a line.

        Raises:
            BomError: for what cannot be asked.
        """
        with working(f"reading {file.name}"):
            reading: Reading = door("reader of lists")(
                file, answers=self._answers_for(file), product=self.product, **self.how
            )
        if reading.questions and self.asks and is_person_there():
            reading = converse(reading, self.lang)
        if self.save_answers is not None:
            save_answers(reading, self.save_answers)
        if prints_notes and reading.bom is not None:
            tell_notes(reading, self.lang)
        return reading

    def _answers_for(self, file: Path) -> Path | None:
        """Return the answers file that is named, or else the one next to the list."""
        if self.answers is not None:
            return None if self.answers == "none" else Path(self.answers)
        beside: Path | None = door("answers beside a list")(file)
        if beside is not None:
            print(clean(say("question.beside", self.lang, file=beside.name)), file=sys.stderr)
        return beside

    def bill(self, file: Path) -> Bom:
        """Return a bill."""
        found: Bom = self.read(file).bill()
        return found


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
PriceBasis = Literal["unit", "line"]
Taken = Literal["read", "skip"]


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
    "decimal": Annotated[
        list[str] | None,
        _option(
            "--decimal",
            metavar="MARK|HEADING=MARK",
            help="Decimal separator of numbers stored as text, comma or point; of all columns or of one.",
        ),
    ],
    "price_basis": Annotated[
        PriceBasis | None, _option("--price-basis", help="Reference of prices: one unit, or the whole line.")
    ],
    "price_unit": Annotated[
        list[str] | None,
        _option(
            "--price-unit",
            metavar="UNIT|PART=UNIT",
            help="Unit that prices are for, such as kg; of all parts or of one.",
        ),
    ],
    "columns": Annotated[
        list[str] | None,
        _option(
            "--column", metavar="HEADING=KEY", help="Meaning of a column, such as 'Katalog=id'; '-' leaves it out."
        ),
    ],
    "empty": Annotated[
        list[str] | None,
        _option("--empty", metavar="KEY=VALUE", help="Meaning of an empty cell, such as quantity=1."),
    ],
    "identity": Annotated[
        Identity | None, _option("--identity", help="Substitute for a part number if a line has none: its name.")
    ],
    "dates": Annotated[
        First | None, _option("--dates", help="The part that comes first in dates stored as text, such as 03/04/2025.")
    ],
    "units": Annotated[
        list[str] | None, _option("--unit", metavar="WORD=UNIT", help="Unit that a word means, such as bal=pcs.")
    ],
    "countries": Annotated[
        list[str] | None,
        _option("--country", metavar="WORD=CODE", help="Country that a word means, such as Nusantara=ID."),
    ],
    "only": Annotated[
        list[str] | None,
        _option("--only", metavar="HEADING=VALUE", help="Read only lines that say this; again for more."),
    ],
    "except_": Annotated[
        list[str] | None,
        _option("--except", metavar="HEADING=VALUE", help="Leave out lines that say this, and what hangs below."),
    ],
    "all_rows": Annotated[
        bool, _option("--all-rows", help="Read all lines, whatever a column says of which are built.")
    ],
    "hidden": Annotated[Taken | None, _option("--hidden-rows", help="Read or skip hidden and filtered rows.")],
    "struck": Annotated[Taken | None, _option("--struck-rows", help="Read or skip rows that are struck out.")],
    "list": Annotated[
        str | None,
        _option("--list", metavar="N|all", help="The list to read in a file that holds several, in reading order."),
    ],
    "sheet": Annotated[str | None, _option("--sheet", metavar="NAME", help="The sheet to read.")],
    "currency": Annotated[
        list[str] | None,
        _option(
            "--currency",
            metavar="CODE|SIGN=CODE",
            help="Currency of prices that name none, such as IDR; or of a sign, such as '$=USD'.",
        ),
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
    "answers": Annotated[
        str | None,
        _option(
            "--answers",
            metavar="FILE|none",
            help="Answers kept for the list; default LIST.answers.toml next to it.",
        ),
    ],
    "save_answers": Annotated[
        Path | None,
        _option("--save-answers", metavar="FILE", help="Write the answers given, and open questions, to a file."),
    ],
    "no_ask": Annotated[bool, _option("--no-ask", help="Print all questions instead of asking on a terminal.")],
    "separator": Annotated[
        str | None, _option("--separator", metavar="MARK", help="Separator of a text: comma, semicolon, tab, bar.")
    ],
}


_COUNTED: dict[str, Any] = {"on": On, "regulation": Law, "year": Year, "allow_repealed": Repealed, "product": Product}
_PLACES: dict[str, tuple[type[Source], dict[str, Any]]] = {
    "source": (Source, {"product": Product}),
    "asked": (Asked, _COUNTED),
}


_FLAGS = ("allow_repealed", "all_rows", "no_ask")
_OF_ALL = {"decimal": "decimals", "currency": "currencies", "price_unit": "price_units"}
"""Options that are said of all, or as WORD=VALUE of one: then under the second name."""
_PAIRS = ("columns", "empty", "units", "countries", "rates")


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
        talk: dict[str, Any] = {key: how.pop(key) for key in ("answers", "save_answers")}
        talk["asks"] = not how.pop("no_ask") and not kwargs.get("as_json")
        talk["lang"] = kwargs.get("lang", "en")
        function(*args, **{place: made(**stated, how=_said(how), **talk)}, **kwargs)

    parameters = list(signature.parameters.values())
    at = list(signature.parameters).index(place)
    keyword = inspect.Parameter.KEYWORD_ONLY
    given = [
        inspect.Parameter(key, keyword, default=False if key in _FLAGS else None, annotation=kind)
        for key, kind in (counted | reading).items()
    ]
    shown = [*parameters[:at], *given[: len(counted)], *parameters[at + 1 :], *given[len(counted) :]]
    run.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in shown}
    return run


def _said(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options of reading that are stated, as keywords of `read_options`."""
    how = {key: value for key, value in options.items() if value}
    for key in _PAIRS:
        if key in how:
            how[key] = dict(_pair(each, key) for each in how[key])
    for key, of_one in _OF_ALL.items():
        pairs = [each.rpartition("=")[::2] for each in how.get(key, ()) if "=" in each]
        alone = [each for each in how.pop(key, ()) if "=" not in each]
        how |= {key: alone[-1]} if alone else {}
        how |= {of_one: dict(pairs)} if pairs else {}
    return how


def _pair(text: str, key: str) -> tuple[str, str]:
    """Return WORD=VALUE as a pair, parted at the last sign but for rates; raises `UsageError` (`option-invalid`)."""
    word, sign, value = text.partition("=") if key == "rates" else text.rpartition("=")
    if not sign:
        raise UsageError([Problem("option-invalid", {"key": key, "value": text}, case="reading_pairs")])
    return word, value
