"""What programs write that is missing, odd, or written twice: told once, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.made import FOLDER, sheet_of
from tests.io.part_lists.reading import prices, problems, read, text, understood, uses, workbook

from tkdn import BomError


def test_a_list_without_quantities_is_told_once_and_names_the_headings_that_are_not_known(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Nos reqd", "0;CART;", "1;WHEEL;2", "1;TRAY;1")
    assert problems(path) == [("missing-column", 1, None)]
    with pytest.raises(BomError, match="not known are 'Nos reqd'"):
        read(path)


def test_empty_quantities_are_told_once(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Item Id;Find No.;Quantity", "0;CART;;", "1;FRAME;10;", "2;TUBE;10;6", "1;TRAY;20;")
    assert problems(path) == [("missing-key", 3, "Quantity")]
    reading = read(path, mapping={"empty": {"quantity": "1"}})
    assert uses(reading) == [("CART", "FRAME", "1"), ("CART", "TRAY", "1"), ("FRAME", "TUBE", "6")]


def test_what_empty_means_is_said_of_known_columns_only(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Qty", "0;CART;", "1;WHEEL;2")
    assert problems(path, mapping={"empty": {"quantty": "1"}}) == [("column-unknown", None, None)]
    assert problems(path, mapping={"empty": "1"}) == [("option-invalid", None, None)]


def test_a_by_product_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Qty per", "0;CART;", "1;WHEEL;2,5", "1;OFFCUT;0,500-")
    assert problems(path) == [("number-not-positive", 4, "Qty per")]


def test_parts_without_a_parent_go_into_the_product_that_is_named(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty", ";FRAME;1", "FRAME;TUBE;6", ";WHEEL;2")
    assert problems(path) == [("product-missing", 2, "Parent")]
    assert uses(read(path, product="CART")) == [("CART", "FRAME", "1"), ("FRAME", "TUBE", "6"), ("CART", "WHEEL", "2")]


def test_the_one_part_without_a_parent_is_the_product(tmp_path: Path) -> None:
    reading = read(text(tmp_path, "Parent;Part No;Qty", ";CART;", "CART;FRAME;1", "FRAME;TUBE;6"))
    assert reading.bom.product == "CART"
    assert uses(reading) == [("CART", "FRAME", "1"), ("FRAME", "TUBE", "6")]


def test_sections_of_a_flat_list_begin_again(tmp_path: Path) -> None:
    rows = ("No;Part No;Qty", "A;Rangka;", "1;FRAME;1", "2;TUBE;6", "B;Roda;", "1;WHEEL;2")
    reading = read(text(tmp_path, *rows), product="CART")
    assert uses(reading) == [("CART", "FRAME", "1"), ("CART", "TUBE", "6"), ("CART", "WHEEL", "2")]
    assert understood(reading).left_out == [2, 5]


def test_an_indented_list_that_lost_its_numbers_is_refused(tmp_path: Path) -> None:
    path = text(tmp_path, "ITEM NO.;PART NUMBER;QTY.", "1;FRAME;1", ";TUBE;6", "2;WHEEL;2")
    assert problems(path, product="CART") == [("level-invalid", 3, "ITEM NO.")]


def test_material_beside_a_part_number_is_a_specification(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Material;Qty per", "0;CART;;", "1;TUBE;SS400;6")
    assert [part.spec for part in read(path).bom.parts] == [None, "SS400"]


def test_a_column_that_repeats_another_is_left_out(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Qty per;Un;Un", "0;CART;;PC;PC", "1;TUBE;6;M;M")
    assert [each.key for each in understood(read(path)).columns] == ["level", "id", "quantity", "unit", None]


def test_a_quantity_with_its_unit_is_taken_apart() -> None:
    assert {part.id: part.unit for part in read(FOLDER / "inventor-lengths.csv", product="C").bom.parts}["TUBE"] == "mm"


def test_money_after_rp_with_a_point(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty;Harga", "CART;TUBE;6,5;Rp. 42.000,-")
    assert prices(read(path)) == {"TUBE": "42000"}


def test_references_stand_before_names_in_odoo() -> None:
    parts = {part.id: part.name for part in read(FOLDER / "odoo-references.csv").bom.parts}
    assert parts["FRAME"] == "Frame"
    assert parts["CART"] == "Hand cart (synthetic)"


def test_a_mapping_steers_a_list_bill_by_bill(tmp_path: Path) -> None:
    path = FOLDER / "odoo-references.csv"
    mapping = {"columns": {"BoM Lines/Component/Cost": "price"}, "currency": "IDR"}
    assert prices(read(path, mapping=mapping)) == {"TUBE": "42000", "WHEEL": "203125"}


def test_inactive_and_other_bills_are_said_to_be_left_out() -> None:
    assert understood(read(FOLDER / "erpnext-default.csv")).left_out == [2, 5]


def test_a_line_of_dashes_is_no_line(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent | Component | Qty", "------ | --------- | ---", "CART | WHEEL | 2", name="list.txt")
    assert uses(read(path)) == [("CART", "WHEEL", "2")]


@pytest.mark.parametrize("first", ["0.1", "0,1"])
def test_a_level_that_a_spreadsheet_made_a_tenth(first: str, tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Qty per", f"{first};FRAME;1", "..2;TUBE;6")
    assert uses(read(path, product="CART")) == [("CART", "FRAME", "1"), ("FRAME", "TUBE", "6")]


def test_two_sheets_with_lists_are_asked_about(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Level", "Part No", "Qty per"], [0, "CART", None], [1, "WHEEL", 2]]
    path = workbook(tmp_path, sheet_of(rows, Frame=[rows[0], [0, "FRAME", None], [1, "TUBE", 6]]))
    assert problems(path) == [("sheet-ambiguous", None, None)]
    assert uses(read(path, sheet="Frame")) == [("FRAME", "TUBE", "6")]


def test_subtotals_by_number_and_signatures_are_no_lines(tmp_path: Path) -> None:
    rows = (
        "No;Kode;Qty;Harga (Rp);Total",
        "1;A;2;500,5;1.001,0",
        ";Sub Total A;;;1.001,0",
        "Dibuat oleh:;;Disetujui:;;",
    )
    reading = read(text(tmp_path, *rows), product="CART")
    assert understood(reading).left_out == [3, 4]
    assert [total.row for total in understood(reading).totals] == [3]
    assert understood(reading).amounts == 1


def test_quotes_between_bars_and_tabs_are_text(tmp_path: Path) -> None:
    rows = ("|Level|Part No|Description|Qty per|", "|0|CART|Cart||", '|1|P-1|"Nipple" 1/2"|2|')
    parts = read(text(tmp_path, *rows, name="list.txt")).bom.parts
    assert [part.name for part in parts] == ["Cart", '"Nipple" 1/2"']
