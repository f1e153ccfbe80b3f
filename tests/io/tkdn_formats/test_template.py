"""The workbook to fill in: a note on every heading, lists to choose from, and examples that read back and assess."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from tests.io.tkdn_formats.full import found, same

import tkdn
from tkdn import Bom, UsageError, read_bom
from tkdn.bom.tables.columns import TABLES, Column, ColumnKind, RecordTable
from tkdn.io.tkdn_formats.template import EXAMPLE, READ_ME, write_template

LANGUAGES = ("en", "id")


def written(path: Path, lang: str) -> Workbook:
    write_template(path / "template.xlsx", lang=lang)
    return openpyxl.load_workbook(path / "template.xlsx")


def columns_of(table: RecordTable) -> list[Column]:
    return [column for column in table.columns if column.kind is not ColumnKind.RECORD]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_read_back_and_assess(lang: str, tmp_path: Path) -> None:
    book = written(tmp_path, lang)
    bom = read_bom(tmp_path / "template.xlsx")
    assert same(bom, Bom.from_dict(EXAMPLE))
    assessment = tkdn.assess(bom)
    assert assessment.status == "complete"
    assert assessment.score is not None
    assert assessment.score > 0
    titles = {table.english if lang == "en" else table.indonesian for table in TABLES}
    assert {sheet.title for sheet in book.worksheets if sheet.max_row > 1} == {READ_ME, *titles}


@pytest.mark.parametrize("record", [*EXAMPLE["parts"], *EXAMPLE["suppliers"]], ids=lambda record: record["id"])
def test_examples_say_that_they_are_synthetic_in_both_languages(record: dict[str, str]) -> None:
    assert "SYNTHETIC" in record["name"]
    assert "REKAAN" in record["name"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_is_in_both_languages_with_a_note_in_both(lang: str, tmp_path: Path) -> None:
    book = written(tmp_path, lang)
    for table in TABLES:
        sheet = book[table.english if lang == "en" else table.indonesian]
        columns = columns_of(table)
        assert len(sheet[1]) == len(columns)
        for cell, column in zip(sheet[1], columns, strict=True):
            both = [column.english, column.indonesian][:: 1 if lang == "en" else -1]
            assert cell.value == " / ".join(both)
            assert cell.comment is not None
            notes = [column.note, column.catatan][:: 1 if lang == "en" else -1]
            assert cell.comment.text == "\n\n".join(notes)
        assert sheet.freeze_panes == "A2"
    assert [book.worksheets[1].column_dimensions[letter].number_format for letter in "AE"] == ["@", "General"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_columns_with_choices_have_lists_over_2000_rows(lang: str, tmp_path: Path) -> None:
    book = written(tmp_path, lang)
    titles = {table.name: table.english if lang == "en" else table.indonesian for table in TABLES}
    for table in TABLES:
        sheet = book[titles[table.name]]
        lists = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        for number, column in enumerate(columns_of(table), start=1):
            letter = get_column_letter(number)
            rule = lists.pop(f"{letter}2:{letter}2001", None)
            if column.kind is ColumnKind.TRUTH:
                expected = '"TRUE,FALSE"'
            elif column.choices:
                expected = f'"{",".join(column.choices)}"'
            elif column.refers:
                expected = f"'{titles[column.refers]}'!$A$2:$A$2001"
            else:
                assert rule is None
                continue
            assert rule is not None
            assert (rule.type, rule.formula1) == ("list", expected)
            assert len(expected) <= 255
        assert not lists


def test_the_read_me_is_in_both_languages_and_is_not_read(tmp_path: Path) -> None:
    book = written(tmp_path, "id")
    lines = [str(row[0]) for row in book[READ_ME].iter_rows(values_only=True)]
    assert any("REKAAN" in line for line in lines[: len(lines) // 2])
    assert any("SYNTHETIC" in line for line in lines[len(lines) // 2 :])
    book[READ_ME].append(["id", "anything", "=1+1"])
    book.save(tmp_path / "changed.xlsx")
    assert len(read_bom(tmp_path / "changed.xlsx").parts) == len(EXAMPLE["parts"])


def test_what_is_filled_in_wrongly_is_named_by_its_heading(tmp_path: Path) -> None:
    book = written(tmp_path, "id")
    book["Bagian"]["A6"] = "NEW"
    book["Bagian"]["E6"] = "1,5"
    book.save(tmp_path / "filled.xlsx")
    assert found(tmp_path / "filled.xlsx") == [
        ("number-invalid", "filled.xlsx, sheet Bagian, row 6, column Harga / Price"),
    ]


def test_it_does_not_overwrite_what_was_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(UsageError) as exists:
        write_template(path)
    assert exists.value.code == "output-exists"
    assert path.read_bytes() == b"mine"
    write_template(path, force=True)
    assert len(read_bom(path).parts) == len(EXAMPLE["parts"])


def test_languages_are_english_and_indonesian(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_template(tmp_path / "template.xlsx", lang="nl")
    assert caught.value.code == "language-unknown"
    assert not list(tmp_path.iterdir())
