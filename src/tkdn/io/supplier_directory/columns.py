"""The columns of a directory's tables and of the table of needs."""

from __future__ import annotations

from dataclasses import replace

from tkdn.bom.tables.columns import CERTIFICATES, SUPPLIERS, Column, ColumnKind, RecordTable


def _column(
    key: str,
    english: str,
    indonesian: str,
    note: str,
    catatan: str,
    kind: ColumnKind,
    *,
    path: str = "",
    needed: bool = False,
) -> Column:
    return Column(key, tuple((path or key).split(".")), english, indonesian, note, catatan, kind, needed, (), "")


# fmt: off
_SUPPLIER = _column("supplier", "Supplier id", "Kode Pemasok", "Id from the table of suppliers", "Kode dari tabel pemasok",
                    ColumnKind.ID, needed=True)
_HS = _column("hs_code", "HS code", "Kode HS", "Eight digits, as text", "Delapan digit, berupa teks", ColumnKind.CODE)
_NEEDED_HS = _column("hs_code", "HS code", "Kode HS", "4 to 10 digits, as text; empty: the bill's",
                     "4 sampai 10 digit, berupa teks; kosong: menurut daftar", ColumnKind.CODE)
_SIZE = (
    _column("length_mm", "Length mm", "Panjang mm", "Millimetres. Example: 600", "Milimeter. Contoh: 600", ColumnKind.NUMBER),
    _column("width_mm", "Width mm", "Lebar mm", "Millimetres. Example: 400", "Milimeter. Contoh: 400", ColumnKind.NUMBER),
    _column("height_mm", "Height mm", "Tinggi mm", "Millimetres. Example: 300", "Milimeter. Contoh: 300", ColumnKind.NUMBER),
    _column("mass_kg", "Mass kg", "Massa kg", "Kilograms. Example: 25", "Kilogram. Contoh: 25", ColumnKind.NUMBER),
)
LISTED_SUPPLIERS = RecordTable("suppliers", "Suppliers", "Pemasok", (
    *SUPPLIERS.columns,
    _column("kbli", "KBLI codes", "Kode KBLI", "Five digits each, with commas between. Example: 24310, 25920",
            "Masing-masing lima digit, dipisah koma. Contoh: 24310, 25920", ColumnKind.LIST),
))
CAPABILITIES = RecordTable("capabilities", "Capabilities", "Kemampuan", (
    _SUPPLIER,
    _column("process", "Process", "Proses", "From the list of processes. Example: casting",
            "Dari daftar proses. Contoh: pengecoran", ColumnKind.TEXT, needed=True),
    _column("materials", "Materials", "Bahan", "From the list of materials, with commas between. Example: steel, cast_iron",
            "Dari daftar bahan, dipisah koma. Contoh: baja, besi cor", ColumnKind.LIST),
    _column("hs_prefixes", "HS prefixes", "Awalan HS", "First digits of HS codes, with commas between. Example: 7325, 8708",
            "Digit awal kode HS, dipisah koma. Contoh: 7325, 8708", ColumnKind.LIST),
    *_SIZE,
    _column("capacity", "Yearly capacity", "Kapasitas Setahun", "In the unit of the next column. Example: 24000",
            "Dalam satuan kolom berikut. Contoh: 24000", ColumnKind.NUMBER, path="capacity.amount", needed=True),
    _column("capacity_unit", "Capacity unit", "Satuan Kapasitas", "Example: pcs, kg, ton", "Contoh: pcs, kg, ton",
            ColumnKind.TEXT, path="capacity.unit", needed=True),
))
LISTED_CERTIFICATES = RecordTable("certificates", "Certificates", "Sertifikat", (
    _SUPPLIER, _HS, *(each for each in CERTIFICATES.columns[1:] if each.key != "hs_code"),
))
NEEDS = RecordTable("needs", "Needs", "Kebutuhan", (
    replace(CERTIFICATES.columns[0], note="Part number in the bill", catatan="Nomor bagian pada daftar"),
    _column("process", "Process", "Proses", "From the list of processes", "Dari daftar proses", ColumnKind.TEXT),
    _column("material", "Material", "Bahan", "From the list of materials", "Dari daftar bahan", ColumnKind.TEXT),
    _column("kbli", "KBLI code", "Kode KBLI", "Five digits; empty: the bill's", "Lima digit; kosong: menurut daftar",
            ColumnKind.CODE),
    _NEEDED_HS,
    *_SIZE,
    _column("quantity", "Yearly quantity", "Kebutuhan Setahun", "Empty: worked out from the yearly volume, where it is given",
            "Kosong: dihitung dari volume setahun bila diberikan", ColumnKind.NUMBER),
    _column("unit", "Unit", "Satuan", "Unit of the quantity; empty: the part's", "Satuan kebutuhan; kosong: satuan bagian",
            ColumnKind.TEXT),
    _column("note", "Note", "Catatan", "Free text", "Teks bebas", ColumnKind.TEXT),
), about="part")
# fmt: on
DIRECTORY = (LISTED_SUPPLIERS, CAPABILITIES, LISTED_CERTIFICATES)
