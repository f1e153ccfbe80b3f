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
