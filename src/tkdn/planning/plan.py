"""The way in: `plan`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tkdn.assessment.assess import assess
from tkdn.assessment.goods import GoodsAssessment
from tkdn.bom.bulk import bulk
from tkdn.errors import Problem, UsageError
from tkdn.planning.benefit import check_benefit
from tkdn.planning.effects import Effects
from tkdn.planning.measure import Measure
from tkdn.planning.measures import Measures, measures_of
from tkdn.planning.planner import Planner
from tkdn.planning.request import Aim, Figure, request_of
from tkdn.planning.result import Plan

if TYPE_CHECKING:
    from tkdn.assessment.engines.engine import Basis
    from tkdn.bom.bom import Bom
    from tkdn.law.regulation import Regulation


def plan(
    bom: Bom,
    measures: Measures | str | Path | Mapping[str, Any] | Iterable[Measure | Mapping[str, Any]],
    *,
    target: Figure | None = None,
    aim: Aim = "cost",
    basis: Basis = "score",
    volume: Figure | None = None,
    bmp: Figure | None = None,
    budget: Figure | None = None,
    deadline: date | str | None = None,
    on: date | str | None = None,
    regulation: str | Regulation | None = None,
    year: int | None = None,
    product: str | None = None,
    allow_repealed: bool = False,
) -> Plan:
    """Choose measures: the cheapest set that reaches a target, verified by a full assessment.

    Source of the credits: Permenperin 35/2025 Pasal 4-12; of the BMP: Pasal 23c, 44(2)a.11.

    Args:
        bom: the bill.
        measures: a document of measures, its path, or a list of them.
        target: percent, compared with the score as a certificate prints it; with `bmp`, the target of score and BMP together.
        aim: "cost" (the cheapest set that reaches the target), "points" (the most points, such as for a `budget`), "ikm" (the
            most rupiah spent on IKM parts in a vehicle, at the target).
        basis: "score" (as credited today) or "potential".
        volume: vehicles over which costs of each vehicle are computed; needed if a measure has any.
        bmp: points of BMP.
        budget: rupiah that the set may cost.
        deadline: the day by which all of it is done, begun on the day of assessment.
        on: the day, as for `assess`, like all that follow.
        regulation: the regulation, or its id.
        year: the calculation year.
        product: id of the product.
        allow_repealed: True to count also by a named regulation that is no longer in force.

    Returns:
        The measures in the order taken, with their costs (rupiah) and points, and what keeps a target out of reach.

    Raises:
        MeasureError: measures are wrong, contradict each other or do not fit the bill.
        UsageError: `target-missing`, `target-out-of-range`, `volume-missing`, `volume-out-of-range`, `budget-out-of-range`,
            `bmp-out-of-range`, `date-invalid`, `aim-unknown`, `basis-unknown`; `benefit-not-for` if no BMP can be counted;
            `plan-not-for-method` under another method than that of 35/2025; `plan-without-costs`.
        MissingExtraError: `extra-missing` without scipy.
        RegulationError: as `assess`.

    >>> from tkdn import Bom
    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"},
    ...               {"id": "AXLE", "price": {"amount": "300000"}, "made_in": "CN"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}, {"parent": "CART", "part": "AXLE", "quantity": 1}]})
    >>> found = plan(bom, [
    ...     {"id": "STATE", "changes": {"parts": {"WHEEL": {"all_domestic_material": True}}}, "one_off": {"amount": "2000000"}},
    ...     {"id": "LOCALISE", "changes": {"parts": {"AXLE": {"made_in": "ID"}}}, "one_off": {"amount": "90000000"}}], target=40)
    >>> found.status, [measure.id for measure in found.measures], found.score, found.cost
    ('optimal', ['STATE'], Decimal('62.50'), Decimal('2000000.00'))
    """
    request = request_of(aim=aim, basis=basis, target=target, bmp=bmp, volume=volume, budget=budget, deadline=deadline)
    given = measures_of(measures)
    assessment = assess(bom, on=on, regulation=regulation, year=year, product=product, allow_repealed=allow_repealed)
    if not isinstance(assessment, GoodsAssessment):
        message = f"plans are made for the credits of 35/2025, not for {assessment.regulation.id}"
        raise UsageError([Problem.worded("plan-not-for-method", message, "assess under permenperin-35-2025")])
    if request.bmp is not None:
        check_benefit(assessment, given.measures)
    with bulk():
        planner = Planner(Effects(assessment, given.measures, request.basis), request)
        return Plan(planner, planner.found())
