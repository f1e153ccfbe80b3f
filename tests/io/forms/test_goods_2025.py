"""Filled forms of 35/2025, as the library writes them: read back as a bill, and counted again."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from tests.properties.settings import some
from tests.support import bills
from tests.support.build import EXAMPLES, Record, abroad, assessed, bill, firm, good, home, part

from tkdn import assess, read_bom, write_forms
from tkdn.bom.model import Brainware
from tkdn.io import read_with
from tkdn.io.import_report import ReadBill
from tkdn.io.options import ReadOptions

PUMP = EXAMPLES / "pump" / "pump.json"


def filled(tmp_path: Path, change: Callable[[Any], object] = lambda book: None) -> ReadBill:
    """The pump's forms, with every formula replaced by its value, as a person fills them in."""
    path = tmp_path / "forms.xlsx"
    write_forms(assess(read_bom(PUMP)), path, force=True)
    book = openpyxl.load_workbook(path, data_only=True)
    change(book)
    book.save(path)
    return read_with(path, ReadOptions())


def notes(reading: ReadBill, code: str) -> list[str]:
    assert reading.understood is not None
    return [note.message_in() for note in reading.understood.notes if note.code == code]


def test_material_and_ticks_are_read(tmp_path: Path) -> None:
    reading, pump = filled(tmp_path), read_bom(PUMP)
    assert reading.understood is not None
    assert reading.understood.kind == "formulir-35-2025"
    product = reading.bom.parts[0]
    assert product.production is not None
    assert (product.production.factory, product.production.invested_in_indonesia) == ("own", True)
    assert (product.production.indonesian_workers, product.production.foreign_workers) == (10, 0)
    assert (product.supplier, [firm.id for firm in reading.bom.suppliers]) == ("PT Contoh 1", ["PT Contoh 1"])
    assert [(use.part, use.quantity) for use in reading.bom.uses] == [(use.part, use.quantity) for use in pump.uses]
    assert notes(reading, "form-differs") == []


def test_the_score_read_back_is_the_pumps(tmp_path: Path) -> None:
    assert assess(filled(tmp_path).bom, on="2026-01-05").exact == assess(read_bom(PUMP)).exact


def without() -> Callable[[Any], None]:
    """Takes what stands beside the forms away, as in the forms of others."""

    def change(book: Any) -> None:
        for row in book["Formulir 1.1"].iter_rows():
            for cell in row[12:]:
                cell.value = None
        for row in book["Formulir 1.2"].iter_rows():
            if str(row[0].value).endswith("(di luar formulir)"):
                row[0].value = row[4].value = None

    return change


def test_of_others_a_figure_without_its_certificate_is_noted_and_not_taken(tmp_path: Path) -> None:
    reading = filled(tmp_path, without())
    assert not any(part.certificates for part in reading.bom.parts)
    assert notes(reading, "form-tkdn")[0].startswith("Base Frame is counted at 78.00% without naming a certificate")
    product = reading.bom.parts[0]
    assert product.production is not None
    assert product.production.indonesian_workers is None


def read_back(tmp_path: Path, *parts: Record, uses: str, **top: Any) -> ReadBill:
    write_forms(assessed(bill(*parts, uses={"GOOD": uses}, **top)), tmp_path / "forms.xlsx")
    return read_with(tmp_path / "forms.xlsx", ReadOptions())


def test_full_credit_without_a_certificate_is_told_by_the_article_beside_it(tmp_path: Path) -> None:
    parts = (home("WOOD", 100, natural_resource=True), home("BOX", 100, all_domestic_material=True))
    reading = read_back(tmp_path, good(), *parts, home("NUT", 100), uses="WOOD BOX NUT")
    found = {part.id: (part.natural_resource, part.all_domestic_material) for part in reading.bom.parts[1:]}
    assert found == {"WOOD": (True, None), "BOX": (False, True), "NUT": (False, None)}
    assert len(notes(reading, "form-natural-resource") + notes(reading, "form-all-domestic-material")) == 2


def test_a_maker_without_a_licence(tmp_path: Path) -> None:
    firms = [firm("S-1", industrial_licence=False), firm("S-2")]
    parts = (home("A", 100, supplier="S-1"), home("B", 100, supplier="S-2"))
    reading = read_back(tmp_path, good(), *parts, uses="A B", suppliers=firms)
    assert {each.id: each.industrial_licence for each in reading.bom.suppliers} == {"S-1": False, "S-2": None}


def test_firms_of_one_name_stay_apart(tmp_path: Path) -> None:
    firms = [firm("S-1", name="CV Logam", industrial_licence=False), firm("S-2", name="CV Logam")]
    parts = (home("A", 100, supplier="S-1"), home("B", 100, supplier="S-2"))
    reading = read_back(tmp_path, good(supplier="S-2"), *parts, uses="A B", suppliers=firms)
    assert [(part.id, part.supplier) for part in reading.bom.parts[1:]] == [("A", "S-1"), ("B", "S-2")]
    assert [each.name for each in reading.bom.suppliers if each.name] == ["CV Logam", "CV Logam"]


def test_the_applicant_is_the_maker_of_that_name(tmp_path: Path) -> None:
    firms = [firm("S-1", name="CV Logam")]
    reading = read_back(tmp_path, good(supplier="S-1"), home("A", 100, supplier="S-1"), uses="A", suppliers=firms)
    assert [part.supplier for part in reading.bom.parts] == ["S-1", "S-1"]


def test_credit_of_nothing_without_a_maker_is_told(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        without()(book)
        book["Formulir 1.1"].cell(17, 11).value = 0

    (message,) = notes(filled(tmp_path, change), "form-unlicensed")
    assert message.startswith("Stud Bolt is counted at nothing though made in Indonesia")


def test_a_finished_part_does_not_take_its_makers_licence_away(tmp_path: Path) -> None:
    """Read as of a maker without a licence before: the maker's other part came out at 0.00 for 12.50."""
    parts = (
        home("A", 100, supplier="S-1", production={"factory": "own", "activity": "packing"}),
        home("B", 100, supplier="S-1"),
    )
    firms = [firm("S-1", name="CV Logam", industrial_licence=True)]
    reading = read_back(tmp_path, good(supplier="S-1"), *parts, uses="A B", suppliers=firms)
    assert [each.industrial_licence for each in reading.bom.suppliers] == [None]
    assert [part.production and part.production.activity for part in reading.bom.parts[1:]] == ["none", None]
    (message,) = notes(reading, "form-not-produced")
    assert message.startswith("A is counted at nothing though its maker's other parts are not")
    assert assess(reading.bom).factors["material"].value == Fraction(25, 2)


def test_a_natural_resource_shows_no_licence(tmp_path: Path) -> None:
    """It earns without one: the other part of the same maker is that of a firm without a licence."""
    parts = (home("ORE", 100, supplier="S-1", natural_resource=True), home("B", 100, supplier="S-1"))
    firms = [firm("S-1", name="CV Logam", industrial_licence=False), firm("S-2", name="PT Rakit")]
    reading = read_back(tmp_path, good(supplier="S-2"), *parts, uses="ORE B", suppliers=firms)
    assert [each.industrial_licence for each in reading.bom.suppliers if each.id == "S-1"] == [False]
    assert notes(reading, "form-not-produced") == []


@pytest.mark.parametrize(
    "stated",
    [
        {"rd_share_of_revenue": "0.0175", "rd_unit": "third_party", "rd_programme": True, "rd_used_in_product": False},
        {"rd_unit": "none", "rd_used_in_product": True},
        {"rd_share_of_revenue": "0"},
    ],
)
def test_brainware_is_read_back(tmp_path: Path, stated: Record) -> None:
    reading = read_back(tmp_path, good(brainware=stated), home("A", 100), uses="A")
    brainware = reading.bom.parts[0].brainware
    assert brainware is not None
    assert brainware == Brainware.model_validate(stated)


def test_a_range_of_research_is_told_and_not_taken(tmp_path: Path) -> None:
    write_forms(assessed(bill(good(brainware={"rd_share_of_revenue": "0.0175"}), home("A", 1), uses={"GOOD": "A"})),
                tmp_path / "forms.xlsx")  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "forms.xlsx", data_only=True)
    for row in book["Kemampuan Intelektual"].iter_rows():
        if str(row[1].value).endswith("(di luar formulir)"):
            row[1].value = row[4].value = None
    book.save(tmp_path / "forms.xlsx")
    reading = read_with(tmp_path / "forms.xlsx", ReadOptions())
    assert reading.bom.parts[0].brainware is None
    assert notes(reading, "form-research") == [
        "R&D spending is in row B, which holds a range: state rd_share_of_revenue"
    ]


def test_an_incomplete_bill_is_read_back_as_incomplete(tmp_path: Path) -> None:
    reading = read_back(tmp_path, good(production={"factory": "own"}), home("A"), abroad("B", 100), uses="A B")
    assert [(part.id, part.made_in, part.price and part.price.amount) for part in reading.bom.parts[1:]] == [
        ("A", "ID", None),
        ("B", "CN", 100),
    ]
    assert assess(reading.bom).score is None


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (12, 4, 0.0225, "I. Bahan/Material Langsung: TKDN is printed as 2.25, but comes to 2.52"),
        (15, 4, 0.2725, "TKDN Barang: TKDN is printed as 27.25, but comes to 27.52"),
        (12, 3, 0.04, "I. Bahan/Material Langsung: TKDN Faktor is printed as 4, but comes to 3.36"),
    ],
)
def test_slips_of_the_recap_are_told(tmp_path: Path, row: int, column: int, value: float, message: str) -> None:
    """The first two are those of the regulation's own filled example."""

    def slip(book: Any) -> None:
        book["Formulir 1.4"].cell(row, column).value = value

    assert message in notes(filled(tmp_path, slip), "form-differs")


def test_percentages_as_text_or_as_shares(tmp_path: Path) -> None:
    def as_text(book: Any) -> None:
        for row in book["Formulir 1.4"].iter_rows(min_row=12, max_row=15, min_col=2):
            for cell in row:
                if isinstance(cell.value, float):
                    cell.value = f"{cell.value * 100:.2f}%".replace(".", ",")

    def as_shares(book: Any) -> None:
        for row in book["Formulir 1.4"].iter_rows(min_row=12, max_row=15, min_col=2):
            for cell in row:
                cell.number_format = "General"

    for change in (as_text, as_shares):
        assert notes(filled(tmp_path, change), "form-differs") == []


@given(bills.bills())
@settings(some, max_examples=60, derandomize=True, phases=[Phase.generate])
def test_a_random_bills_factors_are_read_back(tmp_path_factory: pytest.TempPathFactory, document: Record) -> None:
    """Where there is a score: activities and parts that are not main, which the forms leave out, decide whether there is one."""
    path = tmp_path_factory.mktemp("forms") / "forms.xlsx"
    assessment = assessed(document)
    write_forms(assessment, path)
    again = assess(read_bom(path), on=assessment.on)
    if assessment.exact is not None:
        values = {name: each.value for name, each in assessment.factors.items()}
        assert {name: each.value for name, each in again.factors.items()} == pytest.approx(values)


def test_a_wrong_share_is_told(tmp_path: Path) -> None:
    def wrong(book: Any) -> None:
        sheet = book["Formulir 1.1"]
        sheet.cell(12, 9).value = 0.31

    (message,) = notes(filled(tmp_path, wrong), "form-differs")
    assert message == "Base Frame: Proporsi Pemakaian is printed as 31, but comes to 2.96"


@pytest.mark.parametrize(
    ("row", "sheet", "expected"),
    [(1, "Formulir 1.2", "partner_factory"), (2, "Formulir 1.2", "outsourced")],
)
def test_the_tick_says_whose_factory_it_is(tmp_path: Path, row: int, sheet: str, expected: str) -> None:
    def move(book: Any) -> None:
        for name in ("Formulir 1.2", "Formulir 1.3"):
            rows = [each for each in book[name].iter_rows() if each[2].value == "✓"]
            rows[0][2].value = None
            book[name].cell(rows[0][0].row + row, 3).value = "✓"

    production = filled(tmp_path, move).bom.parts[0].production
    assert production is not None
    assert production.factory == expected


def test_several_ticks_are_told_and_none_is_taken(tmp_path: Path) -> None:
    def twice(book: Any) -> None:
        sheet = book["Formulir 1.2"]
        (ticked,) = (each for each in sheet.iter_rows() if each[2].value == "✓")
        sheet.cell(ticked[0].row + 1, 3).value = "✓"

    reading = filled(tmp_path, twice)
    assert notes(reading, "form-ticks") == ["Formulir 1.2 has several ticks: none is taken"]


def test_sheets_without_a_form_are_passed_over(tmp_path: Path) -> None:
    """The self-declaration of a small industry names no form."""
    document = bill(good(maker="S-1"), home("A", 100), uses={"GOOD": "A"}, suppliers=[firm("S-1", "small")])
    path = tmp_path / "forms.xlsx"
    write_forms(assessed(document), path)
    assert "Self Declare" in openpyxl.load_workbook(path).sheetnames
    assert [part.id for part in read_bom(path).parts][1:] == ["A"]


def test_an_import_of_no_stated_country_comes_back(tmp_path: Path) -> None:
    """Its column (5) could not be read back, so that its origin was unknown."""
    document = bill(good(), part("A", 100, "XX"), home("B", 100), uses={"GOOD": "A B"})
    path = tmp_path / "forms.xlsx"
    write_forms(assessed(document), path)
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book["Formulir 1.1"].iter_rows(values_only=True) for cell in row]
    assert "impor, negara tidak disebut" in cells
    assert "XX" not in cells
    assert [each.made_in for each in read_with(path, ReadOptions()).bom.parts] == ["ID", "XX", "ID"]
