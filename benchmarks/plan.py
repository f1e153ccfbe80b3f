"""Plans of 300 measures on 10,000 parts and 30,000 uses, in times of one exact assessment: python benchmarks/plan.py [count]"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from synthetic import document

import tkdn

MEASURES = 300
ABOVE = Decimal("0.5")
"""Points that the target lies above the score."""
BUDGET = 10_000_000_000
T = TypeVar("T")


def measures(data: dict[str, Any], count: int, seed: int = 2) -> list[dict[str, Any]]:
    """One measure for each of `count` parts: another certificate, another origin, or another price (synthetic)."""
    rng = random.Random(seed)

    def certified() -> dict[str, Any]:
        tkdn = str(rng.randrange(30, 100))
        return {"made_in": "ID", "certificates": [{"number": "S-1", "tkdn": tkdn, "issued": "2026-05-01"}]}

    def made_here() -> dict[str, Any]:
        return {"made_in": "ID"}

    def priced() -> dict[str, Any]:
        return {"price": {"amount": str(rng.randrange(1000, 90_000)), "currency": "IDR"}}

    kinds = certified, made_here, priced
    parts = rng.sample([part["id"] for part in data["parts"][1:]], count)
    return [
        {
            "id": f"M-{number}",
            "changes": {"parts": {part: kinds[number % len(kinds)]()}},
            "one_off": {"amount": str(rng.randrange(1, 500) * 1_000_000)},
            "unit_cost_change": {"amount": "0"},
        }
        for number, part in enumerate(parts)
    ]


def timed(job: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def main() -> None:
    data = document()
    bom = tkdn.Bom.from_dict(data)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MEASURES
    given = measures(data, count)
    one, before = timed(lambda: tkdn.assess(bom, exact=True))
    assert before.score is not None
    print(f"one exact assessment: {one:.2f} s, score {before.score}; {count} measures")
    target = before.score + ABOVE
    plans: dict[str, dict[str, Any]] = {
        "cheapest": {"target": target},
        "most points": {"aim": "points", "budget": BUDGET},
        "most points of the potential": {"aim": "points", "basis": "potential", "budget": BUDGET},
        "most spend on IKM": {"aim": "ikm", "target": target},
    }
    for name, asked in plans.items():
        seconds, found = timed(lambda asked=asked: tkdn.plan(bom, given, volume=1000, **asked))  # type: ignore[misc]
        print(f"{name}: {seconds:.1f} s, {seconds / one:.0f} assessments; {found!r}")


if __name__ == "__main__":
    main()
