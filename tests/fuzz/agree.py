"""The walk on arrays against the walk on integers, part by part, on random bills: python tests/fuzz/agree.py NODES SEED

Costs and quantities are small whole numbers, and some parts are built so that their own value lies exactly on an edge of the
ladder, or a rupiah beside it. Prints how many parts were compared, and how many of them were worked out exactly.
"""

from __future__ import annotations

import random
import sys
from typing import Any

import tkdn
from tkdn.assessment.arrays.fast import Fast
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
    """Parts compared in one bill, and those worked out exactly. Raises `AssertionError` where the walks differ."""
    bom = tkdn.Bom.from_dict(document(random.Random(seed)))
    exact = tkdn.assess(bom, exact=True)
    assert isinstance(exact, GoodsAssessment)
    fast = Fast.of(compile_bill(bom, exact.day.product, exact.on), exact.facts, lambda: exact.day)
    walked, place = fast.walked, fast.bill.structure.place
    for number, credit in exact.walk.credit.items():
        at = place[number]
        found = (walked.low[at], walked.high[at], walked.potential[at])
        assert found == (credit.low, credit.high, credit.potential), (seed, bom.parts[number].id, found, credit)
    return len(exact.walk.credit), fast.exact_parts


def main() -> None:
    wanted, seed = int(sys.argv[1]), int(sys.argv[2])
    nodes = near = 0
    while nodes < wanted:
        more, edges = compared(seed)
        nodes, near, seed = nodes + more, near + edges, seed + 1
    print(f"{nodes} parts alike, {near} of them near an edge and worked out exactly; next seed {seed}")


if __name__ == "__main__":
    main()
