"""The calendar of certificates as a table, in the terminal and in a notebook."""

from __future__ import annotations

from rich.text import Text

from tkdn.assessment.calendar import Calendar
from tkdn.assessment.calendar_events import Event, Stake
from tkdn.display.terminal_table import add_row, console, plain_table
from tkdn.i18n import Lang, clean, number, say
from tkdn.report.notebook import Page
from tkdn.report.wording import Cells

HEADS = ("day", "what", "part", "name", "certificate", "points", "article")


def show_calendar(found: Calendar, lang: Lang) -> None:
    """Print the events in the order of their days."""
    out = console()
    if not found.events:
        out.print(Text(say("calendar.none", lang)))
        return
    heads = [(say(f"calendar.{key}", lang), key == "points") for key in HEADS]
    table = plain_table(say("calendar.title", lang), heads)
    for each in found.events:
        add_row(table, *_cells(each, lang, len(found.assessments) > 1).values())
    table.caption = say("calendar.note", lang)
    out.print(table)


def calendar_html(found: Calendar, lang: Lang | None = None) -> str:
    """Return the events as a notebook shows them."""
    page = Page(lang)
    page.heading(say("calendar.title", page.lang), ", ".join(each.product for each in found.assessments))
    rows = (_cells(each, page.lang, len(found.assessments) > 1) for each in found.events)
    if found.events:
        heads = {key: say(f"calendar.{key}", page.lang) for key in HEADS}
        page.headed_table(say("calendar.title", page.lang), heads, ("points",), rows, len(found.events))
        page.text(say("calendar.note", page.lang))
    else:
        page.text(say("calendar.none", page.lang))
    return page.html


def _cells(event: Event, lang: Lang, several: bool) -> Cells:
    points = "; ".join(_points(event, each, lang, several) for each in event.stakes)
    texts = (
        event.day.isoformat(),
        event.short_in(lang),
        event.part,
        event.name,
        event.certificate,
        points,
        event.article,
    )
    return dict(zip(HEADS, texts, strict=True))


def _points(event: Event, stake: Stake, lang: Lang, several: bool) -> str:
    """Return the points of a product: marked if they are not in its score today."""
    is_own = event.part == stake.product
    points = say("calendar.own", lang) if is_own else number(stake.points, lang)
    mark = "" if stake.counts or is_own else "*"
    return f"{clean(stake.product)} {points}{mark}" if several else f"{points}{mark}"
