"""Names of the keys of chart data, in English or Indonesian."""

from __future__ import annotations

from tkdn.assessment.chart_rows import Stage
from tkdn.assessment.charts.rows import OTHERS, UNKNOWN
from tkdn.bom.country import COUNTRIES, HOME, country_name
from tkdn.i18n import Lang, known, number, say, shown_origin


def country(code: str, lang: Lang) -> str:
    """Return the name of a country, or of what is said in its place.

    >>> country("JP", "id"), country("unknown", "en"), country("PT", "id"), country("XX", "id")
    ('Jepang', 'origin not known', 'Portugal', 'impor, negara tidak disebut')
    """
    if code in (UNKNOWN, OTHERS):
        return say(f"report.origin_{code}", lang)
    if code == HOME:
        return say("report.home", lang)
    if known(f"country.{code}"):
        return say(f"country.{code}", lang)
    return country_name(code) if code in COUNTRIES else shown_origin(code, lang)


def group_label(origin: str, scale: str | None, lang: Lang) -> str:
    """Return the name of a group of the treemap."""
    if scale is None:
        return country(origin, lang)
    return say("report.home_scale", lang, scale=say(f"report.scale_{scale}", lang))


def step_label(step: Stage, lang: Lang) -> str:
    """Return the name of a bar of a waterfall."""
    if step.kind == "component":
        return step.name or step.key
    if step.kind == "rest":
        return say("report.waterfall_rest", lang, count=number(step.count, lang))
    return say("report.total" if step.kind == "score" else f"table.{step.key}", lang)


def node_label(key: str, lang: Lang) -> str:
    """Return the name of a node of the Sankey diagram.

    >>> node_label("scale:small", "id"), node_label("credit:counted", "en")
    ('industri kecil', 'counts as domestic')
    """
    kind, _, name = key.partition(":")
    return country(name, lang) if kind == "origin" else say(f"report.{kind}_{name}", lang)
