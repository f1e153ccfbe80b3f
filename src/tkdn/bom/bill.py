"""The record of a bill: its parts, uses, suppliers and rates, checked against each other. Functions over bills take this record;
`Bom` on top of it has their methods."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, TypeVar

from pydantic import model_validator

from tkdn.bom.checks import Checker
from tkdn.bom.graph import BillGraph
from tkdn.bom.model import Part, Rate, Record, Supplier, Use
from tkdn.bom.number import Currency, Day, Id
from tkdn.errors import BomError

FORMAT, VERSION = "tkdn-bom", 1


class Bill(Record):
    """Parts, uses, suppliers, dated exchange rates, a product, a day and a currency, and what follows from them alone."""

    format: Literal["tkdn-bom"] = "tkdn-bom"
    version: Literal[1] = 1
    product: Id = None  # type: ignore[assignment]  # the checks fill it in if exactly one part can be meant
    date: Day | None = None
    currency: Currency = "IDR"
    parts: tuple[Part, ...]
    uses: tuple[Use, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    rates: tuple[Rate, ...] = ()

    @model_validator(mode="after")
    def _check_between_records(self) -> Bill:
        checker = Checker(self.parts, self.uses, self.suppliers, self.rates)
        product, graph, problems = checker.check(self.product)
        if problems:
            raise BomError(problems)
        self.__dict__.update(product=product, graph=graph)
        return self

    @cached_property
    def graph(self) -> BillGraph:
        """The bill as a dependency graph: networkx view, where-used, topological order."""
        return BillGraph(self.parts, self.uses)

    @cached_property
    def supplier_by_id(self) -> dict[str, Supplier]:
        """The suppliers by their id."""
        return {supplier.id: supplier for supplier in self.suppliers}

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of what the bill was read from: the file's bytes, else its JSON document."""
        return _sha256(self.to_json().encode())

    @cached_property
    def content_sha256(self) -> str:
        """SHA-256 of all that the bill says, whatever it was read from; without `product`, which can be chosen."""
        document = self.model_dump_json(
            by_alias=True, exclude_defaults=True, exclude={"product"}
        )  # faster than to_json
        return _sha256(document.encode())

    def set_source(self, raw: bytes) -> None:
        """Remember the bytes the bill was read from, as the hash that provenance names."""
        self.__dict__["sha256"] = _sha256(raw)

    def to_dict(self) -> dict[str, Any]:
        """The document as plain data; what stands at its default is left out, lists keep their order."""
        body = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        body.pop("format", None), body.pop("version", None)
        head: dict[str, Any] = {"format": FORMAT, "version": VERSION}
        head.update((key, body.pop(key)) for key in ("product", "date", "currency") if key in body)
        return {**head, **body}

    def to_json(self) -> str:
        """The document as JSON text, one record a line, so that differences read well."""
        return dump_json(self.to_dict())


AnyBill = TypeVar("AnyBill", bound=Bill)


def dump_json(document: Mapping[str, Any]) -> str:
    """Return JSON text with one record of a list on each line."""
    import json

    lines = []
    for key, value in document.items():
        if isinstance(value, list):
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f"{json.dumps(key)}: [\n  {rows}]" if value else f"{json.dumps(key)}: []")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{" + ",\n ".join(lines) + "}\n"


def _sha256(raw: bytes) -> str:
    import hashlib

    return hashlib.sha256(raw).hexdigest()
