"""Small bills for hand-worked cases, readable at a glance.

    bill(good(), home("FRAME", 750), abroad("MOTOR", 250), uses={"GOOD": "FRAME 2*MOTOR"})

The good is made in its own factory by Indonesian workers of a firm that has invested, so labour and overhead give
10 + 15 = 25 points and its score is 25 + 0.75 x material.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from tkdn import Assessment, Bom, assess, lift
from tkdn.assessment.engines.engine import Basis
from tkdn.assessment.lift import By
from tkdn.assessment.lift_rows import GroupRow, LiftRow

Record = dict[str, Any]
Document = dict[str, Any]

ON = "2026-06-01"
EXAMPLES = Path(__file__).parents[2] / "examples"
MADE: Record = {"factory": "own", "indonesian_workers": 4, "foreign_workers": 0, "invested_in_indonesia": True}
"""Production facts that give labour 100 and overhead 100."""


def part(id_: str, price: int | str | Record | None = None, made_in: str | None = None, **fields: Any) -> Record:
    """A part; without `made_in` its origin is unknown. `price` in rupiah, or the whole record."""
    record: Record = {"id": id_}
    if price is not None:
        record["price"] = price if isinstance(price, dict) else {"amount": str(price)}
    if made_in is not None:
        record["made_in"] = made_in
    return {**record, **fields}


def good(id_: str = "GOOD", **fields: Any) -> Record:
    """What is assessed: made in Indonesia, with everything stated that gives labour and overhead in full."""
    return {"id": id_, "made_in": "ID", "production": MADE, **fields}


def home(id_: str, price: int | str | Record | None = None, **fields: Any) -> Record:
    """A part made in Indonesia."""
    return part(id_, price, "ID", **fields)


def abroad(id_: str, price: int | str | Record | None = None, **fields: Any) -> Record:
    """An import."""
    return part(id_, price, "CN", **fields)


def cert(tkdn: str | int, **fields: Any) -> Record:
    """A certificate that counts on the date, unless `fields` say otherwise."""
    return {"number": f"{tkdn}/2025", "tkdn": str(tkdn), "issued": "2025-02-01", "expires": "2030-01-31", **fields}


def firm(id_: str = "S-1", scale: str | None = "small", **fields: Any) -> Record:
    """A supplier."""
    return {"id": id_, **({} if scale is None else {"scale": scale}), **fields}


def uses_of(lines: Mapping[str, str]) -> list[Record]:
    """Uses written as {"GOOD": "FRAME 2*BOLT"}: the parent, then quantity*part."""
    found = []
    for parent, words in lines.items():
        for word in words.split():
            quantity, _, id_ = word.rpartition("*")
            found.append({"parent": parent, "part": id_, "quantity": quantity or "1"})
    return found


def bill(
    *parts: Record,
    uses: Mapping[str, str],
    more_uses: Iterable[Record] = (),
    suppliers: Iterable[Record] = (),
    **top: Any,
) -> Document:
    """A whole document; its first part is the product."""
    return {
        "format": "tkdn-bom",
        "version": 1,
        "product": parts[0]["id"],
        "date": ON,
        **top,
        "parts": list(parts),
        "uses": [*uses_of(uses), *more_uses],
        "suppliers": list(suppliers),
    }


def use(parent: str, id_: str, quantity: str = "1", **fields: Any) -> Record:
    """A use with more to say than its quantity."""
    return {"parent": parent, "part": id_, "quantity": quantity, **fields}


def assessed(document: Document, **options: Any) -> Assessment:
    """The document's assessment."""
    return assess(Bom.from_dict(document), **options)


def changed(document: Document, id_: str, **fields: Any) -> Document:
    """The document with some fields of a part or supplier changed; None takes a field out."""

    def of(record: Record) -> Record:
        if record["id"] != id_:
            return record
        return {key: value for key, value in {**record, **fields}.items() if value is not None}

    return {**document, **{key: [of(record) for record in document[key]] for key in ("parts", "suppliers")}}


def part_rows(document: Document, basis: Basis = "score") -> dict[str, LiftRow]:
    """The lift of each IKM part, by its id, in the order of the rows."""
    rows = cast("list[LiftRow]", lift(assessed(document), basis=basis).rows)
    return {row.part: row for row in rows}


def group_rows(document: Document, by: By, basis: Basis = "score") -> dict[str | None, GroupRow]:
    """The lift of each group, by its key, in the order of the rows."""
    rows = cast("list[GroupRow]", lift(assessed(document), basis=basis, by=by).rows)
    return {row.key: row for row in rows}
