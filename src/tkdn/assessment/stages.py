"""In-house stages that hold a certificate: while it counts, a stage is a line of its good like any bought component.

Permenperin 35/2025 Pasal 5(2)a asks for the component's certificate, not for a purchase; that a stage then no longer opens into
the good's sum is derived (a low certificate wins over its lines, as for bought parts).
"""

from __future__ import annotations

from typing import NamedTuple, Self

from tkdn.assessment.certificates import CertificateTerms, on_day
from tkdn.bom.bom import Bom
from tkdn.bom.changes import BillEdit, rebuilt

IGNORED = ("maker", "production", "brainware", "all_domestic_material", "kbli")
"""What a stage states for nothing: it is made by the maker of the good, and applies for no value of its own."""


def certified_stages(bom: Bom, terms: CertificateTerms) -> frozenset[int]:
    """Return the numbers of the in-house parts whose certificate counts on the day (one with an open term does not)."""
    return frozenset(
        number
        for number, part in enumerate(bom.parts)
        if part.in_house and part.certificates and on_day(part.certificates, terms.on, terms).counting is not None
    )


def counted_bill(bom: Bom, closed: frozenset[int]) -> Bom:
    """Return the bill as it is counted: these stages are lines, at the cost of their own lines and conversion."""
    if not closed:
        return bom
    parts = list(bom.parts)
    for number in closed:
        parts[number] = parts[number].model_copy(
            update={"in_house": False, "natural_resource": False, **dict.fromkeys(IGNORED)}
        )
    return rebuilt(bom, tuple(parts), bom.uses, bom.suppliers, bom.rates)


class CountedBill(NamedTuple):
    """A bill as it is counted, and the indices of the in-house stages that are `closed`: lines by their certificate."""

    bom: Bom
    closed: frozenset[int]

    @classmethod
    def of(cls, bom: Bom, terms: CertificateTerms) -> Self:
        """Return the bill as it is counted under the terms of certificates on a day."""
        closed = certified_stages(bom, terms)
        return cls(counted_bill(bom, closed), closed)


def may_close_stages(edit: BillEdit[Bom], closed: frozenset[int]) -> bool:
    """Return whether a stage is a line by its certificate, or may become one by a change: then lines may be others."""
    parts = edit.bom.parts
    return bool(closed) or any(parts[each].in_house and parts[each].certificates for each in edit.parts)
