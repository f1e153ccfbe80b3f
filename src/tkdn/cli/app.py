"""All commands together, and the reports of their errors."""

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

import tkdn
from tkdn._version import __version__
from tkdn.cli import bills, calendar, documents, enrichment, files, opportunities, planning, sourcing
from tkdn.cli.bill_options import asking
from tkdn.cli.conversation import tell_questions
from tkdn.cli.help_i18n import help_wanted_in_indonesian, speak_indonesian
from tkdn.cli.terminal_conventions import WRONG, piped
from tkdn.display.doors import door
from tkdn.errors import TkdnError, UsageError
from tkdn.i18n import Lang, clean, say

P = ParamSpec("P")
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        envvar="TKDN_LIMITS",
        help="Raise a reading limit, for example rows=2000000.",
    ),
]
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
    *(bills.interpretations, calendar.calendar),
    *(files.convert, files.regulations),
    *(opportunities.opportunities, planning.plan, planning.regions, sourcing.match_suppliers),
    *(enrichment.enrich, enrichment.certificates),
    *(documents.services, documents.combined, documents.benefit, documents.bids),
)
"""In the order of the help."""


def command(function: Callable[P, None]) -> Callable[P, None]:
    """Return a command whose errors are reported on standard error: as data with --json, else one problem a line."""
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
    """Print the problems, one a line, in English; in Indonesian a line before them says how to read them."""
    questions = getattr(error, "questions", ())
    tell_questions(questions, lang)
    asked = {each.problem for each in questions}
    rest = [problem for problem in error.problems if problem not in asked]
    if not rest:
        return
    if lang != "en":
        print(say("table.errors", lang, count=len(rest)), file=sys.stderr)
    for line in str(TkdnError(rest)).split("\n"):
        print(clean(line), file=sys.stderr)


def _hold_limits(ctx: typer.Context, stated: list[str]) -> None:
    """Let other limits hold for all that the command reads."""
    if not stated:
        return
    try:
        ctx.with_resource(tkdn.limits(**door("limits in words")(stated)))
    except UsageError as error:
        raise typer.BadParameter(str(error), param_hint="--limit") from None


def _version(wanted: bool) -> None:
    if wanted:
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
    """Hold the limits that are stated before the command."""
    _hold_limits(ctx, limit or [])


def main() -> None:
    """Run the `tkdn` command. What the terminal cannot show is written as an escape, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if help_wanted_in_indonesian(sys.argv[1:]):
        speak_indonesian(cast(TyperGroup, get_command(app)))()
    app()
