"""The main job against bare pydantic, as ratios of medians within one run: python benchmarks/main_job.py

Import: `from tkdn import Bom, assess` against `from pydantic import BaseModel` (whole processes). Command: all of
`tkdn assess examples/pump/pump.json` against the same. Both with bytecode on disk, as pip installs them. Size: JSON text of
10,000 parts and 30,000 uses to the finished assessment against pydantic alone validating the same records (plain models
without this library's checks); the peak memory.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median

from pydantic import BaseModel, TypeAdapter
from synthetic import document

import tkdn

ROOT = Path(__file__).parent.parent
RUNS = 11


class Money(BaseModel):
    amount: Decimal
    currency: str = "IDR"
    per: Decimal = Decimal(1)


class Certificate(BaseModel):
    number: str
    tkdn: Decimal
    issued: str


class Production(BaseModel):
    factory: str
    indonesian_workers: int
    foreign_workers: int
    invested_in_indonesia: bool


class Part(BaseModel):
    id: str
    name: str | None = None
    made_in: str | None = None
    supplier: str | None = None
    price: Money | None = None
    certificates: list[Certificate] = []
    production: Production | None = None


class Use(BaseModel):
    parent: str
    part: str
    quantity: Decimal
    scrap: Decimal = Decimal(0)


class Document(BaseModel):
    parts: list[Part]
    uses: list[Use]


def process(*command: str) -> Callable[[], object]:
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=env)


def medians(**jobs: Callable[[], object]) -> dict[str, float]:
    """Median seconds of each job, the jobs taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for run in range(RUNS + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            if run:
                times[name].append(time.perf_counter() - start)
    return {name: median(values) for name, values in times.items()}


def main() -> None:
    python = sys.executable
    whole = medians(
        pydantic=process(python, "-c", "from pydantic import BaseModel"),
        tkdn=process(python, "-c", "from tkdn import Bom, assess"),
        pump=process(python, "-m", "tkdn", "assess", "examples/pump/pump.json"),
    )
    print(f"import      {whole['tkdn'] / whole['pydantic']:.2f} times 'from pydantic import BaseModel'")
    print(f"tkdn assess {whole['pump'] / whole['pydantic']:.2f} times 'from pydantic import BaseModel'")
    data = document()
    text = json.dumps(data)
    adapter = TypeAdapter(Document)
    size = medians(
        pydantic=lambda: adapter.validate_json(text), tkdn=lambda: tkdn.assess(tkdn.Bom.from_json(text)).score
    )
    count = f"{len(data['parts'])} parts, {len(data['uses'])} uses"
    print(
        f"{count}: JSON to assessment {size['tkdn'] / size['pydantic']:.2f} times pydantic's validation of the same records"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
