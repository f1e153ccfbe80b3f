"""Views of a plan and of the regional lens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tkdn.assessment.rounding import two_places
from tkdn.display.view import Block, Holds, Lines, Table, TableRow, View, columns
from tkdn.i18n import Lang, number, say
from tkdn.planning.regions import FIGURES, RegionRow, Regions
from tkdn.planning.result import FrontPoint, Plan, PlanStep

HOLDS: dict[str, Holds] = {
    **dict.fromkeys(("points", "score", "cost", "per_point", "spend", "ikm_spend", "jobs", "firms", "ikm"), "number"),
    "measure": "id",
}


def plan_view(plan: Plan, lang: Lang, *, front: Sequence[FrontPoint] = ()) -> View:
    """Return a plan as a view: what it reaches and costs, what to do first, and what keeps it from more.

    Args:
        plan: the plan.
        lang: the language of all words.
        front: points of cost against score, shown last.
    """

    def said(key: str, **values: object) -> str:
        return say(f"plan.{key}", lang, **values)

    before = plan.before
    blocks: list[Block] = [Lines("", tuple(_reached(plan, lang)))]
    if plan.steps:
        keys = ("measure", "name", "points", "score", "cost", "per_point", "done")
        heads = columns(keys, lang, "plan_step", holds=HOLDS, gives_way=("name", "per_point"))
        blocks.append(Table(said("steps"), heads, tuple(map(_step, plan.steps)), first=None))
    elif plan.status in ("optimal", "not_proven"):
        blocks.append(Lines("", (said("nothing"),)))
    blocks.append(Lines("", tuple(_limits(plan, lang))))
    if front:
        heads = columns(("score", "cost", "per_point", "measures"), lang, "plan_step", holds=HOLDS)
        blocks.append(Table(said("front"), heads, tuple(map(_point, front)), first=None))
    title = said("title", product=before.product, law=before.regulation.name, on=before.on)
    return View(title, "", tuple(blocks), lang)


def _reached(plan: Plan, lang: Lang) -> Iterator[str]:
    """Yield what the plan is, what it reaches, and what it costs."""

    def said(key: str, **values: object) -> str:
        return say(f"plan.{key}", lang, **values)

    request = plan.request
    yield said(f"status_{plan.status}_{request.aim}" if plan.status == "optimal" else f"status_{plan.status}")
    score = {"before": _shown(plan.effects.base.score, lang), "score": number(plan.score, lang)}
    yield said("score", basis=say(f"table.basis_{request.basis}", lang), **score)
    if request.target is not None:
        key = "target" if request.bmp is None else "target_bmp"
        yield said(key, target=number(request.target, lang), bmp=number(request.bmp, lang))
    values = {key: number(getattr(plan, key), lang) for key in ("cost", "one_off", "unit_cost_change")}
    yield said("cost" if request.volume is None else "cost_volume", volume=number(request.volume, lang), **values)
    if plan.done is not None and plan.steps:
        yield said("done", done=plan.done)


def _limits(plan: Plan, lang: Lang) -> Iterator[str]:
    """Yield what keeps a target out of reach, which measures are set aside, and where a stated cost differs."""

    def said(key: str, **values: object) -> str:
        return say(f"plan.{key}", lang, **values)

    reached = plan.reached
    if reached is not None:
        yield said("short", best=_shown(reached.with_limits, lang), shortfall=_shown(plan.shortfall, lang))
        for limit in reached.binding:
            best = getattr(reached, f"without_{limit}", reached.without_limits)
            yield said(f"binding_{limit}", best=_shown(best, lang))
    for id_, why in plan.set_aside.items():
        yield said(f"aside_{why}", measure=id_, deadline=plan.request.deadline)
    for id_, (stated, derived) in plan.restated.items():
        yield said("restated", measure=id_, stated=_shown(stated, lang), derived=_shown(derived, lang))


def _step(step: PlanStep) -> TableRow:
    figures = {key: two_places(getattr(step, key)) for key in ("points", "score", "cost", "per_point")}
    done = step.done and step.done.isoformat()
    return {"measure": step.measure.id, "name": step.measure.name, **figures, "done": done}


def _point(point: FrontPoint) -> TableRow:
    figures = {key: two_places(getattr(point, key)) for key in ("score", "cost", "per_point")}
    return {**figures, "measures": ", ".join(point.measures)}


def _shown(value: Fraction | None, lang: Lang) -> str:
    return number(two_places(value), lang)


def regions_view(found: Regions, lang: Lang) -> View:
    """Return the regional lens as a view: regencies and cities, then provinces."""
    key = "title" if found.volume is None else "title_volume"
    title = say(f"regions.{key}", lang, product=found.assessment.product, volume=number(found.volume, lang))
    keys = ("region", "spend", "ikm_spend", "points", "firms", "ikm", "jobs")
    heads = columns(keys, lang, "region_row", holds=HOLDS, gives_way=("ikm", "firms", "jobs"))
    tables = []
    for level in ("regency", "province"):
        rows = tuple(_region_row(row, lang) for row in found.rows if row.level == level)
        tables.append(Table(say(f"regions.{level}", lang), heads, rows, first=None))
    counted = sum(row.counted for row in found.rows if row.level == "province")
    note = (Lines("", (say("regions.jobs", lang, counted=counted),)),) if counted else ()
    return View(title, "", (*tables, *note), lang)


def _region_row(row: RegionRow, lang: Lang) -> TableRow:
    figures = {key: two_places(getattr(row, key)) for key in FIGURES}
    name = say("regions.unknown", lang) if row.region is None else f"{row.region} {row.name}"
    return {"region": name, **figures, "firms": len(row.suppliers), "ikm": len(row.ikm_suppliers)}
