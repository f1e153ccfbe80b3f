"""Bills with legal numbers far from everyday ones: very large and small, with many digits, or nested thousands deep."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

from tests.support.build import MADE, ON

Document = dict[str, Any]
Record = dict[str, Any]
MANY = 3_000
"""So many uses, that a bill is walked as arrays."""


def document(parts: list[Record], uses: list[Record], **top: Any) -> Document:
    """A document whose first part is the product."""
    head = {"format": "tkdn-bom", "version": 1, "product": parts[0]["id"], "date": ON}
    return {**head, **top, "parts": parts, "uses": uses}


def good(id_: str = "GOOD", **fields: Any) -> Record:
    """A good made in Indonesia with every production fact."""
    return {"id": id_, "made_in": "ID", "production": MADE, **fields}


def use(parent: Any, id_: Any, quantity: Any = "1", **fields: Any) -> Record:
    return {"parent": parent, "part": id_, "quantity": quantity, **fields}


def padding(
    count: int, price: str = "1", made_in: str = "ID", under: str = "GOOD"
) -> tuple[list[Record], list[Record]]:
    """Small bought parts that make a bill a large one."""
    parts = [{"id": f"PAD-{at}", "price": {"amount": price}, "made_in": made_in} for at in range(count)]
    return parts, [use(under, part["id"]) for part in parts]


def phantom_chain(quantities: list[str], padded: int = 0) -> Document:
    """An imported engine of 900 under nested phantoms with these quantities, beside a domestic body of 100."""
    chain = [{"id": f"K-{at}", "phantom": True} for at in range(len(quantities))]
    engine, body = {"id": "ENGINE", "price": {"amount": "900"}, "made_in": "CN"}, {
        "id": "BODY", "price": {"amount": "100"}, "made_in": "ID", "all_domestic_material": True,
    }  # fmt: skip
    ids = ["GOOD", *(each["id"] for each in chain)]
    uses = [use(above, below, quantity) for above, below, quantity in zip(ids, ids[1:], quantities, strict=False)]
    uses += [use(ids[-1], "ENGINE"), use("GOOD", "BODY")]
    more, more_uses = padding(padded, "0.00000000000000000001")
    return document([good(), *chain, engine, body, *more], [*uses, *more_uses])


def long_denominators(count: int, digits: int = 29, seed: int = 1) -> Document:
    """Lines each with a `per` of so many digits, all different; every second is domestic."""
    chance = random.Random(seed)
    parts = [
        {
            "id": f"P-{at}",
            "price": {
                "amount": "1000",
                "per": f"1.{chance.randrange(10 ** (digits - 2), 10 ** (digits - 1)) | 1}",
            },
            "made_in": "ID" if at % 2 else "CN",
        }
        for at in range(count)
    ]
    return document([good(), *parts], [use("GOOD", part["id"]) for part in parts])


def scrapped(count: int, seed: int = 1) -> Document:
    """Lines each with five decimals of scrap; every second is domestic, from small makers."""
    chance = random.Random(seed)
    parts = [
        {
            "id": f"P-{at}",
            "price": {"amount": str(chance.randrange(1_000, 90_000))},
            "made_in": "ID" if at % 2 else "CN",
            "supplier": f"S-{at % 10}",
        }
        for at in range(count)
    ]
    uses = [use("GOOD", part["id"], scrap=f"0.{chance.randrange(1, 50_000):05}") for part in parts]
    firms = [{"id": f"S-{at}", "scale": "small"} for at in range(10)]
    return document([good(), *parts], uses, suppliers=firms)


def nested(levels: int, **kind: Any) -> Document:
    """Phantoms or in-house stages nested so deep, each with a bought part of its own."""
    chain = [{"id": f"K-{at}", **kind} for at in range(levels)]
    leaves = [
        {"id": f"L-{at}", "price": {"amount": "1000"}, "made_in": "ID" if at % 2 else "CN"} for at in range(levels)
    ]
    ids = ["GOOD", *(each["id"] for each in chain)]
    uses = [use(above, below) for above, below in pairwise(ids)]
    uses += [use(each["id"], leaf["id"]) for each, leaf in zip(chain, leaves, strict=True)]
    return document([good(), *chain, *leaves], uses)


def shared_phantom(assemblies: int, leaves: int) -> Document:
    """Assemblies that all take one phantom of many leaves."""
    made = [good(f"A-{at}") for at in range(assemblies)]
    bought = [
        {"id": f"L-{at}", "price": {"amount": "1000"}, "made_in": "ID" if at % 2 else "CN"} for at in range(leaves)
    ]
    uses = [use("GOOD", each["id"]) for each in made] + [use(each["id"], "KIT") for each in made]
    uses += [use("KIT", each["id"]) for each in bought]
    return document([good(), *made, {"id": "KIT", "phantom": True}, *bought], uses)


def diamonds(levels: int, quantity: str = "0.5", **kind: Any) -> Document:
    """On every level two parts that each take both of the level below."""
    parts, uses = [good()], []
    above = ["GOOD"]
    for at in range(levels):
        pair = [good(f"D-{at}-{side}") if not kind else {"id": f"D-{at}-{side}", **kind} for side in "ab"]
        parts += pair
        uses += [use(one, each["id"], quantity) for one in above for each in pair]
        above = [each["id"] for each in pair]
    parts += [
        {"id": "LEAF-a", "price": {"amount": "1000"}, "made_in": "ID", "supplier": "S-1"},
        {"id": "LEAF-b", "price": {"amount": "3000"}, "made_in": "CN"},
    ]
    uses += [use(one, leaf) for one in above for leaf in ("LEAF-a", "LEAF-b")]
    return document(parts, uses, suppliers=[{"id": "S-1", "scale": "small"}])


def random_bill(
    chance: random.Random, levels: int = 40, nines: int = 29, leaves: int = 3, wild: float = 0.15
) -> Document:
    """A chain of goods, phantoms and in-house stages with quantities, prices and scrap far from everyday ones.

    Most products of quantities stay near one, so that most bills are within the range of 10^±60. `nines`: most digits of scrap,
    at most thirty. `leaves`: most bought parts of a level. `wild`: how often a price or a quantity makes up for nothing.
    """
    parts: list[Record] = [good()]
    uses: list[Record] = []
    above, size = "GOOD", 0
    for at in range(chance.randrange(1, levels + 1)):
        for each in range(chance.randrange(1, leaves + 1)):
            leaf, line = _leaf(chance, f"L-{at}-{each}", size, nines, wild)
            parts.append(leaf)
            uses.append({"parent": above, "part": leaf["id"], **line})
        kind: Record = chance.choice(({}, {}, {"phantom": True}, {"in_house": True}))
        stage = {"id": f"G-{at}", **kind} if kind else good(f"G-{at}")
        if not kind and chance.random() < 0.2:
            stage["certificates"] = [{"number": "1", "tkdn": chance.choice(("40", "40.01")), "issued": "2026-05-01"}]
        power = chance.randrange(-20, 21) if chance.random() < wild else _power(chance, size)
        parts.append(stage)
        uses.append(use(above, stage["id"], f"1e{power}"))
        size, above = size + power, stage["id"]
    parts += [
        {"id": "END-ID", "price": {"amount": _around(chance, size, wild)}, "made_in": "ID", "natural_resource": True},
        {"id": "END-CN", "price": {"amount": _around(chance, size, wild)}, "made_in": "CN"},
    ]
    uses += [use(above, "END-ID"), use(above, "END-CN")]
    return document(parts, uses)


def _power(chance: random.Random, size: int) -> int:
    """Return a power of ten for a quantity; one that leads back if what is above is beyond 10^±20."""
    if abs(size) > 20:
        return chance.randrange(5, 21) * (-1 if size > 0 else 1)
    return chance.randrange(-20, 21)


def _around(chance: random.Random, size: int, wild: float) -> str:
    """Return a price that mostly makes up for a quantity of 10^`size`."""
    if chance.random() < wild:
        return f"{chance.randrange(1, 10)}e{chance.randrange(-20, 21)}"
    return f"{chance.randrange(1, 10)}e{max(-20, min(20, -size))}"


def _leaf(chance: random.Random, id_: str, size: int, nines: int, wild: float) -> tuple[Record, Record]:
    """Return a bought part and the fields of its line; half of the prices make up for its scrap too."""
    power = chance.choice((0, 0, 0, 0, 10, -10))
    line: Record = {"quantity": chance.choice(("1", "3", "0.5")) if not power else f"1e{power}"}
    if chance.random() < 0.4:
        lost = chance.randrange(1, nines + 1)
        line["scrap"] = "0." + "9" * lost
        power += lost * chance.randrange(2)
    price: Record = {"amount": _around(chance, size + power, wild)}
    if chance.random() < 0.2:
        price["per"] = f"1.{chance.randrange(10**28) | 1:028}"
    made = chance.choice(({"made_in": "ID"}, {"made_in": "CN"}, {"made_in": "ID", "natural_resource": True}, {}))
    return {"id": id_, "price": price, **made}, line


def corrected(chance: random.Random, bill: Document) -> tuple[Document, str, Record]:
    """Return the bill with one price 10^16 times another; the part of this price, and the price that is right."""
    part = chance.choice([part for part in bill["parts"] if "price" in part])
    figure, power = part["price"]["amount"].split("e")
    wrong = f"{figure}e{int(power) + (16 if int(power) <= 0 else -16)}"
    before = {**part, "price": {**part["price"], "amount": wrong}}
    return {**bill, "parts": [before if each is part else each for each in bill["parts"]]}, part["id"], part["price"]
