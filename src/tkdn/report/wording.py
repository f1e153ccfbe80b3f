"""Figures and findings in words, the same for a terminal and a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.lift import By
from tkdn.assessment.lift_rows import GroupRow
from tkdn.assessment.rounding import two_places
from tkdn.bom.region import region
from tkdn.i18n import Lang, legal_word, number, of_law, say, shown_origin
from tkdn.law.shipped import regulation

if TYPE_CHECKING:
    from tkdn.assessment.comparison.compare import Change
    from tkdn.assessment.findings.finding import Assumption, Gap
    from tkdn.assessment.lift_rows import LiftRow
    from tkdn.assessment.result import Assessment, Component, Factor
    from tkdn.law.regulation import Parameter, Regulation

PROCUREMENT = "pp-29-2018"
NUMBERS = frozenset({
    "certified", "own", "credited", "credited_potential", "share", "points", "value", "weight", "parts", "spend", "lift",
    "without", "before", "after", "change", "by_share", "by_credit", "quantity", "price",
})  # fmt: skip
"""Columns of numbers."""
COMPONENT_HEADS = (
    "part",
    "name",
    "made_in",
    "certified",
    "own",
    "credited",
    "credited_potential",
    "share",
    "points",
)
CHANGE_HEADS = ("before", "after", "change")
SIGNS = {"over": ">", "at_least": ">=", "at_most": "<="}

Cells = Mapping[str, object]


def figure(value: Fraction | None, lang: Lang) -> str:
    """An exact figure with two decimals, as people write it."""
    return number(two_places(value), lang)


def by_cost(assessment: Assessment) -> list[Component]:
    """The components that enter the sum, the most costly first."""
    counting = [each for each in assessment.components.values() if each.counts]
    return sorted(counting, key=lambda each: -(each.exact["cost"] or Fraction(0)))


def component_cells(assessment: Assessment, component: Component, lang: Lang) -> Cells:
    figures = {head: number(getattr(component, head), lang) for head in COMPONENT_HEADS[3:]}
    made_in = assessment.part(component.part).made_in
    made_in = made_in and shown_origin(made_in, lang)
    return {"part": component.part, "name": component.name, "made_in": made_in, **figures}


def factor_rows(assessment: Assessment, lang: Lang) -> Iterator[Cells]:
    """The factors with value, weight and points; brainware only where it gives any."""
    for name, factor in assessment.factors.items():
        if name != "brainware" or factor.value:
            yield {"factor": say(f"table.{name}", lang), **_factor_cells(factor, lang)}


def _factor_cells(factor: Factor, lang: Lang) -> Cells:
    return {head: figure(getattr(factor, head), lang) for head in ("value", "weight", "points")}


def change_cells(change: Change, heads: Sequence[str], lang: Lang) -> Cells:
    return {head: figure(getattr(change, head), lang) for head in heads}


def affects_text(gap: Gap, lang: Lang) -> str:
    return say("table.affects", lang, what=", ".join(say(f"table.basis_{each}", lang) for each in gap.affects))


def rests_text(assumption: Assumption, lang: Lang) -> str:
    """How many points rest on an assumption, where that can be said."""
    if assumption.points is None:
        return ""
    return say("table.points_rest", lang, points=number(assumption.points, lang))


def largest_first(assumptions: Sequence[Assumption]) -> list[Assumption]:
    """The assumptions on which most points rest first."""
    return sorted(assumptions, key=lambda each: -abs(each.exact_points or Fraction(0)))


def title(assessment: Assessment) -> str:
    """The product by id and name."""
    product = assessment.components[assessment.product]
    return product.part + (f": {product.name}" if product.name else "")


def verdict(assessment: Assessment, lang: Lang) -> Iterator[tuple[str, str]]:
    """Score, potential, bounds, coverage, status, what keeps it from a score, other regulations, thresholds: each labelled."""

    def said(key: str, **values: object) -> str:
        return say(f"table.{key}", lang, **values)

    low, high = (number(bound, lang) for bound in assessment.bounds)
    for key in ("score", "potential"):
        yield said(key), _percent(getattr(assessment, key), lang)
    yield said("bounds"), said("to", low=low, high=high)
    yield said("coverage"), _percent(assessment.coverage, lang)
    yield said("status"), say(f"status.{assessment.status}", lang)
    for obstacle in assessment.obstacles:
        part = assessment.day.parts[obstacle.part].id
        article = f" ({assessment.article(obstacle.rule)})" if obstacle.rule else ""
        yield "", say(f"obstacle.{obstacle.code}", lang, part=part) + article
    for each in assessment.may_use:
        if each["regulation"] != assessment.regulation.id:
            yield said("may_use"), f"{each['regulation']} ({each['article']})"
    if assessment.score is not None:
        for key in ("least_tkdn", "duty"):
            yield _threshold(assessment, key, lang)


def _percent(value: Decimal | None, lang: Lang) -> str:
    return number(value, lang) + ("" if value is None else " %")


def _threshold(assessment: Assessment, key: str, lang: Lang) -> tuple[str, str]:
    law = regulation(PROCUREMENT)
    limit = law.value(f"procurement.{key}", assessment.on)
    label = say(f"table.opens_{key}", lang, limit=number(limit.number, lang), article=f"{law.name} {limit.article}")
    if (assessment.score or 0) >= limit.number:
        return label, say("table.met", lang)
    reached = (assessment.potential or 0) >= limit.number
    return label, say("table.potentially" if reached else "table.not_met", lang)


def points_text(lift: Fraction | None, status: str, lang: Lang) -> str:
    if lift is None:
        return say("table.cannot" if status == "cannot_be_calculated" else "explain.unknown", lang)
    return figure(lift, lang)


def lift_cells(row: LiftRow | GroupRow, by: By, lang: Lang) -> Cells:
    figures = {
        "spend": figure(row.spend, lang),
        "lift": points_text(row.effect.lift, row.status, lang),
        "without": number(row.without, lang),
    }
    if isinstance(row, GroupRow):
        return {"key": group_name(row.key, by, lang), "parts": number(len(row.parts), lang), **figures}
    hidden = "; ".join(say(f"hidden.{each.why}", lang, part=each.part) for each in row.hidden_by)
    facts = {key: getattr(row, key) for key in ("part", "name", "supplier", "region")}
    return {**facts, "scale": scale_name(row.scale, lang), **figures, "hidden_by": hidden}


def group_name(key: str | None, by: By, lang: Lang) -> str | None:
    if by == "region":
        return key and str(region(key))
    return scale_name(key, lang) if by == "scale" else key


def scale_name(key: str | None, lang: Lang) -> str | None:
    names = {"micro": "micro", "small": "small_scale", "medium": "medium", "large": "large"}
    return say(f"table.{names[key]}", lang) if key in names else key


def in_force(law: Regulation, lang: Lang) -> str:
    """When a regulation is in force, by which article, and how well that is known."""
    known = say(f"confidence.{law.in_force_confidence}", lang)
    article = of_law(law.in_force_article, lang)
    line = f"{say('table.in_force', lang)}: {period(law, lang)} ({article}, {known})"
    return line + (f". {of_law(law.in_force_note, lang)}" if law.in_force_note else "")


def period(law: Regulation, lang: Lang) -> str:
    """The days from which and to which a regulation is in force."""
    key = "period" if law.in_force_to else "period_open"
    return say(f"table.{key}", lang, start=law.in_force_from, end=law.in_force_to)


def legal_rows(parameter: Parameter, lang: Lang) -> Iterator[Cells]:
    """Every value of a parameter, and the rows of its ladders."""
    for value in parameter.values:
        years = f" ({value.start}-{value.end or ''})" if parameter.by_year else ""
        meaning = parameter.meaning[lang] + years + (f" [{of_law(value.note, lang)}]" if value.note else "")
        how = say(f"confidence.{value.confidence}", lang)
        yield {
            "meaning": meaning,
            "legal_value": _legal(value.value, lang),
            "article": of_law(value.article, lang),
            "confidence": how,
        }
        for row in value.rows:
            limit = f"   {SIGNS[row.test]} {number(row.limit, lang)}"
            yield {"meaning": limit, "legal_value": _legal(row.value, lang), "article": of_law(row.article, lang)}


def _legal(value: Decimal | str | None, lang: Lang) -> str | None:
    return number(value, lang) if isinstance(value, Decimal) else value and legal_word(value, lang)
