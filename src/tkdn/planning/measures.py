"""A list of measures as a document of its own: read, checked as a whole, written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from tkdn.bom.model import Record
from tkdn.bom.number import Text
from tkdn.bom.reading import from_pydantic, parse_json
from tkdn.errors import BomError, MeasureError, Problem, json_path
from tkdn.io.files import read_bytes
from tkdn.planning.checks import problems
from tkdn.planning.measure import Measure

FORMAT, VERSION = "tkdn-measures", 1


class Measures(Record):
    """A list of measures, as plans are made of: format "tkdn-measures", version 1.

    >>> measures = Measures.from_dict({"format": "tkdn-measures", "version": 1, "measures": [
    ...     {"id": "CERTIFY", "changes": {"parts": {"WHEEL": {"all_domestic_material": True}}}, "one_off": {"amount": 0}}]})
    >>> measures.measures[0].changes.parts["WHEEL"]
    {'all_domestic_material': True}
    """

    format: Literal["tkdn-measures"] = "tkdn-measures"
    version: Literal[1] = 1
    name: Text | None = None
    measures: tuple[Measure, ...]

    @classmethod
    def from_json(cls, text: str | bytes) -> Measures:
        """Read measures from JSON text.

        Raises:
            MeasureError: with all problems.
        """
        try:
            data = parse_json(text)
        except BomError as error:
            raise MeasureError(error.problems) from None
        return cls.from_dict(data)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Measures:
        """Read measures from plain data, as `to_dict` gives it.

        Raises:
            MeasureError: with all problems, each with its JSON path.
        """
        found = list(_header(data))
        measures = None
        try:
            measures = cls.model_validate({**data, "format": FORMAT, "version": VERSION})
        except ValidationError as error:
            found += [from_pydantic(detail, data, json_path, cls) for detail in error.errors(include_url=False)]
        rows = data.get("measures")
        found += problems(measures.measures if measures else [_sound(row) for row in _listed(rows)])
        if found or measures is None:
            raise MeasureError(found)
        return measures

    def to_dict(self) -> dict[str, Any]:
        """Return the document as plain data; values at their default are left out."""
        body = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return {**body, "format": FORMAT, "version": VERSION}


def measures_schema() -> dict[str, Any]:
    """Return JSON Schema of a list of measures (format "tkdn-measures", version 1).

    >>> sorted(measures_schema()["required"])
    ['format', 'measures', 'version']
    """
    schema = Measures.model_json_schema()
    schema["required"] = ["format", "version", "measures"]
    return schema


def read_measures(path: str | Path) -> Measures:
    """Read a list of measures from a JSON file.

    Raises:
        MeasureError: `file-missing`, `file-unreadable`, or all problems of the list, each with its JSON path.
    """
    path = Path(path)
    name = path.name[:100]
    try:
        if not os.path.exists(path):
            raise MeasureError([Problem.worded("file-missing", f"there is no file {name!r}", "check the path")])
        return Measures.from_json(read_bytes(path))
    except (BomError, MeasureError) as error:
        raise MeasureError(each.in_file(name) for each in error.problems) from None


def measures_of(given: Measures | str | Path | Mapping[str, Any] | Iterable[Measure | Mapping[str, Any]]) -> Measures:
    """Return measures as a caller gives them: a document, a path, or a list of measures.

    Raises:
        MeasureError: with all problems.
    """
    if isinstance(given, Measures):
        return given
    if isinstance(given, str | Path):
        return read_measures(given)
    if isinstance(given, Mapping):
        return Measures.from_dict(given)
    rows = [row.model_dump(mode="json", exclude_unset=True) if isinstance(row, Measure) else row for row in given]
    return Measures.from_dict({"format": FORMAT, "version": VERSION, "measures": rows})


def _header(data: Mapping[str, Any]) -> Iterator[Problem]:
    if data.get("format") != FORMAT:
        message = "the document does not say what it is" if "format" not in data else f"format is {data['format']!r}"
        yield Problem.worded("format-unknown", message[:100], f'write "format": "{FORMAT}"', json_path(("format",)))
    elif data.get("version") != VERSION or isinstance(data["version"], bool):
        message = f"version {data.get('version')!r} is not one this library reads"
        yield Problem.worded("version-unknown", message[:100], f'write "version": {VERSION}', json_path(("version",)))


def _listed(rows: object) -> list[object]:
    return list(rows) if isinstance(rows, list | tuple) else []


def _sound(row: object) -> Measure | str | None:
    """Return the measure, else the id of one that is not sound, which others may name."""
    try:
        return Measure.model_validate(row)
    except ValidationError:
        id_ = row.get("id") if isinstance(row, Mapping) else None
        return id_ if isinstance(id_, str) else None
