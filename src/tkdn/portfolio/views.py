"""The view of a portfolio: how many vehicles have which status, and the first of them with their figures."""

from __future__ import annotations

from tkdn.display.view import Holds, Table, TableRow, View, columns
from tkdn.i18n import Lang, known, number, say
from tkdn.portfolio.catalogue import VEHICLE
from tkdn.portfolio.results import FIGURES, Portfolio

HOLDS: dict[str, Holds] = {**dict.fromkeys(FIGURES, "number"), "vehicle": "id", "vehicles": "number"}


def portfolio_view(found: Portfolio, lang: Lang) -> View:
    """Return the vehicles of a run by status, and one row each."""
    counts: tuple[TableRow, ...] = tuple(
        {"status": _status(status, lang), "vehicles": count} for status, count in sorted(found.counts.items())
    )
    rows: tuple[TableRow, ...] = tuple(
        {
            "vehicle": each[VEHICLE],
            "product": each["product"],
            **{key: each[key] for key in FIGURES},
            "status": _status(each["status"], lang),
            "error": each["error"],
        }
        for each in found.table.to_pylist()
    )
    keys = ("vehicle", "product", *FIGURES, "status", "error")
    blocks = (
        Table(say("portfolio.counts", lang), columns(("status", "vehicles"), lang, "portfolio", holds=HOLDS), counts),
        Table(say("portfolio.vehicles", lang), columns(keys, lang, "portfolio", holds=HOLDS), rows),
    )
    return View(say("portfolio.title", lang, count=number(len(found), lang)), "", blocks, lang)


def _status(status: str, lang: Lang) -> str:
    key = f"status.{status}"
    return say(key, lang) if known(key) else say("portfolio.refused", lang)
