"""The records of matching: a match, a part that no supplier takes, the load of a capacity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from tkdn.assessment.rounding import ratio, text, two_places
from tkdn.bom.model import Certificate
from tkdn.bom.number import plain
from tkdn.io.supplier_directory.model import Capability, Capacity
from tkdn.sourcing.criteria import Criterion, Grade, amount
from tkdn.sourcing.proximity import Nearness

Why = Literal[
    "no_supplier", "process_unknown", "only_possible", "capacity_unknown", "quantity_unknown", "capacity_taken"
]


@dataclass(frozen=True)
class Match:
    """A part and one capability of a supplier: every criterion, the grade, the nearness, and the change of the score.

    `quantity` is what the part takes in a year of `capacity`, both in `unit` (None: not known). `assigned`: chosen within the
    capacities. `gain`: exact change of the score in points if the part, alone, were bought there at the price of the bill, with
    the supplier's `certificate` of that HS code, if any; `uncertified`: without it (None: no score). `changes`: for
    `Matching.bom.with_changes`.
    """

    part: str
    part_name: str | None
    supplier: str
    supplier_name: str | None
    region: str | None
    nearness: Nearness
    capability: Capability
    grade: Grade
    criteria: tuple[Criterion, ...]
    quantity: Fraction | None
    certificate: Certificate | None
    gain: Fraction | None
    uncertified: Fraction | None
    assigned: bool
    changes: Mapping[str, Any]

    @property
    def process(self) -> str:
        """The process that is offered."""
        return self.capability.process

    @property
    def capacity(self) -> Capacity | None:
        """The capacity of the supplier in the process, for a year."""
        return self.capability.capacity

    @property
    def unit(self) -> str | None:
        """The unit of capacity and quantity."""
        return None if self.capacity is None else self.capacity.unit

    def to_dict(self) -> dict[str, Any]:
        """Return the match as plain data; gains in points with two decimals, and exact."""
        own = (
            "part",
            "part_name",
            "supplier",
            "supplier_name",
            "region",
            "nearness",
            "process",
            "grade",
            "assigned",
            "unit",
        )
        return {
            **{key: getattr(self, key) for key in own},
            "criteria": [each.to_dict() for each in self.criteria],
            "quantity": None if self.quantity is None else amount(self.quantity),
            "capacity": None if self.capacity is None else plain(self.capacity.amount),
            "certificate": self.certificate and self.certificate.number,
            "gain": text(two_places(self.gain)),
            "uncertified": text(two_places(self.uncertified)),
            "exact": {"gain": ratio(self.gain), "uncertified": ratio(self.uncertified)},
            "changes": self.changes,
        }


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A part that no supplier of the directory takes, and why.

    `no_supplier` (none offers its process as needed), `process_unknown` (its process is not stated, so it is not known whether
    one does), `only_possible` (what matches is only possible, or a near miss), `quantity_unknown`, `capacity_unknown` (of every
    match), `capacity_taken` (by other parts).
    """

    part: str
    name: str | None
    why: Why

    def to_dict(self) -> dict[str, Any]:
        """Return the part and the reason as plain data."""
        return {"part": self.part, "name": self.name, "why": self.why}


@dataclass(frozen=True, slots=True)
class Load:
    """The part of a supplier's yearly capacity in a process that its parts take, in the unit of the capacity."""

    supplier: str
    process: str
    used: Fraction
    capacity: Capacity
    parts: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the load as plain data, figures as exact text."""
        return {
            "supplier": self.supplier,
            "process": self.process,
            "used": amount(self.used),
            "capacity": plain(self.capacity.amount),
            "unit": self.capacity.unit,
            "parts": list(self.parts),
        }
