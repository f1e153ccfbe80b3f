"""The view of a lift: which parts lift most, what all of them lift together, and why others do not count."""

from __future__ import annotations

from tkdn.assessment.lift import By, Lift
from tkdn.assessment.lift_rows import GroupRow, LiftRow
from tkdn.assessment.rounding import two_places
from tkdn.assessment.views.words import group_name, heads, points_cell, scale_name, title, under
from tkdn.display.view import FIRST_ROWS, Block, Lines, Table, TableRow, View
from tkdn.i18n import Lang, say

BY_PART = ("part", "name", "supplier", "scale", "region", "spend", "lift", "without")
BY_GROUP = ("key", "parts", "spend", "lift", "without")


def lift_view(lift: Lift, lang: Lang) -> View:
    """Return a lift as a view, all rows."""
    return View(title(lift.assessment), under(lift.assessment, lang), lift_blocks(lift, lang), lang)


def lift_blocks(lift: Lift, lang: Lang, *, brief: bool = False) -> tuple[Block, ...]:
    """Return the table of a lift and what is said below it.

    Args:
        lift: the lift.
        lang: the language.
        brief: True for only parts that lift, as the view of an assessment shows them.
    """

    def said(key: str, **values: object) -> str:
        return say(f"table.{key}", lang, **values)

    if not lift.rows:
        return (Lines("", (said("no_ikm"),)),)
    by_part = BY_PART if brief else (*BY_PART, "hidden_by")
    keys = by_part if lift.by == "part" else BY_GROUP
    lifting = [row for row in lift.rows if row.effect.lift != 0]
    rows = tuple(_row(row, lift.by, lang) for row in (lifting if brief else lift.rows))
    joint: tuple[TableRow, ...] = ()
    if len(lift.rows) > 1:
        count = sum(len(getattr(row, "parts", [row])) for row in lift.rows)
        points = points_cell(lift.joint.lift, lift.joint.status, lang)
        named = say("table.joint", lang, count=count)
        joint = ({keys[0]: named, "lift": points, "without": two_places(lift.joint.without)},)
    caption = said("ikm", basis=said(f"basis_{lift.basis}"))
    left = len(lift.rows) - len(lifting)
    note = said("no_lift", count=left) if brief and left and len(lifting) <= FIRST_ROWS else ""
    rest = said("more", count=len(lift.rows) - FIRST_ROWS) if brief else ""
    table = Table(caption, heads(keys, lang), rows, joint, FIRST_ROWS if brief else None, rest, note)
    return (table,) if brief else (table, *_below(lift, lang))


def _below(lift: Lift, lang: Lang) -> tuple[Block, ...]:
    lines = [say("table.small", lang, count=lift.small_industries)]
    if lift.traded:
        parts = ", ".join(f"{each['part']} ({each['supplier']})" for each in lift.traded)
        lines.append(say("table.traded", lang, parts=parts))
    return (Lines("", tuple(lines)),)


def _row(row: LiftRow | GroupRow, by: By, lang: Lang) -> TableRow:
    figures: TableRow = {
        "spend": two_places(row.spend),
        "lift": points_cell(row.effect.lift, row.status, lang),
        "without": row.without,
    }
    if isinstance(row, GroupRow):
        return {"key": group_name(row.key, by, lang), "parts": len(row.parts), **figures}
    hidden = "; ".join(say(f"hidden.{each.why}", lang, part=each.part) for each in row.hidden_by)
    facts = {key: getattr(row, key) for key in ("part", "name", "supplier", "region")}
    return {**facts, "scale": scale_name(row.scale, lang), **figures, "hidden_by": hidden}
