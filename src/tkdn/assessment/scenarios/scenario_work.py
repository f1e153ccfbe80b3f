"""Working out scenarios: columns read and checked, what can be done in columns done so, the rest row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING, Any, Literal, SupportsFloat, cast

from tkdn.assessment.assess import assess
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.rounding import of_hundredths, text
from tkdn.bom.changes import SECTIONS, BillEdit
from tkdn.bom.model import Price, Rate, Record, Use
from tkdn.display.frames import Frame, rows_of_frame
from tkdn.errors import BomError, Place, Problem, TkdnError, UsageError, nearest

if TYPE_CHECKING:
    from tkdn.assessment.engines.arrays.many_variants import Plan
    from tkdn.assessment.engines.engine import Status
    from tkdn.bom.compiled import Floats

Figure = Literal["score", "potential", "high", "coverage"]
FIGURES: tuple[Figure, ...] = ("score", "potential", "high", "coverage")


@dataclass(frozen=True)
class Column:
    """One changed value in every scenario: `name` as given, and what it names. None: as in the bill."""

    name: str
    section: str
    key: str
    field: str | None
    values: Sequence[Any]

    @cached_property
    def given(self) -> dict[int, Any]:
        """The cells that hold a value, by row."""
        values = self.values.tolist() if hasattr(self.values, "tolist") else self.values
        return {row: value for row, value in enumerate(values) if value is not None and value == value}  # noqa: PLR0124

    def change(self, row: int) -> dict[str, Any]:
        """Return the change that the column makes in a row, as the record's field and value."""
        value = self.given[row]
        return {self.key: value if self.field is None else {self.field: value}}


@dataclass(frozen=True)
class Scenario:
    """One scenario: percentages with two places, or None where nothing can be said."""

    score: Decimal | None
    potential: Decimal | None
    high: Decimal | None
    coverage: Decimal | None
    status: Status

    def to_dict(self) -> dict[str, str | None]:
        """Return the figures as plain data: percentages as strings with two decimals."""
        return {**{name: text(getattr(self, name)) for name in FIGURES}, "status": self.status}


def columns_of(columns: Frame | Mapping[str, Sequence[object]]) -> list[Column]:
    """Return the columns of a frame or mapping.

    Raises:
        UsageError: `scenario-length`, `scenario-column`: all names and lengths are looked at before it is raised.
    """
    if isinstance(columns, Mapping):
        given = {str(name): _cells(values) for name, values in columns.items()}
    else:
        names, rows = rows_of_frame(columns, "columns")
        given = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    problems, found = [], []
    lengths = {len(values) for values in given.values()}
    if len(lengths) > 1:
        shown = ", ".join(f"{name} {len(values)}" for name, values in given.items())
        problems.append(
            Problem.worded("scenario-length", f"columns of different length: {shown}", "give one cell a scenario")
        )
    for name, values in given.items():
        section, _, rest = name.partition(".")
        key, _, field = (rest, "", None) if section == "rates" else rest.rpartition(".")
        if section in SECTIONS and key:
            found.append(Column(name, section, key, field, values))
            continue
        remedy = nearest(section, SECTIONS) or "write parts.ID.price, uses.PARENT > PART.quantity, rates.USD ..."
        message = f"the column {name!r} does not say what it changes"
        problems.append(Problem.worded("scenario-column", message, remedy, Place(column=name)))
    if problems:
        raise UsageError(problems)
    return found


def _cells(values: Sequence[object] | Iterable[object]) -> Sequence[object]:
    """Return cells that can be counted: an array or a sequence as it is, anything else as a list."""
    return (
        cast("Sequence[object]", values) if hasattr(values, "dtype") or isinstance(values, Sequence) else list(values)
    )


class ScenarioWork:
    """The work on the rows of one call."""

    def __init__(self, assessment: GoodsAssessment, columns: list[Column], count: int) -> None:
        """Take the assessment that rows change, what the columns change in it, and how many rows there are."""
        self.assessment, self.columns, self.count = assessment, columns, count
        self.bom = assessment.bom
        self.exact_rows = 0
        self.problems: list[Problem] = []

    def rows(self) -> list[Scenario]:
        """Return one scenario a row."""
        self._names()
        slow, plan = self._plan()
        if self.problems:
            raise BomError(self.problems)
        if not self.assessment.rules.walks_by_arrays:  # a reading of the law that arrays do not know
            self.exact_rows = self.count
            return [self._exactly(row) for row in range(self.count)]
        from tkdn.assessment.engines.arrays.figures import STATUSES
        from tkdn.assessment.engines.arrays.many_variants import figures_of

        found = figures_of(self.assessment.array_engine, self.bom, plan)
        columns = [[_rounded(each) for each in getattr(found, name).tolist()] for name in FIGURES]
        doubtful = set(found.doubtful.nonzero()[0].tolist()) | slow
        self.exact_rows = len(doubtful)
        rows: list[Scenario] = []
        for row, status in enumerate(found.status.tolist()):
            if row in doubtful:
                rows.append(self._exactly(row))
            else:
                score, potential, high, coverage = (column[row] for column in columns)
                rows.append(Scenario(score, potential, high, coverage, STATUSES[status]))
        return rows

    def _names(self) -> None:
        """Refuse what the bill does not have, all of it at once: by the first value of each column."""
        first: dict[str, dict[str, Any]] = defaultdict(dict)
        for column in self.columns:
            for row in list(column.given)[:1]:
                self._merge(first, column, row)
        with suppress(BomError):  # values are looked at row by row
            BillEdit(self.bom, first, self.assessment.on)

    @staticmethod
    def _merge(into: dict[str, dict[str, Any]], column: Column, row: int) -> None:
        key, given = next(iter(column.change(row).items()))
        is_record = isinstance(given, dict)
        value: Any = {name: _plain(each) for name, each in given.items()} if is_record else _plain(given)
        held = into[column.section].get(key)
        into[column.section][key] = {**held, **value} if isinstance(held, dict) else value

    def _changes(self, row: int) -> dict[str, dict[str, Any]]:
        changes: dict[str, dict[str, Any]] = defaultdict(dict)
        for column in self.columns:
            if row in column.given:
                self._merge(changes, column, row)
        return changes

    def _plan(self) -> tuple[set[int], Plan]:
        """Return the rows that must be computed one by one, and what the columns change in the others."""
        from tkdn.assessment.engines.arrays.many_variants import Plan

        plan, others = Plan(self.count), []
        index = self.bom.graph.index
        for column in self.columns:
            if column.section == "parts" and column.field == "price" and self._amounts(column):
                plan.prices[index[column.key]] = self._numbers(column, Price, "amount")
            elif column.section == "rates" and column.key not in self._conversion_currencies:
                plan.rates[column.key] = self._numbers(column, Rate, "rate")
            elif column.section == "uses" and column.field == "quantity" and (line := self._line(column)) is not None:
                plan.quantities[line] = self._numbers(column, Use, "quantity") * self._gross(line)
            else:
                others.append(column)
        return self._others(others, plan), plan

    @cached_property
    def _conversion_currencies(self) -> set[str]:
        """Currencies of conversion costs: with another rate of one of these, a row is computed on its own."""
        costs = (part.conversion_cost for part in self.bom.parts)
        return {cost.currency or self.bom.currency for cost in costs if cost is not None}

    def _amounts(self, column: Column) -> bool:
        """Return True if the column holds amounts of a price in the bill, and not whole prices."""
        part = self.bom.parts[self.bom.graph.index[column.key]]
        return part.price is not None and not any(isinstance(value, dict | Price) for value in column.given.values())

    def _line(self, column: Column) -> int | None:
        use = self.assessment.array_engine.bill.use
        if use is None:
            return None
        on = self.assessment.on
        number = BillEdit(self.bom, {"uses": {column.key: {}}}, on).asked_uses[0]
        lines = (use == number).nonzero()[0]
        return int(lines[0]) if len(lines) else None

    def _gross(self, line: int) -> float:
        use, bill = self.assessment.array_engine.bill.use, self.assessment.array_engine.bill
        assert use is not None
        return float(bill.structure.quantity[line]) / float(self.bom.uses[int(use[line])].quantity)

    def _numbers(self, column: Column, model: type[Record], field: str) -> Floats:
        """Return the column as floats, nan for empty cells; what is no such number is a problem with its row."""
        import numpy as np
        from pydantic import TypeAdapter, ValidationError

        if getattr(getattr(column.values, "dtype", None), "kind", "") == "f":
            values: Floats = np.array(column.values)
            wrong = ~(np.isnan(values) | ((values > 0) & np.isfinite(values)))
            checked = wrong.nonzero()[0].tolist()
        else:
            values = np.full(self.count, np.nan)
            values[list(column.given)] = [_float(each) for each in column.given.values()]
            checked = list(column.given)
        adapter = TypeAdapter(model.__annotations__[field])
        for row in checked:
            try:
                adapter.validate_python(_plain(column.given[row]))
            except ValidationError as error:
                context = error.errors()[0].get("ctx", {})
                place = Place(row=row + 1, column=column.name)
                self.problems.append(Problem(context["code"], context["values"], place, case=context["case"]))
        return values

    def _others(self, columns: list[Column], plan: Plan) -> set[int]:
        """Add changes of facts to the plan, computed once for all rows in which they are the same.

        Returns:
            The rows that change lines too, which are computed one by one.
        """
        import numpy as np

        cells: dict[int, list[tuple[str, Any]]] = defaultdict(list)
        for column in columns:
            for row, value in column.given.items():
                cells[row].append((column.name, value))
        same: dict[str, list[int]] = defaultdict(list)
        for row, values in sorted(cells.items()):
            same[repr(values)].append(row)
        slow: set[int] = set()
        for rows in same.values():
            changes: dict[str, dict[str, Any]] = defaultdict(dict)
            for column in columns:
                if rows[0] in column.given:
                    self._merge(changes, column, rows[0])
            try:
                change = BillEdit(self.bom, changes, self.assessment.on)
            except TkdnError as error:
                place = Place(row=rows[0] + 1)
                self.problems += [replace(each, place=place) for each in error.problems]
                continue
            facts = self.assessment.array_engine.facts_only(change)
            if facts is None:
                slow.update(rows)
            else:
                plan.facts.append((np.array(rows), *facts))
        return slow

    def _exactly(self, row: int) -> Scenario:
        """Return one row by a full assessment of the changed bill, which decides what a float cannot."""
        base = self.assessment
        try:
            bom = self.bom.with_changes(self._changes(row), on=base.on)
            law, product = base.regulation, base.product
            exact = assess(bom, on=base.on, regulation=law, year=base.year, product=product, allow_repealed=True)
        except TkdnError as error:
            place = Place(row=row + 1)
            found = [replace(each, place=place) for each in error.problems]
            raise type(error)(found) from None
        return Scenario(exact.score, exact.potential, exact.bounds[1], exact.coverage, exact.status)


def _rounded(hundredths: float) -> Decimal | None:
    return None if isnan(hundredths) else of_hundredths(int(hundredths))


def _plain(value: object) -> object:
    """Return a number of numpy as Python's own."""
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value


def _float(value: str | SupportsFloat) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
