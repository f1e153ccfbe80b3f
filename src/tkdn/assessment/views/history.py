"""The view of a history: the releases, each change with the score after it, and the sum by kind of change."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tkdn.assessment.comparison.history import Attribution, History
from tkdn.assessment.rounding import two_places
from tkdn.assessment.views.words import title
from tkdn.display.view import Column, Holds, Lines, Table, TableRow, View, columns
from tkdn.i18n import Lang, say, shown_origin
from tkdn.short_repr import cut

MAX_VALUE = 30
"""Characters of a value that are shown."""
HOLDS: dict[str, Holds] = {"score": "number", "after": "number", "change": "gain"}


def history_view(found: History, lang: Lang) -> View:
    """Return a history as a view; rows that change nothing and say nothing new are counted on a first screen only."""

    def said(key: str, **values: object) -> str:
        return say(f"history.{key}", lang, **values)

    def heads(*keys: str) -> tuple[Column, ...]:
        return columns(keys, lang, "history", holds=HOLDS)

    releases = tuple(
        {"release": label, "date": each.on.isoformat(), "score": each.score}
        for label, each in zip(found.labels, found.assessments, strict=True)
    )
    moved = [row for row in found.rows if row.exact or row.before != row.after]
    still = [row for row in found.rows if not (row.exact or row.before != row.after)]
    rows = tuple(_row(row, lang) for row in (*moved, *still))
    total: tuple[TableRow, ...] = ({"release": said("total"), "change": two_places(found.exact)},)
    sums: tuple[TableRow, ...] = tuple(
        {"what": _kinds(kind.split(" + "), lang), "change": two_places(value)} for kind, value in found.by_kind.items()
    )
    changes = Table(
        said("title"),
        heads("release", "what", "about", "values", "after", "change"),
        rows,
        total,
        first=len(moved),
        rest=said("unmoved", count=len(still)) if still else "",
    )
    blocks = (
        Table(said("releases"), heads("release", "date", "score"), releases, first=None),
        changes,
        Table(said("sums"), heads("what", "change"), sums, first=None),
        Lines("", (said("order"),)),
    )
    return View(title(found.assessments[-1]), "", blocks, lang)


def _row(row: Attribution, lang: Lang) -> TableRow:
    return {
        "release": row.release,
        "what": _kinds(dict.fromkeys(step.kind for step in row.steps), lang),
        "about": ", ".join(dict.fromkeys(step.about for step in row.steps if step.about)),
        "values": _values(row, lang),
        "after": two_places(row.after),
        "change": two_places(row.exact),
    }


def _kinds(kinds: Iterable[str], lang: Lang) -> str:
    return " + ".join(dict.fromkeys(say(f"change.{each}", lang) for each in kinds))


def _values(row: Attribution, lang: Lang) -> str:
    return "; ".join(
        f"{step.field + ': ' if step.field else ''}"
        + " -> ".join(_value(value, step.field, lang) for value in (step.before, step.after))
        for step in row.steps
    )


def _value(value: object, field: str | None, lang: Lang) -> str:
    """Return a value as short text: of money its amount, of certificates their values."""
    if field == "made_in" and isinstance(value, str):
        return shown_origin(value, lang)
    if isinstance(value, list) and value and all(isinstance(each, dict) and "tkdn" in each for each in value):
        return ", ".join(f"{each['tkdn']}%" for each in value)
    if isinstance(value, dict) and "amount" in value:
        return " ".join(str(value[key]) for key in ("amount", "currency") if key in value)
    if value in (None, []):
        return "-"
    return cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), MAX_VALUE)
