"""A directory of suppliers with what they can make, and what parts need: typed and frozen, as the bill is."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Strict

from tkdn.bom.model import Certificate, Record, Supplier
from tkdn.bom.number import CertificateHsCode, HsCode, Id, Kbli, NotNegative, Positive, Text, problem
from tkdn.bom.quantity import UnitError, factor
from tkdn.io.supplier_directory.vocabulary import code_of

VERSION = 1


def _hs_prefix(value: str) -> str:
    digits = value.replace(".", "")
    if not re.fullmatch(r"(\d\d){1,4}", digits, re.ASCII):
        raise problem("hs-prefix-invalid", {"value": value[:40]})
    return digits


def _unit(value: str) -> str:
    try:
        factor(value, value)
    except UnitError as error:
        raise problem(error.code, error.values) from None
    return value


Process = Annotated[str, Strict(), AfterValidator(lambda text: code_of("process", text))]
Material = Annotated[str, Strict(), AfterValidator(lambda text: code_of("material", text))]
HsPrefix = Annotated[str, Strict(), AfterValidator(_hs_prefix)]
Unit = Annotated[str, Strict(), AfterValidator(_unit)]


class Capacity(Record):
    """How much can be made in a year: pieces, or an amount of mass, length, area."""

    amount: NotNegative
    unit: Unit


class Capability(Record):
    """One process of a supplier: materials, HS codes by their beginnings, the largest piece (mm, kg), yearly capacity.

    What is left out is not known; nothing is taken as possible for want of a limit.
    """

    process: Process
    materials: tuple[Material, ...] | None = None
    hs_prefixes: tuple[HsPrefix, ...] | None = None
    length_mm: Positive | None = None
    width_mm: Positive | None = None
    height_mm: Positive | None = None
    mass_kg: Positive | None = None
    capacity: Capacity | None = None


class ListedCertificate(Certificate):
    """A certificate of a supplier's product. It is put to a part only where all digits of the HS codes agree."""

    hs_code: CertificateHsCode | None = None


class ListedSupplier(Supplier):
    """A firm of the directory: what a bill says of a supplier, the KBLI classes of its licence, what it can make."""

    kbli: tuple[Kbli, ...] | None = None
    capabilities: tuple[Capability, ...] = ()
    certificates: tuple[ListedCertificate, ...] = ()


class Directory(Record):
    """Suppliers with what they can make (format "tkdn-directory", version 1)."""

    format: Literal["tkdn-directory"] = "tkdn-directory"
    version: Literal[1] = 1
    suppliers: tuple[ListedSupplier, ...] = ()


class Need(Record):
    """What a part takes that the bill cannot say: process, material, size of the piece (mm, kg), quantity in a year.

    `quantity` is in `unit`, else in the part's unit; `kbli` and `hs_code` go before those of the bill.
    """

    part: Id
    process: Process | None = None
    material: Material | None = None
    kbli: Kbli | None = None
    hs_code: HsCode | None = None
    length_mm: Positive | None = None
    width_mm: Positive | None = None
    height_mm: Positive | None = None
    mass_kg: Positive | None = None
    quantity: NotNegative | None = None
    unit: Unit | None = None
    note: Text | None = None


class Needs(Record):
    """What parts need (format "tkdn-needs", version 1)."""

    format: Literal["tkdn-needs"] = "tkdn-needs"
    version: Literal[1] = 1
    needs: tuple[Need, ...] = ()
