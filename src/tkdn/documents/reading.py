"""The reader of documents from JSON: all problems at once, each with its code, JSON path and remedy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tkdn.bom.country import HOME
from tkdn.bom.model import Record
from tkdn.bom.reading import from_pydantic, model_of_field, parse_json
from tkdn.documents.model import KINDS, Document, problems_of
from tkdn.errors import BomError, DocumentError, Location, Problem, UsageError, json_path, nearest
from tkdn.io.files import read_bytes

VERSION = 1
PLACEHOLDERS: Mapping[str, Any] = {
    **{key: {"amount": "1"} for key in ("price", "value", "monthly_wage", "monthly_cost", "unit_price")},
    **dict.fromkeys(("persons", "months", "number", "quantity", "rate"), "1"),
    "name": "?",
    "citizenship": HOME,
    "made_in": HOME,
    "provider": "domestic",
}
"""Values in place of those that are wrong, while the rest of their record is looked at."""
MENDING_ROUNDS = 3
"""Wrong values are taken out, what is then missing is put in its place, and the rest is read."""
D = TypeVar("D", bound=Document)


def read(path: str | Path) -> Document:
    """Read a document of services, combined goods and services, company benefit or bids from a JSON file.

    Its `format` says which it is.

    Raises:
        DocumentError: with all problems.

    >>> read("examples/tender/bids.json").format_name()
    'tkdn-bids'
    """
    return read_kind(path, None)


def read_kind(path: str | Path, kind: type[Document] | None) -> Document:
    """Read a document; if a kind is given, one of another is an error.

    Raises:
        DocumentError: with all problems, `file-missing`, `file-unreadable` or `format-unknown` among them.
    """
    path = Path(path)
    try:
        if not os.path.exists(path):
            raise DocumentError(
                [Problem.worded("file-missing", f"there is no file {path.name[:100]!r}", "check the path")]
            )
        return from_json(read_bytes(path), kind)
    except (BomError, DocumentError) as error:
        raise DocumentError(problem.in_file(path.name[:100]) for problem in error.problems) from None


def read_format(path: str | Path, format_: str) -> Document:
    """Read a document of a format, such as `tkdn-bids`; one of another is an error.

    Raises:
        DocumentError: with all problems.
    """
    return read_kind(path, KINDS[format_])


def from_json(text: str | bytes, kind: type[Document] | None = None) -> Document:
    """Read a document from JSON text.

    Args:
        text: the text.
        kind: the kind that it must be of; None: its `format` says which it is.

    Raises:
        DocumentError: with all problems.
    """
    try:
        data = parse_json(text)
    except BomError as error:
        raise DocumentError(error.problems) from None
    return from_dict(data, kind)


def from_dict(data: Mapping[str, Any], kind: type[Document] | None = None) -> Document:
    """Read a document from plain data, as `to_dict` gives it.

    Args:
        data: the data.
        kind: the kind that it must be of; None: its `format` says which it is.

    Raises:
        DocumentError: with all problems.

    >>> document = from_dict({"format": "tkdn-combined", "version": 1, "date": "2026-06-01",
    ...     "goods": [{"name": "Pump", "tkdn": "27.52", "value": {"amount": "138430000"}}]})
    >>> type(document).__name__
    'CombinedDocument'
    """
    named = data.get("format")
    found = KINDS.get(named) if isinstance(named, str) else None
    if found is None or (kind is not None and found is not kind):
        raise DocumentError([_format_problem(data, kind)])
    return _build(data, found)


def expect(document: Document, kind: type[D]) -> D:
    """Return the document as the kind that a function needs.

    Raises:
        UsageError: `document-kind` if it is another.
    """
    if isinstance(document, kind):
        return document
    message = f"the document is {document.format_name()}, not {kind.format_name()}"
    raise UsageError(
        [
            Problem.worded(
                "document-kind", message, f"call tkdn.documents.{document.format_name().removeprefix('tkdn-')}"
            )
        ]
    )


def _format_problem(data: Mapping[str, Any], kind: type[Document] | None) -> Problem:
    named = data.get("format")
    wanted = [kind.format_name()] if kind else list(KINDS)
    remedy = f'write "format": "{wanted[0]}"' if kind else f"write one of {', '.join(wanted)}"
    if named is None:
        message = "the document does not say what it is"
    else:
        message = f"format is {repr(named)[:60]}"
        if isinstance(named, str) and named in KINDS:
            remedy = f"run 'tkdn {named.removeprefix('tkdn-')}', or {remedy}"
        elif isinstance(named, str):
            remedy = nearest(named, wanted) or remedy
    return Problem.worded("format-unknown", message, remedy, json_path(("format",)))


def _build(data: Mapping[str, Any], kind: type[Document]) -> Document:
    found = []
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        message = f"version {repr(version)[:60]} is not one this library reads"
        found.append(Problem.worded("version-unknown", message, f'write "version": {VERSION}', json_path(("version",))))
    try:
        document = kind.model_validate({**data, "version": VERSION})
        if not found:
            return document
    except DocumentError as error:
        found += error.problems
    except ValidationError as error:
        found += [_problem(detail, data, kind) for detail in error.errors(include_url=False)]
        reported = {problem.place for problem in found}
        found += [problem for problem in problems_of(_sound_part(data, kind)) if problem.place not in reported]
    raise DocumentError(found)


def _problem(detail: ErrorDetails, data: Mapping[str, Any], kind: type[Document]) -> Problem:
    location: Location = detail["loc"]
    if detail["type"] != "extra_forbidden":
        return from_pydantic(detail, data, json_path)
    model = cast(Any, kind)
    for step in location[:-1]:
        if isinstance(step, str):
            model = model_of_field(model, step)
    keys = [field.alias or name for name, field in model.model_fields.items()]
    key = str(location[-1])
    hint = nearest(key, keys) or f"the keys here are {', '.join(keys)}"
    return Problem.worded("unknown-key", f"{key[:60]!r} is not a key of this record", hint, json_path(location))


def _sound_part(data: Mapping[str, Any], kind: type[Document]) -> Document:
    """Return the document with its sound values; None for others, and for records that say too little."""
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        if name in ("format", "version") or (name not in data and not field.is_required()):
            continue
        annotation = cast(Any, field.annotation)
        raw = data.get(name)
        if getattr(annotation, "__origin__", None) is tuple:
            record: type[Record] = annotation.__args__[0]  # of a row
            values[name] = tuple(_mended(record, row) for row in raw) if isinstance(raw, list | tuple) else (None,)
        else:
            whole: Any = Annotated[(annotation, None, *field.metadata)]
            values[name] = _sound(TypeAdapter(whole), raw)
    return kind.model_construct(**values)


def _mended(model: type[Record], row: object) -> Record | None:
    """Return the record without the values that are wrong in themselves, or None if too little is left."""
    if not isinstance(row, Mapping):
        return None
    kept = dict(row)
    for _ in range(MENDING_ROUNDS):
        try:
            return model.model_validate(kept)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=False, include_input=False):
                key = str(detail["loc"][0]) if detail["loc"] else ""
                if detail["type"] != "missing" or len(detail["loc"]) > 1:
                    kept.pop(key, None)
                elif key in PLACEHOLDERS:
                    kept[key] = PLACEHOLDERS[key]
                else:
                    return None
    return None


def _sound(adapter: TypeAdapter[Any], value: object) -> object:
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None
