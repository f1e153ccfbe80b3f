"""Item numbers: dotted, lettered, roman, and starting again under the titles of sections."""

from __future__ import annotations

from pathlib import Path

from tests.io.part_lists.reading import problems, read, text, understood, uses

GROUPS = [("F-0", "F-1", "4"), ("P-0", "P-1", "2"), ("X", "F-0", "1"), ("X", "P-0", "1")]
HEAD = "No;Kode;Uraian;Jumlah"
RANGKA = ("A;;KELOMPOK RANGKA;", "1;F-1;Rangka;1", "1.1;F-11;Pipa;4")
MOTOR = ("1;P-1;Motor;1", "1.1;P-11;Stator;2")


def test_numbers_start_again_under_the_title_of_a_section(tmp_path: Path) -> None:
    found = uses(read(text(tmp_path, HEAD, *RANGKA, "B;;KELOMPOK PENGGERAK;", *MOTOR), product="X"))
    assert sorted(found) == [("F-1", "F-11", "4"), ("P-1", "P-11", "2"), ("X", "F-1", "1"), ("X", "P-1", "1")]


def test_without_a_title_between_a_number_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    found = problems(text(tmp_path, HEAD, *RANGKA, *MOTOR), product="X")
    assert {code for code, *_ in found} == {"level-invalid"}


def test_a_title_alone_does_not_let_numbers_start_again(tmp_path: Path) -> None:
    found = uses(
        read(text(tmp_path, HEAD, *RANGKA, "B;;PENGGERAK;", "2;P-1;Motor;1", "2.1;P-11;Stator;2"), product="X")
    )
    assert sorted(found) == [("F-1", "F-11", "4"), ("P-1", "P-11", "2"), ("X", "F-1", "1"), ("X", "P-1", "1")]


def test_letters_and_roman_numbers_are_item_numbers(tmp_path: Path) -> None:
    lettered = text(tmp_path, HEAD, "A;F-0;Rangka;1", "A.1;F-1;Pipa;4", "B;P-0;Motor;1", "B.1;P-1;Stator;2")
    assert sorted(uses(read(lettered, product="X"))) == GROUPS
    roman = text(tmp_path, HEAD, "I;F-0;Rangka;1", "I.1;F-1;Pipa;4", "II;P-0;Motor;1", "II.1;P-1;Stator;2")
    assert sorted(uses(read(roman, product="X"))) == GROUPS


def test_a_group_with_a_quantity_is_a_part_and_the_numbers_below_it_are_its_own(tmp_path: Path) -> None:
    path = text(tmp_path, HEAD, "A;F-0;Rangka;1", "1;F-1;Pipa;4", "B;P-0;Motor;1", "1;P-1;Stator;2")
    assert sorted(uses(read(path, product="X"))) == GROUPS


def test_a_line_whose_part_is_called_total_is_a_line(tmp_path: Path) -> None:
    head, lines = "No;Kode;Jumlah;Harga Satuan (Rp)", ("1;TOTAL-5W30;2;90000", "2;TOTAL;1;5000")
    path = text(tmp_path, head, *lines, ";Total;;185000")
    assert uses(read(path, product="X")) == [("X", "TOTAL-5W30", "2"), ("X", "TOTAL", "1")]


def test_a_number_with_a_letter_and_a_line_without_one_are_lines_like_the_others(tmp_path: Path) -> None:
    lines = [f"{at};P{at};1" for at in range(1, 6)]
    reading = read(text(tmp_path, "No;Kode;Qty", *lines, "5a;Q;1", ";R;1"), product="X")
    assert {parent for parent, *_ in uses(reading)} == {"X"}
    assert len(uses(reading)) == 7
    assert [note.code for note in understood(reading).notes if note.code == "number-missing"] == ["number-missing"]


def test_many_lines_without_a_number_may_be_parts_of_the_line_above(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Kode;Qty", "1;A;1", ";A1;2", ";A2;2", "2;B;1")
    assert {code for code, *_ in problems(path, product="X")} == {"level-invalid"}
