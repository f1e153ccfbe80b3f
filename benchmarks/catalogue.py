"""A catalogue of many small bills: python benchmarks/catalogue.py [BILLS] [PARTS_EACH]

Writes synthetic bills of 50 parts as Parquet, assesses all of them with one worker process and with two, and prints seconds, the
ratio, seconds for half of the bills (twice that for all where the time is linear), and the most memory of any process.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow
from pyarrow import parquet

import tkdn

GROUP = 500
"""Bills in a row group of parts, and so in a range."""


def write(folder: Path, bills: int, each: int, seed: int = 1) -> None:
    """Synthetic vehicles: a product, subassemblies that roll up, and bought parts, of which some are certified."""
    chance = np.random.default_rng(seed)
    subs = each // 10
    writers: dict[str, parquet.ParquetWriter] = {}
    for start in range(0, bills, GROUP):
        count = min(GROUP, bills - start)
        vehicle = np.repeat([f"V{start + number:07}" for number in range(count)], each)
        number = np.tile(np.arange(each), count)
        kind = np.where(number == 0, 0, np.where(number <= subs, 1, 2))
        home = (chance.random(count * each) < 0.65) | (kind == 0)
        price = np.where(kind == 2, chance.integers(1_000, 900_000, count * each).astype(float), np.nan)
        parts = pyarrow.table(
            {
                "vehicle": vehicle,
                "id": [f"P-{at:03}" for at in number],
                "price": pyarrow.array(price, from_pandas=True),
                "made_in": np.where(home, "ID", "CN"),
                "supplier": [f"S-{at % 5}" for at in number],
                "factory": np.where(kind < 2, "own", None),
                "indonesian_workers": pyarrow.array(np.where(kind < 2, 12.0, np.nan), from_pandas=True),
                "foreign_workers": pyarrow.array(np.where(kind < 2, 1.0, np.nan), from_pandas=True),
                "invested_in_indonesia": pyarrow.array(np.where(kind < 2, True, None)),
            }
        )
        below = np.where(kind == 2, 1 + (number % subs), 0)
        used = kind > 0
        uses = pyarrow.table(
            {
                "vehicle": vehicle[used],
                "parent": [f"P-{at:03}" for at in below[used]],
                "part": [f"P-{at:03}" for at in number[used]],
                "quantity": chance.integers(1, 9, int(used.sum())).astype(float),
            }
        )
        certified = home & (kind == 2) & (chance.random(count * each) < 0.3)
        certificates = pyarrow.table(
            {
                "vehicle": vehicle[certified],
                "part": [f"P-{at:03}" for at in number[certified]],
                "number": [f"C-{at}" for at in range(int(certified.sum()))],
                "tkdn": chance.integers(10, 100, int(certified.sum())).astype(float),
                "issued": pyarrow.array(np.full(int(certified.sum()), np.datetime64("2024-05-01", "D"))),
            }
        )
        suppliers = pyarrow.table(
            {
                "vehicle": np.repeat([f"V{start + at:07}" for at in range(count)], 5),
                "id": [f"S-{at}" for at in range(5)] * count,
                "scale": ["micro", "small", "medium", "large", "large"] * count,
                "industrial_licence": [True] * (5 * count),
            }
        )
        tables = {"parts": parts, "uses": uses, "certificates": certificates, "suppliers": suppliers}
        for name, table in tables.items():
            if name not in writers:
                writers[name] = parquet.ParquetWriter(folder / f"{name}.parquet", table.schema)
            writers[name].write_table(table)
    for writer in writers.values():
        writer.close()


def seconds(folder: Path, workers: int) -> float:
    """To assess all of a catalogue on so many processes."""
    with tempfile.TemporaryDirectory() as out, ProcessPoolExecutor(workers) as executor:
        list(executor.map(len, ["warm"] * workers))
        start = time.perf_counter()
        tkdn.assess_many(folder, on="2026-06-01", out=Path(out) / "run", executor=executor)
        return time.perf_counter() - start


def main() -> None:
    bills, each = (int(word) for word in (*sys.argv[1:], *("100000", "50")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as half, tempfile.TemporaryDirectory() as whole:
        write(Path(half), bills // 2, each)
        write(Path(whole), bills, each)
        one, two, less = seconds(Path(whole), 1), seconds(Path(whole), 2), seconds(Path(half), 1)
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"{bills} bills of {each} parts: one worker {one:.1f} s, two {two:.1f} s, ratio {one / two:.2f}")
    print(f"half of them: {less:.1f} s, so all take {one / less:.2f} times half")
    print(f"most memory of a process: {memory:.0f} MB")


if __name__ == "__main__":
    main()
