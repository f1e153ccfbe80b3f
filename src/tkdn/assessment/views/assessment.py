"""The view of an assessment: components, findings, factors, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tkdn.assessment.component import Component
from tkdn.assessment.lift import Lift
from tkdn.assessment.result import Assessment
from tkdn.assessment.rounding import two_places
from tkdn.assessment.views.lift import lift_blocks
from tkdn.assessment.views.words import (
    affects_text,
    bills_missing,
    by_cost,
    figure,
    finding_lines,
    heads,
    largest_first,
    potential_is_open,
    rests_text,
    title,
    under,
)
from tkdn.display.view import FIRST_ROWS, Block, Facts, Table, TableRow, View
from tkdn.i18n import Lang, number, say, shown_origin
from tkdn.law.shipped import regulation
from tkdn.method.cost import PERCENT

PROCUREMENT = "pp-29-2018"
COMPONENT_FIGURES = ("certified", "own", "credited", "credited_potential", "share", "points")


def assessment_view(assessment: Assessment, lang: Lang, *, lift: Lift | None = None) -> View:
    """Return an assessment as a view.

    Args:
        assessment: what is shown.
        lang: the language of all words.
        lift: a lift of it, whose first rows are shown too.
    """
    gaps, assumptions = assessment.gaps, largest_first(assessment.assumptions)
    findings = (
        finding_lines("gaps", gaps, [affects_text(each, lang) for each in gaps], lang),
        finding_lines("assumptions", assumptions, [rests_text(each, lang) for each in assumptions], lang),
        finding_lines("warnings", assessment.warnings, [""] * len(assessment.warnings), lang),
    )
    shown = [each for each in findings if each.lines]
    blocks: list[Block] = [_components(assessment, lang), *shown, _factors(assessment, lang)]
    if lift is not None:
        blocks += lift_blocks(lift, lang, brief=True)
    verdict = Facts(say("notebook.verdict", lang), tuple(_verdict(assessment, lang)))
    return View(title(assessment), under(assessment, lang), tuple(blocks), lang, verdict)


def _components(assessment: Assessment, lang: Lang) -> Table:
    counting = by_cost(assessment)
    costs = [each.exact["cost"] or Fraction(0) for each in counting]
    share = sum(costs[FIRST_ROWS:], Fraction(0)) * PERCENT / (sum(costs) or 1)
    rest = say("table.rest", lang, count=len(counting) - FIRST_ROWS, share=figure(share, lang))
    keys = heads(("part", "name", "made_in", *COMPONENT_FIGURES), lang)
    rows = tuple(_component_row(assessment, each, lang) for each in counting)
    return Table(say("table.components", lang), keys, rows, rest=rest)


def _component_row(assessment: Assessment, component: Component, lang: Lang) -> TableRow:
    made_in = assessment.part(component.part).made_in
    return {
        "part": component.part,
        "name": component.name,
        "made_in": made_in and shown_origin(made_in, lang),
        **{key: getattr(component, key) for key in COMPONENT_FIGURES},
    }


def _factors(assessment: Assessment, lang: Lang) -> Table:
    """Return the factors with value, weight and points; brainware only if it gives any."""
    figures = ("value", "weight", "points")
    rows = tuple(
        {
            "factor": say(f"table.{name}", lang),
            **{key: two_places(getattr(factor, key)) for key in figures},
        }
        for name, factor in assessment.factors.items()
        if name != "brainware" or factor.value
    )
    return Table(say("table.factors", lang), heads(("factor", *figures), lang), rows, first=None)


def _verdict(assessment: Assessment, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield score, potential, bounds, coverage, status, obstacles, other regulations and thresholds, each with its label."""

    def said(key: str, **values: object) -> str:
        return say(f"table.{key}", lang, **values)

    low, high = (number(bound, lang) for bound in assessment.bounds)
    yield said("score"), _percent(assessment.score, lang)
    yield said("potential"), _potential(assessment, lang)
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


def _potential(assessment: Assessment, lang: Lang) -> str:
    potential = _percent(assessment.potential, lang)
    if not potential_is_open(assessment):
        return potential
    least = say("table.potential_least", lang, potential=potential)
    count = bills_missing(assessment)
    return f"{least} ({say('table.bills_missing', lang, count=number(count, lang))})" if count else least


def _percent(value: Decimal | None, lang: Lang) -> str:
    return number(value, lang) + ("" if value is None else " %")


def _threshold(assessment: Assessment, key: str, lang: Lang) -> tuple[str, str]:
    # PP 29/2018 Pasal 61: the least TKDN, and the duty.
    law = regulation(PROCUREMENT)
    limit = law.value(f"procurement.{key}", assessment.on)
    label = say(f"table.opens_{key}", lang, limit=number(limit.number, lang), article=f"{law.name} {limit.article}")
    if (assessment.score or 0) >= limit.number:
        return label, say("table.met", lang)
    reached = (assessment.potential or 0) >= limit.number
    return label, say("table.potentially" if reached else "table.not_met", lang)
