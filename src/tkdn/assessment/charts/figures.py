"""The charts as figures of plotly. Names from a bill are shown as they are: plotly would read markup in them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from typing import Any

from plotly import graph_objects as plotly

from tkdn.assessment.chart_rows import Flow, Stage, Tile
from tkdn.assessment.charts.labels import group_label, node_label, step_label
from tkdn.assessment.charts.rows import UNKNOWN, by_cost
from tkdn.assessment.lift_rows import GroupRow, LiftRow
from tkdn.assessment.rounding import two_places
from tkdn.bom.country import HOME
from tkdn.bom.region import regions
from tkdn.i18n import Lang, clean, number, say

DOMESTIC, DARK, FACTOR, LESS, ABROAD, LARGE, UNSAID = (
    "#0d5b4d",
    "#17211e",
    "#47708f",
    "#8a2a16",
    "#e3cfa6",
    "#a9c3d6",
    "#e6e1d7",
)
SMALL = "#8cc7b3"
LONGEST, MOST_BARS = 60, 30
ROW, FRAME = 26, 110
"""Height of a bar, and what is above and below the bars, in pixels."""
TOTALS = ("score", "before", "after")


def _shown(text: str) -> str:
    text = clean(text)
    return escape(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…", quote=False)


def _figure(data: object, lang: Lang, title: str, height: int | None = None, **layout: object) -> plotly.Figure:
    figure = plotly.Figure(data)
    figure.update_layout(
        title=say(f"report.{title}", lang),
        separators=",." if lang == "id" else ".,",
        template="plotly_white",
        font={"color": DARK},
        height=height,
        **layout,
    )
    return figure


def _axis(labels: Sequence[str]) -> dict[str, Any]:
    """Return an axis with one place for each label, also where two are the same."""
    places = list(range(len(labels)))
    return {"tickvals": places, "ticktext": labels, "autorange": "reversed", "automargin": True}


def waterfall(steps: Sequence[Stage], lang: Lang) -> plotly.Figure:
    """Draw bars from left to right, one below the other; totals start at 0."""
    labels = [_shown(step_label(step, lang)) for step in steps]
    data = plotly.Waterfall(
        orientation="h",
        y=list(range(len(steps))),
        x=[float(step.points) for step in steps],
        measure=["absolute" if step.kind in TOTALS else "relative" for step in steps],
        text=[number(two_places(step.points), lang) for step in steps],
        customdata=labels,
        hovertemplate="%{customdata}: %{text}<extra></extra>",
        increasing={"marker": {"color": DOMESTIC}},
        decreasing={"marker": {"color": LESS}},
        totals={"marker": {"color": DARK}},
    )
    title = "changes" if steps and steps[0].kind == "before" else "waterfall"
    return _figure(data, lang, title, FRAME + ROW * len(steps), yaxis=_axis(labels))


def treemap(tiles: Sequence[Tile], lang: Lang) -> plotly.Figure:
    """Draw groups as tiles, and in them their parts."""
    ids, labels, parents, values, colours = [], [], [], [], []
    for (origin, scale), members in by_cost(tiles).items():
        group = f"{origin}:{scale}"
        rows = [(group, group_label(origin, scale, lang), "", 0.0)]
        for place, tile in enumerate(members):
            rest = say("report.rest", lang, count=number(tile.count, lang))
            rows.append((f"{group}:{place}", tile.name or tile.part or rest, group, float(tile.cost)))
        for id_, label, parent, value in rows:
            ids.append(id_)
            labels.append(_shown(label))
            parents.append(parent)
            values.append(value)
            colours.append(_colour(origin, scale))
    data = plotly.Treemap(
        ids=ids,
        labels=labels,
        parents=parents,
        values=values,
        marker={"colors": colours},
        texttemplate="%{label}<br>%{percentRoot:.2%}",
        hovertemplate="%{label}<br>Rp %{value:,.2f}<br>%{percentRoot:.2%}<extra></extra>",
    )
    return _figure(data, lang, "treemap")


def _colour(origin: str, scale: str | None) -> str:
    if origin != HOME:
        return UNSAID if origin == UNKNOWN else ABROAD
    return {"large": LARGE, UNKNOWN: UNSAID}.get(scale or "", SMALL)


def sankey(flows: Sequence[Flow], lang: Lang) -> plotly.Figure:
    """Draw bands from origins to size classes to what counts."""
    keys = list(dict.fromkeys(key for flow in flows for key in (flow.source, flow.target)))
    place = {key: number for number, key in enumerate(keys)}
    data = plotly.Sankey(
        node={"label": [node_label(key, lang) for key in keys], "color": DARK, "thickness": 14},
        link={
            "source": [place[flow.source] for flow in flows],
            "target": [place[flow.target] for flow in flows],
            "value": [float(flow.cost) for flow in flows],
        },
        valueformat=",.2f",
        valuesuffix=" Rp",
    )
    return _figure(data, lang, "sankey")


def lift(rows: Sequence[LiftRow | GroupRow], lang: Lang) -> plotly.Figure:
    """Draw bars by lift; a part without which there is no TKDN is as long as the longest, and says so."""
    shown = rows[:MOST_BARS]
    labels = [_shown(_lift_label(row, lang)) for row in shown]
    longest = max((row.effect.lift or Fraction(0) for row in shown), default=Fraction(0)) or Fraction(1)
    texts = [say("report.nothing_without", lang) if row.lift is None else number(row.lift, lang) for row in shown]
    data = plotly.Bar(
        orientation="h",
        y=list(range(len(shown))),
        x=[float(longest if row.effect.lift is None else row.effect.lift) for row in shown],
        text=texts,
        customdata=labels,
        hovertemplate="%{customdata}: %{text}<extra></extra>",
        marker={"color": DOMESTIC},
    )
    return _figure(data, lang, "lift_bars", FRAME + ROW * len(shown), yaxis=_axis(labels))


def _lift_label(row: LiftRow | GroupRow, lang: Lang) -> str:
    if isinstance(row, LiftRow):
        return row.name or row.part
    key = row.key or say("page.no_key", lang)
    if key in ("micro", "small", "medium"):
        return say(f"report.scale_{key}", lang)
    return str(regions().get(key, key))
