"""Reading and writing bills: the format is found by suffix and content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tkdn.bom.bom import Bom, build, parse_json
from tkdn.bom.bulk import bulk
from tkdn.errors import BomError, Problem, UsageError

Reader = Callable[..., Bom]
SUFFIXES = (".json", ".csv", ".xlsx")


def read_bom(path: str | Path, *, product: str | None = None) -> Bom:
    """Read a bill from a file or a folder of CSV files.

    `.json`: the JSON document; a folder: `parts.csv`, `uses.csv` and more; `.xlsx`: a workbook with sheets Parts and Uses, or
    one indented list; `.csv`: one indented list with a level column. `product` names the product where the file does not.

    Raises `BomError` with all problems, each with file, sheet, row and column or JSON path; nothing partial is returned.
    Raises `MissingExtraError` where an Excel file is read and openpyxl is not installed.
    """
    path = Path(path)
    if path.is_dir():
        from tkdn.io.csv_folder import read_folder

        return read_folder(path, product=product)
    if not path.exists():
        raise BomError(
            [Problem("file-missing", f"there is no file {path.name!r}", "check the path").in_file(path.name)]
        )
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _read_json(path, product)
    if suffix == ".xlsx":
        from tkdn.io.workbook import read_workbook

        return read_workbook(path, product=product)
    if suffix == ".csv":
        from tkdn.io.levels import read_level_csv

        return read_level_csv(path, product=product)
    raise BomError(
        [
            Problem(
                "format-unknown",
                f"no reader for {path.suffix or 'a file without suffix'}",
                f"give one of {', '.join(SUFFIXES)}, or a folder of CSV files",
            ).in_file(path.name)
        ]
    )


def _read_json(path: Path, product: str | None) -> Bom:
    raw = read_bytes(path)
    try:
        with bulk():
            data: dict[str, Any] = parse_json(raw)
            if product is not None:
                data["product"] = product
            bom = build(data)
    except BomError as error:
        raise BomError(problem.in_file(path.name) for problem in error.problems) from None
    bom.set_source(raw)
    return bom


def read_bytes(path: Path) -> bytes:
    """The file's bytes; raises `BomError` (`file-unreadable`) where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BomError(
            [
                Problem(
                    "file-unreadable", f"cannot be read: {error.strerror}", "check the path and its rights"
                ).in_file(path.name)
            ]
        ) from None


def write_bom(bom: Bom, path: str | Path, *, force: bool = False) -> None:
    """Write a bill: `.json`, `.xlsx`, or a folder of CSV files (a path without suffix).

    Raises `UsageError` (`output-exists`) where the path exists and `force` is not given, `MissingExtraError` without openpyxl.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".json", ".xlsx", ""):
        raise UsageError(
            [
                Problem("format-unknown", f"no writer for {suffix}", "give .json, .xlsx, or a folder name").in_file(
                    path.name
                )
            ]
        )
    refuse_existing(path, force=force)
    if suffix == ".json":
        path.write_text(bom.to_json(), encoding="utf-8")
    elif suffix == ".xlsx":
        from tkdn.io.workbook import write_workbook

        write_workbook(bom, path)
    else:
        from tkdn.io.csv_folder import write_folder

        write_folder(bom, path)


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raise `UsageError` (`output-exists`) rather than overwrite."""
    if not force and (path.is_file() or (path.is_dir() and any(path.iterdir()))):
        raise UsageError(
            [
                Problem(
                    "output-exists", f"{path.name!r} exists", "choose another name, or --force (force=True)"
                ).in_file(path.name)
            ]
        )
