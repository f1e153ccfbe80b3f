"""Filled synthetic documents to start from, one of each format: files in the folder `filled`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from tkdn.documents.model import KINDS
from tkdn.errors import Problem, UsageError, nearest
from tkdn.io.files import refuse_existing, replace_file


def template(format: str) -> str:  # noqa: A002  # what the document calls it
    """Return the JSON text of a filled synthetic document of a format.

    Raises:
        UsageError: `format-unknown`.
    """
    if format not in KINDS:
        hint = nearest(format, KINDS) or f"write one of {', '.join(KINDS)}"
        raise UsageError([Problem.worded("format-unknown", f"no document of the format {format[:60]!r}", hint)])
    return (resources.files("tkdn") / "documents" / "filled" / f"{format}.json").read_text(encoding="utf-8")


def write_template(format: str, path: str | Path, *, force: bool = False) -> None:  # noqa: A002
    """Write a filled synthetic document to start from.

    Args:
        format: such as `tkdn-bids`.
        path: where to write.
        force: True to replace a file that exists.

    Raises:
        UsageError: `format-unknown`, `output-exists`, `output-unwritable`.
    """
    path = Path(path)
    text = template(format)
    refuse_existing(path, force=force)
    try:
        replace_file(path, text.encode())
    except OSError as error:
        problem = Problem.worded(
            "output-unwritable", f"cannot be written: {error.strerror}", "check the folder and its rights"
        )
        raise UsageError([problem.in_file(path.name[:100])]) from None
