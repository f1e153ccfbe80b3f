"""The messages shown in docs/errors.md are those that the library gives: each is provoked here, and looked up in the page."""

from __future__ import annotations

import copy
import datetime
import errno
import html
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import numbers
from pyarrow import parquet
from tests.portfolio.catalogues import write_rows
from tests.portfolio.test_run import die
from tests.support import extreme

import tkdn
from tkdn import Bom, Directory, TkdnError
from tkdn.bom.cyclonedx.cyclonedx_reading import from_cyclonedx
from tkdn.bom.cyclonedx.cyclonedx_writing import to_cyclonedx
from tkdn.bom.tables.columns import PARTS
from tkdn.cli.bill_options import Asked
from tkdn.cli.bills import assess as assess_command
from tkdn.documents import benefit, bids, from_dict, write_benefit_forms
from tkdn.io.tkdn_formats import workbook
from tkdn.io.tkdn_formats.template import write_template
from tkdn.law.loading import load
from tkdn.portfolio import run as portfolio_run

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
Document = dict[str, Any]
Provoke = Callable[[Path], object]
CART: Document = {
    "format": "tkdn-bom",
    "version": 1,
    "product": "CART",
    "date": "2026-06-01",
    "parts": [{"id": "CART", "made_in": "ID"}, {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "ID"}],
    "uses": [{"parent": "CART", "part": "WHEEL", "quantity": "2"}],
}
CERTIFICATE = {"number": "123/2025", "tkdn": "78", "issued": "2025-02-01"}
EXAMPLES: dict[str, Provoke] = {}


def document(change: Callable[[Document], object]) -> Document:
    """The cart with a change."""
    changed = copy.deepcopy(CART)
    change(changed)
    return changed


def bill(code: str, change: Callable[[Document], object]) -> None:
    """A bill that is refused when it is read."""
    EXAMPLES[code] = lambda _: Bom.from_dict(document(change))


def wheel(code: str, **fields: Any) -> None:
    """A bill that is refused for what it says of the wheel."""
    bill(code, lambda cart: cart["parts"][1].update(fields))


def use(code: str, **fields: Any) -> None:
    """A bill that is refused for what it says of the use of the wheel."""
    bill(code, lambda cart: cart["uses"][0].update(fields))


def text(code: str, content: str | bytes) -> None:
    """A JSON text that is refused."""
    EXAMPLES[code] = lambda _: Bom.from_json(content)


def folder(code: str, parts: str | None, uses: str | None, **more: str) -> None:
    """A folder of CSV files that is refused."""

    def read(tmp: Path) -> object:
        (tmp / "cart").mkdir()
        for name, content in {"parts": parts, "uses": uses, **more}.items():
            if content is not None:
                (tmp / "cart" / f"{name}.csv").write_text(content, encoding="utf-8")
        return tkdn.read_bom(tmp / "cart")

    EXAMPLES[code] = read


def listed(code: str, *rows: str) -> None:
    """An indented list that is refused."""

    def read(tmp: Path) -> object:
        (tmp / "cart.csv").write_text("\n".join(("level,part,quantity,price", *rows)), encoding="utf-8")
        return tkdn.read_bom(tmp / "cart.csv")

    EXAMPLES[code] = read


def sheet(code: str, name: str, cell: str, value: object, number_format: str = "General") -> None:
    """A workbook that is refused for one cell."""

    def read(tmp: Path) -> object:
        write_template(tmp / "bill.xlsx")
        book = openpyxl.load_workbook(tmp / "bill.xlsx")
        cells: Any = book[name]
        cells[cell] = value
        cells[cell].number_format = number_format
        book.save(tmp / "bill.xlsx")
        return tkdn.read_bom(tmp / "bill.xlsx")

    EXAMPLES[code] = read


def call(code: str, function: Callable[[], object]) -> None:
    """A call that is refused."""
    EXAMPLES[code] = lambda _: function()


def regulation(code: str, old: str, new: str) -> None:
    """A regulation file that is refused."""
    source = Path(tkdn.__file__).parent / "law" / "regulations" / "pp-29-2018.toml"
    EXAMPLES[code] = lambda _: load(source.read_text(encoding="utf-8").replace(old, new, 1), source.name)


def cart() -> Bom:
    return Bom.from_dict(CART)


# The document
bill("format-unknown", lambda cart: cart.update(format="bom"))
bill("version-unknown", lambda cart: cart.update(version=2))
text("json-malformed", '{"format": "tkdn-bom",}')
text("encoding", b'{"format": "tkdn-bom", "product": "R\xf6da"}')
text("duplicate-key", '{"format": "tkdn-bom", "version": 1, "parts": [{"id": "SAND", "unit": "kg", "unit": "g"}]}')
use("unknown-key", quantitiy="2")
bill("missing-key", lambda cart: cart["uses"][0].pop("quantity"))
wheel("wrong-type", name=5)
bill("value-unknown", lambda cart: cart["parts"][0].update(production={"factory": "rented"}))

# Values
wheel("number-invalid", price={"amount": "1.250.000,50"})
wheel("number-too-large", price={"amount": "1e30"})
use("number-not-positive", quantity="0")
bill("number-negative", lambda cart: cart["parts"][0].update(conversion_cost={"amount": "-1"}))
wheel("percent-out-of-range", certificates=[{**CERTIFICATE, "tkdn": "178"}])
bill("share-out-of-range", lambda cart: cart["parts"][0].update(brainware={"rd_share_of_revenue": "2"}))
use("scrap-out-of-range", scrap="5")
bill("heads-invalid", lambda cart: cart["parts"][0].update(production={"indonesian_workers": "2.5"}))
bill("date-invalid", lambda cart: cart.update(date="1/6/2026"))
wheel("true-false-invalid", main="yes")
wheel("id-invalid", id="WHEEL ")
wheel("text-invalid", name="\ud800")
wheel("country-unknown", made_in="Indonesia")
wheel("currency-invalid", price={"amount": "150000", "currency": "Rp"})
bill("region-invalid", lambda cart: cart.update(suppliers=[{"id": "S-1", "region": "3213"}]))
bill("region-unknown", lambda cart: cart.update(suppliers=[{"id": "S-1", "region": "32.99"}]))
wheel("hs-code-invalid", hs_code="870")
wheel("kbli-invalid", kbli="293")
wheel("certificate-dates-reversed", certificates=[{**CERTIFICATE, "expires": "2024-02-01"}])

# Between records
bill("duplicate-id", lambda cart: cart["parts"].append({"id": "WHEEL"}))
use("unknown-part", part="WHEELS")
wheel("unknown-supplier", supplier="S-1")
wheel("unknown-maker", maker="S-1")
wheel("unit-unknown", unit="kgs")
use("unit-mismatch", unit="kg")
use("use-dates-reversed", valid_from="2026-06-01", valid_to="2026-01-01")
bill(
    "alternative-unknown",
    lambda cart: (
        cart["parts"].append({"id": "WHEEL-CN"}),
        cart["uses"].append({"parent": "CART", "part": "WHEEL-CN", "quantity": "2", "alternative_to": "WHEELS"}),
    ),
)
bill(
    "two-alternatives-chosen",
    lambda cart: [
        (
            cart["parts"].append({"id": id_}),
            cart["uses"].append(
                {"parent": "CART", "part": id_, "quantity": "2", "alternative_to": "WHEEL", "chosen": True}
            ),
        )
        for id_ in ("WHEEL-CN", "WHEEL-VN")
    ],
)
bill("duplicate-rate", lambda cart: cart.update(rates=[{"currency": "USD", "rate": "16250", "from": "2026-01-01"}] * 2))
bill("rate-for-rupiah", lambda cart: cart.update(rates=[{"currency": "IDR", "rate": "1", "from": "2026-01-01"}]))
bill("loop", lambda cart: cart["uses"].append({"parent": "WHEEL", "part": "CART", "quantity": "1"}))
bill("product-missing", lambda cart: (cart.pop("product"), cart.update(parts=[], uses=[])))
bill("product-ambiguous", lambda cart: (cart.pop("product"), cart["parts"].append({"id": "TRAY"})))
bill("product-unknown", lambda cart: cart.update(product="CARTS"))

# Contradictions
wheel("contradiction-price-and-conversion", conversion_cost={"amount": "5000"})
wheel("contradiction-made-abroad", made_in="CN", certificates=[CERTIFICATE])
wheel("contradiction-phantom", phantom=True)
wheel("contradiction-in-house", in_house=True)
bill(
    "contradiction-tariff",
    lambda cart: cart["parts"][0].update(production={"tariff_line_changed": True, "hs_heading_changed": False}),
)
bill("contradiction-product", lambda cart: (cart.update(product="WHEEL"), cart["parts"][1].update(main=False)))

# Assessing
EXAMPLES["rate-missing"] = lambda _: tkdn.assess(
    Bom.from_dict(document(lambda cart: cart["parts"][1].update(price={"amount": "9", "currency": "USD"})))
)
call("opened-too-many", lambda: tkdn.assess(Bom.from_dict(extreme.shared_phantom(1001, 1000))))
call("digits-too-many", lambda: tkdn.assess(Bom.from_dict(extreme.long_denominators(1500)), exact=True))
call("date-missing", lambda: Bom.from_dict(document(lambda cart: cart.pop("date"))).on_day())
call("part-unknown", lambda: tkdn.assess(cart()).explain("WHEELS"))
call("change-unknown", lambda: cart().with_changes({"part": {"WHEEL": {"made_in": "CN"}}}))
call("scenario-column", lambda: tkdn.scenarios(cart(), {"WHEEL.price": [1]}))
call("scenario-length", lambda: tkdn.scenarios(cart(), {"parts.WHEEL.price": [1, 2], "parts.WHEEL.made_in": ["ID"]}))
call(
    "scenarios-not-for-method",
    lambda: tkdn.scenarios(cart(), {"parts.WHEEL.price": [1]}, regulation="permenperin-16-2011", on="2020-01-01"),
)
call(
    "spread-invalid",
    lambda: tkdn.monte_carlo(cart(), {"parts.WHEEL.price": ("normal", 150000)}, draws=10, seed=1),
)
call("use-unknown", lambda: cart().with_changes({"uses": {"CART > WHEELS": {"quantity": 4}}}))
call(
    "change-ambiguous",
    lambda: Bom.from_dict(document(lambda cart: cart["uses"].append(cart["uses"][0]))).with_changes(
        {"uses": {"CART > WHEEL": {"quantity": 4}}}
    ),
)
call(
    "supplier-unknown",
    lambda: Bom.from_dict(document(lambda cart: cart.update(suppliers=[{"id": "S-1"}]))).with_changes(
        {"suppliers": {"S-2": {"scale": "small"}}}
    ),
)
EXAMPLES["part-not-reached"] = lambda _: tkdn.assess(
    Bom.from_dict(document(lambda cart: cart["parts"].append({"id": "TRAY"})))
).explain("TRAY")
call("explosion-too-large", lambda: tkdn.explode(cart().on_day(), most=1))

# Regulations
call("regulation-unknown", lambda: tkdn.assess(cart(), regulation="permenperin-35-2026"))
call("regulation-not-in-force", lambda: tkdn.assess(cart(), on="2010-06-01"))
call("regulation-not-goods", lambda: tkdn.assess(cart(), regulation="pp-7-2021"))
call("parameter-unknown", lambda: tkdn.regulation("permenperin-35-2025").parameter("weight.materials"))
call(
    "regulation-no-value",
    lambda: tkdn.regulation("permenperin-35-2025").value("weight.labour", datetime.date(2025, 1, 1)),
)
call("amendment-invalid", lambda: tkdn.regulation("permenperin-35-2025").amend({"credit.certificate": "50"}))
regulation("regulation-malformed", '"25"', '"much"')
regulation("regulation-duplicate-key", "procurement.duty", "procurement.least_tkdn")
regulation("regulation-unsourced", 'article = "Pasal 61(2)", ', "")
VALUE = '{ from = 2018-07-06, value = "25", article = "Pasal 61(2)", confidence = "text" }'
EARLIER = VALUE.replace("2018-07-06", "2018-07-06, to = 2020-12-31")
regulation("regulation-period-overlap", VALUE, f"{EARLIER}, {VALUE.replace('2018-07-06', '2020-06-01')}")
regulation("regulation-period-gap", VALUE, f"{EARLIER}, {VALUE.replace('2018-07-06', '2021-06-01')}")
GOODS_LAW = Path(tkdn.__file__).parent / "law" / "regulations" / "permenperin-35-2025.toml"
EXAMPLES["regulation-weights"] = lambda _: load(
    GOODS_LAW.read_text(encoding="utf-8").replace('value = "75"', 'value = "76"', 1), GOODS_LAW.name
)
call(
    "lift-not-for-method",
    lambda: tkdn.lift(tkdn.assess(cart(), on="2025-06-01", regulation="permenperin-16-2011")),
)

# Files
EXAMPLES["file-missing"] = lambda tmp: tkdn.read_bom(tmp / "pickup.json")
PART, USE = "id,price\nCART,\nWHEEL,150000\n", "parent,part,quantity\nCART,WHEEL,2\n"
folder("unknown-table", PART, USE, supplier="id\nS-1\n")
folder("duplicate-table", PART, USE, bagian=PART)
folder("unknown-column", PART.replace("price", "prise"), USE)
folder("duplicate-column", PART.replace("price", "price,Harga"), USE)
folder("missing-column", PART, USE.replace("quantity", ""))
folder("cell-without-heading", PART, USE.replace(",2", ",2,5"))
folder("product-row-twice", PART, USE, product="product\nCART\nWHEEL\n")
SHOWN = "part,certificate,file\nWHEEL,124/2025,scan.pdf\n"
HELD = "part,number,tkdn,issued\nWHEEL,123/2025,78,2025-02-01\n"
folder("unknown-certificate", PART, USE, certificates=HELD, evidence=SHOWN)
folder(
    "certificate-ambiguous",
    PART,
    USE,
    certificates=HELD + HELD.partition("\n")[2],
    evidence=SHOWN.replace("124", "123"),
)
listed("level-invalid", "0,CART,,", "one,WHEEL,2,150000")
listed("level-root", "0,CART,,", "0,WHEEL,2,150000")
listed("level-jump", "0,CART,,", "2,WHEEL,2,150000")
listed("level-conflict", "0,CART,,", "1,WHEEL,2,150000", "1,TRAY,1,90000", "1,WHEEL,1,155000")
listed(
    "level-parts-differ",
    *("0,CART,,", "1,AXLE-FRONT,1,", "2,WHEEL,2,150000", "1,AXLE-REAR,1,", "2,AXLE-FRONT,1,", "3,WHEEL,4,150000"),
)


def cyclonedx(code: str, *properties: tuple[str, str], change: Callable[[Document], object] | None = None) -> None:
    """A CycloneDX document with a wheel that has these properties, or that of the cart with a change."""
    wheel = {
        "type": "device",
        "name": "WHEEL",
        "properties": [{"name": name, "value": value} for name, value in properties],
    }
    made: Document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [wheel]}
    made["metadata"] = {"component": {"type": "device", "name": "CART"}}
    if change is not None:
        made = to_cyclonedx(Bom.from_dict(CART))
        change(made)
    EXAMPLES[code] = lambda _: from_cyclonedx(Bom, made, "cart.cdx.json")


cyclonedx("cyclonedx-version", change=lambda made: made.update(specVersion="1.3"))
cyclonedx("cyclonedx-quantity", ("tkdn:made_in", "ID"))
cyclonedx("cyclonedx-property", ("cdx:device:quantity", "2"), ("tkdn:made_in", "ID"), ("tkdn:made_in", "CN"))
cyclonedx("cyclonedx-conflict", change=lambda made: made["components"][0]["properties"][-1].update(value="4"))
sheet("id-not-text", "Parts", "A3", 12345678901234567890)
sheet("percent-format", "Certificates", "C2", 0.7825, numbers.FORMAT_PERCENTAGE)
sheet("formula-not-calculated", "Parts", "E3", "=1000*1250")
sheet("cell-error", "Parts", "E3", "#REF!")


def elsewhere(code: str, *rows: str, **how: Any) -> None:
    """A list from elsewhere that is refused."""

    def read(tmp: Path) -> object:
        (tmp / "cart.csv").write_text("\n".join(rows), encoding="utf-8")
        return tkdn.read_bom(tmp / "cart.csv", **how)

    EXAMPLES[code] = read


NESTED = ("Level;Part No;Description;Qty", "0;CART;Cart;", "1;AXLE;Axle;2")
elsewhere(
    "format-refused",
    "Item Code,Item Name,BOM,Qty,UOM,BOM Level,Standard Description",
    "FRAME,Frame,B-1,1,Nos,0,Frame",
)
elsewhere("column-twice", "Level;Part No;Component;Qty", "0;CART;CART;")
elsewhere("basis-unclear", *NESTED, "2;WHEEL;Wheel;4")
elsewhere("decimal-unclear", *NESTED, "2;WHEEL;Wheel;1.250", basis="per_parent")
elsewhere("decimal-mixed", *NESTED, "2;WHEEL;Wheel;1,25", "2;BOLT;Bolt;2.5", basis="per_parent")
elsewhere("currency-unclear", "Parent;Part No;Qty;Unit price", "CART;WHEEL;2;150000")
elsewhere("part-number-missing", "Level;Part No;Description;Qty", "0;CART;Cart;", "1;;Axle;2")
elsewhere("rows-switched", "Level;Part No;Qty;DNP", "0;CART;1;", "1;AXLE;1;", "1;BOX;1;DNP")
elsewhere(
    "price-basis-unclear", "No;Part No;Qty;Price (IDR)", "1;AXLE;2;500", "2;BOX;3;300", ";Total;;800", product="CART"
)
elsewhere(
    "price-unit-unclear",
    *("Parent;Part No;Qty;Unit;Price (IDR)", "CART;GLUE;400;g;80000", "CART;GLUE;1;kg;80000"),
)
elsewhere(
    "list-ambiguous", "No;Part No;Qty", "1;A;1", "2;B;1", "Spare parts;;", "No;Part No;Qty", "1;A;2", product="CART"
)
elsewhere("origin-unclear", "No;Part No;Qty;Local price;Import price", "1;A;1;2;3", product="CART", currency="USD")
elsewhere(
    "rows-beside-total",
    "No;Part No;Qty;Price (IDR);Amount",
    "1;A;1;100;100",
    "2;B;1;50;50",
    "3;C;1;70;",
    ";Total;;;150",
    product="CART",
)
elsewhere("name-is-number", *NESTED, "1;;AXLE;2", basis="per_parent", identity="name")
elsewhere("quantity-for-several", "Base Qty;100", *NESTED)
elsewhere("pack-size-missing", "Parent;Part No;Qty;Pack price (IDR)", "CART;BOLT;8;50000")
elsewhere(
    "bom-twice",
    "External ID,Product,Quantity,BoM Lines/Component,BoM Lines/Quantity",
    *("b1,[CART] Cart,1,[WHEEL] Wheel,2", "b2,[CART] Cart,1,[WHEEL] Wheel,3"),
)
elsewhere("heading-unknown", *NESTED, mapping={"columns": {"Part Nr": "id"}})
elsewhere("column-unknown", *NESTED, mapping={"columns": {"Part No": "ids"}})
elsewhere("sheet-unknown", *NESTED, sheet="BOM")


def _merged(tmp: Path) -> object:
    book = openpyxl.Workbook()
    page: Any = book.active
    for row in (["Parent", "Part No", "Qty"], ["CART", "WHEEL", 2], ["CART", "TRAY", None]):
        page.append(row)
    page.merge_cells("C2:C3")
    book.save(tmp / "cart.xlsx")
    return tkdn.read_bom(tmp / "cart.xlsx")


def _entities(tmp: Path) -> object:
    with zipfile.ZipFile(tmp / "cart.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "a">]><workbook/>')
    return tkdn.read_bom(tmp / "cart.xlsx")


EXAMPLES["merged-cells"] = _merged
EXAMPLES["file-refused"] = _entities


def _sheet_missing(tmp: Path) -> object:
    book = openpyxl.Workbook()
    book["Sheet"].title = "Parts"
    book.save(tmp / "bill.xlsx")
    return tkdn.read_bom(tmp / "bill.xlsx")


def _malformed(tmp: Path) -> object:
    (tmp / "bill.xlsx").write_bytes(b"not a workbook")
    return tkdn.read_bom(tmp / "bill.xlsx")


def _too_large(tmp: Path) -> object:
    with zipfile.ZipFile(tmp / "bill.xlsx", "w") as archive:
        archive.writestr("sheet", b"")
        archive.filelist[0].file_size = 600 * 2**20
    return tkdn.read_bom(tmp / "bill.xlsx")


def _too_long(tmp: Path) -> None:
    long = Bom.from_dict(document(lambda cart: cart["parts"][1].update(name="x" * 40_000)))
    tkdn.write_bom(long, tmp / "bill.xlsx")


def _too_many(tmp: Path) -> object:
    return workbook.sheet_rows(PARTS.columns, [{}] * 1_048_576, tkdn.Place("bill.xlsx", "Parts"))


def _exists(tmp: Path) -> None:
    (tmp / "pickup.json").write_text("{}", encoding="utf-8")
    tkdn.write_bom(cart(), tmp / "pickup.json")


EXAMPLES["sheet-missing"] = _sheet_missing
EXAMPLES["file-malformed"] = _malformed
EXAMPLES["file-too-large"] = _too_large
EXAMPLES["text-too-long"] = _too_long
EXAMPLES["too-many-rows"] = _too_many
EXAMPLES["output-exists"] = _exists
EXAMPLES["output-unwritable"] = lambda tmp: tkdn.write_bom(cart(), tmp / "no-folder" / "bill.json")


# Enrichment
def enriching(code: str, rows: str) -> None:
    """An enrichment file that is refused."""

    def read(tmp: Path) -> object:
        (tmp / "purchasing.csv").write_text(rows, encoding="utf-8")
        return tkdn.enrich(cart(), tmp / "purchasing.csv")

    EXAMPLES[code] = read


def _two_sheets(tmp: Path) -> object:
    book = openpyxl.Workbook()
    for title in ("May", "June"):
        book.create_sheet(title).append(["part", "price"])
    book.save(tmp / "purchasing.xlsx")
    return tkdn.enrich(cart(), tmp / "purchasing.xlsx")


def _stale(tmp: Path) -> object:
    (tmp / "list.csv").write_text("number,tkdn,issued\n123/2025,78,2025-02-01\n", encoding="utf-8")
    (tmp / "confirm.csv").write_text(
        "accept,part,number,tkdn,issued\nyes,WHEEL,123/2025,87,2025-02-01\n", encoding="utf-8"
    )
    certified = document(lambda cart: cart["parts"][1].update(certificates=[CERTIFICATE]))
    return tkdn.match_certificates(Bom.from_dict(certified), tmp / "list.csv").read_confirmation(tmp / "confirm.csv")


enriching("enrichment-conflict", "part,price\nWHEEL,155000\n")
enriching("enrichment-rows-differ", "part,maker,maker_scale\nWHEEL,S-1,small\nCART,S-1,medium\n")
enriching("date-ambiguous", "part,certificate no,tkdn,issued\nWHEEL,123/2025,78,03/04/2025\n")
enriching("column-unclear", "part,supplier,maker,size class\nWHEEL,S-1,S-2,small\n")
enriching("firm-ambiguous", "part,supplier,supplier_name\nWHEEL,S-1,UD Kayu\nCART,S-2,UD Kayu\n")
EXAMPLES["sheet-ambiguous"] = _two_sheets
EXAMPLES["confirmation-stale"] = _stale


def _undated(tmp: Path) -> None:
    (tmp / "list.csv").write_text("Nomor Sertifikat;Nilai TKDN (%);Tanggal Terbit\n9/2025;55,5;\n", encoding="utf-8")
    raise tkdn.BomError(tkdn.match_certificates(Bom.from_dict(CART), tmp / "list.csv").set_aside)


EXAMPLES["certificate-issued-missing"] = _undated


# Suppliers and needs
def directory(code: str, *rows: str) -> None:
    """A directory that is refused for its capabilities."""

    def read(tmp: Path) -> object:
        (tmp / "suppliers.csv").write_text("id\nA1\n", encoding="utf-8")
        (tmp / "capabilities.csv").write_text("\n".join(rows), encoding="utf-8")
        return tkdn.read_directory(tmp)

    EXAMPLES[code] = read


def _needed_twice(tmp: Path) -> object:
    (tmp / "needs.csv").write_text("part,process\nWHEEL,casting\nWHEEL,welding\n", encoding="utf-8")
    return tkdn.read_needs(tmp / "needs.csv", cart())


def _other_firm(_: Path) -> object:
    held = document(lambda cart: cart.update(suppliers=[{"id": "S-1", "scale": "small"}]))
    held["parts"][1].update(made_in="CN", hs_code="87087039")
    offer = {"process": "stamping", "hs_prefixes": ["870870"]}
    firm = {"id": "S-1", "scale": "medium", "capabilities": [offer]}
    listed = Directory.model_validate({"suppliers": [firm]})
    return tkdn.match_suppliers(tkdn.assess(Bom.from_dict(held)), listed)


directory("process-unknown", "supplier,process", "A1,castng")
directory("material-unknown", "supplier,process,materials", "A1,casting,stee")
directory("hs-prefix-invalid", "supplier,process,hs_prefixes", "A1,casting,870")
directory("duplicate-capability", "supplier,process", "A1,casting", "A1,Pengecoran")
EXAMPLES["duplicate-need"] = _needed_twice
EXAMPLES["directory-conflict"] = _other_firm

# Calls
call("basis-unknown", lambda: tkdn.lift(tkdn.assess(cart()), basis="scores"))  # type: ignore[arg-type]
call("kind-unknown", lambda: tkdn.opportunities(tkdn.assess(cart()), kinds=["certificate"]))  # type: ignore[list-item]
call("months-invalid", lambda: tkdn.opportunities(tkdn.assess(cart()), months=-1))
call("move-unknown", lambda: tkdn.opportunities(tkdn.assess(cart()), costs={"WHEELS": 1}))
call("cost-invalid", lambda: tkdn.opportunities(tkdn.assess(cart()), costs={"WHEEL": "-5"}))
call("group-unknown", lambda: tkdn.lift(tkdn.assess(cart()), by="city"))  # type: ignore[arg-type]
EXAMPLES["forms-not-for-regulation"] = lambda tmp: tkdn.write_forms(
    tkdn.assess(cart(), regulation="permenperin-16-2011", allow_repealed=True), tmp / "forms.xlsx"
)
EXAMPLES["language-unknown"] = lambda tmp: write_template(tmp / "bill.xlsx", lang="de")
ASKED = Asked(product=None, how={}, on=None, regulation=None, year=None, allow_repealed=False)
call("option-invalid", lambda: assess_command(Path("bill.json"), asked=ASKED, minimum="many"))
call("frame-unknown", lambda: Bom.from_frames([], []))
call("backend-unknown", lambda: Bom.from_dict(CART).to_frames("panda"))
call("extra-missing", lambda: (_ for _ in ()).throw(tkdn.MissingExtraError.of("Excel", "excel")))

# Measures and plans


def measures(code: str, *rows: Document, **options: Any) -> None:
    """A plan that is refused."""
    call(code, lambda: tkdn.plan(cart(), rows, **options))


def step(id_: str, **fields: Any) -> Document:
    return {"id": id_, "changes": {}, "one_off": {"amount": "0"}, **fields}


def dearer(id_: str, price: str) -> Document:
    return step(id_, changes={"parts": {"WHEEL": {"price": {"amount": price}}}})


measures("measure-unknown", step("CERTIFY", requires=["MOVE"]), target=40)
measures("measure-circle", step("MOVE", requires=["CERTIFY"]), step("CERTIFY", requires=["MOVE"]), target=40)
measures("measures-contradict", dearer("STEEL", "160000"), dearer("RUBBER", "170000"), target=40)
measures("lead-time-invalid", step("CERTIFY", lead_weeks=8, lead_months=2), target=40)
measures("target-missing", step("CERTIFY"))
measures("target-out-of-range", step("CERTIFY"), target=140)
OUTSOURCED = {"parts": {"CART": {"production": {"factory": "outsourced"}}}}
measures("benefit-not-for", step("MOVE", changes=OUTSOURCED), target=40, bmp=10)
measures("bmp-out-of-range", step("CERTIFY"), target=40, bmp=-1)
measures("volume-out-of-range", step("CERTIFY"), target=40, volume=0)
measures("volume-missing", dearer("STEEL", "160000"), target=40)
measures("budget-out-of-range", step("CERTIFY"), target=40, budget=-1)
call("capacity-out-of-range", lambda: tkdn.regions(tkdn.assess(cart()), capacity={"WHEEL": 0}))
measures("aim-unknown", step("CERTIFY"), target=40, aim="ikms")
measures("plan-not-for-method", step("CERTIFY"), target=40, on="2024-06-01")
call(
    "plan-without-costs",
    lambda: tkdn.plan(
        Bom.from_dict(document(lambda cart: cart["parts"][1].pop("price"))), [step("CERTIFY")], target=40
    ),
)


# Documents
ON: Document = {"version": 1, "date": "2026-06-01"}


def bid(bidder: str, **fields: Any) -> Document:
    return {"bidder": bidder, "price": {"amount": "1000"}, **fields}


def tender(*offers: Document, **fields: Any) -> Document:
    whole = {"format": "tkdn-bids", **ON, "owner_estimate": {"amount": "2000000000"}, "preference": "25"}
    return {**whole, "bids": list(offers), **fields}


def work(**fields: Any) -> Document:
    return {"format": "tkdn-services", **ON, **fields}


def tool(**fields: Any) -> Document:
    return {"name": "Laser", "made_in": "DE", "number": "1", "months": "1", "monthly_cost": {"amount": "5"}, **fields}


call("document-kind", lambda: bids(from_dict(work(tools=[tool(owner="foreign")]))))
call("total-zero", lambda: from_dict(work()))
call("owner-missing", lambda: from_dict(work(tools=[tool()])))
call("domestic-share-missing", lambda: from_dict(work(tools=[tool(owner="mixed")])))
call("contradiction-owner", lambda: from_dict(work(tools=[tool(owner="domestic", domestic_share="0.9")])))
call("indi-level-unknown", lambda: from_dict({"format": "tkdn-benefit", **ON, "indi_level": 5}))
call("bids-missing", lambda: from_dict(tender()))
call("duplicate-bidder", lambda: from_dict(tender(bid("A"), bid("A"))))
call("contradiction-imported", lambda: from_dict(tender(bid("A", tkdn="30", imported=True))))
BENEFIT = {"format": "tkdn-benefit", "version": 1, "date": "2026-06-01", "factory": "outsourced"}
EXAMPLES["benefit-refused"] = lambda tmp: write_benefit_forms(benefit(from_dict(BENEFIT)), tmp / "bmp.xlsx")
call("bmp-too-high", lambda: from_dict(tender(bid("A", bmp="16"))))
call("preference-too-high", lambda: from_dict(tender(bid("A"), preference="26")))


# Many vehicles
ROWS: dict[str, list[Document]] = {
    "parts": [{"vehicle": "A", "id": "CART"}, {"vehicle": "B", "id": "CART"}],
    "uses": [{"vehicle": "A", "parent": "CART", "part": "CART", "quantity": 1}],
}


def catalogue(code: str, spoil: Callable[[dict[str, list[Document]]], object], **options: Any) -> None:
    """A catalogue that cannot be read."""

    def run(tmp: Path) -> object:
        tables = copy.deepcopy(ROWS)
        spoil(tables)
        return tkdn.assess_many(write_rows(tmp / "carts", tables), on="2026-06-01", **options)

    EXAMPLES[code] = run


catalogue("catalogue-missing", lambda tables: tables.pop("parts"))
catalogue("vehicle-empty", lambda tables: tables["parts"][0].update(vehicle=None))
catalogue("rows-not-sorted", lambda tables: tables["parts"].reverse())
catalogue("parquet-column-type", lambda tables: [part.update(id=1) for part in tables["parts"]])


def damaged(tmp: Path) -> object:
    """A file cut short."""
    (write_rows(tmp / "carts", ROWS) / "parts.parquet").write_bytes(b"PAR1")
    return tkdn.assess_many(tmp / "carts", on="2026-06-01")


def another_run(tmp: Path) -> object:
    """Results of two days into one folder."""
    write_rows(tmp / "carts", ROWS)
    for day in ("2026-06-01", "2026-06-02"):
        tkdn.assess_many(tmp / "carts", on=day, out=tmp / "out")
    return None


def damaged_run(tmp: Path) -> object:
    """A manifest that lost its bytes."""
    write_rows(tmp / "carts", ROWS)
    tkdn.assess_many(tmp / "carts", on="2026-06-01", out=tmp / "out")
    (tmp / "out" / "run.json").write_bytes(b"")
    return tkdn.assess_many(tmp / "carts", on="2026-06-01", out=tmp / "out")


def killed(tmp: Path) -> object:
    """A worker that is killed."""
    with pytest.MonkeyPatch.context() as patch, ProcessPoolExecutor(1) as executor:
        patch.setattr(portfolio_run, "assess_range", die)
        return tkdn.assess_many(write_rows(tmp / "carts", ROWS), on="2026-06-01", executor=executor)


def full_disk(tmp: Path) -> object:
    """No room for the results."""
    with pytest.MonkeyPatch.context() as patch:
        folder = write_rows(tmp / "carts", ROWS)
        patch.setattr(parquet, "write_table", no_room)
        return tkdn.assess_many(folder, on="2026-06-01", out=tmp / "out")


def no_room(*_: Any, **__: Any) -> None:
    """What a full disk says."""
    raise OSError(errno.ENOSPC, "No space left on device")


EXAMPLES |= {
    "parquet-malformed": damaged,
    "run-differs": another_run,
    "run-damaged": damaged_run,
    "worker-died": killed,
    "output-not-written": full_disk,
}


def hidden_row(tmp: Path) -> object:
    """A workbook with a row that is filtered away."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "BOM"
    for row in (("No", "Part No", "Qty"), (1, "AXLE", 2), (2, "BOX", 1)):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.save(tmp / "cart.xlsx")
    return tkdn.read_bom(tmp / "cart.xlsx", product="CART")


EXAMPLES["rows-set-aside"] = hidden_row


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that needs a file without rights."""

    def refuse(path: Path, mode: str) -> object:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "pickup.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(TkdnError) as raised:
        tkdn.read_bom(tmp_path / "pickup.json")
    monkeypatch.undo()
    assert shown()["file-unreadable"] == str(raised.value.problems[0])


def shown() -> dict[str, str]:
    """The example message of each code in the page."""
    return dict(_shown(PAGE.read_text(encoding="utf-8")))


def _shown(page: str) -> Iterator[tuple[str, str]]:
    for section in re.split(r"^\(error-", page, flags=re.MULTILINE)[1:]:
        code, block = section.partition(")=")[0], re.search(r"^```text\n(.*?)\n```", section, re.MULTILINE | re.DOTALL)
        if block is not None:
            yield code, html.unescape(block[1])


@pytest.mark.parametrize("code", EXAMPLES)
def test_message(code: str, tmp_path: Path) -> None:
    """The page shows, word for word, what the library says."""
    with pytest.raises(TkdnError) as raised:
        EXAMPLES[code](tmp_path)
    said = next(str(problem) for problem in raised.value.problems if problem.code == code)
    assert shown().get(code) == said


def test_every_code_has_an_example() -> None:
    """No message in the page goes unprovoked."""
    assert shown().keys() == EXAMPLES.keys() | {"file-unreadable"}
