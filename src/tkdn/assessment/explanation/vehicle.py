"""The steps behind a part's figures in an assessment by weights of aspects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from tkdn.assessment.explanation.cost import legal_values
from tkdn.assessment.explanation.goods import regulation_step
from tkdn.assessment.rounding import ratio
from tkdn.assessment.steps import Explanation, Plain, Step, Word, origin_word
from tkdn.method.cost import PERCENT

if TYPE_CHECKING:
    from tkdn.assessment.vehicle import VehicleAssessment


def explain(assessment: VehicleAssessment, part: str) -> Explanation:
    """Return the steps behind one part, or behind the vehicle."""
    number = assessment.bom.graph.index[part]
    record = assessment.day.parts[number]
    steps = tuple(_product(assessment) if number == assessment.day.product else _part(assessment, number))
    return Explanation(record.id, record.name, assessment.regulation.name, assessment.on.isoformat(), steps)


def _part(assessment: VehicleAssessment, number: int) -> Iterator[Step]:
    yield regulation_step(assessment)
    part = assessment.day.parts[number]
    if assessment.day.explodes[number]:
        yield Step("opened", {}, result=Word("explain.opened"))
        return
    share, certificate = assessment.engine.tracer.share(number, 1), assessment.engine.facts.certificate[number]
    inputs: dict[str, Plain] = {
        "made_in": origin_word(part.made_in),
        "certificate": certificate.number if certificate else None,
        "group": assessment.engine.group_of.get(number) or part.group,
    }
    yield Step("cost_share", inputs, legal_values(assessment, share.keys), share.low * PERCENT)
    exact = assessment.components[part.id].exact
    if exact.get("cost") is not None:
        law = legal_values(assessment, (assessment.engine.groups[assessment.engine.group_of[number] or ""].key,))
        yield Step("points", {"cost": exact["cost"], "share": exact["share"]}, law, exact["points"])


def _product(assessment: VehicleAssessment) -> Iterator[Step]:
    # The limit of the aspects together (Permenperin 27/2020, 6/2022, 28/2023 on manufacture).
    yield regulation_step(assessment)
    reasons: tuple[Mapping[str, Plain], ...] = tuple(
        {"reason": Word(f"obstacle.{each.code}", assessment.product)} for each in assessment.obstacles
    )
    answer = Word(f"status.{assessment.status}") if reasons else Word("explain.yes")
    yield Step(
        "calculable", {"year": str(assessment.year), "wheels": assessment.engine.vehicle.wheels}, (), answer, reasons
    )
    for name, (key, share) in assessment.engine.aspects.items():
        yield _aspect(assessment, name, key, share.low)
    if assessment.exact is not None:
        yield Step(
            "aspects_total", {"cap": assessment.cap}, legal_values(assessment, ("limit.total",)), assessment.exact
        )
        yield Step("printed", {"exact": ratio(assessment.exact)}, result=assessment.score)
    low, high = assessment.bounds
    yield Step(
        "bounds",
        {"low": low, "high": high, "coverage": assessment.coverage},
        result=Word(f"status.{assessment.status}"),
    )
    if assessment.minimum is not None:
        least = assessment.minimum
        result = None if least["reached"] is None else bool(least["reached"])
        yield Step("minimum", {"least": least["percent"], "article": least["article"]}, (), result)


def _aspect(assessment: VehicleAssessment, name: str, key: str, achieved: Fraction) -> Step:
    # Permenperin 6/2022 and 28/2023 Pasal 12 (investment), Pasal 25 (development), and their texts on assembly.
    keys = [key]
    rows: tuple[Mapping[str, Plain], ...] = ()
    inputs: dict[str, Plain] = {"achieved": achieved * PERCENT}
    vehicle = assessment.engine.vehicle
    if name in assessment.engine.groups:
        group = assessment.engine.groups[name]
        rows = tuple(
            {"part": assessment.day.parts[number].label, "cost": cost, "tkdn": share.low * PERCENT}
            for number, (cost, share) in group.parts.items()
        )
        keys += dict.fromkeys(each for _, share in group.parts.values() for each in share.keys)
        if name == "battery" and assessment.engine.investment is not None:
            inputs["by_investment"] = assessment.engine.investment * PERCENT
            keys += ["battery_investment.least", "battery_investment.full", "battery_investment.years"]
    elif name == "assembly":
        inputs |= {
            "indonesian_share": vehicle.assembly_indonesian_share,
            "labour_achieved": vehicle.assembly_labour_achieved,
            "tools_achieved": vehicle.assembly_tools_achieved,
        }
        keys += ["assembly.labour", "assembly.labour_full", "assembly.tools"]
    else:
        keys += [f"development.{activity}" for activity in vehicle.development or ()]
    points = assessment.engine.rules.points(key) * achieved
    return Step(f"aspect_{name}", inputs, legal_values(assessment, tuple(keys)), points, rows)
