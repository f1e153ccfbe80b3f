"""Firms of a directory as suppliers of a bill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tkdn.bom.bom import Bom
from tkdn.bom.model import Certificate, Supplier
from tkdn.bom.number import same_hs_code
from tkdn.errors import Problem, UsageError
from tkdn.io.supplier_directory.model import ListedSupplier

STATED = ("name", "region", "scale", "industrial_licence")
"""Facts of a firm in which a directory must agree with the bill."""


def covering(supplier: ListedSupplier, hs_code: str | None) -> Certificate | None:
    """Return the supplier's latest certificate for a product of the same HS code, all eight digits."""
    held = [each for each in supplier.certificates if same_hs_code(each.hs_code, hs_code)]
    return max(held, key=lambda each: each.issued, default=None)


def facts_of(firm: ListedSupplier) -> dict[str, Any]:
    """Return the facts of a firm in the directory that a bill can state too, as plain data."""
    return firm.model_dump(mode="json", include=set(Supplier.model_fields), exclude_defaults=True)


def with_suppliers(bom: Bom, listed: Iterable[ListedSupplier]) -> Bom:
    """Return the bill with these firms among its suppliers; one that it has stays as it is.

    Raises:
        UsageError: `directory-conflict` if one id means two firms.
    """
    records = bom.to_dict().get("suppliers", [])
    held = {supplier["id"]: supplier for supplier in records}
    problems = []
    for firm in listed:
        fields = facts_of(firm)
        if firm.id not in held:
            records.append(fields)
        for key in STATED:
            before, after = held.get(firm.id, {}).get(key), fields.get(key)
            if None not in (before, after) and before != after:
                message = f"{key} of supplier {firm.id!r} is {before!r} in the bill, {after!r} in the directory"
                problems.append(
                    Problem.worded("directory-conflict", message, "correct one of them, or give the firm another id")
                )
    if problems:
        raise UsageError(problems)
    return bom.replace(suppliers=records)
