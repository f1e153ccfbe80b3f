"""The view of a comparison: score and potential, factors, the components that moved, legal values that differ."""

from __future__ import annotations

from collections.abc import Iterator

from tkdn.assessment.comparison.compare import Comparison
from tkdn.assessment.views.words import CHANGE_HEADS, change_cells, heads
from tkdn.display.view import FIRST_ROWS, Block, Column, Table, TableRow, View
from tkdn.i18n import Lang, say

FIGURES = (*CHANGE_HEADS, "by_share", "by_credit")


def comparison_view(found: Comparison, lang: Lang) -> View:
    """Return a comparison as a view."""

    def said(key: str) -> str:
        return say(f"table.{key}", lang)

    before, after = (
        f"{each.product}, {say('table.under', lang, law=each.regulation.name, on=each.on)}"
        for each in (found.before, found.after)
    )
    totals = Table(
        say("notebook.verdict", lang),
        (Column("figure", say("notebook.figure", lang)), *heads(CHANGE_HEADS, lang)),
        tuple(_totals(found, lang)),
        first=None,
    )
    factors = tuple(
        {"factor": said(row.key), **change_cells(row, CHANGE_HEADS)} for row in found.factors if row.before or row.after
    )
    moved = tuple(
        {"part": row.key, "name": row.name, **change_cells(row, FIGURES)} for row in found.components if row.change
    )
    others = tuple({"part": said(row.key), **change_cells(row, CHANGE_HEADS)} for row in found.beside)
    blocks: list[Block] = [
        Table(said("factors"), heads(("factor", *CHANGE_HEADS), lang), factors, first=None),
        Table(said("components"), heads(("part", "name", *FIGURES), lang), moved, others, first=2 * FIRST_ROWS),
    ]
    if found.law:
        rows = tuple(_law_row(change.to_dict()) for change in found.law)
        blocks.append(Table(said("law"), heads(("legal_key", "law_before", "law_after"), lang), rows, first=None))
    return View(say("notebook.compared", lang, before=before, after=after), "", (*blocks, totals), lang)


def _totals(found: Comparison, lang: Lang) -> Iterator[TableRow]:
    for key, change in (("score", found.change), ("potential", found.potential_change)):
        before, after = (getattr(each, key) for each in (found.before, found.after))
        yield {"figure": say(f"table.{key}", lang), "before": before, "after": after, "change": change}


def _law_row(change: dict[str, object]) -> TableRow:
    values = {at: value for at in ("before", "after") if isinstance(value := change[at], dict)}
    cells = {f"law_{at}": f"{value['value']} ({value['article']})" for at, value in values.items()}
    return {"legal_key": str(change["key"]), **cells}
