"""The view of a calendar of certificates: days to come, each with the points that its loss costs."""

from __future__ import annotations

from tkdn.assessment.calendar import Calendar
from tkdn.assessment.calendar_events import Event, Stake
from tkdn.display.view import Lines, Table, TableRow, View, columns
from tkdn.i18n import Lang, clean, number, say

HEADS = ("day", "what", "part", "name", "certificate", "points", "article")


def calendar_view(found: Calendar, lang: Lang) -> View:
    """Return the events in the order of their days."""
    title, products = say("calendar.title", lang), ", ".join(each.product for each in found.assessments)
    if not found.events:
        return View(title, products, (Lines("", (say("calendar.none", lang),)),), lang)
    rows = tuple(_row(each, lang, several=len(found.assessments) > 1) for each in found.events)
    heads = columns(HEADS, lang, "calendar", holds={"points": "number"})
    return View(title, products, (Table(title, heads, rows, first=None, note=say("calendar.note", lang)),), lang)


def _row(event: Event, lang: Lang, *, several: bool) -> TableRow:
    points = "; ".join(_points(event, each, lang, several=several) for each in event.stakes)
    cells = (
        *(event.day.isoformat(), event.short_in(lang), event.part, event.name, event.certificate, points),
        event.article,
    )
    return dict(zip(HEADS, cells, strict=True))


def _points(event: Event, stake: Stake, lang: Lang, *, several: bool) -> str:
    """Return the points of a product: marked if they are not in its score today."""
    is_own = event.part == stake.product
    points = say("calendar.own", lang) if is_own else number(stake.points, lang)
    mark = "" if stake.counts or is_own else "*"
    return f"{clean(stake.product)} {points}{mark}" if several else f"{points}{mark}"
