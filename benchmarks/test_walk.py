"""Compile and walk against peers on the same bills: pytest benchmarks/test_walk.py (see performance.py for the table)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import peers
import pytest
from ours import compiled, walked
from synthetic_arrays import Columns, columns

from tkdn.bom.compiled import structure

SIZES = {"3k": 1_000, "30k": 9_100, "300k": 91_000, **({"3M": 910_000} if os.environ.get("LARGE") else {})}
"""Parts, by about how many uses the bill has."""
OBJECTS = ("3k", "30k")
Job = Callable[[], Any]


@cache
def bill(size: str) -> Columns:
    return columns(SIZES[size])


@cache
def ready(size: str) -> Any:
    return compiled(bill(size))


def timed(benchmark: Any, size: str, job: Job, what: str) -> Any:
    benchmark.group = f"{what} {size}"
    benchmark.extra_info["uses"] = len(bill(size).parent)
    heavy = size in ("300k", "3M")
    return benchmark.pedantic(job, rounds=5 if heavy else 11, warmup_rounds=1)


@pytest.mark.parametrize("size", SIZES)
def test_tkdn_walk(benchmark: Any, size: str) -> None:
    found = timed(benchmark, size, lambda: walked(*ready(size)), "walk")
    assert found.status[0] == 0


@pytest.mark.parametrize("size", OBJECTS)
def test_networkx_rules(benchmark: Any, size: str) -> None:
    graph = peers.networkx_graph(bill(size))
    score = timed(benchmark, size, lambda: peers.networkx_walk(bill(size), graph), "walk")
    assert round(score, 2) * 100 == pytest.approx(walked(*ready(size)).potential[0])


@pytest.mark.parametrize("size", OBJECTS)
def test_recursion_rules(benchmark: Any, size: str) -> None:
    sys.setrecursionlimit(10_000)
    below = peers.lists(bill(size))
    score = timed(benchmark, size, lambda: peers.recursion(bill(size), below), "walk")
    assert round(score, 2) * 100 == pytest.approx(walked(*ready(size)).potential[0])


@pytest.mark.parametrize("size", SIZES)
def test_numba_roll_up(benchmark: Any, size: str) -> None:
    timed(benchmark, size, peers.numba_roll_up(bill(size)), "walk")


@pytest.mark.parametrize("size", ["3k", "30k", "300k"])
@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb"])
def test_frames_roll_up(benchmark: Any, size: str, library: str) -> None:
    most, level = peers.level_frames(bill(size))
    job = getattr(peers, f"{library}_roll_up")
    timed(benchmark, size, lambda: job(bill(size), most, level), "walk")


@pytest.mark.parametrize("size", SIZES)
def test_tkdn_compile(benchmark: Any, size: str) -> None:
    one = bill(size)
    timed(benchmark, size, lambda: structure(one.parts, one.parent, one.child, one.quantity), "compile")


@pytest.mark.parametrize("size", SIZES)
def test_numpy_compile(benchmark: Any, size: str) -> None:
    timed(benchmark, size, lambda: peers.numpy_compile(bill(size)), "compile")
