"""What formats of cells and looks of rows say: currencies, hidden and struck-out rows."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.styles.numbers import BUILTIN_FORMATS
from tests.io.part_lists.reading import problems, read, uses

import tkdn
from tkdn.io.spreadsheet import excel
from tkdn.io.spreadsheet.number_formats import Priced, currency_of
from tkdn.io.spreadsheet.sheets import open_sheets

ROWS = (("No", "Part Number", "Qty", "Price"), (1, "A", 2, 350), (2, "B", 1, 900), (3, "C", 1, 5))


def workbook(folder: Path, look: Any) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    look(sheet)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


@pytest.mark.parametrize(
    ("shown", "currency"),
    [
        ("[$Rp-421]#,##0", "IDR"),
        ('"Rp"#,##0', "IDR"),
        ("[$IDR] #,##0", "IDR"),
        ("[$€-2] #,##0.00", "EUR"),
        ("[$$-409]#,##0.00", "USD"),
        ("[$$-1004]#,##0.00", "SGD"),
        ("[$¥-804]#,##0", "CNY"),
        ("[$¥-411]#,##0", "JPY"),
        ("[$$-1]#,##0", "$"),
        ("[$$-en-US]#,##0.00", "USD"),
        ("[$Rp-id-ID]#,##0", "IDR"),
        ("[$¥-ja-JP]#,##0", "JPY"),
        ("[$€-x-euro2]#,##0", "EUR"),
        ("[$NT$-404]#,##0", "TWD"),
        ("Rp#,##0", "IDR"),
        ('"RM"#,##0', "MYR"),
        ('"PCS"0', None),
        ('0 "MAX"', None),
        ("$#,##0", "$"),
        ("#,##0", None),
        ("[$-409]d-mmm-yy", None),
        ("[Red]#,##0", None),
        ('0.00" kg"', None),
    ],
)
def test_the_currency_of_a_format(shown: str, currency: str | None) -> None:
    assert currency_of(shown) == currency


def formatted(*shown: str) -> Any:
    def look(sheet: Any) -> None:
        for row, each in enumerate(shown, start=2):
            sheet.cell(row, 4).number_format = each

    return look


def test_prices_take_the_currency_of_their_format(tmp_path: Path) -> None:
    path = workbook(tmp_path, formatted("[$$-409]#,##0.00", "[$Rp-421]#,##0", "[$€-2]#,##0"))
    bom = read(path, product="X", rates={"USD": "16000@2026-01-01", "EUR": "18000@2026-01-01"}).bom
    assert [part.price and part.price.currency for part in bom.parts if part.id != "X"] == ["USD", "IDR", "EUR"]


def test_a_shared_sign_without_a_locale_is_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path, formatted("$#,##0", '"Rp"#,##0', '"Rp"#,##0'))
    assert problems(path, product="X") == [("currency-unclear", 2, "Price")]


@pytest.mark.parametrize("number", [5, 7, 42, 44])
def test_a_format_that_every_workbook_has_names_no_currency(tmp_path: Path, number: int) -> None:
    shown = BUILTIN_FORMATS[number]
    bom = read(workbook(tmp_path, formatted(shown, shown, shown)), product="X", currency="IDR").bom
    assert {part.price and part.price.currency for part in bom.parts if part.id != "X"} == {"IDR"}


def test_a_quantity_in_a_format_of_money_stays_a_number(tmp_path: Path) -> None:
    def look(sheet: Any) -> None:
        formatted("[$Rp-421]#,##0", "[$Rp-421]#,##0", "[$Rp-421]#,##0")(sheet)
        sheet.cell(2, 3).number_format = "[$Rp-421]#,##0"

    assert uses(read(workbook(tmp_path, look), product="X"))[0] == ("X", "A", "2")


def test_money_pickles_with_its_currency() -> None:
    again = pickle.loads(pickle.dumps(Priced.of(12.5, "USD")))
    assert (again, again.currency) == (12.5, "USD")


def hide(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def strike(sheet: Any) -> None:
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def strike_but_remark(sheet: Any) -> None:
    strike(sheet)
    sheet.cell(3, 5, "replaced by C")


@pytest.mark.parametrize(("look", "option"), [(hide, "hidden"), (strike, "struck"), (strike_but_remark, "struck")])
def test_rows_set_aside_are_asked_about_with_their_share(tmp_path: Path, look: Any, option: str) -> None:
    path = workbook(tmp_path, look)
    (asked,) = tkdn.read_list(path, product="X", currency="IDR").questions
    assert (asked.code, asked.suggestion) == (option, None)
    assert "1 of 3 lines" in asked.text
    how: dict[str, Any] = {"product": "X", "currency": "IDR"}
    assert [part for _, part, _ in uses(read(path, **how, **{option: "skip"}))] == ["A", "C"]
    assert [part for _, part, _ in uses(read(path, **how, **{option: "read"}))] == ["A", "B", "C"]


def test_a_row_without_height_is_hidden(tmp_path: Path) -> None:
    path, made = workbook(tmp_path, hide), tmp_path / "flat.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'hidden="1"', b'ht="0" customHeight="1"'))
    (asked,) = tkdn.read_list(made, product="X", currency="IDR").questions
    assert asked.code == "hidden"


def test_an_answer_for_another_number_of_rows_is_asked_again(tmp_path: Path) -> None:
    answers = {"product": "X", "currency": "IDR", "rows": {"hidden": {"answer": "skip", "lines": 2}}}
    (asked,) = tkdn.read_list(workbook(tmp_path, hide), answers=answers).questions
    assert "given for 2" in asked.text
    answers["rows"] = {"hidden": {"answer": "skip", "lines": 1}}
    assert tkdn.read_list(workbook(tmp_path, hide), answers=answers).questions == ()


def test_a_row_struck_out_in_part_is_a_line(tmp_path: Path) -> None:
    def look(sheet: Any) -> None:
        sheet.cell(3, 2).font = Font(strike=True)

    assert len(uses(read(workbook(tmp_path, look), product="X", currency="IDR"))) == 3


def test_a_large_workbook_with_hidden_rows_or_money_is_not_read_by_the_reader_that_does_not_see_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "FAST_FROM", 0)
    (sheet,) = open_sheets(workbook(tmp_path, hide).read_bytes(), "list.xlsx").sheets
    assert sheet.hidden_rows == frozenset({3})
    (sheet,) = open_sheets(workbook(tmp_path, strike).read_bytes(), "list.xlsx").sheets
    assert sheet.struck_rows == frozenset({3})
    for shown in ("[$$-409]#,##0.00", '"RM"#,##0', "[$¥-ja-JP]#,##0"):
        path = workbook(tmp_path, formatted(shown))
        (sheet,) = open_sheets(path.read_bytes(), "list.xlsx").sheets
        assert isinstance(sheet.grid.rows[1][1][3], Priced)


@pytest.mark.parametrize(
    ("heading", "cell", "shown", "scrap"),
    [("Scrap %", 5, "General", "0.05"), ("Scrap", 0.05, "General", "0.05"), ("Scrap %", 0.05, "0%", "0.05")],
)
def test_percent_in_the_heading_or_in_the_format(
    tmp_path: Path, heading: str, cell: float, shown: str, scrap: str
) -> None:
    def look(sheet: Any) -> None:
        sheet.cell(1, 4).value = heading
        for row in (2, 3, 4):
            sheet.cell(row, 4).value = None
        sheet.cell(2, 4).value = cell
        sheet.cell(2, 4).number_format = shown

    bom = read(workbook(tmp_path, look), product="X").bom
    assert str(bom.uses[0].scrap) == scrap


def test_a_share_under_a_heading_of_percent_is_said(tmp_path: Path) -> None:
    def look(sheet: Any) -> None:
        sheet.cell(1, 4).value = "Scrap %"
        for row in (2, 3, 4):
            sheet.cell(row, 4).value = 0.05

    understood = read(workbook(tmp_path, look), product="X").understood
    assert understood is not None
    assert "percent-below-one" in [note.code for note in understood.notes]


@pytest.mark.parametrize(("number", "part"), [(7, "00007"), (12345, "12345"), (1234567, "1234567")])
def test_part_numbers_shown_with_zeros_in_front_keep_them(tmp_path: Path, number: int, part: str) -> None:
    def zeros(sheet: Any) -> None:
        sheet.cell(2, 2, number).number_format = "00000"

    found = uses(read(workbook(tmp_path, zeros), product="X", currency="IDR"))
    assert found[0] == ("X", part, "2")  # 7 before, which is another part
