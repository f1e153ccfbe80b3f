"""Lines that the product does not take: what is proven is left out and said, what is not is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.reading import problems, read, text, uses

import tkdn

HEAD = "Level;Part No;Name;Qty"


def noted(path: Path, **how: object) -> list[tuple[str, object]]:
    understood = read(path, **how).understood
    assert understood is not None
    return [(note.code, note.values.get("names")) for note in understood.notes]


def test_a_line_of_quantity_0_is_left_out_with_what_hangs_below_and_said(tmp_path: Path) -> None:
    path = text(tmp_path, HEAD, "0;CART;Cart;1", "1;BOX;Box;0", "2;LID;Lid;1", "1;AXLE;Axle;2")
    assert uses(read(path)) == [("CART", "AXLE", "2")]
    assert noted(path) == [("quantity-zero", "BOX")]


def test_a_quantity_below_0_is_still_an_error(tmp_path: Path) -> None:
    assert problems(text(tmp_path, HEAD, "0;CART;Cart;1", "1;BOX;Box;-1")) == [("number-not-positive", 3, "Qty")]


CHARGED = ("No;Part No;Name;Qty", "1;AXLE;Axle;2", ";;Freight to works;1", ";;PPN 11%;1")


def test_freight_and_tax_without_a_part_number_are_left_out_and_said(tmp_path: Path) -> None:
    path = text(tmp_path, *CHARGED)
    assert uses(read(path, product="CART")) == [("CART", "AXLE", "2")]
    assert noted(path, product="CART") == [("charges-left-out", "Freight to works, PPN 11%")]


def test_a_part_whose_name_begins_like_freight_is_a_part_where_it_has_a_number(tmp_path: Path) -> None:
    path = text(tmp_path, "No;Part No;Name;Qty", "1;AXLE;Axle;2", "2;BOX;Freight box;1")
    assert uses(read(path, product="CART")) == [("CART", "AXLE", "2"), ("CART", "BOX", "1")]


SWITCHED = ("Level;Part No;Qty;DNP", "0;CART;1;", "1;PETROL;1;", "1;DIESEL;1;DNP", "2;PUMP;1;")


def test_a_column_that_switches_lines_is_asked_about(tmp_path: Path) -> None:
    assert problems(text(tmp_path, *SWITCHED)) == [("rows-switched", 4, "DNP")]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"except_": ["DNP=DNP"]}, [("CART", "PETROL", "1")]),
        ({"only": ["DNP="]}, [("CART", "PETROL", "1")]),
        ({"all_rows": True}, [("CART", "PETROL", "1"), ("CART", "DIESEL", "1"), ("DIESEL", "PUMP", "1")]),
    ],
)
def test_what_is_said_of_the_column_decides(
    tmp_path: Path, how: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    assert uses(read(text(tmp_path, *SWITCHED), **how)) == expected


def test_a_column_that_says_the_same_of_all_lines_switches_nothing(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Qty;DNP", "0;CART;1;", "1;PETROL;1;", "1;AXLE;1;")
    assert uses(read(path)) == [("CART", "PETROL", "1"), ("CART", "AXLE", "1")]


@pytest.mark.parametrize(("cell", "asked"), [("released", False), ("obsolete", True)])
def test_a_general_column_is_asked_about_where_a_cell_is_a_word_of_switching(
    tmp_path: Path, cell: str, asked: bool
) -> None:
    path = text(tmp_path, "Level;Part No;Qty;Status", "0;CART;1;released", "1;AXLE;1;draft", f"1;BOX;1;{cell}")
    if asked:
        assert problems(path) == [("rows-switched", 4, "Status")]
    else:
        assert len(uses(read(path))) == 2


def test_bills_that_the_product_does_not_reach_are_named(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty", "CART;AXLE;2", "TRAILER;HITCH;1")
    assert noted(path, product="CART") == [("bill-unreached", "TRAILER")]
    assert noted(text(tmp_path, "Parent;Part No;Qty", "CART;AXLE;2", "AXLE;HUB;1"), product="CART") == []


def test_a_charge_that_stands_in_the_column_of_prices_is_left_out_and_said(tmp_path: Path) -> None:
    path = text(
        tmp_path, "#;Part;Qty;Price Each;Total", "1;Bracket;4;2,50;10,00", ";;;Shipping;3,00", ";;;Grand Total;13,00"
    )
    assert uses(read(path, product="X", currency="USD")) == [("X", "Bracket", "4")]
    assert noted(path, product="X", currency="USD", rates={"USD": "16000@2026-01-01"})[0] == (
        "charges-left-out",
        "Shipping",
    )


PRICED = "No;Kode;Qty;Harga (Rp);Jumlah Harga"


def test_a_line_that_the_printed_total_leaves_out_is_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, PRICED, "1;A;1;100;100", "2;B;2;50;100", "3;C;1;70;", ";Total;;;200")
    reading = tkdn.read_list(path, product="X")
    (asked,) = (each for each in reading.questions if each.code == "extra")  # taken without a word before
    assert (asked.about, asked.suggestion, asked.count) == ("Jumlah Harga", "", 1)
    assert asked.answers[0].option == "--except 'Jumlah Harga='"
    answered = reading.answered(reading.suggested())
    assert answered.questions == ()
    assert {use.part for use in answered.bill().uses} == {"A", "B"}
    assert {use.part for use in read(path, product="X", all_rows=True).bom.uses} == {"A", "B", "C"}


@pytest.mark.parametrize("total", ["270", "999"])
def test_a_total_that_is_another_proves_nothing_of_lines_without_an_amount(tmp_path: Path, total: str) -> None:
    path = text(tmp_path, PRICED, "1;A;1;100;100", "2;B;2;50;100", "3;C;1;70;", f";Total;;;{total}")
    assert tkdn.read_list(path, product="X").questions == ()


def test_freight_above_the_total_is_part_of_it(tmp_path: Path) -> None:
    path = text(tmp_path, PRICED, "1;A;1;100;100", "2;Ongkos kirim;1;50;50", ";Total;;;150")
    reading = tkdn.read_list(path, product="X", columns={"Kode": "name"})  # IndexError before
    assert reading.report is not None
    assert [note.code for note in reading.report.notes if note.code.startswith("total")] == []
    assert {use.part for use in reading.bill().uses} == {"A"}
