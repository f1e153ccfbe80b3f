"""What stands above the headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.made import FOLDER
from tests.io.part_lists.reading import problems, read, text

LIST = ("Level;Component number;Object description;Component quantity;Un", ".1;WHEEL;Wheel;2,5;PC")


def test_number_and_name_stand_after_labels_in_a_list_with_bars() -> None:
    first = read(FOLDER / "sap-bars.txt", decimal="comma").bom.parts[0]
    assert (first.id, first.name) == ("CART-100", "Hand cart (synthetic)")


@pytest.mark.parametrize("label", ["Base Qty      (PC )", "Bedarfsmenge", "Reqd Qty:"])
def test_a_list_for_several_of_the_product_is_refused(label: str, tmp_path: Path) -> None:
    path = text(tmp_path, "Material;CART", f"{label};100,000", *LIST)
    assert problems(path) == [("quantity-for-several", 2, None)]


def test_a_list_for_one_of_the_product_is_read(tmp_path: Path) -> None:
    assert read(text(tmp_path, "Material;CART", "Base Qty (PC);1,000", *LIST)).bom.product == "CART"


@pytest.mark.parametrize("label", ["Nama Produk", "Product name", "Nama Kendaraan"])
def test_a_name_alone_above_the_list_is_the_product(tmp_path: Path, label: str) -> None:
    path = text(tmp_path, f"{label};;: Becak listrik E3", "No;Kode;Qty", "1;A;1", "2;B;2")
    assert read(path).bom.product == "Becak listrik E3"


@pytest.mark.parametrize(
    "title", ["PK-06 - Pencacah - Kuantitas 10 UNIT", "BOM for 50 sets", "Untuk 10 (sepuluh) unit"]
)
def test_a_title_that_says_a_list_is_for_several_is_no_list_for_one(tmp_path: Path, title: str) -> None:
    path = text(tmp_path, title, "No;Kode;Qty", "1;A;10", "2;B;20")
    assert [code for code, *_ in problems(path, product="X")] == ["quantity-for-several"]  # ten times too much before


@pytest.mark.parametrize("title", ["Untuk 1 (satu) unit kendaraan", "BOM for 1 set", "Model 50 unit X"])
def test_a_title_that_says_one_or_something_else_is_none(tmp_path: Path, title: str) -> None:
    assert len(read(text(tmp_path, title, "No;Kode;Qty", "1;A;10"), product="X").bom.uses) == 1
