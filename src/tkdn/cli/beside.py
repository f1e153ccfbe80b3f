"""What `tkdn assess` writes beside its tables: the ministry's forms, the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from tkdn.i18n import Lang

Xlsx = Annotated[
    Path | None, typer.Option("--xlsx", metavar="OUT.xlsx", help="Also write the ministry's forms, filled in.")
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="OUT.html", help="Also write the report, one page that works offline.")
]


def write_beside(assessment: Any, *, xlsx: Path | None, html: Path | None, lang: Lang, force: bool) -> Iterator[Path]:
    """Write the files that are asked for and name them; nothing is written where one of them may not be."""
    from tkdn.display.terminal import working
    from tkdn.io.files import refuse_existing

    for path in (xlsx, html):
        if path is not None:
            refuse_existing(path, force=force)
    if xlsx is not None:
        from tkdn.report.forms import write_forms

        write_forms(assessment, xlsx, force=force)
        yield xlsx
    if html is not None:
        from tkdn.report.html import write_html

        with working("writing the report"):
            write_html(assessment, html, lang=lang, force=force)
        yield html
