"""A small sound document to break in one place, and ways to look into a bill on a day by the ids of its parts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import Document, Record, part, use

from tkdn import Bom, BomError, Problem
from tkdn.bom.day import BillOnDay


def cart() -> Document:
    """A cart of two wheels and an axle: parts[0] CART, parts[1] WHEEL, parts[2] AXLE (by weight, priced in dollars)."""
    return {
        "format": "tkdn-bom",
        "version": 1,
        "product": "CART",
        "date": "2026-06-01",
        "currency": "IDR",
        "parts": [
            {"id": "CART", "made_in": "ID"},
            {
                **part("WHEEL", 150000, "ID", supplier="S-1"),
                "certificates": [{"number": "N-1", "tkdn": "45", "issued": "2025-02-01"}],
            },
            {"id": "AXLE", "unit": "kg", "price": {"amount": "2", "currency": "USD"}},
        ],
        "uses": [use("CART", "WHEEL", "2"), use("CART", "AXLE", "3")],
        "suppliers": [{"id": "S-1", "name": "CV Roda", "scale": "small", "region": "32.13"}],
        "rates": [{"currency": "USD", "rate": "16000", "from": "2026-01-01"}],
    }


def put(document: Document, path: str, value: Any) -> None:
    """Set the value at a JSON path such as parts[1].price.amount; a list grows by one where the path asks for it."""
    *way, last = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)]
    holder: Any = document
    for step in way:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[int(step)]
    if isinstance(holder, list) and last == len(holder):
        holder.append(value)
    else:
        holder[last] = value


def broken(changes: Mapping[str, Any]) -> Document:
    """The cart with other values at some JSON paths."""
    document = cart()
    for path, value in changes.items():
        put(document, path, value)
    return document


def problems_of(document: Document | str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a document, read as JSON text."""
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    with pytest.raises(BomError) as caught:
        Bom.from_json(text)
    return caught.value.problems


def read(parts: Iterable[Record], uses: Iterable[Record], **top: Any) -> Bom:
    """A bill of some parts, read; its first part is the product."""
    parts = list(parts)
    head = {"format": "tkdn-bom", "version": 1, "product": parts[0]["id"], "date": "2026-06-01"}
    return Bom.from_dict({**head, **top, "parts": parts, "uses": list(uses)})


def plain_parts(ids: Iterable[str]) -> list[Record]:
    """Parts of which nothing is known but their ids."""
    return [{"id": id_} for id_ in ids]


def uses_on(day: BillOnDay, id_: str) -> dict[str, Fraction]:
    """Gross quantities of the uses under a part that count on the day, phantoms unopened."""
    return _by_id(day, day.uses[day.bom.graph.index_of(id_)])


def lines_on(day: BillOnDay, id_: str) -> dict[str, Fraction]:
    """Gross quantities of the lines of a good, phantoms and in-house parts opened."""
    return _by_id(day, day.lines[day.bom.graph.index_of(id_)])


def _by_id(day: BillOnDay, lines: Mapping[int, tuple[int, int]]) -> dict[str, Fraction]:
    return {day.parts[child].id: Fraction(*ratio) for child, ratio in lines.items()}
