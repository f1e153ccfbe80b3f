"""The report as one page of HTML that works offline, in English and Indonesian."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tkdn.bom.bulk import bulk
from tkdn.display.doors import door
from tkdn.errors import MissingExtraError, Problem, UsageError
from tkdn.i18n import LANGUAGES, Lang
from tkdn.io.files import refuse_existing, write_file

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment


@cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the hash by which the page's policy allows a style or script, so that no other runs."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def to_html(assessment: Assessment, lang: Lang = "en") -> str:
    """Return the page, opened in `lang`; see `Assessment.to_html`.

    Raises:
        UsageError: `option-invalid` if there is no such language.
        MissingExtraError: `extra-missing` without the extra `report`.
    """
    if lang not in LANGUAGES:
        raise UsageError(
            [Problem.worded("option-invalid", f"no language {lang!r}", f"choose one of {', '.join(LANGUAGES)}")]
        )
    try:
        import jinja2
    except ModuleNotFoundError:
        raise MissingExtraError.of("the HTML report", "report") from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tkdn.report.html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _file("report.css"), _file("report.js")
    with bulk():
        # Its modules need the extra, so they are loaded after the check for it.
        values = door("values of a page")(assessment)
        page = environment.get_template("page.html").render(
            lang=lang,
            **values,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    return page.encode("utf-8", "replace").decode("utf-8")


def write_html(assessment: Assessment, path: str | Path, *, lang: Lang = "en", force: bool = False) -> None:
    """Write the page to a file.

    Raises:
        UsageError: `output-exists` without `force`, `output-unwritable`, `option-invalid`.
        MissingExtraError: `extra-missing` without the extra `report`.
    """
    path = Path(path)
    refuse_existing(path, force=force)
    write_file(path, to_html(assessment, lang).encode(), force=force)
