"""Measure everything and write the table of docs/performance.md: python benchmarks/performance.py [--large]

Runs the benchmarks of this folder with pytest-benchmark, in one go, and puts medians and ratios between the marks of the page.
`--large` measures 3 million uses too, which needs some minutes and 4 GB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
START, END = "<!-- measured -->", "<!-- /measured -->"


def measured(large: bool) -> dict[str, dict[str, float]]:
    """Median seconds of every benchmark by its name, with what it notes beside."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={HERE}", "-c", os.devnull,
            f"--benchmark-json={report}", str(HERE / "test_walk.py"), str(HERE / "test_job.py"),
        ]  # fmt: skip
        subprocess.run(command, check=True, cwd=HERE, env={**os.environ, **({"LARGE": "1"} if large else {})})
        found = json.loads(report.read_text(encoding="utf-8"))["benchmarks"]
    return {each["name"]: {"median": each["stats"]["median"], **each["extra_info"]} for each in found}


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [
        "| " + " | ".join(heads) + " |",
        "| " + " | ".join("---" for _ in heads) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def page(found: dict[str, dict[str, float]]) -> str:
    """The tables, in Markdown."""

    def time(name: str) -> float:
        return found[name]["median"]

    def ms(name: str) -> str:
        return f"{time(name) * 1000:,.2f}"

    sizes = [size for size in ("3k", "30k", "300k", "3M") if f"test_tkdn_walk[{size}]" in found]
    lines: list[str] = []
    rows = []
    for label, name in (
        ("`tkdn`: all rules, three columns, figures exact", "test_tkdn_walk[{}]"),
        ("numba: one compiled pass, cost and domestic cost, no rules", "test_numba_roll_up[{}]"),
        ("pandas by level, cost only", "test_frames_roll_up[pandas-{}]"),
        ("polars by level, cost only", "test_frames_roll_up[polars-{}]"),
        ("DuckDB by level, cost only", "test_frames_roll_up[duckdb-{}]"),
        ("plain recursion with a memo, the same rules", "test_recursion_rules[{}]"),
        ("networkx, topological sort and dicts, the same rules", "test_networkx_rules[{}]"),
    ):
        cells = []
        for size in sizes:
            one, ours = name.format(size), f"test_tkdn_walk[{size}]"
            cells.append(f"{ms(one)} ({time(one) / time(ours):.2f})" if one in found else "")
        rows.append((label, *cells))
    lines += ["## Walk", "", "Milliseconds, and times `tkdn`'s own.", ""]
    lines += table(("engine", *(f"{size} uses" for size in sizes)), rows)
    rows = [
        (
            size,
            ms(f"test_tkdn_compile[{size}]"),
            ms(f"test_numpy_compile[{size}]"),
            f"{time(f'test_tkdn_compile[{size}]') / time(f'test_numpy_compile[{size}]'):.2f}",
        )
        for size in sizes
    ]
    lines += ["## Compile", "", "To levels and compressed rows both ways, from columns; milliseconds.", ""]
    lines += table(("uses", "`tkdn`", "numpy alone", "ratio"), rows)
    walk30, numba30 = time("test_tkdn_walk[30k]"), time("test_numba_roll_up[30k]")
    one, json_time = time("test_walk"), time("test_json_to_assessment")
    per = {size: time(f"test_tkdn_walk[{size}]") / found[f"test_tkdn_walk[{size}]"]["uses"] for size in sizes}
    lifts = found["test_all_lifts"].get("lifts", 0)
    new, parquet_time = time("test_assess_compiled"), time("test_parquet_to_assessment") / 10
    goals = [
        ("walk at 30k uses against networkx with the same rules", time("test_networkx_rules[30k]") / walk30, ">= 40"),
        ("walk at 30k uses, times one compiled pass without rules", walk30 / numba30, "<= 30"),
        (f"time per use, {sizes[-1]} against 30k", per[sizes[-1]] / per["30k"], "<= 2"),
        (
            "compile at 300k uses, times numpy alone",
            time("test_tkdn_compile[300k]") / time("test_numpy_compile[300k]"),
            "<= 1.5",
        ),
        ("JSON to assessment, times bare pydantic validation", json_time / time("test_pydantic_validates"), "<= 2"),
        ("Parquet to assessment at 300k uses, per use, times JSON", parquet_time / json_time, "<= 0.2"),
        (f"all {lifts} lifts (both bases), times one walk", time("test_all_lifts") / one, "<= 60"),
        ("one changed price: a new assessment, times the change", new / time("test_one_change[price]"), ">= 8"),
        ("one changed origin: a new assessment, times the change", new / time("test_one_change[origin]"), ">= 8"),
        ("1,000 variants, times 1,000 walks", time("test_thousand_variants") / (1000 * one), "<= 0.1"),
    ]
    lines += ["## Goals", "", "On 10,000 parts and 30,000 uses, where no size is named.", ""]
    lines += table(("what", "measured", "goal"), [(what, f"{value:.2f}", goal) for what, value, goal in goals])
    return "\n".join(lines)


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2]
    new = page(measured("--large" in sys.argv))
    PAGE.write_text(f"{before}{START}\n\n{new}\n{END}{after}", encoding="utf-8")
    print(new)


if __name__ == "__main__":
    main()
