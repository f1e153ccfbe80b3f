"""Numbers that are text: what they show of the mark of decimals, and what they say with it."""

from __future__ import annotations

import pytest

from tkdn.io.opening.decimals import decide, evidence, to_number_text


@pytest.mark.parametrize(
    ("text", "shown", "with_comma", "with_point"),
    [
        ("12", None, "12", "12"),
        ("1.234", "either", "1234", "1.234"),
        ("1,000", "either", "1.000", "1000"),
        ("0,500", "comma", "0.500", None),
        ("0.125", "point", None, "0.125"),
        (".5", "point", None, "0.5"),
        ("1.234.567", "comma", "1234567", None),
        ("1,234,567.00", "point", None, "1234567.00"),
        ("1.234,50", "comma", "1234.50", None),
        ("1234.567", "point", None, "1234.567"),
        ("1 234,5", "comma", "1234.5", None),
        ("1'234.5", "point", None, "1234.5"),
        ("12,50-", "comma", "-12.50", None),
        ("12.34.5", None, None, None),
        ("1.2.3", None, None, None),
        ("5.", None, None, None),
        ("A-1", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_number(text: str, shown: str | None, with_comma: str | None, with_point: str | None) -> None:
    assert evidence(text) == shown
    assert (to_number_text(text, "comma"), to_number_text(text, "point")) == (with_comma, with_point)


def test_what_is_stated_wins_and_both_marks_are_seen() -> None:
    decided = decide(["1,5", "2.5"], "point")
    assert (decided.mark, decided.mixed) == ("point", True)


def test_whole_numbers_decide_nothing() -> None:
    decided = decide(["1", "20"])
    assert (decided.mark, decided.either, decided.mixed) == (None, None, False)
