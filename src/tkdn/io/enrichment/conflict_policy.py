"""Whose value counts where a bill and a second file disagree: one answer for all, or one for each field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from tkdn.bom.tables.columns import Column
from tkdn.errors import Problem, UsageError, closest
from tkdn.io.enrichment.enrichment_columns import CERTIFICATE, MAKER, SELLER, UNITS

OnConflict = Literal["error", "keep", "replace"]
ANSWERS: tuple[OnConflict, ...] = get_args(OnConflict)
REST = "*"
"""Stands for every field that is not named."""
KEPT = ("name", "spec")
"""Fields of a part that only describe it: the bill's are kept unless something else is said."""
_FIRST = {column.key: columns[0].key for columns in UNITS.values() for column in columns}
_FIELDS = {key.partition("_")[2]: key for key in _FIRST if key.startswith(("supplier_", "maker_", "certificate_"))}


def field_of(column: Column) -> str:
    """The key of a column without the word for what it is about: `scale` for `supplier_scale`."""
    return column.key if column.path[0] not in (SELLER, MAKER, CERTIFICATE) else column.key.partition("_")[2]


class Answers:
    """The answer for each field. Raises `UsageError` (`option-invalid`) for a field or an answer that there is not."""

    def __init__(self, stated: OnConflict | Mapping[str, OnConflict]) -> None:
        self._rest: OnConflict | None = None
        self._by_field: dict[str, OnConflict] = {}
        given = stated if isinstance(stated, Mapping) else {REST: stated}
        problems = []
        for field, answer in given.items():
            if answer not in ANSWERS:
                problems.append(
                    Problem("option-invalid", {"answer": answer, "known": tuple(ANSWERS)}, case="on_conflict")
                )
            if field != REST and field not in _FIRST and field not in _FIELDS:
                problems.append(
                    Problem(
                        "option-invalid", {"field": field, "nearest": closest(field, [*_FIRST, *_FIELDS])}, case="field"
                    )
                )
            if field == REST:
                self._rest = None if answer == "error" and not isinstance(stated, Mapping) else answer
            else:
                self._by_field[_FIRST.get(field, field)] = answer
        if problems:
            raise UsageError(problems)

    def of(self, column: Column, *, described: bool) -> OnConflict:
        """The answer for a field; `described` where both values mean the same thing, such as two spellings of a firm."""
        for key in (column.key, field_of(column)):
            if key in self._by_field:
                return self._by_field[key]
        return self._rest or ("keep" if described or column.key in KEPT else "error")
