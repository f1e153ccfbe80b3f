"""A directory of suppliers and a table of needs: what is read, and everything that is wrong at once, each with its place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.support.build import EXAMPLES, bill, good, part

import tkdn
from tkdn import Bom, BomError, Directory, Problem
from tkdn.io.spreadsheet.sheets import open_sheets
from tkdn.io.supplier_directory.model import Capability, Capacity, Need
from tkdn.io.supplier_directory.vocabulary import code_of, terms

FOLDER = EXAMPLES / "subang-directory"
CART = Bom.from_dict(bill(good("CART"), part("WHEEL"), uses={"CART": "4*WHEEL"}))
SUPPLIERS = "id,region,industrial_licence,kbli\nA1,32.13,ya,24310\n"
Problems = set[tuple[str, str]]


def folder(tmp_path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def refused(path: Path) -> Problems:
    """Code and place of everything that is wrong with a directory."""
    with pytest.raises(BomError) as caught:
        tkdn.read_directory(path)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return {(problem.code, str(problem.place)) for problem in caught.value.problems}


def needs_refused(path: Path) -> Problems:
    with pytest.raises(BomError) as caught:
        tkdn.read_needs(path, CART)
    return {(problem.code, str(problem.place)) for problem in caught.value.problems}


def workbook(tmp_path: Path, of: Path) -> Path:
    """The tables of a folder as the sheets of one workbook, numbers as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for file in sorted(of.glob("*.csv")):
        sheet: Any = book.create_sheet(file.stem.capitalize())
        for _, cells in open_sheets(file.read_bytes(), file.name).sheets[0].grid.rows:
            sheet.append([float(cell) if isinstance(cell, str) and cell.isdigit() else cell for cell in cells])
    book.save(tmp_path / "directory.xlsx")
    return tmp_path / "directory.xlsx"


def test_a_folder_is_read(tmp_path: Path) -> None:
    rows = (
        "supplier,process,materials,hs_prefixes,length_mm,capacity,capacity_unit\n"
        'A1,Pengecoran,"besi cor, steel",8708,600,60,ton\n'
    )
    (firm,) = tkdn.read_directory(folder(tmp_path, suppliers=SUPPLIERS, capabilities=rows)).suppliers
    assert (firm.id, firm.region, firm.industrial_licence, firm.kbli) == ("A1", "32.13", True, ("24310",))
    (offer,) = firm.capabilities
    assert offer == Capability.model_validate(
        {
            "process": "casting",
            "materials": ("cast_iron", "steel"),
            "hs_prefixes": ("8708",),
            "length_mm": "600",
            "capacity": {"amount": "60", "unit": "ton"},
        }
    )
    assert offer.capacity == Capacity.model_validate({"amount": "60", "unit": "ton"})


def test_the_example_is_read() -> None:
    listed = tkdn.read_directory(FOLDER)
    assert len(listed.suppliers) == 15
    assert all("synthetic" in (firm.name or "") for firm in listed.suppliers)
    assert sum(len(firm.certificates) for firm in listed.suppliers) == 2


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    assert tkdn.read_directory(workbook(tmp_path, FOLDER)) == tkdn.read_directory(FOLDER)


def test_json_says_the_same(tmp_path: Path) -> None:
    listed = tkdn.read_directory(FOLDER)
    (tmp_path / "directory.json").write_text(listed.model_dump_json(exclude_defaults=False), encoding="utf-8")
    assert tkdn.read_directory(tmp_path / "directory.json") == listed


def test_decimals_of_a_list_with_commas(tmp_path: Path) -> None:
    rows = "supplier;process;mass_kg;capacity;capacity_unit\nA1;welding;2,5;1.250,5;kg\n"
    (firm,) = tkdn.read_directory(folder(tmp_path, suppliers=SUPPLIERS, capabilities=rows)).suppliers
    capacity = firm.capabilities[0].capacity
    assert (str(firm.capabilities[0].mass_kg), capacity and str(capacity.amount)) == ("2.5", "1250.5")


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    suppliers = "id,region,scale\nA1,32.13,small\nA1,99.99,huge\n"
    capabilities = (
        "supplier,process,materials,hs_prefixes,length_mm,capacity,capacity_unit\n"
        "A1,castng,stee,870,-5,-10,kgs\n"
        "A9,casting,,,,,\n"
        ",welding,,,,,\n"
        "A1,welding,,,,10,\n"
    )
    assert refused(folder(tmp_path, suppliers=suppliers, capabilities=capabilities)) == {
        ("duplicate-id", "suppliers.csv, row 3, column id"),
        ("region-unknown", "suppliers.csv, row 3, column region"),
        ("value-unknown", "suppliers.csv, row 3, column scale"),
        ("process-unknown", "capabilities.csv, row 2, column process"),
        ("material-unknown", "capabilities.csv, row 2, column materials"),
        ("hs-prefix-invalid", "capabilities.csv, row 2, column hs_prefixes"),
        ("number-not-positive", "capabilities.csv, row 2, column length_mm"),
        ("number-negative", "capabilities.csv, row 2, column capacity"),
        ("unit-unknown", "capabilities.csv, row 2, column capacity_unit"),
        ("unknown-supplier", "capabilities.csv, row 3, column supplier"),
        ("missing-key", "capabilities.csv, row 4, column supplier"),
        ("missing-key", "capabilities.csv, row 5, column capacity_unit"),
    }


def test_a_missing_column(tmp_path: Path) -> None:
    rows = "supplier,materials\nA1,steel\n"
    assert refused(folder(tmp_path, suppliers=SUPPLIERS, capabilities=rows)) == {
        ("missing-column", "capabilities.csv, row 1")
    }


def test_a_column_that_is_none(tmp_path: Path) -> None:
    rows = "supplier,process,colour\nA1,casting,red\n"
    wrong = refused(folder(tmp_path, suppliers=SUPPLIERS, capabilities=rows))
    assert wrong == {("unknown-column", "capabilities.csv, row 1, column colour")}


def test_a_missing_table(tmp_path: Path) -> None:
    assert refused(folder(tmp_path, suppliers=SUPPLIERS)) == {("file-missing", tmp_path.name)}


def test_no_such_path(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere") == {("file-missing", "nowhere")}
    assert refused(tmp_path / "nowhere.json") == {("file-missing", "nowhere.json")}


def test_the_same_capability_by_two_names(tmp_path: Path) -> None:
    rows = (
        'supplier,process,materials\nA1,casting,"steel, cast_iron"\nA1,Pengecoran,"besi cor, baja"\nA1,casting,steel\n'
    )
    wrong = refused(folder(tmp_path, suppliers=SUPPLIERS, capabilities=rows))
    assert wrong == {("duplicate-capability", "capabilities.csv, row 3, column process")}


def test_a_certificate_of_nobody(tmp_path: Path) -> None:
    rows = "supplier,number,tkdn,issued,hs_code\nA2,SYN-1,40,2025-01-01,87087039\n"
    tables = {"suppliers": SUPPLIERS, "capabilities": "supplier,process\nA1,casting\n", "certificates": rows}
    assert refused(folder(tmp_path, **tables)) == {("unknown-supplier", "certificates.csv, row 2, column supplier")}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], ("json-malformed", "d.json")),
        ({"format": "tkdn-bom"}, ("format-unknown", "d.json, format")),
        ({"format": "tkdn-directory", "version": 1, "suppliers": 5}, ("wrong-type", "d.json, suppliers")),
        ({"format": "tkdn-directory", "version": 2}, ("version-unknown", "d.json, version")),
        ({"format": "tkdn-directory", "version": 1, "suppliers": [5]}, ("wrong-type", "d.json, suppliers[0]")),
        (
            {
                "format": "tkdn-directory",
                "version": 1,
                "suppliers": [{"id": "A", "capabilities": [{"process": "casting", "hs": 1}]}],
            },
            ("unknown-key", "d.json, suppliers[0].capabilities[0].hs"),
        ),
    ],
)
def test_json_that_is_wrong(tmp_path: Path, document: object, expected: tuple[str, str]) -> None:
    (tmp_path / "d.json").write_text(json.dumps(document), encoding="utf-8")
    assert refused(tmp_path / "d.json") == {expected}


def test_an_unknown_key_has_a_hint(tmp_path: Path) -> None:
    firm = {"id": "A", "capabilities": [{"process": "casting", "hs_prefix": ["87"]}]}
    document = {"format": "tkdn-directory", "version": 1, "suppliers": [firm]}
    (tmp_path / "d.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BomError, match="did you mean 'hs_prefixes'"):
        tkdn.read_directory(tmp_path / "d.json")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    assert refused(tmp_path / ("d" * 5000)) == {("file-missing", "d" * 100)}


CELLS = st.sampled_from(
    [
        "",
        "A1",
        "A2",
        "casting",
        "Pengecoran",
        "baja, steel",
        "8708",
        "-1",
        "1e9",
        "1.250",
        "2,5",
        "kg",
        "99.99",
        "32.13",
        "=1+1",
        "é",
    ]
)


@some
@given(
    rows=st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=4),
    firms=st.lists(st.lists(CELLS, min_size=3, max_size=3)),
)
def test_whatever_stands_in_the_cells(rows: list[list[str]], firms: list[list[str]], tmp_path_factory: Any) -> None:
    """It is read, or told with its place."""
    tmp_path = tmp_path_factory.mktemp("d")
    heads = ["supplier;process;materials;hs_prefixes;length_mm;mass_kg;capacity;capacity_unit", "id;region;kbli"]
    for name, head, table in zip(("capabilities", "suppliers"), heads, (rows, firms), strict=True):
        text = "\n".join([head, *(";".join(row) for row in table)])
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    problems, ids = outcome(tmp_path)
    assert all(problem.place.file and problem.remedy for problem in problems)
    assert len(set(ids)) == len(ids)


def outcome(path: Path) -> tuple[Sequence[Problem], list[str]]:
    """What is wrong with a directory, or the ids of its firms."""
    try:
        return (), [firm.id for firm in tkdn.read_directory(path).suppliers]
    except BomError as error:
        return error.problems, []


# Needs


def test_needs_are_read(tmp_path: Path) -> None:
    (tmp_path / "needs.csv").write_text(
        "Bagian;Proses;Massa kg;Kebutuhan Setahun;Satuan\nWHEEL;Pengelasan;7,5;400;lusin\n"
    )
    (need,) = tkdn.read_needs(tmp_path / "needs.csv", CART).needs
    values = {"part": "WHEEL", "process": "welding", "mass_kg": "7.5", "quantity": "400", "unit": "lusin"}
    assert need == Need.model_validate(values)


def test_needs_in_json(tmp_path: Path) -> None:
    document = {"format": "tkdn-needs", "version": 1, "needs": [{"part": "WHEEL", "process": "welding"}]}
    (tmp_path / "needs.json").write_text(json.dumps(document))
    assert tkdn.read_needs(tmp_path / "needs.json", CART).needs[0].process == "welding"


def test_everything_wrong_with_needs(tmp_path: Path) -> None:
    rows = "part,process,hs_code,mass_kg,quantity,unit\nWHEEL,wellding,99,0,-1,kgs\nWHEELS,casting,,,,\nWHEEL,casting,,,,\n"
    (tmp_path / "needs.csv").write_text(rows)
    assert needs_refused(tmp_path / "needs.csv") == {
        ("process-unknown", "needs.csv, row 2, column process"),
        ("hs-code-invalid", "needs.csv, row 2, column hs_code"),
        ("number-not-positive", "needs.csv, row 2, column mass_kg"),
        ("number-negative", "needs.csv, row 2, column quantity"),
        ("unit-unknown", "needs.csv, row 2, column unit"),
        ("unknown-part", "needs.csv, row 3, column part"),
        ("duplicate-need", "needs.csv, row 4, column part"),
    }


@pytest.mark.parametrize("kind", ["process", "material"])
def test_no_two_terms_share_a_name(kind: str) -> None:
    for term in terms(kind).values():
        assert {code_of(kind, name) for name in (term.code, term.english, term.indonesian)} == {term.code}


def test_an_empty_directory_is_one(tmp_path: Path) -> None:
    empty = folder(tmp_path, suppliers="id\n", capabilities="supplier,process\n")
    assert tkdn.read_directory(empty) == Directory()
