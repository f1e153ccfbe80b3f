"""Numbers that are text: what they show of the mark of decimals, and what they say with it."""

from __future__ import annotations

import pytest

from tkdn.errors import Place
from tkdn.io.spreadsheet.decimals import Mark, Marks, Written, decide, evidence, marks_of, to_number_text


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


def marks(
    quantities: str, *prices: Written, stated: Mark | None = None, by_column: dict[str, Mark] | None = None
) -> Marks:
    """The marks of a column of quantities and one of prices."""
    columns = {"quantity": [Written(text) for text in quantities.split()], "price": prices}
    return marks_of(columns, stated, by_column or {}, lambda key: Place(column=key))


def told(found: Marks) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.place.column) for problem in found.problems.values() if problem.place]


DOLLARS, RUPIAH = Written("12.50"), Written("850.000", rupiah=True)
SPELLED = Written("850.000", rupiah=True, spelled=True)


def test_each_column_is_read_by_its_own_mark() -> None:
    found = marks("4.5 1", Written("1.250.000"), Written("900.000"))
    assert (found.of("quantity"), found.of("price"), found.whole, told(found)) == ("point", "comma", None, [])


def test_a_column_that_shows_none_is_read_as_the_others() -> None:
    found = marks("4,5", Written("1.250"))
    assert (found.of("price"), found.whole and found.whole.because, told(found)) == ("comma", "4,5", [])


def test_rupiah_spelled_in_the_cell_shows_that_the_mark_parts_thousands() -> None:
    found = marks("1.5", SPELLED, DOLLARS)
    assert (found.of("price", spelled=True), found.of("price"), told(found)) == ("comma", "point", [])
    assert marks("1", SPELLED).of("price", spelled=True) == "comma"
    assert marks("1", Written("850,000", rupiah=True, spelled=True)).of("price", spelled=True) == "point"


def test_rupiah_has_no_thousandths() -> None:
    assert marks("61.40", RUPIAH).of("price") == "comma"
    assert told(marks("61.40", RUPIAH, DOLLARS)) == [("decimal-mixed", "price")]


def test_where_all_may_have_three_decimals_the_price_is_asked_about() -> None:
    assert told(marks("0.500", RUPIAH)) == [("decimal-mixed", "price")]
    found = marks("0.500", RUPIAH, by_column={"price": "point"})
    assert (found.of("price"), told(found)) == ("point", [])


def test_a_mark_stated_for_all_is_not_taken_for_thousandths_of_a_rupiah_beside_others() -> None:
    assert told(marks("61.40", RUPIAH, stated="point")) == [("decimal-mixed", "price")]
    assert told(marks("1", RUPIAH, stated="point")) == []


def test_a_column_with_both_marks_is_asked_about() -> None:
    assert told(marks("1,5 2.5")) == [("decimal-mixed", "quantity")]
    assert told(marks("1.234")) == [("decimal-unclear", "quantity")]
    assert told(
        marks_of(
            {"a": [Written("1,5")], "b": [Written("2.5")], "c": [Written("1.234")]},
            None,
            {},
            lambda key: Place(column=key),
        )
    ) == [("decimal-mixed", "c")]
