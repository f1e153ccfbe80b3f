"""Legal bills made to be slow, each through every answer: python -m benchmarks.bombs [SHAPE...], from the root of the project.

Prints seconds of the processor and peak memory from the document to the answer, and the code of the error that refuses a bill.
Every answer is computed in a process of its own, with warnings as errors and a limit of time. The goal is 10 s and 1 GB, or a
named limit.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.support.extreme import diamonds, document, good, nested, scrapped, shared_phantom, use

import tkdn

LIMIT = 120
"""Seconds a process may take."""


def long_per(count: int, seed: int = 1) -> dict[str, Any]:
    """Return a bill of lines priced for 29 different digits of units; every second is domestic."""
    chance = random.Random(seed)
    parts = [
        {
            "id": f"P-{at}",
            "price": {"amount": "1000", "per": f"{chance.randrange(10**8, 10**9)}.{chance.randrange(10**20) | 1:020}"},
            "made_in": "ID" if at % 2 else "CN",
        }
        for at in range(count)
    ]
    return document([good(), *parts], [use("GOOD", part["id"]) for part in parts])


SHAPES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "scrap-3000": lambda: scrapped(3_000),
    "scrap-10000": lambda: scrapped(10_000),
    "per-10000": lambda: long_per(10_000),
    "phantoms-4000": lambda: nested(4_000, phantom=True),
    "stages-4000": lambda: nested(4_000, in_house=True),
    "shared-400": lambda: shared_phantom(400, 400),
    "shared-2000": lambda: shared_phantom(2_000, 2_000),
    "diamonds-3000": lambda: diamonds(3_000),
    "diamonds-phantom-3000": lambda: diamonds(3_000, phantom=True),
}
ANSWERS: Mapping[str, Callable[[tkdn.Assessment], object]] = {
    "assess": lambda assessment: assessment.to_dict(),
    "lift": lambda assessment: tkdn.lift(assessment).to_dict(),
    "opportunities": lambda assessment: tkdn.opportunities(assessment).to_dict(),
    "page": lambda assessment: assessment.to_html(),
}


def answer(shape: str, asked: str) -> str:
    """Return the time and memory of one answer on one bill, measured in this process."""
    bill = SHAPES[shape]()
    start = time.process_time()
    try:
        ANSWERS[asked](tkdn.assess(tkdn.Bom.from_dict(bill)))
        refused = ""
    except tkdn.TkdnError as error:
        refused = f" {error.code}"
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{seconds:.1f} s {peak:,.0f} MB{refused}"


def measured(shape: str, asked: str) -> str:
    """Return the same from a process of its own, or how that ended."""
    command = [sys.executable, "-W", "error", "-m", "benchmarks.bombs", "--one", shape, asked]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return f"> {LIMIT} s"
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def main(shapes: list[str]) -> None:
    """Print a row for each shape."""
    print("| bill | " + " | ".join(ANSWERS) + " |")
    print("| --- " * (len(ANSWERS) + 1) + "|")
    for shape in shapes or SHAPES:
        print(f"| {shape} | " + " | ".join(measured(shape, asked) for asked in ANSWERS) + " |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(answer(*sys.argv[2:]))
    else:
        main(sys.argv[1:])
