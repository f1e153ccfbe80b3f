"""A bill as one list of uses: each row a parent, a part, how much of it the parent takes, and what is known of the part.

A row may say more than one thing: of the use, the part, its supplier, a certificate. A part without a parent, a further
certificate of a part, a supplier that sells nothing here, an exchange rate have rows of their own, with the other cells empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import zip_longest

from tkdn.bom.bom import Bom
from tkdn.bom.bulk import bulk
from tkdn.bom.tables.columns import EVIDENCE, NEEDED_TABLES, TABLES, USES, Column, ColumnKind, RecordTable
from tkdn.bom.tables.document import Document, cell, records_of
from tkdn.bom.tables.records import CellGrid, FilledTable, TableRow, Values
from tkdn.bom.tables.table_reading import read_table
from tkdn.errors import Place, Problem
from tkdn.io.tkdn_formats.csv_folder import csv_text, read_grid
from tkdn.io.tkdn_formats.levels import merge_rows

PREFIXES = {
    "suppliers": ("supplier", "Pemasok"),
    "certificates": ("certificate", "Sertifikat"),
    "costs": ("cost", "Biaya"),
    "evidence": ("evidence", "Bukti"),
    "rates": ("rate", "Kurs"),
    "product": ("bill", "Daftar"),
}
"""By table, what stands before its columns: in keys and English headings, and after Indonesian ones."""
_OF_PART = ("certificates", "costs", "evidence")
_EMPTY = replace(
    EVIDENCE.by_key["kind"],
    key="evidence",
    path=("evidence",),
    english="Evidence",
    indonesian="Bukti",
    kind=ColumnKind.RECORD,
)
"""Stands for a document of which nothing is said."""
_SHARED = {
    ("parts", "id"): "part",
    ("uses", "unit"): "quantity_unit",
    ("suppliers", "id"): "supplier",
    **{(name, "part"): "part" for name in _OF_PART},
}
"""Columns that go by another name than their own with a prefix."""


def _name(table: str, key: str) -> str:
    """The key in the list of a table's column."""
    prefix = f"{PREFIXES[table][0]}_" if table in PREFIXES else ""
    return _SHARED.get((table, key), prefix + key)


def _list_column(table: str, column: Column) -> Column:
    key = _name(table, column.key)
    english, indonesian = column.english, column.indonesian
    if table in PREFIXES:
        word, kata = PREFIXES[table]
        english, indonesian = f"{word.capitalize()} {english.lower()}", f"{indonesian} {kata}"
    elif key == "quantity_unit":
        english, indonesian = "Quantity unit", "Satuan Jumlah"
    needed = table == "uses" and column.needed
    also = ("id",) if key == "part" else ()
    return replace(column, key=key, path=(key,), english=english, indonesian=indonesian, needed=needed, also=also)


_KEYS = {table.name: {column.key: _name(table.name, column.key) for column in table.columns} for table in TABLES}


def _columns() -> Iterator[Column]:
    seen = set()
    for table in sorted(TABLES, key=lambda table: table is not USES):
        for column in table.columns:
            if (key := _name(table.name, column.key)) not in seen:
                seen.add(key)
                yield _list_column(table.name, column)
    yield _EMPTY


EDGES = RecordTable("edges", "The list of uses", "Daftar pemakaian", tuple(_columns()), "part")


def read_edges(raw: bytes, file: str, *, product: str | None = None) -> Bom:
    """Read a bill from a list of uses as `edges_text` writes it. Raises `BomError` with all problems, each with its place."""
    with bulk():
        tables, problems, whole = edge_tables(read_grid(raw, file))
        bom = Document(file, tables, problems, product=product, whole=whole).as_bill(Bom)
    bom.set_source(raw)
    return bom


def edge_tables(grid: CellGrid) -> tuple[list[FilledTable], list[Problem], bool]:
    """The tables of a list of uses, what is wrong with it, and whether it could be read as a whole."""
    table, problems = read_table(EDGES, grid)
    problems += table.report()
    rows: dict[str, list[TableRow]] = {name: [] for name in _KEYS}
    for row in table.rows:
        for name, cells in _said(row.cells):
            rows[name].append(TableRow(row.number, cells))
    _add_unsaid(rows)
    tables = [_table(table, kind, rows[kind.name]) for kind in TABLES if rows[kind.name] or kind.name in NEEDED_TABLES]
    for each in tables:
        if each.kind.name in ("parts", "suppliers"):
            problems += merge_rows(each)
    return tables, problems, table.whole


def _said(cells: Values) -> Iterator[tuple[str, Values]]:
    """What the cells of a row say, by table."""
    for name, keys in _KEYS.items():
        found = {key: cells[heading] for key, heading in keys.items() if heading in cells}
        if name == "uses":
            said = bool(found.keys() - {"part"})
            if found.keys() == {"part", "quantity"}:
                said = str(found["quantity"]) != "1"  # as one writes it of the product
        elif name == "parts":
            said = bool(found.keys() - {"supplier"})  # a supplier alone is about the supplier
        elif name == "suppliers":
            said = bool(found)
        else:
            said = bool(found.keys() - {"part"}) or (name == "evidence" and "evidence" in cells)
        if said:
            yield name, found


def _add_unsaid(rows: dict[str, list[TableRow]]) -> None:
    """Add parts that are only named as parents, before all others, and firms that are only named as makers, last."""
    said = {row.cells.get("id") for row in rows["parts"]}
    rows["parts"][:0] = [row for row in _named(rows["uses"], "parent") if row.cells["id"] not in said]
    known = {row.cells.get("id") for row in rows["suppliers"]}
    rows["suppliers"] += [row for row in _named(rows["parts"], "maker") if row.cells["id"] not in known]


def _named(rows: list[TableRow], key: str) -> Iterator[TableRow]:
    """Rows for what is named in a column."""
    return (TableRow(row.number, {"id": row.cells[key]}) for row in rows if isinstance(row.cells.get(key), str))


def _table(table: FilledTable, kind: RecordTable, rows: list[TableRow]) -> FilledTable:
    headings = {key: table.headings.get(name, name) for key, name in _KEYS[kind.name].items()}
    return FilledTable(kind, table.file, table.sheet, headings, rows)


def edges_text(bom: Bom, file: str) -> str:
    """The bill as the text of one CSV file, which `read_edges` reads back without loss.

    Raises `UsageError` where a text is too long for a cell, or a document's certificate cannot be told by its number.
    """
    rows = list(_Rows(bom).rows())
    filled = {key for row in rows for key in row}
    return csv_text([column for column in EDGES.columns if column.needed or column.key in filled], rows, Place(file))


class _Rows:
    """The rows of a bill's list. Every part and every supplier is told where it stands first, and all in the bill's order."""

    def __init__(self, bom: Bom) -> None:
        self._records = {table.name: [_cells(table, each) for each in records] for table, records in records_of(bom)}
        self._parts = {row["part"]: row for row in self._records["parts"]}
        self._suppliers = {row["supplier"]: row for row in self._records["suppliers"]}
        self._more: dict[str, dict[str, list[Values]]] = defaultdict(lambda: defaultdict(list))
        for table in _OF_PART:
            for row in self._records[table]:
                self._more[row["part"]][table].append(row)
        self._next_part, self._next_supplier = iter(self._parts), iter(self._suppliers)
        self._told: set[str] = set()
        self._told_suppliers: set[str] = set()

    def rows(self) -> Iterator[Values]:
        (bill,) = self._records["product"]
        for row in self._below():
            yield bill | row
            bill = {}

    def _below(self) -> Iterator[Values]:
        for use in self._records["uses"]:
            yield from self._tell(use["part"], use)
        for id_ in self._next_part:
            yield from self._tell_part(id_, {})
        for id_ in self._next_supplier:
            yield self._suppliers[id_]
        yield from self._records["rates"]

    def _tell(self, id_: str, use: Values) -> Iterator[Values]:
        if id_ in self._told:
            yield use
            return
        for earlier in self._next_part:
            if earlier == id_:
                break
            yield from self._tell_part(earlier, {})
        yield from self._tell_part(id_, use)

    def _tell_part(self, id_: str, use: Values) -> Iterator[Values]:
        self._told.add(id_)
        part = self._parts[id_]
        supplier = yield from self._tell_supplier(part.get("supplier"))
        lists = (self._more[id_][table] for table in _OF_PART)
        merged = [{key: value for row in rows if row for key, value in row.items()} for rows in zip_longest(*lists)]
        first, *further = merged or [{}]
        yield use | part | supplier | first
        yield from further

    def _tell_supplier(self, id_: str | None) -> Generator[Values, None, Values]:
        """The cells of a supplier that was not told yet, after rows for those before it in the bill."""
        if id_ is None or id_ in self._told_suppliers:
            return {}
        for earlier in self._next_supplier:
            self._told_suppliers.add(earlier)
            if earlier == id_:
                break
            yield self._suppliers[earlier]
        return self._suppliers[id_]


def _cells(table: RecordTable, record: Values) -> Values:
    """The filled cells of a record by the list's keys."""
    cells: Values = {}
    for column in table.columns:
        value = cell(record, column)
        if value is not None:
            cells[_name(table.name, column.key)] = {} if column.kind is ColumnKind.RECORD else value
    if table is EVIDENCE and cells.keys() == {"part"}:
        cells["evidence"] = {}
    return cells
