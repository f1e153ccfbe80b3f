"""Every way to the figures against the others on random bills, part by part: python tests/fuzz/agree.py NODES SEED [--extreme]

Ordinary bills: the walk on arrays against the walk on integers. Costs and quantities are small whole numbers, and some parts are
built so that their own value lies exactly on an edge of the ladder, or a rupiah beside it. Prints how many parts were compared,
and how many of them were computed exactly.

`--extreme`: numbers far from everyday ones (see `tests.support.extreme`), by arrays, by exact numbers, `with_changes`,
`scenarios`, `assess_many` of bills and of catalogues, and by the oracle. Prints how many parts of how many bills were compared,
and how many more bills every way refused. `--minutes`: ends after so many.
"""

from __future__ import annotations

import argparse
import random
import time
from typing import Any

from tests.support import extreme, ways

import tkdn
from tkdn.assessment.engines.arrays.array_engine import ArrayEngine
from tkdn.assessment.goods import GoodsAssessment
from tkdn.bom.columns import compile_bill

MADE = {"factory": "own", "indonesian_workers": 4, "foreign_workers": 0, "invested_in_indonesia": True}
EDGES = (6002, 14002, 22002)
"""Of 30,000 rupiah, what must be domestic in full so that 0.75 x its share + 25 is 40.005, 60.005 or 80.005."""
PARTS = 3_000


def document(chance: random.Random) -> dict[str, Any]:
    """A bill of several levels; one good in five stands on an edge, or a rupiah beside it."""
    parts: list[dict[str, Any]] = [{"id": "P-0", "made_in": "ID", "production": MADE}]
    uses: list[dict[str, Any]] = []
    open_goods = ["P-0"]
    while len(parts) < PARTS:
        good = open_goods.pop(0)
        below: list[tuple[int, dict[str, Any]]]
        if chance.random() < 0.2:
            domestic = chance.choice(EDGES) + chance.choice((-1, 0, 0, 1))
            below = [(domestic, {"natural_resource": True}), (30_000 - domestic, {"made_in": "CN"})]
        else:
            below = [
                (chance.randrange(1, 40), {"made_in": chance.choice(("ID", "ID", "CN"))})
                for _ in range(chance.randrange(2, 7))
            ]
        for price, fields in below:
            id_ = f"P-{len(parts)}"
            part: dict[str, Any] = {"id": id_, **fields}
            if fields.get("made_in") == "ID" and chance.random() < 0.6:
                part["production"] = MADE
                open_goods.append(id_)
            else:
                part["price"] = {"amount": str(price)}
            parts.append(part)
            uses.append({"parent": good, "part": id_, "quantity": chance.choice((1, 1, 1, 2, 3))})
        if not open_goods:
            open_goods.append("P-0")
    for id_ in open_goods:
        part = next(each for each in reversed(parts) if each["id"] == id_)
        if id_ != "P-0" and "price" not in part:
            part["price"] = {"amount": "7"}
    return {"format": "tkdn-bom", "version": 1, "product": "P-0", "date": "2026-06-01", "parts": parts, "uses": uses}


def compared(seed: int) -> tuple[int, int]:
    """Return how many parts of one bill were compared, and how many of them were computed exactly.

    Raises:
        AssertionError: The walks differ.
    """
    bom = tkdn.Bom.from_dict(document(random.Random(seed)))
    exact = tkdn.assess(bom, exact=True)
    assert isinstance(exact, GoodsAssessment)
    fast = ArrayEngine.of_compiled(compile_bill(bom, exact.day.product, exact.on), exact.facts, lambda: exact.day)
    walked, place = fast.walked, fast.bill.structure.place
    for number, credit in exact.exact_engine.credit.items():
        at = place[number]
        found = (walked.today[at], walked.best_case[at], walked.potential[at])
        assert found == (credit.today, credit.best_case, credit.potential), (seed, bom.parts[number].id, found, credit)
    return len(exact.exact_engine.credit), fast.exact_parts


LEAVES = (3, 30, 100)
"""Most bought parts of a level."""
WILD = (0.001, 0.01, 0.15)
"""How often a price makes up for nothing."""
TOGETHER = 8
"""Bills that are assessed at once."""
SELDOM = 4
"""Seeds of which one is compared as a catalogue too."""


def compared_extreme(seed: int) -> tuple[int, int]:
    """Return how many parts of the bills of one seed were compared, and how many bills were refused.

    Raises:
        AssertionError: Two ways differ; the message names the seed, the bill and the way.
    """
    chance = random.Random(seed)
    bills = {
        f"V{at}": extreme.random_bill(chance, leaves=chance.choice(LEAVES), wild=chance.choice(WILD))
        for at in range(TOGETHER)
    }
    held = {name: tkdn.Bom.from_dict(bill) for name, bill in bills.items()}
    told = {name: ways.by_oracle_in_full(bill) for name, bill in bills.items()}
    expected = {name: found for name, (found, _) in told.items()}
    nodes = refused = 0
    for name, bill in bills.items():
        bom, right = held[name], expected[name]
        _same(right, ways.figures(bom, exact=True), seed, name, "exact")
        with ways.by_arrays():
            _same(right, ways.figures(bom), seed, name, "arrays")
        before, part, price = extreme.corrected(chance, bill)
        start = tkdn.Bom.from_dict(before)
        starts = ways.figures(start)[0] != "refused"
        if starts:
            for exact in (False, True):
                found = ways.changed(start, {"parts": {part: {"price": price}}}, exact=exact)
                _same(right, found, seed, name, f"changed, exact={exact}")
        if right[0] == "refused":
            refused += 1
            continue
        _same(told[name][1], ways.walked_exactly(bom), seed, name, "credits, exact")
        _same(told[name][1], ways.walked(bom), seed, name, "credits, arrays")
        if starts:
            _, *rows = ways.in_scenarios(start, f"parts.{part}.price", [None, price["amount"]])
            _same([right], rows, seed, name, "scenarios")
        nodes += len(told[name][1])
    _same(expected, ways.at_once(held), seed, "all", "at once")
    if seed % SELDOM == 0:  # slow: every bill of it is read from text again
        _same(expected, ways.in_catalogue(held, floats=False), seed, "all", "catalogue")
    return nodes, refused


def _same(expected: object, found: object, seed: int, name: str, way: str) -> None:
    if isinstance(expected, dict) and isinstance(found, dict):
        keys = [key for key in {**expected, **found} if expected.get(key) != found.get(key)]
        expected, found = ({key: each.get(key) for key in keys} for each in (expected, found))
    assert expected == found, (seed, name, way, expected, found)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("nodes", type=int)
    asked.add_argument("seed", type=int)
    asked.add_argument("--extreme", action="store_true")
    asked.add_argument("--minutes", type=float, default=float("inf"))
    options = asked.parse_args()
    seed, ends = options.seed, time.monotonic() + 60 * options.minutes
    nodes = others = 0
    while nodes < options.nodes and time.monotonic() < ends:
        more, other = compared_extreme(seed) if options.extreme else compared(seed)
        nodes, others, seed = nodes + more, others + other, seed + 1
    if options.extreme:
        bills = TOGETHER * (seed - options.seed)
        print(f"{nodes} parts of {bills - others} bills alike, {others} bills refused alike; next seed {seed}")
    else:
        print(f"{nodes} parts alike, {others} of them near an edge and computed exactly; next seed {seed}")


if __name__ == "__main__":
    main()
