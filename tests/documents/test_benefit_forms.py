"""The BMP as forms: the result's figures, and what is not stated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.report.forms.reading import formulas, percent, row_of, texts
from tests.support.build import EXAMPLES
from typer.testing import CliRunner

from tkdn import UsageError
from tkdn.cli import app
from tkdn.documents import BenefitResult, benefit, from_dict, read, write_benefit_forms

FILE = EXAMPLES / "tender" / "benefit.json"
FACTORS, RECAP = "Faktor BMP", "Rekapitulasi BMP"
FACTS = {
    "size": st.sampled_from(["large", "medium", "small"]),
    "workers": st.integers(0, 2000),
    "new_investment_share": st.sampled_from(["0", "0.3", "0.5", "1", "1.01"]),
    "small_industry_partners": st.integers(0, 30),
    "raw_material_suppliers": st.integers(0, 30),
    "pioneer": st.booleans(),
    "domestic_purchase_share": st.sampled_from(["0", "0.1", "0.25", "0.5", "0.75", "0.751"]),
    "outside_java": st.booleans(),
    "indi_level": st.integers(0, 4),
    "green": st.sampled_from(["certificate", "award", "effort"]),
    "export_usd_per_year": st.sampled_from(["0", "1000000", "3000000.01"]),
    "certificates": st.integers(0, 5),
    "esg": st.sampled_from(["AAA", "A", "lower"]),
}


def result_of(**facts: Any) -> BenefitResult:
    return benefit(from_dict({"format": "tkdn-benefit", "version": 1, "date": "2026-06-01", **facts}))


def written(result: BenefitResult, folder: Path) -> Path:
    path = folder / "bmp.xlsx"
    write_benefit_forms(result, path)
    return path


def check(result: BenefitResult, path: Path) -> None:
    rows = [row for row in texts(path, RECAP) if isinstance(row[0], int)]
    found = [tuple(map(percent, row[2:5])) for row in rows]
    data = result.to_dict()
    assert found == [(row["weight"], row["criterion"] or "0.00", row["points"]) for row in data["factors"]]
    assert percent(row_of(path, RECAP, "Total Nilai Faktor Penentu")[4]) == data["total"]
    assert percent(row_of(path, RECAP, "Nilai BMP")[4]) == data["score"]


def test_figures_are_the_results(tmp_path: Path) -> None:
    result = benefit(read(FILE))
    path = written(result, tmp_path)
    check(result, path)
    assert percent(row_of(path, RECAP, "Nilai BMP")[4]) == "15.00"


@given(st.fixed_dictionaries({}, optional=FACTS))
@settings(some, max_examples=40)
def test_figures_of_random_companies(tmp_path_factory: pytest.TempPathFactory, facts: dict[str, Any]) -> None:
    result = result_of(**facts)
    check(result, written(result, tmp_path_factory.mktemp("bmp")))


def test_the_largest_criterion_of_a_factor_counts(tmp_path: Path) -> None:
    path = written(result_of(small_industry_partners=30, raw_material_suppliers=5), tmp_path)
    rows = texts(path, FACTORS)
    start = next(number for number, row in enumerate(rows) if row[0] == 3)
    assert [row[3:5] for row in rows[start : start + 3]] == [(None, 1), (1, None), (0.25, None)]
    assert ("Faktor BMP", f"E{start + 1}", f"=MAX($D${start + 2}:$D${start + 3})") in formulas(path)


def test_what_is_not_stated_is_marked(tmp_path: Path) -> None:
    path = written(result_of(workers=60), tmp_path)
    rows = texts(path, FACTORS)
    start = next(number for number, row in enumerate(rows) if row[0] == 1)
    assert [row[1:4] for row in rows[start + 1 : start + 3]] == [
        ("skala perusahaan", "tidak dinyatakan", None),
        ("tenaga kerja", "60", None),
    ]


def test_the_limit_is_said_in_the_recap(tmp_path: Path) -> None:
    path = written(benefit(read(FILE)), tmp_path)
    assert any("paling banyak 15%" in str(row[1]) for row in texts(path, RECAP))


def test_a_name_is_text(tmp_path: Path) -> None:
    path = written(result_of(name="=1+1\x07"), tmp_path)
    cell = openpyxl.load_workbook(path)[RECAP]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1\ufffd", "s")


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    result = benefit(read(FILE))
    path = written(result, tmp_path)
    with pytest.raises(UsageError, match="output-exists"):
        write_benefit_forms(result, path)
    write_benefit_forms(result, path, force=True)


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "bmp.xlsx"
    ran = CliRunner().invoke(app, ["benefit", str(FILE), "--xlsx", str(path)])
    assert ran.exit_code == 0
    assert "bmp.xlsx" in ran.stdout
    check(benefit(read(FILE)), path)
    again = CliRunner().invoke(app, ["benefit", str(FILE), "--xlsx", str(path), "--json"])
    assert (again.exit_code, again.stdout) == (2, "")
    forced = CliRunner().invoke(app, ["benefit", str(FILE), "--xlsx", str(path), "--json", "--force"])
    assert forced.stdout.startswith("{")


def test_the_command_writes_no_forms_of_a_template(tmp_path: Path) -> None:
    words = ["benefit", "--template", str(tmp_path / "b.json"), "--xlsx", str(tmp_path / "b.xlsx")]
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 2
    assert "option-invalid" in ran.stderr
