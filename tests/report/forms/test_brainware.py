"""The brainware forms: criteria met, the recap, and the whole in Formulir 1.4."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.report.forms.reading import percent, row_of, texts
from tests.support.build import Record, abroad, assessed, bill, good, home

from tkdn import Assessment, write_forms

SHEET = "Kemampuan Intelektual"
TEXTS_EXAMPLE: Record = {
    "rd_share_of_revenue": "0.021",
    "rd_unit": "third_party",
    "rd_programme": True,
    "rd_used_in_product": True,
}


def written(folder: Path, brainware: Record | None, *, all_home: bool = False) -> tuple[Assessment, Path]:
    made = good() if brainware is None else good(brainware=brainware)
    parts = (
        home("A", 100, natural_resource=all_home),
        (home if all_home else abroad)("B", 100, **({"natural_resource": True} if all_home else {})),
    )
    assessment = assessed(bill(made, *parts, uses={"GOOD": "A B"}))
    path = folder / "forms.xlsx"
    write_forms(assessment, path)
    return assessment, path


def test_the_texts_own_example(tmp_path: Path) -> None:
    _, path = written(tmp_path, TEXTS_EXAMPLE)
    rows = [row for row in texts(path, SHEET) if str(row[1]).startswith(("I. ", "II. ", "III. ", "IV. "))]
    assert [tuple(map(percent, row[2:5])) for row in rows] == [
        ("30.00", "100.00", "30.00"),
        ("20.00", "50.00", "10.00"),
        ("20.00", "100.00", "20.00"),
        ("30.00", "100.00", "30.00"),
    ]
    assert percent(row_of(path, SHEET, "Total Nilai Faktor Penentu")[4]) == "90.00"
    assert percent(row_of(path, SHEET, "Nilai Kemampuan Intelektual (Brainware)")[4]) == "18.00"


@pytest.mark.parametrize(
    ("share", "letter"), [("0.021", "A"), ("0.02", "B"), ("0.015", "B"), ("0.007", "D"), ("0", "E")]
)
def test_the_row_of_the_ladder_that_holds(share: str, letter: str, tmp_path: Path) -> None:
    _, path = written(tmp_path, {"rd_share_of_revenue": share})
    rows = [row for row in texts(path, SHEET) if row[0] and "rata-rata per tahun" in str(row[1])]
    assert [(row[0], row[3]) for row in rows] == [(each, "Ada" if each == letter else "Tidak Ada") for each in "ABCDE"]


def test_no_unit_meets_no_row(tmp_path: Path) -> None:
    _, path = written(tmp_path, {"rd_unit": "none"})
    rows = [row for row in texts(path, SHEET) if str(row[1]).startswith("Unit penelitian")]
    assert [row[3] for row in rows] == ["Tidak Ada", "Tidak Ada"]


def test_a_fact_not_stated_is_neither_there_nor_not(tmp_path: Path) -> None:
    _, path = written(tmp_path, {"rd_unit": "own"})
    rows = [row for row in texts(path, SHEET) if "dokumen perencanaan" in str(row[1])]
    assert [row[3] for row in rows] == [None, None]
    assert sum(row[1] == "Tidak dinyatakan dalam data." for row in texts(path, SHEET)) == 3


def test_the_recap_adds_it_to_the_good(tmp_path: Path) -> None:
    assessment, path = written(tmp_path, TEXTS_EXAMPLE)
    with_brainware = row_of(path, "Formulir 1.4", "TKDN Barang dengan Kemampuan Intelektual (di luar formulir)", 0)
    assert percent(row_of(path, "Formulir 1.4", "TKDN Barang", 0)[3]) == "34.38"
    assert percent(with_brainware[3]) == str(assessment.score) == "52.38"


def test_the_whole_is_at_most_the_limit(tmp_path: Path) -> None:
    assessment, path = written(tmp_path, TEXTS_EXAMPLE, all_home=True)
    assert assessment.score is not None
    with_brainware = row_of(path, "Formulir 1.4", "TKDN Barang dengan Kemampuan Intelektual (di luar formulir)", 0)
    assert percent(with_brainware[3]) == str(assessment.score) == "100.00"


def test_without_brainware_there_is_no_such_form(tmp_path: Path) -> None:
    _, path = written(tmp_path, None)
    assert SHEET not in openpyxl.load_workbook(path).sheetnames


def test_no_form_is_broken_over_pages(tmp_path: Path) -> None:
    """Two forms to a page, the recap on its own."""
    _, path = written(tmp_path, TEXTS_EXAMPLE)
    sheet = openpyxl.load_workbook(path)[SHEET]
    titles = [sheet.cell(each.id + 1, 1).value for each in sheet.row_breaks.brk]
    assert [str(title).split(" :")[0] for title in titles] == ["Formulir 1.3", "Formulir 1.5"]
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
