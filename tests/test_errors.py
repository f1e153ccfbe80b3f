"""Errors: one root, all problems in one, each with its place and remedy."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal

import pytest

from tkdn import BomError, MissingExtraError, Place, Problem, RegulationError, TkdnError, UsageError
from tkdn.errors import closest, did_you_mean

UNIT = Problem("number-negative", {"value": Decimal("-1.50")}, Place(path="parts[0].price"), "P-1")
ROW = Problem("number-invalid", {"value": "x"}, Place("bill.xlsx", "Parts", 7, "price"), case="list")
OWN = Problem.worded("glue-missing", "no glue", "add glue", Place(row=3))


@pytest.mark.parametrize("kind", [BomError, RegulationError, UsageError, MissingExtraError])
def test_every_error_has_one_root(kind: type[TkdnError]) -> None:
    with pytest.raises(TkdnError) as caught:
        raise kind([UNIT])
    assert caught.value.code == "number-negative"


def test_a_problem_reads_place_message_and_remedy() -> None:
    assert str(UNIT) == "[number-negative] parts[0].price: -1.50 is below zero -> write zero or more"
    assert (
        str(ROW) == "[number-invalid] bill.xlsx, sheet Parts, row 7, column price: 'x' is not a number -> write digits"
    )


def test_a_problem_without_place_or_remedy_reads_as_its_message_alone() -> None:
    assert str(Problem.worded("date-missing", "no date")) == "[date-missing] no date"


def test_in_file_names_the_file_once() -> None:
    assert str(UNIT.in_file("bill.json").place) == "bill.json, parts[0].price"
    assert ROW.in_file("other.xlsx").place.file == "bill.xlsx"
    assert UNIT.place.file is None


def test_to_dict_is_plain_data() -> None:
    place = {"file": None, "sheet": None, "row": None, "column": None, "path": "parts[0].price"}
    assert json.loads(json.dumps(BomError([UNIT]).to_dict())) == {
        "format": "tkdn-error",
        "version": 1,
        "error": "BomError",
        "problems": [
            {
                "code": "number-negative",
                "message": "-1.50 is below zero",
                "remedy": "write zero or more",
                "place": place,
                "part": "P-1",
                "values": {"value": "-1.50"},
            }
        ],
    }


def test_the_code_is_that_of_the_first_problem_and_the_order_is_kept() -> None:
    error = BomError(iter([ROW, UNIT]))
    assert error.code == "number-invalid"
    assert error.problems == (ROW, UNIT)
    assert str(error).split("\n") == [str(ROW), str(UNIT)]


def test_fifty_problems_are_shown_in_full() -> None:
    text = str(BomError([UNIT] * 50))
    assert text.count("[number-negative]") == 50
    assert "more problems" not in text


def test_more_than_fifty_problems_are_cut_in_the_text_and_kept_in_the_data() -> None:
    error = BomError(Problem.worded("number-negative", f"problem {number}") for number in range(1, 131))
    lines = str(error).split("\n")
    assert len(lines) == 51
    assert lines[49:] == ["[number-negative] problem 50", "... and 80 more problems"]
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
    ("word", "near"),
    [
        ("quantitiy", "quantity"),
        ("unti", "unit"),
        ("colour", ""),
        ("", ""),
        ("quantity" * 10_000, ""),
    ],
)
def test_closest_is_a_near_word_or_nothing(word: str, near: str) -> None:
    assert closest(word, ["quantity", "unit", "scrap"]) == near


def test_nothing_is_near_in_an_empty_bill() -> None:
    assert closest("WHEEL", []) == ""


def test_a_near_word_is_asked_for_instead_of_the_remedy() -> None:
    problem = Problem("unknown-maker", {"id": "ABX", "nearest": "ABC"})
    assert problem.remedy == did_you_mean("ABC") == "did you mean 'ABC'?"
    assert Problem("unknown-maker", {"id": "ABX", "nearest": ""}).remedy.startswith("add it to suppliers")


def test_a_problem_is_plain_hashed_and_pickled() -> None:
    problem = Problem("value-unknown", {"shown": [1], "expected": ("a", date(2026, 6, 1))})
    assert problem == pickle.loads(pickle.dumps(problem))
    assert hash(problem) == hash(Problem("value-unknown", {"shown": [1], "expected": ("a", date(2026, 6, 1))}))
    assert repr(problem.values["shown"]) == "[1]"
    assert problem.to_dict()["values"] == {"shown": "[1]", "expected": ["a", "2026-06-01"]}


def test_own_words_are_the_same_in_every_language() -> None:
    assert str(OWN) == "[glue-missing] row 3: no glue -> add glue"
    assert (OWN.message_in("id"), OWN.remedy_in("id")) == ("no glue", "add glue")
    assert str(UNIT.said_of("M1")) == "[number-negative] parts[0].price: M1: -1.50 is below zero -> write zero or more"


def test_a_language_without_words_falls_back_to_english() -> None:
    problem = Problem("scrap-out-of-range", {"value": 2})
    assert problem.message_in("id") == problem.message == "scrap 2 is not in [0, 1)"
