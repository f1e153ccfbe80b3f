"""A plan in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.rounding import two_places
from tkdn.i18n import Lang, clean, number, say

if TYPE_CHECKING:
    from tkdn.planning.result import FrontPoint, Plan, PlanStep


def told(plan: Plan, lang: Lang) -> Iterator[str]:
    """The lines of a plan."""
    request, before = plan.request, plan.before

    def said(key: str, **values: object) -> str:
        return clean(say(f"plan.{key}", lang, **values))

    yield said("title", product=before.product, law=before.regulation.name, on=before.on)
    yield said(f"status_{plan.status}_{request.aim}" if plan.status == "optimal" else f"status_{plan.status}")
    score = {"before": _shown(plan.effects.base.score, lang), "score": number(plan.score, lang)}
    yield said("score", basis=say(f"table.basis_{request.basis}", lang), **score)
    if request.target is not None:
        key = "target" if request.bmp is None else "target_bmp"
        yield said(key, target=number(request.target, lang), bmp=number(request.bmp, lang))
    yield from _costs(plan, lang)
    if plan.steps:
        yield said("steps")
        yield from (_step(count, step, lang) for count, step in enumerate(plan.steps, 1))
    elif plan.status in ("optimal", "not_proven"):
        yield said("nothing")
    yield from _out_of_reach(plan, lang)
    for id_, why in plan.set_aside.items():
        yield said(f"aside_{why}", measure=id_, deadline=request.deadline)
    for id_, (stated, derived) in plan.restated.items():
        yield said("restated", measure=id_, stated=_shown(stated, lang), derived=_shown(derived, lang))


def _costs(plan: Plan, lang: Lang) -> Iterator[str]:
    values = {key: number(getattr(plan, key), lang) for key in ("cost", "one_off", "unit_cost_change")}
    volume = plan.request.volume
    key = "cost" if volume is None else "cost_volume"
    yield say(f"plan.{key}", lang, volume=number(volume, lang), **values)
    if plan.done is not None and plan.steps:
        yield say("plan.done", lang, done=plan.done)


def _step(count: int, step: PlanStep, lang: Lang) -> str:
    figures = {key: _shown(getattr(step, key), lang) for key in ("points", "score", "cost", "per_point")}
    key = "step" if step.per_point is None else "step_per_point"
    day = "" if step.done is None else say("plan.step_done", lang, done=step.done)
    name = step.measure.id + (f": {step.measure.name}" if step.measure.name else "")
    return clean(f"  {count}. {name}") + "\n     " + say(f"plan.{key}", lang, **figures) + day


def _out_of_reach(plan: Plan, lang: Lang) -> Iterator[str]:
    reached = plan.reached
    if reached is None:
        return
    yield say("plan.short", lang, best=_shown(reached.with_limits, lang), shortfall=_shown(plan.shortfall, lang))
    for limit in reached.binding:
        best = getattr(reached, f"without_{limit}", reached.without_limits)
        yield say(f"plan.binding_{limit}", lang, best=_shown(best, lang))


def front_told(points: Sequence[FrontPoint], lang: Lang) -> Iterator[str]:
    """The lines of a front: one for each way to spend."""
    yield say("plan.front", lang)
    for point in points:
        figures = {key: _shown(getattr(point, key), lang) for key in ("score", "cost", "per_point")}
        measures = ", ".join(point.measures) or "-"
        yield clean("  " + say("plan.front_point", lang, measures=measures, **figures))


def _shown(value: Fraction | None, lang: Lang) -> str:
    return number(two_places(value), lang)
