"""Filled forms are counted again: what they print and what it comes to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.io.forms import build

from tkdn.errors import BomError
from tkdn.io.forms.checking import Disagreement, disagreements
from tkdn.io.forms.reading import Form, read_forms
from tkdn.io.spreadsheet.sheets import open_sheets


def forms(path: Path) -> list[Form]:
    return read_forms(open_sheets(path.read_bytes(), path.name), path.name)


def found(tmp_path: Path, **sheets: list[list[object]]) -> list[Disagreement]:
    return disagreements(forms(build.write(tmp_path / "form.xlsx", **sheets)))


def changed(row: int, **cells: object) -> list[list[object]]:
    columns = {"tkdn": 6, "quantity": 7, "price": 8, "kdn": 9, "kln": 10, "total": 11}
    rows = [list(each) for each in build.ROWS]
    for key, value in cells.items():
        rows[row][columns[key]] = value
    return rows


def test_a_sound_form_agrees(tmp_path: Path) -> None:
    sheets = {"1.1": build.material(), "1.3": build.labour(), "1.6": build.machines(), "1.9": build.recap()}
    assert found(tmp_path, **sheets) == []


def test_the_forms_are_found_with_header_rows_and_feet(tmp_path: Path) -> None:
    material, labour = forms(build.write(tmp_path / "f.xlsx", a=build.material(), b=build.labour()))
    assert (material.title, labour.title, labour.kind) == ("1.1", "1.3", "labour")
    assert material.header["product"] == "Meja kerja baja (synthetic)"
    assert [row.name for row in material.rows] == ["Pelat baja", "Pipa", "Roda"]
    assert material.rows[0].figures["tkdn"] == Decimal("58.64")
    assert labour.feet["capacity"][1] == 200


def test_the_two_printed_errors_of_the_published_form(tmp_path: Path) -> None:
    """59,640 + 41,360 with a printed total of 101,804 where 58.64% of 0.2 x 500,000 is 58,640 of 100,000; and a row whose
    whole cost stands in one column although its TKDN is 56.92%."""
    rows = changed(0, kdn=59_640, total=101_804)
    rows.append([9, "Cat", "-", "kg", "Indonesia", "-", 56.92, 1, 32_000, 32_000, None, 32_000])
    whole = found(tmp_path, form=build.material(rows, (None, None, None)))
    assert [(each.name, each.what, float(each.printed), float(each.counted)) for each in whole] == [
        ("Pelat baja", "KDN", 59_640, 58_640),
        ("Pelat baja", "total", 101_804, 100_000),
        ("Pelat baja", "KDN + KLN", 101_804, 101_000),
        ("Cat", "KDN", 32_000, 18_214.4),
    ]
    assert str(whole[0].place) == "form.xlsx, sheet form, row 11, column KDN"
    assert whole[0].message == "Pelat baja: KDN is printed as 59,640, but comes to 58,640"


def test_a_total_that_is_not_the_sum(tmp_path: Path) -> None:
    (one,) = found(tmp_path, form=build.material(total=(82_640, 177_360, 261_000)))
    assert (one.what, float(one.printed), float(one.counted)) == ("sum of total", 261_000, 260_000)


def test_a_recap_that_is_not_the_sum_of_the_forms(tmp_path: Path) -> None:
    sheets = {"1.1": build.material(), "1.3": build.labour(), "1.6": build.machines(), "1.9": build.recap(kdn=130_000)}
    (one,) = found(tmp_path, **sheets)
    assert (one.name, one.what, float(one.counted)) == ("Formulir 1.9", "sum of kdn", 124_890)


@pytest.mark.parametrize("scale", [1, 100])
def test_percentages_as_shares_are_proven_by_the_printed_cost(tmp_path: Path, scale: int) -> None:
    rows = [[*row[:6], row[6] / scale, *row[7:]] for row in build.ROWS]  # type: ignore[operator]
    assert found(tmp_path, form=build.material(rows)) == []


def test_decimal_commas_in_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [1, "Pelat", "-", "kg", "Indonesia", "-", "58,64", "0,2", "500.000", "58.640", "41.360", "100.000"]
    ]
    assert found(tmp_path, form=build.material(rows, ("58.640", "41.360", "100.000"))) == []


def test_amounts_in_thousands(tmp_path: Path) -> None:
    sheet = build.material([[1, "Pelat", "-", "kg", "Indonesia", "-", 50, 2, 10, 10, 10, 20]], (10, 10, 20))
    sheet[7][8] = "Harga satuan Material (ribu Rp)"
    (form,) = forms(build.write(tmp_path / "f.xlsx", form=sheet))
    assert form.rows[0].figures["price"] == 10_000
    assert disagreements([form]) == []


def test_a_figure_that_is_no_number_is_named_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(BomError) as caught:
        found(tmp_path, form=build.material(changed(1, price="tiga puluh ribu")))
    (problem,) = caught.value.problems
    assert problem.code == "number-invalid"
    assert str(problem.place) == "form.xlsx, sheet form, row 12, column Harga satuan Material (Rp)"


def test_a_file_without_forms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BomError) as caught:
        forms(build.write(tmp_path / "f.xlsx", a=[["Formulir 1.1"], ["nothing", "here"]]))
    assert caught.value.problems[0].code == "format-unknown"


def test_numbers_that_can_be_read_both_ways_are_asked_about(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [1, "Pelat", "-", "kg", "Indonesia", "-", "50", "2", "1.000", "1.000", "1.000", "2.000"]
    ]
    with pytest.raises(BomError) as caught:
        found(tmp_path, form=build.material(rows, (None, None, None)))
    assert caught.value.problems[0].code == "decimal-unclear"
