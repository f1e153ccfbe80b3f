"""Synthetic filled forms of Permenperin 16/2011 as workbooks: the shape of the ministry's, the content made up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

HEADER = [
    ["Penyedia Barang/Jasa", ":", "Contoh (synthetic)"],
    ["Hasil Produksi", ":", "Meja kerja baja (synthetic)"],
    ["Jenis Produk", ":", "Perabot bengkel"],
    ["Spesifikasi", ":", "1200 x 700 mm"],
    ["Standar", ":", "-"],
]
MATERIAL: Rows = [
    ["No", "Uraian", "Spesifikasi", "Satuan Bahan Baku", "Negara asal", "Pemasok/Produsen tingkat 2", "TKDN (%)",
     "Jumlah pemakaian untuk 1 (satu) satuan produk", "Harga satuan Material (Rp)", "Biaya (Rp)", None, None],
    [None, None, None, None, None, None, None, None, None, "KDN", "KLN", "Total"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10) = (7) x (8) x (9)", "(11)", "(12)"],
]  # fmt: skip
LABOUR: Rows = [
    ["No", "Uraian", "Kewarganegaraan", "TKDN (%)", "Jumlah (orang)", "Gaji per bulan (Rp)",
     "Alokasi gaji u/ produk yang dinilai (%)", "Biaya (Rp)", None, None],
    [None, None, None, None, None, None, None, "KDN", "KLN", "Total"],
]  # fmt: skip
MACHINES: Rows = [
    ["No", "Uraian", "Spesifikasi", "Jumlah (Unit)", "Alat Kerja", None, None, "Biaya Depresiasi Per Bulan (Rp)",
     "Alokasi Penggunaan Untuk Produk Yang Dinilai (%)", "Biaya (Rp)", None, None],
    [None, None, None, None, "Dibuat", "Dimiliki", "TKDN (%)", None, None, "KDN", "KLN", "Total"],
]  # fmt: skip
RECAP: Rows = [["Uraian", "Biaya (Rp)", None, None, "TKDN (%)"], [None, "KDN", "KLN", "Total", None]]

ROWS: list[list[object]] = [
    [
        1,
        "Pelat baja",
        "SPHC",
        "kg",
        "Indonesia",
        "Pabrik baja (synthetic)",
        58.64,
        0.2,
        500_000,
        58_640,
        41_360,
        100_000,
    ],
    [2, "Pipa", "STKM", "m", "Indonesia", "Pabrik pipa (synthetic)", 40, 2, 30_000, 24_000, 36_000, 60_000],
    [3, "Roda", "4 inci", "buah", "RRC", "Importir (synthetic)", 0, 4, 25_000, 0, 100_000, 100_000],
]


def form(title: str, heading: Rows, rows: Rows, *foot: Sequence[object]) -> list[list[object]]:
    """A form with its header block."""
    return [list(row) for row in ([f"Formulir {title}"], *HEADER, [], *heading, *rows, *foot)]


def material(rows: Rows = ROWS, total: Sequence[object] = (82_640, 177_360, 260_000)) -> list[list[object]]:
    foot: list[object] = ["TOTAL", *[None] * 8, *total]
    return form("1.1 : Bahan Baku", MATERIAL, rows, foot)


def labour() -> list[list[object]]:
    rows: Rows = [[1, "Las", "WNI", 100, 4, 4_000_000, 50, 8_000_000, 0, 8_000_000]]
    return form("1.3 : Tenaga Kerja Langsung", LABOUR, rows, ["TOTAL", *[None] * 6, 8_000_000, 0, 8_000_000],
                ["Kapasitas normal per bulan", *[None] * 8, 200],
                ["Biaya produksi per 1 satuan produk", *[None] * 6, 40_000, 0, 40_000])  # fmt: skip


def machines() -> list[list[object]]:
    rows: Rows = [[1, "Mesin las", "MIG", 2, "Jepang", "DN", 75, 600_000, 50, 450_000, 150_000, 600_000]]
    return form("1.6 : Mesin dimiliki sendiri", MACHINES, rows, ["TOTAL", *[None] * 8, 450_000, 150_000, 600_000],
                ["Kapasitas normal per bulan", *[None] * 10, 200])  # fmt: skip


def recap(kdn: object = 124_890, kln: object = 178_110) -> list[list[object]]:
    rows: Rows = [["I. Bahan langsung", 82_640, 177_360, 260_000, 27.27]]
    return form("1.9 : Rekapitulasi", RECAP, rows, ["TOTAL", kdn, kln, 303_000, 41.22])


def write(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
