"""The commands of the documents: services, combined, benefit, bids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkdn.cli.options import Force, Json
from tkdn.cli.terminal_conventions import Language, print_json, print_lines, show, tell_written
from tkdn.display.doors import door
from tkdn.errors import Problem, UsageError
from tkdn.i18n import Lang

if TYPE_CHECKING:
    from tkdn.assessment.steps import Explanation

FORMATS = {
    "services": "tkdn-services",
    "combined": "tkdn-combined",
    "benefit": "tkdn-benefit",
    "bids": "tkdn-bids",
}
"""The `format` of the document of each command."""

File = Annotated[Path | None, typer.Argument(help="The document: a JSON file.", show_default=False)]
Template = Annotated[
    Path | None,
    typer.Option("--template", metavar="OUT.json", help="Write a filled synthetic document to start from instead."),
]
Explain = Annotated[bool, typer.Option("--explain", help="Print every step, with its article and legal values.")]


def services(
    file: File = None,
    template: Template = None,
    explain: Explain = False,
    lang: Language = "en",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Compute TKDN of an industrial service by the cost of labour, tools and general services.

    Example: tkdn services service.json --explain
    """
    _run("services", file, template, lang, explain=explain, force=force, as_json=as_json)


def combined(
    file: File = None,
    template: Template = None,
    explain: Explain = False,
    lang: Language = "en",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Compute TKDN of several goods together, or of goods with services.

    Example: tkdn combined combined.json --explain
    """
    _run("combined", file, template, lang, explain=explain, force=force, as_json=as_json)


def benefit(
    file: File = None,
    template: Template = None,
    explain: Explain = False,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="OUT.xlsx", help="Also write the BMP forms, filled in.")
    ] = None,
    lang: Language = "en",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Compute BMP, the benefit weight of a company, from its facts.

    Example: tkdn benefit benefit.json --lang id
    """
    _run("benefit", file, template, lang, explain=explain, force=force, as_json=as_json, xlsx=xlsx)


def bids(
    file: File = None,
    template: Template = None,
    explain: Explain = False,
    lang: Language = "en",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Rank the bids of a tender: those that may be taken, their final evaluation price, and the winner.

    Example: tkdn bids bids.json --lang id
    """
    _run("bids", file, template, lang, explain=explain, force=force, as_json=as_json)


def _run(
    name: str,
    file: Path | None,
    template: Path | None,
    lang: Lang,
    *,
    explain: bool,
    force: bool,
    as_json: bool,
    xlsx: Path | None = None,
) -> None:
    if (file is None) == (template is None):
        problem = Problem.worded("option-invalid", "give FILE, or --template OUT.json", f"see 'tkdn {name} --help'")
        raise UsageError([problem])
    if template is not None and xlsx is not None:
        problem = Problem.worded("option-invalid", "--xlsx needs a FILE, not --template", f"see 'tkdn {name} --help'")
        raise UsageError([problem])
    if template is not None:
        door("template of a document")(FORMATS[name], template, force=force)
        tell_written(template, lang)
        return
    result = door(f"result of {name}")(door("reader of documents")(file, FORMATS[name]))
    if xlsx is not None:
        door("forms of a benefit")(result, xlsx, force=force)
    if explain:
        _show_explanation(result.explain(), lang, as_json=as_json)
    elif as_json:
        print_json(result.to_dict())
    else:
        show(result.view(lang))
    if xlsx is not None and not as_json:
        tell_written(xlsx, lang)


def _show_explanation(explanation: Explanation, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        print_json(explanation.to_dict())
        return
    print_lines(explanation.to_text(lang))
