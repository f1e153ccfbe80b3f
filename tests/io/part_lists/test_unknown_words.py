"""Units and countries that are not known are asked once, by the word."""

from __future__ import annotations

from pathlib import Path

from tests.io.part_lists.reading import read, text

import tkdn

LINES = ("No;Kode;Jumlah;Satuan;Asal", "1;A;2;bal;Nusantara", "2;B;8;bh;Lokal", "3;C;3;bal;Nusantara")


def test_each_word_is_one_question_with_its_rows(tmp_path: Path) -> None:
    asked = tkdn.read_list(text(tmp_path, *LINES), product="X").questions
    assert [(each.code, each.about, each.count) for each in asked] == [("unit", "bal", 2), ("country", "Nusantara", 2)]


def test_the_answer_holds_for_all_of_its_rows(tmp_path: Path) -> None:
    bom = read(text(tmp_path, *LINES), product="X", units={"bal": "pcs"}, countries={"Nusantara": "ID"}).bom
    assert {part.id: (part.unit, part.made_in) for part in bom.parts if part.id != "X"} == {
        "A": ("pcs", "ID"),
        "B": ("buah", "ID"),
        "C": ("pcs", "ID"),
    }


def test_a_word_of_a_line_that_is_left_out_is_not_asked(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Kode;Uraian;Jumlah;Satuan", "1;A;Rangka;2;bh", ";;Ongkos kirim;1;ls")
    assert tkdn.read_list(path, product="X").questions == ()


def test_a_near_word_is_named_and_a_far_one_is_not(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Kode;Jumlah;Asal", "1;A;2;Jepangg", "2;B;2;Nusantara")
    near, far = (each.problem.remedy for each in tkdn.read_list(path, product="X").questions)
    assert near == "did you mean 'Jepang'?"
    assert "did you mean" not in far
