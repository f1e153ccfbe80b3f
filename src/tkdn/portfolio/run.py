"""Assess many vehicles: ranges of a catalogue, or bills in memory, one after the other or on an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tkdn.bom.bom import Bom
from tkdn.days import day_of
from tkdn.errors import MissingExtraError, Problem, RunError, TkdnError, UsageError
from tkdn.law.identity import law_identity
from tkdn.law.regulation import Regulation
from tkdn.law.shipped import goods_regulation
from tkdn.method.goods import GoodsRules
from tkdn.outputs import headed
from tkdn.portfolio.catalogue import VEHICLE, Catalogue, Range
from tkdn.portfolio.results import FIGURES, Folder, Portfolio, schema, write
from tkdn.portfolio.single import from_tables, rates_of, row_of

if TYPE_CHECKING:
    import pyarrow

Progress = Callable[[int, int], None]
AT_ONCE = 64
"""Bills in memory that one task takes."""
WAITING = 4
"""Tasks that wait on an executor for each one that it may be working on."""
T = TypeVar("T")


@dataclass(frozen=True)
class Law:
    """The regulation, day and calculation year by which all vehicles are assessed."""

    regulation: Regulation
    on: date
    year: int | None


def assess_many(
    bills: str | Path | Mapping[str, Bom] | Iterable[Bom],
    *,
    on: date | str,
    out: str | Path | None = None,
    executor: Executor | None = None,
    regulation: str | Regulation | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> Portfolio:
    """Assess many vehicles, each on its own, and all by one law on one day.

    A catalogue is read in row groups, its columns checked and walked as arrays without an object a row (benchmarks/catalogue.py);
    a bill that is out of the ordinary is read and assessed on its own. A bill that is wrong is a row with status "refused" and
    its problems, and the others are assessed.

    Args:
        bills: bills in memory, by name or by their products' ids; or the folder of a catalogue: parts.parquet and uses.parquet,
            and optional suppliers, certificates, product, rates, with the columns of the CSV folder and a `vehicle` column
            (but in rates), sorted by vehicle.
        on: the day.
        out: folder for the results, one Parquet file a row group of parts; a run that was broken off goes on from there, if
            the law's content, day, calculation year, library and tables are the same.
        executor: any executor of `concurrent.futures`; `client.get_executor()` of Dask is one.
        regulation: the regulation, or its id; default the general one in force on the day.
        year: the calculation year; default that of the day.
        progress: called as `progress(done, total)` after each range.

    Returns:
        One row a vehicle, in the order of the catalogue: percentages with two decimals, status, problems.

    Raises:
        UsageError: `catalogue-missing`, `option-invalid`, `date-invalid`; `run-differs` if `out` holds another run.
        BomError: as `Catalogue`, for tables that cannot be read at all.
        RunError: `worker-died`, `output-not-written` if a run could not be finished, with what is left to do; `run-damaged` if
            it is not known which run `out` holds.
        RegulationError: as `assess`.
        MissingExtraError: `extra-missing` without pyarrow.

    >>> cart = Bom.from_dict({"format": "tkdn-bom", "version": 1,
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
    >>> found = assess_many({"a": cart, "b": cart}, on="2026-06-01")
    >>> found.counts, found.table.column("score").to_pylist()
    ({'complete': 2}, [Decimal('43.75'), Decimal('43.75')])
    """
    day = day_of(on)
    law = Law(goods_regulation(regulation, day), day, year)
    _needs_pyarrow()
    if isinstance(bills, str | Path):
        return _catalogue(Path(bills), law, out, executor, progress)
    named = bills.items() if isinstance(bills, Mapping) else ((bom.product, bom) for bom in bills)
    if out is not None:
        message = "bills in memory are not written to a folder"
        raise UsageError([Problem.worded("option-invalid", message, "write found.table, or give a catalogue")])
    tables: list[pyarrow.Table] = []
    chunks = list(_chunks(named, AT_ONCE))
    for done, (_, table) in enumerate(_results(executor, _assess_bills, enumerate(chunks), law), 1):
        tables.append(table)
        if progress is not None:
            progress(done, len(chunks))
    return Portfolio(tables, _run(law))


def _catalogue(
    folder: Path, law: Law, out: str | Path | None, executor: Executor | None, progress: Progress | None
) -> Portfolio:
    catalogue = Catalogue(folder)
    ranges = catalogue.ranges()
    run = _run(law, tables=catalogue.fingerprint())
    target = None if out is None else Folder(out, run)
    left = [each for each in ranges if target is None or not target.done(each)]
    tasks = [(each.number, (folder, each, None if target is None else target.file(each), run)) for each in left]
    tables: dict[int, pyarrow.Table] = {}
    finished = len(ranges) - len(left)
    if progress is not None and finished:
        progress(finished, len(ranges))
    for number, table in _results(executor, assess_range, tasks, law):
        finished += 1
        if table is not None:
            tables[number] = table
        if progress is not None:
            progress(finished, len(ranges))
    if target is not None:
        return Portfolio(None, run, [target.file(each) for each in ranges])
    return Portfolio([tables[number] for number in sorted(tables)], run)


def _run(law: Law, **bills: str) -> dict[str, Any]:
    """Return the identity of a run, bills in memory left out: they are as many as there are rows."""
    return headed("tkdn-run", {**law_identity(law.regulation, law.on, law.year), **bills})


def _results(
    executor: Executor | None,
    work: Callable[[Any, Law], T],
    tasks: Iterable[tuple[int, Any]],
    law: Law,
) -> Iterator[tuple[int, T]]:
    """Yield the result of every task as it comes, a few at a time waiting on the executor; in order without one."""
    if executor is None:
        for number, task in tasks:
            yield number, work(task, law)
        return
    coming = iter(tasks)
    most = WAITING * (getattr(executor, "_max_workers", None) or WAITING)
    waiting: dict[Future[T], int] = {}
    failed: list[tuple[int, BaseException]] = []
    while True:
        try:
            if not failed:
                for number, task in islice(coming, most - len(waiting)):
                    waiting[executor.submit(work, task, law)] = number
        except RuntimeError as error:  # the pool is broken or closed
            failed.append((-1, error))
        if not waiting:
            break
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            number = waiting.pop(future)
            why = future.exception()
            if why is None:
                yield number, future.result()
            else:
                failed.append((number, why))
    if failed:
        raise _broken_off(failed)


def _broken_off(failed: list[tuple[int, BaseException]]) -> TkdnError:
    """Return the error of tasks that did not end."""
    for _, error in failed:
        if isinstance(error, TkdnError):
            return error
    numbers = [str(number) for number, _ in failed if number >= 0]
    of = f" in the ranges {', '.join(numbers[:8])}" if numbers else ""
    message = f"a worker ended before its work did{of}: {type(failed[0][1]).__name__} {failed[0][1]}"[:300]
    return RunError(
        [Problem.worded("worker-died", message, "run again with the same out: finished ranges are not done again")]
    )


def assess_range(task: tuple[Path, Range, Path | None, dict[str, Any]], law: Law) -> pyarrow.Table | None:
    """Assess one range of a catalogue; written if there is a file for it, else given back."""
    folder, range_, file, run = task
    table = _assessed(Catalogue(folder), range_, law)
    if file is None:
        return table
    write(file, table, run, range_)
    return None


def _assessed(catalogue: Catalogue, range_: Range, law: Law) -> pyarrow.Table:
    """Return the results of one range of vehicles, in their order."""
    import pyarrow
    import pyarrow.compute as pc

    tables = {name: table for name in catalogue.files if name != "rates" and (table := catalogue.read(name, range_))}
    rates = catalogue.shared()
    columns = [pc.cast(table.column(VEHICLE), pyarrow.string()) for table in tables.values()]
    every = pc.unique(pyarrow.chunked_array([chunk for column in columns for chunk in column.chunks]))
    vehicles = every.take(pc.sort_indices(every))
    decided = _by_columns(tables, vehicles, rates, law)
    left = sorted(set(range(len(vehicles))) - set(decided.column("at").to_pylist()))
    bounds = {name: _bounds(table, vehicles) for name, table in tables.items()}
    rows = []
    for at in left:
        mine = {
            name: table.slice(bounds[name][at], bounds[name][at + 1] - bounds[name][at])
            for name, table in tables.items()
        }
        mine |= {} if rates is None else {"rates": rates}
        rows.append({"at": at, **from_tables(vehicles[at].as_py(), mine, law.on, law.regulation, law.year)})
    one_by_one = pyarrow.Table.from_pylist(rows, decided.schema)
    both = pyarrow.concat_tables([decided, one_by_one])
    return both.take(pc.sort_indices(both.column("at"))).drop_columns(["at"]).combine_chunks()


def _bounds(table: pyarrow.Table, vehicles: pyarrow.Array) -> list[int]:
    """Return the first row of each vehicle in a table sorted by vehicle, and the number of rows."""
    import numpy as np

    names = table.column(VEHICLE).to_numpy()
    starts: list[int] = np.searchsorted(names, vehicles.to_numpy(zero_copy_only=False)).tolist()
    return [*starts, table.num_rows]


def _by_columns(
    tables: dict[str, pyarrow.Table], vehicles: pyarrow.Array, rates: pyarrow.Table | None, law: Law
) -> pyarrow.Table:
    """Return the results of the vehicles that can be computed in columns."""
    import numpy as np
    import pyarrow

    with_place = pyarrow.schema([("at", pyarrow.int64()), *schema()])
    if law.regulation.method != "factors":
        return with_place.empty_table()
    rules = GoodsRules(law.regulation, law.on, law.year)
    if not rules.walks_by_arrays:
        return with_place.empty_table()
    from tkdn.assessment.engines.arrays.figures import STATUSES  # the array engine
    from tkdn.portfolio.forest import Forest

    shared = rates_of(rates, law.on)
    if shared is None:
        return with_place.empty_table()
    found = Forest(tables, vehicles, shared, rules, law.on).found()
    columns: dict[str, Any] = {
        "at": pyarrow.array(found.vehicles, pyarrow.int64()),
        VEHICLE: vehicles.take(pyarrow.array(found.vehicles, pyarrow.int64())),
        "product": pyarrow.array(found.products, pyarrow.string()),
        "status": pyarrow.array([STATUSES[each] for each in found.figures.status.tolist()], pyarrow.string()),
    }
    for name in FIGURES:
        hundredths = getattr(found.figures, name)
        whole = pyarrow.array(np.nan_to_num(hundredths).astype(np.int64), mask=np.isnan(hundredths))
        columns[name] = _hundredths(whole)
    for name in ("error", "problems"):
        columns[name] = pyarrow.nulls(len(found.vehicles), pyarrow.string())
    return pyarrow.table([columns[name] for name in with_place.names], schema=with_place)


def _hundredths(whole: pyarrow.Array) -> pyarrow.Array:
    """Return whole hundredths as percentages with two decimals."""
    import pyarrow
    import pyarrow.compute as pc

    hundredth = pyarrow.scalar("0.01").cast(pyarrow.decimal128(3, 2))
    return pc.cast(pc.multiply(pc.cast(whole, pyarrow.decimal128(19, 0)), hundredth), pyarrow.decimal128(5, 2))


def _assess_bills(named: list[tuple[str, Bom]], law: Law) -> pyarrow.Table:
    import pyarrow

    rows = [row_of(name, bom, law.on, law.regulation, law.year) for name, bom in named]
    return pyarrow.Table.from_pylist(rows, schema())


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    coming = iter(items)
    while chunk := list(islice(coming, size)):
        yield chunk


def _needs_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError:
        raise MissingExtraError.of("assessing many bills", "many") from None
