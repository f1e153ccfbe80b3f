"""Columns whose headings have several meanings are told by their cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.reading import read, text, uses


def names(path: Path, **how: object) -> dict[str, str | None]:
    return {part.id: part.name for part in read(path, **how).bom.parts}


def test_item_with_names_in_its_cells_is_the_part(tmp_path: Path) -> None:
    path = text(tmp_path, "Item;Qty", "Bracket;2", "Screw;20")
    assert uses(read(path, product="X")) == [("X", "Bracket", "2"), ("X", "Screw", "20")]


def test_item_next_to_a_part_number_is_its_name(tmp_path: Path) -> None:
    path = text(tmp_path, "Part No;Item;Qty", "B-1;Bracket;2", "S-1;Screw;20")
    assert names(path, product="X") == {"X": None, "B-1": "Bracket", "S-1": "Screw"}


def test_item_with_numbers_stays_the_item_number(tmp_path: Path) -> None:
    path = text(tmp_path, "Item;Part No;Qty", "1;B-1;2", "1.1;S-1;20")
    assert uses(read(path, product="X", basis="per_parent")) == [("X", "B-1", "2"), ("B-1", "S-1", "20")]


@pytest.mark.parametrize("numbers", [("900-001", "100-001"), ("9001", "1001")])
def test_number_next_to_level_is_the_part_number(tmp_path: Path, numbers: tuple[str, str]) -> None:
    top, below = numbers
    path = text(tmp_path, "Level;Number;Name;Quantity", f"0;{top};Trike;1", f"1;{below};Frame;1")
    assert uses(read(path)) == [(top, below, "1")]


@pytest.mark.parametrize("head", ["Part No;Name;Description;Qty", "Part No;Description;Name;Qty"])
def test_name_wins_over_description_in_either_order(tmp_path: Path, head: str) -> None:
    at = head.split(";").index("Name")
    cells = ["B-1", "long text", "long text", "2"]
    cells[at] = "Bracket"
    (part,) = (each for each in read(text(tmp_path, head, ";".join(cells)), product="X").bom.parts if each.id == "B-1")
    assert (part.name, part.spec) == ("Bracket", "long text")


def test_a_meaning_that_is_said_is_kept(tmp_path: Path) -> None:
    path = text(tmp_path, "Item;Part No;Qty", "Bracket;B-1;2")
    assert names(path, product="X", mapping={"columns": {"Item": "spec"}})["B-1"] is None


def test_an_amount_in_rupiah_is_no_quantity(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Uraian;Vol;Sat;Harga Satuan (Rp);Jumlah (Rp)", "1;Besi siku;12;btg;185000;2220000")
    assert uses(read(path, product="X")) == [("X", "Besi siku", "12")]


def test_the_value_of_a_resistor_is_no_amount(tmp_path: Path) -> None:
    path = text(tmp_path, "Part No;Qty;Value", "C1;2;100n", "R1;1;10k")
    assert uses(read(path, product="X")) == [("X", "C1", "2"), ("X", "R1", "1")]


def test_words_of_a_chinese_list(tmp_path: Path) -> None:
    path = text(
        tmp_path, "序号,零件号,名称,数量,单位,单价,产地", "1,A-01,车架,1,个,120.50,中国", "2,A-02,螺丝,24,件,0.12,日本"
    )
    bom = read(path, product="X", currency="CNY", rates={"CNY": "2200@2026-01-01"}).bom
    assert {part.id: (part.unit, part.made_in) for part in bom.parts if part.id != "X"} == {
        "A-01": ("pcs", "CN"),
        "A-02": ("pcs", "JP"),
    }
