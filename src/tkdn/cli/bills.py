"""The commands that assess a bill: assess, lift, explain, check, compare, history, interpretations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import tkdn
from tkdn.cli.bill_options import Asked
from tkdn.cli.completion import goods_laws, parts
from tkdn.cli.options import All, Basis, Bill, Force, Json
from tkdn.cli.terminal_conventions import (
    NOT_HELD,
    Language,
    print_json,
    print_lines,
    refuse_existing,
    show,
    tell_written,
    working,
)
from tkdn.display.doors import door
from tkdn.errors import Problem, UsageError
from tkdn.i18n import Lang
from tkdn.outputs import headed

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment

By = Literal["part", "supplier", "scale", "region"]
File = Annotated[
    Path,
    typer.Argument(help="The bill: .json, a spreadsheet, .csv or text, or a folder of CSV files.", show_default=False),
]

Xlsx = Annotated[
    Path | None, typer.Option("--xlsx", metavar="OUT.xlsx", help="Also write the ministry's forms, filled in.")
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="OUT.html", help="Also write the report, one page that works offline.")
]


def assess(
    file: File,
    *,
    asked: Asked,
    lang: Language = "en",
    minimum: Annotated[
        str | None, typer.Option("--min", metavar="PERCENT", help="Exit with 1 if the score is below.")
    ] = None,
    require: Annotated[
        str | None, typer.Option("--require", metavar="complete", help="Exit with 1 if the status is another.")
    ] = None,
    everything: All = False,
    xlsx: Xlsx = None,
    html: Html = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Show the domestic content of the product and its components, and the IKM parts that lift it.

    Example: tkdn assess bill.xlsx --on 2026-06-01 --xlsx forms.xlsx
    """
    least = _percent(minimum)
    if require not in (None, "complete"):
        raise UsageError(
            [Problem.worded("option-invalid", f"--require {require!r} is not known", "write --require complete")]
        )
    assessment = asked.assessment(file)
    written = list(_written(assessment, xlsx=xlsx, html=html, lang=lang, force=force))
    if as_json:
        print_json(assessment.to_dict())
    else:
        found = None
        if assessment.has_lift:
            with working("looking for lifts"):
                found = tkdn.lift(assessment)
                _ = found.rows, found.joint
        show(assessment.view(lang, lift=found), everything=everything)
    for path in () if as_json else written:
        tell_written(path, lang)
    held = least is None or (assessment.score is not None and assessment.score >= least)
    if not held or (require and assessment.status != require):
        raise typer.Exit(NOT_HELD)


def _written(
    assessment: Assessment, *, xlsx: Path | None, html: Path | None, lang: Lang, force: bool
) -> Iterator[Path]:
    """Write the files that are asked for and yield their paths; nothing is written if one of them may not be."""
    for path in (xlsx, html):
        refuse_existing(path, force=force)
    if xlsx is not None:
        tkdn.write_forms(assessment, xlsx, force=force)
        yield xlsx
    if html is not None:
        with working("writing the report"):
            door("file of a page")(assessment, html, lang=lang, force=force)
        yield html


def _percent(text: str | None) -> Decimal | None:
    """Return a percentage of an option, exactly; raises `UsageError` (`option-invalid`)."""
    if text is None:
        return None
    try:
        value = Decimal(door("number in words")(text))
    except ValueError:
        value = Decimal(-1)
    if not 0 <= value <= 100:
        raise UsageError(
            [Problem.worded("option-invalid", f"--min {text!r} is not a percentage", "write a number from 0 to 100")]
        )
    return value


def lift(
    file: File,
    *,
    basis: Annotated[Basis, typer.Option("--basis", help="The score as credited today, or the potential.")] = "score",
    by: Annotated[By, typer.Option("--by", help="One row for each part, or groups taken abroad together.")] = "part",
    asked: Asked,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """Show the parts made by small and medium industry (IKM) that lift the score, and what hides the others.

    Example: tkdn lift bill.xlsx --by region --lang id
    """
    assessment = asked.assessment(file)
    found = tkdn.lift(assessment, basis=basis, by=by)
    if as_json:
        print_json(found.to_dict())
    else:
        with working("looking for lifts"):
            _ = found.rows, found.joint
        show(found.view(lang))


def explain(
    file: File,
    part: Annotated[
        str | None,
        typer.Argument(help="A part's id; default the product.", show_default=False, autocompletion=parts),
    ] = None,
    *,
    asked: Asked,
    lang: Language = "en",
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    as_json: Json = False,
) -> None:
    """Explain a figure in every step: inputs, rule, article, legal values and how well each is known.

    Example: tkdn explain bill.xlsx EX-FRAME --lang id
    """
    explanation = asked.assessment(file).explain(part)
    if as_json:
        print_json(explanation.to_dict())
    else:
        print_lines(explanation.to_markdown(lang) if markdown else explanation.to_text(lang))


def check(
    file: File,
    *,
    asked: Asked,
    lang: Language = "en",
    everything: All = False,
    as_json: Json = False,
) -> None:
    """Show what was understood of the bill, and what is missing for a complete score. Exits with 1 if anything is missing.

    Example: tkdn check bill.xlsx --lang id
    """
    read = asked.read(file, prints_notes=False)
    if read.report is not None and not as_json:
        show(read.report.view(lang))
    assessment = asked.assess(read.bill())
    if as_json:
        keys = ("product", "on", "regulation", "status", "reasons", "gaps", "assumptions", "warnings", "provenance")
        data = assessment.to_dict()
        understood = {"understood": read.report.to_dict()} if read.report else {}
        print_json(headed("tkdn-check", {key: data[key] for key in keys} | understood))
    else:
        show(door("view of a check")(assessment, lang, everything=everything))
    if assessment.status != "complete":
        raise typer.Exit(NOT_HELD)


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="The bill before.", show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="B", help="The bill after; may be the same.", show_default=False)],
    *,
    asked: Asked,
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
    year_after: Annotated[
        int | None, typer.Option("--year-after", metavar="Y", help="Calculation year for B; default as --year.")
    ] = None,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """Compare A with B: factors and components whose changes add up exactly, and legal values that differ.

    Example: tkdn compare before.json after.json --on 2026-06-01
    """
    later = replace(
        asked,
        on=on_after or asked.on,
        regulation=law_after or asked.regulation,
        year=asked.year if year_after is None else year_after,
    )
    found = tkdn.compare(asked.assessment(before), later.assessment(after))
    if as_json:
        print_json(found.to_dict())
    else:
        show(found.view(lang))


def history(
    bills: Annotated[
        list[Path],
        typer.Argument(metavar="BILL...", help="The releases, oldest first: two or more.", show_default=False),
    ],
    *,
    asked: Asked,
    lang: Language = "en",
    everything: All = False,
    as_json: Json = False,
) -> None:
    """Show how each change of a supplier, price or certificate moved the score over releases of a bill, adding up exactly.

    Example: tkdn history before.json after.json --on 2026-06-01
    """
    releases = [asked.assessment(bill) for bill in bills]
    names = [bill.name for bill in bills]
    labels = names if len(set(names)) == len(names) else [str(bill) for bill in bills]
    found = tkdn.history(releases, labels=labels)
    with working("taking the changes one by one"):
        _ = found.rows
    if as_json:
        print_json(found.to_dict())
        return
    show(found.view(lang), everything=everything)


def interpretations(
    bill: Bill,
    *,
    asked: Asked,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """Show the score under each reading that the text of the law leaves room for, exactly.

    Example: tkdn interpretations bill.xlsx --on 2026-06-01
    """
    found = asked.assessment(bill).interpretations()
    if as_json:
        print_json(found.to_dict())
        return
    show(found.view(lang))
