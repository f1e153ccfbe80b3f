"""The columns of an enrichment file: those of a part, of who sells it, of who makes it, and of a certificate of it.

What a cell is about stands at the beginning of its path: `SELLER`, `MAKER`, `CERTIFICATE`, else it is the part itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tkdn.bom.tables.columns import CERTIFICATES, PARTS, SUPPLIERS, Column, ColumnKind, RecordTable
from tkdn.errors import Location
from tkdn.textnorm import joined

SELLER, MAKER, CERTIFICATE = "@supplier", "@maker", "@certificate"
_MONEY = ("amount", "currency", "per")
_PART_NAMES = frozenset(joined(name) for column in PARTS.columns for name in column.names)


def unit_of(path: Location) -> Location:
    """The path of what is stated and compared as one: a price with its currency, a time with both its ends.

    >>> unit_of(("price", "currency")), unit_of(("production", "factory")), unit_of(("@certificate", "frozen", 1))
    (('price',), ('production', 'factory'), ('@certificate', 'frozen'))
    """
    return path[:-1] if len(path) > 1 and (path[-1] in _MONEY or isinstance(path[-1], int)) else path


def _of_firm(home: str, key: str, english: str, indonesian: str) -> Iterator[Column]:
    for column in SUPPLIERS.columns[1:]:
        yield replace(
            column,
            key=f"{key}_{column.key}",
            path=(home, *column.path),
            english=f"{english} {column.english.lower()}",
            indonesian=f"{column.indonesian} {indonesian}",
            also=(f"{key}_licence",) if column.key == "industrial_licence" else (),
        )


def _of_certificate() -> Iterator[Column]:
    for column in CERTIFICATES.columns[1:]:
        yield replace(
            column,
            key=f"certificate_{column.key}",
            path=(CERTIFICATE, *column.path),
            needed=column.needed and not column.of_row,
            also=() if column.key == "number" or joined(column.key) in _PART_NAMES else (column.key,),
        )


ENRICHMENT = RecordTable(
    "enrichment",
    "The enrichment file",
    "Pengayaan",
    (
        replace(PARTS.by_key["id"], also=("part", "part id", "bagian")),
        *(column for column in PARTS.columns[1:] if column.kind is not ColumnKind.RECORD),
        *_of_firm(SELLER, "supplier", "Supplier", "Pemasok"),
        *_of_firm(MAKER, "maker", "Maker", "Pembuat"),
        *_of_certificate(),
    ),
    "id",
)
UNITS: dict[Location, list[Column]] = {}
"""The columns of what is stated as one, by its path."""
for _column in ENRICHMENT.columns[1:]:
    UNITS.setdefault(unit_of(_column.path), []).append(_column)
