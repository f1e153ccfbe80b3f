"""Folders of CSV files: nothing lost on the way out and back, everything wrong named with its place."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import FULL, Document, damaged, files_with_problems, found, nasty_documents, same
from tests.properties.settings import full, some
from tests.support.bills import bills

from tkdn import Bom, BomError, UsageError, read_bom, write_bom

EXAMPLES = [
    path
    for path in sorted(Path(__file__).parents[3].glob("examples/*/*.json"))
    if '"tkdn-bom"' in path.read_text("utf-8")
]
PARTS = "id,made_in\nCART,ID\nWHEEL,ID\n"
USES = "parent,part,quantity\nCART,WHEEL,2\n"


def folder(path: Path, **files: str | bytes) -> Path:
    """A folder with a small sound bill, and the files given."""
    bill = path / "bill"
    bill.mkdir()
    for name, content in {"parts": PARTS, "uses": USES, **files}.items():
        (bill / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return bill


def again(bom: Bom) -> Bom:
    with tempfile.TemporaryDirectory() as path:
        write_bom(bom, Path(path) / "bill")
        return read_bom(Path(path) / "bill")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_come_back(path: Path) -> None:
    bom = read_bom(path)
    assert same(again(bom), bom)


def test_every_field_comes_back() -> None:
    bom = Bom.from_dict(FULL)
    assert same(again(bom), bom)


@some
@given(bills())
def test_random_bills_come_back(document: Document) -> None:
    bom = Bom.from_dict(document)
    assert same(again(bom), bom)


@full
@given(nasty_documents())
def test_any_text_comes_back(document: Document) -> None:
    bom = Bom.from_dict(document)
    assert same(again(bom), bom)


def test_files_are_small_and_safe_to_open(tmp_path: Path) -> None:
    document = {
        "format": "tkdn-bom",
        "version": 1,
        "parts": [{"id": "CART", "name": '=HYPERLINK("x")', "main": True}, {"id": "WHEEL", "spec": "a,b"}],
        "uses": [{"parent": "CART", "part": "WHEEL", "quantity": "2.50"}],
    }
    write_bom(Bom.from_dict(document), tmp_path / "bill")
    assert {file.name: file.read_bytes() for file in (tmp_path / "bill").iterdir()} == {
        "parts.csv": b'id,name,spec\nCART,"\'=HYPERLINK(""x"")",\nWHEEL,,"a,b"\n',
        "uses.csv": b"parent,part,quantity\nCART,WHEEL,2.50\n",
        "product.csv": b"product\nCART\n",
    }


def test_writing_takes_away_tables_that_are_no_longer_there(tmp_path: Path) -> None:
    bill = folder(tmp_path, suppliers="id\nS-9\n", notes="mine\n")
    write_bom(read_bom(folder(tmp_path / "bill")), bill, force=True)
    assert not (bill / "suppliers.csv").exists()
    assert (bill / "notes.csv").exists()


def test_source_is_names_and_bytes_in_the_order_of_names(tmp_path: Path) -> None:
    bill = folder(tmp_path)
    raw = b"parts.csv" + PARTS.encode() + b"uses.csv" + USES.encode()
    assert read_bom(bill).sha256 == hashlib.sha256(raw).hexdigest()


def test_semicolons_byte_order_mark_and_indonesian_headings(tmp_path: Path) -> None:
    parts = "\ufeffNomor Bagian;NEGARA ASAL;all_domestic_material;Price / Harga\r\nCART;ID;;\r\n;;;\r\nWHEEL; ID ;Ya;1,5\r\n"
    bill = folder(tmp_path, parts=parts.replace("1,5", "1.5"), uses="Induk;Bagian;Jumlah\nCART;WHEEL;2\n")
    wheel = read_bom(bill).parts[1]
    assert (wheel.made_in, wheel.all_domestic_material, str(wheel.price and wheel.price.amount)) == ("ID", True, "1.5")
    (bill / "parts.csv").write_bytes(parts.encode())
    assert found(bill) == [("number-invalid", "parts.csv, row 4, column Price / Harga")]


def test_product_option_names_the_product_over_the_file(tmp_path: Path) -> None:
    bill = folder(tmp_path, product="product\nCART\n")
    assert read_bom(bill, product="WHEEL").product == "WHEEL"
    assert found(bill, product="CARD") == [("product-unknown", "bill")]


BROKEN: dict[str, tuple[dict[str, str | bytes], list[tuple[str, str]]]] = {
    "unknown-column": (
        {"parts": "id,made inn\nCART,\nWHEEL,\n"},
        [("unknown-column", "parts.csv, row 1, column made inn")],
    ),
    "duplicate-column": (
        {"parts": "id,name,Uraian\nCART,,\nWHEEL,,\n"},
        [("duplicate-column", "parts.csv, row 1, column Uraian")],
    ),
    "missing-column": ({"uses": "parent,quantity\nCART,2\n"}, [("missing-column", "uses.csv, row 1")]),
    "empty file": (
        {"uses": ""},
        [("missing-column", "uses.csv, row 1")] * 3,
    ),
    "cell-without-heading": (
        {"parts": "id,name\nCART,a,b\nWHEEL\n"},
        [("cell-without-heading", "parts.csv, row 2")],
    ),
    "encoding": (
        {"parts": PARTS.encode() + b"AXLE\xff,ID\n", "suppliers": "id,scale\nS-1,tiny\n"},
        [("encoding", "parts.csv, row 4")],
    ),
    "file-malformed": ({"parts": 'id,name\nCART,"a"b\n'}, [("file-malformed", "parts.csv, row 2")]),
    "missing-key": ({"parts": "id,name\nCART,\n,nut\nWHEEL,\n"}, [("missing-key", "parts.csv, row 3, column id")]),
    "price without amount": (
        {"parts": "id,price_currency\nCART,\nWHEEL,USD\n"},
        [("missing-key", "parts.csv, row 3, column price")],
    ),
    "frozen without end": (
        {"certificates": "part,number,tkdn,issued,Frozen from\nWHEEL,1,40,2025-01-01,2025-02-01\n"},
        [("missing-key", "certificates.csv, row 2, column frozen_to")],
    ),
    "true-false-invalid": (
        {"parts": "id,main,production\nCART,,maybe\nWHEEL,perhaps,\n"},
        [
            ("true-false-invalid", "parts.csv, row 2, column production"),
            ("true-false-invalid", "parts.csv, row 3, column main"),
        ],
    ),
    "numbers with commas": (
        {"uses": 'parent,part,quantity\nCART,WHEEL,"1.234,50"\nCART,WHEEL,"1,5"\n'},
        [
            ("number-invalid", "uses.csv, row 2, column quantity"),
            ("number-invalid", "uses.csv, row 3, column quantity"),
        ],
    ),
    "values": (
        {
            "parts": "id,made_in,factory,hs_code\nCART,Atlantis,ours,1\nWHEEL,ID,,\n",
            "rates": "currency,rate,from\nUSD,16000,1/2/2026\n",
        },
        [
            ("country-unknown", "parts.csv, row 2, column made_in"),
            ("value-unknown", "parts.csv, row 2, column factory"),
            ("hs-code-invalid", "parts.csv, row 2, column hs_code"),
            ("date-invalid", "rates.csv, row 2, column from"),
        ],
    ),
    "references": (
        {
            "parts": "id,supplier\nCART,S-1\nWHEEL,\n",
            "uses": "parent,part,quantity\nCART,WHEL,2\n",
            "certificates": "part,number,tkdn,issued\nWEEL,1,40,2025-01-01\n",
            "evidence": "part,certificate,file\nWHEEL,7,a.pdf\n",
            "product": "product\nCARD\n",
        },
        [
            ("unknown-part", "certificates.csv, row 2, column part"),
            ("unknown-certificate", "evidence.csv, row 2, column certificate"),
            ("unknown-supplier", "parts.csv, row 2, column supplier"),
            ("unknown-part", "uses.csv, row 2, column part"),
            ("product-unknown", "product.csv, row 2, column product"),
        ],
    ),
    "duplicate-id": ({"parts": PARTS + "\nWHEEL,CN\n"}, [("duplicate-id", "parts.csv, row 5, column id")]),
    "loop": ({"uses": USES + "WHEEL,CART,1\n", "product": "product\nCART\n"}, [("loop", "uses.csv, row 3")]),
    "certificate of a part": (
        {"certificates": "part,number,tkdn,issued,expires\nWHEEL,1,140,2025-01-01,\nCART,2,40,2025-01-01,2024-01-01\n"},
        [
            ("certificate-dates-reversed", "certificates.csv, row 3"),
            ("percent-out-of-range", "certificates.csv, row 2, column tkdn"),
        ],
    ),
    "certificate-ambiguous": (
        {
            "certificates": "part,number,tkdn,issued\nWHEEL,1,40,2025-01-01\nWHEEL,1,50,2026-01-01\n",
            "evidence": "part,certificate\nWHEEL,1\n",
        },
        [("certificate-ambiguous", "evidence.csv, row 2, column certificate")],
    ),
    "product-row-twice": ({"product": "product\nCART\nWHEEL\n"}, [("product-row-twice", "product.csv, row 3")]),
    "product-ambiguous": ({"uses": "parent,part,quantity\n"}, [("product-ambiguous", "bill")]),
    "duplicate-table": ({"pemakaian": USES}, [("duplicate-table", "bill")]),
    "unknown-table": ({"certificate": "x\n"}, [("unknown-table", "bill")]),
    "tables and records at once": (
        {"parts": "id,pirce,main\nCART,,\nWHEEL,1,maybe\n", "uses": "parent,part,quantity\nCART,AXLE,\n"},
        [
            ("unknown-column", "parts.csv, row 1, column pirce"),
            ("missing-key", "uses.csv, row 2, column quantity"),
            ("unknown-part", "uses.csv, row 2, column part"),
            ("true-false-invalid", "parts.csv, row 3, column main"),
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    files, expected = BROKEN[name]
    assert sorted(found(folder(tmp_path, **files))) == sorted(expected)


@full
@given(st.sampled_from(("parts", "uses")), st.data())
def test_damage_is_an_error_with_a_place_and_never_a_crash(name: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as path:
        bill = folder(Path(path))
        assert files_with_problems(bill) == set()
        file = bill / f"{name}.csv"
        file.write_bytes(data.draw(damaged(file.read_bytes())))
        assert files_with_problems(bill) <= {"bill", "parts.csv", "uses.csv"}


def test_missing_files_are_named_and_nothing_that_follows_from_it(tmp_path: Path) -> None:
    bill = folder(tmp_path, certificates="part,number,tkdn,issued\nWHEEL,1,40,2025-01-01\n")
    (bill / "parts.csv").unlink()
    assert found(bill) == [("file-missing", "bill")]


def test_hints_name_the_nearest(tmp_path: Path) -> None:
    bill = folder(
        tmp_path, parts="id,pemasoc,kbli\nCART,,\nWHEEL,,\n", certificates="part,number,tkdn,issued\nWEEL,1,40,\n"
    )
    with pytest.raises(BomError, match=r"(?s)did you mean 'Pemasok'.*fill in issued") as caught:
        read_bom(bill)
    assert "did you mean 'WHEEL'?" in str(caught.value)


def test_what_a_folder_cannot_hold_is_refused_in_writing(tmp_path: Path) -> None:
    wheel = FULL["parts"][1]
    twice = {**wheel, "certificates": [wheel["certificates"][0], {**wheel["certificates"][1], "number": "1/TKDN"}]}
    with pytest.raises(UsageError) as ambiguous:
        write_bom(Bom.from_dict({**FULL, "parts": [FULL["parts"][0], twice, *FULL["parts"][2:]]}), tmp_path / "bill")
    assert [(p.code, p.part) for p in ambiguous.value.problems] == [("certificate-ambiguous", "WHEEL")]
    long = {**FULL["parts"][0], "spec": "x" * 131_073}
    with pytest.raises(UsageError) as too_long:
        write_bom(Bom.from_dict({**FULL, "parts": [long, *FULL["parts"][1:]]}), tmp_path / "bill")
    assert [(p.code, str(p.place)) for p in too_long.value.problems] == [
        ("text-too-long", "parts.csv, row 2, column spec")
    ]
    assert not (tmp_path / "bill").exists()


def test_the_longest_text_comes_back() -> None:
    bom = Bom.from_dict({**FULL, "parts": [{**FULL["parts"][0], "spec": "=" * 131_071}, *FULL["parts"][1:]]})
    assert same(again(bom), bom)


@pytest.mark.parametrize(
    ("cell", "origin"),
    [("XX", "XX"), ("Impor", "XX"), ("Impor (Jepang)", "JP"), ("NA", "NA"), ("N/A", None), ("-", None), ("", None)],
)
def test_origins_as_people_type_them(cell: str, origin: str | None, tmp_path: Path) -> None:
    """Impor was refused; N/A was Namibia."""
    parts = f"id,made_in,price\nA,ID,\nB,{cell},1\n"
    bom = read_bom(folder(tmp_path, parts=parts, uses="parent,part,quantity\nA,B,1\n"))
    assert bom.parts[1].made_in == origin
    assert again(bom).parts[1].made_in == origin


def test_nobody_is_a_citizen_of_abroad(tmp_path: Path) -> None:
    costs = "part,kind,number,monthly,allocation,citizenship\nA,labour,1,100,1,Impor\n"
    tables = {"parts": "id,price\nA,\nB,1\n", "uses": "parent,part,quantity\nA,B,1\n", "costs": costs}
    with pytest.raises(BomError) as caught:
        read_bom(folder(tmp_path, **tables))
    assert caught.value.code == "country-unknown"
