"""What is read at most of a file, so that none takes all memory or time; anyone may set other limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace

from tkdn.errors import BomError, Place, Problem, UsageError, closest


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most: bytes of a file, bytes that it unpacks to, rows and columns of a sheet, cells of all sheets (empty
    ones between filled ones counted), characters of a cell, and seconds to open it. An .xls, .xlsb or .ods is read by a process
    of its own, which takes at most `memory` bytes."""

    file_bytes: int = 256 * 2**20
    unpacked_bytes: int = 512 * 2**20
    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 20_000_000
    characters: int = 131_072
    memory: int = 2 * 2**30
    seconds: int = 60


_held: ContextVar[Limits | None] = ContextVar("limits", default=None)


def limits_now() -> Limits:
    """The limits that hold here."""
    return _held.get() or Limits()


@contextmanager
def limits(**changes: int) -> Iterator[Limits]:
    """Within it, files are read up to other limits: bills, enrichment files, lists of certificates, directories, documents.

    `file_bytes`, `unpacked_bytes`, `memory` in bytes; `rows` and `columns` of a sheet; `cells` of all sheets; `characters` of a
    cell; `seconds` to open a file. What is not named stays as it is.

    >>> with limits(rows=2_000_000, seconds=300) as held:
    ...     held.rows, held.columns
    (2000000, 16384)

    Raises `UsageError` (`option-invalid`) for a limit that there is not, or that is no whole number above zero.
    """
    known = [each.name for each in fields(Limits)]
    problems = []
    for name, most in changes.items():
        if name not in known:
            problems.append(
                Problem(
                    "option-invalid",
                    {"name": name, "known": tuple(known), "nearest": closest(name, known)},
                    case="limit_name",
                )
            )
        elif isinstance(most, bool) or not isinstance(most, int) or most < 1:
            problems.append(Problem("option-invalid", {"name": name, "limit": most}, case="limit_number"))
    if problems:
        raise UsageError(problems)
    token = _held.set(replace(limits_now(), **changes))
    try:
        yield limits_now()
    finally:
        _held.reset(token)


def stated_limits(texts: list[str]) -> dict[str, int]:
    """Limits as words of a command: `rows=2000000`. Raises `UsageError` (`option-invalid`)."""
    pairs = [text.partition("=") for text in texts]
    wrong = [text for text, (_, _, most) in zip(texts, pairs, strict=True) if not (most.isascii() and most.isdigit())]
    if wrong:
        raise UsageError(Problem("option-invalid", {"given": text[:60]}, case="limit_text") for text in wrong)
    return {name: int(most[:18]) for name, _, most in pairs}


def too_large(file: str, limit: str, case: str, place: Place | None = None, **values: object) -> BomError:
    """That a file passes a limit, and how to raise it."""
    return BomError([Problem("file-too-large", {"limit": limit, **values}, place or Place(file), case=case)])
