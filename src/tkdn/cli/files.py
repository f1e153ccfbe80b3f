"""The commands of files and laws: convert, regulations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import tkdn
from tkdn.cli.bill_options import Source
from tkdn.cli.completion import laws
from tkdn.cli.options import Force, Json
from tkdn.cli.terminal_conventions import Language, print_json, refuse_existing, show, tell_written
from tkdn.display.doors import door
from tkdn.errors import Problem, UsageError
from tkdn.outputs import headed


def convert(
    bill: Annotated[Path | None, typer.Argument(metavar="IN", help="The bill to read.", show_default=False)] = None,
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUT",
            help="Where to write; the suffix says how: .json, .cdx.json, .xlsx, .csv, .dot, .mmd, none: a folder.",
        ),
    ] = None,
    *,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="OUT.xlsx", help="Write a workbook to fill in instead.")
    ] = None,
    source: Source,
    lang: Language = "en",
    force: Force = False,
) -> None:
    """Turn a bill into another format, or write an empty workbook to fill in.

    Example: tkdn convert bill.xlsx bill.json
    """
    written = template or target
    if template is not None and bill is None:
        refuse_existing(template, force=force)
        door("template of a bill")(template, lang=lang)
    elif template is None and bill is not None and target is not None:
        tkdn.write_bom(source.bill(bill), target, force=force)
    else:
        raise UsageError(
            [Problem.worded("option-invalid", "give IN and OUT, or --template OUT.xlsx", "see 'tkdn convert --help'")]
        )
    tell_written(written, lang)


def regulations(
    id_: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A regulation's id; default all.", show_default=False, autocompletion=laws),
    ] = None,
    lang: Language = "en",
    as_json: Json = False,
) -> None:
    """List the regulations known, or show one with every value, its article and how well it is known.

    Example: tkdn regulations permenperin-35-2025
    """
    if as_json:
        if id_:
            print_json(tkdn.regulation(id_).to_dict())
        else:
            print_json(headed("tkdn-regulations", {"regulations": [each.to_dict() for each in tkdn.regulations()]}))
        return
    show(tkdn.regulation(id_).view(lang) if id_ else door("view of all regulations")(tkdn.regulations(), lang))
