"""How an object prints: on one line, whatever it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tkdn.exact import EXACT

LONGEST = 60
"""Characters of a text that are shown."""
MOST = 16
"""Fields that are shown."""


def cut(text: str, most: int = LONGEST) -> str:
    """A text, and where it is longer than the most, its beginning.

    >>> cut("Frame", 4), cut("Bolt", 4)
    ('Fra…', 'Bolt')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def brief(record: Any) -> str:
    """A record on one line: only what is stated; of lists how many; fractions with two decimals. To be its `__repr__`.

    Of very many fields only the first are shown.

    >>> from tkdn import Part, Price
    >>> Part(id="WHEEL", price=Price(amount="150000"), made_in="ID")
    Part(id='WHEEL', price=Price(amount=150000), made_in='ID')
    """
    fields = getattr(record, "__dataclass_fields__", None) or type(record).model_fields
    shown = [
        f"{name}={_value(value)}"
        for name, field in fields.items()
        if field.repr and not _unsaid(value := getattr(record, name), field)
    ]
    more = ["…"] if len(shown) > MOST else []
    return f"{type(record).__name__}({', '.join(shown[:MOST] + more)})"


def _unsaid(value: object, field: Any) -> bool:
    return value is None or value == field.default or (isinstance(value, Collection) and not value)


def _value(value: object) -> str:
    if isinstance(value, str):
        return repr(cut(value))
    if isinstance(value, Mapping | tuple | list | frozenset):
        return f"<{len(value)}>"
    if isinstance(value, Fraction):
        return f"{Decimal(round(value * 100)).scaleb(-2, EXACT):f}"
    return str(value) if isinstance(value, Decimal | date) else repr(value)
