"""The file in which a person accepts or refuses proposed certificates: one row a proposal, yes or no under `accept`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic_core import PydanticCustomError

from tkdn.bom.number import to_date, to_decimal
from tkdn.bom.tables.columns import PARTS, Column, ColumnKind, RecordTable
from tkdn.bom.tables.records import Fault, Values
from tkdn.bom.tables.table_reading import read_table
from tkdn.errors import BomError, Place, Problem, UsageError, few_hints
from tkdn.i18n import clean
from tkdn.io.enrichment.certificate_list import CERTIFICATE_LIST
from tkdn.io.enrichment.merging import shown
from tkdn.io.enrichment.proposals import Decisions, Proposal, proposal_key
from tkdn.io.enrichment.single_table import single_grid
from tkdn.io.files import refuse_existing, replace_file, unwritable
from tkdn.io.tkdn_formats.csv_folder import csv_text
from tkdn.io.tkdn_formats.workbook import add_sheet, new_workbook, save, sheet_rows

_SHOWN = ("number", "tkdn", "issued", "expires", "bmp", "bmp_expires", "kind")
"""What is shown of the certificate that is proposed."""


def _column(
    key: str, english: str, indonesian: str, kind: ColumnKind = ColumnKind.TEXT, *, needed: bool = False
) -> Column:
    return Column(key, (key,), english, indonesian, "", "", kind, needed, (), "")


CONFIRMATION = RecordTable(
    "confirmation",
    "The confirmation",
    "Konfirmasi",
    (
        _column("accept", "Accept", "Terima", ColumnKind.TRUTH),
        replace(PARTS.by_key["id"], key="part", path=("part",)),
        _column("grade", "Grade", "Tingkat kecocokan"),
        _column("by", "Matched by", "Dicocokkan menurut"),
        _column("part_maker", "Maker in the bill", "Pembuat dalam daftar bagian"),
        _column("list_maker", "Maker in the list", "Pembuat dalam daftar sertifikat"),
        _column("maker_score", "Maker score", "Skor pembuat", ColumnKind.NUMBER),
        _column("part_name", "Part in the bill", "Bagian dalam daftar bagian"),
        _column("list_product", "Product in the list", "Produk dalam daftar sertifikat"),
        _column("product_score", "Product score", "Skor produk", ColumnKind.NUMBER),
        *(replace(CERTIFICATE_LIST.by_key[key], needed=key in ("number", "tkdn", "issued"), also=()) for key in _SHOWN),
        _column("differs", "The bill says otherwise", "Daftar bagian menyatakan lain"),
        _column("row", "Row in the list", "Baris dalam daftar", ColumnKind.NUMBER),
    ),
    "part",
)
_CHECKED = tuple(column for column in CONFIRMATION.columns if column.needed)


def write_confirmation(proposals: Sequence[Proposal], path: str | Path, *, force: bool = False) -> None:
    """Write the proposals to decide on."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise UsageError(
            [Problem("format-unknown", {"suffix": path.suffix or "folder"}, Place(path.name), case="confirmation")]
        )
    refuse_existing(path, force=force)
    records = [_record(each) for each in proposals]
    try:
        if suffix == ".csv":
            replace_file(path, ("\ufeff" + csv_text(CONFIRMATION.columns, records, Place(path.name))).encode())
        else:
            book = new_workbook()
            rows = sheet_rows(CONFIRMATION.columns, records, Place(path.name))
            add_sheet(
                book, CONFIRMATION.english, CONFIRMATION.columns, [each.key for each in CONFIRMATION.columns], rows
            )
            save(book, path)
    except OSError as error:
        raise unwritable(path, error) from None


@few_hints()
def read_confirmation(proposals: Sequence[Proposal], path: str | Path) -> Decisions:
    """What a person decided. A proposal without a row, or without an answer, is undecided."""
    table, problems = read_table(CONFIRMATION, single_grid(Path(path), CONFIRMATION))
    table.mark_missing()
    problems += table.report()
    by_key = {each.key: each for each in proposals}
    answers: dict[tuple[str, ...], bool] = {}
    for row in table.rows:
        if any(isinstance(row.cells.get(column.key), Fault | None) for column in _CHECKED):
            continue
        answer, key = row.cells.get("accept"), _key(row.cells)
        if key is None or key not in by_key:
            values = {"certificate": row.cells["number"], "part": row.cells["part"]}
            problems.append(table.problem(row, "number", "confirmation-stale", values))
        elif answer not in (None, True, False):
            values = {"value": shown(answer)[:40]}
            problems.append(table.problem(row, "accept", "true-false-invalid", values, case="yes_no"))
        elif answer is not None and answers.setdefault(key, answer) != answer:
            problems.append(table.problem(row, "accept", "enrichment-rows-differ", {}, case="confirmation"))
    if problems:
        raise BomError(problems)
    decided: dict[bool | None, list[Proposal]] = {True: [], False: [], None: []}
    for key, each in by_key.items():
        decided[answers.get(key)].append(each)
    return Decisions(tuple(decided[True]), tuple(decided[False]), tuple(decided[None]))


def _record(each: Proposal) -> Values:
    texts = {
        **{
            key: getattr(each, key)
            for key in ("part", "grade", "by", "part_maker", "list_maker", "part_name", "list_product")
        },
        **each.certificate.model_dump(mode="json", include={*_SHOWN}),
        "maker_score": each.maker_score,
        "product_score": each.product_score,
        "differs": "; ".join(f"{field}: {bill} -> {listed}" for field, bill, listed in each.differs),
        "row": each.place.row,
        "accept": "yes" if each.grade == "certain" and not each.differs else None,
    }
    return {key: clean(value) for key, value in texts.items() if value not in (None, "")}


def _key(cells: Values) -> tuple[str, ...] | None:
    """What a row names its proposal by; None where its values cannot be read, so that it names none."""
    try:
        tkdn, issued = to_decimal(cells["tkdn"]), to_date(cells["issued"])
    except PydanticCustomError:
        return None
    return proposal_key(cells["part"], cells["number"], tkdn, issued)
