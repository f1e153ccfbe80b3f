"""The bill of materials as one frozen document, read from and written to JSON."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from tkdn.bom.bill import Bill
from tkdn.bom.bulk import bulk
from tkdn.days import day_of
from tkdn.display.doors import door
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError
from tkdn.short_repr import LONGEST, cut

if TYPE_CHECKING:
    from tkdn.bom.changes import BillEdit, Changes
    from tkdn.bom.costing import CompiledBill
    from tkdn.bom.day import BillOnDay


class Bom(Bill, Viewed):
    """A bill of materials: flat `parts`, the `uses` between them, `suppliers`, dated exchange `rates`.

    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1,
    ...     "parts": [{"id": "CART"}, {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
    >>> bom.product, len(bom.parts), bom.uses[0].quantity
    ('CART', 2, Decimal('2'))

    `from_json` and `from_dict` raise `BomError` with all problems: those of single values and those between records. Made from
    records, as `Bom(parts=...)`, single values raise pydantic's own error.
    """

    def on_day(self, on: datetime.date | str | None = None, product: str | None = None) -> BillOnDay:
        """The bill as it stands on a day for one product: effective uses, lines, costs; to explode and to total.

        Without `on` the bill's date is taken. Raises `UsageError` (`date-missing`, `date-invalid`, `part-unknown`) and
        `BomError` (`rate-missing`).
        """
        day, index = day_of(self.date if on is None else on), self.graph.index_of(product or self.product)
        found: BillOnDay = door("bill on a day")(self, index, day)
        return found

    def compiled(self, product: int, day: datetime.date) -> CompiledBill:
        """The bill in arrays for the product of this index on a day; made once, and kept."""
        from tkdn.bom.columns import compile_bill

        kept = self.__dict__.setdefault("_compiled", {})
        if (product, day) not in kept:
            kept[product, day] = compile_bill(self, product, day)
        found: CompiledBill = kept[product, day]
        return found

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, name))} {name}" for name in ("parts", "uses", "suppliers"))
        return f"<Bom of {self.product!r}: {counts}>"

    __str__ = __repr__

    @classmethod
    def from_json(cls, text: str | bytes) -> Bom:
        """Read a bill from JSON text.

        Raises `BomError` with all problems, each with its JSON path and remedy.
        """
        with bulk():
            bom = cls.from_dict(door("plain data from JSON text")(text))
        bom.set_source(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
        return bom

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Bom:
        """Read a bill from the document as plain data, as `to_dict` gives it. Raises `BomError` with all problems."""
        bom: Bom = door("bill from plain data")(cls, data)
        return bom

    @classmethod
    def from_frames(
        cls,
        parts: Any,
        uses: Any,
        *,
        suppliers: Any = None,
        certificates: Any = None,
        rates: Any = None,
        costs: Any = None,
        evidence: Any = None,
        product: Any = None,
        date: datetime.date | str | None = None,
        currency: str | None = None,
    ) -> Bom:
        """Read a bill from data frames of pandas, polars or pyarrow, with the tables and columns of the CSV folder.

        `product` is an id, or the frame with product, date and currency that `to_frames` gives, so that
        `Bom.from_frames(**bom.to_frames())` is the bill again. A number that is a float is taken as it prints (0.1 is 0.1, also
        in 32 bits). None, NaN, NaT, NA and empty text are missing.

        Raises `BomError` with all problems, each with frame, row (from 1) and column; `UsageError` (`frame-unknown`) where one
        is no data frame; `MissingExtraError` without narwhals.

        >>> import pandas
        >>> parts = pandas.DataFrame({"id": ["CART", "WHEEL"], "price": [None, 150000], "made_in": ["ID", "ID"]})
        >>> uses = pandas.DataFrame({"parent": ["CART"], "part": ["WHEEL"], "quantity": [2]})
        >>> Bom.from_frames(parts, uses, date="2026-06-01")
        <Bom of 'CART': 2 parts, 1 uses, 0 suppliers>
        """
        beside = {
            "suppliers": suppliers,
            "certificates": certificates,
            "rates": rates,
            "costs": costs,
            "evidence": evidence,
        }
        if not isinstance(product, str):
            beside["product"], product = product, None
        frames = {"parts": parts, "uses": uses, **{name: frame for name, frame in beside.items() if frame is not None}}
        bom: Bom = door("bill from data frames")(cls, frames, product=product, date=date, currency=currency)
        return bom

    def to_frames(self, backend: str = "pandas") -> dict[str, Any]:
        """The bill as data frames of pandas, polars or pyarrow by the name of their table, as `from_frames` takes them.

        Numbers are exact decimals, days are days. Product, date and currency are in the frame `product`.
        Raises `UsageError` (`backend-unknown`), `MissingExtraError` where a library is not installed.
        """
        frames: dict[str, Any] = door("bill as data frames")(self, backend)
        return frames

    def to_cyclonedx(self, version: str = "1.6") -> dict[str, Any]:
        """The bill as a CycloneDX document of version 1.6 or 1.7, as plain data: parts as devices, uses as dependencies, and
        everything exact as `tkdn:` properties. `read_bom` reads it back from a `.json` file.

        Raises `UsageError` (`option-invalid`) for another version.

        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}, {"id": "WHEEL", "made_in": "ID"}],
        ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
        >>> bom.to_cyclonedx()["components"][0]["properties"]
        [{'name': 'tkdn:made_in', 'value': 'ID'}, {'name': 'cdx:device:quantity', 'value': '2'}]
        """
        document: dict[str, Any] = door("bill as CycloneDX")(self, version)
        return document

    def to_dot(self, *, ikm: Collection[str] | None = None, lang: Literal["en", "id"] = "en") -> str:
        """The graph of the bill in DOT, for Graphviz: parts with name and country, quantities on the arrows.

        A part made by small or medium industry (IKM) is a hexagon, a phantom or in-house stage an ellipse; an alternative that
        is not chosen has a dashed arrow. `ikm` names the IKM parts. Without it they are those made in Indonesia whose maker's
        size is *stated*; a size that follows from capital or sales depends on the law: take these from `tkdn.lift`.

        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}, {"id": "WHEEL"}],
        ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
        >>> print(bom.to_dot(ikm=["WHEEL"]))
        digraph "CART" {
          rankdir=LR
          node [shape=box]
          label="hexagon: made by small or medium industry (IKM)"
          n0 [label="CART"]
          n1 [label="WHEEL", shape=hexagon]
          n0 -> n1 [label="2 pcs"]
        }
        <BLANKLINE>
        """
        return str(door("bill as DOT")(self, ikm, lang))

    def to_mermaid(self, *, ikm: Collection[str] | None = None, lang: Literal["en", "id"] = "en") -> str:
        """The graph of the bill as a Mermaid flowchart, as web pages and Markdown take it; otherwise as `to_dot`.

        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}, {"id": "WHEEL"}],
        ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
        >>> print(bom.to_mermaid())
        flowchart LR
          n0["CART"]
          n1["WHEEL"]
          n0 -->|"2 pcs"| n1
        <BLANKLINE>
        """
        return str(door("bill as Mermaid")(self, ikm, lang))

    def replace(self, **changes: Any) -> Bom:
        """A new bill with some top-level fields changed, checked again as a whole."""
        return type(self).from_dict({**self.to_dict(), **changes})

    def with_changes(self, changes: Changes, *, on: datetime.date | str | None = None) -> Bom:
        """A new bill with some values changed; only what changes is read and checked again.

        `changes` holds `parts` by id, `uses` by "PARENT > PART" (or the pair), `suppliers` by id: each an object of fields with
        their new values as in the document, None to take a value out; a bare number as `price` changes its amount alone. `rates`
        by currency: the new rate, in place of the one that counts `on` the day (default the bill's date). To choose one of some
        alternatives unchooses the others.

        >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART"}, {"id": "WHEEL", "made_in": "CN"}],
        ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
        >>> new = bom.with_changes({"parts": {"WHEEL": {"made_in": "ID"}}, "uses": {"CART > WHEEL": {"quantity": 3}}})
        >>> new.parts[1].made_in, new.uses[0].quantity
        ('ID', Decimal('3'))

        Raises `UsageError` (`part-unknown`, `use-unknown`, `supplier-unknown`, `change-unknown`, `change-ambiguous`) for what the
        bill does not have, `BomError` for values that are wrong, with all problems.
        """
        given = self.date if on is None else on
        edit: BillEdit[Bom] = door("bill with changes")(self, changes, None if given is None else day_of(given))
        return edit.bom


def bill_of(given: object) -> Bom:
    """The bill that a caller gives; raises `UsageError` (`option-invalid`) where it is something else, such as a path."""
    if isinstance(given, Bom):
        return given
    case = "bill_path" if isinstance(given, str | PathLike) else "bill"
    raise UsageError([Problem("option-invalid", {"given": cut(repr(given), LONGEST)}, case=case)])


def bom_schema() -> dict[str, Any]:
    """JSON Schema of the bill's document (format "tkdn-bom", version 1).

    >>> sorted(bom_schema()["required"])
    ['format', 'parts', 'version']
    """
    schema = Bom.model_json_schema()
    schema["required"] = ["format", "version", "parts"]
    schema["properties"]["product"].pop("default", None)
    return schema
