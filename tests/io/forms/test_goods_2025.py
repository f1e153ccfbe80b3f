"""Filled forms of 35/2025, as the library writes them: read back as a bill, and counted again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.support.build import EXAMPLES, assessed, bill, firm, good, home

from tkdn import Bom, assess, read_bom, write_forms
from tkdn.io import read_with
from tkdn.io.options import ReadOptions
from tkdn.io.understanding import Reading

PUMP = EXAMPLES / "pump" / "pump.json"


def filled(tmp_path: Path, change: Callable[[Any], object] = lambda book: None) -> Reading:
    """The pump's forms, with every formula replaced by its value, as a person fills them in."""
    path = tmp_path / "forms.xlsx"
    write_forms(assess(read_bom(PUMP)), path)
    book = openpyxl.load_workbook(path, data_only=True)
    change(book)
    book.save(path)
    return read_with(path, ReadOptions())


def notes(reading: Reading, code: str) -> list[str]:
    assert reading.understood is not None
    return [note.message_in() for note in reading.understood.notes if note.code == code]


def test_material_and_ticks_are_read(tmp_path: Path) -> None:
    reading, pump = filled(tmp_path), read_bom(PUMP)
    assert reading.understood is not None
    assert reading.understood.kind == "formulir-35-2025"
    product = reading.bom.parts[0]
    assert product.production is not None
    assert (product.production.factory, product.production.invested_in_indonesia) == ("own", True)
    assert product.production.indonesian_workers is None
    names = {part.id: part.name for part in pump.parts}
    assert [(use.part, use.quantity) for use in reading.bom.uses] == [
        (names[use.part], use.quantity) for use in pump.uses
    ]
    assert notes(reading, "form-differs") == []


def test_with_certificates_and_workers_the_score_is_the_pumps(tmp_path: Path) -> None:
    document, pump = filled(tmp_path).bom.to_dict(), read_bom(PUMP).to_dict()
    certificates = {part.get("name"): part["certificates"] for part in pump["parts"] if "certificates" in part}
    for part in document["parts"]:
        if part["id"] in certificates:
            part["certificates"] = certificates[part["id"]]
    document["parts"][0]["production"] |= {"indonesian_workers": 4, "foreign_workers": 0}
    assert assess(Bom.from_dict(document), on="2026-01-05").exact == assess(read_bom(PUMP)).exact


def test_a_wrong_share_is_told(tmp_path: Path) -> None:
    def wrong(book: Any) -> None:
        sheet = book["Formulir 1.1"]
        sheet.cell(12, 9).value = 0.31

    (message,) = notes(filled(tmp_path, wrong), "form-differs")
    assert message == "Base Frame: Proporsi Pemakaian is printed as 31, but comes to 2.96"


@pytest.mark.parametrize(
    ("row", "sheet", "expected"),
    [(1, "Formulir 1.2", "partner_factory"), (2, "Formulir 1.2", "outsourced")],
)
def test_the_tick_says_whose_factory_it_is(tmp_path: Path, row: int, sheet: str, expected: str) -> None:
    def move(book: Any) -> None:
        for name in ("Formulir 1.2", "Formulir 1.3"):
            rows = [each for each in book[name].iter_rows() if each[2].value == "✓"]
            rows[0][2].value = None
            book[name].cell(rows[0][0].row + row, 3).value = "✓"

    production = filled(tmp_path, move).bom.parts[0].production
    assert production is not None
    assert production.factory == expected


def test_several_ticks_are_told_and_none_is_taken(tmp_path: Path) -> None:
    def twice(book: Any) -> None:
        sheet = book["Formulir 1.2"]
        (ticked,) = (each for each in sheet.iter_rows() if each[2].value == "✓")
        sheet.cell(ticked[0].row + 1, 3).value = "✓"

    reading = filled(tmp_path, twice)
    assert notes(reading, "form-ticks") == ["Formulir 1.2 has several ticks: none is taken"]


def test_sheets_without_a_form_are_passed_over(tmp_path: Path) -> None:
    """The self-declaration of a small industry names no form."""
    document = bill(good(maker="S-1"), home("A", 100), uses={"GOOD": "A"}, suppliers=[firm("S-1", "small")])
    path = tmp_path / "forms.xlsx"
    write_forms(assessed(document), path)
    assert "Self Declare" in openpyxl.load_workbook(path).sheetnames
    assert [part.id for part in read_bom(path).parts][1:] == ["A"]
