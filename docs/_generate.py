"""What the pages take from the library when they are built: tables of columns and of legal values; and the linked notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import tkdn
from tkdn.io.columns import TABLES, Column, Kind
from tkdn.texts import number, say

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tkdn.law.regulation import Parameter, Regulation, Value

HERE = Path(__file__).parent
GOODS = "permenperin-35-2025"
SIGNS = {"over": ">", "at_least": "≥", "at_most": "≤"}


def tables() -> dict[str, str]:
    """The generated tables as Markdown, by the name under which a page takes them: `{{ columns_parts }}`."""
    made = {f"columns_{kind.name}": _columns(kind.columns) for kind in TABLES}
    goods, *_ = [law for law in tkdn.regulations() if law.id == GOODS]
    others = (law for law in tkdn.regulations() if law.id != GOODS)
    return made | {"values_of_goods": _values(goods), "values_of_others": "\n\n".join(map(_titled_values, others))}


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    r"""A Markdown table.

    >>> print(table(["a", "b"], [["1", "2 | 3"]]))
    | a | b |
    | --- | --- |
    | 1 | 2 \| 3 |
    """
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _columns(columns: Iterable[Column]) -> str:
    return table(["column", "heading", "judul", "holds", "note"], map(_column, columns))


def _column(column: Column) -> Iterator[str]:
    yield f"`{column.key}`" + (" **needed**" if column.needed and column.of_row else "")
    yield column.english
    yield column.indonesian
    words = {Kind.ID: "id", Kind.TRUTH: "true or false", Kind.RECORD: "true or empty"}
    yield ", ".join(f"`{choice}`" for choice in column.choices) or words.get(column.kind, column.kind.name.lower())
    yield column.note


def _titled_values(law: Regulation) -> str:
    known = say(f"confidence.{law.in_force_confidence}")
    title = f"**{law.name}, {law.title}** (`{law.id}`): {law.covers}. In force {law.period} ({known})."
    return f"{title}\n\n{_values(law)}"


def _values(law: Regulation) -> str:
    rows = [
        row for parameter in law.parameters.values() for value in parameter.values for row in _value(parameter, value)
    ]
    return table(["key", "value", "article", "how known", "meaning"], rows)


def _value(parameter: Parameter, value: Value) -> Iterator[list[str]]:
    unit, known = parameter.unit, say(f"confidence.{value.confidence}")
    meaning = parameter.meaning["en"] + (f"; *{value.note}*" if value.note else "")
    figure = "" if value.rows else _figure(value.value, unit)
    yield [f"`{parameter.key}`", figure, value.article, known, meaning]
    for row in value.rows:
        yield ["", f"{SIGNS[row.test]} {number(row.limit)}: {_figure(row.value, unit)}", row.article, "", ""]


def _figure(value: Decimal | str | None, unit: str) -> str:
    if isinstance(value, Decimal):
        return number(value) + {"percent": "%"}.get(unit, f" {unit}")
    return f"`{value}`"


def linked_notebook(text: str) -> NotebookNode:
    """The notebook that an `.nblink` file names, by its path from this folder: it stays with its example."""
    import nbformat

    notebook: NotebookNode = nbformat.read(HERE / text.strip(), as_version=4)  # type: ignore[no-untyped-call]
    return notebook
