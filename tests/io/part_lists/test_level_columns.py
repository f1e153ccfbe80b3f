"""One column per level."""

from __future__ import annotations

from pathlib import Path

from tests.io.part_lists.made import FOLDER
from tests.io.part_lists.reading import problems, read, text, uses


def test_what_stands_in_the_column_is_the_number_and_the_description_its_name() -> None:
    parts = {part.id: part.name for part in read(FOLDER / "level-columns.csv").bom.parts}
    assert parts["TUBE"] == "Tube"


def test_beside_a_part_number_it_is_the_name(tmp_path: Path) -> None:
    path = text(tmp_path, "Level 0;Level 1;Part No;Qty", "Hand cart;;CART;", ";Wheel;W-1;2")
    assert [(part.id, part.name) for part in read(path).bom.parts] == [("CART", "Hand cart"), ("W-1", "Wheel")]


def test_a_path_that_the_rows_do_not_follow_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, "Level 0;Level 1;Level 2;Qty", "CART;;;", "CART;FRAME;;1", "CART;AXLE;WHEEL;2")
    assert problems(path) == [("level-invalid", 4, "Level 0")]


def test_a_level_that_is_left_out_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, "Level 0;Level 1;Level 2;Qty", "CART;;;", ";;WHEEL;2")
    assert [code for code, *_ in problems(path)] == ["level-jump"]


def test_a_mapping_says_which_column_is_of_which_level(tmp_path: Path) -> None:
    path = text(tmp_path, "A;B;Qty", "CART;;", ";WHEEL;2")
    mapping = {"columns": {"A": "level_0", "B": "level_1"}}
    assert uses(read(path, mapping=mapping)) == [("CART", "WHEEL", "2")]
