"""A naive, independent oracle for the TKDN of goods under Permenperin 35/2025.

It implements the nine written rules of ``design.md`` section 4, as the page of corrections mends them (W1, W2, W6 to W9
and B), by plain recursion on exact fractions, with the legal numbers as literals, and shares nothing with the library:
what the two agree on was computed twice. It expects a valid document (design section 8, as a Python ``dict``) and
checks nothing. Each reading of the law that can move the score is a field of ``Readings``.

Every percentage is a ``Fraction`` of percent (27.5 is 27.5%), exact and unrounded, except ``own``, which rule 5 rounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any, Literal, TypedDict

from tests.support.oracle_bill import (
    TODAY,
    ZERO,
    Bill,
    Document,
    Readings,
    certificate_value,
    country,
    is_in_house,
    is_main,
    line_cost,
    line_shares,
    main_lines,
    main_shares,
    maker,
    opens,
    reachable,
    read,
    rule_1_lines,
    scale,
)
from tests.support.oracle_rules import (
    Obstacle,
    brainware,
    credit_known,
    material_value,
    obstacles,
    overhead_ladder,
    product_calculable,
    rule_2_credit,
    rule_5_own,
    rule_6_potential_credit,
    rule_7_bounds,
    rule_8_labour,
    tkdn,
    upper_potential,
)

Status = Literal["complete", "incomplete", "cannot_be_calculated"]
Basis = Literal["score", "potential"]


class Component(TypedDict):
    """What is said of one part that the product reaches."""

    main: bool
    counts: bool
    certified: Fraction | None
    own: Fraction | None
    credited: int | None
    credited_potential: int | None
    cost: Fraction | None
    share: Fraction | None
    points: Fraction | None
    potential_points: Fraction | None


class Factors(TypedDict):
    """Factor values in percent, before their weights; None where the value is not known (the score counts it as 0)."""

    material: Fraction | None
    labour: Fraction | None
    overhead: Fraction | None
    brainware: Fraction


class Outcome(TypedDict):
    """What is said of the product."""

    score: Fraction | None
    potential: Fraction | None
    low: Fraction | None
    high: Fraction | None
    potential_high: Fraction | None
    coverage: Fraction | None
    status: Status
    obstacles: set[Obstacle]
    components: dict[str, Component]
    factors: Factors


def assess(document: Document, on: date, readings: Readings = TODAY) -> Outcome:
    """Assess the document's product on the date under one reading, as design section 4 asks."""
    return assess_bill(read(document, on, readings))


def assess_bill(bill: Bill) -> Outcome:
    """Assess the product of a bill."""
    good = bill.product
    low, high = rule_7_bounds(bill, good)
    score, potential = value_on(bill, "score"), value_on(bill, "potential")
    labour, overhead = rule_8_labour(bill, good), overhead_ladder(bill, good)
    material = None if score is None else material_value(bill, good, lambda part: rule_2_credit(bill, part))
    return {
        "score": score,
        "potential": potential,
        "low": low,
        "high": high,
        "potential_high": upper_potential(bill, good),
        "coverage": coverage(bill, good),
        "status": status(bill, good, score),
        "obstacles": obstacles(bill, good),
        "components": {part: component(bill, part, score) for part in reachable(bill)},
        "factors": {
            "material": material,
            "labour": labour,
            "overhead": overhead,
            "brainware": brainware(bill, good),
        },
    }


def score_under(document: Document, on: date, readings: Readings = TODAY) -> Fraction | None:
    """Return the score alone, under one reading."""
    return value_on(read(document, on, readings), "score")


def all_readings() -> list[Readings]:
    """List every combination of readings of the law, today's first."""
    fields = {
        "raw_material_test": ("country", "bill"),
        "material_total": ("main", "all"),
        "production_test": ("activity", "none"),
        "domestic_line_test": ("any", "main"),
        "service_kbli_test": ("goods", "service"),
        "open_term": ("shorter", "longer"),
    }
    chosen: list[dict[str, Any]] = [dict(zip(fields, values, strict=True)) for values in product(*fields.values())]
    return [Readings(**values) for values in chosen]


def lift(
    document: Document, on: date, basis: Basis, parts: Iterable[str], readings: Readings = TODAY
) -> tuple[Fraction | None, Fraction | None]:
    """Lift of all these parts together, and the value without them: value - value if they came from abroad."""
    value = value_on(read(document, on, readings), basis)
    without = value_on(read(abroad(document, set(parts)), on, readings), basis)
    if value is None or without is None:
        return None, None
    return value - without, without


def value_on(bill: Bill, basis: Basis) -> Fraction | None:
    """Return the product's score (low is the score), or its potential; without a score there is no potential."""
    score, _ = rule_7_bounds(bill, bill.product)
    if score is None or basis == "score":
        return score
    return tkdn(bill, bill.product, lambda part: rule_6_potential_credit(bill, part), ZERO)


def ikm_parts(document: Document, on: date) -> list[str]:
    """List the reachable bought parts made in Indonesia by a micro, small or medium maker, in the document's order."""
    bill = read(document, on)
    reached = reachable(bill)
    return [
        part
        for part in bill.parts
        if part in reached
        and part != bill.product
        and not is_in_house(bill, part)
        and country(bill, part) == "ID"
        and scale(bill, maker(bill, part)) in ("micro", "small", "medium")
    ]


def abroad(document: Document, parts: set[str]) -> Document:
    """Return the document with these parts made abroad; what they cost and everything else stays."""
    gone = ("certificates", "all_domestic_material", "natural_resource")
    moved = [
        {**{key: value for key, value in part.items() if key not in gone}, "made_in": "XX"}
        if part["id"] in parts
        else part
        for part in document["parts"]
    ]
    return {**document, "parts": moved}


def coverage(bill: Bill, good: str) -> Fraction | None:
    """Share of the main material cost (whatever the total of W8) whose credit is known; None if there is no share."""
    shares = main_shares(bill, good)
    if shares is None:
        return None
    known = sum((share for part, share in shares.items() if credit_known(bill, part)), ZERO)
    return known / sum(shares.values(), ZERO) * 100


def status(bill: Bill, good: str, score: Fraction | None) -> Status:
    """complete: no gap affects the score; cannot_be_calculated: Pasal 9 is known not to hold; else incomplete."""
    if product_calculable(bill, good) is False:
        return "cannot_be_calculated"
    if score is None or rule_8_labour(bill, good) is None or overhead_ladder(bill, good) is None:
        return "incomplete"
    return "complete" if all(credit_known(bill, part) for part in main_lines(bill, good)) else "incomplete"


def component(bill: Bill, part: str, score: Fraction | None) -> Component:
    """Everything said of one part; an in-house part is listed with nothing credited: its lines count instead."""
    stage = opens(bill, part)
    quantity = rule_1_lines(bill, bill.product).get(part)
    shares = line_shares(bill, bill.product)
    share = None if shares is None else shares.get(part)
    credited = None if stage else rule_2_credit(bill, part)
    credited_potential = None if stage else rule_6_potential_credit(bill, part)
    return {
        "main": is_main(bill, part),
        "counts": part in main_lines(bill, bill.product),
        "certified": certificate_value(bill, part),
        "own": rule_5_own(bill, part),
        "credited": credited,
        "credited_potential": credited_potential,
        "cost": None if quantity is None else line_cost(bill, part, quantity),
        "share": share,
        "points": None if score is None else points(share, credited, is_main(bill, part)),
        "potential_points": None if score is None else points(share, credited_potential, is_main(bill, part)),
    }


def points(share: Fraction | None, credited: int | None, main: bool) -> Fraction | None:
    """0.75 x share x credited; nothing for what is only in the total (W8)."""
    if share is None or credited is None:
        return None
    return Fraction(75, 100) * share * credited / 100 if main else ZERO
