"""Results of a run: one row a vehicle, in a folder of Parquet files, one a range; each is there as a whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkdn.display.frames import Frame, frame_of
from tkdn.display.viewed import Viewed
from tkdn.errors import Place, Problem, RunError, UsageError
from tkdn.io.files import is_partial, replace_file
from tkdn.outputs import headed
from tkdn.portfolio.catalogue import VEHICLE, Range
from tkdn.short_repr import cut

if TYPE_CHECKING:
    import pyarrow

FIGURES = ("score", "potential", "high", "coverage")
TEXTS = (VEHICLE, "product", "status", "error", "problems")
COLUMNS = (VEHICLE, "product", *FIGURES, "status", "error", "problems")
MANIFEST = "run.json"
METADATA = b"tkdn"
"""The key in the metadata of Parquet files and tables under which the run is."""
MAX_CHARACTERS = 20
"""Characters of a value that are shown in a message."""


def schema() -> pyarrow.Schema:
    """Return the columns of a result: percentages with two decimals, text otherwise."""
    import pyarrow

    kinds = {**dict.fromkeys(TEXTS, pyarrow.string()), **dict.fromkeys(FIGURES, pyarrow.decimal128(5, 2))}
    return pyarrow.schema([(name, kinds[name]) for name in COLUMNS])


class Folder:
    """The folder of a run: made anew, or taken up again if the run is the same.

    Args:
        path: the folder.
        run: what identifies the run (`tkdn-run`): the law's content, day, calculation year, library, the tables.

    Raises:
        UsageError: `run-differs` if another run, or anything else, is in the folder.
        RunError: `run-damaged` if its `run.json` cannot be read, `output-not-written` if the folder cannot be.
    """

    def __init__(self, path: str | Path, run: dict[str, Any]) -> None:
        """Make the folder, or check that it holds this run."""
        self.path, self.run = Path(path), run
        manifest = self.path / MANIFEST
        if manifest.exists():
            _refuse_another(self.path.name, _manifest(manifest), run)
            return
        if self.path.exists() and not all(map(is_partial, self.path.iterdir())):
            message = f"{self.path.name} is not empty, and holds no run"
            raise UsageError([Problem.worded("run-differs", message, "choose another folder")])
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            replace_file(manifest, json.dumps(run, indent=1).encode(), durable=True)
        except OSError as error:
            raise not_written(manifest, error) from None

    def file(self, range_: Range) -> Path:
        """Return the path of a range's results."""
        return self.path / f"{range_.number:06}.parquet"

    def done(self, range_: Range) -> bool:
        """Return True if the results of a range are there: the file opens, is of this run, and has all its rows."""
        import pyarrow
        from pyarrow import parquet

        try:
            table = parquet.read_table(self.file(range_), page_checksum_verification=True)
            head = json.loads(table.schema.metadata[METADATA])
        except (OSError, pyarrow.ArrowException, TypeError, KeyError, ValueError):
            return False
        return bool(head == head_of(self.run, range_, table.num_rows) and table.schema.names == list(COLUMNS))


def _manifest(path: Path) -> dict[str, Any]:
    """Return the contents of `run.json`; raises `RunError` (`run-damaged`)."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        why = str(getattr(error, "strerror", None) or error)[:200]
    else:
        if isinstance(found, dict):
            return found
        why = "it is no object"
    remedy = f"delete the folder {path.parent.name} and run again, or choose another folder"
    place = Place(f"{path.parent.name}/{path.name}")
    raise RunError([Problem.worded("run-damaged", f"cannot be read, so the run is unknown: {why}", remedy, place)])


def _refuse_another(name: str, before: dict[str, Any], run: dict[str, Any]) -> None:
    """Raise `UsageError` (`run-differs`), with all that differs, if the run in a folder is not this one."""
    if before != run:
        keys = [*run, *(key for key in before if key not in run)]
        differing = [
            f"{key} is {_short(before.get(key))} there and {_short(run.get(key))} here"
            for key in keys
            if before.get(key) != run.get(key)
        ]
        message = f"{name} holds another run: {', '.join(differing)}"
        raise UsageError([Problem.worded("run-differs", message, "choose another folder, or delete this one")])


def _short(value: object) -> str:
    return "not stated" if value is None else cut(str(value), MAX_CHARACTERS)


def head_of(run: Mapping[str, Any], range_: Range, rows: int) -> dict[str, Any]:
    """Return the head of a file of results: the run, the vehicles, and how many rows there are."""
    return {**run, "range": range_.number, "after": range_.after, "upto": range_.upto, "rows": rows}


def write(path: Path, table: pyarrow.Table, run: Mapping[str, Any], range_: Range) -> None:
    """Write the results of a range, whole or not at all; the run that they are of is in the file's metadata.

    Raises:
        RunError: `output-not-written`.
    """
    from pyarrow import parquet

    head = json.dumps(head_of(run, range_, table.num_rows))
    buffer = BytesIO()
    try:
        parquet.write_table(table.replace_schema_metadata({METADATA: head}), buffer, write_page_checksum=True)
        replace_file(path, buffer.getvalue(), durable=True)
    except OSError as error:
        raise not_written(path, error) from None


def not_written(path: Path, error: OSError) -> RunError:
    """Return the error that a file could not be written."""
    message, place = f"could not be written: {error.strerror or error}", Place(f"{path.parent.name}/{path.name}")
    return RunError(
        [Problem.worded("output-not-written", message, "make room, and run again: it goes on where it was", place)]
    )


class Portfolio(Viewed):
    """The results of many vehicles, one row each in the order of the catalogue; made by `assess_many`.

    `table`: columns vehicle, product, score, potential, high, coverage (percent, null if nothing can be said), status
    ("refused" for a bill that is wrong), error, problems. `provenance`: what identifies the run, as in `run.json` and, under
    "tkdn", in the metadata of `table` and of every file.
    """

    def __init__(
        self, tables: Sequence[pyarrow.Table] | None, provenance: Mapping[str, Any], files: Sequence[Path] = ()
    ) -> None:
        """Take results in memory, or the files that hold them."""
        self._tables, self.provenance, self.files = tables, dict(provenance), list(files)

    @property
    def table(self) -> pyarrow.Table:
        """All results as one table of pyarrow."""
        import pyarrow
        from pyarrow import parquet

        tables = [parquet.read_table(path) for path in self.files] if self._tables is None else self._tables
        whole = pyarrow.concat_tables(tables) if tables else schema().empty_table()
        return whole.replace_schema_metadata({METADATA: json.dumps(self.provenance)})

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of vehicles by status."""
        return dict(Counter(self.table.column("status").to_pylist()))

    @property
    def refused(self) -> list[dict[str, Any]]:
        """The vehicles whose bill is wrong, with code and problems."""
        return [row for row in self.table.to_pylist() if row["error"] is not None]

    def __len__(self) -> int:
        """Return how many vehicles there are."""
        return int(self.table.num_rows)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: percentages as strings with two decimals."""

        def plain(row: dict[str, Any]) -> dict[str, Any]:
            return {key: str(value) if isinstance(value, Decimal) else value for key, value in row.items()}

        vehicles = [plain(row) for row in self.table.to_pylist()]
        return headed("tkdn-portfolio", {"vehicles": vehicles, "counts": self.counts, "provenance": self.provenance})

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the results as a data frame of pandas, polars or pyarrow, percentages as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if the backend is not installed.
        """
        return frame_of({name: self.table.column(name).to_pylist() for name in COLUMNS}, backend)

    def __repr__(self) -> str:
        """Return how many vehicles have each status."""
        counts = ", ".join(f"{count} {status}" for status, count in sorted(self.counts.items()))
        return f"<Portfolio of {len(self)} vehicles: {counts}>"
