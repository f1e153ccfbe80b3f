"""Enrichment: a second file adds to a bill, by part number, what it does not hold: origins, firms, certificates, prices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tkdn.bom.bom import Bom, bill_of
from tkdn.bom.bulk import bulk
from tkdn.bom.tables.records import FilledTable
from tkdn.display.viewed import Viewed, as_text
from tkdn.errors import Problem, few_hints
from tkdn.i18n import Lang
from tkdn.io.enrichment.conflict_policy import Answers, OnConflict
from tkdn.io.enrichment.enrichment_columns import ENRICHMENT
from tkdn.io.enrichment.firm_names import SameFirm
from tkdn.io.enrichment.merging import Added, Conflict, Merge, Unmatched
from tkdn.io.enrichment.second_table import Rows, read_second
from tkdn.io.import_report import MappedColumn
from tkdn.io.options import read_options
from tkdn.io.spreadsheet.dates import UNDECIDED, Decided, Order
from tkdn.io.spreadsheet.decimals import Mark
from tkdn.outputs import headed
from tkdn.short_repr import brief


@dataclass(frozen=True)
class Enrichment(Viewed):
    """What became of a bill: the new `bom`; the values `added`; where bill and file `conflicts`; rows `unmatched` by a part;
    parts `untouched`, of which the file says nothing (phantoms, of which nothing is to be said, are left out); firms of the
    file that are one of the bill by their name (`same_firms`); what the file's `columns` were taken for; how its `dates` were
    read."""

    bom: Bom
    added: tuple[Added, ...]
    conflicts: tuple[Conflict, ...]
    unmatched: tuple[Unmatched, ...]
    untouched: tuple[str, ...]
    same_firms: tuple[SameFirm, ...] = ()
    columns: tuple[MappedColumn, ...] = ()
    dates: Decided = UNDECIDED

    __repr__ = brief

    @property
    def left_out(self) -> tuple[str, ...]:
        """The headings of the file that mean nothing here."""
        return tuple(column.heading for column in self.columns if column.key is None)

    def to_dict(self) -> dict[str, Any]:
        """Everything but the bill itself as plain data."""
        return headed(
            "tkdn-enrichment",
            {
                "added": [asdict(each) for each in self.added],
                "conflicts": [asdict(each) for each in self.conflicts],
                "unmatched": [asdict(each) for each in self.unmatched],
                "untouched": list(self.untouched),
                "same_firms": [asdict(each) for each in self.same_firms],
                "columns": [column.to_dict() for column in self.columns],
                "left_out": list(self.left_out),
                "dates": asdict(self.dates),
            },
        )

    def to_text(self, lang: Lang = "en", *, most: int = 20) -> str:
        """Return everything but the bill itself as lines for people, at most `most` of a kind."""
        return as_text(self.view(lang, most=most))


@few_hints()
def enrich(
    bom: Bom,
    source: str | Path | Rows | Any,
    *,
    on_conflict: OnConflict | Mapping[str, OnConflict] = "error",
    ignore: Collection[str] = (),
    decimal: Mark | None = None,
    dates: Order | None = None,
    mapping: str | Path | Mapping[str, Any] | None = None,
) -> Enrichment:
    """Add to a bill what a second file, a data frame, or a mapping by part number, says of its parts.

    `source`: CSV or xlsx, one row a part; a frame of pandas, polars or pyarrow; or `{part: {column: value}}`. Its columns are
    those of parts, of suppliers with `supplier_` or `maker_` before them, of certificates with `certificate_` before them,
    under the headings that people write in English, Indonesian or German. `mapping`: what other headings mean, as for
    `read_bom`. `ignore`: headings of columns to leave out. `decimal`: the mark of decimals ("comma", "point") in numbers that
    are text, `dates`: which stands first ("day-first", "month-first") in days like 03/04/2025, where they do not show it.
    `on_conflict`: where the bill says otherwise, "error", "keep" the bill's or "replace" it by the file's; for single fields as
    `{"price": "replace", "*": "keep"}`. A part's name and specification are kept unless that is said otherwise.

    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}, {"id": "WHEEL"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
    >>> found = enrich(bom, {"WHEEL": {"made_in": "Tiongkok", "price": "150000"}, "TYRE": {"made_in": "ID"}})
    >>> [(each.part, each.field, each.value) for each in found.added]
    [('WHEEL', 'price', '150000'), ('WHEEL', 'made_in', 'CN')]
    >>> [row.part for row in found.unmatched], found.untouched
    (['TYRE'], ('CART',))

    Raises `BomError` with all problems, conflicts (`enrichment-conflict`) among them where they are errors, each with file, row
    and column; nothing is added then. `UsageError` for an option, a mapping or a source that cannot be. `MissingExtraError`
    where an Excel file is read without openpyxl, a frame without narwhals.
    """
    bom = bill_of(bom)
    answers = Answers(on_conflict)
    options = read_options(mapping, decimal=decimal, dates=dates)
    read = read_second(source, ENRICHMENT, options, ignore=ignore, currency=bom.currency)
    return replace(enriched(bom, read.table, answers, read.problems), columns=read.columns, dates=read.dates)


def enriched(bom: Bom, table: FilledTable, answers: Answers, problems: Iterable[Problem] = ()) -> Enrichment:
    """The bill and the rows of a table that was read with these problems. Raises as `enrich`."""
    with bulk():
        merge = Merge(bom, table, answers, problems)
        richer = merge.bom()
    untouched = (part.id for part in bom.parts if part.id not in merge.named and not part.phantom)
    return Enrichment(
        richer,
        tuple(merge.added),
        tuple(merge.conflicts),
        tuple(merge.unmatched),
        tuple(untouched),
        tuple(merge.same_firms),
    )
