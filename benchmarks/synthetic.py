"""A synthetic multi-level bill of a real car's size, as a document."""

from __future__ import annotations

import random
from typing import Any


def document(parts: int = 10_000, levels: int = 11, uses_each: int = 3, seed: int = 1) -> dict[str, Any]:
    """About `parts` x `uses_each` uses on `levels` levels: mixed origins, prices, certificates, production facts, scrap."""
    rng = random.Random(seed)
    level = [0] + [1 + (levels - 1) * number // (parts - 1) for number in range(1, parts)]
    first = {at: level.index(at) for at in sorted(set(level))}
    records = [_part(rng, number, level[number], levels) for number in range(parts)]
    uses = []
    used: set[int] = set()
    for number, at in enumerate(level):
        if at < levels:
            children = range(first[at + 1], parts)
            for child in rng.sample(children, min(uses_each, len(children))):
                used.add(child)
                uses.append(_use(rng, number, child))
    uses += [_use(rng, 0, number) for number in range(1, parts) if number not in used]
    return {
        "format": "tkdn-bom",
        "version": 1,
        "product": records[0]["id"],
        "date": "2026-06-01",
        "parts": records,
        "uses": uses,
        "suppliers": [
            {
                "id": f"S-{number}",
                "scale": rng.choice(["micro", "small", "medium", "large"]),
                "region": "32.13",
                "industrial_licence": True,
            }
            for number in range(300)
        ],
        "rates": [{"currency": "USD", "rate": "16250", "from": "2026-05-20"}],
    }


def _part(rng: random.Random, number: int, level: int, levels: int) -> dict[str, Any]:
    part: dict[str, Any] = {"id": f"P-{number:06}", "name": f"Synthetic part {number}"}
    made = {
        "factory": "own",
        "indonesian_workers": rng.randrange(1, 90),
        "foreign_workers": rng.randrange(3),
        "invested_in_indonesia": True,
    }
    if level == 0:
        return {**part, "made_in": "ID", "production": made}
    country = rng.choice(["ID", "ID", "ID", "CN", "JP"])
    part |= {"made_in": country, "supplier": f"S-{rng.randrange(300)}"}
    if level == levels or rng.random() < 0.5:
        currency = "USD" if country != "ID" and rng.random() < 0.5 else "IDR"
        part["price"] = {"amount": str(rng.randrange(1000, 9_000_000) / 100), "currency": currency}
    if country == "ID" and rng.random() < 0.3:
        part["certificates"] = [{"number": f"C-{number}", "tkdn": str(rng.randrange(10, 100)), "issued": "2024-05-01"}]
    if country == "ID" and level < levels:
        part["production"] = made
    return part


def _use(rng: random.Random, parent: int, child: int) -> dict[str, Any]:
    use = {"parent": f"P-{parent:06}", "part": f"P-{child:06}", "quantity": rng.choice(["1", "2", "4", "0.5"])}
    return {**use, "scrap": "0.05"} if rng.random() < 0.1 else use
