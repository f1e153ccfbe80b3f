"""Exchange rates that all vehicles of a catalogue share."""

from __future__ import annotations

from datetime import date
from typing import Any

from tkdn.bom.bom import Bom
from tkdn.bom.money import RatesOn
from tkdn.errors import TkdnError

_PARTS = {"id": ["-"]}


def rates_of(table: Any, on: date) -> RatesOn | None:
    """Return the rates that count on the day; None if the table is wrong, which every single bill then says."""
    if table is None:
        return RatesOn((), on)
    import pyarrow

    nothing = pyarrow.table({"parent": pyarrow.array([], pyarrow.string()), "part": [], "quantity": []})
    try:
        bom = Bom.from_frames(pyarrow.table(_PARTS), nothing, rates=table)
    except TkdnError:
        return None
    return RatesOn(bom.rates, on)
