"""The report as one page of HTML that works offline, in English and Indonesian."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tkdn.bom.bulk import bulk
from tkdn.errors import MissingExtraError, Problem, UsageError
from tkdn.i18n import LANGUAGES, Lang

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment


@cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What the page's policy calls a style or script by, so that no other runs."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def to_html(assessment: Assessment, lang: Lang = "en") -> str:
    """The page, opened in `lang`; see `Assessment.to_html`."""
    if lang not in LANGUAGES:
        raise UsageError(
            [Problem.worded("option-invalid", f"no language {lang!r}", f"choose one of {', '.join(LANGUAGES)}")]
        )
    try:
        import jinja2
    except ModuleNotFoundError:
        raise MissingExtraError.of("the HTML report", "report") from None
    from tkdn.report.html.contents import Contents
    from tkdn.report.html.edition import edition
    from tkdn.report.html.island import Island, encoded

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tkdn.report.html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _file("report.css"), _file("report.js")
    with bulk():
        contents = Contents(assessment)
        page = environment.get_template("page.html").render(
            lang=lang,
            editions=[edition(contents, each) for each in LANGUAGES],
            island=encoded(Island(contents).to_dict()),
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    return page.encode("utf-8", "replace").decode("utf-8")


def write_html(assessment: Assessment, path: str | Path, *, lang: Lang = "en", force: bool = False) -> None:
    """Write the page to a file. Raises `UsageError`: `output-exists` (without `force`), `output-unwritable`."""
    from tkdn.io.files import refuse_existing, write_file

    path = Path(path)
    refuse_existing(path, force=force)
    write_file(path, to_html(assessment, lang).encode(), force=force)
