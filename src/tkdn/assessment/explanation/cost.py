"""The steps behind a part's figures in an assessment by production cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.explanation.goods import regulation_step
from tkdn.assessment.rounding import ratio
from tkdn.assessment.steps import Explanation, LegalValue, Plain, Step, Word, origin_word
from tkdn.method.cost import FACTOR_OF, NOTHING, PERCENT

if TYPE_CHECKING:
    from tkdn.assessment.cost import CostAssessment
    from tkdn.assessment.engines.tier_tracing import Share
    from tkdn.assessment.result import Assessment


def explain(assessment: CostAssessment, part: str) -> Explanation:
    """Return the steps behind one part, or behind the product."""
    number = assessment.bom.graph.index[part]
    record = assessment.day.parts[number]
    steps = tuple(_steps(assessment, number))
    return Explanation(record.id, record.name, assessment.regulation.name, assessment.on.isoformat(), steps)


def _steps(assessment: CostAssessment, number: int) -> Iterator[Step]:
    yield regulation_step(assessment)
    if number == assessment.day.product:
        yield from _product(assessment)
        return
    component = assessment.components[assessment.day.parts[number].id]
    if assessment.day.explodes[number]:
        yield Step("opened", {}, result=Word("explain.opened"))
        return
    good = assessment.engine.good
    share = good.lines[number][1] if good is not None and number in good.lines else assessment.engine.traced[number]
    origin = assessment.engine.facts.origin[number]
    certificate = assessment.engine.facts.certificate[number]
    yield Step(
        "cost_share",
        {
            "made_in": origin_word(assessment.day.parts[number].made_in)
            or Word("explain.implied_home" if origin else "explain.unknown"),
            "certificate": certificate.number if certificate else None,
            "tkdn": certificate.tkdn if certificate else None,
        },
        legal_values(assessment, share.keys),
        share.low * PERCENT,
    )
    if component.own is not None:
        yield Step("own", {}, result=component.own)
    if component.exact.get("cost") is not None:
        yield Step(
            "points",
            {"cost": component.exact["cost"], "share": component.exact["share"]},
            (),
            component.exact["points"],
        )


def _product(assessment: CostAssessment) -> Iterator[Step]:
    good = assessment.engine.good
    reasons: tuple[Mapping[str, Plain], ...] = tuple(
        {"reason": Word(f"obstacle.{each.code}", assessment.product), "article": assessment.article(each.rule)}
        for each in assessment.obstacles
    )
    yield Step(
        "calculable", {}, (), Word("explain.yes") if not reasons else Word(f"status.{assessment.status}"), reasons
    )
    if good is None:
        return
    for name in ("material", "labour", "overhead"):
        own = [(line, cost, share) for line, cost, share in good.costs if FACTOR_OF[line.kind] == name]
        entries = [(line.name or line.kind, cost, share) for line, cost, share in own]
        if name == "material":
            entries = [(assessment.day.parts[child].label, *line) for child, line in good.lines.items()] + entries
        domestic = sum((cost * share.low for _, cost, share in entries), NOTHING)
        keys = tuple(dict.fromkeys(key for _, _, share in entries for key in share.keys))
        rows = tuple(_row(*entry) for entry in entries)
        yield Step(
            f"cost_{name}",
            {"cost": sum((cost for _, cost, _ in entries), NOTHING)},
            legal_values(assessment, keys),
            domestic,
            rows,
        )
    kdn = good.domestic("low")
    if assessment.exact is not None:
        yield Step(
            "cost_total", {"kdn_rupiah": kdn, "kln_rupiah": good.total - kdn, "cost": good.total}, (), assessment.exact
        )
        yield Step("printed", {"exact": ratio(assessment.exact)}, result=assessment.score)
        yield Step("potential", {"rule": Word("rule.potential")}, result=assessment.potential)
    low, high = assessment.bounds
    yield Step(
        "bounds",
        {"low": low, "high": high, "coverage": assessment.coverage},
        result=Word(f"status.{assessment.status}"),
    )


def legal_values(assessment: Assessment, keys: tuple[str, ...]) -> tuple[LegalValue, ...]:
    """Return the values of law behind a step, each with its article and how well it is known."""
    unit = assessment.regulation.parameter
    found = ((key, assessment.value(key)) for key in keys)
    return tuple(
        LegalValue(key, str(value.value), unit(key).unit, value.article, value.confidence, value.note)
        for key, value in found
    )


def _row(name: str, cost: Fraction, share: Share) -> dict[str, Plain]:
    domestic = cost * share.low
    return {
        "part": name,
        "cost": cost,
        "tkdn": share.low * PERCENT,
        "kdn_rupiah": domestic,
        "kln_rupiah": cost - domestic,
    }
