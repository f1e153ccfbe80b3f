"""A bill as one indented list: each row a part with its level, and how much of it the part above takes.

The first row is the product; every other row lies deeper. A part may stand in several places: what the rows say of it must
agree, and so must the parts below it, or be left out on repeats.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pydantic_core import PydanticCustomError

from tkdn.bom.bom import Bom
from tkdn.bom.country import ABROAD, agreed_origin
from tkdn.bom.number import hs_digits, to_decimal
from tkdn.bom.tables.columns import PARTS, SUPPLIERS, USES, Column, ColumnKind, RecordTable
from tkdn.bom.tables.document import Document
from tkdn.bom.tables.records import TOLD, CellGrid, Fault, FilledTable, TableRow
from tkdn.bom.tables.table_reading import read_table
from tkdn.errors import Place, Problem
from tkdn.io.tkdn_formats.csv_folder import read_grid

_LEVEL = Column(
    "level", ("level",), "Level", "Tingkat",
    "0 is the product, 1 what goes into it, 2 what goes into that ...", "0: produk, 1: isinya, 2: isi dari isinya ...",
    ColumnKind.NUMBER, needed=True, choices=(), refers="",
)  # fmt: skip
_ID = replace(PARTS.by_key["id"], also=("part", "part id", "bagian"))
_USE_COLUMNS = {
    column.key: replace(column, key="quantity_unit", english="Quantity unit", indonesian="Satuan Jumlah")
    if column.key == "unit"
    else column
    for column in USES.columns
    if column.key not in ("parent", "part")
}
_SUPPLIER_COLUMNS = {
    column.key: replace(
        column,
        key=f"supplier_{column.key}",
        english=f"Supplier {column.english.lower()}",
        indonesian=f"{column.indonesian} Pemasok",
        needed=False,
        also=("supplier_licence",) if column.key == "industrial_licence" else (),
    )
    for column in SUPPLIERS.columns
    if column.key != "id"
}
LEVELS = RecordTable(
    "levels",
    "The indented list",
    "Daftar",
    (_LEVEL, _ID, *PARTS.columns[1:], *_USE_COLUMNS.values(), *_SUPPLIER_COLUMNS.values()),
    "id",
)
"""The columns of an indented list: level, those of a part, those of its use here, those of its supplier."""


@dataclass(slots=True)
class _Node:
    """A row in its place in the list, with the rows below it."""

    row: TableRow
    below: list[_Node] = field(default_factory=list)


def read_level_csv(raw: bytes, file: str, *, product: str | None = None) -> Bom:
    """Read a bill from one CSV file with a level column. Raises `BomError` with all problems, each with row and column."""
    tables, problems, whole = level_tables(read_grid(raw, file), ())
    bom = Document(file, tables, problems, product=product, whole=whole).as_bill(Bom)
    bom.set_source(raw)
    return bom


def is_level_list(grid: CellGrid) -> bool:
    """Whether the sheet's headings have a level."""
    return bool(grid.rows) and any(LEVELS.column(str(heading)) is _LEVEL for heading in grid.rows[0][1])


def level_tables(grid: CellGrid, beside: Sequence[FilledTable]) -> tuple[list[FilledTable], list[Problem], bool]:
    """The parts, uses and suppliers of an indented list, what is wrong with it, and whether it could be read as a whole.

    `beside` are the tables that stand beside it in the file.
    """
    table, problems = read_table(LEVELS, grid)
    return list_tables(table, problems, beside)


def list_tables(
    table: FilledTable, problems: list[Problem], beside: Sequence[FilledTable]
) -> tuple[list[FilledTable], list[Problem], bool]:
    """The same of an indented list that was read already, with the problems found so far."""
    problems += table.report()
    if not table.whole:
        return [], problems, False
    nodes, wrong = _nested(table)
    problems += wrong
    if wrong or any(row.cells.get("level") is TOLD for row in table.rows):
        return [], problems, False
    parts = _derived(table, PARTS, {key: key for key in PARTS.by_key}, [node.row for node in nodes])
    problems += merge_rows(parts)
    use_keys = {key: column.key for key, column in _USE_COLUMNS.items()}
    uses = _derived(table, USES, use_keys | {"parent": "id", "part": "id"}, [])
    problems += _add_uses(uses, use_keys, nodes)
    sellers, makers, conflicts = _suppliers(table, beside)
    return [parts, uses, sellers, makers], problems + conflicts, True


def _nested(table: FilledTable) -> tuple[list[_Node], list[Problem]]:
    """The rows in their places, and what is wrong with their levels."""
    nodes: list[_Node] = []
    problems: list[Problem] = []
    above: list[_Node] = []
    top, deepest = 0, math.inf

    def wrong(row: TableRow, key: str, code: str, case: str = "", **values: object) -> None:
        problems.append(table.problem(row, key, code, values, case=case))

    for row in table.rows:
        node, stated = _Node(row), _level(row.cells.get("level"))
        level = top + len(above) if stated is None else stated
        if stated is None:
            if row.cells.get("level") is not TOLD:
                wrong(row, "level", "level-invalid", "level")
        elif not nodes:
            top = level
            if top > 1:
                wrong(row, "level", "level-root", "first", level=level)
            for key in (column.key for column in _USE_COLUMNS.values()):
                if key in row.cells and not (key == "quantity" and _comparable(ColumnKind.NUMBER, row.cells[key]) == 1):
                    wrong(row, key, "level-root", "product", column=key)
        elif level <= top:
            wrong(row, "level", "level-root", level=level, row_of_product=nodes[0].row.number)
        elif level > deepest:
            wrong(row, "level", "level-jump", level=level, before=deepest - 1)
        else:
            above[min(level - top, len(above)) - 1].below.append(node)
        deepest = math.inf if stated is None else level + 1
        above[max(level - top, 0) :] = [node]
        nodes.append(node)
    return nodes, problems


def _level(value: object) -> int | None:
    number = _comparable(ColumnKind.NUMBER, value)
    return int(number) if isinstance(number, Decimal) and number >= 0 and number == int(number) else None


def _comparable(kind: ColumnKind, value: object) -> Hashable:
    """A value such that equal ones are written alike: 1 and 1.0 are one number."""
    if kind is ColumnKind.NUMBER:
        try:
            return to_decimal(value)
        except PydanticCustomError:
            pass
    return str(value)


def _derived(table: FilledTable, kind: RecordTable, keys: dict[str, str], rows: Iterable[TableRow]) -> FilledTable:
    """A record table out of the list's cells: `keys` are the list's keys of its columns."""
    headings = {key: table.headings.get(source, source) for key, source in keys.items()}
    return FilledTable(kind, table.file, table.sheet, headings, [_taken(row, keys) for row in rows])


def _taken(row: TableRow, keys: dict[str, str]) -> TableRow:
    return TableRow(row.number, {key: row.cells[source] for key, source in keys.items() if source in row.cells})


def merge_rows(table: FilledTable) -> list[Problem]:
    """Make one row of those with one id, and say where they do not agree."""
    first: dict[str, TableRow] = {}
    rows: list[TableRow] = []
    problems: list[Problem] = []
    for row in table.rows:
        id_ = row.cells.get("id")
        kept = first.setdefault(id_, row) if isinstance(id_, str) else row
        if kept is row:
            rows.append(row)
            continue
        for key, value in row.cells.items():
            if key not in kept.cells or isinstance(value, Fault) or _refines(key, value, kept.cells[key]):
                kept.cells[key] = value
                kept.elsewhere[key] = row.number
            else:
                problems += _conflict(table, row, key, kept.cells[key], table.place(kept, key))
    table.rows[:] = rows
    return problems


def _refines(key: str, value: object, other: object) -> bool:
    """Return True if a row names the country of a part that another row says only is imported."""
    return key == "made_in" and other == ABROAD != value and agreed_origin(str(value), ABROAD) == value


def _conflict(table: FilledTable, row: TableRow, key: str, other: object, place: Place) -> Iterator[Problem]:
    """That a cell says otherwise than the one at the place."""
    kind, value = table.kind.by_key[key].kind, row.cells[key]
    if key == "hs_code" and hs_digits(str(value)) == hs_digits(str(other)):
        return
    told = isinstance(value, Fault) or isinstance(other, Fault)
    if value == ABROAD and _refines(key, other, value):
        return
    if not told and _comparable(kind, value) != _comparable(kind, other):
        values = {"part": repr(row.cells["id"]), "column": key, "here": value, "other": other, "place": place}
        yield table.problem(row, key, "level-conflict", values, case="none" if other is None else "")


def _add_uses(table: FilledTable, keys: dict[str, str], nodes: Iterable[_Node]) -> Iterator[Problem]:
    """Add the uses of each part's own bill once; where it stands again, it must be the same or left out."""
    first: dict[str, _Node] = {}
    for node in nodes:
        id_ = node.row.cells.get("id")
        known = first.setdefault(id_, node) if isinstance(id_, str) and node.below else node
        if known is node:
            for below in node.below:
                use = _taken(below.row, keys)
                use.cells.update(parent=_id(node), part=_id(below))
                use.elsewhere["parent"] = node.row.number
                table.rows.append(use)
        elif _content(known, keys) != _content(node, keys):
            yield table.problem(node.row, "part", "level-parts-differ", {"id": id_, "number": known.row.number})


def _id(node: _Node) -> str | Fault:
    id_ = node.row.cells.get("id")
    return id_ if isinstance(id_, str) else TOLD


def _content(node: _Node, keys: dict[str, str]) -> Counter[Hashable]:
    """What stands below a row, whatever its order."""
    kinds = {source: USES.by_key[key].kind for key, source in keys.items()}
    return Counter(
        (
            _id(below),
            frozenset((key, _comparable(kinds[key], value)) for key, value in below.row.cells.items() if key in kinds),
        )
        for below in node.below
    )


def _suppliers(table: FilledTable, beside: Sequence[FilledTable]) -> tuple[FilledTable, FilledTable, list[Problem]]:
    """Who sells and who makes, as the list has it; a supplier of a table beside it must not be told otherwise here."""
    keys = {"id": "supplier"} | {key: column.key for key, column in _SUPPLIER_COLUMNS.items()}
    sellers = _derived(table, SUPPLIERS, keys, [row for row in table.rows if row.cells.keys() & set(keys.values())])
    makers = _derived(table, SUPPLIERS, {"id": "maker"}, [row for row in table.rows if "maker" in row.cells])
    known = {row.cells.get("id"): (other, row) for other in beside if other.kind is SUPPLIERS for row in other.rows}
    known.pop(None, None)
    problems: list[Problem] = []
    for row in sellers.rows:
        if row.cells.get("id") in known:
            other, stated = known[row.cells["id"]]
            for key in row.cells:
                problems += _conflict(sellers, row, key, stated.cells.get(key), other.place(stated, key))
    sellers.rows[:] = [row for row in sellers.rows if row.cells.get("id") not in known]
    problems += merge_rows(sellers)
    told = known.keys() | {row.cells.get("id") for row in sellers.rows}
    makers.rows[:] = [row for row in makers.rows if row.cells["id"] not in told]
    merge_rows(makers)
    return sellers, makers, problems
