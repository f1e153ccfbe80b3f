"""What headings of a second file mean, in three languages, by a mapping, and whose facts they are."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.support.build import bill, firm, good, part

import tkdn
from tkdn import Bom, BomError, Enrichment, UsageError, enrich
from tkdn.io.enrichment.certificate_list import CERTIFICATE_LIST
from tkdn.io.enrichment.enrichment_columns import ENRICHMENT
from tkdn.io.enrichment.headings import meaning_of
from tkdn.io.part_lists.headings import heading

CART = Bom.from_dict(bill(good("CART"), part("WHEEL"), uses={"CART": "WHEEL"}, suppliers=[firm("S-1")]))


def read(tmp_path: Path, head: str, *rows: str, **options: Any) -> Enrichment:
    path = tmp_path / "more.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return enrich(CART, path, **options)


def key(text: str) -> str | None:
    found = meaning_of(ENRICHMENT).key(heading(text))
    return found and found[1]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Manufacturer", "maker"),
        ("Country of Origin", "made_in"),
        ("Unit Price", "price"),
        ("Currency", "price_currency"),
        ("Certificate No", "certificate_number"),
        ("Certificate No.", "certificate_number"),
        ("TKDN %", "certificate_tkdn"),
        ("TKDN (%)", "certificate_tkdn"),
        ("Valid until", "certificate_expires"),
        ("Description", "name"),
        ("Kode Barang", "id"),
        ("Pembuat", "maker"),
        ("Negara Asal", "made_in"),
        ("Harga Satuan", "price"),
        ("Harga Satuan (Rp)", "price"),
        ("No. Sertifikat", "certificate_number"),
        ("Berlaku Sampai", "certificate_expires"),
        ("Skala Usaha Pemasok", "supplier_scale"),
        ("Supplier Size", "supplier_scale"),
        ("Manufacturer Licence", "maker_industrial_licence"),
        ("Teilenummer", "id"),
        ("Lieferant", "supplier"),
        ("Hersteller", "maker"),
        ("Ursprungsland", "made_in"),
        ("Einzelpreis", "price"),
        ("Gültig bis", "certificate_expires"),
        ("Pabrik", "factory"),
        ("BMP", "certificate_bmp"),
        ("Storage bin", None),
    ],
)
def test_headings(text: str, meant: str | None) -> None:
    assert key(text) == meant


def test_every_own_word_means_a_column() -> None:
    file = Path(tkdn.__file__).parent / "io" / "enrichment" / "headings.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    special = {"item", "supplier_code", "maker_code", "firm_scale", "firm_industrial_licence", "firm_region"}
    assert set(words["enrichment"]) <= {*ENRICHMENT.by_key, *special}
    assert set(words["certificate_list"]) <= set(CERTIFICATE_LIST.by_key)
    assert all({*each} == {"en", "id", "de"} for table in words.values() for each in table.values())


def test_facts_of_a_firm_are_of_the_one_that_the_file_names(tmp_path: Path) -> None:
    for home in ("Supplier", "Manufacturer"):
        found = read(tmp_path, f"part;{home};Skala Usaha;Izin", "WHEEL;S-9;Kecil;ada")
        assert found.bom.suppliers[-1] == tkdn.Supplier(id="S-9", scale="small", industrial_licence=True)


def test_facts_of_one_of_two_firms_are_asked_about(tmp_path: Path) -> None:
    lines = "part;Supplier;Maker;Size class", "WHEEL;S-8;S-9;Kecil"
    with pytest.raises(BomError) as caught:
        read(tmp_path, *lines)
    assert [str(each.place) for each in caught.value.problems] == ["more.csv, row 1, column Size class"]
    assert caught.value.code == "column-unclear"
    found = read(tmp_path, *lines, mapping={"columns": {"Size class": "maker_scale"}})
    assert {each.id: each.scale for each in found.bom.suppliers[1:]} == {"S-8": None, "S-9": "small"}


def test_beside_a_code_the_other_is_the_name(tmp_path: Path) -> None:
    found = read(tmp_path, "part;Vendor;Vendor code", "WHEEL;PT Roda;S-9")
    assert found.bom.suppliers[-1] == tkdn.Supplier(id="S-9", name="PT Roda")


def test_an_item_is_a_part_number_for_want_of_another(tmp_path: Path) -> None:
    assert read(tmp_path, "Item No.;price", "WHEEL;5").added[0].value == "5"
    found = read(tmp_path, "Item;Kode Barang;price", "1;WHEEL;5")
    assert (found.added[0].part, found.left_out) == ("WHEEL", ("Item",))


def test_a_second_name_is_a_specification(tmp_path: Path) -> None:
    found = read(tmp_path, "part;Name;Description", "WHEEL;Wheel;20 inch")
    assert (found.bom.parts[1].name, found.bom.parts[1].spec) == ("Wheel", "20 inch")


def test_two_headings_of_one_meaning_are_asked_about(tmp_path: Path) -> None:
    lines = "part;Unit price;List price", "WHEEL;5;6"
    with pytest.raises(BomError) as caught:
        read(tmp_path, *lines)
    assert caught.value.code == "duplicate-column"
    assert read(tmp_path, *lines, ignore=["List price"]).added[0].value == "5"
    assert read(tmp_path, *lines, mapping={"columns": {"Unit price": "-"}}).added[0].value == "6"


def test_its_own_name_wins_over_a_word(tmp_path: Path) -> None:
    found = read(tmp_path, "part;price;List price", "WHEEL;5;6")
    assert (found.added[0].value, found.left_out) == ("5", ("List price",))


def test_a_mapping_says_what_a_heading_means(tmp_path: Path) -> None:
    mapping = tmp_path / "second.toml"
    mapping.write_text('decimal = "comma"\n[columns]\n"Nr" = "id"\n"Wert" = "price"\n"Cert" = "certificate"\n')
    found = read(tmp_path, "Nr;Wert;Cert;X", "WHEEL;1.250;9/25;y", mapping=mapping)
    assert [(each.field, each.value) for each in found.added] == [("price", "1250"), ("evidence", "9/25")]
    assert found.left_out == ("X",)


@pytest.mark.parametrize(
    ("columns", "code"), [({"Prise": "price"}, "heading-unknown"), ({"price": "prise"}, "column-unknown")]
)
def test_a_mapping_that_does_not_fit(tmp_path: Path, columns: dict[str, str], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, "part;price", "WHEEL;5", mapping={"columns": columns})
    assert caught.value.code == code


def test_columns_of_bills_are_left_out_and_said_so(tmp_path: Path) -> None:
    found = read(tmp_path, "Level;Item code;Qty;Unit Price;Total price", "1;WHEEL;2;5;10")
    assert (found.left_out, found.added[0].value) == (("Level", "Qty", "Total price"), "5")


def test_without_part_numbers_the_remedy_names_the_mapping(tmp_path: Path) -> None:
    with pytest.raises(BomError, match=r'--second-map.*"heading" = "id"') as caught:
        read(tmp_path, "Bin;price", "A;5")
    assert caught.value.code == "missing-column"
