"""The ways to the figures of one bill: by arrays and by exact numbers, from another bill, many at once, and by the oracle."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.portfolio.catalogues import write
from tests.support import bills, oracle
from tests.support.build import ON
from tests.support.oracle_bill import Bill, gross_quantity, opens, reachable, read, rule_1_lines, unit_cost, uses_now
from tests.support.oracle_rules import rule_2_credit, rule_6_potential_credit

from tkdn import Assessment, Bom, BomError, assess, assess_many, scenarios
from tkdn.assessment import goods
from tkdn.assessment.engines.arrays.array_engine import ArrayEngine
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.rounding import two_places

Said = tuple[Any, ...]
Document = dict[str, Any]
BEYOND = 10**60 * (1 + Fraction(1, 10**9))
"""Costs and opened quantities beyond this or its inverse are refused: 10^60, and what floats may lose of it (docs/bill.md)."""


def by_arrays() -> Any:
    """Walk bills of any size by arrays."""
    return patch.object(goods, "MANY_USES", 0)


def said(of: Callable[[], Assessment]) -> Said:
    """Return what the outputs print of the product, or the code of the refusal."""
    try:
        found = of()
        return found.status, found.score, found.potential, found.bounds, found.coverage
    except BomError as error:
        return "refused", error.code


def figures(bom: Bom, **options: Any) -> Said:
    """Return the figures of a new assessment."""
    return said(partial(assess, bom, **options))


def walked(bom: Bom) -> dict[str, tuple[int, int, int]]:
    """Return least, greatest and potential credit of every part, by the array walk."""
    with by_arrays():
        found = assess(bom)
    assert isinstance(found, GoodsAssessment)
    assert isinstance(found.engine, ArrayEngine)
    arrays, shape = found.engine.walked, found.engine.bill.structure
    columns = zip(arrays.today.tolist(), arrays.best_case.tolist(), arrays.potential.tolist(), strict=True)
    return {bom.parts[number].id: each for number, each in zip(shape.indexes.tolist(), columns, strict=True)}


def walked_exactly(bom: Bom) -> dict[str, tuple[int, int, int]]:
    """Return least, greatest and potential credit of every part, by the exact walk."""
    found = assess(bom, exact=True)
    assert isinstance(found, GoodsAssessment)
    credit = found.exact_engine.credit
    return {bom.parts[number].id: (each.today, each.best_case, each.potential) for number, each in credit.items()}


def changed(bom: Bom, changes: dict[str, Any], *, exact: bool) -> Said:
    """Return the figures of a bill with changes, from those of the bill without them."""
    with by_arrays():
        base = assess(bom, exact=exact)
        base.score  # noqa: B018  # the change starts from figures at hand
        return said(partial(base.with_changes, changes))


def in_scenarios(bom: Bom, path: str, values: list[Any]) -> list[Said]:
    """Return the figures of a bill with each of these values at a path."""
    with by_arrays():
        rows = scenarios(bom, {path: values}).rows
    return [(row.status, row.score, row.potential, (row.score, row.high), row.coverage) for row in rows]


def at_once(held: Mapping[str, Bom]) -> dict[str, Said]:
    """Return the figures of bills in memory, assessed together."""
    return _rows(assess_many(held, on=ON).table.to_pylist())


def in_catalogue(held: Mapping[str, Bom], *, floats: bool) -> dict[str, Said]:
    """Return the figures of bills written as a catalogue, with its numbers as floats or with all their digits."""
    with tempfile.TemporaryDirectory() as folder:
        return _rows(assess_many(write(Path(folder), held, floats=floats), on=ON).table.to_pylist())


def _rows(rows: list[dict[str, Any]]) -> dict[str, Said]:
    return {
        row["vehicle"]: ("refused", row["error"])
        if row["status"] == "refused"
        else (row["status"], row["score"], row["potential"], (row["score"], row["high"]), row["coverage"])
        for row in rows
    }


def by_oracle(document: Document) -> Said:
    """Return the figures that the oracle gives, or the refusal of a bill in which it finds a number beyond the range."""
    return by_oracle_in_full(document)[0]


def by_oracle_in_full(document: Document) -> tuple[Said, dict[str, tuple[int, int, int]]]:
    """Return what `by_oracle` does, and least, greatest and potential credit of every part."""
    bill = read(document, bills.ON)
    if beyond(bill):
        return ("refused", "number-too-large"), {}
    told = oracle.assess_bill(bill)
    bounds = (two_places(told["low"]), two_places(told["high"]))
    figured = (two_places(told["score"]), two_places(told["potential"]))
    credit = {
        part: (
            rule_2_credit(bill, part),
            rule_2_credit(bill, part, high=True),
            rule_6_potential_credit(bill, part),
        )
        for part in reachable(bill)
        if not opens(bill, part)
    }
    return (told["status"], *figured, bounds, two_places(told["coverage"])), credit


def beyond(bill: Bill) -> bool:
    """Return True if a unit cost, a line's cost or an opened quantity of the bill is beyond 10^±60."""
    goods_ = [part for part in reachable(bill) if not opens(bill, part)]
    return any(not 1 <= value * BEYOND <= BEYOND**2 for good in goods_ for value in _numbers(bill, good))


def _numbers(bill: Bill, good: str) -> Iterator[Fraction]:
    """Yield what is looked at of one good: its cost, those of its lines, and quantities that opened parts lead to."""
    own = unit_cost(bill, good)
    if own is not None:
        yield own
    lines = rule_1_lines(bill, good)
    for part, quantity in lines.items():
        cost = unit_cost(bill, part)
        if cost is not None:
            yield quantity * cost
    amounts: dict[str, Fraction] = {}
    waiting = [(good, Fraction(1))]
    while waiting:  # a chain has one way to each opened part
        above, times = waiting.pop()
        for use in uses_now(bill, above):
            if opens(bill, use["part"]):
                amounts[use["part"]] = times * gross_quantity(bill, use)
                waiting.append((use["part"], amounts[use["part"]]))
    if amounts:
        yield from (*amounts.values(), *lines.values())
