"""Differences of two bills, record by record and field by field, as steps that lead from one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as told
from datetime import date
from functools import partial
from typing import Any, Literal

from tkdn.bom.bom import Bom
from tkdn.bom.model import Part, Record, Supplier, Use
from tkdn.law.regulation import Regulation

Kind = Literal[
    "date", "regulation", "rate", "supplier", "part_added", "use_added", "quantity", "use_removed", "price", "origin", "maker",
    "certificate", "production", "other", "part_removed", "supplier_removed", "document",
]  # fmt: skip
KIND_OF: Mapping[str, Kind] = {
    **dict.fromkeys(("price", "conversion_cost"), "price"),
    **dict.fromkeys(("made_in", "natural_resource", "all_domestic_material"), "origin"),
    **dict.fromkeys(("supplier", "maker"), "maker"),
    "certificates": "certificate",
    **dict.fromkeys(("production", "brainware", "vehicle"), "production"),
}
"""What a change of a part's field is a change of; of any other: `other`."""
NEUTRAL = frozenset({"name", "spec", "hs_code", "kbli", "evidence", "region"})
"""Fields that no method counts by: a change of theirs moves no score."""
FIELDS = (
    *KIND_OF,
    *(name for name in Part.model_fields if name not in KIND_OF and name not in NEUTRAL),
    *(name for name in Part.model_fields if name in NEUTRAL),
)
"""The fields of a part in the order in which their changes are taken."""
UseKey = tuple[str, str, int]
Key = str | UseKey


@dataclass(frozen=True)
class State:
    """A bill, as records by key, with what it is assessed by."""

    parts: Mapping[str, Part]
    uses: Mapping[UseKey, Use]
    suppliers: Mapping[str, Supplier]
    rates: tuple[Any, ...]
    product: str
    currency: str
    on: date
    regulation: Regulation
    year: int | None

    @classmethod
    def of(cls, bom: Bom, product: str, on: date, regulation: Regulation, year: int | None) -> State:
        """Return the state of a bill that is assessed: its records by key, the product, the day and the law."""
        parts = {part.id: part for part in bom.parts}
        suppliers = {supplier.id: supplier for supplier in bom.suppliers}
        return cls(parts, _by_key(bom.uses), suppliers, bom.rates, product, bom.currency, on, regulation, year)

    def bom(self) -> Bom:
        """Return the bill, checked.

        Raises:
            BomError: its records contradict each other.
        """
        records = {name: tuple(getattr(self, name).values()) for name in ("parts", "uses", "suppliers")}
        return Bom(product=self.product, currency=self.currency, rates=self.rates, **records)

    def put(self, table: str, key: Key, record: Record | None) -> State:
        """Return the state with a record put in, or taken out (None)."""
        records = {**getattr(self, table)}
        if record is None:
            records.pop(key)
        else:
            records[key] = record
        changed: dict[str, Any] = {table: records}
        return replace(self, **changed)


@dataclass(frozen=True)
class Difference:
    """One difference: of what `kind`, of which record, in which `field`; its values before and after, as in the document."""

    kind: Kind
    about: str
    field: str | None
    before: Any
    after: Any
    apply: Callable[[State], State] = told(repr=False, compare=False)
    """Made of functions of the module, so that a history can be pickled."""

    @property
    def neutral(self) -> bool:
        """True if it moves no score, whatever the values."""
        return self.field in NEUTRAL

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as plain data, values as in the document."""
        return {name: getattr(self, name) for name in ("kind", "about", "field", "before", "after")}


def _by_key(uses: Sequence[Use]) -> dict[UseKey, Use]:
    """Return the uses by parent, part and which of several lines between the two."""
    count: dict[tuple[str, str], int] = defaultdict(int)
    keyed = {}
    for use in uses:
        pair = use.parent, use.part
        keyed[(*pair, count[pair])] = use
        count[pair] += 1
    return keyed


def steps(before: State, after: State) -> Iterator[Difference]:
    """Yield the differences in the order in which they are taken.

    The day, the law, rates, suppliers; parts added; uses added, changed, taken out; parts, field by field (price, origin,
    maker, certificates, production, the rest); what is then left over goes.
    """
    yield from _circumstances(before, after)
    yield from _changed("suppliers", before.suppliers, after.suppliers, "supplier")
    yield from (
        _whole("parts", "part_added", key, None, part) for key, part in after.parts.items() if key not in before.parts
    )
    yield from (
        _whole("uses", "use_added", key, None, use) for key, use in after.uses.items() if key not in before.uses
    )
    yield from _changed("uses", before.uses, after.uses, "quantity")
    yield from (
        _whole("uses", "use_removed", key, use, None) for key, use in before.uses.items() if key not in after.uses
    )
    yield from _parts(before.parts, after.parts)
    yield from (
        _whole("parts", "part_removed", key, part, None) for key, part in before.parts.items() if key not in after.parts
    )
    gone = ((key, firm) for key, firm in before.suppliers.items() if key not in after.suppliers)
    yield from (_whole("suppliers", "supplier_removed", key, firm, None) for key, firm in gone)


def _circumstances(before: State, after: State) -> Iterator[Difference]:
    if before.on != after.on:
        yield Difference(
            "date", "", None, before.on.isoformat(), after.on.isoformat(), partial(_with, {"on": after.on})
        )
    if (before.regulation.id, before.year) != (
        after.regulation.id,
        after.year,
    ) or before.regulation != after.regulation:
        old, new = _law(before), _law(after)
        law = {"regulation": after.regulation, "year": after.year}
        yield Difference("regulation", "", None, old, new, partial(_with, law))
    if before.product != after.product:
        to = after.product
        yield Difference("document", "", "product", before.product, to, partial(_with, {"product": to}))
    if before.currency != after.currency:
        money = after.currency
        yield Difference("document", "", "currency", before.currency, money, partial(_with, {"currency": money}))
    if before.rates != after.rates:
        first, then = ([_plain(rate) for rate in each.rates] for each in (before, after))
        yield Difference("rate", "", None, first, then, partial(_with, {"rates": after.rates}))


def _law(state: State) -> str:
    return state.regulation.id + (f" ({state.year})" if state.year is not None else "")


def _whole(table: str, kind: Kind, key: Key, before: Record | None, after: Record | None) -> Difference:
    old, new = (None if each is None else _plain(each) for each in (before, after))
    return Difference(kind, _shown(key), None, old, new, partial(_with_record, table, key, after))


def _shown(key: Key) -> str:
    return key if isinstance(key, str) else f"{key[0]} > {key[1]}"


def _changed(table: str, before: Mapping[Any, Record], after: Mapping[Any, Record], kind: Kind) -> Iterator[Difference]:
    """Yield changed fields of records that both have; and new suppliers: they are there before the parts that name them."""
    for key, record in after.items():
        old = before.get(key)
        if old is None and table == "suppliers":
            yield _whole(table, kind, key, None, record)
        elif old is not None and old != record:
            for name in type(record).model_fields:
                if getattr(old, name) != getattr(record, name):
                    yield _of_field(table, kind, key, name, old, record)


def _parts(before: Mapping[str, Part], after: Mapping[str, Part]) -> Iterator[Difference]:
    for key, part in after.items():
        old = before.get(key)
        if old is not None and old != part:
            for name in FIELDS:
                if getattr(old, name) != getattr(part, name):
                    yield _of_field("parts", KIND_OF.get(name, "other"), key, name, old, part)


def _of_field(table: str, kind: Kind, key: Key, name: str, before: Record, after: Record) -> Difference:
    apply = partial(_with_field, table, key, name, getattr(after, name))
    return Difference(kind, _shown(key), name, _plain(before).get(name), _plain(after).get(name), apply)


def _with(changes: Mapping[str, Any], state: State) -> State:
    return replace(state, **changes)


def _with_record(table: str, key: Key, record: Record | None, state: State) -> State:
    return state.put(table, key, record)


def _with_field(table: str, key: Key, name: str, value: object, state: State) -> State:
    return state.put(table, key, getattr(state, table)[key].model_copy(update={name: value}))


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
