"""Printing of records: on one line, whatever they hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tkdn.exact import EXACT

LONGEST = 60
"""Characters of a text that are shown."""
MAX_FIELDS = 16
"""Fields that are shown."""


def cut(text: str, most: int = LONGEST) -> str:
    """Return a text of at most `most` characters: a longer one is cut, and ends with an ellipsis.

    >>> cut("Frame", 4), cut("Bolt", 4)
    ('Fra…', 'Bolt')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def brief(record: object) -> str:
    """Return a record (a dataclass or a model) on one line; made to be its `__repr__`.

    Only what is stated is shown; lists by their length, fractions with two decimals; of very many fields the first.

    >>> from tkdn import Part, Price
    >>> Part(id="WHEEL", price=Price(amount="150000"), made_in="ID")
    Part(id='WHEEL', price=Price(amount=150000), made_in='ID')
    """
    kind = type(record)
    fields = getattr(kind, "__dataclass_fields__", None) or getattr(kind, "model_fields", {})
    shown = [
        f"{name}={_value(value)}"
        for name, field in fields.items()
        if field.repr and not _is_unsaid(value := getattr(record, name), field.default)
    ]
    more = ["…"] if len(shown) > MAX_FIELDS else []
    return f"{kind.__name__}({', '.join(shown[:MAX_FIELDS] + more)})"


def _is_unsaid(value: object, default: object) -> bool:
    return value is None or value == default or (isinstance(value, Collection) and not value)


def _value(value: object) -> str:
    if isinstance(value, str):
        return repr(cut(value))
    if isinstance(value, Mapping | tuple | list | frozenset):
        return f"<{len(value)}>"
    if isinstance(value, Fraction):
        return f"{Decimal(round(value * 100)).scaleb(-2, EXACT):f}"
    return str(value) if isinstance(value, Decimal | date) else repr(value)
