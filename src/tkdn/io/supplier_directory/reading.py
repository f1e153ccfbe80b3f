"""A directory of suppliers from a folder of CSV files, a workbook or JSON, and a table of needs: all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from tkdn.bom.bom import Bom
from tkdn.bom.model import Record
from tkdn.bom.reading import from_pydantic, parse_json
from tkdn.bom.tables.columns import ColumnKind, RecordTable
from tkdn.bom.tables.document import REPORTED, Placed
from tkdn.bom.tables.records import CellGrid, Fault, FilledTable, TableRow, Values
from tkdn.bom.tables.table_reading import read_table
from tkdn.errors import BomError, Locate, Location, Place, Problem, closest, few_hints, json_path
from tkdn.io.enrichment.single_table import from_headings, single_grid
from tkdn.io.enrichment.values import settle_numbers, settle_words
from tkdn.io.files import read_bytes, unreadable
from tkdn.io.spreadsheet.decimals import Mark
from tkdn.io.spreadsheet.sheets import open_sheets
from tkdn.io.supplier_directory.columns import CAPABILITIES, DIRECTORY, LISTED_SUPPLIERS, NEEDS
from tkdn.io.supplier_directory.model import VERSION, Directory, Needs
from tkdn.io.supplier_directory.vocabulary import known_code
from tkdn.textnorm import joined

D = TypeVar("D", bound=Record)
Check = Callable[[Mapping[str, Any], Locate], Iterator[Problem]]


@few_hints()
def read_directory(path: str | Path, *, decimal: Mark | None = None) -> Directory:
    """Read a directory of suppliers: a folder with `suppliers.csv`, `capabilities.csv` and, where there are any,
    `certificates.csv`; a workbook with such sheets; or JSON (format "tkdn-directory").

    `decimal` ("comma", "point") is the mark of decimals in numbers that are text, where they do not show it. Raises `BomError`
    with all problems, each with file, sheet, row and column.
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        return _from_json(path, Directory, _directory_problems)
    grids = _named_grids(path)
    missing = [kind for kind in (LISTED_SUPPLIERS, CAPABILITIES) if kind.name not in grids]
    problems = [Problem("file-missing", {"table": kind.name}, Place(path.name), case="table") for kind in missing]
    tables = {}
    for kind in DIRECTORY:
        if kind.name in grids:
            tables[kind.name], wrong = _table(kind, from_headings(grids[kind.name], kind), decimal)
            problems += wrong
    found = _DirectoryTables(path.name, tables)
    return _built(found.data, Directory, _directory_problems, found.locate, [*problems, *found.problems])


@few_hints()
def read_needs(path: str | Path, bom: Bom, *, decimal: Mark | None = None) -> Needs:
    """Read what parts of a bill need: a CSV file, a workbook with one such sheet, or JSON (format "tkdn-needs").

    Raises `BomError` with all problems: also for a part that the bill does not have, or that stands twice.
    """
    path = Path(path)

    def check(data: Mapping[str, Any], locate: Locate) -> Iterator[Problem]:
        return _needs_problems(data, locate, bom)

    if path.suffix.lower() == ".json":
        return _from_json(path, Needs, check)
    table, problems = _table(NEEDS, single_grid(path, NEEDS), decimal)
    placed = Placed(path.name)
    rows = [placed.record(table, _listed(table, row), ("needs", at)) for at, row in enumerate(table.rows)]
    return _built(_document("tkdn-needs", needs=rows), Needs, check, placed.locate, problems)


def _document(name: str, **records: list[Values]) -> Values:
    return {"format": name, "version": VERSION, **records}


def _from_json(path: Path, kind: type[D], check: Check) -> D:
    if not _there(path):
        raise _missing(path)
    try:
        return _built(parse_json(read_bytes(path)), kind, check, json_path, [])
    except BomError as error:
        raise BomError(problem.in_file(path.name) for problem in error.problems) from None


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the file system takes
        return False


def _missing(path: Path) -> BomError:
    name = path.name[:100]
    return BomError([Problem("file-missing", {"file": name}, Place(name))])


def _named_grids(path: Path) -> dict[str, CellGrid]:
    """The tables of a folder or a workbook by the name of the table that they are called after."""
    if not _there(path):
        raise _missing(path)
    if path.is_dir():
        try:
            files = [file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv"]
        except OSError as error:
            raise unreadable(path, error) from None
        named = [(file.stem, open_sheets(read_bytes(file), file.name).sheets[0].grid) for file in files]
    else:
        named = [(str(sheet.grid.sheet), sheet.grid) for sheet in open_sheets(read_bytes(path), path.name).sheets]
    by_name = {joined(name): kind.name for kind in DIRECTORY for name in (kind.name, kind.english, kind.indonesian)}
    return {by_name[joined(name)]: grid for name, grid in named if joined(name) in by_name}


def _table(kind: RecordTable, grid: CellGrid, decimal: Mark | None) -> tuple[FilledTable, list[Problem]]:
    table, problems = read_table(kind, grid)
    settle_words(table)
    problems += settle_numbers(table, decimal)
    table.mark_missing()
    return table, problems + table.report()


def _listed(table: FilledTable, row: TableRow) -> TableRow:
    """The row, with a lone number in a column of several as text."""
    for key, value in row.cells.items():
        if table.kind.by_key[key].kind is ColumnKind.LIST and isinstance(value, int | float):
            row.cells[key] = str(value)
    return row


class _DirectoryTables(Placed):
    """The document of a directory put together from its tables."""

    def __init__(self, source: str, tables: Mapping[str, FilledTable]) -> None:
        super().__init__(source)
        self.problems: list[Problem] = []
        suppliers: list[Values] = []
        self.data = _document("tkdn-directory", suppliers=suppliers)
        homes: dict[object, int] = {}
        for name, table in tables.items():
            for row in table.rows:
                if name == LISTED_SUPPLIERS.name:
                    suppliers.append(self.record(table, _listed(table, row), (name, len(suppliers))))
                    homes.setdefault(row.cells["id"], len(suppliers) - 1)
                elif row.cells["supplier"] in homes:
                    at = homes[row.cells["supplier"]]
                    below = suppliers[at].setdefault(name, [])
                    record = self.record(table, _listed(table, row), ("suppliers", at, name, len(below)))
                    record.pop("supplier")
                    below.append(record)
                elif not isinstance(row.cells["supplier"], Fault) and "suppliers" in tables:
                    self.problems.append(_homeless(table, row, [id_ for id_ in homes if isinstance(id_, str)]))


def _homeless(table: FilledTable, row: TableRow, known: Sequence[str]) -> Problem:
    id_ = row.cells["supplier"]
    return table.problem(row, "supplier", "unknown-supplier", {"id": id_, "nearest": closest(id_, known)})


def _built(data: Mapping[str, Any], kind: type[D], check: Check, locate: Locate, problems: list[Problem]) -> D:
    """The checked record of plain data; raises `BomError` with these problems and all others."""
    named = kind.model_fields["format"].default
    if data.get("format") != named:
        raise BomError(
            [Problem("format-unknown", {"format": repr(data.get("format")), "wanted": named}, locate(("format",)))]
        )
    if data.get("version") != VERSION or isinstance(data["version"], bool):
        problems.append(
            Problem("version-unknown", {"version": repr(data.get("version")), "wanted": VERSION}, locate(("version",)))
        )
    built = None
    try:
        built = kind.model_validate({**data, "version": VERSION})
    except ValidationError as error:
        problems += [from_pydantic(each, data, locate, kind) for each in error.errors(include_url=False)]
    problems += check(data, locate)
    told = {(each.code, each.place, each.message): each for each in problems if each.place != REPORTED}
    if built is None or told:
        raise BomError(told.values())
    return built


def _records(data: object, *path: str) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """The objects in the lists at a path of keys, with where they stand; what is no object is left to the model."""
    key, *rest = path
    found = data.get(key) if isinstance(data, Mapping) else None
    for at, each in enumerate(found if isinstance(found, list | tuple) else ()):
        if isinstance(each, Mapping):
            if rest:
                yield from (((key, at, *inner), record) for inner, record in _records(each, *rest))
            else:
                yield (key, at), each


def _twice(
    rows: Iterator[tuple[Location, Any]], code: str, locate: Locate, case: str = "", **about: object
) -> Iterator[Problem]:
    """Report keys that stand more than once."""
    first: dict[Any, Location] = {}
    for at, key in rows:
        if first.setdefault(key, at) != at:
            yield Problem(code, {"key": key, "where": locate(first[key]), **about}, locate(at), case=case)


def _directory_problems(data: Mapping[str, Any], locate: Locate) -> Iterator[Problem]:
    ids = (((*at, "id"), row["id"]) for at, row in _records(data, "suppliers") if isinstance(row.get("id"), str))
    yield from _twice(ids, "duplicate-id", locate, "supplier")
    for at, supplier in _records(data, "suppliers"):
        rows = (((*at, *inner, "process"), _offer(row)) for inner, row in _records(supplier, "capabilities"))
        yield from _twice(
            (row for row in rows if row[1]), "duplicate-capability", locate, supplier=repr(supplier.get("id"))
        )


def _offer(row: Mapping[str, Any]) -> str | None:
    """What a capability is known by: its process and its materials."""
    process, materials = row.get("process"), row.get("materials")
    if not isinstance(process, str):
        return None
    named = materials if isinstance(materials, list | tuple) else ()
    return " ".join([known_code("process", process), *sorted({known_code("material", str(each)) for each in named})])


def _needs_problems(data: Mapping[str, Any], locate: Locate, bom: Bom) -> Iterator[Problem]:
    rows = [((*at, "part"), row["part"]) for at, row in _records(data, "needs") if isinstance(row.get("part"), str)]
    yield from _twice(iter(rows), "duplicate-need", locate)
    for at, part in rows:
        if part not in bom.graph.index:
            yield Problem(
                "unknown-part", {"id": part, "nearest": closest(part, bom.graph.index)}, locate(at), part, case="need"
            )
