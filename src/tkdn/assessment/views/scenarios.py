"""The view of scenarios: how their figures are spread, and the first of them."""

from __future__ import annotations

from tkdn.assessment.scenarios.scenario_work import FIGURES
from tkdn.assessment.scenarios.scenarios import Scenarios
from tkdn.assessment.views.words import heads, title, under
from tkdn.display.view import Column, Table, TableRow, View
from tkdn.i18n import Lang, say

PERCENTILES = (5, 25, 50, 75, 95)


def scenarios_view(found: Scenarios, lang: Lang) -> View:
    """Return the percentiles of each figure, and every scenario with the values given."""

    def said(key: str, **values: object) -> str:
        return say(f"scenario.{key}", lang, **values)

    names = {figure: said("high") if figure == "high" else say(f"table.{figure}", lang) for figure in FIGURES}
    percentiles = tuple(Column(f"p{each}", said("percentile", percent=each), "number") for each in PERCENTILES)
    spread: tuple[TableRow, ...] = tuple(
        {"figure": names[figure], **{f"p{each}": found.percentile(each, figure) for each in PERCENTILES}}
        for figure in FIGURES
    )
    given = tuple(Column(column.name, column.name) for column in found.columns)
    figures = tuple(Column(figure, name, "number") for figure, name in names.items())
    rows = tuple(
        {
            **{column.name: None if column.values[at] is None else str(column.values[at]) for column in found.columns},
            **{figure: getattr(row, figure) for figure in FIGURES},
            "status": say(f"status.{row.status}", lang),
        }
        for at, row in enumerate(found.rows)
    )
    blocks = (
        Table(
            said("spread", count=len(found)),
            (Column("figure", say("notebook.figure", lang)), *percentiles),
            spread,
            first=None,
        ),
        Table(said("rows"), (*given, *figures, *heads(("status",), lang)), rows),
    )
    return View(title(found.assessment), under(found.assessment, lang), blocks, lang)
