"""What cells say: money, origins, units, as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.part_lists.reading import prices, problems, read, text, understood

import tkdn
from tkdn.io.part_lists.cells import money
from tkdn.io.part_lists.headings import heading

HEAD = "Parent;Part No;Qty;Satuan;Harga (Rp);Asal"


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        *(("Rp 7.500/pcs", "7500"), ("@ Rp 500", "500"), ("Rp. 1.250.000,-", "1250000")),
        *(("1.250.000 IDR", "1250000"), ("Rp1.250,50", "1250.5"), ("₹1,00,000.50", "100000.5")),
        *(("5 Rupiah", "5"), ("12.50 US Dollar", "12.5"), ("12.50 ringgit", "12.5")),
    ],
)
def test_prices(written: str, amount: str, tmp_path: Path) -> None:
    path = text(tmp_path, HEAD, f"CART;WHEEL;2,5;pcs;{written};")
    assert prices(read(path)) == {"WHEEL": amount}


@pytest.mark.parametrize("written", ["5 Dollar", "Dollar 5", "$5", "5 dolar"])
def test_a_price_in_dollars_is_asked_for_whose_they_are(written: str, tmp_path: Path) -> None:
    (asked,) = tkdn.read_list(text(tmp_path, "Parent;Part No;Qty;Price", f"CART;WHEEL;2;{written}")).questions
    assert (asked.code, asked.about) == ("currency-sign", "$")


@pytest.mark.parametrize("written", ["₹1,000,00", "₹10,00,0"])
def test_other_groups_of_digits_are_no_numbers(written: str, tmp_path: Path) -> None:
    path = text(tmp_path, HEAD, f"CART;WHEEL;2;pcs;{written};", "CART;TUBE;2,5;pcs;₹2.50;")
    assert "number-invalid" in {code for code, *_ in problems(path)}


def test_a_price_for_another_unit_than_the_quantity_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, HEAD, "CART;TUBE;2,5;pcs;Rp 42.000/kg;")
    assert problems(path) == [("unit-mismatch", 2, "Harga (Rp)")]


@pytest.mark.parametrize(
    ("written", "country"),
    [
        *(
            ("Impor (Jepang)", "JP"),
            ("Import - China", "CN"),
            ("Impor", "XX"),
            ("N/A", None),
            ("NA", None),
            ("XX", None),
        ),
        *(("Import China", "CN"), ("Impor dari Korea Selatan", "KR")),
    ],
)
def test_origins_beside_the_word_for_imported(written: str, country: str | None, tmp_path: Path) -> None:
    path = text(tmp_path, HEAD, f"CART;WHEEL;2,5;pcs;;{written}")
    assert read(path).bom.parts[1].made_in == country


def test_imported_from_home_is_no_origin(tmp_path: Path) -> None:
    assert problems(text(tmp_path, HEAD, "CART;WHEEL;2,5;pcs;;Impor (Indonesia)")) == [("country-unknown", 2, "Asal")]


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Stück", "pcs"),
        ("btg", "batang"),
        ("lbr", "lembar"),
        ("psg", "pasang"),
        ("M²", "m2"),
        ("ROL", "roll"),
        ("Stk.", "pcs"),
        ("KGM", "kg"),
        ("MTR", "m"),
        ("H87", "pcs"),
    ],
)
def test_units_in_three_languages(written: str, unit: str, tmp_path: Path) -> None:
    path = text(tmp_path, HEAD, f"CART;WHEEL;2,5;{written};;")
    assert read(path).bom.parts[1].unit == unit


def test_headings_that_say_for_one(tmp_path: Path) -> None:
    path = text(tmp_path, "Lvl;Part No.;Q'ty;Price/pc (USD)", "0;CART;;", "1;WHEEL;2;12.5")
    assert prices(read(path)) == {"WHEEL": "12.5"}


def test_a_certificate_without_a_column_for_its_day_of_issue_is_told_once(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty;Nomor Sertifikat;Nilai TKDN", "CART;A;2;1/2025;40", "CART;B;2;2/2025;50")
    assert problems(path) == [("missing-column", 1, None)]


def test_a_tkdn_without_a_certificate_is_noted(tmp_path: Path) -> None:
    reading = read(text(tmp_path, "Parent;Part No;Qty;TKDN (%)", "CART;A;2;40"))
    assert [note.code for note in understood(reading).notes] == ["tkdn-alone"]
    assert reading.bom.parts[1].certificates == ()


@pytest.mark.parametrize(("heads", "cells", "kbli"), [("KBLI", "29300", "29300"), ("Pemasok;KBLI", "S-1;29300", None)])
def test_the_kbli_of_a_firm_does_not_become_the_parts(heads: str, cells: str, kbli: str | None, tmp_path: Path) -> None:
    """Next to a supplier it was put to the part."""
    path = text(tmp_path, f"Parent;Part No;Qty;{heads}", f"CART;WHEEL;2;{cells}")
    assert read(path).bom.parts[1].kbli == kbli


@pytest.mark.parametrize(
    ("cell", "code"), [("8708", "8708"), ("HS 8708.29.95", "8708.29.95"), ("8708 2995", "87082995"), ("", None)]
)
def test_hs_codes_of_lists_are_kept_as_given(cell: str, code: str | None, tmp_path: Path) -> None:
    """8708 was refused."""
    path = text(tmp_path, "Parent;Part No;Qty;Kode HS", f"CART;WHEEL;2;{cell}")
    assert read(path).bom.parts[1].hs_code == code


def test_a_wrong_hs_code_of_a_list_is_told_at_its_cell(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty;Kode HS", "CART;WHEEL;2;870")
    assert problems(path) == [("hs-code-invalid", 2, "Kode HS")]


def test_one_part_in_two_rows_with_the_digits_of_one_hs_code(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty;HS", "CART;WHEEL;2;8708.29.95", "CART;TRAY;1;", "TRAY;WHEEL;1;87082995")
    assert read(path).bom.parts[1].hs_code == "8708.29.95"


@pytest.mark.parametrize("origins", [("Impor", "RRC"), ("RRC", "Impor")])
def test_one_part_in_two_rows_imported_and_from_a_country(origins: tuple[str, str], tmp_path: Path) -> None:
    path = text(
        tmp_path, "Parent;Part No;Qty;Asal", f"CART;WHEEL;2;{origins[0]}", "CART;TRAY;1;", f"TRAY;WHEEL;1;{origins[1]}"
    )
    made_in = {part.id: part.made_in for part in read(path).bom.parts}
    assert made_in["WHEEL"] == "CN"


def test_one_part_in_two_rows_imported_and_from_home_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, "Parent;Part No;Qty;Asal", "CART;WHEEL;2;Impor", "CART;TRAY;1;", "TRAY;WHEEL;1;Indonesia")
    assert problems(path) == [("level-conflict", 4, "Asal")]


@pytest.mark.parametrize("cell", ["a" + " " * 20_000 + "b", "(" * 20_000, "1." * 10_000, "R " * 10_000])
def test_cells_that_are_too_long_for_an_amount_or_a_heading_are_text(cell: str) -> None:
    """Patterns looked at the first of these for 40 seconds each."""
    found = money(cell)
    assert (found.currency, found.per) == (None, None)
    assert heading(cell).currency is None
