"""All commands together, and how their errors are told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from io import TextIOWrapper
from typing import Annotated, ParamSpec, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from tkdn.cli import bills, calendar, documents, enrichment, files, opportunities, planning, readings, sourcing
from tkdn.cli.bill_options import asking
from tkdn.cli.help_i18n import help_wanted_in_indonesian, speak_indonesian
from tkdn.cli.limiting import Limit, hold_limits
from tkdn.cli.terminal_conventions import WRONG, piped
from tkdn.errors import TkdnError
from tkdn.i18n import Lang

P = ParamSpec("P")
START = """
Start here, with your own list in place of bill.xlsx:

tkdn check bill.xlsx - what was understood, and what is missing

tkdn assess bill.xlsx - the score, and what it is made of

tkdn lift bill.xlsx - the parts from small and medium industry (IKM) that lift it

tkdn explain bill.xlsx PART - why: every step with its article

No list yet? tkdn convert --template bill.xlsx writes one to fill in. In Indonesian: --lang id, or TKDN_LANG=id.
"""
COMMANDS = (
    *(bills.assess, bills.lift, bills.explain, bills.check, bills.compare, bills.history),
    *(readings.interpretations, calendar.calendar),
    *(files.convert, files.regulations),
    *(opportunities.opportunities, planning.plan, planning.regions, sourcing.match_suppliers),
    *(enrichment.enrich, enrichment.certificates),
    *(documents.services, documents.combined, documents.benefit, documents.bids),
)
"""In the order of the help."""


def command(function: Callable[P, None]) -> Callable[P, None]:
    """A command whose errors are told on standard error: as data with --json, else one problem a line."""

    function = asking(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with piped():
                function(*args, **kwargs)
        except TkdnError as error:
            if kwargs.get("as_json"):
                print(json.dumps(error.to_dict()), file=sys.stderr)
            else:
                _tell(error, "id" if kwargs.get("lang") == "id" else "en")
            raise typer.Exit(WRONG) from None

    return run


def _tell(error: TkdnError, lang: Lang) -> None:
    """The problems, one a line, in English; in Indonesian a line before them says how to read them."""
    from tkdn.i18n import clean, say

    if lang != "en":
        print(say("table.errors", lang, count=len(error.problems)), file=sys.stderr)
    for line in str(error).split("\n"):
        print(clean(line), file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        from tkdn._version import __version__

        print(f"tkdn {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="tkdn",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Domestic content (TKDN) of a vehicle's bill of materials, explained.",
    epilog=START,
)
for each in COMMANDS:
    app.command()(command(each))


@app.callback()
def _main(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    limit: Limit = None,
) -> None:
    """Domestic content (TKDN) of a vehicle's bill of materials, explained."""
    hold_limits(ctx, limit or [])


def main() -> None:
    """Entry point of the `tkdn` command. What the terminal cannot show is written as an escape, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if help_wanted_in_indonesian(sys.argv[1:]):
        speak_indonesian(cast(TyperGroup, get_command(app)))()
    app()
