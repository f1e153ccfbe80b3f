"""Errors: one root, all problems in one, each with its place and remedy."""

from __future__ import annotations

import json
import pickle

import pytest

from tkdn import BomError, MissingExtraError, Place, Problem, RegulationError, TkdnError, UsageError
from tkdn.errors import nearest

UNIT = Problem("unit-unknown", "no unit 'kgs'", "write kg", Place(path="parts[0].unit"), "P-1")
ROW = Problem("number-invalid", "'x' is not a number", "write digits", Place("bill.xlsx", "Parts", 7, "price"))


@pytest.mark.parametrize("kind", [BomError, RegulationError, UsageError, MissingExtraError])
def test_every_error_has_one_root(kind: type[TkdnError]) -> None:
    with pytest.raises(TkdnError) as caught:
        raise kind([UNIT])
    assert caught.value.code == "unit-unknown"


def test_a_problem_reads_place_message_and_remedy() -> None:
    assert str(UNIT) == "[unit-unknown] parts[0].unit: no unit 'kgs' -> write kg"
    assert (
        str(ROW) == "[number-invalid] bill.xlsx, sheet Parts, row 7, column price: 'x' is not a number -> write digits"
    )


def test_a_problem_without_place_or_remedy_reads_as_its_message_alone() -> None:
    assert str(Problem("date-missing", "no date")) == "[date-missing] no date"


def test_in_file_names_the_file_once() -> None:
    assert str(UNIT.in_file("bill.json").place) == "bill.json, parts[0].unit"
    assert ROW.in_file("other.xlsx").place.file == "bill.xlsx"
    assert UNIT.place.file is None


def test_to_dict_is_plain_data() -> None:
    place = {"file": None, "sheet": None, "row": None, "column": None, "path": "parts[0].unit"}
    assert json.loads(json.dumps(BomError([UNIT]).to_dict())) == {
        "format": "tkdn-error",
        "version": 1,
        "error": "BomError",
        "problems": [
            {"code": "unit-unknown", "message": "no unit 'kgs'", "remedy": "write kg", "place": place, "part": "P-1"}
        ],
    }


def test_the_code_is_that_of_the_first_problem_and_the_order_is_kept() -> None:
    error = BomError(iter([ROW, UNIT]))
    assert error.code == "number-invalid"
    assert error.problems == (ROW, UNIT)
    assert str(error).split("\n") == [str(ROW), str(UNIT)]


def test_fifty_problems_are_shown_in_full() -> None:
    text = str(BomError([UNIT] * 50))
    assert text.count("[unit-unknown]") == 50
    assert "more problems" not in text


def test_more_than_fifty_problems_are_cut_in_the_text_and_kept_in_the_data() -> None:
    error = BomError(Problem("unit-unknown", f"problem {number}") for number in range(1, 131))
    lines = str(error).split("\n")
    assert len(lines) == 51
    assert lines[49:] == ["[unit-unknown] problem 50", "... and 80 more problems"]
    assert error.problems[-1].message == "problem 130"


def test_an_error_crosses_to_another_process_whole() -> None:
    error = pickle.loads(pickle.dumps(BomError([UNIT, ROW])))
    assert isinstance(error, BomError)
    assert error.problems == (UNIT, ROW)


def test_a_missing_extra_says_what_to_install() -> None:
    error = MissingExtraError.of("reading Excel files", "excel")
    assert error.code == "extra-missing"
    assert error.problems[0].remedy == "pip install 'tkdn[excel]'"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("quantitiy", "did you mean 'quantity'?"),
        ("unti", "did you mean 'unit'?"),
        ("colour", ""),
        ("", ""),
        ("quantity" * 10_000, ""),
    ],
)
def test_nearest_names_a_close_word_or_nothing(word: str, hint: str) -> None:
    assert nearest(word, ["quantity", "unit", "scrap"]) == hint


def test_nearest_knows_nothing_in_an_empty_bill() -> None:
    assert nearest("WHEEL", []) == ""
