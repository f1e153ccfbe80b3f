"""The table of columns against the model: nothing of it is left out, and every heading means one column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from tkdn.bom.bom import Bom
from tkdn.bom.model import Certificate, CostLine, Evidence, Part, Rate, Record, Supplier, Use
from tkdn.bom.tables.columns import TABLES, Column, ColumnKind, RecordTable, table_named
from tkdn.io.tkdn_formats.levels import LEVELS

MODELS: dict[str, type[Record]] = {
    "parts": Part,
    "uses": Use,
    "suppliers": Supplier,
    "rates": Rate,
    "certificates": Certificate,
    "costs": CostLine,
    "evidence": Evidence,
    "product": Bom,
}
TABLES_OF_THEIR_OWN = {"format", "version", "parts", "uses", "suppliers", "rates", "certificates", "evidence"}
BELOW_A_RECORD = ("production", "costs")
ALL = [*TABLES, LEVELS]


def paths(model: type[BaseModel]) -> Iterator[tuple[str | int, ...]]:
    """The path of every single value in a record."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        kinds = [info.annotation, *get_args(info.annotation)]
        record = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if record is not None:
            yield from ((key, *path) for path in paths(record))
        elif key == "frozen":
            yield from ((key, 0), (key, 1))
        else:
            yield (key,)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_value_of_the_model_has_a_column(table: RecordTable) -> None:
    found = paths(MODELS[table.name])
    values = {path for path in found if path[0] not in TABLES_OF_THEIR_OWN and path[:2] != BELOW_A_RECORD}
    columns = {column.path for column in table.columns if column.kind is not ColumnKind.RECORD}
    owner = {"certificates": {("part",)}, "costs": {("part",)}, "evidence": {("part",), ("certificate",)}}
    assert columns == values | owner.get(table.name, set())


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_heading_means_one_column(table: RecordTable) -> None:
    meant: dict[str, Column] = {}
    for column in table.columns:
        for name in column.names:
            assert table.column(f" {name.upper()} ") is column
            assert meant.setdefault(name, column) is column


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_headings_can_stand_in_csv_and_notes_are_in_both_languages(table: RecordTable) -> None:
    for column in table.columns:
        assert not set(column.english + column.indonesian) & set(',;"/\n')
        assert column.note
        assert column.catatan
        assert (column.kind is ColumnKind.CHOICE) == bool(column.choices)


def test_tables_are_named_in_both_languages() -> None:
    assert [table_named(name) for name in ("Pemakaian", "USES", " bukti ")] == [TABLES[1], TABLES[1], TABLES[6]]
    assert table_named("Notes") is None
