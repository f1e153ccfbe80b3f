"""Small industry as 35/2025 Pasal 1(9) defines it: by capital. It is not the size class of PP 7/2021, which makes an IKM."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tkdn.bom.model import Supplier
from tkdn.bom.money import RatesOn
from tkdn.law.regulation import Regulation
from tkdn.method.size import SMALL_INDUSTRY, is_small_industry

STATED_SMALL = frozenset({"micro", "small"})
"""Stated sizes that claim to be a small industry."""


class SmallIndustry(NamedTuple):
    """Status of a firm: `small` (None: unknown), its `basis`, and whether its statement `contradicts` its capital."""

    small: bool | None
    basis: Literal["capital", "stated"] | None
    contradicts: bool = False


UNKNOWN = SmallIndustry(None, None)


def small_industry(supplier: Supplier | None, rates: RatesOn, law: Regulation) -> SmallIndustry:
    """Return whether a firm is a small industry, by its capital, else as it is stated (35/2025 Pasal 1(9)).

    Args:
        supplier: The firm; None if nobody is named.
        rates: Exchange rates of the day; capital without a rate is unknown.
        law: The regulation of the assessment; one that does not define it leaves all unknown.
    """
    if supplier is None or SMALL_INDUSTRY not in law.parameters:
        return UNKNOWN
    stated = None if supplier.scale is None else supplier.scale in STATED_SMALL
    capital = None if supplier.capital is None else rates.value(supplier.capital)
    if capital is None:
        return UNKNOWN if stated is None else SmallIndustry(stated, "stated")
    small = is_small_industry(capital, law, rates.day)
    return SmallIndustry(small, "capital", contradicts=stated is True and not small)
