"""Two lists next to each other in one sheet are one question, and each is read by itself."""

from __future__ import annotations

from pathlib import Path

from tests.io.part_lists.reading import prices, problems, read, text, uses

import tkdn

HEADS = "No;Nama Komponen;Qty;Sat;Harga (Rp);;No;Part Name;Qty;Unit;Price (USD);Origin"
LINES = ("1;Rangka;1;set;2000;;1;Motor;2;pc;38.2;China", "2;Jok;3;pcs;100;;;;;;;")


def test_which_of_two_lists_is_meant_is_one_question(tmp_path: Path) -> None:
    reading = tkdn.read_list(text(tmp_path, HEADS, *LINES), product="X")
    (asked,) = reading.questions  # a question for each of four columns before
    assert (asked.code, [each.value for each in asked.choices]) == ("list", ["1", "2", "all"])
    assert "'Nama Komponen' and 'Part Name'" in asked.text


def test_each_list_is_read_with_its_own_currency(tmp_path: Path) -> None:
    path = text(tmp_path, HEADS, *LINES)
    ours, theirs = read(path, product="X", list="1"), read(path, product="X", list="2")
    assert uses(ours) == [("X", "Rangka", "1"), ("X", "Jok", "3")]
    assert uses(theirs) == [("X", "Motor", "2")]
    assert prices(theirs) == {"Motor": "38.2"}
    assert {part.price.currency for part in theirs.bom.parts if part.price} == {"USD"}


def test_both_lists_are_read_as_one_bill(tmp_path: Path) -> None:
    reading = read(text(tmp_path, HEADS, *LINES), product="X", list="all")
    assert uses(reading) == [("X", "Rangka", "1"), ("X", "Jok", "3"), ("X", "Motor", "2")]
    assert {part.id: part.price.currency for part in reading.bom.parts if part.price} == {
        "Rangka": "IDR",
        "Jok": "IDR",
        "Motor": "USD",
    }


def test_two_lists_that_say_different_things_of_one_part_are_an_error(tmp_path: Path) -> None:
    path = text(tmp_path, HEADS, "1;Rangka;1;set;2000;;1;Rangka;2;set;38.2;China")
    assert {code for code, *_ in problems(path, product="X", list="all")} == {"level-conflict"}


def test_two_item_numbers_of_one_list_are_no_two_lists(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Pos;Part No;Qty", "1;10;A;2", "2;20;B;1")
    assert tkdn.read_list(path, product="X").questions == ()
