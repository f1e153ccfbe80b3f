"""Lists from elsewhere: each sample gives the bill that it means, and what could be read in two ways is asked about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.io.part_lists.made import EDGES, FOLDER, HEADS, ods, outline, sheet_of
from tests.io.part_lists.reading import Uses, problems, read, text, uses, workbook
from tests.io.part_lists.xlsb import xlsb

from tkdn import BomError, read_bom, write_bom

CART: Uses = [("CART", "FRAME", "1"), ("CART", "WHEEL", "2"), ("FRAME", "TUBE", "6.5")]
AXLES: Uses = [("CART", "FRAME", "1"), ("CART", "AXLE", "2"), ("FRAME", "TUBE", "6"), ("AXLE", "WHEEL", "1")]
GOLDEN: dict[str, tuple[dict[str, Any], str, Uses]] = {
    "arrows.csv": ({}, "levels", CART),
    "edges.csv": ({}, "edges", CART),
    "edges.xls": ({}, "edges", CART),
    "erpnext.csv": ({}, "erpnext", CART),
    "german.csv": ({}, "levels", [("KARRE", "RAHMEN", "1"), ("KARRE", "RAD", "2")]),
    "inventor.csv": ({"product": "CART"}, "inventor", [*CART[:2], ("FRAME", "TUBE", "6")]),
    "inventor.txt": ({"product": "CART"}, "inventor", [*CART[:2], ("FRAME", "TUBE", "6")]),
    "inventree.csv": (
        {"product": "CART"},
        "inventree",
        [("CART", "FRAME", "1"), ("CART", "AXLE", "2"), ("FRAME", "TUBE", "6.5"), ("AXLE", "WHEEL", "2")],
    ),
    "levels.csv": (
        {},
        "levels",
        [
            *(("CART", "FRAME", "1"), ("CART", "AXLE", "2"), ("CART", "BOLT", "8"), ("FRAME", "TUBE", "6.5")),
            *(("AXLE", "WHEEL", "1"), ("AXLE", "BOLT", "4")),
        ],
    ),
    "numbered.csv": (
        {"product": "CART"},
        "numbered",
        [*AXLES[:3], ("FRAME", "PLATE", "2"), AXLES[3], ("AXLE", "BOLT", "4")],
    ),
    "oca-structure.csv": ({}, "oca-structure", [*AXLES[:2], ("FRAME", "TUBE", "6.5"), AXLES[3]]),
    "odoo.csv": (
        {},
        "odoo",
        [*AXLES[:2], ("CART", "KIT", "1"), ("FRAME", "TUBE", "6.5"), ("KIT", "BOLT", "4")],
    ),
    "sap-cs12.csv": (
        {},
        "sap-cs12",
        [
            *(("CART-100", "FRAME-10", "1"), ("CART-100", "AXLE-20", "2"), ("CART-100", "KIT-9", "1")),
            *(("FRAME-10", "TUBE-25", "6.5"), ("FRAME-10", "CLIP-01", "8"), ("AXLE-20", "WHEEL-5", "2")),
            *(("AXLE-20", "BOLT-M8", "4"), ("KIT-9", "BOLT-M8", "6")),
        ],
    ),
    "solidworks.csv": ({"product": "CART"}, "solidworks", AXLES),
    "solidworks-below.csv": ({"product": "CART"}, "solidworks", [*CART[:2], ("FRAME", "TUBE", "6")]),
    "solidworks-configuration.csv": ({"product": "CART"}, "solidworks", [*CART[:2], ("FRAME", "TUBE", "6")]),
    "autocad-mechanical.csv": (
        {"product": "CART"},
        "autocad-mechanical",
        [CART[0], ("FRAME", "TUBE", "6"), CART[1]],
    ),
    "erpnext-default.csv": ({}, "erpnext", CART),
    "inventor-lengths.csv": ({"product": "CART"}, "inventor", [*CART[:2], ("FRAME", "TUBE", "1200.5")]),
    "inventree-export.csv": (
        {"product": "CART", "currency": "USD"},
        "inventree",
        [("CART", "OA-409", "1"), ("CART", "OA-7", "2"), ("OA-409", "OA-35", "6.5")],
    ),
    "level-columns.csv": ({}, "level-columns", CART),
    "level-marks.csv": ({}, "level-columns", [*CART[:2], ("FRAME", "TUBE", "6")]),
    "level-paths.csv": (
        {},
        "level-columns",
        [("Gerobak (synthetic)", "Rangka", "1"), ("Gerobak (synthetic)", "Roda", "2"), ("Rangka", "Pipa", "6.5")],
    ),
    "names.csv": (
        {"product": "CART", "identity": "name"},
        "numbered",
        [("CART", "Rangka", "1"), ("CART", "Roda", "2")],
    ),
    "odoo-references.csv": (
        {},
        "odoo",
        [*AXLES[:2], ("FRAME", "TUBE", "6.5"), ("AXLE", "WHEEL", "1")],
    ),
    "odoo-technical.csv": ({}, "odoo", CART),
    "points.csv": ({}, "outline", CART),
    "sap-bars.txt": (
        {"decimal": "comma"},
        "sap-cs12",
        [
            *(("CART-100", "FRAME-10", "1"), ("CART-100", "AXLE-20", "2")),
            *(("FRAME-10", "TUBE-25", "6.5"), ("AXLE-20", "WHEEL-5", "2")),
        ],
    ),
    "sap-cumulative.csv": (
        {"product": "CART"},
        "sap-cs12",
        [
            *(("CART", "FRAME-10", "1"), ("CART", "KIT", "2"), ("FRAME-10", "TUBE-25", "6.5")),
            *(("FRAME-10", "GREASE", "0.01"), ("KIT", "BOLT", "4")),
        ],
    ),
    "sap-german.txt": (
        {},
        "sap-cs12",
        [
            *(("KARRE-1", "RAHMEN-10", "1"), ("KARRE-1", "ACHSE-20", "2")),
            *(("RAHMEN-10", "ROHR-25", "6.5"), ("ACHSE-20", "RAD-5", "1250")),
        ],
    ),
    "sap-list.xls": (
        {"basis": "per_parent"},
        "sap-cs12",
        [
            *(("CART-100", "FRAME-10", "1"), ("CART-100", "AXLE-20", "2")),
            *(("FRAME-10", "TUBE-25", "6.5"), ("AXLE-20", "WHEEL-5", "1")),
        ],
    ),
    "teamcenter.csv": (
        {},
        "teamcenter",
        [("000123", "000124", "1"), ("000123", "000126", "2"), ("000124", "000125", "6")],
    ),
    "two-rows-of-headings.csv": ({}, "numbered", CART[:2]),
}


def test_every_sample_has_a_golden_reading() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {"erpnext-explorer.csv"} == GOLDEN.keys()


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_reading(name: str) -> None:
    how, kind, expected = GOLDEN[name]
    reading = read(FOLDER / name, **how)
    assert reading.understood is not None
    assert (reading.understood.kind, uses(reading)) == (kind, expected)


@pytest.mark.parametrize("name", [name for name in GOLDEN if name.endswith(".csv")])
def test_a_sample_is_the_same_when_its_kind_is_said(name: str) -> None:
    how, kind, _ = GOLDEN[name]
    assert read(FOLDER / name, **how, source=kind).bom == read(FOLDER / name, **how).bom


def test_prices_of_sap_are_for_their_price_unit_and_phantoms_are_told() -> None:
    parts = {part.id: part for part in read(FOLDER / "sap-cs12.csv").bom.parts}
    price = parts["BOLT-M8"].price
    assert price is not None
    assert (str(price.amount), str(price.per), price.currency) == ("50000.00", "100", "IDR")
    assert parts["KIT-9"].phantom
    assert parts["CART-100"].name == "Hand cart (synthetic)"


def test_the_example_is_the_sample() -> None:
    example = Path(__file__).parents[3] / "examples" / "sap-cs12" / "cart.csv"
    assert example.read_bytes() == (FOLDER / "sap-cs12.csv").read_bytes()


def test_bom_explorer_is_refused_with_the_reason() -> None:
    with pytest.raises(BomError, match="cannot be told back safely"):
        read(FOLDER / "erpnext-explorer.csv")


def test_origins_units_and_totals_are_said() -> None:
    understood = read(FOLDER / "levels.csv").understood
    assert understood is not None
    assert understood.origins == {"Indonesia": "ID", "Lokal": "ID", "RRC": "CN", "Impor": "XX"}
    assert [(total.row, str(total.printed), str(total.sum)) for total in understood.totals] == [
        (10, "482125", "482125")
    ]
    assert understood.notes == []
    assert understood.left_out == [10]
    assert (understood.decimal, understood.decimal_because) == ("comma", "6,5")


def test_a_wrong_total_and_a_wrong_amount_are_noted(tmp_path: Path) -> None:
    path = text(
        tmp_path,
        "Parent;Part No;Qty;Unit price (IDR);Amount",
        *("CART;WHEEL;2;500;1.000,00", "CART;TRAY;1;58.640,00;101.804,00", ";Total;;;101.804,00"),
    )
    understood = read(path).understood
    assert understood is not None
    assert [(note.code, note.place.row) for note in understood.notes] == [("amount-differs", 3), ("total-differs", 4)]


@pytest.mark.parametrize("indent", [False, True])
def test_excel_outline_levels_and_cell_indents(indent: bool, tmp_path: Path) -> None:
    reading = read(workbook(tmp_path, outline(indent=indent)))
    assert uses(reading) == [("CART", "FRAME", "1"), ("CART", "WHEEL", "2"), ("FRAME", "TUBE", "6.5")]
    assert reading.understood is not None
    assert reading.understood.kind == "outline"


def test_indents_of_text(tmp_path: Path) -> None:
    path = text(tmp_path, "Part No;Qty per", "CART;", "  FRAME;1", "    TUBE;6", "  WHEEL;2")
    assert uses(read(path)) == [("CART", "FRAME", "1"), ("CART", "WHEEL", "2"), ("FRAME", "TUBE", "6")]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("list.ods", ods(EDGES)),
        ("list.xlsx", sheet_of(EDGES)),
        ("list", sheet_of(EDGES)),
        ("list.xlsb", xlsb(EDGES)),
        ("list.xls", xlsb(EDGES)),
    ],
)
def test_a_spreadsheet_is_told_by_its_content(name: str, raw: bytes, tmp_path: Path) -> None:
    bom = read_bom(workbook(tmp_path, raw, name))
    assert {part.id: part.price and f"{part.price.amount:f} {part.price.currency}" for part in bom.parts} == {
        "CART": None,
        "FRAME": "1250000 IDR",
        "WHEEL": "203125.50 IDR",
        "TUBE": "3.10 USD",
    }
    assert {part.id: part.made_in for part in bom.parts}["WHEEL"] == "CN"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found(encoding: str, separator: str, tmp_path: Path) -> None:
    rows = (separator.join(row) for row in (("Parent", "Part No", "Name", "Qty"), ("KARRE", "RAD", "Räder", "2")))
    reading = read(text(tmp_path, *rows, name="Rä der.txt", encoding=encoding))
    assert [part.name for part in reading.bom.parts] == [None, "Räder"]


DEEP = ("Level;Part No;Description;Qty", "0;CART;Cart;")


@pytest.mark.parametrize(
    ("rows", "basis", "why"),
    [
        (("1;AXLE;Axle;1", "2;WHEEL;Wheel;4"), "per_parent", "same"),
        (("1;AXLE;Axle;2", "2;WHEEL;Wheel;1"), "per_parent", "pieces"),
        (("1;A;A;2", "2;W;W;4", "1;B;B;1", "2;A;A;4", "3;W;W;4"), "per_parent", "repeats"),
        (("1;A;A;2", "2;W;W;4", "1;B;B;1", "2;A;A;4", "3;W;W;8"), "cumulative", "scaled"),
    ],
)
def test_the_basis_is_proven_from_the_data(rows: tuple[str, ...], basis: str, why: str, tmp_path: Path) -> None:
    understood = read(text(tmp_path, *DEEP, *rows)).understood
    assert understood is not None
    assert understood.basis_because is not None
    assert (understood.basis, understood.basis_because.code) == (basis, why)


def test_a_basis_that_nothing_shows_is_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, *DEEP, "1;AXLE;Axle;2", "2;WHEEL;Wheel;4")
    assert problems(path) == [("basis-unclear", 3, "Qty")]
    assert uses(read(path, basis="per_parent"))[-1] == ("AXLE", "WHEEL", "4")
    assert uses(read(path, basis="cumulative"))[-1] == ("AXLE", "WHEEL", "2")


def test_two_quantities_prove_each_other(tmp_path: Path) -> None:
    rows = ("Level;Part No;Qty;Total Qty", "0;CART;1;1", "1;AXLE;2;2", "2;WHEEL;4;8")
    understood = read(text(tmp_path, *rows)).understood
    assert understood is not None
    assert understood.basis_because is not None
    assert understood.basis_because.code == "products"


def test_a_quantity_without_end_is_cut_and_noted(tmp_path: Path) -> None:
    reading = read(text(tmp_path, *DEEP, "1;AXLE;Axle;3", "2;GREASE;Grease;1"), basis="cumulative")
    assert uses(reading)[-1] == ("AXLE", "GREASE", "0.33333333333333333333")
    assert reading.understood is not None
    assert "quantity-rounded" in [note.code for note in reading.understood.notes]


def test_a_decimal_mark_that_nothing_shows_is_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty", "CART;WIRE;1.250")
    assert problems(path) == [("decimal-unclear", 1, "Qty")]
    assert uses(read(path, decimal="comma")) == [("CART", "WIRE", "1250")]
    assert uses(read(path, decimal="point")) == [("CART", "WIRE", "1.25")]


def test_both_marks_in_one_file_are_refused_and_told_one_by_one_where_one_is_stated(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty", "CART;WIRE;1,25", "CART;TUBE;2.5", "CART;ROD;1.234,50")
    assert problems(path) == [("decimal-mixed", 1, "Qty")]
    assert problems(path, decimal="comma") == [("number-invalid", 3, "Qty")]


def test_a_currency_that_is_not_named_is_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty;Unit price", "CART;WHEEL;2;150000", "CART;TRAY;1;$ 5.50")
    assert problems(path) == [("currency-unclear", 2, "Unit price"), ("currency-unclear", 3, "Unit price")]
    assert problems(path, currency="USD") == [
        ("currency-unclear", 3, "Unit price")
    ]  # "$" names a currency: which is asked
    prices = read(path, currency="IDR", currencies={"$": "USD"}).bom.parts
    assert {part.price.currency for part in prices if part.price} == {"IDR", "USD"}


def test_thousands_and_packs_and_units_of_prices(tmp_path: Path) -> None:
    path = text(
        tmp_path,
        "Parent;Part No;Qty;Pack price (ribu Rp);Pack size",
        *("CART;BOLT;8;50;100", "CART;CLIP;2;12,5;"),
    )
    assert problems(path) == [("pack-size-missing", 3, "Pack size")]
    path = text(tmp_path, "Parent;Part No;Qty;Price per 100", "CART;BOLT;8;USD 8.10", "CART;NUT;8;USD 9.10 / 1000 pcs")
    prices = [part.price for part in read(path).bom.parts if part.price]
    assert [(str(price.amount), str(price.per)) for price in prices] == [("8.10", "100"), ("9.10", "1000")]


def test_a_mapping_steers_headings_and_options(tmp_path: Path) -> None:
    path = text(tmp_path, "Ober;Nr;Was;Wieviel", "CART;W-1;Wheel;2")
    (tmp_path / "map.toml").write_text(
        '[columns]\nOber = "parent"\nNr = "id"\nWieviel = "quantity"\n', encoding="utf-8"
    )
    assert uses(read(path, mapping=tmp_path / "map.toml")) == [("CART", "W-1", "2")]
    assert problems(path) == [("format-unknown", None, None)]


def test_an_unknown_country_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty;Origin", "CART;WHEEL;2;Jepangg")
    with pytest.raises(BomError, match="did you mean 'Jepang'"):
        read(path)


def test_a_list_without_its_product_asks_for_it(tmp_path: Path) -> None:
    path = text(tmp_path, "Level;Part No;Description;Qty", "1;A;A;1", "1;B;B;2")
    assert [code for code, *_ in problems(path)] == ["product-missing"]
    assert uses(read(path, product="CART")) == [("CART", "A", "1"), ("CART", "B", "2")]


def test_lost_zeros_of_item_numbers_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path, sheet_of([["Item No", "Part No", "Qty per"], [1, "A", 1], [1.1, "B", 1], [1.1, "C", 1]]))
    assert problems(path, product="CART") == [("level-invalid", 4, "Item No")]


def test_certificates_in_the_list(tmp_path: Path) -> None:
    path = text(
        tmp_path,
        "Parent;Part No;Qty;Nomor Sertifikat;Nilai TKDN;Tanggal Terbit;Negara Asal",
        "CART;WHEEL;2;12/2025;78,25%;01.02.2025;Indonesia",
    )
    (certificate,) = read(path).bom.parts[1].certificates
    assert (certificate.number, str(certificate.tkdn), str(certificate.issued)) == ("12/2025", "78.25", "2025-02-01")


def test_two_bills_for_one_product_are_asked_about(tmp_path: Path) -> None:
    rows = (
        "External ID,Product,Quantity,BoM Lines/Component,BoM Lines/Quantity",
        "b1,CART,1,WHEEL,2",
        "b2,CART,1,WHEEL,3",
    )
    assert problems(text(tmp_path, *rows)) == [("bom-twice", 3, None)]


def test_headings_again_numbers_of_columns_titles_and_remarks_are_left_out(tmp_path: Path) -> None:
    path = text(
        tmp_path,
        *("No;Part No;Uraian;Qty;Harga (Rp)", "(1);(2);(3);(4);(5)", ";;A. Rangka;;", "1;FRAME;Rangka;1;1.500.000,00"),
        *("No;Part No;Uraian;Qty;Harga (Rp)", "2;WHEEL;Roda;2;250.000,00", ";Grand Total;;;2.000.000,00"),
        "Catatan: harga belum PPN;;;;",
    )
    reading = read(path, product="CART")
    assert uses(reading) == [("CART", "FRAME", "1"), ("CART", "WHEEL", "2")]
    assert reading.understood is not None
    assert reading.understood.left_out == [2, 3, 5, 7, 8]


def test_two_headings_alike_are_told(tmp_path: Path) -> None:
    with pytest.raises(BomError, match="rename one of them"):
        read(text(tmp_path, "Parent;Part No;Part No;Qty", "CART;W;V;2"))


def test_another_unit_of_a_part_is_that_of_the_quantity_there(tmp_path: Path) -> None:
    rows = ("Level;Part No;Qty per;UoM", "0;CART;;PC", "1;WIRE;1;KG", "1;KIT;1;PC", "2;WIRE;500;G")
    bom = read(text(tmp_path, *rows)).bom
    assert {part.id: part.unit for part in bom.parts}["WIRE"] == "kg"
    assert [use.unit for use in bom.uses if use.part == "WIRE"] == [None, "g"]


def test_headings_of_the_workbook_sample_are_known() -> None:
    assert len(HEADS) == 5


@pytest.mark.parametrize("written", ["bill.json", "bill.xlsx", "bill", "bill.csv", "bill.cdx.json"])
@pytest.mark.parametrize("name", GOLDEN)
def test_what_was_read_survives_every_format_that_is_written(name: str, written: str, tmp_path: Path) -> None:
    how, _, _ = GOLDEN[name]
    bom = read_bom(FOLDER / name, **how)
    write_bom(bom, tmp_path / written)
    assert read_bom(tmp_path / written) == bom
