"""Regions of Indonesia: provinces, regencies (kabupaten) and cities (kota), by code and by name.

Codes and names are those of Kepmendagri 300.2.2-2138/2025, in regions.csv. They are read when first needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tkdn.bom.data_files import lines
from tkdn.errors import Problem, UsageError, closest
from tkdn.textnorm import folded

RegionKind = Literal["province", "regency", "city"]


@dataclass(frozen=True, slots=True)
class Region:
    """A province ("32"), or a regency or city in it ("32.13"); `province` is the code of its province.

    >>> str(region("32.13"))
    '32.13 Kabupaten Subang'
    """

    code: str
    name: str
    kind: RegionKind
    province: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def region(code: str) -> Region:
    """The region of a code. Raises `UsageError` with code `region-unknown`.

    >>> region("32")
    Region(code='32', name='Jawa Barat', kind='province', province='32')
    >>> region("36.71").kind
    'city'
    """
    found = regions().get(code)
    if found is None:
        raise UsageError([unknown_region(code)])
    return found


def region_named(text: str) -> tuple[Region, ...]:
    """All regions that a name or code may mean: one where it is clear, several where it is ambiguous, none if unknown.

    A code of four digits needs its point: without one it may be a code of Badan Pusat Statistik, where 1101 is another regency.

    >>> [str(each) for each in region_named("Kab. Subang")]
    ['32.13 Kabupaten Subang']
    >>> [str(each) for each in region_named("Bandung")]
    ['32.04 Kabupaten Bandung', '32.73 Kota Bandung']
    >>> region_named("3213"), region_named("Atlantis")
    ((), ())
    """
    if (code := regions().get(text.strip())) is not None:
        return (code,)
    return tuple(_by_name().get(folded(text), ()))


def nearest_region(text: str) -> str:
    """Return the name of the region that is nearest to a text, or an empty text.

    >>> nearest_region("Kabupaten Subangg")
    'Kabupaten Subang'
    """
    return closest(text.strip().title(), (each.name for each in regions().values()))


def regions_meant(text: str) -> tuple[str, ...]:
    """Return what a text may stand for: codes by its name or its digits without the point, else the nearest name.

    >>> regions_meant("Kab Subang"), regions_meant("3213")
    (('"32.13" (Kabupaten Subang)',), ('"32.13" (Kabupaten Subang)',))
    >>> regions_meant("Bandung")
    ('"32.04" (Kabupaten Bandung)', '"32.73" (Kota Bandung)')
    >>> regions_meant("Kabupaten Subangg"), regions_meant("xyzzy")
    (("'Kabupaten Subang'",), ())
    """
    pointed = re.sub(r"^\s*(\d{2})[\s.-]?(\d{2})\s*$", r"\1.\2", text)
    found = region_named(pointed)[:3]
    if not found:
        near = nearest_region(text)
        return (repr(near),) if near else ()
    return tuple(f'"{each.code}" ({each.name})' for each in found)


@cache
def regions() -> dict[str, Region]:
    """All regions by code, in the order of the codes."""
    named = (line.split(",")[:2] for line in lines("regions.csv"))
    return {code: Region(code, name, _kind(code), code[:2]) for code, name in named}


def _kind(code: str) -> RegionKind:
    """Third and fourth digits are 01 to 69 for a regency, 71 to 99 for a city (Permendagri 58/2021)."""
    if len(code) == 2:
        return "province"
    return "regency" if code[3:] < "70" else "city"


def unknown_region(code: str) -> Problem:
    """Return what is wrong with a code that is not known, and what to do about it."""
    province = regions().get(code[:2])
    if (new := _former().get(code)) is not None:
        moved = regions()[new]
        values = {"code": code, "name": moved.name, "province": regions()[moved.province].name, "new": new}
        return Problem("region-unknown", values, case="former")
    if province is None:
        known = _ranges(each.code for each in regions().values() if each.kind == "province")
        values = {"code": code, "province": code[:2], "known": known}
        return Problem("region-unknown", values, case="province")
    known = _ranges(each.code for each in regions().values() if each.province == province.code and each != province)
    return Problem("region-unknown", {"code": code, "province": province.name, "known": known})


def _ranges(codes: Iterable[str]) -> str:
    """Codes in order, those that follow each other as a range."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and int(code.replace(".", "")) == int(runs[-1][-1].replace(".", "")) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


@cache
def _former() -> dict[str, str]:
    """The code of today by the code before the new Papua provinces."""
    rows = (line.split(",") for line in lines("regions.csv"))
    return {former: code for code, _, former, _ in rows if former}


@cache
def _by_name() -> dict[str, list[Region]]:
    found: dict[str, list[Region]] = {}
    for line in lines("regions.csv"):
        code, name, _, also = line.split(",")
        for written in {folded(each) for each in _written(regions()[code], (name, *also.split(";")))}:
            found.setdefault(written, []).append(regions()[code])
    return found


def _written(place: Region, names: tuple[str, ...]) -> list[str]:
    """The ways in which names are written: with and without the kind of region."""
    written = []
    for name in filter(None, names):
        plain = name.replace(" Administrasi", "")
        bare = re.sub(r"^(Kabupaten|Kota) ", "", plain)
        written += [name, plain, bare, *([f"Provinsi {bare}"] if place.kind == "province" else [])]
    return written
