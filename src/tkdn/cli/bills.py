"""The commands that assess a bill: assess, lift, explain, check, compare, history."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import typer

from tkdn.cli.beside import Html, Xlsx, write_beside
from tkdn.cli.bill_options import Asked
from tkdn.cli.completion import goods_laws, parts
from tkdn.cli.options import All, Basis, Force, Json
from tkdn.cli.terminal_conventions import NOT_HELD, Language, print_json, tell_written
from tkdn.errors import Problem, UsageError
from tkdn.outputs import headed

By = Literal["part", "supplier", "scale", "region"]
File = Annotated[
    Path,
    typer.Argument(help="The bill: .json, a spreadsheet, .csv or text, or a folder of CSV files.", show_default=False),
]


def assess(
    file: File,
    *,
    asked: Asked,
    lang: Language = "en",
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
) -> None:
    """Domestic content of the product and its components, and the IKM parts that lift it.

    Example: tkdn assess bill.xlsx --on 2026-06-01 --xlsx forms.xlsx
    """
    least = _percent(minimum)
    if require not in (None, "complete"):
        raise UsageError(
            [Problem.worded("option-invalid", f"--require {require!r} is not known", "write --require complete")]
        )
    assessment = asked.assessment(file)
    written = list(write_beside(assessment, xlsx=xlsx, html=html, lang=lang, force=force))
    if as_json:
        print_json(assessment.to_dict())
    else:
        from tkdn.assessment.lift import lift as lift_of
        from tkdn.display.terminal import show, working

        found = None
        if assessment.has_lift:
            with working("looking for lifts"):
                found = lift_of(assessment)
                _ = found.rows, found.joint
        show(assessment.view(lang, lift=found), everything=everything)
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
    """Which parts made by small and medium industry (IKM) lift the score, and what hides the others.

    Example: tkdn lift bill.xlsx --by region --lang id
    """
    from tkdn.assessment.lift import lift as lift_of

    assessment = asked.assessment(file)
    found = lift_of(assessment, basis=basis, by=by)
    if as_json:
        print_json(found.to_dict())
    else:
        from tkdn.display.terminal import show, working

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
    """Every step behind a figure: inputs, rule, article, legal values and how well each is known.

    Example: tkdn explain bill.xlsx EX-FRAME --lang id
    """
    explanation = asked.assessment(file).explain(part)
    if as_json:
        print_json(explanation.to_dict())
    else:
        from tkdn.i18n import clean

        text = explanation.to_markdown(lang) if markdown else explanation.to_text(lang)
        sys.stdout.write("\n".join(clean(line) for line in text.split("\n")))


def check(
    file: File,
    *,
    asked: Asked,
    lang: Language = "en",
    everything: All = False,
    as_json: Json = False,
) -> None:
    """What was understood of the bill, and what is missing for a complete score. Exits with 1 where something is.

    Example: tkdn check bill.xlsx --lang id
    """
    read = asked.read(file)
    if read.understood is not None and not as_json:
        from tkdn.display.terminal import show

        show(read.understood.view(lang))
    assessment = asked.assess(read.bom)
    if as_json:
        keys = ("product", "on", "regulation", "status", "reasons", "gaps", "assumptions", "warnings", "provenance")
        data = assessment.to_dict()
        understood = {"understood": read.understood.to_dict()} if read.understood else {}
        print_json(headed("tkdn-check", {key: data[key] for key in keys} | understood))
    else:
        from tkdn.assessment.views.check import check_view
        from tkdn.display.terminal import show

        show(check_view(assessment, lang, everything=everything))
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
    """What changed the score from A to B: factors and components that add up exactly, and legal values that differ.

    Example: tkdn compare before.json after.json --on 2026-06-01
    """
    from tkdn.assessment.comparison.compare import compare as compare_two

    later = replace(
        asked,
        on=on_after or asked.on,
        regulation=law_after or asked.regulation,
        year=asked.year if year_after is None else year_after,
    )
    found = compare_two(asked.assessment(before), later.assessment(after))
    if as_json:
        print_json(found.to_dict())
    else:
        from tkdn.display.terminal import show

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
    """What each change of a supplier, price, certificate did to the score over releases of a bill, adding up exactly.

    Example: tkdn history before.json after.json --on 2026-06-01
    """
    from tkdn.assessment.comparison.history import history as history_of
    from tkdn.display.terminal import show, working

    releases = [asked.assessment(bill) for bill in bills]
    names = [bill.name for bill in bills]
    labels = names if len(set(names)) == len(names) else [str(bill) for bill in bills]
    found = history_of(releases, labels=labels)
    with working("taking the changes one by one"):
        _ = found.rows
    if as_json:
        print_json(found.to_dict())
        return
    show(found.view(lang), everything=everything)
