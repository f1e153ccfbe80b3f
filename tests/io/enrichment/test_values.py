"""Cells of a second file as people write them: words, money, heads, shares, days; what can be read in two ways is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.io.tkdn_formats.full import save_sheets
from tests.support.build import bill, good, part

from tkdn import Bom, BomError, Enrichment, enrich

CART = Bom.from_dict(bill(good("CART"), part("WHEEL"), part("FRAME"), uses={"CART": "WHEEL FRAME"}))


def read(tmp_path: Path, head: str, *rows: str, **options: Any) -> Enrichment:
    path = tmp_path / "more.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return enrich(CART, path, **options)


def value(tmp_path: Path, heading: str, text: str, beside: str = "", stated: str = "") -> str | None:
    """What a cell under a heading is read as; other columns with their cells beside it."""
    found = read(tmp_path, f"part;{heading}{beside}", f"WHEEL;{text}{stated}")
    return next((each.value for each in found.added), None)


def codes(tmp_path: Path, head: str, *rows: str, **options: Any) -> list[str]:
    with pytest.raises(BomError) as caught:
        read(tmp_path, head, *rows, **options)
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        *(("Kecil", "small"), ("MIKRO", "micro"), ("Usaha Menengah", "medium"), ("besar", "large"), ("groß", "large")),
        *(("small", "small"), ("industri kecil", "small"), ("Kleinunternehmen", "small")),
    ],
)
def test_sizes(tmp_path: Path, text: str, scale: str) -> None:
    found = read(tmp_path, "part;supplier;size class", f"WHEEL;S-1;{text}")
    assert found.bom.suppliers[-1].scale == scale


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        *(("ada", True), ("ya", True), ("Ja", True), ("yes", True), ("-", None)),
        *(("belum", False), ("tidak ada", False), ("nein", False), ("tidak diketahui", None)),
    ],
)
def test_licences(tmp_path: Path, text: str, licence: bool | None) -> None:
    found = read(tmp_path, "part;supplier;Izin Usaha", f"WHEEL;S-1;{text}")
    assert found.bom.suppliers[-1].industrial_licence is licence


@pytest.mark.parametrize(
    ("heading", "text", "read_as"),
    [
        ("Pabrik", "Sendiri", "own"),
        ("factory", "milik sendiri", "own"),
        ("factory", "maklon", "outsourced"),
        ("Kepemilikan Pabrik", "pabrik mitra", "partner_factory"),
        ("Kegiatan", "pengemasan", "packing"),
        ("Tenaga Kerja WNI", "4 orang", "4"),
        ("Tenaga Kerja Asing", "1.200 orang", "1200"),
        ("TKA", "-", None),
        ("Negara Asal", "Tiongkok (RRC)", None),
        ("Negara Asal", "RRC", "CN"),
        ("Ursprungsland", "Deutschland", "DE"),
        ("Harga Satuan", "Rp 980.500,50", "980500.50 IDR"),
        ("Harga", "Rp. 1.250.000,-", "1250000 IDR"),
        ("Unit Price (USD)", "12.50", "12.50 USD"),
        ("Harga (ribu Rp)", "1,5", "1500 IDR"),
        ("Price", "USD 8.10 / 100 pcs", "8.10 USD per 100"),
        ("Price per 100", "12.50", "12.50 per 100"),
    ],
)
def test_cells_as_people_write_them(tmp_path: Path, heading: str, text: str, read_as: str | None) -> None:
    if text.endswith("(RRC)"):
        assert codes(tmp_path, f"part;{heading}", f"WHEEL;{text}") == ["country-unknown"]
    else:
        assert value(tmp_path, heading, text) == read_as


def test_a_region_by_its_name(tmp_path: Path) -> None:
    found = read(tmp_path, "part;supplier;Kota", "WHEEL;S-1;Kab. Subang")
    assert found.bom.suppliers[-1].region == "32.13"


@pytest.mark.parametrize(("text", "share"), [("51%", "0.51"), ("0.51", "0.51"), ("51,5 %", "0.515")])
def test_shares(tmp_path: Path, text: str, share: str) -> None:
    found = read(tmp_path, "part;supplier;supplier_domestic_share", f"WHEEL;S-1;{text}")
    assert str(found.bom.suppliers[-1].domestic_share) == share


def test_currencies_that_contradict_or_are_not_clear_are_asked(tmp_path: Path) -> None:
    assert codes(tmp_path, "part;price;currency", "WHEEL;Rp 5;USD") == ["currency-unclear"]
    assert codes(tmp_path, "part;price", "WHEEL;$ 5") == ["currency-unclear"]
    assert codes(tmp_path, "part;price;currency", "WHEEL;5;$") == ["currency-unclear"]
    assert value(tmp_path, "price", "5", ";currency", ";Rp") == "5 IDR"
    found = read(tmp_path, "part;price", "WHEEL;5", mapping={"currency": "USD"})
    assert found.added[0].value == "5 USD"


def test_percentages_of_a_sheet(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    head = ["part", "certificate no", "TKDN", "issued"]
    path = save_sheets(tmp_path / "more.xlsx", {"Data": [head, ["WHEEL", "1/25", 0.614, "2025-01-31"]]})
    book = load_workbook(path)
    book["Data"]["C2"].number_format = "0.0%"
    book.save(path)
    assert str(enrich(CART, path).bom.parts[1].certificates[0].tkdn) == "61.4"


# Decimals


CERTIFIED = "part;certificate no;issued;TKDN;price"


def priced(tmp_path: Path, *cells: str) -> list[str]:
    rows = [f"{id_};1/25;2025-01-31;{cell}" for id_, cell in zip(("WHEEL", "FRAME"), cells, strict=False)]
    found = read(tmp_path, CERTIFIED, *rows)
    return [each.value for each in found.added if each.field == "price"]


def test_a_rupiah_price_has_no_thousandths(tmp_path: Path) -> None:
    assert priced(tmp_path, "61.40;850.000") == ["850000"]
    assert priced(tmp_path, "61,40;850,000") == ["850000"]
    assert priced(tmp_path, "61.40;1.850.000", "50.25;900.000") == ["1850000", "900000"]


def test_columns_with_marks_of_their_own(tmp_path: Path) -> None:
    assert priced(tmp_path, "61.40;1.850.000,50") == ["1850000.50"]


def test_a_column_that_shows_both_is_asked_about(tmp_path: Path) -> None:
    assert codes(tmp_path, "part;price", "WHEEL;850.000", "FRAME;12.5") == ["decimal-mixed"]
    assert codes(tmp_path, "part;price", "WHEEL;850.000", "FRAME;850,000") == ["decimal-unclear"]
    assert codes(tmp_path, CERTIFIED, "WHEEL;1/25;2025-01-31;61.4;850.000", "FRAME;2/25;2025-01-31;61.4;850,000") == [
        "decimal-mixed"
    ]


def test_a_price_in_dollars_may_have_them(tmp_path: Path) -> None:
    found = read(tmp_path, "part;price;currency;price_per", "WHEEL;1.125;USD;", "FRAME;12.5;USD;")
    assert [each.value for each in found.added] == ["1.125 USD", "12.5 USD"]


# Days


def test_days_of_a_file(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "part;certificate no;tkdn;issued;valid until",
        "WHEEL;1/25;60;03/04/2025;14/09/2029",
        "FRAME;2/25;60;12 Maret 2025;14-Sep-2029",
    )
    days = [(str(each.issued), str(each.expires)) for row in found.bom.parts for each in row.certificates]
    assert days == [("2025-04-03", "2029-09-14"), ("2025-03-12", "2029-09-14")]
    assert "Dates are read day first, as 14/09/2029 shows.\n" in found.to_text()
    assert found.to_dict()["dates"] == {"order": "day-first", "because": "14/09/2029"}


@pytest.mark.parametrize(("head", "asked"), [("issued", True), ("Tanggal Terbit", False), ("Ausstellungsdatum", False)])
def test_an_ambiguous_day_is_asked_unless_the_file_is_indonesian_or_german(
    tmp_path: Path, head: str, asked: bool
) -> None:
    lines = f"part;certificate no;tkdn;{head}", "WHEEL;1/25;60;03/04/2025"
    if asked:
        assert codes(tmp_path, *lines) == ["date-ambiguous"]
        found = read(tmp_path, *lines, dates="month-first")
        assert str(found.bom.parts[1].certificates[0].issued) == "2025-03-04"
    else:
        assert str(read(tmp_path, *lines).bom.parts[1].certificates[0].issued) == "2025-04-03"


def test_a_day_that_does_not_fit_what_is_stated(tmp_path: Path) -> None:
    lines = "part;certificate no;tkdn;issued", "WHEEL;1/25;60;09/14/2025"
    assert codes(tmp_path, *lines, dates="day-first") == ["date-invalid"]
