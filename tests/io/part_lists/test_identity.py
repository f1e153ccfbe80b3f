"""Lines without a part number."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.reading import problems, read, text, uses

SOME = ("Level;Kode;Uraian;Jumlah", "0;CART;Gerobak;1", "1;FRAME;Rangka;1", "1;;Cat;2", "1;;Lem;1")


def test_they_are_asked_about_once(tmp_path: Path) -> None:
    assert problems(text(tmp_path, *SOME)) == [("part-number-missing", 4, "Kode")]


def test_the_name_stands_for_the_number_where_that_is_said(tmp_path: Path) -> None:
    reading = read(text(tmp_path, *SOME), identity="name")
    assert uses(reading) == [("CART", "FRAME", "1"), ("CART", "Cat", "2"), ("CART", "Lem", "1")]
    assert {part.id: part.name for part in reading.bom.parts}["FRAME"] == "Rangka"


def test_without_a_column_of_numbers_the_names_are_taken_for_them_and_that_is_said(tmp_path: Path) -> None:
    reading = read(text(tmp_path, "Level;Uraian;Jumlah", "0;Gerobak;1", "1;Roda;2"))
    assert uses(reading) == [("Gerobak", "Roda", "2")]
    assert reading.understood is not None
    assert [note.code for note in reading.understood.notes] == ["names-are-numbers"]


def test_a_name_that_means_two_things_is_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Uraian;Spesifikasi;Jumlah", "0;Gerobak;;1", "1;Roda;16 inci;2", "1;Roda;20 inci;1")
    assert problems(path) == [("part-number-missing", 2, "Uraian")]
    assert problems(path, identity="name") == [("level-conflict", 4, "Spesifikasi")]


def test_a_name_that_is_the_number_of_another_part_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, *SOME, "1;;FRAME;1")
    assert problems(path, identity="name") == [("name-is-number", 6, "Kode")]


def test_one_name_for_two_things_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Uraian;Spesifikasi;Jumlah", "0;Gerobak;;1", "1;Baut;M8;2", "1;Baut;M10;2")
    assert problems(path, identity="name") == [("level-conflict", 4, "Spesifikasi")]


def test_totals_in_a_list_of_names_are_no_parts_and_a_part_may_be_called_total(tmp_path: Path) -> None:
    rows = ("No;Uraian;Jumlah;Harga (Rp);Jumlah Harga", "1;Total station;1;500,0;500,0", ";Total biaya;;;500,0")
    assert uses(read(text(tmp_path, *rows), product="CART", identity="name")) == [("CART", "Total station", "1")]


@pytest.mark.parametrize("cell", ["TBD", "N/A", "-", "belum ada"])
def test_a_placeholder_is_no_part_number(tmp_path: Path, cell: str) -> None:
    path = text(tmp_path, "No;Part No;Name;Qty", "1;A-1;Axle;2", f"2;{cell};Box;1")
    assert problems(path, product="X") == [("part-number-missing", 3, "Part No")]
    assert ("X", "Box", "1") in uses(read(path, product="X", identity="name"))
