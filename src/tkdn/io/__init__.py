"""Reading and writing bills: the format is found by suffix and content."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from tkdn.bom.bom import Bom
from tkdn.bom.bulk import bulk
from tkdn.bom.reading import build, parse_json
from tkdn.errors import BomError, Problem, UsageError

Reader = Callable[..., Bom]
SUFFIXES = (".json", ".csv", ".xlsx")
CYCLONEDX = ".cdx.json"
WRITTEN = (".json", CYCLONEDX, ".xlsx", ".csv", ".dot", ".gv", ".mmd", "")


def read_bom(path: str | Path, *, product: str | None = None) -> Bom:
    """Read a bill from a file or a folder of CSV files.

    `.json`: the JSON document, or CycloneDX; a folder: `parts.csv`, `uses.csv` and more; `.xlsx`: a workbook with sheets Parts
    and Uses, or one indented list; `.csv`: one list, indented with a level column or of uses with a column for the parent.
    `product` names the product where the file does not.

    Raises `BomError` with all problems, each with file, sheet, row and column or JSON path; nothing partial is returned.
    Raises `MissingExtraError` where an Excel file is read and openpyxl is not installed.
    """
    path = Path(path)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:  # a name longer than the file system takes, or a folder that may not be looked into
        raise _unreadable(path, error) from None
    if is_folder:
        from tkdn.io.csv_folder import read_folder

        return read_folder(path, product=product)
    if not exists:
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
        from tkdn.io.edges import read_list_csv

        return read_list_csv(path, product=product)
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
            bom = _built(data, path.name, product)
    except BomError as error:
        raise BomError(problem.in_file(path.name) for problem in error.problems) from None
    bom.set_source(raw)
    return bom


def _built(data: dict[str, Any], file: str, product: str | None) -> Bom:
    if data.get("bomFormat") == "CycloneDX":
        from tkdn.io.cyclonedx import from_cyclonedx

        return from_cyclonedx(data, file, product=product)
    return build(data if product is None else {**data, "product": product})


def read_bytes(path: Path) -> bytes:
    """The file's bytes; raises `BomError` (`file-unreadable`) where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> BomError:
    message = f"cannot be read: {error.strerror}"
    return BomError([Problem("file-unreadable", message, "check the path and its rights").in_file(path.name[:100])])


def write_bom(bom: Bom, path: str | Path, *, force: bool = False) -> None:
    """Write a bill by the suffix of the path: `.json`, `.cdx.json` (CycloneDX 1.6), `.xlsx`, `.csv` (one list of uses), or
    none for a folder of CSV files. Its graph, which is not read back: `.dot` or `.gv` (Graphviz), `.mmd` (Mermaid).

    Raises `UsageError` (`output-exists`) where the path exists and `force` is not given, `MissingExtraError` without openpyxl.
    """
    path = Path(path)
    suffix = CYCLONEDX if path.name.lower().endswith(CYCLONEDX) else path.suffix.lower()
    if suffix not in WRITTEN:
        remedy = f"give {', '.join(WRITTEN[:-1])}, or a folder name"
        raise UsageError([Problem("format-unknown", f"no writer for {suffix}", remedy).in_file(path.name)])
    refuse_existing(path, force=force)
    try:
        if suffix == ".xlsx":
            from tkdn.io.workbook import write_workbook

            write_workbook(bom, path)
        elif suffix:
            replace_file(path, _text(bom, suffix, path.name).encode())
        else:
            from tkdn.io.csv_folder import write_folder

            write_folder(bom, path)
    except OSError as error:
        raise _unwritable(path, error) from None


def _text(bom: Bom, suffix: str, file: str) -> str:
    if suffix == ".json":
        return bom.to_json()
    if suffix == CYCLONEDX:
        from tkdn.io.cyclonedx_writing import cyclonedx_text

        return cyclonedx_text(bom)
    if suffix == ".csv":
        from tkdn.io.edges import edges_text

        return edges_text(bom, file)
    from tkdn.io.drawing import WRITERS

    return WRITERS[suffix](bom)


def replace_file(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved into it."""
    with NamedTemporaryFile(dir=path.parent, prefix=".tkdn-", delete=False) as beside:
        beside.write(raw)
    try:
        os.chmod(beside.name, 0o644)
        os.replace(beside.name, path)
    except OSError:
        os.unlink(beside.name)
        raise


def _unwritable(path: Path, error: OSError) -> UsageError:
    message = f"cannot be written: {error.strerror}"
    return UsageError(
        [Problem("output-unwritable", message, "check the folder and its rights").in_file(path.name[:100])]
    )


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
