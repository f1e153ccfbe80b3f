"""Firms spelled in several ways are one; a sheet of suppliers tells their size and region."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.io.part_lists.reading import read, text

LIST = (
    ("No", "Kode Part", "Qty", "Supplier"),
    (1, "G-1", 1, "CV. Karya Contoh"),
    (2, "G-2", 2, "PT Sumber Contoh"),
    (3, "G-3", 1, "cv karya contoh"),
)


def workbook(folder: Path, **sheets: tuple[tuple[object, ...], ...]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


FIRMS = (
    ("Nama Supplier", "Kab/Kota", "Skala Usaha", "KBLI"),
    ("CV Karya Contoh", "Kab. Subang", "Kecil", "25119"),
    ("PT. Sumber Contoh", "Jakarta Timur", "Besar", "46100"),
    ("CV Tidak Dipakai", "Bandung", "Mikro", "1"),
)


def test_one_firm_has_one_name(tmp_path: Path) -> None:
    reading = read(text(tmp_path, *(";".join(map(str, row)) for row in LIST)), product="X")
    assert [each.id for each in reading.bom.suppliers] == ["CV. Karya Contoh", "PT Sumber Contoh"]
    assert reading.understood is not None
    assert "firms-same" in [note.code for note in reading.understood.notes]


def test_two_legal_forms_are_two_firms(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Kode Part;Qty;Supplier", "1;G-1;1;CV Contoh", "2;G-2;1;PT Contoh")
    assert len(read(path, product="X").bom.suppliers) == 2


def test_a_sheet_of_suppliers_tells_size_and_region_by_name_and_no_activity_of_parts(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path, BOM=LIST, Suppliers=FIRMS), product="X")
    facts = {each.id: (each.scale, each.region) for each in reading.bom.suppliers}
    assert facts == {"CV. Karya Contoh": ("small", "32.13"), "PT Sumber Contoh": ("large", "31.75")}
    assert {part.kbli for part in reading.bom.parts} == {None}
    assert reading.understood is not None
    assert "suppliers-joined" in [note.code for note in reading.understood.notes]
    assert "sheets-left-out" not in [note.code for note in reading.understood.notes]


def test_a_region_that_may_be_two_is_not_guessed(tmp_path: Path) -> None:
    firms = (FIRMS[0], ("CV Karya Contoh", "Bandung", "Kecil", ""))
    facts = {
        each.id: each.region for each in read(workbook(tmp_path, BOM=LIST, Suppliers=firms), product="X").bom.suppliers
    }
    assert facts["CV. Karya Contoh"] is None


def test_a_sheet_without_facts_of_firms_is_left_out_and_said(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path, BOM=LIST, Notes=(("Supplier",), ("CV Karya Contoh",))), product="X")
    assert {each.scale for each in reading.bom.suppliers} == {None}
    assert reading.understood is not None
    assert "sheets-left-out" in [note.code for note in reading.understood.notes]


def test_web_addresses_and_texts_are_no_firms_and_that_is_said(tmp_path: Path) -> None:
    rows = ("1;A;1;CV Contoh", "2;B;1;https://shop.example/b", f"3;C;1;{'x' * 300}", "4;D;1;N/A")
    reading = read(text(tmp_path, "No;Kode Part;Qty;Supplier", *rows), product="X")
    assert [each.id for each in reading.bom.suppliers] == ["CV Contoh"]
    assert reading.understood is not None
    (note,) = (each for each in reading.understood.notes if each.code == "firms-left-out")
    assert note.values["rows"] == "3, 4"
