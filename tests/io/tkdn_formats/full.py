"""A bill that states every field of the model, and texts that files like to spoil."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import strategies as st

from tkdn import Bom, BomError, read_bom

Document = dict[str, Any]
Rows = list[list[Any]]

FULL: Document = {
    "format": "tkdn-bom",
    "version": 1,
    "product": "CART",
    "date": "2026-06-01",
    "currency": "USD",
    "parts": [
        {
            "id": "CART",
            "name": "Gerobak",
            "spec": "two wheels",
            "made_in": "ID",
            "maker": "S-2",
            "conversion_cost": {"amount": "350000", "currency": "IDR"},
            "production": {
                "factory": "own",
                "activity": "finishing",
                "hs_heading_changed": True,
                "indonesian_workers": 40,
                "foreign_workers": 0,
                "invested_in_indonesia": True,
                "normal_capacity": "120.5",
                "costs": [
                    {
                        "kind": "machine_rented",
                        "name": "=press",
                        "number": "2",
                        "monthly": {"amount": "1500.50", "currency": "JPY"},
                        "allocation": "0.25",
                        "made_in": "JP",
                        "owner": "mixed",
                        "domestic_share": "0.4",
                    },
                    {
                        "kind": "labour",
                        "number": "12",
                        "monthly": {"amount": "5500000"},
                        "allocation": "1",
                        "citizenship": "ID",
                        "tkdn": "100",
                    },
                ],
            },
            "vehicle": {
                "wheels": "two_three",
                "converted": False,
                "assembly_indonesian_share": "0.9",
                "assembly_labour_achieved": "0.8",
                "assembly_tools_achieved": "0.5",
                "development": ["prototyping", "testing"],
                "battery_investment": {"amount": "5000000000000", "currency": "IDR"},
                "battery_investment_from": "2025-01-01",
            },
            "brainware": {
                "rd_share_of_revenue": "0.02",
                "rd_unit": "third_party",
                "rd_programme": True,
                "rd_used_in_product": False,
            },
            "group": "body",
            "hs_code": "87168010",
            "kbli": "01234",
            "evidence": [{"kind": "deed", "number": "0012", "date": "2025-12-31", "file": "akta.pdf"}, {}],
        },
        {
            "id": "WHEEL",
            "unit": "lusin",
            "price": {"amount": "1250.50", "currency": "JPY", "per": "100"},
            "made_in": "ID",
            "supplier": "S-1",
            "certificates": [
                {
                    "number": "1/TKDN",
                    "tkdn": "78.20",
                    "issued": "2025-02-01",
                    "expires": "2030-01-31",
                    "regulation": "permenperin-35-2025",
                    "self_declared": False,
                    "withdrawn": "2026-01-01",
                    "frozen": ["2025-06-01", "2025-06-30"],
                    "bmp": "12.5",
                    "bmp_expires": "2030-02-01",
                    "evidence": [{"kind": "scan", "file": "1.pdf"}, {"number": "2"}],
                },
                {"number": "2/TKDN", "tkdn": "40", "issued": "2024-02-29"},
            ],
            "all_domestic_material": False,
            "natural_resource": True,
            "main": False,
        },
        {"id": "AXLE", "unit": "kg", "production": {}, "brainware": {}, "vehicle": {}},
        {"id": "HUB", "vehicle": {"development": []}},
        {"id": "PAPER", "phantom": True},
        {"id": "WELD", "in_house": True},
    ],
    "uses": [
        {"parent": "CART", "part": "PAPER", "quantity": "1"},
        {
            "parent": "PAPER",
            "part": "WHEEL",
            "quantity": "2",
            "unit": "pcs",
            "scrap": "0.05",
            "valid_from": "1899-12-31",
            "valid_to": "9999-12-31",
        },
        {"parent": "PAPER", "part": "AXLE", "quantity": "0.1", "alternative_to": "WHEEL", "chosen": True},
        {"parent": "CART", "part": "WELD", "quantity": "1"},
    ],
    "suppliers": [
        {
            "id": "S-1",
            "name": "CV Roda",
            "region": "32.10",
            "scale": "small",
            "capital": {"amount": "1900000000", "currency": "IDR"},
            "sales": {"amount": "100000.10", "currency": "JPY"},
            "workers": 18,
            "industrial_licence": False,
            "domestic_share": "0.51",
        },
        {"id": "S-2"},
    ],
    "rates": [
        {"currency": "USD", "rate": "16250", "from": "2026-01-01"},
        {"currency": "JPY", "rate": "10850.250", "from": "2026-01-01", "per": "100"},
    ],
}

NASTY = (
    "=1+1",
    "+62 21",
    "-2",
    "@SUM(A1)",
    "'=1",
    "'",
    "''",
    "'quoted",
    "",
    " ",
    "\t",
    "\tx",
    "\rx",
    "a\rb",
    "a\r\nb",
    "two\nlines",
    'say "hi"',
    '"',
    "a,b;c",
    "#REF!",
    "#N/A",
    "TRUE",
    "0012",
    "1e5",
    "2026-06-01",
    " spaces around ",
    "_x0041_",
    "_x0001\x02_",
    "\x00\x01\x0b\x1f",
    "\ufeffmark",
    "\ufffe\uffff",
    "軸受 \U0001f6d2 é",
    "\u2028\x85\xa0",
)
texts = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def nasty_documents(draw: st.DrawFn) -> Document:
    """The full bill with other free texts, some of them nasty."""
    part = {**FULL["parts"][0], "name": draw(texts), "spec": draw(texts), "group": draw(texts)}
    part["evidence"] = [{"kind": draw(texts), "number": draw(texts), "file": draw(texts)}]
    number = draw(texts)
    held = {"number": number, "tkdn": "40", "issued": "2024-02-29", "evidence": [{"kind": draw(texts)}]}
    supplier = {**FULL["suppliers"][0], "name": draw(texts)}
    parts = [part, {**FULL["parts"][1], "certificates": [held]}, *FULL["parts"][2:]]
    return {**FULL, "parts": parts, "suppliers": [supplier, *FULL["suppliers"][1:]]}


def same(bom: Bom, other: Bom) -> bool:
    """Whether two bills say the same in the same digits and the same order."""
    return bom == other and bom.to_json() == other.to_json()


def save_sheets(path: Path, sheets: dict[str, Rows]) -> Path:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@st.composite
def damaged(draw: st.DrawFn, raw: bytes) -> bytes:
    """Bytes of which a few have become others."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, 999_999)) % len(raw)
        end = start + draw(st.integers(0, 4))
        raw = (
            raw[:start]
            + draw(st.binary(max_size=3) | st.sampled_from([b",", b";", b'"', b"\n", b"<", b"0"]))
            + raw[end:]
        )
    return raw


def files_with_problems(path: Path) -> set[str | None]:
    """The files that the problems of reading name: none where it can be read. Nothing but `BomError` may come."""
    try:
        read_bom(path)
    except BomError as error:
        return {problem.place.file for problem in error.problems}
    return set()


def found(path: Path, **options: Any) -> list[tuple[str, str]]:
    """Code and place of everything that is wrong with a file; every problem has a message and a remedy."""
    with pytest.raises(BomError) as caught:
        read_bom(path, **options)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]
