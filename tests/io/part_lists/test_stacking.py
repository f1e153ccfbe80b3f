"""Headings over several rows."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.io.part_lists.made import FOLDER, saved, sheet_of
from tests.io.part_lists.reading import prices, problems, read, text, understood, uses, workbook

ROWS: list[list[object]] = [
    ["No", "Kode Barang", "Kebutuhan", None, "Harga (ribu Rp)", None, "Asal", None],
    [None, None, "Jumlah", "Satuan", "Satuan", "Jumlah", "Negara", "Pemasok"],
    [1, "FRAME", 1, "bh", 1250, 1250, "Indonesia", "CV Contoh"],
    [2, "WHEEL", 2, "bh", 203.125, 406.25, "China", "PT Contoh Impor"],
]


def merged(rows: list[list[object]], *areas: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(rows)))
    sheet: Any = book.active
    for area in areas:
        sheet.merge_cells(area)
    return saved(book)


@pytest.mark.parametrize("areas", [(), ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1")])
def test_what_a_group_means_decides_what_stands_below_it(areas: tuple[str, ...], tmp_path: Path) -> None:
    reading = read(workbook(tmp_path, merged(ROWS, *areas)), product="CART")
    assert [each.key for each in understood(reading).columns] == [
        *("item_number", "id", "quantity", "unit", "price", "amount", "made_in", "supplier"),
    ]
    assert prices(reading) == {"FRAME": "1250000", "WHEEL": "203125"}
    assert (understood(reading).heading_first, understood(reading).heading_row) == (1, 2)


def test_headings_are_named_with_their_group(tmp_path: Path) -> None:
    rows: list[list[object]] = [*ROWS[:2], [1, "FRAME", 1, "bh", "mahal", None, None, None]]
    assert problems(workbook(tmp_path, sheet_of(rows)), product="CART") == [
        ("number-invalid", 3, "Harga (ribu Rp) / Satuan")
    ]


def test_a_mapping_names_a_heading_with_its_group(tmp_path: Path) -> None:
    path = workbook(tmp_path, sheet_of(ROWS))
    reading = read(path, product="CART", mapping={"columns": {"Asal / Negara": "-"}})
    assert {part.made_in for part in reading.bom.parts} == {None}


def test_groups_may_stand_above_a_full_row_of_headings(tmp_path: Path) -> None:
    path = text(tmp_path, ";;;Harga (Rp);", "No;Part No;Qty;Satuan;Jumlah", "1;FRAME;1;1.250,50;1.250,50")
    assert prices(read(path, product="CART")) == {"FRAME": "1250.5"}


def test_a_first_line_of_words_is_no_second_row_of_headings(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Description;Qty per;Unit", "0;CART;Unit;;unit", "1;WHEEL;Price;2;set")
    assert uses(read(path)) == [("CART", "WHEEL", "2")]


def test_labels_above_are_no_first_row_of_headings(tmp_path: Path) -> None:
    path = text(tmp_path, "Material;;CART;Hand cart", "Level;Component;Description;Qty per", "1;WHEEL;Wheel;2")
    reading = read(path, source="levels")
    assert understood(reading).heading_first == 2


def test_printed_totals_are_compared_in_the_scale_of_their_column() -> None:
    assert [note.code for note in understood(read(FOLDER / "two-rows-of-headings.csv")).notes] == []
