"""The way in: `assess`. The assessment by the method of the law loads when it is called, so that importing it is cheap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tkdn.assessment.case import Case
from tkdn.bom.bom import Bom, bill_of
from tkdn.days import day_of
from tkdn.display.doors import door
from tkdn.errors import Problem, UsageError
from tkdn.law.shipped import goods_regulation

if TYPE_CHECKING:
    from tkdn.assessment.result import Assessment
    from tkdn.law.regulation import Regulation


def assess(
    bom: Bom,
    *,
    on: date | str | None = None,
    regulation: str | Regulation | None = None,
    year: int | None = None,
    product: str | None = None,
    exact: bool = False,
    allow_repealed: bool = False,
) -> Assessment:
    """Assess a bill: how domestic its product and every component are.

    Source: Permenperin 35/2025 Pasal 4-12, 71.

    Args:
        bom: the bill.
        on: a date, a moment of that day or "YYYY-MM-DD"; default the bill's date, else today (then listed as an assumption).
        regulation: an id or a `Regulation`; default the general goods regulation in force on that date.
            `Assessment.may_use` has all that the good may be counted by.
        year: calculation year, where a regulation gives values by year.
        product: id of the product, default the bill's.
        exact: True to walk large bills too by exact numbers throughout. Without it they are walked by floats, and what lies
            near an edge of the law or near half a hundredth is computed exactly; the figures are the same.
        allow_repealed: True to take also a named regulation that is no longer in force, with a warning.

    Raises:
        BomError: `rate-missing`.
        RegulationError: the regulation is unknown, or not in force on the date.
        UsageError: the product is unknown, the date is none, or a path is given in place of a bill.

    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
    >>> assessment = assess(bom)
    >>> assessment.score, assessment.status, assessment.components["WHEEL"].credited
    (Decimal('43.75'), 'complete', 25)
    """
    bom = bill_of(bom)
    given = bom.date if on is None else on
    day = date.today() if given is None else day_of(given)
    index = bom.graph.index_of(product or bom.product)
    part = bom.parts[index]
    if part.phantom or part.in_house or not part.main:
        message = f"{part.id!r} is a phantom, an in-house part or not a main component, so it is no product"
        remedy = "name the good that is made and sold"
        raise UsageError([Problem.worded("contradiction-product", message, remedy, part=part.id)])
    law = goods_regulation(regulation, day, allow_repealed=allow_repealed)
    found: Assessment = door(f"assessment by {law.method}")(Case(bom, index, law, day, year, given is None, exact))
    return found
