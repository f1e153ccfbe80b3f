"""Reading and writing bills: the format is found by content, and by suffix where that is needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Never

from tkdn.bom.bom import Bom, bill_of
from tkdn.bom.bulk import bulk
from tkdn.bom.reading import build, parse_json
from tkdn.errors import BomError, Problem, UsageError, few_hints
from tkdn.io.files import read_bytes, refuse_existing, replace_file, unreadable, unwritable
from tkdn.io.import_report import Reading
from tkdn.io.options import ReadOptions, read_options

CYCLONEDX = ".cdx.json"
WRITTEN = (".json", CYCLONEDX, ".xlsx", ".csv", ".dot", ".gv", ".mmd", "")


def read_bom(
    path: str | Path,
    *,
    product: str | None = None,
    mapping: str | Path | Mapping[str, Any] | None = None,
    source: str | None = None,
    basis: str | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    currency: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    identity: str | None = None,
    rates: Mapping[str, str] | None = None,
    **unknown: Never,
) -> Bom:
    """Read a bill from a file or a folder of CSV files; what the file is, is told by its content.

    Our own formats: the JSON document, or CycloneDX; a folder with `parts.csv`, `uses.csv` and more; a workbook with sheets Parts
    and Uses, or one indented list; a CSV file with one list, indented or of uses as `write_bom` writes it. Any other list of
    parts in a spreadsheet or a text is read by its headings, as docs/formats.md says.

    `product` names the product where the file does not. The rest says how to read a list from elsewhere: `mapping` (a TOML file,
    or a dict like it) what its headings mean, and any of the others; `source` its kind, such as "sap-cs12"; `basis` what
    quantities are for ("per_parent", "cumulative"); `decimal` the mark of decimals ("comma", "point"); `sheet` the sheet;
    `currency` that of prices which name none; `encoding` and `separator` those of a text; `identity` is "name" where the name
    stands for the part number of a line that has none. `rates` are exchange rates that the
    file does not hold: {"USD": "16200@2026-01-02"} is Rp 16,200 for a dollar from that day on.

    Raises `BomError` with all problems, each with file, sheet, row and column or JSON path; nothing partial is returned.
    Raises `UsageError` for an option that is not known, `MissingExtraError` where a library for spreadsheets is not installed.
    """
    how = {"source": source, "basis": basis, "decimal": decimal, "sheet": sheet, "currency": currency}
    texts = {"encoding": encoding, "separator": separator, "identity": identity}
    return read_with(path, read_options(mapping, product=product, rates=rates, **how, **texts, **unknown)).bom


@few_hints()
def read_with(path: str | Path, options: ReadOptions) -> Reading:
    """Read a bill as `read_bom` does; with it comes what was understood, where it is a list from elsewhere."""
    read = _read(Path(path), options)
    if not options.rates:
        return read
    return read._replace(bom=read.bom.replace(rates=[*read.bom.to_dict().get("rates", ()), *options.rate_records]))


def _read(path: Path, options: ReadOptions) -> Reading:
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:  # a name longer than the file system takes, or a folder that may not be looked into
        raise unreadable(path, error) from None
    if is_folder:
        from tkdn.io.tkdn_formats.csv_folder import read_folder

        return Reading(read_folder(path, product=options.product))
    if not exists:
        raise BomError(
            [Problem("file-missing", f"there is no file {path.name!r}", "check the path").in_file(path.name)]
        )
    suffix, raw = path.suffix.lower(), read_bytes(path)
    if suffix == ".json" or (suffix != ".csv" and raw.removeprefix(b"\xef\xbb\xbf")[:1] in (b"{", b"[")):
        return Reading(_read_json(raw, path.name, options.product))
    from tkdn.io.dispatch import read_table_file

    return read_table_file(path, raw, options)


def _read_json(raw: bytes, file: str, product: str | None) -> Bom:
    try:
        with bulk():
            data: dict[str, Any] = parse_json(raw)
            bom = _built(data, file, product)
    except BomError as error:
        raise BomError(problem.in_file(file) for problem in error.problems) from None
    bom.set_source(raw)
    return bom


def _built(data: dict[str, Any], file: str, product: str | None) -> Bom:
    if data.get("bomFormat") == "CycloneDX":
        from tkdn.bom.cyclonedx.cyclonedx_reading import from_cyclonedx

        return from_cyclonedx(Bom, data, file, product=product)
    return build(Bom, data if product is None else {**data, "product": product})


def write_bom(bom: Bom, path: str | Path, *, force: bool = False) -> None:
    """Write a bill by the suffix of the path: `.json`, `.cdx.json` (CycloneDX 1.6), `.xlsx`, `.csv` (one list of uses), or
    none for a folder of CSV files. Its graph, which is not read back: `.dot` or `.gv` (Graphviz), `.mmd` (Mermaid).

    Raises `UsageError` (`output-exists`) where the path exists and `force` is not given, `MissingExtraError` without openpyxl.
    """
    bom, path = bill_of(bom), Path(path)
    suffix = CYCLONEDX if path.name.lower().endswith(CYCLONEDX) else path.suffix.lower()
    if suffix not in WRITTEN:
        remedy = f"give {', '.join(WRITTEN[:-1])}, or a folder name"
        raise UsageError([Problem("format-unknown", f"no writer for {suffix}", remedy).in_file(path.name)])
    refuse_existing(path, force=force)
    try:
        if suffix == ".xlsx":
            from tkdn.io.tkdn_formats.workbook import write_workbook

            write_workbook(bom, path)
        elif suffix:
            replace_file(path, _text(bom, suffix, path.name).encode())
        else:
            from tkdn.io.tkdn_formats.csv_folder import write_folder

            write_folder(bom, path)
    except OSError as error:
        raise unwritable(path, error) from None


def _text(bom: Bom, suffix: str, file: str) -> str:
    if suffix == ".json":
        return bom.to_json()
    if suffix == CYCLONEDX:
        from tkdn.bom.cyclonedx.cyclonedx_writing import cyclonedx_text

        return cyclonedx_text(bom)
    if suffix == ".csv":
        from tkdn.io.tkdn_formats.edges import edges_text

        return edges_text(bom, file)
    from tkdn.bom.diagram import WRITERS

    return WRITERS[suffix](bom)
