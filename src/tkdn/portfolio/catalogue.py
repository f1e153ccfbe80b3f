"""A catalogue: Parquet tables of many bills, each row with its vehicle; read in ranges of vehicles, never as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from tkdn.bom.tables.columns import TABLES, ColumnKind, RecordTable, table_named
from tkdn.errors import BomError, MissingExtraError, Place, Problem, UsageError, nearest

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetFile

VEHICLE = "vehicle"
SHARED = "rates"
"""The one table that all vehicles share."""
NEEDED = ("parts", "uses")
PANDAS_INDEX = "__index_level_"
"""Beginning of the names of columns that pandas adds to a table: not looked at."""
LIST_LIKE = ("costs", "evidence", "product")


@dataclass(frozen=True, slots=True)
class Range:
    """Vehicles after `after` (None: from the first) up to and with `upto`, numbered in their order."""

    number: int
    after: str | None
    upto: str


class Catalogue:
    """A folder with parts.parquet and uses.parquet, and optional suppliers, certificates, product, rates.

    The columns are those of the CSV folder, by their keys; every table but rates has a `vehicle` column too, by which its rows
    are sorted.

    Raises:
        UsageError: `catalogue-missing`.
        BomError: `parquet-malformed`, `missing-column`, `unknown-column`, `parquet-column-type`, `vehicle-empty`,
            `rows-not-sorted`.
        MissingExtraError: `extra-missing` without pyarrow.
    """

    def __init__(self, folder: str | Path) -> None:
        """Open the tables of a folder, and check their columns."""
        self.folder = Path(folder)
        parquet = _parquet()
        self.files: dict[str, ParquetFile] = {}
        problems: list[Problem] = []
        for table in TABLES:
            path = self.folder / f"{table.name}.parquet"
            if not path.exists():
                if table.name in NEEDED:
                    problems.append(
                        Problem.worded(
                            "catalogue-missing", f"no {path.name} in {self.folder.name}", "write one table a file"
                        )
                    )
                continue
            try:
                self.files[table.name] = parquet.ParquetFile(path)
            except Exception as error:  # pyarrow raises several kinds for a damaged file
                message = f"not a sound Parquet file: {str(error)[:120]}"
                raise BomError(
                    [Problem.worded("parquet-malformed", message, "write it again", Place(path.name))]
                ) from None
        if problems:
            raise UsageError(problems)
        problems = [problem for name in self.files for problem in self._columns(name)]
        if problems:
            raise BomError(problems)

    def _columns(self, name: str) -> list[Problem]:
        """Return all problems of the columns of a table."""
        import pyarrow

        table = table_named(name)
        assert table is not None
        schema, file = self.files[name].schema_arrow, f"{name}.parquet"
        problems = []
        needed = [column.key for column in table.columns if column.needed and column.of_row]
        for key in needed + ([VEHICLE] if name != SHARED else []):
            if key not in schema.names:
                problems.append(
                    Problem.worded("missing-column", f"no column {key!r}", "add it", Place(file=file, column=key))
                )
        for column in schema:
            if column.name.startswith(PANDAS_INDEX):
                continue
            known = table.by_key.get(column.name)
            if column.name == VEHICLE and name != SHARED:
                text = True
            elif known is None:
                hint = nearest(column.name, [*table.by_key, VEHICLE]) or f"take it out of {file}"
                message = f"{column.name[:60]!r} is not a column of {table.english}"
                problems.append(Problem.worded("unknown-column", message, hint, Place(file=file, column=column.name)))
                continue
            else:
                text = known.kind in (ColumnKind.ID, ColumnKind.TEXT, ColumnKind.CODE, ColumnKind.CHOICE)
            kind = column.type.value_type if pyarrow.types.is_dictionary(column.type) else column.type
            texts = pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind) or pyarrow.types.is_null(kind)
            if text and not texts:
                message = f"{column.name!r} holds {column.type}, and must hold text"
                remedy = "write it as text: a number may have lost digits"
                problems.append(
                    Problem.worded("parquet-column-type", message, remedy, Place(file=file, column=column.name))
                )
        return problems

    def ranges(self) -> list[Range]:
        """Return the vehicles in ranges, one for each row group of the parts; the order of rows in every table is looked at."""
        bounds: list[str] = []
        for name in self.files:
            if name == SHARED:
                continue
            last = ""
            for group in range(self.files[name].num_row_groups):
                vehicles = self._vehicles(name, group)
                last = self._sorted(name, vehicles, last)
                if name == "parts" and last and (not bounds or last > bounds[-1]):
                    bounds.append(last)
            if bounds and last > bounds[-1]:
                bounds[-1] = last
        return [Range(at, bounds[at - 1] if at else None, upto) for at, upto in enumerate(bounds)]

    def _vehicles(self, name: str, group: int) -> pyarrow.Array:
        column = self.files[name].read_row_group(group, columns=[VEHICLE]).column(0)
        place = Place(file=f"{name}.parquet", column=VEHICLE)
        if column.null_count:
            message = f"{column.null_count} rows have no vehicle"
            raise BomError([Problem.worded("vehicle-empty", message, "fill in the vehicle of every row", place)])
        return column.combine_chunks()

    @staticmethod
    def _sorted(name: str, vehicles: pyarrow.Array, last: str) -> str:
        """Return the last vehicle of some rows, which must not come before those so far."""
        import pyarrow
        import pyarrow.compute as pc

        if not len(vehicles):
            return last
        if pyarrow.types.is_dictionary(vehicles.type):
            vehicles = vehicles.dictionary_decode()
        falls = pc.any(pc.less(vehicles[1:], vehicles[:-1])).as_py() or vehicles[0].as_py() < last
        if falls:
            message = "the rows are not sorted by vehicle"
            place = Place(file=f"{name}.parquet", column=VEHICLE)
            raise BomError([Problem.worded("rows-not-sorted", message, "sort every table by vehicle", place)])
        return str(vehicles[-1].as_py())

    def read(self, name: str, range_: Range) -> pyarrow.Table | None:
        """Return the rows of a table that belong to a range of vehicles; None if there is no such table."""
        import pyarrow
        import pyarrow.compute as pc

        file = self.files.get(name)
        if file is None:
            return None
        groups = [group for group in range(file.num_row_groups) if self._may_hold(file, group, range_)]
        table = file.read_row_groups(groups) if groups else file.schema_arrow.empty_table()
        table = table.select([column for column in table.column_names if not column.startswith(PANDAS_INDEX)])
        at = table.schema.get_field_index(VEHICLE)
        if pyarrow.types.is_dictionary(table.schema.field(at).type):
            table = table.set_column(at, VEHICLE, pc.cast(table.column(at), pyarrow.string()))
        mask = pc.less_equal(table.column(at), range_.upto)
        if range_.after is not None:
            mask = pc.and_(mask, pc.greater(table.column(at), range_.after))
        return table.filter(mask).combine_chunks()

    @staticmethod
    def _may_hold(file: ParquetFile, group: int, range_: Range) -> bool:
        """Return True if a row group may hold rows of the range, by its statistics."""
        at = file.schema_arrow.get_field_index(VEHICLE)
        statistics = file.metadata.row_group(group).column(at).statistics
        if statistics is None or not statistics.has_min_max or not isinstance(statistics.min, str):
            return True
        return statistics.min <= range_.upto and (range_.after is None or statistics.max > range_.after)

    def shared(self, name: str = SHARED) -> pyarrow.Table | None:
        """Return the whole of the table that all vehicles share."""
        file = self.files.get(name)
        return None if file is None else file.read()

    def fingerprint(self) -> str:
        """Return a hash that changes when any file of the catalogue does: names, sizes, times, and numbers of rows."""
        found = hashlib.sha256()
        for name, file in sorted(self.files.items()):
            path = self.folder / f"{name}.parquet"
            state = path.stat()
            found.update(f"{name} {state.st_size} {state.st_mtime_ns} {file.metadata.num_rows}".encode())
        return found.hexdigest()


def table_of(name: str) -> RecordTable:
    """Return the table of this name."""
    table = table_named(name)
    assert table is not None
    return table


def _parquet() -> ModuleType:
    try:
        import pyarrow.parquet as found
    except ModuleNotFoundError:
        raise MissingExtraError.of("a Parquet catalogue", "many") from None
    parquet: ModuleType = found
    return parquet
