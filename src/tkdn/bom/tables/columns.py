"""The columns of every record table, once for all table formats: CSV files, sheets, templates, level lists.

A heading is matched by its key (`price_currency`), its English or its Indonesian text, or "English / Indonesia" in either
order; case, spaces, hyphens and underscores do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import get_args

from tkdn.bom.model import Brainware, Certificate, CostKind, CostLine, Production, Record, Supplier, Vehicle
from tkdn.errors import Location
from tkdn.textnorm import joined


class ColumnKind(Enum):
    """What a column holds."""

    ID = auto()
    """Text that other cells refer to: kept exactly, and never taken from a number that may have lost digits."""
    TEXT = auto()
    """Free text, kept exactly."""
    CODE = auto()
    """A code: currency, region, HS, KBLI."""
    COUNTRY = auto()
    """A country by its code, read by its name too."""
    CHOICE = auto()
    """One of the column's choices."""
    NUMBER = auto()
    PERCENT = auto()
    """A number in percent: 78 for 78%."""
    DATE = auto()
    TRUTH = auto()
    LIST = auto()
    """Several of the column's choices, with commas between; "-" for none of them."""
    RECORD = auto()
    """True where the record is there though nothing in it is known; only a file written from such a bill has it."""


NUMBERS = (ColumnKind.NUMBER, ColumnKind.PERCENT)
TEXTS = (ColumnKind.ID, ColumnKind.TEXT, ColumnKind.CODE, ColumnKind.COUNTRY)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its flat `key`, the `path` of its value in the JSON record, its headings and its notes in two languages.

    `needed`: a cell that must be filled where its record is there (all siblings in `path` empty means that it is not).
    `refers`: the table whose ids it names. `also`: further headings that mean this column.
    """

    key: str
    path: Location
    english: str
    indonesian: str
    note: str
    catatan: str
    kind: ColumnKind
    needed: bool
    choices: tuple[str, ...]
    refers: str
    also: tuple[str, ...] = ()

    @property
    def of_row(self) -> bool:
        """Whether it stands in the row's own record, not in one within it."""
        return len(self.path) == 1

    @property
    def names(self) -> tuple[str, ...]:
        """Every heading that means this column."""
        both = (f"{self.english} / {self.indonesian}", f"{self.indonesian} / {self.english}")
        return self.key, self.english, self.indonesian, *both, *self.also


@dataclass(frozen=True)
class RecordTable:
    """A table of records: its name in the document and as a file, its sheet's name in two languages, its columns.

    `about` is the column with the part that a row is about.
    """

    name: str
    english: str
    indonesian: str
    columns: tuple[Column, ...]
    about: str | None = None

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {joined(name): column for column in self.columns for name in column.names}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    def column(self, heading: str) -> Column | None:
        """The column that a heading means, or None."""
        return self._by_name.get(joined(heading))

    def column_at(self, path: Location) -> Column | None:
        """The column that holds the value at the path in a record, or the first one of the record there."""
        exact = (column for column in self.columns if column.path == path)
        within = (column for column in self.columns if path and column.path[: len(path)] == path)
        return next(exact, None) or next(within, None)


def table_named(name: str) -> RecordTable | None:
    """The table that a file or sheet name means, or None."""
    return _TABLE_BY_NAME.get(joined(name))


def _choices(model: type[Record], field: str) -> tuple[str, ...]:
    """The values that the model allows: the arguments of its `Literal[...] | None`."""
    return tuple(map(str, get_args(get_args(model.model_fields[field].annotation)[0])))


def _column(
    key: str,
    english: str,
    indonesian: str,
    note: str,
    catatan: str,
    kind: ColumnKind = ColumnKind.TEXT,
    *,
    path: str = "",
    needed: bool = False,
    choices: tuple[str, ...] = (),
    refers: str = "",
) -> Column:
    steps = tuple(int(step) if step.isdigit() else step for step in (path or key).split("."))
    return Column(key, steps, english, indonesian, note, catatan, kind, needed, choices, refers)


ID, TEXT, CODE, COUNTRY, CHOICE, NUMBER, PERCENT, DATE, TRUTH, LIST, RECORD = ColumnKind
_IDR = "ISO 4217; empty: the bill's currency. Example: USD"
_IDR_ID = "ISO 4217; kosong: mata uang daftar ini. Contoh: USD"

# fmt: off
PARTS = RecordTable("parts", "Parts", "Bagian", (
    _column("id", "Part number", "Nomor Bagian", "Unique part number, as text. Example: FRAME-01",
            "Nomor bagian yang unik, berupa teks. Contoh: FRAME-01", ID, needed=True),
    _column("name", "Name", "Uraian", "What it is called. Example: Chassis frame", "Nama bagian. Contoh: Rangka sasis"),
    _column("spec", "Specification", "Spesifikasi", "Free text. Example: SS400, 4 mm", "Teks bebas. Contoh: SS400, 4 mm"),
    _column("unit", "Unit", "Satuan", "Unit that price and quantities refer to; empty: pcs. Example: pcs, kg, m, l, lusin",
            "Satuan untuk harga dan jumlah; kosong: pcs. Contoh: pcs, kg, m, l, lusin"),
    _column("price", "Price", "Harga", "Delivered, without VAT, digits with a decimal point; empty where it is made from the "
            "parts below it. Example: 1250000.50", "Sampai di tempat, tanpa PPN, angka dengan titik desimal; kosong bila dibuat "
            "dari bagian di bawahnya. Contoh: 1250000.50", NUMBER, path="price.amount", needed=True),
    _column("price_currency", "Price currency", "Mata Uang Harga", _IDR, _IDR_ID, CODE, path="price.currency"),
    _column("price_per", "Price per", "Harga per Jumlah", "How many units the price is for; empty: 1. Example: 100",
            "Harga berlaku untuk berapa satuan; kosong: 1. Contoh: 100", NUMBER, path="price.per"),
    _column("conversion_cost", "Conversion cost", "Biaya Konversi", "Labour and overhead added per unit when it is made here; "
            "never together with a price. Example: 350000", "Biaya tenaga kerja dan overhead per satuan bila dibuat sendiri; "
            "tidak bersama harga. Contoh: 350000", NUMBER, path="conversion_cost.amount", needed=True),
    _column("conversion_cost_currency", "Conversion cost currency", "Mata Uang Biaya Konversi", _IDR, _IDR_ID, CODE,
            path="conversion_cost.currency"),
    _column("made_in", "Made in", "Negara Asal", "Country where it is made, by name or ISO 3166; empty: unknown. Example: ID",
            "Negara tempat dibuat, nama atau ISO 3166; kosong: tidak diketahui. Contoh: ID", COUNTRY),
    _column("supplier", "Supplier", "Pemasok", "Id of who sells it, from the table of suppliers. Example: S-1",
            "Kode pihak yang menjual, dari tabel pemasok. Contoh: S-1", ID, refers="suppliers"),
    _column("maker", "Maker", "Pembuat", "Id of who makes it; empty: the supplier. Example: S-2",
            "Kode pihak yang membuat; kosong: sama dengan pemasok. Contoh: S-2", ID, refers="suppliers"),
    _column("all_domestic_material", "All material domestic", "Seluruh Bahan Baku Dalam Negeri", "Whether all its raw material "
            "is domestic, true or false; empty: worked out from the parts below it",
            "Apakah seluruh bahan bakunya dari dalam negeri, ya atau tidak; kosong: dihitung dari bagian di bawahnya", TRUTH),
    _column("natural_resource", "Natural resource", "Sumber Daya Alam", "true: taken from nature or recycled in Indonesia",
            "ya: diambil dari alam atau hasil daur ulang di Indonesia", TRUTH),
    _column("main", "Main component", "Komponen Utama", "false: not a main component, such as consumables and "
            "packing; empty: true", "tidak: bukan komponen utama, seperti bahan habis pakai dan kemasan; kosong: ya", TRUTH),
    _column("phantom", "Phantom", "Rakitan Semu", "true: exists only on paper, its parts count as its parent's; empty: false",
            "ya: hanya ada di atas kertas, isinya dihitung milik induknya; kosong: tidak", TRUTH),
    _column("in_house", "In-house stage", "Tahap Internal", "true: made on the way by the maker of the good, never bought; "
            "empty: false", "ya: dibuat sendiri dalam proses oleh pembuat barang, tidak pernah dibeli; kosong: tidak", TRUTH),
    _column("production", "Production stated", "Data Produksi Ada", "true: production is stated, though nothing of it is known",
            "ya: data produksi ada walau isinya belum diketahui", RECORD),
    _column("factory", "Factory", "Kepemilikan Pabrik", "own: own or rented; partner_factory: by the firm "
            "itself in another's; outsourced: by another firm", "own: milik sendiri atau sewa; partner_factory: dikerjakan "
            "sendiri di pabrik pihak lain; outsourced: dikerjakan pihak lain", CHOICE,
            path="production.factory", choices=_choices(Production, "factory")),
    _column("activity", "Activity", "Kegiatan Produksi", "How it is made", "manufacture: produksi; packing: pengemasan; "
            "finishing: penyelesaian akhir; dismantling: penguraian; none: tanpa proses", CHOICE,
            path="production.activity", choices=_choices(Production, "activity")),
    _column("tariff_line_changed", "Tariff line changed", "Perubahan Pos Tarif", "true: making it changed the tariff line (HS); "
            "empty: told by the HS codes", "ya: prosesnya mengubah pos tarif (kode HS); kosong: dilihat dari kode HS", TRUTH,
            path="production.tariff_line_changed"),
    _column("hs_heading_changed", "HS heading changed", "Perubahan Pos HS", "Old name of Tariff line changed; still read",
            "Nama lama Perubahan Pos Tarif; masih dibaca", TRUTH, path="production.hs_heading_changed"),
    _column("made_by_licence", "Licence of the firm that makes it", "Izin Industri Pelaksana", "Of an outsourced good: true if "
            "the firm that makes it holds an industrial licence", "Untuk barang yang dikerjakan pihak lain: ya bila pelaksananya "
            "memiliki izin industri", TRUTH, path="production.made_by_licence"),
    _column("indonesian_workers", "Indonesian workers", "Tenaga Kerja WNI", "Direct workers, heads. Example: 40",
            "Tenaga kerja langsung, orang. Contoh: 40", NUMBER, path="production.indonesian_workers"),
    _column("foreign_workers", "Foreign workers", "Tenaga Kerja Asing", "Direct workers, heads; 0 is an answer. Example: 0",
            "Tenaga kerja langsung, orang; 0 adalah jawaban. Contoh: 0", NUMBER, path="production.foreign_workers"),
    _column("invested_in_indonesia", "Invested in Indonesia", "Investasi di Indonesia", "Whether its maker invested in Indonesia",
            "Apakah pembuatnya berinvestasi di Indonesia: ya atau tidak", TRUTH, path="production.invested_in_indonesia"),
    _column("normal_capacity", "Normal capacity", "Kapasitas Normal", "Units made in a month, for the cost method. Example: 120",
            "Satuan yang dibuat sebulan, untuk metode biaya. Contoh: 120", NUMBER, path="production.normal_capacity"),
    _column("brainware", "Brainware stated", "Data Litbang Ada", "true: R&D is stated, though nothing of it is known",
            "ya: data litbang ada walau isinya belum diketahui", RECORD),
    _column("rd_share_of_revenue", "R&D share of revenue", "Porsi Litbang terhadap Pendapatan", "Share of one, yearly average "
            "over five years. Example: 0.02 for 2%", "Bagian dari satu, rata-rata lima tahun. Contoh: 0.02 untuk 2%", NUMBER,
            path="brainware.rd_share_of_revenue"),
    _column("rd_unit", "R&D unit", "Unit Litbang", "Who does the R&D", "own: unit sendiri; third_party: pihak ketiga; none: "
            "tidak ada", CHOICE, path="brainware.rd_unit", choices=_choices(Brainware, "rd_unit")),
    _column("rd_programme", "R&D programme", "Program Litbang", "Whether there is an R&D programme",
            "Apakah ada program litbang: ya atau tidak", TRUTH, path="brainware.rd_programme"),
    _column("rd_used_in_product", "R&D used in product", "Hasil Litbang Digunakan", "Whether the product uses the R&D's results",
            "Apakah hasil litbang dipakai dalam produk: ya atau tidak", TRUTH, path="brainware.rd_used_in_product"),
    _column("vehicle", "Vehicle stated", "Data Kendaraan Ada", "true: the vehicle is stated, though nothing of it is known",
            "ya: data kendaraan ada walau isinya belum diketahui", RECORD),
    _column("wheels", "Wheels", "Jumlah Roda", "Of an electric vehicle", "Listrik; two_three: roda dua atau tiga; four: "
            "roda empat atau lebih", CHOICE, path="vehicle.wheels", choices=_choices(Vehicle, "wheels")),
    _column("converted", "Converted vehicle", "Kendaraan Konversi", "Whether it was converted to electric drive",
            "Apakah hasil konversi ke listrik: ya atau tidak", TRUTH, path="vehicle.converted"),
    _column("assembly_indonesian_share", "Indonesian assembly workers", "Porsi WNI Perakitan", "Share of one. Example: 0.9",
            "Bagian dari satu. Contoh: 0.9", NUMBER, path="vehicle.assembly_indonesian_share"),
    _column("assembly_labour_achieved", "Assembly labour achieved", "Capaian Pekerja Perakitan", "Share of one. Example: 0.8",
            "Bagian dari satu. Contoh: 0.8", NUMBER, path="vehicle.assembly_labour_achieved"),
    _column("assembly_tools_achieved", "Assembly tools achieved", "Capaian Alat Kerja Perakitan", "Share of one. Example: 0.5",
            "Bagian dari satu. Contoh: 0.5", NUMBER, path="vehicle.assembly_tools_achieved"),
    _column("development", "Development activities", "Kegiatan Pengembangan", "Done in Indonesia, with commas between; -: none. "
            "Example: prototyping, testing", "Dilakukan di Indonesia, dipisah koma; -: tidak ada. Contoh: prototyping, testing",
            LIST, path="vehicle.development"),
    _column("battery_investment", "Battery investment", "Investasi Baterai", "Investment realised. Example: 5000000000000",
            "Investasi yang direalisasikan. Contoh: 5000000000000", NUMBER, needed=True,
            path="vehicle.battery_investment.amount"),
    _column("battery_investment_currency", "Battery investment currency", "Mata Uang Investasi Baterai", _IDR, _IDR_ID, CODE,
            path="vehicle.battery_investment.currency"),
    _column("battery_investment_from", "Battery investment from", "Investasi Baterai Mulai", "First day it counts, YYYY-MM-DD",
            "Hari pertama berlaku, YYYY-MM-DD", DATE, path="vehicle.battery_investment_from"),
    _column("group", "Component group", "Kelompok Komponen", "For electric vehicles. Example: battery, drive_train, body, "
            "steering", "Untuk kendaraan listrik. Contoh: battery, drive_train, body, steering"),
    _column("hs_code", "HS code", "Kode HS", "4 to 10 digits, as text. Example: 87082995", "4 sampai 10 digit, berupa teks. "
            "Contoh: 87082995", CODE),
    _column("kbli", "KBLI code", "Kode KBLI", "Five digits, as text: the class of business the part is made in. Example: 29300",
            "Lima digit, berupa teks: lapangan usaha pembuatan bagian ini. Contoh: 29300", CODE),
), about="id")
USES = RecordTable("uses", "Uses", "Pemakaian", (
    _column("parent", "Parent", "Induk", "Part number of what it goes into. Example: CART-01",
            "Nomor bagian tempat dipakai. Contoh: CART-01", ID, needed=True, refers="parts"),
    _column("part", "Part", "Bagian", "Part number of what is used. Example: FRAME-01",
            "Nomor bagian yang dipakai. Contoh: FRAME-01", ID, needed=True, refers="parts"),
    _column("quantity", "Quantity", "Jumlah", "How much one unit of the parent takes, net. Example: 2.5",
            "Pemakaian bersih untuk satu satuan induk. Contoh: 2.5", NUMBER, needed=True),
    _column("unit", "Unit", "Satuan", "Unit of the quantity; empty: the part's unit. Example: cm",
            "Satuan jumlah; kosong: satuan bagian. Contoh: cm"),
    _column("scrap", "Scrap share", "Porsi Susut", "Share of one that is lost in making; empty: 0. Example: 0.05 for 5%",
            "Bagian dari satu yang hilang dalam proses; kosong: 0. Contoh: 0.05 untuk 5%", NUMBER),
    _column("valid_from", "Valid from", "Berlaku Mulai", "First day, YYYY-MM-DD; empty: always. Example: 2026-01-01",
            "Hari pertama, YYYY-MM-DD; kosong: selalu. Contoh: 2026-01-01", DATE),
    _column("valid_to", "Valid to", "Berlaku Sampai", "Last day, YYYY-MM-DD; empty: without end. Example: 2026-12-31",
            "Hari terakhir, YYYY-MM-DD; kosong: tanpa akhir. Contoh: 2026-12-31", DATE),
    _column("alternative_to", "Alternative to", "Pengganti dari", "Part number under the same parent that this can replace",
            "Nomor bagian di bawah induk yang sama yang dapat digantikan", ID, refers="parts"),
    _column("chosen", "Chosen", "Dipilih", "true: this alternative is the one that counts; empty: false",
            "ya: pengganti inilah yang dihitung; kosong: tidak", TRUTH),
), about="part")
SUPPLIERS = RecordTable("suppliers", "Suppliers", "Pemasok", (
    _column("id", "Supplier id", "Kode Pemasok", "Unique id, as text. Example: S-1", "Kode yang unik, berupa teks. Contoh: S-1",
            ID, needed=True),
    _column("name", "Name", "Nama", "Name of the firm. Example: CV Logam Subang", "Nama perusahaan. Contoh: CV Logam Subang"),
    _column("region", "Region code", "Kode Wilayah", "Code of province or regency, as text. Example: 32.13 (Kabupaten Subang)",
            "Kode provinsi atau kabupaten/kota, berupa teks. Contoh: 32.13 (Kabupaten Subang)", CODE),
    _column("scale", "Business scale", "Skala Usaha", "Size as stated; empty: follows from capital, else from sales",
            "micro: mikro; small: kecil; medium: menengah; large: besar; kosong: dari modal, atau penjualan", CHOICE,
            choices=_choices(Supplier, "scale")),
    _column("capital", "Business capital", "Modal Usaha", "Without land and buildings. Example: 1900000000",
            "Tanpa tanah dan bangunan. Contoh: 1900000000", NUMBER, path="capital.amount", needed=True),
    _column("capital_currency", "Capital currency", "Mata Uang Modal", _IDR, _IDR_ID, CODE, path="capital.currency"),
    _column("sales", "Yearly sales", "Penjualan Tahunan", "Sales of one year. Example: 12000000000",
            "Hasil penjualan setahun. Contoh: 12000000000", NUMBER, path="sales.amount", needed=True),
    _column("sales_currency", "Sales currency", "Mata Uang Penjualan", _IDR, _IDR_ID, CODE, path="sales.currency"),
    _column("workers", "Workers", "Tenaga Kerja", "All workers, heads. Example: 18", "Seluruh tenaga kerja, orang. Contoh: 18",
            NUMBER),
    _column("industrial_licence", "Industrial licence", "Izin Usaha Industri", "Whether it holds one; empty: not known",
            "Apakah memilikinya: ya atau tidak; kosong: tidak diketahui", TRUTH),
    _column("domestic_share", "Domestic share of equity", "Porsi Saham Dalam Negeri", "Share of one. Example: 0.51 for 51%",
            "Bagian dari satu. Contoh: 0.51 untuk 51%", NUMBER),
))
RATES = RecordTable("rates", "Rates", "Kurs", (
    _column("currency", "Currency", "Mata Uang", "ISO 4217. Example: USD", "ISO 4217. Contoh: USD", CODE, needed=True),
    _column("rate", "Rate in rupiah", "Kurs Rupiah", "Rupiah for the units of the currency. Example: 16250",
            "Rupiah untuk jumlah mata uang itu. Contoh: 16250", NUMBER, needed=True),
    _column("per", "Per units", "Per Jumlah", "How many units the rate is for; empty: 1. Example: 100 for JPY",
            "Kurs berlaku untuk berapa satuan; kosong: 1. Contoh: 100 untuk JPY", NUMBER),
    _column("from", "From date", "Mulai Tanggal", "First day it counts, YYYY-MM-DD. Example: 2026-01-01",
            "Hari pertama berlaku, YYYY-MM-DD. Contoh: 2026-01-01", DATE, needed=True),
))
CERTIFICATES = RecordTable("certificates", "Certificates", "Sertifikat", (
    _column("part", "Part", "Bagian", "Part number that the certificate is for. Example: FRAME-01",
            "Nomor bagian yang disertifikasi. Contoh: FRAME-01", ID, needed=True, refers="parts"),
    _column("number", "Certificate number", "Nomor Sertifikat", "As printed. Example: 123/SJ-IND.8/TKDN/2/2025",
            "Seperti tercetak. Contoh: 123/SJ-IND.8/TKDN/2/2025", ID, needed=True),
    _column("tkdn", "TKDN percent", "Nilai TKDN", "In percent. Example: 78.25", "Dalam persen. Contoh: 78.25", PERCENT,
            needed=True),
    _column("issued", "Issued", "Tanggal Terbit", "First day, YYYY-MM-DD. Example: 2026-02-01",
            "Hari pertama, YYYY-MM-DD. Contoh: 2026-02-01", DATE, needed=True),
    _column("expires", "Expires", "Berlaku Sampai", "Last day, YYYY-MM-DD; empty: the regulation's term. Example: 2031-01-31",
            "Hari terakhir, YYYY-MM-DD; kosong: masa berlaku menurut peraturan. Contoh: 2031-01-31", DATE),
    _column("regulation", "Regulation", "Peraturan", "Under which it was issued. Example: permenperin-35-2025",
            "Dasar penerbitannya. Contoh: permenperin-35-2025"),
    _column("kind", "Kind of document", "Jenis Dokumen", "certificate, or letter (Surat Keterangan), which earns nothing; empty: "
            "certificate", "certificate: sertifikat; letter: surat keterangan, tidak dihitung; kosong: sertifikat", CHOICE,
            choices=_choices(Certificate, "kind")),
    _column("holder", "Holder", "Pemegang Sertifikat", "Firm that holds it, by name or supplier id. Example: S-1",
            "Pemegangnya, nama atau kode pemasok. Contoh: S-1"),
    _column("factory", "Factory address", "Alamat Pabrik", "Factory that it names", "Pabrik yang disebut"),
    _column("type", "Type", "Tipe", "Type of the product, as printed", "Tipe produk, seperti tercetak"),
    _column("specification", "Certified specification", "Spesifikasi Sertifikat", "As printed", "Seperti tercetak"),
    _column("brand", "Brand", "Merek", "As printed", "Seperti tercetak"),
    _column("hs_code", "Certified HS code", "Kode HS Sertifikat", "As printed, as text. Example: 87082995",
            "Seperti tercetak, berupa teks. Contoh: 87082995", CODE),
    _column("self_declared", "Self-declared", "Pernyataan Mandiri", "true: declared by the maker itself",
            "ya: dinyatakan sendiri oleh pembuatnya", TRUTH),
    _column("withdrawn", "Withdrawn", "Tanggal Dicabut", "Day from which it no longer counts, YYYY-MM-DD",
            "Hari sejak tidak berlaku lagi, YYYY-MM-DD", DATE),
    _column("frozen_from", "Frozen from", "Dibekukan Mulai", "First day it is frozen, YYYY-MM-DD",
            "Hari pertama dibekukan, YYYY-MM-DD", DATE, path="frozen.0", needed=True),
    _column("frozen_to", "Frozen to", "Dibekukan Sampai", "Last day it is frozen, YYYY-MM-DD",
            "Hari terakhir dibekukan, YYYY-MM-DD", DATE, path="frozen.1", needed=True),
    _column("bmp", "BMP percent", "Nilai BMP", "In percent. Example: 12.5", "Dalam persen. Contoh: 12.5", PERCENT),
    _column("bmp_expires", "BMP expires", "BMP Berlaku Sampai", "Last day of the BMP, YYYY-MM-DD; empty: five years from the "
            "first certificate that carried it. Example: 2031-01-31", "Hari terakhir BMP, YYYY-MM-DD; kosong: lima tahun sejak "
            "sertifikat yang pertama memuatnya. Contoh: 2031-01-31", DATE),
), about="part")
COSTS = RecordTable("costs", "Costs", "Biaya", (
    _column("part", "Part", "Bagian", "Part number that the cost is for. Example: FRAME-01",
            "Nomor bagian yang memikul biaya. Contoh: FRAME-01", ID, needed=True, refers="parts"),
    _column("kind", "Kind of cost", "Jenis Biaya", "Which form of 16/2011 it belongs to", "material_service: jasa bahan; labour: "
            "tenaga kerja langsung; labour_service: jasa tenaga kerja; indirect_labour: tenaga kerja tidak langsung; "
            "machine_owned: mesin milik; machine_rented: mesin sewa; overhead_service: jasa overhead", CHOICE, needed=True,
            choices=tuple(get_args(CostKind))),
    _column("name", "Name", "Uraian", "What it is. Example: welders", "Nama biaya. Contoh: tukang las"),
    _column("number", "Number", "Jumlah", "Persons or units. Example: 12", "Orang atau unit. Contoh: 12", NUMBER, needed=True),
    _column("monthly", "Cost per month", "Biaya per Bulan", "Of one of them. Example: 5500000",
            "Untuk satu orang atau unit. Contoh: 5500000", NUMBER, path="monthly.amount", needed=True),
    _column("monthly_currency", "Currency", "Mata Uang", _IDR, _IDR_ID, CODE, path="monthly.currency"),
    _column("allocation", "Allocation share", "Porsi Alokasi", "Share of one that the good takes. Example: 0.5",
            "Bagian dari satu untuk barang ini. Contoh: 0.5", NUMBER, needed=True),
    _column("citizenship", "Citizenship", "Kewarganegaraan", "Of labour, country by name or code. Example: ID",
            "Tenaga kerja, nama atau kode negara. Contoh: ID", COUNTRY),
    _column("made_in", "Made in", "Negara Asal", "Of machines, country by name or code. Example: JP",
            "Mesin, nama atau kode negara. Contoh: JP", COUNTRY),
    _column("owner", "Owner", "Pemilik", "Of machines", "domestic: dalam negeri; mixed: campuran; foreign: asing", CHOICE,
            choices=_choices(CostLine, "owner")),
    _column("domestic_share", "Domestic share of equity", "Porsi Saham Dalam Negeri", "Where the owner is mixed. Example: 0.4",
            "Bila pemilik campuran. Contoh: 0.4", NUMBER),
    _column("tkdn", "TKDN percent", "Nilai TKDN", "Of services, in percent. Example: 100", "Jasa, dalam persen. Contoh: 100",
            PERCENT),
), about="part")
EVIDENCE = RecordTable("evidence", "Evidence", "Bukti", (
    _column("part", "Part", "Bagian", "Part number that the document is about. Example: FRAME-01",
            "Nomor bagian yang dibuktikan. Contoh: FRAME-01", ID, needed=True, refers="parts"),
    _column("certificate", "Certificate number", "Nomor Sertifikat", "Of a certificate of that part; empty: about the part "
            "itself", "Sertifikat bagian itu; kosong: tentang bagian itu sendiri", ID),
    _column("kind", "Kind of document", "Jenis Dokumen", "Example: invoice", "Contoh: faktur"),
    _column("number", "Document number", "Nomor Dokumen", "As printed. Example: INV-2026-001",
            "Seperti tercetak. Contoh: INV-2026-001"),
    _column("date", "Document date", "Tanggal Dokumen", "YYYY-MM-DD. Example: 2026-03-15", "YYYY-MM-DD. Contoh: 2026-03-15",
            DATE),
    _column("file", "File", "Berkas", "Name of the file. Example: invoice-001.pdf", "Nama berkas. Contoh: faktur-001.pdf"),
), about="part")
PRODUCT = RecordTable("product", "Product", "Produk", (
    _column("product", "Product", "Produk", "Part number of the good to assess; empty: the one part that no other uses",
            "Nomor bagian barang yang dinilai; kosong: satu-satunya bagian yang tidak dipakai bagian lain", ID, refers="parts"),
    _column("date", "Date", "Tanggal", "Day of the assessment, YYYY-MM-DD. Example: 2026-06-01",
            "Hari penilaian, YYYY-MM-DD. Contoh: 2026-06-01", DATE),
    _column("currency", "Currency", "Mata Uang", "Of prices without one, ISO 4217; empty: IDR",
            "Untuk harga tanpa mata uang, ISO 4217; kosong: IDR", CODE),
))
# fmt: on

TABLES = (PARTS, USES, SUPPLIERS, RATES, CERTIFICATES, COSTS, EVIDENCE, PRODUCT)
"""In the order in which they are read: parts before their certificates, certificates before their documents."""
NEEDED_TABLES = ("parts", "uses")
"""Without which there is no bill."""
_TABLE_BY_NAME = {joined(name): table for table in TABLES for name in (table.name, table.english, table.indonesian)}
