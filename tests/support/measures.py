"""Measures for tests, and hypothesis strategies of small bills with measures that meet, exclude and need each other."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Any

from hypothesis import strategies as st
from tests.support.build import MADE, Document, Record, abroad, bill, cert, firm, good, home

PARTS = ("A", "B", "C", "D", "E", "F")
INNER = ("D", "E", "F")
FIRMS = [firm("S", "small"), firm("L", "large", industrial_licence=True)]


def measure(id_: str, parts: Record | None = None, one_off: int = 0, **fields: Any) -> Record:
    """A measure that changes some parts."""
    changes = fields.pop("changes", {"parts": parts or {}})
    return {"id": id_, "changes": changes, "one_off": {"amount": str(one_off)}, **fields}


def listed(*measures: Record) -> Document:
    """A document of measures."""
    return {"format": "tkdn-measures", "version": 1, "measures": list(measures)}


@st.composite
def planned(draw: st.DrawFn) -> tuple[Document, list[Record]]:
    """A bill of two levels, and up to six measures."""
    amounts = st.integers(1, 40)
    parts: list[Record] = [good()]
    for id_ in PARTS:
        deep = id_ in "ABC"
        price = None if deep and draw(st.booleans()) else draw(amounts)
        record = draw(st.sampled_from([home, abroad]))(id_, price)
        if record["made_in"] == "ID":
            if draw(st.integers(0, 3)) == 0:
                record["certificates"] = [cert(draw(st.sampled_from(["25", "41", "61", "95"])))]
            if deep:
                record["production"] = MADE
        if draw(st.booleans()):
            record["supplier"] = draw(st.sampled_from(["S", "L"]))
        parts.append(record)
    some = st.lists(st.sampled_from(INNER), min_size=1, max_size=3, unique=True)
    inner = {id_: " ".join(draw(some)) for id_ in "ABC"}
    if draw(st.booleans()):
        inner["A"] += " B"
    top = draw(st.lists(st.sampled_from(PARTS), min_size=2, max_size=5, unique=True))
    goods = " ".join(f"{draw(st.integers(1, 3))}*{id_}" for id_ in top)
    document = bill(*parts, uses={"GOOD": goods, **inner}, suppliers=FIRMS)
    lines = [f"{each['parent']} > {each['part']}" for each in document["uses"]]
    count = draw(st.integers(1, 6))
    ids = [f"M{number}" for number in range(count)]
    measures = []
    for number, id_ in enumerate(ids):
        fields: Record = {}
        earlier = ids[:number]
        if earlier and draw(st.integers(0, 3)) == 0:
            fields["excludes"] = [draw(st.sampled_from(earlier))]
        elif earlier and draw(st.integers(0, 3)) == 0:
            fields["requires"] = [draw(st.sampled_from(earlier))]
        if draw(st.booleans()):
            fields["unit_cost_change"] = {"amount": str(draw(st.integers(-3, 5)))}
        measures.append(measure(id_, changes=draw(changes(lines)), one_off=draw(st.integers(0, 30)), **fields))
    return document, measures


@st.composite
def changes(draw: st.DrawFn, lines: list[str]) -> Record:
    """A change of one or two parts, of a use, of a firm, or of how the product is made."""
    kind = draw(st.integers(0, 9))
    if kind == 1:
        return {"uses": {draw(st.sampled_from(lines)): {"quantity": str(draw(st.integers(1, 4)))}}}
    if kind == 2:
        return {"suppliers": {"S": {"industrial_licence": draw(st.booleans())}}}
    if kind == 0:
        made = {
            "foreign_workers": draw(st.sampled_from([0, 9])),
            "factory": draw(st.sampled_from(["own", "outsourced"])),
        }
        return {"parts": {"GOOD": {"production": {**MADE, **made}}}}
    chosen = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=2, unique=True))
    return {"parts": {id_: draw(fields_of()) for id_ in chosen}}


@st.composite
def fields_of(draw: st.DrawFn) -> Record:
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return {"made_in": "ID"}
    if kind == 4:
        return {"made_in": "ID", "supplier": draw(st.sampled_from(["S", "L"]))}
    if kind == 1:
        return {"made_in": "ID", "all_domestic_material": True}
    if kind == 2:
        return {"price": {"amount": str(draw(st.integers(1, 40)))}}
    return {"made_in": "ID", "certificates": [cert(draw(st.sampled_from(["20", "41", "61", "95"])))]}


def sets_of(measures: list[Record]) -> list[frozenset[int]]:
    """All sets of measures that hold their exclusions and prerequisites, by brute force."""
    index = {each["id"]: number for number, each in enumerate(measures)}

    def allowed(chosen: frozenset[int]) -> bool:
        return all(
            all(index[id_] in chosen for id_ in measures[number].get("requires", ()))
            and not any(index[id_] in chosen for id_ in measures[number].get("excludes", ()))
            for number in chosen
        )

    everything = chain.from_iterable(combinations(range(len(measures)), size) for size in range(len(measures) + 1))
    return [chosen for each in everything if allowed(chosen := frozenset(each))]
