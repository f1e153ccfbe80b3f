"""Units of prices: by a column, as said; one price on two units is asked about, in whatever order the rows stand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.io.part_lists.reading import problems, read, text

import tkdn

HEAD = "Kode Induk;Kode Barang;Jumlah;Satuan;Harga Satuan (Rp)"
ROWS = ("P;A;1;unit;", "A;CAT;400;g;80000", "P;CAT;1;kg;80000")


def cost(path: Path, **how: Any) -> Fraction | None:
    return tkdn.unit_costs(read(path, **how).bom.on_day("2026-06-01"))[how.get("product", "P")]


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 1, 0)])
def test_one_price_on_two_units_is_asked_about_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    path = text(tmp_path, HEAD, *(ROWS[at] for at in order))
    assert [code for code, *_ in problems(path)] == ["price-unit-unclear"]
    assert cost(path, price_unit="kg") == 112_000
    assert cost(path, price_units={"CAT": "kg"}) == 112_000
    assert cost(path, price_unit="g") == 112_000_000


def test_prices_that_agree_after_conversion_are_no_question(tmp_path: Path) -> None:
    assert cost(text(tmp_path, HEAD, "P;A;1;unit;", "A;CAT;400;g;80", "P;CAT;1;kg;80000")) == 112_000


def test_a_column_names_the_unit_of_the_price(tmp_path: Path) -> None:
    head = "No;Kode Barang;Jumlah;Satuan;Harga Satuan (Rp);Satuan Harga"
    path = text(tmp_path, head, "1;CAT;400;g;80000;kg", "2;PLAT;2;kg;20000;kg")
    assert cost(path, product="X") == 72_000


def test_a_price_unit_with_numbers_is_how_many_a_price_is_for(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Part No;Qty;Price (Rp);Price unit", "1;BOLT;4;1000;100")
    assert cost(path, product="X") == 40


HEADS = (
    "Product/Internal Reference,Quantity,Unit of Measure,"
    "BoM Lines/Component/Internal Reference,BoM Lines/Quantity,BoM Lines/Product Unit of Measure"
)


def test_the_unit_of_a_bill_is_that_of_its_product_and_lines_may_take_it_in_another(tmp_path: Path) -> None:
    path = text(tmp_path, HEADS, "CART,1,Units,PAINT,500,g", "PAINT,100,kg,RESIN,80,kg", ",,,SOLVENT,20,kg")
    totals = tkdn.totals(read(path).bom.on_day("2026-06-01"))
    assert (totals["RESIN"], totals["SOLVENT"]) == (Fraction(2, 5), Fraction(1, 10))
