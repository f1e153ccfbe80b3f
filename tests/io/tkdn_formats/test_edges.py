"""One CSV file with a list of uses: everything comes back exactly, lists by hand are read, everything wrong has its place."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import FULL, Document, damaged, files_with_problems, found, nasty_documents, same
from tests.properties.settings import full, some
from tests.support.bills import bills
from tests.support.build import EXAMPLES

from tkdn import Bom, read_bom, write_bom
from tkdn.io import read_with
from tkdn.io.options import read_options
from tkdn.io.tkdn_formats.edges import edges_text

BILLS = [path for path in sorted(EXAMPLES.glob("*/*.json")) if '"tkdn-bom"' in path.read_text("utf-8")]
HEADINGS = "parent,part,quantity"


def again(bom: Bom) -> Bom:
    with tempfile.TemporaryDirectory() as path:
        write_bom(bom, Path(path) / "bill.csv")
        return read_bom(Path(path) / "bill.csv")


def listed(path: Path, *rows: str, headings: str = HEADINGS) -> Path:
    file = path / "list.csv"
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("path", BILLS, ids=lambda path: path.stem)
def test_examples_come_back(path: Path) -> None:
    bom = read_bom(path)
    assert same(again(bom), bom)


def test_every_field_comes_back() -> None:
    bom = Bom.from_dict(FULL)
    assert same(again(bom), bom)


@some
@given(bills())
def test_random_bills_come_back(document: Document) -> None:
    bom = Bom.from_dict(document)
    assert same(again(bom), bom)


@full
@given(nasty_documents())
def test_any_text_comes_back(document: Document) -> None:
    bom = Bom.from_dict(document)
    assert same(again(bom), bom)


@some
@given(st.permutations(FULL["parts"]), st.permutations(FULL["uses"]), st.permutations(FULL["suppliers"]))
def test_any_order_comes_back(parts: list[Document], uses: list[Document], suppliers: list[Document]) -> None:
    bom = Bom.from_dict({**FULL, "parts": parts, "uses": uses, "suppliers": suppliers})
    assert same(again(bom), bom)


def test_a_row_says_what_is_known_of_the_part_where_it_stands_first() -> None:
    document = {
        "format": "tkdn-bom",
        "version": 1,
        "parts": [{"id": "CART"}, {"id": "FRAME"}, {"id": "BOLT", "name": "=bolt", "supplier": "S-1"}],
        "uses": [
            {"parent": "CART", "part": "FRAME", "quantity": "1"},
            {"parent": "CART", "part": "BOLT", "quantity": "4"},
            {"parent": "FRAME", "part": "BOLT", "quantity": "8"},
        ],
        "suppliers": [{"id": "S-1", "name": "CV Baut"}],
    }
    assert edges_text(Bom.from_dict(document), "bill.csv").splitlines() == [
        "parent,part,quantity,name,supplier,supplier_name,bill_product",
        ",CART,,,,,CART",
        "CART,FRAME,1,,,,",
        "CART,BOLT,4,'=bolt,S-1,CV Baut,",
        "FRAME,BOLT,8,,,,",
    ]


def test_a_list_by_hand(tmp_path: Path) -> None:
    file = listed(
        tmp_path,
        "CART,WHEEL,2,CN,203125,,",
        "CART,FRAME,1,ID,,S-2,small",
        "FRAME,TUBE,6,ID,42000,,",
        "FRAME,BOLT,8,,,,",
        "CART,BOLT,4,ID,500,,",
        headings="parent,part,quantity,made_in,Price,Supplier,Supplier business scale",
    )
    bom = read_bom(file)
    assert bom.product == "CART"
    assert [part.id for part in bom.parts] == ["CART", "WHEEL", "FRAME", "TUBE", "BOLT"]
    assert [(part.made_in, part.price and str(part.price.amount)) for part in bom.parts][-1] == ("ID", "500")
    assert bom.suppliers[0].scale == "small"
    assert len(bom.uses) == 5


def test_a_slip_in_a_heading_is_told(tmp_path: Path) -> None:
    file = listed(tmp_path, "CART,WHEEL,2,1/2025", headings=f"{HEADINGS},certificate_numbr")
    assert found(file)[0] == ("unknown-column", "list.csv, row 1, column certificate_numbr")


def test_other_headings_are_read_as_a_list_from_elsewhere(tmp_path: Path) -> None:
    read = read_with(listed(tmp_path, "CART,WHEEL,2", headings="Parent,Component,Qty"), read_options())
    assert read.understood is not None


def test_the_product_may_have_a_quantity_of_one(tmp_path: Path) -> None:
    assert len(read_bom(listed(tmp_path, ",CART,1", "CART,WHEEL,2")).uses) == 1


def test_makers_are_firms_too(tmp_path: Path) -> None:
    file = listed(tmp_path, "CART,WHEEL,2,S-1,S-2", headings=f"{HEADINGS},supplier,maker")
    assert [supplier.id for supplier in read_bom(file).suppliers] == ["S-1", "S-2"]


def test_everything_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    file = listed(
        tmp_path,
        "CART,WHEEL,two,ID,,",
        ",AXLE,3,,,",
        "CART,,1,,,",
        "CART,BOLT,4,Atlantis,,",
        "WHEEL,BOLT,4,ID,1/2025,40",
        headings=f"{HEADINGS},made_in,certificate_number,certificate_tkdn",
    )
    assert set(found(file)) >= {
        ("number-invalid", "list.csv, row 2, column quantity"),
        ("missing-key", "list.csv, row 3, column parent"),
        ("missing-key", "list.csv, row 4, column part"),
        ("country-unknown", "list.csv, row 5, column made_in"),
        ("level-conflict", "list.csv, row 6, column made_in"),
        ("missing-key", "list.csv, row 6, column certificate_issued"),
    }


def test_what_rows_say_of_one_supplier_must_agree(tmp_path: Path) -> None:
    rows = ("CART,WHEEL,2,S-1,CV Roda", "CART,AXLE,1,S-1,CV Poros")
    file = listed(tmp_path, *rows, headings=f"{HEADINGS},supplier,supplier_name")
    assert found(file) == [("level-conflict", "list.csv, row 3, column supplier_name")]


def test_a_loop_is_told(tmp_path: Path) -> None:
    file = listed(tmp_path, "CART,WHEEL,2", "WHEEL,CART,1")
    assert "loop" in {code for code, _ in found(file)}


@full
@given(st.data())
def test_damaged_files_end_in_our_errors(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    raw = data.draw(damaged(edges_text(Bom.from_dict(FULL), "bill.csv").encode()))
    file = tmp_path_factory.mktemp("damaged") / "bill.csv"
    file.write_bytes(raw)
    assert files_with_problems(file) <= {"bill.csv"}
