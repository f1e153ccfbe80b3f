"""A list of certificates, as exported from an inventory: its columns, and its rows as checked certificates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from tkdn.bom.model import Certificate
from tkdn.bom.reading import from_pydantic
from tkdn.bom.tables.columns import CERTIFICATES, Column, ColumnKind, RecordTable
from tkdn.bom.tables.document import put
from tkdn.bom.tables.records import Fault, FilledTable, TableRow, Values
from tkdn.errors import BomError, Location, Place, Problem
from tkdn.io.enrichment.second_table import read_second
from tkdn.io.options import ReadOptions
from tkdn.short_repr import brief

_ALSO = {
    "number": ("No Sertifikat", "No. Sertifikat", "Nomor Sertifikat TKDN", "No. Sertifikat TKDN"),
    "tkdn": ("TKDN (%)", "Nilai TKDN (%)"),
    "bmp": ("BMP (%)", "Nilai BMP (%)"),
    "issued": ("Issue date", "Tanggal Sertifikat", "Tgl Terbit", "Tgl. Terbit"),
    "expires": ("Valid to", "Valid until", "Masa Berlaku", "Berlaku Hingga", "Tanggal Berakhir"),
    "holder": ("Maker", "Nama Perusahaan", "Company", "Manufacturer", "Perusahaan", "Produsen", "Pelaku Usaha"),
    "brand": ("Merk",),
    "type": ("Tipe Produk", "Model"),
    "specification": ("Specification", "Spesifikasi"),
    "hs_code": ("HS code", "Kode HS", "HS"),
}
ISSUED = "issued"


def _text(key: str, english: str, indonesian: str, *also: str) -> Column:
    return Column(key, (key,), english, indonesian, "", "", ColumnKind.TEXT, False, (), "", also)


CERTIFICATE_LIST = RecordTable(
    "certificate_list",
    "The certificate list",
    "Daftar Sertifikat",
    (
        *(
            replace(column, also=_ALSO.get(column.key, ()), needed=column.needed and column.key != ISSUED)
            for column in CERTIFICATES.columns[1:]
        ),
        _text("product", "Product", "Nama Produk", "Product name", "Produk", "Nama Barang", "Hasil Produksi"),
        _text("product_kind", "ColumnKind of product", "Jenis Produk"),
    ),
)
_OF_CERTIFICATE = frozenset(column.key for column in CERTIFICATES.columns)


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate of a list: what it is for, its place in the file, and its cells by column key."""

    certificate: Certificate
    product: str
    place: Place
    cells: Values = field(hash=False)

    __repr__ = brief

    @property
    def maker(self) -> str:
        """The firm that holds it, as the list writes it."""
        return self.certificate.holder or ""

    @property
    def details(self) -> str:
        """Brand, type and specification, in words."""
        held = self.certificate
        return " ".join(filter(None, (held.brand, held.type, held.specification)))

    def without(self, fields: Iterable[str]) -> Listed:
        """Return the same without some of what the certificate says."""
        left = {key: cell for key, cell in self.cells.items() if key not in set(fields)}
        return replace(self, certificate=self.certificate.model_copy(update=dict.fromkeys(fields)), cells=left)


@dataclass(frozen=True, slots=True)
class CertificateList:
    """The certificates of a list; its headings that mean nothing here; and what is wrong with the rows that are set aside."""

    file: str
    sheet: str | None
    headings: dict[str, str]
    rows: tuple[Listed, ...]
    left_out: tuple[str, ...]
    set_aside: tuple[Problem, ...]

    __repr__ = brief


def read_certificate_list(source: Any, options: ReadOptions) -> CertificateList:
    """Read a list from a file or a data frame.

    Raises `BomError` where the file cannot be read, or has no columns of numbers, values, days of issue; `UsageError` for what
    is no source.
    """
    read = read_second(source, CERTIFICATE_LIST, options)
    table = read.table
    if read.problems:
        raise BomError(read.problems)
    for row in table.rows:
        if not str(row.cells.get("number", "")).strip():
            row.cells.pop("number", None)
    table.mark_missing()
    _mark_days_missing(table)
    faulty = {row.number for row in table.rows if any(isinstance(value, Fault) for value in row.cells.values())}
    set_aside = table.report()
    rows = []
    for row in table.rows:
        if row.number not in faulty:
            try:
                rows.append(_listed(table, row))
            except BomError as error:
                set_aside += error.problems
    return CertificateList(table.file, table.sheet, table.headings, tuple(rows), read.left_out, tuple(set_aside))


def _mark_days_missing(table: FilledTable) -> None:
    """Put a fault into rows that have a value and no day of issue: no day is taken for it (35/2025 Pasal 45(1), 72a)."""
    for row in table.rows:
        if ISSUED not in row.cells:
            held = " ".join(str(row.cells.get(key, "")) for key in ("number", "tkdn"))
            row.cells[ISSUED] = Fault(
                "certificate-issued-missing",
                {"held": held[:80]},
            )


def _listed(table: FilledTable, row: TableRow) -> Listed:
    record: Values = {}
    for key, value in row.cells.items():
        put(record, CERTIFICATE_LIST.by_key[key], value)
    held = {key: value for key, value in record.items() if key in Certificate.model_fields}

    def locate(location: Location) -> Place:
        column = CERTIFICATE_LIST.column_at(location)
        return table.place(row, None if column is None else column.key)

    try:
        certificate = Certificate.model_validate(held)
    except ValidationError as error:
        raise BomError(from_pydantic(each, held, locate) for each in error.errors(include_url=False)) from None
    product = record.get("product") or record.get("product_kind") or ""
    cells = {key: row.cells[key] for key in row.cells if key in _OF_CERTIFICATE}
    return Listed(certificate, product, table.place(row), cells)
