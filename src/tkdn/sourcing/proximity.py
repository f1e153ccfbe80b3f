"""Nearness of a supplier: by administrative area, as the code of its region says, never by distance."""

from __future__ import annotations

from typing import Literal, get_args

from tkdn.bom.region import region

Nearness = Literal["same_regency", "same_province", "same_island_group", "elsewhere", "unknown"]
ORDER: tuple[Nearness, ...] = get_args(Nearness)
"""Nearest first; a firm whose region is not stated comes last."""
SUMATRA = ("1", "2")
"""The first digit of a province's code tells its island group: 3 Java, 5 Bali and Nusa Tenggara, 6 Kalimantan, 7 Sulawesi,
8 Maluku, 9 Papua; Sumatra with the Riau islands has two. So the codes are given out; no text makes groups of them."""


def nearness(code: str | None, near: str | None) -> Nearness:
    """Return how near the region of a code is to another: both a province ("32") or a regency or city ("32.13").

    Raises:
        UsageError: `region-unknown`.

    >>> nearness("32.13", "32.13"), nearness("32.15", "32.13"), nearness("33.28", "32.13"), nearness("73.71", "32.13")
    ('same_regency', 'same_province', 'same_island_group', 'elsewhere')
    >>> nearness("32.13", "32"), nearness(None, "32.13")
    ('same_province', 'unknown')
    """
    if code is None or near is None:
        return "unknown"
    one, other = region(code), region(near)
    if one == other and one.kind != "province":
        return "same_regency"
    if one.province == other.province:
        return "same_province"
    return "same_island_group" if _island_group(one.province) == _island_group(other.province) else "elsewhere"


def _island_group(province: str) -> str:
    return SUMATRA[0] if province[0] in SUMATRA else province[0]
