"""All opportunities of a bill of 10,000 parts and 30,000 uses, in times of one walk: python benchmarks/opportunities.py"""

from __future__ import annotations

import time
from collections.abc import Callable

from synthetic import document

import tkdn
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.lift import BASES

RUNS = 7


def least(job: Callable[[], object], runs: int) -> float:
    """Least seconds of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    assessment = tkdn.assess(tkdn.Bom.from_dict(document()))
    assert isinstance(assessment, GoodsAssessment)
    walk = least(lambda: ExactEngine(assessment.day, assessment.facts, assessment.rules), RUNS)
    for basis in BASES:
        found = tkdn.opportunities(assessment, basis=basis)
        seconds = least(lambda found=found: found.rows, 1)  # type: ignore[misc]
        print(f"{basis}: {len(found.rows)} moves, {seconds / walk:.0f} walks ({seconds:.1f} s)")


if __name__ == "__main__":
    main()
