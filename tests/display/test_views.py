"""Every result has a view, and every rendering shows all of it."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from tests.display.results import results

from tkdn.display.csv import to_csv
from tkdn.display.doors import DOORS, VIEWS, door, view_door
from tkdn.display.markdown import escaped, to_markdown
from tkdn.display.view import Column, Facts, Lines, Table, View
from tkdn.display.viewed import as_text
from tkdn.display.workbook import to_workbook
from tkdn.i18n import LANGUAGES, Lang, clean, number
from tkdn.outputs import VERSIONS

NO_RESULTS = {"tkdn-check", "tkdn-error", "tkdn-regulations", "tkdn-run"}
"""Outputs that are parts of others or lists of them: a check, an error, the regulations, the identity of a run."""
HOSTILE = ["=1+1", "@SUM(A1)", "<b>&amp;", "| a | b |", "[x](javascript:y)", "a\nb\x1b[31m", "＝1", "x" * 40_000]


def cells(view: View) -> list[tuple[Column, Any]]:
    """Return every cell of a view's tables, with its column."""
    tables = [block for block in view.ordered if isinstance(block, Table)]
    return [
        (each, row.get(each.key)) for table in tables for row in (*table.rows, *table.last) for each in table.columns
    ]


def test_every_result_has_a_view() -> None:
    shown = {view_door(type(each)) for each in results()}
    assert shown == {view_door_of(target) for target in VIEWS.values()}
    plain = [each.to_dict() for each in results() if hasattr(each, "to_dict")]
    assert {each["format"] for each in plain} - {"tkdn-bom"} == VERSIONS.keys() - NO_RESULTS


def view_door_of(target: str) -> Any:
    from importlib import import_module

    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


@pytest.mark.parametrize("name", DOORS)
def test_every_door_opens(name: str) -> None:
    assert callable(door(name))


def test_what_nothing_shows_has_no_door() -> None:
    with pytest.raises(KeyError, match=r"builtins\.int"):
        view_door(int)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("target", VIEWS.values())
def test_every_rendering_shows_all_of_it(target: str, lang: Lang) -> None:
    result = next(each for each in results() if view_door(type(each)) is view_door_of(target))
    view = result.view(lang)
    text, markdown = as_text(view, everything=True), to_markdown(view)
    rows = list(csv.reader(StringIO(to_csv(view))))
    in_csv = {cell for row in rows for cell in row}
    book = openpyxl.load_workbook(BytesIO(to_workbook(view)), read_only=True)
    in_book = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
    for column, cell in cells(view):
        if isinstance(cell, Decimal):
            assert number(cell, lang) in text
            assert number(cell, lang) in markdown
            assert format(cell, "f") in in_csv
            assert cell in {Decimal(str(each)) for each in in_book if isinstance(each, int | float)}
        elif isinstance(cell, str) and cell:
            assert clean(cell) in text
            assert escaped(cell) in markdown
            assert clean(cell) in in_book
        assert column.heading in in_csv
    for block in view.ordered:
        if isinstance(block, Lines):
            assert all(clean(line) in text and escaped(line) in markdown for line in block.lines)
        elif isinstance(block, Facts):
            assert all(clean(value) in text for _, value in block.pairs)


def hostile(name: str) -> View:
    """Return a view whose every text is the name."""
    columns = (Column("name", name), Column("points", "Points", "number"))
    table = Table(name, columns, ({"name": name, "points": Decimal(1)},))
    return View(name, name, (table, Lines(name, (name,))), "en", Facts(name, ((name, name),)))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(name: str) -> None:
    view = hostile(name)
    guarded = to_csv(view)
    assert not any(cell[:1] in "=@＝" for row in csv.reader(StringIO(guarded)) for cell in row if cell)
    book = openpyxl.load_workbook(BytesIO(to_workbook(view)))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    markdown = to_markdown(view)
    assert "<b>" not in markdown
    assert "\x1b" not in markdown + guarded + as_text(view)
    assert len(markdown.splitlines()) == len(to_markdown(hostile("n")).splitlines())


def test_a_gain_has_its_sign_and_a_missing_cell_a_dash() -> None:
    columns = (Column("gain", "Gain", "gain"), Column("share", "Share", "percent"))
    table = Table("T", columns, ({"gain": Decimal("1.5"), "share": Decimal(40)}, {"gain": Decimal("-2")}))
    lines = to_markdown(View("V", "", (table,), "id")).splitlines()
    assert lines[-2:] == ["| +1,5 | 40 % |", "| -2 | - |"]


def test_sheets_of_one_title_are_told_apart() -> None:
    table = Table(
        "A [title]: with / what no sheet is named, and longer than a name", (Column("a", "A"),), ({"a": "b"},)
    )
    book = openpyxl.load_workbook(BytesIO(to_workbook(View("", "", (table, table), "en"))))
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames}) == 3


def test_a_figure_too_long_for_a_workbook_is_text() -> None:
    long = Decimal("12345678901234567.89")
    table = Table("T", (Column("a", "A", "number"),), ({"a": long},))
    book = openpyxl.load_workbook(BytesIO(to_workbook(View("V", "", (table,), "en"))))
    assert book["T"]["A3"].value == "12345678901234567.89"
