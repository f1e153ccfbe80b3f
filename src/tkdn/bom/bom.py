"""The bill of materials as one frozen document, read from and written to JSON."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from tkdn.bom.bulk import bulk
from tkdn.bom.model import Part, Rate, Record, Supplier, Use
from tkdn.bom.number import Currency, Day, Id, to_date
from tkdn.errors import BomError, Locate, Location, Place, Problem, UsageError, json_path, nearest

if TYPE_CHECKING:
    from tkdn.bom.checks import Checker
    from tkdn.bom.day import BillOnDay
    from tkdn.bom.graph import BillGraph

FORMAT, VERSION = "tkdn-bom", 1
_RECORDS: dict[str, type[Record]] = {"parts": Part, "uses": Use, "suppliers": Supplier, "rates": Rate}


class Bom(Record):
    """A bill of materials: flat `parts`, the `uses` between them, `suppliers`, dated exchange `rates`.

    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1,
    ...     "parts": [{"id": "CART"}, {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}]})
    >>> bom.product, len(bom.parts), bom.uses[0].quantity
    ('CART', 2, Decimal('2'))

    Every way in raises `BomError` with all problems: those of single values and those between records.
    """

    format: Literal["tkdn-bom"] = "tkdn-bom"
    version: Literal[1] = 1
    product: Id = None  # type: ignore[assignment]  # the checks fill it in where exactly one part can be meant
    date: Day | None = None
    currency: Currency = "IDR"
    parts: tuple[Part, ...]
    uses: tuple[Use, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    rates: tuple[Rate, ...] = ()

    @model_validator(mode="after")
    def _check_between_records(self) -> Bom:
        from tkdn.bom.checks import Checker

        checker = Checker(self.parts, self.uses, self.suppliers, self.rates)
        product, graph, problems = _check_all(checker, self.product)
        if problems:
            raise BomError(problems)
        self.__dict__.update(product=product, graph=graph)
        return self

    @cached_property
    def graph(self) -> BillGraph:
        """The bill as a dependency graph: networkx view, where-used, topological order."""
        from tkdn.bom.graph import BillGraph

        return BillGraph(self.parts, self.uses)

    @cached_property
    def supplier_by_id(self) -> dict[str, Supplier]:
        return {supplier.id: supplier for supplier in self.suppliers}

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of what the bill was read from: the file's bytes, else its JSON document."""
        return _sha256(self.to_json().encode())

    def on_day(self, on: datetime.date | str | None = None, product: str | None = None) -> BillOnDay:
        """The bill as it stands on a day for one product: effective uses, lines, costs; to explode and to total.

        Without `on` the bill's date is taken. Raises `UsageError` (`date-missing`, `date-invalid`, `part-unknown`) and
        `BomError` (`rate-missing`).
        """
        from tkdn.bom.day import BillOnDay

        return BillOnDay(self, self.graph.number(product or self.product), day_of(self.date if on is None else on))

    def set_source(self, raw: bytes) -> None:
        """Remember the bytes the bill was read from, as the hash that provenance names."""
        self.__dict__["sha256"] = _sha256(raw)

    @classmethod
    def from_json(cls, text: str | bytes) -> Bom:
        """Read a bill from JSON text.

        Raises `BomError` with all problems, each with its JSON path and remedy.
        """
        with bulk():
            bom = cls.from_dict(parse_json(text))
        bom.set_source(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
        return bom

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Bom:
        """Read a bill from the document as plain data, as `to_dict` gives it. Raises `BomError` with all problems."""
        return build(data)

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

    def replace(self, **changes: Any) -> Bom:
        """A new bill with some top-level fields changed, checked again as a whole."""
        return build({**self.to_dict(), **changes})


def _sha256(raw: bytes) -> str:
    import hashlib

    return hashlib.sha256(raw).hexdigest()


def day_of(on: datetime.date | str | None) -> datetime.date:
    """A day as a caller gives it; raises `UsageError` where it is none."""
    if on is None:
        raise UsageError(
            [Problem("date-missing", "neither the call nor the bill gives a date", 'give on="YYYY-MM-DD"')]
        )
    try:
        return to_date(on)
    except PydanticCustomError as error:
        context = error.context or {}
        raise UsageError([Problem("date-invalid", str(context["message"]), str(context["remedy"]))]) from None


def dump_json(document: Mapping[str, Any]) -> str:
    """JSON text with one record of a list on each line."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list):
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f"{json.dumps(key)}: [\n  {rows}]" if value else f"{json.dumps(key)}: []")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{" + ",\n ".join(lines) + "}\n"


def parse_json(text: str | bytes) -> dict[str, Any]:
    """JSON text as plain data; duplicate keys, NaN and text that is not UTF-8 are errors with their place."""
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"not UTF-8 text (byte {error.start})"
            raise BomError([Problem("encoding", message, "save the file as UTF-8")]) from None
    try:
        data = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_no_duplicates,
            parse_constant=_no_constant,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        place = Place(row=error.lineno, column=str(error.colno))
        raise BomError(
            [Problem("json-malformed", f"not JSON: {error.msg}", "correct the text at this place", place)]
        ) from None
    except RecursionError:
        raise BomError([Problem("json-malformed", "nested too deeply", "parts and uses are flat lists")]) from None
    if not isinstance(data, dict):
        raise BomError(
            [Problem("json-malformed", "the document is not an object", 'write {"format": "tkdn-bom", ...}')]
        )
    return data


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < 60 else digits


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        of = f" (in the record with id {record['id']!r})" if "id" in record else ""
        raise BomError(
            [Problem("duplicate-key", f"the key {twice!r} stands twice in one object{of}", "keep one of them")]
        )
    return record


def _no_constant(name: str) -> Any:
    return name


def build(data: Mapping[str, Any], locate: Locate = json_path) -> Bom:
    """A checked bill from plain data; `locate` turns the location of a value into the place a person looks at."""
    problems = [*_check_header(data, locate)]
    try:
        with bulk():
            bom = Bom.model_validate(data)
        if not problems:
            return bom
    except BomError as error:
        if locate is json_path:
            problems += error.problems
        else:
            problems += _check_sound_records(data, locate)
    except ValidationError as error:
        details = [
            each
            for each in error.errors(include_url=False)
            if not (problems and each["loc"][:1] in (("format",), ("version",)))
        ]
        problems += [_from_pydantic(detail, data, locate) for detail in details]
        if all(isinstance(data.get(key, ()), list | tuple) for key in _RECORDS):
            problems += _check_sound_records(data, locate)
    raise BomError(problems)


def _check_header(data: Mapping[str, Any], locate: Locate) -> list[Problem]:
    found = []
    if data.get("format") != FORMAT:
        message = "the document does not say what it is" if "format" not in data else f"format is {data['format']!r}"
        found.append(Problem("format-unknown", message, f'write "format": "{FORMAT}"', locate(("format",))))
    elif data.get("version") != VERSION or isinstance(data["version"], bool):
        message = f"version {data.get('version')!r} is not one this library reads"
        found.append(Problem("version-unknown", message, f'write "version": {VERSION}', locate(("version",))))
    return found


def _check_all(checker: Checker, product: str | None) -> tuple[str | None, BillGraph, list[Problem]]:
    problems = list(checker.problems())
    graph, loops = checker.graph()
    problems += loops
    if loops and product is None:
        return None, graph, problems
    product, more = checker.product(graph, product)
    return product, graph, problems + more


def _check_sound_records(data: Mapping[str, Any], locate: Locate) -> list[Problem]:
    """What is wrong between those records that are sound in themselves; ids of unsound ones count as known."""
    from tkdn.bom.checks import Checker

    sound: dict[str, list[Any]] = {}
    ids: dict[str, set[str]] = {}
    for key, model in _RECORDS.items():
        raw = data.get(key, ())
        rows = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()
        sound[key] = [_sound(model, row) for row in rows]
        ids[key] = {row["id"] for row in rows if isinstance(row, Mapping) and isinstance(row.get("id"), str)}
    checker = Checker(*sound.values(), locate=locate, more_parts=ids["parts"], more_suppliers=ids["suppliers"])
    product = data.get("product")
    if None in sound["parts"] or None in sound["uses"]:
        problems = [*checker.problems(), *checker.graph()[1]]
        if isinstance(product, str):
            problems += checker.product(checker.graph()[0], product)[1]
        return problems
    return _check_all(checker, product if isinstance(product, str) else None)[2]


def _sound(model: type[Record], row: object) -> Record | None:
    try:
        return model.model_validate(row)
    except ValidationError:
        return None


def _from_pydantic(detail: ErrorDetails, data: Mapping[str, Any], locate: Locate) -> Problem:
    location: Location = tuple(step for step in detail["loc"])
    context = detail.get("ctx", {})
    record = _record_at(data, location)
    part = None
    if record is not None and location[0] in ("parts", "uses"):
        found = record.get("id" if location[0] == "parts" else "part")
        part = found if isinstance(found, str) else None
    kind = detail["type"]
    if kind == "tkdn":
        return Problem(context["code"], context["message"], context["remedy"], locate(location), part)
    key = str(location[-1]) if location else ""
    if kind == "extra_forbidden":
        hint = nearest(key, _known_keys(location)) or f"the keys here are {', '.join(_known_keys(location))}"
        return Problem("unknown-key", f"{key[:60]!r} is not a key of this record", hint, locate(location), part)
    if kind == "missing":
        return Problem("missing-key", f"{key!r} is missing", f"add {key!r}", locate(location), part)
    if kind == "literal_error":
        shown = repr(detail["input"])[:60]
        return Problem(
            "value-unknown", f"{shown} is not one of its values", f"write {context['expected']}", locate(location), part
        )
    shown = repr(detail["input"])[:60]
    return Problem(
        "wrong-type",
        f"{shown}: {detail['msg'][:1].lower()}{detail['msg'][1:]}",
        "correct the value",
        locate(location),
        part,
    )


def _record_at(data: Mapping[str, Any], location: Location) -> Mapping[str, Any] | None:
    if len(location) < 2 or not isinstance(location[1], int):
        return None
    record = data[str(location[0])][location[1]]
    return record if isinstance(record, Mapping) else None


def _known_keys(location: Location) -> list[str]:
    """The keys of the record that the last step of the location stands in."""
    model: type[BaseModel] = Bom
    for step in location[:-1]:
        if isinstance(step, str):
            model = _model_of_field(model, step)
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_of_field(model: type[BaseModel], name: str) -> type[BaseModel]:
    pending: list[Any] = [model.model_fields[name].annotation] if name in model.model_fields else []
    while pending:
        kind = pending.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        pending += getattr(kind, "__args__", ())
    return model


def bom_schema() -> dict[str, Any]:
    """JSON Schema of the bill's document (format "tkdn-bom", version 1).

    >>> sorted(bom_schema()["required"])
    ['format', 'parts', 'version']
    """
    schema = Bom.model_json_schema()
    schema["required"] = ["format", "version", "parts"]
    schema["properties"]["product"].pop("default", None)
    return schema
