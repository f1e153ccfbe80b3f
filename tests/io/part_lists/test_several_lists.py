"""Several lists below each other: a title, the headings again and numbers that start again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.reading import problems, read, text, uses

import tkdn
from tkdn.errors import UsageError

HEAD, FIRST, SECOND = "No;Part Number;Qty", ("1;A;1", "2;C;4"), ("1;A;2",)
TWO = (HEAD, *FIRST, "Spare parts;;", HEAD, *SECOND)


def test_which_list_is_meant_is_asked_with_its_title(tmp_path: Path) -> None:
    (asked,) = tkdn.read_list(text(tmp_path, *TWO), product="X").questions
    assert asked.code == "list"
    assert "'Spare parts'" in asked.text
    assert [each.value for each in asked.choices] == ["1", "2", "all"]


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ("1", [("X", "A", "1"), ("X", "C", "4")]),
        ("2", [("X", "A", "2")]),
        ("all", [("X", "A", "1"), ("X", "C", "4"), ("X", "A", "2")]),
    ],
)
def test_either_or_all_are_read(tmp_path: Path, which: str, expected: list[tuple[str, str, str]]) -> None:
    bom = read(text(tmp_path, *TWO), product="X", list=which).bom
    totals = {part: str(amount) for part, amount in tkdn.totals(bom.on_day("2026-06-01")).items() if part != "X"}
    summed: dict[str, int] = {}
    for _, part, quantity in expected:
        summed[part] = summed.get(part, 0) + int(quantity)
    assert totals == {part: str(quantity) for part, quantity in summed.items()}


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="3"):
        tkdn.read_list(text(tmp_path, *TWO), product="X", list="3")


def test_headings_again_and_a_title_with_numbers_that_go_on_are_one_list(tmp_path: Path) -> None:
    section = text(tmp_path, HEAD, *FIRST, "Chassis;;", HEAD, "3;B;2")
    assert len(uses(read(section, product="X"))) == 3
    repeat = text(tmp_path, HEAD, *FIRST, HEAD, "3;B;2")
    assert problems(repeat) == [("product-missing", None, None)]


OTHER = (
    "No;Nama;Qty;Harga (Rp)",
    "1;A;1;100",
    ";Jumlah;;100",
    "Baut (synthetic);;;",
    "No;Nama;Asal;Qty;Sat;Harga (Rp)",
    "1;B;China;2;pcs;50",
)


def test_a_list_with_other_columns_below_is_asked_about_and_both_are_read(tmp_path: Path) -> None:
    path = text(tmp_path, *OTHER)
    (asked,) = tkdn.read_list(path, product="X").questions  # its rows were left out without a word before
    assert (asked.code, [each.value for each in asked.choices]) == ("list", ["1", "2", "all"])
    assert uses(read(path, product="X", list="2")) == [("X", "B", "2")]
    assert uses(read(path, product="X", list="all")) == [("X", "A", "1"), ("X", "B", "2")]
