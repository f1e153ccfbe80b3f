"""Several products in one list: one is asked for, each can be taken."""

from __future__ import annotations

from pathlib import Path

from tests.io.part_lists.reading import problems, read, text, uses

import tkdn

TWO = ("Level;Part Number;Qty", "0;P1;1", "1;A;1", "0;P2;1", "1;A;3")


def test_two_rows_on_level_0_are_two_products(tmp_path: Path) -> None:
    path = text(tmp_path, *TWO)
    (asked,) = tkdn.read_list(path).questions
    assert [(each.value, each.option) for each in asked.choices] == [("P1", "--product P1"), ("P2", "--product P2")]
    assert problems(path) == [("product-ambiguous", 2, None)]
    assert uses(read(path, product="P2")) == [("P2", "A", "3")]
    assert uses(read(path, product="P1")) == [("P1", "A", "1")]


def test_a_product_that_is_none_of_them_stands_above_all(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part Number;Qty", "0;F1;1", "1;A;1", "0;F2;1", "1;B;3")
    found = sorted(uses(read(path, product="FLEET")))
    assert found == [("F1", "A", "1"), ("F2", "B", "3"), ("FLEET", "F1", "1"), ("FLEET", "F2", "1")]


def test_several_parents_of_pairs_that_go_into_nothing_are_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part;Qty", "P1;A;1", "P2;A;3")
    (asked,) = tkdn.read_list(path).questions
    assert (asked.code, [each.value for each in asked.choices]) == ("product", ["P1", "P2"])
    assert ("P2", "A", "3") in uses(read(path, product="P2"))


def test_one_top_is_the_product_without_a_question(tmp_path: Path) -> None:
    assert read(text(tmp_path, "Parent;Part;Qty", "P1;A;1", "A;B;3")).bom.product == "P1"
