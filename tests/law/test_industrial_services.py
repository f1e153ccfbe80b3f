"""Lampiran III: the 71 KBLI of industrial services, as printed."""

from __future__ import annotations

import pytest

from tkdn.law.industrial_services import industrial_service, industrial_services


def test_there_are_71_in_the_order_of_the_text() -> None:
    services = industrial_services()
    assert [each.row for each in services.by_kbli.values()] == list(range(1, 72))
    assert all(kbli == each.kbli and len(kbli) == 5 and kbli.isdigit() for kbli, each in services.by_kbli.items())
    assert "".join(dict.fromkeys(each.group for each in services.by_kbli.values())) == "ABCDEFGHIJKL"
    assert services.groups["D"] == "Jasa Proses Industri"
    assert (services.article, services.confidence) == ("Pasal 16, Lampiran III", "text")


@pytest.mark.parametrize(
    ("kbli", "row", "title"),
    [
        ("71102", 1, "Aktivitas Keinsinyuran dan Konsultasi Teknis YBDI"),
        ("71206", 4, "Analisis dan Uji Teknis Lainnya"),
        ("71209", 46, "Analisis dan Uji Teknis Lainnya"),
        ("25920", 17, "Jasa Industri untuk Berbagai Pengerjaan Khusus Logam dan Barang dari Logam"),
        ("33111", 18, "Reparasi Produk Logam Siap Pasang untuk Bangunan, Tangki, Tandon Air dan Generator Uap"),
        ("82920", 47, "Aktivitas Pengepakan"),
        (
            "77391",
            71,
            "Aktivitas Penyewaan dan Sewa Guna Usaha Tanpa Hak Opsi Mesin dan Peralatan Industri Pengolahan",
        ),
    ],
)
def test_rows_as_printed(kbli: str, row: int, title: str) -> None:
    found = industrial_service(kbli)
    assert found is not None
    assert (found.row, found.title) == (row, title)


def test_what_is_listed_for_a_part_only() -> None:
    only = {each.row: each.only for each in industrial_services().by_kbli.values() if each.only}
    assert sorted(only) == [1, 2, 63, 64, 65, 66, 67, 68]
    assert only[64] == "Khusus komik"


def test_work_on_metal_is_25920_and_division_33() -> None:
    metal = {kbli for kbli, each in industrial_services().by_kbli.items() if each.metal}
    assert metal == {kbli for kbli in industrial_services().by_kbli if kbli == "25920" or kbli.startswith("33")}
    assert len(metal) == 18


@pytest.mark.parametrize("kbli", ["29200", "2592", "", "33"])
def test_others_are_none(kbli: str) -> None:
    assert industrial_service(kbli) is None
