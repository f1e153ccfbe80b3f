"""The KBLI of industrial services (Jasa Industri): Permenperin 35/2025 Pasal 16, Lampiran III."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class IndustrialService:
    """A KBLI of Lampiran III: its row, group and title as printed, and the part of it that counts (`only`; empty: all).

    `metal`: special working of metal, installation and repair of machines (KBLI 25920 and 33xxx).
    """

    kbli: str
    row: int
    group: str
    title: str
    only: str = ""
    metal: bool = False


@dataclass(frozen=True, slots=True)
class IndustrialServices:
    """The list by KBLI, the titles of its groups, its article, and how well it is known."""

    by_kbli: Mapping[str, IndustrialService]
    groups: Mapping[str, str]
    article: str
    confidence: str


@cache
def industrial_services() -> IndustrialServices:
    """Return the list of Lampiran III.

    >>> services = industrial_services()
    >>> len(services.by_kbli), services.by_kbli["33200"].title, services.article
    (71, 'Instalasi/Pemasangan Mesin dan Peralatan Industri', 'Pasal 16, Lampiran III')
    """
    file = resources.files(__package__) / "shared" / "industrial-services.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    by_kbli = {row["kbli"]: IndustrialService(**row) for row in data["service"]}
    groups = MappingProxyType(data["groups"])
    return IndustrialServices(MappingProxyType(by_kbli), groups, data["article"], data["confidence"])


def industrial_service(kbli: str) -> IndustrialService | None:
    """Return the industrial service of a KBLI of five digits, or None if it is none (Pasal 16(2)).

    >>> found = industrial_service("25920")
    >>> found.metal, industrial_service("29200")
    (True, None)
    """
    return industrial_services().by_kbli.get(kbli)
