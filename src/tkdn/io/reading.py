"""Reading and writing bills: the format is found by content, and by suffix where that is needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Never

from tkdn.bom.bom import Bom, bill_of
from tkdn.errors import few_hints
from tkdn.io.formats import read_file, write_file
from tkdn.io.import_report import Reading
from tkdn.io.options import ReadOptions, read_options
from tkdn.io.source_file import SourceFile


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
    read = read_file(SourceFile(Path(path), options))
    if not options.rates:
        return read
    return read._replace(bom=read.bom.replace(rates=[*read.bom.to_dict().get("rates", ()), *options.rate_records]))


def write_bom(bom: Bom, path: str | Path, *, force: bool = False) -> None:
    """Write a bill by the suffix of the path: `.json`, `.cdx.json` (CycloneDX 1.6), `.xlsx`, `.csv` (one list of uses), or
    none for a folder of CSV files. Its graph, which is not read back: `.dot` or `.gv` (Graphviz), `.mmd` (Mermaid).

    Raises `UsageError` (`output-exists`) where the path exists and `force` is not given, `MissingExtraError` without openpyxl.
    """
    write_file(bill_of(bom), Path(path), force=force)
