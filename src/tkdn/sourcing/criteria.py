"""Needs of a part next to offers of a supplier: each criterion met, not met, or unknown, and the grade that follows.

Unknown is never counted as met: it says if the part's need or the supplier's offer is not stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args

from tkdn.bom.model import Part
from tkdn.bom.number import hs_digits, plain
from tkdn.bom.quantity import UnitError, factor
from tkdn.i18n import decimal
from tkdn.io.supplier_directory.model import Capability, ListedSupplier, Need

Name = Literal["process", "material", "hs_code", "kbli", "size", "mass", "capacity"]
Answer = Literal["met", "not_met", "unknown"]
Grade = Literal["full", "good", "possible", "near_miss"]
NAMES: tuple[Name, ...] = get_args(Name)
GRADES: tuple[Grade, ...] = get_args(Grade)
"""`full`: every criterion met. `good`: the process is met, none is not met, some are unknown. `possible`: the process that the
part takes is unknown, its HS code is met to the subheading, none is not met. `near_miss`: the process is met, exactly one
criterion is not met. Only the first two are assigned: for the others somebody has to look first."""
ASSIGNED: frozenset[Grade] = frozenset({"full", "good"})
SUBHEADING = 6
"""Digits of an HS code that tell a kind of product: a heading such as 8708 holds most parts of a vehicle."""
MASS_UNIT = "kg"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: what the part needs and what the supplier offers, as text, None if that is not stated."""

    name: Name
    state: Answer
    needed: str | None
    offered: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the criterion as plain data."""
        return {name: getattr(self, name) for name in ("name", "state", "needed", "offered")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The need of a part, from the bill and the table of needs; `quantity` in a year, in `unit`; None: not known."""

    part: Part
    need: Need | None
    quantity: Fraction | None
    unit: str

    @property
    def process(self) -> str | None:
        """The process that makes it."""
        return self.need.process if self.need else None

    @property
    def hs_code(self) -> str | None:
        """Its HS code, digits only."""
        code = (self.need and self.need.hs_code) or self.part.hs_code
        return code and hs_digits(code)

    @property
    def kbli(self) -> str | None:
        """KBLI of its maker."""
        return (self.need and self.need.kbli) or self.part.kbli

    @property
    def size(self) -> tuple[Decimal | None, ...]:
        """Length, width and height in millimetres."""
        return _size(self.need)

    @property
    def mass(self) -> Decimal | None:
        """Mass of a piece in kilograms."""
        return self.need.mass_kg if self.need else None

    def quantity_in(self, unit: str) -> Fraction | None:
        """Return the yearly quantity in a unit of capacity: converted, or pieces by their mass; None if not known."""
        if self.quantity is None:
            return None
        try:
            return self.quantity * factor(self.unit, unit)
        except UnitError:
            pass
        if self.mass is None:
            return None
        try:
            return self.quantity * factor(self.unit, "pcs") * Fraction(self.mass) * factor(MASS_UNIT, unit)
        except UnitError:
            return None


def criteria(wanted: Wanted, supplier: ListedSupplier, offer: Capability) -> tuple[Criterion, ...]:
    """Return every criterion for a part and one capability of a supplier, in the order of `NAMES`."""
    return tuple(_criteria(wanted, supplier, offer))


def grade(found: Sequence[Criterion], offer: Capability) -> Grade | None:
    """Return the grade that the criteria of a capability give, or None if they make no match."""
    states = {each.name: each.state for each in found}
    missed = sum(state == "not_met" for state in states.values())
    if missed:
        return "near_miss" if missed == 1 and states["process"] == "met" else None
    if set(states.values()) == {"met"}:
        return "full"
    if states["process"] == "met":
        return "good"
    code = next(each.needed or "" for each in found if each.name == "hs_code")
    near = (prefix for prefix in offer.hs_prefixes or () if len(prefix) >= SUBHEADING)
    return "possible" if code.startswith(tuple(near)) else None


def _criteria(wanted: Wanted, supplier: ListedSupplier, offer: Capability) -> Iterator[Criterion]:
    need = wanted.need
    yield _among("process", wanted.process, (offer.process,))
    yield _among("material", need.material if need else None, offer.materials)
    yield _hs_code(wanted.hs_code, offer.hs_prefixes)
    yield _among("kbli", wanted.kbli, supplier.kbli)
    yield _fits("size", wanted.size, _size(offer))
    yield _fits("mass", (wanted.mass,), (offer.mass_kg,))
    yield _capacity(wanted, offer)


def _among(name: Name, needed: str | None, offered: Sequence[str] | None) -> Criterion:
    state: Answer = "unknown" if needed is None or offered is None else "met" if needed in offered else "not_met"
    return Criterion(name, state, needed, None if offered is None else ", ".join(offered))


def _hs_code(needed: str | None, offered: Sequence[str] | None) -> Criterion:
    shown = None if offered is None else ", ".join(offered)
    if needed is not None and offered is not None and needed.startswith(tuple(offered)):
        return Criterion("hs_code", "met", needed, shown)
    # A shorter code may be any of those that begin with it: it does not say that the offer is another good.
    short = needed is not None and any(prefix.startswith(needed) for prefix in offered or ())
    return Criterion("hs_code", "unknown" if needed is None or offered is None or short else "not_met", needed, shown)


def _size(record: Need | Capability | None) -> tuple[Decimal | None, ...]:
    return tuple(getattr(record, key, None) for key in ("length_mm", "width_mm", "height_mm"))


def _fits(name: Name, needed: Sequence[Decimal | None], offered: Sequence[Decimal | None]) -> Criterion:
    """Return the criterion that a piece fits, however it is turned: its longest edge within the longest limit, and so on."""
    piece = sorted((edge for edge in needed if edge is not None), reverse=True)
    limits = sorted((edge for edge in offered if edge is not None), reverse=True)
    state: Answer = "unknown"
    if piece and len(limits) == len(offered):
        if any(edge > limit for edge, limit in zip(piece, limits, strict=False)):
            state = "not_met"
        elif len(piece) == len(needed):
            state = "met"
    return Criterion(name, state, _shown(needed), _shown(offered))


def _shown(edges: Sequence[Decimal | None]) -> str | None:
    return " x ".join("?" if edge is None else plain(edge) for edge in edges) if any(edges) else None


def _capacity(wanted: Wanted, offer: Capability) -> Criterion:
    capacity = offer.capacity
    shown = None if capacity is None else f"{plain(capacity.amount)} {capacity.unit}"
    needed = None if wanted.quantity is None else f"{amount(wanted.quantity)} {wanted.unit}"
    taken = None if capacity is None else wanted.quantity_in(capacity.unit)
    if capacity is None or taken is None:
        return Criterion("capacity", "unknown", needed, shown)
    return Criterion("capacity", "met" if taken <= Fraction(capacity.amount) else "not_met", needed, shown)


def amount(value: Fraction) -> str:
    """Return an exact quantity as text: a decimal if it has few decimals, else "n/d"."""
    found = decimal(value)
    return str(value) if found is None else plain(found)
