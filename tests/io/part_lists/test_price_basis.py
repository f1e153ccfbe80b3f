"""Prices of one unit or of the whole line: a printed total decides what the heading does not prove."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.io.part_lists.reading import read, text

import tkdn

HEAD = "No;Part No;Qty;Price (Rp)"
LINES = ("1;BRACKET;2;20000", "2;SCREW;20;12000", "3;MOTOR;1;400000")


def cost(path: Path, **how: Any) -> Fraction | None:
    return tkdn.unit_costs(read(path, product="X", **how).bom.on_day("2026-06-01"))["X"]


def test_a_total_that_fits_only_prices_of_lines_is_asked_with_that_as_the_suggestion(tmp_path: Path) -> None:
    reading = tkdn.read_list(text(tmp_path, HEAD, *LINES, ";Total;;432000"), product="X")
    (asked,) = reading.questions
    assert (asked.code, asked.suggestion) == ("price-basis", "line")
    assert "432,000" in asked.text
    assert "680,000" in asked.text
    assert "432.000" in asked.message_in("id")
    assert [each.effect and each.effect.message_in() for each in asked.choices] == [
        "sum 680,000",
        "sum 432,000 = printed total",
    ]
    assert reading.answered(reading.suggested()).questions == ()


@pytest.mark.parametrize(("basis", "expected"), [("line", 432_000), ("unit", 680_000)])
def test_both_answers_are_read(tmp_path: Path, basis: str, expected: int) -> None:
    assert cost(text(tmp_path, HEAD, *LINES, ";Total;;432000"), price_basis=basis) == expected


def test_the_total_is_named_where_it_speaks_against_the_answer(tmp_path: Path) -> None:
    understood = read(text(tmp_path, HEAD, *LINES, ";Total;;432000"), product="X", price_basis="unit").understood
    assert understood is not None
    (note,) = (each for each in understood.notes if each.code == "total-for-lines")
    assert "432,000" in note.message_in("en")


@pytest.mark.parametrize("total", ["680000", "500000"])
def test_a_total_of_units_or_of_neither_asks_nothing(tmp_path: Path, total: str) -> None:
    assert cost(text(tmp_path, HEAD, *LINES, f";Total;;{total}")) == 680_000


def test_where_every_quantity_is_one_both_fit_and_nothing_is_asked(tmp_path: Path) -> None:
    assert cost(text(tmp_path, HEAD, "1;A;1;500", "2;B;1;300", ";Total;;800")) == 800


def test_a_price_of_a_line_without_an_end_stays_exact(tmp_path: Path) -> None:
    assert cost(text(tmp_path, HEAD, "1;A;3;100", "2;B;7;100"), price_basis="line") == 200
