"""The document of a bill put together from record tables, every value with its place, and a bill as record tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from tkdn.bom.bill import FORMAT, VERSION, AnyBill, Bill
from tkdn.bom.reading import build
from tkdn.bom.tables.columns import TABLES, Column, ColumnKind, RecordTable
from tkdn.bom.tables.records import Fault, FilledTable, TableRow, Values
from tkdn.errors import BomError, Location, Place, Problem, UsageError, closest

T = TypeVar("T")
NONE_OF_THEM = "-"
REPORTED = Place(path="reported")
"""Where a cell is that has a problem already: what follows from it is not reported again."""


class Placed:
    """Records put together from tables, with where each of them stands."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._origins: dict[Location, tuple[FilledTable, TableRow]] = {}

    def locate(self, location: Location) -> Place:
        """The cell that a location in the document was read from."""
        for end in range(len(location), -1, -1):
            if location[:end] in self._origins:
                table, row = self._origins[location[:end]]
                column = table.kind.column_at(location[end:]) or table.kind.column_at(location[end : end + 1])
                if column is None:
                    return table.place(row)
                return REPORTED if isinstance(row.cells.get(column.key), Fault) else table.place(row, column.key)
        return Place(file=self.source)

    def record(self, table: FilledTable, row: TableRow, location: Location) -> Values:
        """The record of a row, which is to stand at the location."""
        self._origins[location] = table, row
        record: Values = {}
        for key, value in row.cells.items():
            put(record, table.kind.by_key[key], value)
        return record


class Document(Placed):
    """The document of a bill put together from tables."""

    def __init__(
        self,
        source: str,
        tables: Sequence[FilledTable],
        problems: Iterable[Problem] = (),
        *,
        product: str | None = None,
        whole: bool = True,
    ) -> None:
        """`whole` is false where a table could not be read at all, so that references to it would seem to fail."""
        super().__init__(source)
        self.whole = whole and all(table.whole for table in tables)
        self.problems = list(problems)
        self.data: Values = {"format": FORMAT, "version": VERSION}
        self._product = product
        self._homes: dict[tuple[object, object], tuple[Location, Values]] = {}
        self._twice: set[tuple[object, object]] = set()
        add = {**dict.fromkeys(("certificates", "costs", "evidence"), self._add_below), "product": self._add_product}
        for table in sorted(tables, key=lambda table: TABLES.index(table.kind)):
            table.mark_missing()
            self.problems += table.report()
            add.get(table.kind.name, self._add_records)(table)
        if product is not None:
            self.data["product"] = product

    def as_bill(self, model: type[AnyBill]) -> AnyBill:
        """Return the checked bill. Raises `BomError` with all problems, each with file, sheet, row and column."""
        if self.whole:
            try:
                bill = build(model, self.data, self.locate)
                if not self.problems:
                    return bill
            except BomError as error:
                self.problems += [problem for problem in error.problems if problem.place != REPORTED]
        raise BomError({(problem.code, problem.place, problem.message): problem for problem in self.problems}.values())

    def locate(self, location: Location) -> Place:
        """The cell that a location in the document was read from; a product that the caller names stands in none."""
        named = location == ("product",) and self._product is not None
        return Place(file=self.source) if named else super().locate(location)

    def _add_records(self, table: FilledTable) -> None:
        name = table.kind.name
        records = self.data.setdefault(name, [])
        for row in table.rows:
            location = (name, len(records))
            record = self.record(table, row, location)
            records.append(record)
            if name == "parts":
                self._homes.setdefault((record["id"], None), (location, record))

    def _add_below(self, table: FilledTable) -> None:
        """Add certificates and costs to their parts, documents to their parts or certificates."""
        name = table.kind.name
        for row in table.rows:
            owner = row.cells["part"], row.cells.get("certificate")
            if any(isinstance(id_, Fault) for id_ in owner):
                continue
            if owner not in self._homes or owner in self._twice:
                self.problems += [self._homeless(table, row, *owner)] if self.whole else []
                continue
            above, home = self._homes[owner]
            inside = ("production", name) if name == "costs" else (name,)
            for step in inside[:-1]:
                home = home.setdefault(step, {})
            records = home.setdefault(name, [])
            location = (*above, *inside, len(records))
            record = self.record(table, row, location)
            record.pop("part"), record.pop("certificate", None)
            records.append(record)
            if name == "certificates":
                held = owner[0], record["number"]
                if self._homes.setdefault(held, (location, record))[1] is not record:
                    self._twice.add(held)

    def _homeless(self, table: FilledTable, row: TableRow, part: str, certificate: str | None) -> Problem:
        if (part, certificate) in self._twice:
            return table.problem(
                row, "certificate", "certificate-ambiguous", {"part": part, "certificate": certificate}, case="numbered"
            )
        if (part, None) in self._homes:
            known = [number for id_, number in self._homes if id_ == part and isinstance(number, str)]
            values = {"part": part, "certificate": certificate, "nearest": closest(certificate or "", known)}
            return table.problem(row, "certificate", "unknown-certificate", values)
        known = [id_ for id_, number in self._homes if isinstance(id_, str) and number is None]
        return table.problem(row, "part", "unknown-part", {"id": part, "nearest": closest(part, known)}, case="table")

    def _add_product(self, table: FilledTable) -> None:
        for row in table.rows[1:]:
            self.problems.append(Problem("product-row-twice", {}, table.place(row)))
        for row in table.rows[:1]:
            self.data.update(self.record(table, row, ()))


def put(record: Values, column: Column, value: object) -> None:
    """Put a value where its path says; a number in the path is a place in a pair."""
    if column.kind is ColumnKind.RECORD:
        if value is True:
            record.setdefault(column.key, {})
        return
    if column.kind is ColumnKind.LIST and isinstance(value, str):
        value = [] if value.strip() == NONE_OF_THEM else [each.strip() for each in value.split(",")]
    *above, last = column.path
    node: Any = record
    for step in above:
        node = node.setdefault(step, [None, None] if isinstance(last, int) else {})
    node[last] = value


def records_of(bill: Bill) -> Iterator[tuple[RecordTable, list[Values]]]:
    """Every table with the bill's records for it."""
    document = bill.to_dict()
    parts = document["parts"]
    certificates = [(part["id"], held) for part in parts for held in part.get("certificates", ())]
    documents = [({"part": part["id"]}, part) for part in parts]
    documents += [({"part": id_, "certificate": held["number"]}, held) for id_, held in certificates]
    records = {
        **document,
        "certificates": [{"part": id_, **held} for id_, held in certificates],
        "costs": [
            {"part": part["id"], **line} for part in parts for line in part.get("production", {}).get("costs", ())
        ],
        "evidence": [{**owner, **shown} for owner, home in documents for shown in home.get("evidence", ())],
        "product": [document],
    }
    _check_telling(certificates)
    for table in TABLES:
        yield table, records.get(table.name, [])


def _check_telling(certificates: Iterable[tuple[str, Values]]) -> None:
    seen: dict[tuple[str, str], bool] = {}
    for id_, held in certificates:
        key, documented = (id_, held["number"]), "evidence" in held
        if seen.get(key, False) or (key in seen and documented):
            raise UsageError(
                [
                    Problem(
                        "certificate-ambiguous",
                        {"part": id_, "number": repr(held["number"])},
                        part=id_,
                        case="untellable",
                    )
                ]
            )
        seen[key] = documented


def cell(record: Values, column: Column) -> str | bool | None:
    """A record's value in a column: text or truth, None where there is none."""
    node: Any = record
    for step in column.path:
        node = node[step] if isinstance(step, int) and node else node.get(step) if isinstance(node, dict) else None
    if column.kind is ColumnKind.RECORD:
        return True if node == {} else None
    if isinstance(node, list):
        return ", ".join(node) or NONE_OF_THEM
    return node if node is None or isinstance(node, bool) else str(node)


def filled_columns(table: RecordTable, records: Sequence[Values]) -> list[Column]:
    """The columns that a record fills, and those without which the table cannot be read."""
    return [
        column
        for column in table.columns
        if (column.needed and column.of_row) or any(cell(record, column) is not None for record in records)
    ]


def rows_of(
    columns: Sequence[Column],
    records: Iterable[Values],
    encode: Callable[[ColumnKind, str | bool], T],
    most: int,
    place: Place,
) -> list[list[T | None]]:
    """The cells of records row by row, encoded as the file needs them; None is an empty one.

    Raises `UsageError` (`text-too-long`) where a text has more than `most` characters then.
    """
    rows = []
    for number, record in enumerate(records, start=2):
        values = [(column, cell(record, column)) for column in columns]
        row = [None if value is None else encode(column.kind, value) for column, value in values]
        for column, value in zip(columns, row, strict=True):
            if isinstance(value, str) and len(value) > most:
                at = replace(place, row=number, column=column.key)
                raise UsageError([Problem("text-too-long", {"length": len(value), "limit": most}, at)])
        rows.append(row)
    return rows
