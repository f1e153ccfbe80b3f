"""One vehicle of a catalogue by the reader of single bills: exact, and with all its problems; the rates that all share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tkdn.assessment.assess import assess
from tkdn.bom.bom import Bom
from tkdn.bom.money import RatesOn
from tkdn.errors import TkdnError
from tkdn.portfolio.catalogue import VEHICLE

if TYPE_CHECKING:
    import pyarrow

    from tkdn.law.regulation import Regulation

ResultRow = dict[str, Any]
"""The result of one vehicle, by the columns of a portfolio."""
MAX_SHOWN = 10
_PARTS = {"id": ["-"]}


def rates_of(table: pyarrow.Table | None, on: date) -> RatesOn | None:
    """Return the rates that count on the day, or None if the table is wrong, which every single bill then says."""
    if table is None:
        return RatesOn((), on)
    import pyarrow

    nothing = pyarrow.table({"parent": pyarrow.array([], pyarrow.string()), "part": [], "quantity": []})
    try:
        bom = Bom.from_frames(pyarrow.table(_PARTS), nothing, rates=table)
    except TkdnError:
        return None
    return RatesOn(bom.rates, on)


def row_of(vehicle: str, bom: Bom, on: date, law: Regulation, year: int | None) -> ResultRow:
    """Return the result of one bill."""
    try:
        assessment = assess(bom, on=on, regulation=law, year=year)
        low, high = assessment.bounds
        return {
            VEHICLE: vehicle,
            "product": assessment.product,
            "score": low,
            "potential": assessment.potential,
            "high": high,
            "coverage": assessment.coverage,
            "status": assessment.status,
            "error": None,
            "problems": None,
        }
    except TkdnError as error:
        return refused(vehicle, error)


def refused(vehicle: str, error: TkdnError) -> ResultRow:
    """Return the result of a bill that cannot be assessed: its problems, and no figures."""
    shown = [str(problem) for problem in error.problems[:MAX_SHOWN]]
    rest = len(error.problems) - len(shown)
    nothing = dict.fromkeys(("product", "score", "potential", "high", "coverage"))
    text = "\n".join(shown + ([f"... and {rest} more problems"] if rest else []))
    return {VEHICLE: vehicle, **nothing, "status": "refused", "error": error.code, "problems": text}


def from_tables(
    vehicle: str, tables: dict[str, pyarrow.Table], on: date, law: Regulation, year: int | None
) -> ResultRow:
    """Return the result of one vehicle from its own rows of every table."""
    frames: dict[str, Any] = {
        name: table.drop_columns([VEHICLE]) if VEHICLE in table.column_names else table
        for name, table in tables.items()
        if name in ("parts", "uses") or table.num_rows
    }
    try:
        bom = Bom.from_frames(**frames)
    except TkdnError as error:
        return refused(vehicle, error)
    return row_of(vehicle, bom, on, law, year)
