"""Small documents for hand-worked cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tkdn.documents import DocumentError, from_dict

Document = dict[str, Any]
ON = "2026-06-01"
BILLION = 1_000_000_000


def document(format: str, **fields: Any) -> Document:  # noqa: A002
    """A document on the usual date; a field that is None is left out."""
    whole = {"format": f"tkdn-{format}", "version": 1, "date": ON, **fields}
    return {key: value for key, value in whole.items() if value is not None}


def rp(amount: int | str, currency: str | None = None) -> dict[str, str]:
    return {"amount": str(amount), **({"currency": currency} if currency else {})}


def labour(wage: int | str = 100, citizenship: str = "ID", **fields: Any) -> Document:
    given = {"name": "Work", "citizenship": citizenship, "persons": 1, "months": 1, "monthly_wage": rp(wage)}
    return given | fields


def tool(cost: int | str = 100, made_in: str = "ID", **fields: Any) -> Document:
    return {"name": "Tool", "made_in": made_in, "number": 1, "months": 1, "monthly_cost": rp(cost)} | fields


def general(price: int | str = 100, provider: str = "domestic", **fields: Any) -> Document:
    return {"name": "Service", "provider": provider, "quantity": 1, "unit_price": rp(price)} | fields


def item(value: int | str, tkdn: str | None = None, name: str = "Item") -> Document:
    return {"name": name, "value": rp(value), **({} if tkdn is None else {"tkdn": tkdn})}


def bid(bidder: str, price: int | str, tkdn: str | None = None, **fields: Any) -> Document:
    return {"bidder": bidder, "price": rp(price), **({} if tkdn is None else {"tkdn": tkdn}), **fields}


def tender(*bids: Document, estimate: int | str = 2 * BILLION, preference: str = "25", **fields: Any) -> Document:
    return document("bids", owner_estimate=rp(estimate), preference=preference, bids=list(bids), **fields)


def problems(action: Callable[[], object]) -> list[tuple[str, str]]:
    """Code and place of every problem that the action is refused for."""
    with pytest.raises(DocumentError) as caught:
        action()
    for problem in caught.value.problems:
        assert problem.message
        assert problem.remedy
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


def refused(data: Document) -> list[tuple[str, str]]:
    """Code and place of every problem that a document has."""
    return problems(lambda: from_dict(data))
