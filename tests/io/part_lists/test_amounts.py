"""Printed amounts of lines show how numbers are written, which column is the amount, and what prices are for."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.io.part_lists.reading import prices, read, text, uses

import tkdn


def cost(path: Path, **how: Any) -> Fraction | None:
    return tkdn.unit_costs(read(path, product="X", **how).bom.on_day("2026-06-01"))["X"]


def asked(path: Path, **how: Any) -> list[tuple[str, str | None]]:
    return [(each.code, each.suggestion) for each in tkdn.read_list(path, product="X", **how).questions]


RUPIAH = "No;Part No;Qty;Harga Satuan (Rp);Jumlah Harga"
MARKED = "No;Part No;Qty;Unit;Price (USD);Amount"


def test_amounts_prove_decimals_of_prices_in_rupiah_that_were_read_as_thousands(tmp_path: Path) -> None:
    path = text(tmp_path, RUPIAH, "1;A;2;1.250;2.50", "2;B;4;3.125;12.50")
    assert prices(read(path, product="X")) == {"A": "1.25", "B": "3.125"}  # 1250 and 3125 before


def test_amounts_prove_thousands_of_prices_in_rupiah(tmp_path: Path) -> None:
    path = text(tmp_path, RUPIAH, "1;A;2;1.250;2.500", "2;B;4;3.125;12.500", "3;C;2;1.250.000;2.500.000")
    assert prices(read(path, product="X")) == {"A": "1250", "B": "3125", "C": "1250000"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("1;A;1.250;m;2.00;2.50", "2;B;3.125;m;2.00;6.25"), ["1.25", "3.125"]),
        (("1;A;1.250;mm;2.00;2500.00", "2;B;3.125;mm;2.00;6250.00"), ["1250", "3125"]),
    ],
)
def test_amounts_prove_decimals_of_quantities(tmp_path: Path, lines: tuple[str, ...], expected: list[str]) -> None:
    path = text(tmp_path, MARKED, *lines)
    assert asked(path) == []  # asked before
    assert [quantity for *_, quantity in uses(read(path, product="X"))] == expected


def test_amounts_that_fit_both_ways_prove_nothing_and_it_is_asked_once_for_prices_and_amounts(tmp_path: Path) -> None:
    path = text(tmp_path, MARKED, "1;A;2;pcs;1.250;2.500", "2;B;4;pcs;3.125;12.500")
    assert asked(path) == [("decimals", None)]  # twice before
    reading = tkdn.read_list(path, product="X", decimals={"Price (USD)": "point"})
    assert reading.questions == ()
    assert prices(read(path, product="X", decimals={"Price (USD)": "comma"})) == {"A": "1250", "B": "3125"}


def test_one_line_with_a_mistake_does_not_hide_what_the_others_show(tmp_path: Path) -> None:
    lines = [f"{at};P{at};{at};1.250;{at * 1.25:.2f}" for at in range(2, 14)]
    path = text(tmp_path, RUPIAH, *lines, "14;Q;2;1.250;7.77")
    assert set(prices(read(path, product="X")).values()) == {"1.25"}


TWO = "No;Kode;Qty;Harga Satuan (Rp);Jumlah"


def test_jumlah_that_is_quantity_times_price_is_the_amount(tmp_path: Path) -> None:
    path = text(tmp_path, TWO, "1;A;2;20000;40000", "2;B;3;30000;90000")
    assert asked(path) == []  # "both are taken for quantity" before
    assert cost(path) == 130_000


def test_jumlah_that_is_something_else_is_asked(tmp_path: Path) -> None:
    assert [code for code, _ in asked(text(tmp_path, TWO, "1;A;2;20000;5", "2;B;3;30000;7"))] == ["column"]


def test_prices_of_lines_are_shown_by_amounts(tmp_path: Path) -> None:
    path = text(tmp_path, RUPIAH, "1;A;2;20000;20000", "2;B;3;30000;30000", "3;C;1;5000;5000")
    assert asked(path) == [("price-basis", "line")]  # only a note before
    assert cost(path, price_basis="line") == 55_000
    assert cost(path, price_basis="unit") == 135_000


def test_amounts_of_both_kinds_show_nothing(tmp_path: Path) -> None:
    assert asked(text(tmp_path, RUPIAH, "1;A;2;20000;20000", "2;B;3;30000;90000")) == []


@pytest.mark.parametrize(
    ("after", "notes"),
    [
        ((";PPN 11%;;;11000", ";Grand Total;;;111000"), ["charges-left-out"]),
        ((";PPN 11%;;;11000", ";Grand Total;;;112000"), ["charges-left-out", "total-differs"]),
        ((";Overhead;;;5000", ";Keuntungan 10%;;;10000"), []),
    ],
)
def test_what_comes_below_the_total_is_no_line(tmp_path: Path, after: tuple[str, ...], notes: list[str]) -> None:
    path = text(tmp_path, TWO, "1;A;2;20000;40000", "2;B;2;30000;60000", ";Total;;;100000", *after)
    reading = tkdn.read_list(path, product="X")
    assert reading.questions == ()  # "the quantity is empty" before
    assert reading.report is not None
    assert [each.code for each in reading.report.notes] == notes
    assert cost(path) == 100_000


def test_lines_below_a_subtotal_are_lines_and_a_quantity_missing_among_them_is_asked(tmp_path: Path) -> None:
    path = text(tmp_path, TWO, "1;A;2;20000;40000", ";Subtotal;;;40000", "2;B;;30000;", "3;C;2;100;200")
    assert asked(path) == [("quantity", None)]
