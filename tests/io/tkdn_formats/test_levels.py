"""Indented lists: the tree that the levels mean, repeats that must agree, and everything wrong named with its place."""

from __future__ import annotations

import datetime
import hashlib
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import Rows, damaged, files_with_problems, found, save_sheets
from tests.properties.settings import full, some
from tests.support.bills import bills

from tkdn import Bom, BomError, read_bom
from tkdn.bom.tables.columns import PARTS, USES
from tkdn.bom.tables.document import Document, cell
from tkdn.bom.tables.records import CellGrid
from tkdn.io.tkdn_formats.levels import level_tables

CART = """\
level,id,name,quantity,unit,price,made_in,supplier,supplier_name,supplier_scale,maker
0,CART,Gerobak,,,,ID,,,,S-2
1,FRAME,Rangka,1,,,ID,S-1,CV Logam,small,
2,STEEL,,12.5,kg,15000,,,,,
1,WHEEL,,2,,,,S-1,,,
2,RIM,,1,,90000,CN,S-3,,,
2,BOLT,,4,,500,,,,,
1,BOLT,Baut,8,,,,,,,
1,WHEEL,,1,,,ID,,,,
"""


def csv_file(path: Path, text: str) -> Path:
    (path / "list.csv").write_text(text, encoding="utf-8")
    return path / "list.csv"


def test_a_list_becomes_parts_uses_and_suppliers(tmp_path: Path) -> None:
    path = csv_file(tmp_path, CART)
    bom = read_bom(path)
    assert bom.to_dict() == {
        "format": "tkdn-bom",
        "version": 1,
        "product": "CART",
        "parts": [
            {"id": "CART", "name": "Gerobak", "made_in": "ID", "maker": "S-2"},
            {"id": "FRAME", "name": "Rangka", "made_in": "ID", "supplier": "S-1"},
            {"id": "STEEL", "unit": "kg", "price": {"amount": "15000"}},
            {"id": "WHEEL", "made_in": "ID", "supplier": "S-1"},
            {"id": "RIM", "price": {"amount": "90000"}, "made_in": "CN", "supplier": "S-3"},
            {"id": "BOLT", "name": "Baut", "price": {"amount": "500"}},
        ],
        "uses": [
            {"parent": "CART", "part": "FRAME", "quantity": "1"},
            {"parent": "CART", "part": "WHEEL", "quantity": "2"},
            {"parent": "CART", "part": "BOLT", "quantity": "8"},
            {"parent": "CART", "part": "WHEEL", "quantity": "1"},
            {"parent": "FRAME", "part": "STEEL", "quantity": "12.5"},
            {"parent": "WHEEL", "part": "RIM", "quantity": "1"},
            {"parent": "WHEEL", "part": "BOLT", "quantity": "4"},
        ],
        "suppliers": [{"id": "S-1", "name": "CV Logam", "scale": "small"}, {"id": "S-3"}, {"id": "S-2"}],
    }
    assert bom.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_levels_may_start_at_one_and_headings_be_indonesian(tmp_path: Path) -> None:
    text = "Tingkat;Bagian;Jumlah;Satuan;Satuan Jumlah;Porsi Susut;pemasok;supplier_licence;Modal Usaha Pemasok\n"
    text += "1;CART;1.0;;;;;;\n2;AXLE;50;m;cm;0.05;S-1;ya;1000\n\n2;AXLE;1;;;;;;\n"
    bom = read_bom(csv_file(tmp_path, text))
    assert bom.product == "CART"
    assert [use.model_dump(mode="json", exclude_defaults=True) for use in bom.uses] == [
        {"parent": "CART", "part": "AXLE", "quantity": "50", "unit": "cm", "scrap": "0.05"},
        {"parent": "CART", "part": "AXLE", "quantity": "1"},
    ]
    assert bom.suppliers[0].industrial_licence is True
    assert str(bom.suppliers[0].capital and bom.suppliers[0].capital.amount) == "1000"


def test_a_part_may_stand_again_with_the_same_parts_in_another_order_or_without(tmp_path: Path) -> None:
    repeat = "1,KIT,,1\n2,RIM,,2\n3,STEEL,,1.0\n2,BOLT,,4\n1,KIT,,1\n2,BOLT,,4.0\n2,RIM,,2\n1,RIM,,1\n"
    bom = read_bom(csv_file(tmp_path, "level,id,name,quantity\n0,CART,,\n" + repeat))
    assert [(use.parent, use.part, str(use.quantity)) for use in bom.uses] == [
        ("CART", "KIT", "1"),
        ("CART", "KIT", "1"),
        ("CART", "RIM", "1"),
        ("KIT", "RIM", "2"),
        ("KIT", "BOLT", "4"),
        ("RIM", "STEEL", "1.0"),
    ]


def test_product_option(tmp_path: Path) -> None:
    path = csv_file(tmp_path, CART)
    assert read_bom(path, product="WHEEL").product == "WHEEL"
    assert found(path, product="WEEL") == [("product-unknown", "list.csv")]


HEAD = "level,id,quantity,price,supplier,supplier_scale\n0,CART,,,,\n"
BROKEN: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "level-jump": (HEAD + "1,A,1,,,\n3,B,1,,,\n", [("level-jump", "list.csv, row 4, column level")]),
    "level-invalid": (
        HEAD + "1.5,A,1,,,\n2,B,1,,,\n,C,1,,,\none,D,1,,,\n-1,E,1,,,\n1,F,1,,,\n",
        [("level-invalid", f"list.csv, row {row}, column level") for row in (3, 5, 6, 7)],
    ),
    "level-root: two products": (HEAD + "1,A,1,,,\n0,B,1,,,\n", [("level-root", "list.csv, row 4, column level")]),
    "level-root: no product": (
        "level,id,quantity\n1,A,1\n1,B,1\n2,C,1\n",
        [("level-root", "list.csv, row 3, column level")],
    ),
    "level-root: too deep": ("level,id,quantity\n2,A,\n3,B,1\n", [("level-root", "list.csv, row 2, column level")]),
    "level-root: a product for ten": (
        "level,id,quantity,scrap\n0,A,10,0.1\n1,B,1,\n",
        [("level-root", "list.csv, row 2, column quantity"), ("level-root", "list.csv, row 2, column scrap")],
    ),
    "level-conflict": (
        HEAD + "1,A,1,100,S-1,small\n1,B,1,,S-1,large\n2,A,1,200,,\n1,A,1,100.0,S-1,\n",
        [
            ("level-conflict", "list.csv, row 5, column price"),
            ("level-conflict", "list.csv, row 4, column supplier_scale"),
        ],
    ),
    "level-parts-differ": (
        HEAD + "1,A,1,,,\n2,B,1,,,\n1,A,1,,,\n2,B,2,,,\n",
        [("level-parts-differ", "list.csv, row 5, column id")],
    ),
    "missing cells": (
        HEAD + "1,,1,,,\n1,B,,,,\n1,C,1,,,small\n",
        [
            ("missing-key", "list.csv, row 3, column id"),
            ("missing-key", "list.csv, row 4, column quantity"),
            ("missing-key", "list.csv, row 5, column supplier"),
        ],
    ),
    "missing-column": (
        "id,name\nCART,x\n",
        [("missing-column", "list.csv, row 1"), ("missing-column", "list.csv, row 1")],
    ),
    "unknown-column": (
        "level,id,quantity,supplier_nmae\n0,A,,\n",
        [("unknown-column", "list.csv, row 1, column supplier_nmae")],
    ),
    "values at the row they were taken from": (
        HEAD + "1,A,1,,,\n2,B,1,,,\n1,A,1,cheap,,\n2,B,1,,,tiny\n",
        [
            ("missing-key", "list.csv, row 6, column supplier"),
            ("number-invalid", "list.csv, row 5, column price"),
            ("value-unknown", "list.csv, row 6, column supplier_scale"),
        ],
    ),
    "loop": (HEAD + "1,A,1,,,\n2,B,1,,,\n3,A,1,,,\n", [("loop", "list.csv, row 5")]),
    "encoding": (HEAD + "1,\udcff,1,,,\n", [("encoding", "list.csv, row 3")]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    text, expected = BROKEN[name]
    (tmp_path / "list.csv").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert sorted(found(tmp_path / "list.csv")) == sorted(expected)


@full
@given(damaged(CART.encode()))
def test_damage_is_an_error_with_a_place_and_never_a_crash(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as path:
        (Path(path) / "list.csv").write_bytes(raw)
        assert files_with_problems(Path(path) / "list.csv") <= {"list.csv"}


def test_conflicts_name_both_rows(tmp_path: Path) -> None:
    text = HEAD + "1,A,1,100,,\n1,B,1,,,\n2,A,1,200,,\n1,B,1,,,\n2,C,1,,,\n"
    with pytest.raises(BomError, match=r"(?s)row 5.*200 here, but 100 at list.csv, row 3") as caught:
        read_bom(csv_file(tmp_path, text))
    assert "same parts below it here as in row 4" in str(caught.value)


LIST: Rows = [
    ["Level", "Part number", "Quantity", "Price", "Price currency", "Supplier", "Supplier name", "Maker"],
    [0, "CART"],
    [1.0, "WHEEL", 2, 5, "USD", "S-1", "CV Roda", "S-2"],
]
BESIDE: dict[str, Rows] = {
    "Rates": [["currency", "rate", "from"], ["USD", 16000, datetime.date(2026, 1, 1)]],
    "Suppliers": [["id", "name", "scale"], ["S-1", "CV Roda", "small"]],
    "Certificates": [["part", "number", "tkdn", "issued"], ["WHEEL", "1", 40, datetime.date(2025, 1, 1)]],
    "Product": [["date"], [datetime.date(2026, 6, 1)]],
}


def test_a_list_in_a_workbook_takes_the_sheets_beside_it(tmp_path: Path) -> None:
    assert read_bom(save_sheets(tmp_path / "list.xlsx", {"Parts": LIST, "Notes": [["x"]], **BESIDE})).to_dict() == {
        "format": "tkdn-bom",
        "version": 1,
        "product": "CART",
        "date": "2026-06-01",
        "parts": [
            {"id": "CART"},
            {
                "id": "WHEEL",
                "price": {"amount": "5", "currency": "USD"},
                "supplier": "S-1",
                "maker": "S-2",
                "certificates": [{"number": "1", "tkdn": "40", "issued": "2025-01-01"}],
            },
        ],
        "uses": [{"parent": "CART", "part": "WHEEL", "quantity": "2"}],
        "suppliers": [{"id": "S-1", "name": "CV Roda", "scale": "small"}, {"id": "S-2"}],
        "rates": [{"currency": "USD", "rate": "16000", "from": "2026-01-01"}],
    }


def test_what_is_wrong_in_a_workbook_is_named_with_its_place(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Suppliers": [["id", "name"], ["S-1", "PT Roda"], [None, "PT X"]],
        "Certificates": [BESIDE["Certificates"][0], ["WEEL", "1", 40, "1/1/2025"]],
        "BOM": LIST,
    }
    assert sorted(found(save_sheets(tmp_path / "list.xlsx", sheets))) == [
        ("level-conflict", "list.xlsx, sheet BOM, row 3, column Supplier name"),
        ("missing-key", "list.xlsx, sheet Suppliers, row 3, column id"),
        ("unknown-part", "list.xlsx, sheet Certificates, row 2, column part"),
    ]
    unread: Rows = [*LIST[:2], ["=0+1", "WHEEL", "=1+1"], [2, "RIM", 1]]
    assert found(save_sheets(tmp_path / "list.xlsx", {"Certificates": sheets["Certificates"], "BOM": unread})) == [
        ("formula-not-calculated", "list.xlsx, sheet BOM, row 3, column Level"),
        ("formula-not-calculated", "list.xlsx, sheet BOM, row 3, column Quantity"),
    ]


@st.composite
def lists(draw: st.DrawFn) -> tuple[Bom, list[list[object]]]:
    """A random bill without what a list cannot hold, and the list of it: repeats have their parts again, or not."""
    drawn = draw(bills())
    use_keys = [column for column in USES.columns if column.key not in ("parent", "part")]
    parts = {part["id"]: {**part, "certificates": []} for part in Bom.from_dict(drawn).to_dict()["parts"]}
    uses = Bom.from_dict(drawn).to_dict().get("uses", [])
    listed: dict[str, None] = {}
    rows: list[list[object]] = [
        [
            "level",
            *(column.key for column in PARTS.columns),
            *(column.key.replace("unit", "quantity_unit") for column in use_keys),
        ]
    ]

    def add(id_: str, level: int, use: dict[str, Any]) -> None:
        again, below = id_ in listed, [below for below in uses if below["parent"] == id_]
        listed[id_] = None
        said = {"id": id_} if again and draw(st.booleans()) else parts[id_]
        rows.append(
            [level, *(cell(said, column) for column in PARTS.columns), *(cell(use, column) for column in use_keys)]
        )
        for under in [] if again and (len(rows) > 200 or draw(st.booleans())) else draw(st.permutations(below)):
            add(under["part"], level + 1, under)

    add("P00", 0, {})
    kept = {**drawn, "product": "P00", "parts": [parts[id_] for id_ in listed]}
    kept["uses"] = [use for use in uses if use["parent"] in listed]
    return Bom.from_dict(kept), rows


@some
@given(lists())
def test_the_list_of_a_random_bill_gives_the_bill(drawn: tuple[Bom, list[list[object]]]) -> None:
    bom, rows = drawn
    tables, problems, whole = level_tables(CellGrid("list.csv", None, list(enumerate(rows, start=1))), ())
    read = Document("list.csv", tables, problems, product="P00", whole=whole).as_bill(Bom)
    assert read.parts == bom.parts
    assert sorted(map(repr, read.uses)) == sorted(map(repr, bom.uses))
