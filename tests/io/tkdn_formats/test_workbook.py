"""Excel workbooks: nothing lost on the way out and back, everything wrong named with sheet, row and column."""

from __future__ import annotations

import datetime
import hashlib
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.io.tkdn_formats.full import (
    FULL,
    Document,
    Rows,
    damaged,
    files_with_problems,
    found,
    nasty_documents,
    same,
    save_sheets,
)
from tests.properties.settings import some
from tests.support.bills import bills

from tkdn import Bom, BomError, MissingExtraError, UsageError, read_bom, write_bom
from tkdn.io.tkdn_formats import workbook

EXAMPLES = [
    path
    for path in sorted(Path(__file__).parents[3].glob("examples/*/*.json"))
    if '"tkdn-bom"' in path.read_text("utf-8")
]
PARTS: Rows = [["id", "made_in"], ["CART", "ID"], ["WHEEL", "ID"]]
USES: Rows = [["parent", "part", "quantity"], ["CART", "WHEEL", 2]]


def book(path: Path, sheets: dict[str, Rows], *, sound: bool = True) -> Path:
    """A workbook with a small sound bill (or none), and the sheets given."""
    return save_sheets(path / "bill.xlsx", {**({"Parts": PARTS, "Uses": USES} if sound else {}), **sheets})


def again(bom: Bom) -> Bom:
    with tempfile.TemporaryDirectory() as path:
        write_bom(bom, Path(path) / "bill.xlsx")
        return read_bom(Path(path) / "bill.xlsx")


def with_price(amount: str) -> Bom:
    parts = [{"id": "CART", "price": {"amount": amount}}]
    return Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": parts})


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


@some
@given(nasty_documents())
def test_any_text_comes_back(document: Document) -> None:
    bom = Bom.from_dict(document)
    assert same(again(bom), bom)


@pytest.mark.parametrize(
    ("amount", "kind"),
    [
        ("1250.5", float),
        ("1000000", int),
        ("0.1", float),
        ("0.00000012", float),
        ("1e3", int),
        ("999999999999999", int),
        ("40.00", str),
        ("1000000000000001", str),
        ("0.1234567890123456789", str),
        ("123456789012345678901234567890", str),
        ("1e-20", float),
        ("1e20", float),
    ],
)
def test_numbers_are_numeric_cells_only_where_every_digit_comes_back(amount: str, kind: type, tmp_path: Path) -> None:
    bom = with_price(amount)
    write_bom(bom, tmp_path / "bill.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "bill.xlsx")["Parts"]["B2"]
    assert type(cell.value) is kind
    assert same(read_bom(tmp_path / "bill.xlsx"), bom)


def test_what_a_person_sees(tmp_path: Path) -> None:
    document = {
        "format": "tkdn-bom",
        "version": 1,
        "date": "2026-06-01",
        "parts": [{"id": "CART", "name": "=1+1", "spec": "#REF!", "main": True}, {"id": "0012", "phantom": True}],
        "uses": [{"parent": "CART", "part": "0012", "quantity": "2", "valid_from": "1900-01-01"}],
    }
    write_bom(Bom.from_dict(document), tmp_path / "bill.xlsx")
    written = openpyxl.load_workbook(tmp_path / "bill.xlsx")
    assert written.sheetnames == ["Parts", "Uses", "Product"]
    parts = written["Parts"]
    assert [cell.value for cell in parts[1]] == ["Part number", "Name", "Specification", "Phantom"]
    assert all(cell.font.bold for cell in parts[1])
    assert parts.freeze_panes == "A2"
    assert [(cell.value, cell.data_type) for cell in parts[2][:3]] == [("CART", "s"), ("=1+1", "s"), ("#REF!", "s")]
    assert [cell.value for cell in parts[3]] == ["0012", None, None, True]
    assert written["Uses"]["D2"].value == "1900-01-01"
    assert written["Product"]["B2"].value == datetime.datetime(2026, 6, 1)
    assert written["Product"].column_dimensions["A"].width >= 12


def test_source_is_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = book(tmp_path, {})
    assert read_bom(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_indonesian_sheets_headings_and_cells_as_people_type_them(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "bagian": [
            [None],
            ["Nomor Bagian", "komponen utama", "Negara Asal / Made in", "Spesifikasi", "KBLI code", None, "harga"],
            ["CART", "ya", "ID", 4, 29300.0],
            [None, "  "],
            [1234, False, " CN ", 2.5, None, None, 40.0],
        ],
        "Pemakaian": [
            ["Induk", "Bagian", "Jumlah", "Berlaku Mulai", "Porsi Susut"],
            ["CART", 1234.0, 0.1, datetime.datetime(2026, 1, 1), "0.05"],
        ],
        "Kurs": [["Mata Uang", "Kurs Rupiah", "Mulai Tanggal"], ["USD", 16250, datetime.date(2026, 1, 1)]],
        "Pemasok": [[]],
        "Catatan": [["anything", "=1+1"]],
    }
    path = book(tmp_path, sheets, sound=False)
    assert read_bom(path).to_dict() == {
        "format": "tkdn-bom",
        "version": 1,
        "product": "CART",
        "parts": [
            {"id": "CART", "spec": "4", "made_in": "ID", "kbli": "29300"},
            {"id": "1234", "spec": "2.5", "price": {"amount": "40"}, "made_in": "CN", "main": False},
        ],
        "uses": [{"parent": "CART", "part": "1234", "quantity": "0.1", "scrap": "0.05", "valid_from": "2026-01-01"}],
        "rates": [{"currency": "USD", "rate": "16250", "from": "2026-01-01"}],
    }


CERTIFICATE = ["part", "number", "tkdn", "issued"]
BROKEN: dict[str, tuple[dict[str, Rows], list[tuple[str, str]]]] = {
    "formula-not-calculated": (
        {"Uses": [USES[0], ["CART", "WHEEL", "=1+1"]]},
        [("formula-not-calculated", "bill.xlsx, sheet Uses, row 2, column quantity")],
    ),
    "formula in a heading": (
        {"Parts": [["id", '="made"&"_in"'], ["CART", "ID"], ["WHEEL", "ID"]]},
        [("formula-not-calculated", "bill.xlsx, sheet Parts, row 1")],
    ),
    "cell-error": (
        {"Parts": [["id", "name"], ["CART", "#REF!"], ["WHEEL"]]},
        [("cell-error", "bill.xlsx, sheet Parts, row 2, column name")],
    ),
    "id-not-text": (
        {
            "Parts": [["id"], ["CART"], ["WHEEL"], [1.5], [1.23e19], [True], [datetime.datetime(2026, 2, 1)]],
            "Certificates": [CERTIFICATE, ["WHEEL", 1e15, 40, datetime.date(2025, 1, 1)]],
        },
        [("id-not-text", f"bill.xlsx, sheet Parts, row {row}, column id") for row in (4, 5, 6, 7)]
        + [("id-not-text", "bill.xlsx, sheet Certificates, row 2, column number")],
    ),
    "wrong-type": (
        {"Parts": [["id", "spec"], ["CART", datetime.datetime(2026, 2, 1)], ["WHEEL", 12345678901234567]]},
        [
            ("wrong-type", "bill.xlsx, sheet Parts, row 2, column spec"),
            ("wrong-type", "bill.xlsx, sheet Parts, row 3, column spec"),
        ],
    ),
    "dates": (
        {"Product": [["product", "date"], ["CART", datetime.datetime(2026, 6, 1, 8, 30)]]},
        [("date-invalid", "bill.xlsx, sheet Product, row 2, column date")],
    ),
    "a number for a date": (
        {"Product": [["product", "date"], ["CART", 46174]]},
        [("date-invalid", "bill.xlsx, sheet Product, row 2, column date")],
    ),
    "a date for a number": (
        {"Uses": [USES[0], ["CART", "WHEEL", datetime.datetime(2026, 6, 1)]]},
        [("number-invalid", "bill.xlsx, sheet Uses, row 2, column quantity")],
    ),
    "a region that lost its zero": (
        {"Suppliers": [["id", "region"], ["S-1", 32.1]]},
        [("region-invalid", "bill.xlsx, sheet Suppliers, row 2, column region")],
    ),
    "text for a number": (
        {"Uses": [USES[0], ["CART", "WHEEL", "1.234,50"]]},
        [("number-invalid", "bill.xlsx, sheet Uses, row 2, column quantity")],
    ),
    "duplicate-table": ({"Bagian": PARTS}, [("duplicate-table", "bill.xlsx")]),
    "unknown-table": ({"Certificate": [CERTIFICATE]}, [("unknown-table", "bill.xlsx")]),
    "cell-without-heading": (
        {"Parts": [["id", None, "name"], ["CART"], ["WHEEL", None, "Roda", "x"], [None, "a note"]]},
        [("cell-without-heading", f"bill.xlsx, sheet Parts, row {row}") for row in (3, 4)],
    ),
    "tables and records at once": (
        {
            "Parts": [
                ["id", "made_in", "supplier", "supplier"],
                ["CART", "ID", "S-1", "S-1"],
                ["WHEEL", "Atlantis", 0.5],
            ],
            "Uses": [USES[0], ["CART", "AXLE", 1]],
        },
        [
            ("duplicate-column", "bill.xlsx, sheet Parts, row 1, column supplier"),
            ("id-not-text", "bill.xlsx, sheet Parts, row 3, column supplier"),
            ("country-unknown", "bill.xlsx, sheet Parts, row 3, column made_in"),
            ("unknown-supplier", "bill.xlsx, sheet Parts, row 2, column supplier"),
            ("unknown-part", "bill.xlsx, sheet Uses, row 2, column part"),
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    sheets, expected = BROKEN[name]
    assert sorted(found(book(tmp_path, sheets))) == sorted(expected)


def test_a_percentage_format_is_not_taken_for_percent(tmp_path: Path) -> None:
    certificates: Rows = [[*CERTIFICATE, "bmp"], ["WHEEL", "1", 0.78, datetime.date(2025, 1, 1), 1]]
    uses: Rows = [[*USES[0], "scrap"], ["CART", "WHEEL", 2, 0.05]]
    path = book(tmp_path, {"Certificates": certificates, "Uses": uses})
    spoiled = openpyxl.load_workbook(path)
    for cell in (spoiled["Certificates"]["C2"], spoiled["Certificates"]["E2"], spoiled["Uses"]["D2"]):
        cell.number_format = "0%"
    spoiled.save(path)
    assert found(path) == [
        ("percent-format", "bill.xlsx, sheet Certificates, row 2, column tkdn"),
        ("percent-format", "bill.xlsx, sheet Certificates, row 2, column bmp"),
    ]


def test_formulas_count_as_the_values_stored_with_them(tmp_path: Path) -> None:
    path = book(tmp_path, {"Uses": [USES[0], ["CART", "WHEEL", "=1+1"]]})
    rewritten = _edited(path, "xl/worksheets/sheet2.xml", b"<v />", b"<v>2</v>")
    assert str(read_bom(rewritten).uses[0].quantity) == "2"


def test_rows_are_read_where_the_sheet_states_its_size_wrongly(tmp_path: Path) -> None:
    path = book(tmp_path, {})
    rewritten = _edited(path, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"')
    assert len(read_bom(rewritten).parts) == 2


def _edited(path: Path, name: str, old: bytes, new: bytes) -> Path:
    """A copy of a workbook with other bytes in one of its files."""
    copy = path.with_name("edited.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            assert entry != name or old in content
            target.writestr(entry, content.replace(old, new) if entry == name else content)
    return copy


@pytest.mark.parametrize(
    "sheets",
    [
        {"Parts": PARTS},
        {"A": [["level", "id"]], "B": [["Tingkat"]]},
        {"Uses": USES, "A": [["Level"]]},
    ],
)
def test_missing_sheets_are_named_beside_those_there_are(sheets: dict[str, Rows], tmp_path: Path) -> None:
    path = book(tmp_path, sheets, sound=False)
    with pytest.raises(BomError) as caught:
        read_bom(path)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("sheet-missing", "bill.xlsx")
    assert all(repr(title) in problem.message for title in sheets)


def test_a_workbook_of_other_sheets_is_told_as_a_list_that_was_not_found(tmp_path: Path) -> None:
    assert found(book(tmp_path, {"Sheet1": [["x"]]}, sound=False)) == [("format-unknown", "bill.xlsx")]


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    whole = book(tmp_path, {}).read_bytes()
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    spoiled = _edited(tmp_path / "bill.xlsx", "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetDat>")
    for name, raw in {
        "text.xlsx": b"id,made_in\n",
        "cut.xlsx": whole[: len(whole) // 2],
        "zip.xlsx": (tmp_path / "zip.xlsx").read_bytes(),
        "edited.xlsx": spoiled.read_bytes(),
    }.items():
        (tmp_path / name).write_bytes(raw)
        assert found(tmp_path / name) == [("file-malformed", name)]
    (tmp_path / "empty.xlsx").touch()
    assert found(tmp_path / "empty.xlsx") == [("format-unknown", "empty.xlsx")]


@some
@given(st.booleans(), st.data())
def test_damage_is_an_error_with_a_place_and_never_a_crash(packed: bool, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = book(Path(folder), {})
        assert files_with_problems(path) == set()
        if packed:
            path.write_bytes(data.draw(damaged(path.read_bytes())))
        else:
            with zipfile.ZipFile(path) as archive:
                name = data.draw(st.sampled_from(archive.namelist()))
                sound = archive.read(name)
            path = _edited(path, name, sound, data.draw(damaged(sound)))
        assert files_with_problems(path) <= {path.name}


def test_what_would_unpack_to_too_much_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path, {})
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as entry:
        for _ in range(513):
            entry.write(bytes(2**20))
    assert bomb.stat().st_size < 2**20
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_, **__: pytest.fail("it was opened"))
    assert found(bomb) == [("file-too-large", "bomb.xlsx")]
    monkeypatch.undo()
    assert len(read_bom(path).parts) == 2


def test_a_row_far_down_does_not_hang(tmp_path: Path) -> None:
    path = book(tmp_path, {})
    far = _edited(path, "xl/worksheets/sheet1.xml", b'<row r="3">', b'<row r="99999999999">')
    assert found(far) == [("unknown-part", "edited.xlsx, sheet Uses, row 2, column part")]


def test_without_openpyxl_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path, {})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"tkdn\[excel\]") as reading:
        read_bom(path)
    with pytest.raises(MissingExtraError) as writing:
        write_bom(with_price("1"), tmp_path / "new.xlsx")
    assert reading.value.code == writing.value.code == "extra-missing"


def test_what_a_sheet_cannot_hold_is_refused_in_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = Bom.from_dict({"format": "tkdn-bom", "version": 1, "parts": [{"id": "CART", "name": "x" * 32_768}]})
    with pytest.raises(UsageError) as too_long:
        write_bom(long, tmp_path / "new.xlsx")
    assert [(p.code, str(p.place)) for p in too_long.value.problems] == [
        ("text-too-long", "new.xlsx, sheet Parts, row 2, column name")
    ]
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    with pytest.raises(UsageError) as too_many:
        write_bom(Bom.from_dict(FULL), tmp_path / "new.xlsx")
    assert [(p.code, str(p.place)) for p in too_many.value.problems] == [("too-many-rows", "new.xlsx, sheet Parts")]
    assert not (tmp_path / "new.xlsx").exists()
