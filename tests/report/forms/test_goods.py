"""Formulir 1.1 to 1.4: the assessment's figures, formulas over the cells, and what is missing said."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from babel import Locale
from hypothesis import given, settings
from tests.properties.settings import some
from tests.report.forms.reading import expected, figures, formulas, row_of, texts
from tests.support import bills
from tests.support.build import EXAMPLES, MADE, Document, abroad, assessed, bill, cert, good, home, part

from tkdn import Assessment, MissingExtraError, UsageError, assess, read_bom, regulation, write_forms
from tkdn.bom.country import COUNTRIES
from tkdn.report.forms.sheet import LINE_HEIGHT

PUMP, PICKUP = EXAMPLES / "pump" / "pump.json", EXAMPLES / "rural-pickup" / "pickup.json"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "forms.xlsx"


def written(out: Path, *parts: Document, uses: str, **top: object) -> Path:
    write_forms(assessed(bill(*parts, uses={"GOOD": uses}, **top)), out)  # type: ignore[arg-type]
    return out


@pytest.mark.parametrize("path", [PUMP, PICKUP], ids=lambda path: path.stem)
def test_figures_are_the_assessments(path: Path, out: Path) -> None:
    assessment = assess(read_bom(path))
    write_forms(assessment, out)
    assert figures(out) == expected(assessment)


@given(bills.bills())
@settings(some, max_examples=40)
def test_figures_of_random_bills(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    out = tmp_path_factory.mktemp("forms") / "forms.xlsx"
    assessment = assessed(document)
    write_forms(assessment, out)
    assert figures(out) == expected(assessment)


def test_the_pump_is_the_texts_own_example(out: Path) -> None:
    write_forms(assess(read_bom(PUMP)), out)
    found = figures(out)
    assert found.lines[2] == ("Base Frame", "4100000.00", "2.96", "80", "2.37")
    assert (found.total, found.material, found.score) == ("138430000.00", "3.36", "27.52")
    assert found.factors == [("3.36", "2.52"), ("100.00", "10.00"), ("100.00", "15.00")]


def test_sheets_have_indonesian_names(out: Path) -> None:
    write_forms(assess(read_bom(PUMP)), out)
    forms = [f"Formulir 1.{number}" for number in range(1, 5)]
    assert openpyxl.load_workbook(out).sheetnames == [*forms, "Dokumen Pendukung", "Catatan"]


def test_columns_are_those_of_the_form(out: Path) -> None:
    write_forms(assess(read_bom(PUMP)), out)
    rows = texts(out, "Formulir 1.1")
    start = next(number for number, row in enumerate(rows) if row[0] == "No")
    assert rows[start][:12] == (
        *("No", "Uraian", "Spesifikasi", "Satuan", "Negara Asal", "Jumlah Pemakaian", "Harga Satu Satuan (Rp)"),
        *("Biaya Pemakaian (Rp)", "Proporsi Pemakaian", "Nilai TKDN", "Persentase KDN", "KDN Komponen"),
    )
    assert rows[start + 1][:12] == tuple(f"({number})" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14))


def test_a_change_of_price_would_reach_the_recap(out: Path) -> None:
    write_forms(assess(read_bom(PUMP)), out)
    found = {(sheet, cell): formula for sheet, cell, formula in formulas(out)}
    assert found["Formulir 1.1", "H10"] == "=ROUND(F10*G10,0)"
    assert found["Formulir 1.1", "L10"] == "=ROUND(ROUND(F10*G10*K10/$N$18,13),4)"
    assert found["Formulir 1.1", "N18"] == "=SUMPRODUCT($F$10:$F$17,$G$10:$G$17)"
    assert found["Formulir 1.1", "L19"] == "=ROUND($N$19,4)"
    assert found["Formulir 1.4", "D12"] == "=ROUND(ROUND(B12*'Formulir 1.1'!$N$19,13),4)"
    assert found["Formulir 1.4", "D15"] == "=ROUND(ROUND(B12*'Formulir 1.1'!$N$19+B13*C13+B14*C14,13),4)"


def test_certificates_column(out: Path) -> None:
    """A certificate's value with all it has; blank for a domestic component without one; 0% for an import."""
    written(
        out,
        *(good(), home("A", 100, certificates=[cert("52.375")]), home("B", 100), abroad("C", 100), part("D", 100)),
        uses="A B C D",
    )
    book = openpyxl.load_workbook(out)["Formulir 1.1"]
    cells = [row[9] for row in book.iter_rows() if isinstance(row[0].value, int)]
    assert [cell.value for cell in cells] == [0.52375, None, 0, None]
    assert [cells[0].number_format, cells[2].number_format] == ["[$-421]0.000%", "[$-421]0%"]


def test_the_article_of_each_credit_stands_beside_it(out: Path) -> None:
    written(out, good(), home("A", 100, certificates=[cert("48")]), home("B", 100), abroad("C", 100), uses="A B C")
    assert [row[12] for row in texts(out, "Formulir 1.1") if isinstance(row[0], int)] == [
        *("Pasal 5(2)a.3", "Pasal 5(2)b.2", "Pasal 5(2)b.3"),
    ]


def test_quantity_and_price_times_each_other_are_the_cost(out: Path) -> None:
    written(
        out,
        *(good(), home("WIRE", {"amount": "90", "per": "7"}, unit="m"), home("B", 1)),
        uses="B",
        more_uses=[{"parent": "GOOD", "part": "WIRE", "quantity": "150", "unit": "cm", "scrap": "0.05"}],
    )
    (row,) = [row for row in texts(out, "Formulir 1.1") if row[1] == "WIRE"]
    assert row[3:6] == ("m", "Indonesia", pytest.approx(1.5 / 0.95))
    assert row[5] * row[6] == pytest.approx(1.5 / 0.95 * 90 / 7)
    assert row[7] == 20.3


@pytest.mark.parametrize(
    ("made", "sheet", "ticked"),
    [
        (MADE, "Formulir 1.2", [1]),
        ({**MADE, "factory": "partner_factory"}, "Formulir 1.2", [2]),
        ({**MADE, "factory": "outsourced"}, "Formulir 1.3", [3]),
        ({**MADE, "foreign_workers": 5}, "Formulir 1.2", [4]),
        ({**MADE, "invested_in_indonesia": False}, "Formulir 1.3", [4]),
        ({"factory": "own"}, "Formulir 1.2", []),
    ],
)
def test_one_row_is_ticked(made: Document, sheet: str, ticked: list[int], out: Path) -> None:
    written(out, good(production=made), home("A", 100), uses="A")
    rows = [row for row in texts(out, sheet) if isinstance(row[0], int)]
    assert [row[0] for row in rows if row[2]] == ticked
    assert [row[0] for row in rows if isinstance(row[4], int | float)] == ticked


def test_parts_that_are_not_main_stand_on_the_notes(out: Path) -> None:
    written(out, good(), home("A", 100), home("GLUE", 5, main=False), uses="A GLUE")
    assert [line[0] for line in figures(out).lines] == ["A"]
    assert ("GLUE", "GLUE", None, None) in texts(out, "Catatan")


def test_countries_are_named_in_indonesian(out: Path) -> None:
    """As Unicode CLDR has them; but China, as the regulation's own example prints it."""
    names = {**Locale("id").territories, "CN": "China"}
    codes = sorted(COUNTRIES)
    written(out, good(), *[part(code, 100, code) for code in codes], uses=" ".join(codes))
    rows = {row[1]: row[4] for row in texts(out, "Formulir 1.1") if isinstance(row[0], int)}
    assert rows == {code: names[code] for code in codes}


def test_phantoms_are_opened(out: Path) -> None:
    document = bill(good(), {"id": "KIT", "phantom": True}, home("A", 100), uses={"GOOD": "2*KIT", "KIT": "3*A"})
    write_forms(assessed(document), out)
    assert [row[5] for row in texts(out, "Formulir 1.1") if row[1] == "A"] == [6]


def test_the_header_holds_what_the_bill_says_and_no_more(out: Path) -> None:
    write_forms(assess(read_bom(PUMP)), out)
    sheet = openpyxl.load_workbook(out)["Formulir 1.4"]
    header = {row[0].value: row[1] for row in sheet.iter_rows(max_row=9)}
    assert (header["Pelaku Usaha"].value, header["Jenis Produk"].value) == ("PT Contoh 1", "Pompa DRHK25")
    for label in ("Alamat", "Tipe", "Standar"):
        assert header[label].value is None
        assert header[label].fill.fgColor.rgb == "FFFFE699"


def test_where_making_is_handed_over_the_seller_applies(out: Path) -> None:
    firms = [{"id": "BRAND", "name": "Brand"}, {"id": "SHOP", "name": "Workshop"}]
    made = good(supplier="BRAND", maker="SHOP", production={**MADE, "factory": "outsourced"})
    written(out, made, home("A", 100), uses="A", suppliers=firms)
    assert row_of(out, "Formulir 1.4", "Pelaku Usaha", 0)[1] == "Brand"


# ---------------------------------------------------------------------------------------------------------------------
# On paper
# ---------------------------------------------------------------------------------------------------------------------


def test_a_name_as_long_as_it_may_be_stands_across_the_form(out: Path) -> None:
    name = "Rangka penyangga bak muatan " * 10
    written(out, good(name=name.strip()), home("A", 100), uses="A")
    book = openpyxl.load_workbook(out)
    assert "C3:L3" in {str(each) for each in book["Formulir 1.1"].merged_cells.ranges}
    assert book["Formulir 1.1"].row_dimensions[3].height == 2 * LINE_HEIGHT
    assert book["Formulir 1.4"].row_dimensions[5].height == 6 * LINE_HEIGHT


def test_columns_are_as_wide_as_their_figures(out: Path) -> None:
    written(out, good(), home("SHIP", "2e12"), home("BOLT", "0.015"), uses="SHIP BOLT", more_uses=[
        {"parent": "GOOD", "part": "BOLT", "quantity": "1234567.123456"}])  # fmt: skip
    sheet = openpyxl.load_workbook(out)["Formulir 1.1"]
    assert [round(sheet.column_dimensions[letter].width) for letter in "FGH"] == [19, 20, 22]


def test_printing(out: Path) -> None:
    """A4, landscape, one page wide, headings on every page; what is outside the form is not printed."""
    write_forms(assess(read_bom(PICKUP)), out)
    book = openpyxl.load_workbook(out)
    sheet = book["Formulir 1.1"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$8:$9"
    assert sheet.print_area.startswith("'Formulir 1.1'!$A$1:$L$")
    assert {each.oddFooter.right.text for each in book if each.oddFooter is not None} == {"Halaman &P dari &N"}


# ---------------------------------------------------------------------------------------------------------------------
# What is missing
# ---------------------------------------------------------------------------------------------------------------------


def test_without_a_price_there_is_no_share_and_no_score(out: Path) -> None:
    written(out, good(), home("A", 100), home("B"), uses="A B")
    found = figures(out)
    assert found.lines == [("A", "100.00", None, "25", None), ("B", None, None, "25", None)]
    assert (found.material, found.score) == (None, None)
    assert row_of(out, "Formulir 1.4", "TKDN Barang", 0)[3] == "belum dapat dihitung"


def test_a_gap_is_marked_at_its_component_and_listed(out: Path) -> None:
    written(out, good(), home("A", 100), part("B", 100), uses="A B")
    (row,) = [row for row in openpyxl.load_workbook(out)["Formulir 1.1"].iter_rows() if row[1].value == "B"]
    assert (row[4].value, row[4].fill.fgColor.rgb) == ("tidak diketahui", "FFFFE699")
    assert str(row[13].value).startswith("Negara asal B tidak diketahui")
    (listed,) = [each for each in texts(out, "Catatan") if each[0] == "B" and each[1] == row[13].value]
    assert listed[3].startswith("nilai")


def test_a_factor_not_known_counts_nothing_and_is_marked(out: Path) -> None:
    written(out, good(production={"factory": "own", "invested_in_indonesia": True}), home("A", 100), uses="A")
    rows = {str(row[0].value): row for row in openpyxl.load_workbook(out, data_only=True)["Formulir 1.4"].iter_rows()}
    labour, overhead = (
        rows["II. Tenaga Kerja Langsung"][2],
        rows["III. Biaya Tidak Langsung Pabrik (factory overhead)"][2],
    )
    assert (labour.value, labour.fill.fgColor.rgb) == (0, "FFFFE699")
    assert (overhead.value, overhead.fill.fgColor.rgb) == (1, "00000000")


def test_an_incomplete_recap_says_that_its_figure_is_the_lowest(out: Path) -> None:
    written(out, good(), home("A", 100), part("B", 100), uses="A B")
    *_, last = openpyxl.load_workbook(out)["Formulir 1.4"].iter_rows()
    assert str(last[0].value).startswith("Belum lengkap:")
    assert last[0].fill.fgColor.rgb == "FFFFE699"


def test_a_complete_recap_has_no_mark(out: Path) -> None:
    write_forms(assess(read_bom(PUMP)), out)
    assert not any(str(row[0]).startswith("Belum lengkap:") for row in texts(out, "Formulir 1.4"))


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("Formulir 1.2", ["Tenaga kerja langsung GOOD tidak disebutkan: jumlah WNI dan asing."]),
        ("Formulir 1.3", ["Tidak disebutkan apakah pembuat GOOD berinvestasi di Indonesia."]),
    ],
)
def test_a_form_says_only_what_it_waits_for_itself(sheet: str, said: list[str], out: Path) -> None:
    written(out, good(production={"factory": "own"}), home("A", 100), uses="A")
    rows = [str(row[1]) for row in texts(out, sheet) if row[0] is None and row[1]]
    assert rows == ["Belum dapat dicentang: data belum lengkap, lihat lembar Catatan.", *said]


def test_what_cannot_be_calculated_has_no_score_and_its_article(out: Path) -> None:
    written(out, good(production={**MADE, "activity": "packing"}), home("A", 100), uses="A")
    assert row_of(out, "Formulir 1.4", "TKDN Barang", 0)[3] == "tidak dapat dihitung"
    assert figures(out).factors[0] == ("25.00", None)
    assert any("Pasal 9(2)" in str(row[3]) for row in texts(out, "Catatan"))


def test_a_good_without_components(out: Path) -> None:
    written(out, good(), home("A", 100), uses="A", more_uses=[])
    document = bill(good(), uses={})
    write_forms(assessed(document), out, force=True)
    assert figures(out).lines == []


# ---------------------------------------------------------------------------------------------------------------------
# Hostile text, and what is refused
# ---------------------------------------------------------------------------------------------------------------------

HOSTILE = (
    "=1+1",
    "+CMD",
    "-2",
    "@SUM(A1)",
    "{=A1}",
    "a\x1b[31m\x07b\nc",
    "_x0041_",
    "\ufffe",
    "http://example.org",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_text_is_text(name: str, out: Path) -> None:
    written(out, good(name=name, spec=name), home("A", 100, name=name, spec=name), uses="A")
    for sheet in openpyxl.load_workbook(out).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or re.match(
                    r"=(ROUND|SUM|SUMPRODUCT|IF|MAX|MIN|'Formulir)", str(cell.value)
                )
                assert cell.hyperlink is None
    (row,) = [row for row in openpyxl.load_workbook(out)["Formulir 1.1"].iter_rows() if row[0].value == 1]
    shown = "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in name)
    assert (row[1].value, row[1].data_type) == (shown, "s")


def test_a_text_too_long_for_a_cell_is_refused(out: Path) -> None:
    with pytest.raises(UsageError) as caught:
        written(out, good(), home("A", 100, name="x" * 40_000), uses="A")
    assert caught.value.code == "text-too-long"
    assert caught.value.problems[0].place.sheet == "Formulir 1.1"
    assert not out.exists()


def test_an_existing_file_is_kept_unless_forced(out: Path) -> None:
    assessment = assess(read_bom(PUMP))
    out.write_text("mine")
    with pytest.raises(UsageError, match="output-exists"):
        write_forms(assessment, out)
    assert out.read_text() == "mine"
    write_forms(assessment, out, force=True)
    assert figures(out).score == "27.52"


def test_only_xlsx(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="format-unknown"):
        write_forms(assess(read_bom(PUMP)), tmp_path / "forms.pdf")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="output-unwritable"):
        write_forms(assess(read_bom(PUMP)), tmp_path / "missing" / "forms.xlsx")


@pytest.mark.parametrize("what", ["another", "what-if"])
def test_forms_belong_to_one_regulation(what: str, out: Path) -> None:
    law = regulation("permenperin-35-2025").amend({"weight.material": 70})
    found: Assessment = (
        assess(read_bom(PUMP), regulation=law)
        if what == "what-if"
        else assess(read_bom(PUMP), regulation="permenperin-16-2011", allow_repealed=True)
    )
    with pytest.raises(UsageError, match="forms-not-for-regulation"):
        write_forms(found, out)
    assert not out.exists()


def test_the_same_assessment_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        write_forms(assess(read_bom(PUMP), on=date(2026, 6, 1)), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_without_xlsxwriter_the_extra_is_named(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"tkdn\[excel\]"):
        write_forms(assess(read_bom(PUMP)), out)
