"""Reading a bill from JSON text or plain data: every problem found in one reading, each with its code, place and remedy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tkdn.bom.bill import FORMAT, VERSION, AnyBill, Bill
from tkdn.bom.bulk import bulk
from tkdn.bom.checks import Checker
from tkdn.bom.model import Part, Rate, Record, Supplier, Use
from tkdn.errors import BomError, Locate, Location, Place, Problem, closest, few_hints, json_path

RECORDS: dict[str, type[Record]] = {"parts": Part, "uses": Use, "suppliers": Supplier, "rates": Rate}
PLACEHOLDERS = {"quantity": "1", "rate": "1"}
"""What stands for a value that is wrong, while the rest of its record is looked at."""
LONGEST_INTEGER = 60
LONGEST_NUMBER = 400
"""Characters of a number in JSON: a longer one is not worked out, which could take minutes, but refused."""


class _Twice(dict[str, Any]):
    """An object of the text in which a key stands twice."""

    key = ""


def parse_json(text: str | bytes) -> dict[str, Any]:
    """JSON text as plain data; duplicate keys, NaN and text that is not UTF-8 are errors with their place.

    A number that a float would not hold as written is kept as a decimal.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BomError([Problem("encoding", {"start": error.start})]) from None
    twice: list[_Twice] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) == len(pairs):
            return record
        marked = _Twice(record)
        seen: set[str] = set()
        marked.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        twice.append(marked)
        return marked

    try:
        data = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=once,
            parse_constant=str,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        place = Place(row=error.lineno, column=str(error.colno))
        raise BomError([Problem("json-malformed", {"reason": error.msg}, place, case="syntax")]) from None
    except RecursionError:
        raise BomError([Problem("json-malformed", {}, case="depth")]) from None
    if twice:
        raise BomError(_duplicate_keys(data, ()))
    if not isinstance(data, dict):
        raise BomError([Problem("json-malformed", {}, case="not_object")])
    return data


class _Overlong(Decimal):
    """Stands for a number with more characters than any bill needs: it is too large everywhere, and shows how it begins."""

    shown: str

    @classmethod
    def of(cls, text: str) -> _Overlong:
        number = cls("1E+999999")
        number.shown = text[:LONGEST_INTEGER]
        return number

    def __str__(self) -> str:
        return self.shown


def _integer(digits: str) -> int | Decimal:
    if len(digits) > LONGEST_NUMBER:
        return _Overlong.of(digits)
    return int(digits) if len(digits) < LONGEST_INTEGER else Decimal(digits)


def _float(text: str) -> float | Decimal:
    """A float where its shortest decimal form is the number as written, else the number as written."""
    if len(text) > LONGEST_NUMBER:
        return _Overlong.of(text)
    value = float(text)
    try:
        written = Decimal(text)
    except InvalidOperation:  # an exponent of more digits than decimals have
        return _Overlong.of(text)
    return value if Decimal(repr(value)) == written else written


def _duplicate_keys(value: Any, at: Location) -> Iterator[Problem]:
    if isinstance(value, _Twice):
        yield Problem("duplicate-key", {"key": value.key}, json_path((*at, value.key)))
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from _duplicate_keys(inner, (*at, key))


@few_hints()
def build(model: type[AnyBill], data: Mapping[str, Any], locate: Locate = json_path) -> AnyBill:
    """Return a checked bill from plain data; `locate` turns the location of a value into the place a person looks at."""
    if not isinstance(data, Mapping):
        raise BomError([Problem("wrong-type", {}, case="document")])
    problems = list(_check_header(data, locate))
    try:
        with bulk():
            bill = model.model_validate(data)
        if not problems:
            return bill
    except BomError as error:
        problems += error.problems if locate is json_path else _check_records(data, locate)
    except ValidationError as error:
        head = {("format",), ("version",)} if problems else set()
        details = [detail for detail in error.errors(include_url=False) if detail["loc"][:1] not in head]
        problems += [from_pydantic(detail, data, locate) for detail in details]
        if all(isinstance(data.get(key, ()), list | tuple) for key in RECORDS):
            problems += _check_records(data, locate)
    raise BomError(problems)


def _check_header(data: Mapping[str, Any], locate: Locate) -> Iterator[Problem]:
    if data.get("format") != FORMAT:
        values = {"format": repr(data["format"])} if "format" in data else {}
        case = "" if values else "missing"
        yield Problem("format-unknown", {**values, "wanted": FORMAT}, locate(("format",)), case=case)
    elif data.get("version") != VERSION or isinstance(data["version"], bool):
        yield Problem(
            "version-unknown", {"version": repr(data.get("version")), "wanted": VERSION}, locate(("version",))
        )


def _check_records(data: Mapping[str, Any], locate: Locate) -> list[Problem]:
    """What is wrong between records, looked for also in those that hold a wrong value; ids of hopeless ones count as known."""
    records: dict[str, list[Any]] = {
        key: [_mended(model, row) for row in data.get(key, ())] for key, model in RECORDS.items()
    }
    ids = {
        key: {row["id"] for row in data.get(key, ()) if isinstance(row, Mapping) and isinstance(row.get("id"), str)}
        for key in ("parts", "suppliers")
    }
    checker = Checker(*records.values(), locate=locate, more_parts=ids["parts"], more_suppliers=ids["suppliers"])
    product = data.get("product")
    return checker.check(product if isinstance(product, str) else None)[2]


def _mended(model: type[Record], row: object) -> Record | None:
    """The record without the values that are wrong in themselves, or None where too little is left."""
    if not isinstance(row, Mapping):
        return None
    kept = dict(row)
    for _ in range(len(PLACEHOLDERS) + 1):
        try:
            return model.model_validate(kept)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=False, include_input=False):
                key = str(detail["loc"][0]) if detail["loc"] else ""
                if detail["type"] == "missing" and len(detail["loc"]) == 1:
                    if key not in PLACEHOLDERS:
                        return None
                    kept[key] = PLACEHOLDERS[key]
                else:
                    kept.pop(key, None)
    return None


def from_pydantic(
    detail: ErrorDetails, data: Mapping[str, Any], locate: Locate, root: type[BaseModel] = Bill
) -> Problem:
    """A problem of ours from one of pydantic's; `data` is what was read, to name the part it is about; `root` its model."""
    location: Location = tuple(step for step in detail["loc"])
    context = detail.get("ctx", {})
    record = _record_at(data, location)
    part = None
    if record is not None and location[0] in ("parts", "uses"):
        found = record.get("id" if location[0] == "parts" else "part")
        part = found if isinstance(found, str) else None
    kind = detail["type"]
    if kind == "tkdn":
        return Problem(context["code"], context["values"], locate(location), part, context["case"])
    key = str(location[-1]) if location else ""
    if kind == "extra_forbidden":
        known = _known_keys(location, root)
        return Problem(
            "unknown-key",
            {"key": key[:60], "known": tuple(known), "nearest": closest(key, known)},
            locate(location),
            part,
        )
    if kind == "missing":
        return Problem("missing-key", {"key": key}, locate(location), part)
    if kind == "literal_error":
        shown = repr(detail["input"])[:60]
        return Problem("value-unknown", {"shown": shown, "expected": context["expected"]}, locate(location), part)
    shown = repr(detail["input"])[:60]
    if kind in ("tuple_type", "list_type"):
        return Problem("wrong-type", {"shown": shown}, locate(location), part, case="list")
    return Problem(
        "wrong-type",
        {"shown": shown, "reason_first": detail["msg"][:1].lower(), "reason_rest": detail["msg"][1:]},
        locate(location),
        part,
    )


def _record_at(data: Mapping[str, Any], location: Location) -> Mapping[str, Any] | None:
    if len(location) < 2 or not isinstance(location[1], int):
        return None
    record = data[str(location[0])][location[1]]
    return record if isinstance(record, Mapping) else None


def _known_keys(location: Location, root: type[BaseModel]) -> list[str]:
    """The keys of the record that the last step of the location stands in."""
    model = root
    for step in location[:-1]:
        if isinstance(step, str):
            model = model_of_field(model, step)
    return [field.alias or name for name, field in model.model_fields.items()]


def model_of_field(model: type[BaseModel], name: str) -> type[BaseModel]:
    """The record model that a field of a record holds, or the record's own where it holds none."""
    pending: list[Any] = [model.model_fields[name].annotation] if name in model.model_fields else []
    while pending:
        kind = pending.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        pending += getattr(kind, "__args__", ())
    return model
