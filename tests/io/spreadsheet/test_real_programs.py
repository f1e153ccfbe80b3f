"""Lists as LibreOffice saves them: each sample as xlsx, xls and ods reads as it does as text."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import openpyxl
import pytest
from tests.io.part_lists.reading import uses
from tests.io.part_lists.test_sources import GOLDEN
from tests.report.forms.reading import needs_soffice, recalculated

from tkdn.io import read_with
from tkdn.io.options import read_options

SAMPLES = Path(__file__).parents[1] / "part_lists" / "samples"
NAMES = [
    "two-rows-of-headings.csv",
    "level-columns.csv",
    "edges.csv",
    "inventree.csv",
    "levels.csv",
    "oca-structure.csv",
    "odoo.csv",
    "erpnext.csv",
]
PLAIN_NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d+)?")
pytestmark = needs_soffice


def workbook(folder: Path, name: str) -> Path:
    """The sample as a person types it into a spreadsheet: plain numbers as numbers, the rest as text."""
    text = (SAMPLES / name).read_text(encoding="utf-8-sig")
    separator = max(",;\t", key=text.splitlines()[-1].count)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(text.splitlines(), delimiter=separator):
        sheet.append(
            [float(cell) if PLAIN_NUMBER.fullmatch(cell) and separator == "," else cell or None for cell in row]
        )
    path = folder / f"{Path(name).stem}.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_list_saved_by_libreoffice_reads_like_its_text(kind: str, tmp_path: Path) -> None:
    saved = recalculated(tmp_path, [workbook(tmp_path, name) for name in NAMES], kind)
    for name in NAMES:
        how, expected_kind, expected = GOLDEN[name]
        reading = read_with(saved / f"{Path(name).stem}.{kind}", read_options(**how))
        assert reading.understood is not None, name
        assert (reading.understood.kind, reading.understood.format) == (expected_kind, kind), name
        assert uses(reading) == expected, name
