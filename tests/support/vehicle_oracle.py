"""A naive oracle for battery electric vehicles by aspects, in the calculation year 2025: weights as literals, the parts'
domestic shares from the recursion of the cost method with the product's lines as tier 1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.support.cost_oracle import ZERO, Oracle

WEIGHTS = {
    "permenperin-6-2022": {"battery": 35, "drive_train": 12, "body": 11, "assembly": 12, "development": 20},
    "permenperin-28-2023": {"battery": 40, "drive_train": 5, "body": 5, "assembly": 30, "development": 10},
}
SUPPORTING = {"steering": 2, "suspension": 1, "brakes": 2, "tyres_wheels": 1, "seats_wiring": 2, "electronics_ac": 2}
ACTIVITIES = {
    "market_research": 5,
    "product_planning": 15,
    "design_engineering": 20,
    "prototyping": 20,
    "testing": 20,
    "licensing": 20,
}
TRILLION = 10**12


def aspects(document: Mapping[str, Any], law: str, on: date) -> dict[str, Fraction]:
    """Points of each aspect, the unknown counted as foreign. These texts count no cost of labour and overhead inside a part."""
    parts = [{key: value for key, value in part.items() if key != "production"} for part in document["parts"]]
    oracle = Oracle({**document, "parts": parts}, on)
    vehicle = oracle.parts[oracle.product]["vehicle"]
    weights = dict(WEIGHTS[law])
    assembly, development = weights.pop("assembly"), weights.pop("development")
    four = vehicle["wheels"] == "four"
    weights |= SUPPORTING if four else {"supporting": sum(SUPPORTING.values())}
    cost, domestic = dict.fromkeys(weights, ZERO), dict.fromkeys(weights, ZERO)
    for child, quantity in oracle.below[oracle.product]:
        stated = oracle.parts[child].get("group")
        group = stated if four or stated not in SUPPORTING else "supporting"
        if group is not None:
            cost[group] += quantity * oracle.cost(child)
            domestic[group] += quantity * oracle.cost(child) * oracle.split(child, 1)[0]
    points = {group: weights[group] * domestic[group] / cost[group] if cost[group] else ZERO for group in weights}
    points["battery"] = max(points["battery"], weights["battery"] * invested(vehicle, on))
    share = Fraction(vehicle["assembly_indonesian_share"])
    labour = Fraction(1) if share >= Fraction(4, 5) else Fraction(vehicle.get("assembly_labour_achieved", 0))
    points["assembly"] = assembly * (labour + Fraction(vehicle["assembly_tools_achieved"])) / 2
    done = sum(ACTIVITIES[activity] for activity in vehicle["development"])
    points["development"] = development * Fraction(done, 100)
    return points


def invested(vehicle: Mapping[str, Any], on: date) -> Fraction:
    """Achieved share of the battery's weight by investment: from Rp 5 trillion, for five years."""
    if "battery_investment" not in vehicle:
        return ZERO
    amount, start = Fraction(vehicle["battery_investment"]["amount"]), vehicle["battery_investment_from"]
    first = date.fromisoformat(start)
    if amount < 5 * TRILLION or not first <= on <= first.replace(year=first.year + 5):
        return ZERO
    return min(Fraction(1), amount / (5 * TRILLION))
