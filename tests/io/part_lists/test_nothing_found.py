"""Where a column is missing it is asked for; where no list is, it is said what was found and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.reading import read, text, uses

import tkdn
from tkdn.errors import BomError


def test_the_part_number_is_asked_for_by_the_headings_that_are_not_known(tmp_path: Path) -> None:
    path = text(tmp_path, "ITEM NO.;KATALOGREF X;DESCRIPTION;QTY.", "1;RAIL-1;;2", "2;POST-1;;6")
    (asked,) = tkdn.read_list(path, product="X").questions
    assert (asked.code, asked.choices[0].option) == ("column", "--column 'KATALOGREF X=id'")
    assert uses(read(path, product="X", columns={"KATALOGREF X": "id"})) == [("X", "RAIL-1", "2"), ("X", "POST-1", "6")]


def test_pairs_without_a_quantity_ask_how_many(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part", "TRIKE;FRAME", "TRIKE;WHEEL")
    (asked,) = tkdn.read_list(path).questions
    assert asked.code == "quantity"
    assert "no column says how many" in asked.text
    assert uses(read(path, empty={"quantity": "1"})) == [("TRIKE", "FRAME", "1"), ("TRIKE", "WHEEL", "1")]


def test_two_columns_for_one_are_a_question(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Item Code;Qty", "CART;W;V;2")
    (asked,) = tkdn.read_list(path).questions
    assert [each.option for each in asked.choices] == ["--column 'Part No=id'", "--column 'Item Code=id'"]
    assert uses(read(path, columns={"Item Code": "id"})) == [("CART", "V", "2")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("red;green", "1;2"), "no row has headings"),
        (("Price;Supplier", "1;CV X"), "'Price' is price, 'Supplier' is supplier"),
        (("Price;Warna", "1;merah"), "not known are 'Warna'"),
    ],
)
def test_what_was_found_and_what_is_missing_is_said(tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(BomError) as caught:
        tkdn.read_list(text(tmp_path, *lines))
    assert caught.value.code == "format-unknown"
    assert said in caught.value.problems[0].message
