"""The formats in which bills are read and written, in the order in which they are tried; installed programs may add to them.

A program adds a format by an entry point of the group `tkdn.readers` or `tkdn.exporters` that names a `Format`. They are
looked up only if the suffix of a file is not known here, or if nothing here can read it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tkdn.bom.bom import Bom
from tkdn.bom.bulk import bulk
from tkdn.bom.reading import build
from tkdn.display.doors import loaded
from tkdn.errors import BomError, Problem, UsageError
from tkdn.io.files import refuse_existing, replace_file, unreadable, unwritable
from tkdn.io.import_report import ReadBill
from tkdn.io.source_file import SourceFile
from tkdn.io.spreadsheet.other_kinds import refuse_other_kinds

READERS, EXPORTERS = "tkdn.readers", "tkdn.exporters"
"""Groups of entry points."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to keep a bill in a file.

    Attributes:
        name: What people call it.
        suffixes: Those of its files, in lower case with the dot; "" for a folder. The first is the one that messages name.
        sniff: Whether a file is in this format; it may raise `BomError` for a file that is, and damaged.
        read: The bill in a file, or a `ReadBill` of it. Raises `BomError` with all problems.
        write: Writes a bill to a path that may be written.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    sniff: Callable[[SourceFile], bool] | None = None
    read: Callable[[SourceFile], ReadBill | Bom] | None = None
    write: Callable[[Bom, Path], None] | None = None


def _behind(target: str) -> Callable[..., Any]:
    """Return a function that loads the one named "module:name" when it is called: a bill in one format needs no other."""

    def call(*given: Any) -> Any:
        return loaded(target)(*given)

    return call


def _written(make: Callable[[Bom, str], str]) -> Callable[[Bom, Path], None]:
    """Return a function that writes the text that is made of a bill and the name of its file."""
    return lambda bom, path: replace_file(path, make(bom, path.name).encode())


def _is_cyclonedx(file: SourceFile) -> bool:
    return file.is_json and file.data.get("bomFormat") == "CycloneDX"


def _read_json(file: SourceFile) -> Bom:
    product = file.options.product
    return _from_json(file, lambda: build(Bom, file.data if product is None else {**file.data, "product": product}))


def _read_cyclonedx(file: SourceFile) -> Bom:
    reader = loaded("tkdn.bom.cyclonedx.cyclonedx_reading:from_cyclonedx")
    return _from_json(file, lambda: reader(Bom, file.data, file.name, product=file.options.product))


def _from_json(file: SourceFile, make: Callable[[], Bom]) -> Bom:
    try:
        with bulk():
            bom = make()
    except BomError as error:
        raise BomError(problem.in_file(file.name) for problem in error.problems) from None
    bom.set_source(file.raw)
    return bom


_TABLES, _OWN, _BOM = "tkdn.io.table_files", "tkdn.io.tkdn_formats", "tkdn.bom"
# fmt: off
FORMATS = (
    Format("folder of CSV files", ("",), lambda file: file.path.is_dir(),
           _behind(f"{_TABLES}:read_csv_folder"), _behind(f"{_OWN}.csv_folder:write_folder")),
    Format("JSON", (".json",), lambda file: file.is_json and not _is_cyclonedx(file),
           _read_json, _written(lambda bom, _: bom.to_json())),
    Format("CycloneDX", (".cdx.json",), _is_cyclonedx,
           _read_cyclonedx, _written(lambda bom, _: loaded(f"{_BOM}.cyclonedx.cyclonedx_writing:cyclonedx_text")(bom))),
    Format("workbook", (".xlsx", ".xlsm"), _behind(f"{_TABLES}:is_own_workbook"),
           _behind(f"{_TABLES}:read_own_workbook"), _behind(f"{_OWN}.workbook:write_workbook")),
    Format("list of uses", (".csv",), _behind(f"{_TABLES}:is_list_of_uses"),
           _behind(f"{_TABLES}:read_list_of_uses"), _written(_behind(f"{_OWN}.edges:edges_text"))),
    Format("indented list", (".csv",), _behind(f"{_TABLES}:is_indented_csv"), _behind(f"{_TABLES}:read_indented_csv")),
    Format("filled forms", (".xlsx",), _behind(f"{_TABLES}:has_filled_forms"), _behind(f"{_TABLES}:read_filled_forms")),
    Format("list of parts", (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"), lambda _: True,
           _behind(f"{_TABLES}:read_part_list")),
    Format("Graphviz", (".dot", ".gv"), write=_written(lambda bom, _: bom.to_dot())),
    Format("Mermaid", (".mmd",), write=_written(lambda bom, _: bom.to_mermaid())),
)
# fmt: on
"""In the order in which they are tried: what is strict before what is not."""


def read_file(file: SourceFile) -> ReadBill:
    """Read a bill by the first format that a file is in.

    Raises:
        BomError: `file-missing`, `file-unreadable`, or all problems of the bill, each with its place.
    """
    try:
        exists = file.given is not None or file.path.exists()
    except OSError as error:  # a name longer than the file system takes, or a folder that may not be looked into
        raise unreadable(file.path, error) from None
    if not exists:
        raise BomError([Problem("file-missing", {"file": file.name}).in_file(file.name)])
    if not (file.given is None and file.path.is_dir()):
        refuse_other_kinds(file.raw, file.name)
    found = None if _with_suffix(FORMATS, file.path, "read") else _with_suffix(_installed(READERS), file.path, "read")
    try:
        return _read_as(found or next(each for each in FORMATS if each.sniff and each.sniff(file)), file)
    except BomError as error:
        if error.code != "format-unknown":
            raise
        found = next((each for each in _installed(READERS) if each.sniff and each.sniff(file)), None)
        if found is None:
            raise
    return _read_as(found, file)


def _read_as(format_: Format, file: SourceFile) -> ReadBill:
    assert format_.read is not None
    found = format_.read(file)
    return found if isinstance(found, ReadBill) else ReadBill(found)


def write_file(bom: Bom, path: Path, *, force: bool) -> None:
    """Write a bill by the suffix of the path.

    Raises:
        UsageError: `format-unknown`, `output-exists`, `output-unwritable`.
    """
    found = _with_suffix(FORMATS, path, "write") or _with_suffix(installed := _installed(EXPORTERS), path, "write")
    if found is None or found.write is None:
        suffixes = [suffix for each in (*FORMATS, *installed) if each.write for suffix in each.suffixes if suffix]
        values = {"suffix": path.suffix.lower(), "known": tuple(suffixes)}
        raise UsageError([Problem("format-unknown", values, case="writer").in_file(path.name)])
    refuse_existing(path, force=force)
    try:
        found.write(bom, path)
    except OSError as error:
        raise unwritable(path, error) from None


def _with_suffix(formats: Sequence[Format], path: Path, does: Literal["read", "write"]) -> Format | None:
    """Return the format that reads or writes files of a name; a suffix of two parts goes before one of its last part."""
    name, last = path.name.lower(), path.suffix.lower()
    able = [each for each in formats if getattr(each, does)]
    double = (each for each in able for suffix in each.suffixes if suffix.count(".") > 1 and name.endswith(suffix))
    return next(double, None) or next((each for each in able if last in each.suffixes), None)


def _installed(group: str) -> list[Format]:
    """Return the formats of installed programs, in the order of their names."""
    from importlib.metadata import entry_points

    return [found.load() for found in sorted(entry_points(group=group), key=lambda each: each.name)]
