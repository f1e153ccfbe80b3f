"""The files beside a bill are opened whatever their separator and encoding, below a title, on the one sheet that fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.io.tkdn_formats.full import save_sheets

from tkdn import BomError
from tkdn.bom.tables.table_reading import read_table
from tkdn.io.enrichment.enrichment_columns import ENRICHMENT
from tkdn.io.enrichment.single_table import single_grid
from tkdn.io.enrichment.values import settle_numbers
from tkdn.io.spreadsheet.decimals import Mark

LINES = ["part,name,spec", "W-1,Rod\u00e9,x", "W-2,b,y"]


def refused(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(BomError) as caught:
        single_grid(path, ENRICHMENT)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "more parts.txt"
    path.write_text("\n".join(LINES).replace(",", separator), encoding=encoding)
    assert single_grid(path, ENRICHMENT).rows == [
        (1, ["part", "name", "spec"]),
        (2, ["W-1", "Rod\u00e9", "x"]),
        (3, ["W-2", "b", "y"]),
    ]


def test_decimal_commas_do_not_pass_for_separators(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("part;price\nW-1;1,5\nW-2;2,5\n")
    assert single_grid(path, ENRICHMENT).rows[1] == (2, ["W-1", "1,5"])


def settled(tmp_path: Path, *numbers: str, stated: Mark | None = None) -> list[object]:
    """The numbers as they are read, or the codes of what is wrong."""
    path = tmp_path / "more.csv"
    path.write_text("part;price\n" + "".join(f"W-{at};{number}\n" for at, number in enumerate(numbers)))
    table, _ = read_table(ENRICHMENT, single_grid(path, ENRICHMENT))
    problems = settle_numbers(table, stated)
    return [problem.code for problem in problems] or [row.cells["price"] for row in table.rows]


def test_the_mark_of_decimals_is_decided_once_for_a_file(tmp_path: Path) -> None:
    assert settled(tmp_path, "1.250", "7,5") == ["1250", "7.5"]
    assert settled(tmp_path, "1,250", "7.5") == ["1250", "7.5"]


def test_a_mark_that_nothing_shows_is_asked_for(tmp_path: Path) -> None:
    assert settled(tmp_path, "1.250", "7") == ["decimal-unclear"]
    assert settled(tmp_path, "1.250", "7", stated="comma") == ["1250", "7"]
    assert settled(tmp_path, "1.250", "7", stated="point") == ["1.250", "7"]
    assert settled(tmp_path, "1.5", "7,5") == ["decimal-mixed"]


def test_what_stands_above_the_headings_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("Purchasing, May\n\npart,price\nW-1,5\n")
    assert single_grid(path, ENRICHMENT).rows == [(3, ["part", "price"]), (4, ["W-1", "5"])]


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_bytes(b"")
    assert single_grid(path, ENRICHMENT).rows == []


def test_the_sheet_that_fits_is_taken(tmp_path: Path) -> None:
    path = save_sheets(tmp_path / "more.xlsx", {"About": [["hello"]], "Data": [["Title"], ["Part number"], ["W-1"]]})
    found = single_grid(path, ENRICHMENT)
    assert (found.sheet, found.rows) == ("Data", [(2, ["Part number"]), (3, ["W-1"])])


def test_files_that_are_refused(tmp_path: Path) -> None:
    (tmp_path / "more.pdf").write_bytes(b"%PDF\x00\x01")
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    (tmp_path / "quotes.csv").write_text('part,name\nW-1,"open\n')
    save_sheets(tmp_path / "none.xlsx", {"Data": [["price"], [5]]})
    save_sheets(tmp_path / "two.xlsx", {"May": [["part"], ["W-1"]], "June": [["part"], ["W-1"]]})
    assert refused(tmp_path / "absent.csv") == [("file-missing", "absent.csv")]
    assert refused(tmp_path / "more.pdf") == [("format-unknown", "more.pdf")]
    assert refused(tmp_path / "broken.xlsx") == [("file-malformed", "broken.xlsx")]
    assert refused(tmp_path / "quotes.csv") == [("file-malformed", "quotes.csv, row 2")]
    assert refused(tmp_path / "none.xlsx") == [("sheet-missing", "none.xlsx")]
    assert refused(tmp_path / "two.xlsx") == [("sheet-ambiguous", "two.xlsx")]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert refused(tmp_path / "folder.csv") == [("file-unreadable", "folder.csv")]


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    assert [code for code, _ in refused(tmp_path / ("x" * 5000))] == ["file-unreadable"]
