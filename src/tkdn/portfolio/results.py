"""Results of a run: one row a vehicle, in a folder of Parquet files, one a range; each is there as a whole or not at all."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkdn.errors import Place, Problem, RunError, UsageError
from tkdn.portfolio.catalogue import VEHICLE

if TYPE_CHECKING:
    import pyarrow

FIGURES = ("score", "potential", "high", "coverage")
TEXTS = (VEHICLE, "product", "status", "error", "problems")
COLUMNS = (VEHICLE, "product", *FIGURES, "status", "error", "problems")
MANIFEST = "run.json"


def schema() -> Any:
    """The columns of a result: percentages with two decimals, text otherwise."""
    import pyarrow

    kinds = {**dict.fromkeys(TEXTS, pyarrow.string()), **dict.fromkeys(FIGURES, pyarrow.decimal128(5, 2))}
    return pyarrow.schema([(name, kinds[name]) for name in COLUMNS])


class Folder:
    """The folder of a run. Made anew, or taken up again where the run is the same: the same tables, day, law, version.

    Raises `UsageError` (`run-differs`) where another run has written there.
    """

    def __init__(self, path: str | Path, run: dict[str, Any]) -> None:
        self.path = Path(path)
        manifest = self.path / MANIFEST
        if manifest.exists():
            before = json.loads(manifest.read_text(encoding="utf-8"))
            if before != run:
                differs = ", ".join(sorted(key for key in run if before.get(key) != run[key]))
                message = f"{self.path.name} holds another run: {differs} differ"
                raise UsageError([Problem("run-differs", message, "choose another folder, or take this one out")])
            return
        if self.path.exists() and any(self.path.iterdir()):
            message = f"{self.path.name} is not empty, and holds no run"
            raise UsageError([Problem("run-differs", message, "choose another folder")])
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            _write(manifest, lambda path: path.write_text(json.dumps(run, indent=1), encoding="utf-8"))
        except OSError as error:
            raise not_written(manifest, error) from None

    def file(self, number: int) -> Path:
        """Where the results of a range are."""
        return self.path / f"{number:06}.parquet"

    def done(self, number: int) -> bool:
        """Whether a range has been finished."""
        return self.file(number).exists()

    def files(self) -> list[Path]:
        """All finished ranges, in order."""
        return sorted(self.path.glob("[0-9]*.parquet"))


def write(path: Path, table: pyarrow.Table) -> None:
    """Write the results of a range, whole or not at all. Raises `RunError` (`output-not-written`)."""
    from pyarrow import parquet

    try:
        _write(path, lambda to: parquet.write_table(table, to))
    except OSError as error:
        raise not_written(path, error) from None


def _write(path: Path, fill: Any) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        fill(partial)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def not_written(path: Path, error: OSError) -> RunError:
    """What the caller is told of a file that could not be written."""
    message, place = f"could not be written: {error.strerror or error}", Place(f"{path.parent.name}/{path.name}")
    return RunError(
        [Problem("output-not-written", message, "make room, and run again: it goes on where it was", place)]
    )


class Portfolio:
    """The results of many vehicles, one row each in the order of the catalogue; made by `assess_many`.

    `table`: columns vehicle, product, score, potential, high, coverage (percent, null where nothing can be said), status
    ("refused" for a bill that is wrong), error, problems.
    """

    def __init__(self, tables: Sequence[pyarrow.Table] | None, files: Sequence[Path] = ()) -> None:
        self._tables, self.files = tables, list(files)

    @property
    def table(self) -> pyarrow.Table:
        """All results as one table of pyarrow."""
        import pyarrow
        from pyarrow import parquet

        tables = [parquet.read_table(path) for path in self.files] if self._tables is None else self._tables
        return pyarrow.concat_tables(tables) if tables else schema().empty_table()

    @property
    def counts(self) -> dict[str, int]:
        """How many vehicles have each status."""
        return dict(Counter(self.table.column("status").to_pylist()))

    @property
    def refused(self) -> list[dict[str, Any]]:
        """The vehicles whose bill is wrong, with code and problems."""
        return [row for row in self.table.to_pylist() if row["error"] is not None]

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data."""

        def plain(row: dict[str, Any]) -> dict[str, Any]:
            return {key: str(value) if isinstance(value, Decimal) else value for key, value in row.items()}

        return {"vehicles": [plain(row) for row in self.table.to_pylist()], "counts": self.counts}

    def to_frame(self, backend: str = "pandas") -> Any:
        """The results as a data frame of pandas, polars or pyarrow, percentages as exact decimals."""
        from tkdn.frames import frame_of

        return frame_of({name: self.table.column(name).to_pylist() for name in COLUMNS}, backend)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in sorted(self.counts.items()))
        return f"<Portfolio of {len(self)} vehicles: {counts}>"
