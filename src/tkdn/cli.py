"""The command line: thin. Exit codes: 0 done, 1 a demanded check did not hold, 2 the input or the call is wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer

from tkdn import cli_documents, cli_enrichment, cli_matching, cli_opportunities, cli_planning
from tkdn.cli_documents import print_json, tell_written
from tkdn.cli_manners import Lang, Language, goods_laws, laws, parts, piped
from tkdn.cli_options import All, Basis, Force, Json, Law, On, Product, Repealed, Year
from tkdn.cli_reading import How, reading
from tkdn.cli_report import Html, Xlsx, write_beside
from tkdn.errors import Problem, TkdnError, UsageError

if TYPE_CHECKING:
    from tkdn.io.understanding import Reading

P = ParamSpec("P")
NOT_HELD, WRONG = 1, 2

START = """
Start here, with your own list in place of bill.xlsx:

tkdn check bill.xlsx - what was understood, and what is missing

tkdn assess bill.xlsx - the score, and what it is made of

tkdn lift bill.xlsx - the parts from small and medium industry (IKM) that lift it

tkdn explain bill.xlsx PART - why: every step with its article

No list yet? tkdn convert --template bill.xlsx writes one to fill in. In Indonesian: --lang id, or TKDN_LANG=id.
"""

app = typer.Typer(
    name="tkdn",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Domestic content (TKDN) of a vehicle's bill of materials, explained.",
    epilog=START,
)


class By(StrEnum):
    part = "part"
    supplier = "supplier"
    scale = "scale"
    region = "region"


File = Annotated[
    Path,
    typer.Argument(help="The bill: .json, a spreadsheet, .csv or text, or a folder of CSV files.", show_default=False),
]


def command(function: Callable[P, None]) -> Callable[P, None]:
    """A command whose errors are told on standard error: as data with --json, else one problem a line."""

    function = reading(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with piped():
                function(*args, **kwargs)
        except TkdnError as error:
            if kwargs.get("as_json"):
                print(json.dumps(error.to_dict()), file=sys.stderr)
            else:
                from tkdn.texts import clean

                for line in str(error).split("\n"):
                    print(clean(line), file=sys.stderr)
            raise typer.Exit(WRONG) from None

    return app.command()(run)


def _assessment(
    file: Path, on: str | None, law: str | None, year: int | None, product: str | None, allow_repealed: bool, how: How
) -> Any:
    return _assessed(_reading(file, product, how), on, law, year, product, allow_repealed)


def _reading(file: Path, product: str | None, how: How) -> Reading:
    from tkdn.io import read_with
    from tkdn.io.options import read_options
    from tkdn.report.terminal import working

    with working(f"reading {file.name}"):
        return read_with(file, read_options(product=product, **(how or {})))


def _assessed(
    read: Reading, on: str | None, law: str | None, year: int | None, product: str | None, allow_repealed: bool
) -> Any:
    from tkdn.assessment.entry import assess as assess_bom
    from tkdn.report.terminal import working

    with working("assessing"):
        return assess_bom(read.bom, on=on, regulation=law, year=year, product=product, allow_repealed=allow_repealed)


@command
def assess(
    file: File,
    on: On = None,
    regulation: Law = None,
    year: Year = None,
    allow_repealed: Repealed = False,
    product: Product = None,
    lang: Language = Lang.en,
    minimum: Annotated[
        str | None, typer.Option("--min", metavar="PERCENT", help="Exit with 1 where the score is below.")
    ] = None,
    require: Annotated[
        str | None, typer.Option("--require", metavar="complete", help="Exit with 1 where the status is another.")
    ] = None,
    everything: All = False,
    xlsx: Xlsx = None,
    html: Html = None,
    force: Force = False,
    as_json: Json = False,
    how: How = None,
) -> None:
    """Domestic content of the product and its components, and the IKM parts that lift it.

    Example: tkdn assess bill.xlsx --on 2026-06-01 --xlsx forms.xlsx
    """
    least = _percent(minimum)
    if require not in (None, "complete"):
        raise UsageError([Problem("option-invalid", f"--require {require!r} is not known", "write --require complete")])
    assessment = _assessment(file, on, regulation, year, product, allow_repealed, how)
    written = list(write_beside(assessment, xlsx=xlsx, html=html, lang=lang.value, force=force))
    if as_json:
        print_json(assessment.to_dict())
    else:
        from tkdn.assessment.lift import lift as lift_of
        from tkdn.report.terminal import AssessmentView, working

        found = None
        if assessment.has_lift:
            with working("looking for lifts"):
                found = lift_of(assessment)
                _ = found.rows, found.joint
        AssessmentView(assessment, lang.value, everything=everything).show(found)
    for path in () if as_json else written:
        tell_written(path, lang)
    held = least is None or (assessment.score is not None and assessment.score >= least)
    if not held or (require and assessment.status != require):
        raise typer.Exit(NOT_HELD)


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    from tkdn.bom.number import parse_number

    try:
        value = parse_number(text)
    except ValueError:
        value = Decimal(-1)
    if not 0 <= value <= 100:
        raise UsageError(
            [Problem("option-invalid", f"--min {text!r} is not a percentage", "write a number from 0 to 100")]
        )
    return value


@command
def lift(
    file: File,
    basis: Annotated[
        Basis, typer.Option("--basis", help="The score as credited today, or the potential.")
    ] = Basis.score,
    by: Annotated[By, typer.Option("--by", help="One row for each part, or groups taken abroad together.")] = By.part,
    on: On = None,
    regulation: Law = None,
    year: Year = None,
    allow_repealed: Repealed = False,
    product: Product = None,
    lang: Language = Lang.en,
    as_json: Json = False,
    how: How = None,
) -> None:
    """Which parts made by small and medium industry (IKM) lift the score, and what hides the others.

    Example: tkdn lift bill.xlsx --by region --lang id
    """
    from tkdn.assessment.lift import lift as lift_of

    assessment = _assessment(file, on, regulation, year, product, allow_repealed, how)
    found = lift_of(assessment, basis=basis.value, by=by.value)
    if as_json:
        print_json(found.to_dict())
    else:
        from tkdn.report.terminal import show_lift, working

        with working("looking for lifts"):
            _ = found.rows, found.joint
        show_lift(found, lang.value)


@command
def explain(
    file: File,
    part: Annotated[
        str | None,
        typer.Argument(help="A part's id; default the product.", show_default=False, autocompletion=parts),
    ] = None,
    on: On = None,
    regulation: Law = None,
    year: Year = None,
    allow_repealed: Repealed = False,
    product: Product = None,
    lang: Language = Lang.en,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    as_json: Json = False,
    how: How = None,
) -> None:
    """Every step behind a figure: inputs, rule, article, legal values and how well each is known.

    Example: tkdn explain bill.xlsx EX-FRAME --lang id
    """
    explanation = _assessment(file, on, regulation, year, product, allow_repealed, how).explain(part)
    if as_json:
        print_json(explanation.to_dict())
    else:
        from tkdn.texts import clean

        text = explanation.to_markdown(lang.value) if markdown else explanation.to_text(lang.value)
        sys.stdout.write("\n".join(clean(line) for line in text.split("\n")))


@command
def check(
    file: File,
    on: On = None,
    regulation: Law = None,
    year: Year = None,
    allow_repealed: Repealed = False,
    product: Product = None,
    lang: Language = Lang.en,
    as_json: Json = False,
    how: How = None,
) -> None:
    """What was understood of the bill, and what is missing for a complete score. Exits with 1 where something is.

    Example: tkdn check bill.xlsx --lang id
    """
    read = _reading(file, product, how)
    if read.understood is not None and not as_json:
        from tkdn.report.check import show_understanding

        show_understanding(read.understood, lang.value)
    assessment = _assessed(read, on, regulation, year, product, allow_repealed)
    if as_json:
        keys = ("product", "on", "regulation", "status", "reasons", "gaps", "assumptions", "warnings", "provenance")
        data = assessment.to_dict()
        understood = {"understood": read.understood.to_dict()} if read.understood else {}
        print_json({key: data[key] for key in keys} | understood)
    else:
        from tkdn.report.check import show_check

        show_check(assessment.bom, assessment, lang.value)
    if assessment.status != "complete":
        raise typer.Exit(NOT_HELD)


@command
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="The bill before.", show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="B", help="The bill after; may be the same.", show_default=False)],
    on: On = None,
    regulation: Law = None,
    on_after: Annotated[
        str | None, typer.Option("--on-after", metavar="DATE", help="Date for B; default as --on.")
    ] = None,
    law_after: Annotated[
        str | None,
        typer.Option(
            "--regulation-after",
            metavar="ID",
            autocompletion=goods_laws,
            help="Regulation for B; default as --regulation.",
        ),
    ] = None,
    year: Year = None,
    year_after: Annotated[
        int | None, typer.Option("--year-after", metavar="Y", help="Calculation year for B; default as --year.")
    ] = None,
    allow_repealed: Repealed = False,
    product: Product = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """What changed the score from A to B: factors and components that add up exactly, and legal values that differ.

    Example: tkdn compare before.json after.json --on 2026-06-01
    """
    from tkdn.assessment.compare import compare as compare_two

    first = _assessment(before, on, regulation, year, product, allow_repealed, None)
    later = year if year_after is None else year_after
    second = _assessment(after, on_after or on, law_after or regulation, later, product, allow_repealed, None)
    found = compare_two(first, second)
    if as_json:
        print_json(found.to_dict())
    else:
        from tkdn.report.terminal import show_comparison

        show_comparison(found, lang.value)


@command
def convert(
    source: Annotated[Path | None, typer.Argument(metavar="IN", help="The bill to read.", show_default=False)] = None,
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUT",
            help="Where to write; the suffix says how: .json, .cdx.json, .xlsx, .csv, .dot, .mmd, none: a folder.",
        ),
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="OUT.xlsx", help="Write a workbook to fill in instead.")
    ] = None,
    product: Product = None,
    lang: Language = Lang.en,
    force: Force = False,
    how: How = None,
) -> None:
    """Turn a bill into another format, or write an empty workbook to fill in.

    Example: tkdn convert bill.xlsx bill.json
    """
    from tkdn.io import refuse_existing, write_bom

    written = template or target
    if template is not None and source is None:
        from tkdn.io.own.template import write_template

        refuse_existing(template, force=force)
        write_template(template, lang=lang.value)
    elif template is None and source is not None and target is not None:
        write_bom(_reading(source, product, how).bom, target, force=force)
    else:
        raise UsageError(
            [Problem("option-invalid", "give IN and OUT, or --template OUT.xlsx", "see 'tkdn convert --help'")]
        )
    tell_written(written, lang)


@command
def regulations(
    id_: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A regulation's id; default all.", show_default=False, autocompletion=laws),
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """The regulations known, or one with every value, its article and how well it is known.

    Example: tkdn regulations permenperin-35-2025
    """
    from tkdn.law import shipped as law

    if as_json:
        data: Any = law.regulation(id_).to_dict() if id_ else [each.to_dict() for each in law.regulations()]
        print_json(data)
        return
    from tkdn.report.terminal import show_regulation, show_regulations

    if id_:
        show_regulation(law.regulation(id_), lang.value)
    else:
        show_regulations(law.regulations(), lang.value)


cli_opportunities.register(command)
cli_enrichment.register(command)
cli_matching.register(command)
cli_documents.register(command)
cli_planning.register(command)


def _version(wanted: bool) -> None:
    if wanted:
        from tkdn._version import __version__

        print(f"tkdn {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Domestic content (TKDN) of a vehicle's bill of materials, explained."""


def main() -> None:
    """Entry point of the `tkdn` command. What the terminal cannot show is written as an escape, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
