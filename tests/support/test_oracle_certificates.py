"""Which certificate counts on which day, by hand (corrections W1 and W2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.support.build import Record
from tests.support.oracle_certificates import TERMS, value_counting

ON = date(2026, 6, 1)


def held(tkdn: int, issued: str, **fields: Any) -> Record:
    return {"number": f"{tkdn}/{issued}", "tkdn": tkdn, "issued": issued, **fields}


OLD, NEW = held(95, "2025-12-20"), held(15, "2026-02-01", withdrawn="2026-04-01")


@pytest.mark.parametrize(
    ("older", "newer", "value"),
    [
        ({}, {}, None),
        ({"holder": "CV A"}, {}, None),  # stated on one side only: it may be the same
        ({}, {"holder": "CV A"}, None),
        ({"holder": "CV A"}, {"holder": "CV A"}, None),
        ({"holder": "CV A"}, {"holder": "CV B"}, 95),
        ({"factory": "Subang"}, {}, None),
        ({"factory": "Subang"}, {"factory": "Bandung"}, 95),
        ({"holder": "CV A", "factory": "Subang"}, {"holder": "CV A", "factory": "Bandung"}, 95),
        ({"holder": "CV A", "type": "X"}, {"holder": "CV A", "type": "Y"}, None),  # a type does not separate
        ({"brand": "X", "hs_code": "87082995"}, {"brand": "Y", "hs_code": "87089990"}, None),
        ({}, {"kind": "letter"}, 95),
        ({"kind": "letter"}, {"kind": "letter"}, None),
    ],
)
def test_what_ends_an_earlier_certificate(older: Record, newer: Record, value: int | None) -> None:
    certificates = [{**OLD, **older}, {**NEW, **newer}]
    assert value_counting(certificates, ON, "shorter") == value
    assert value_counting(certificates[::-1], ON, "shorter") == value


def test_a_later_certificate_ends_the_earlier_from_its_own_day_and_not_before() -> None:
    certificates = [OLD, held(15, "2026-06-02")]
    assert value_counting(certificates, date(2026, 6, 1), "shorter") == 95
    assert value_counting(certificates, date(2026, 6, 2), "shorter") == 15


def test_of_one_day_the_lower_counts_and_the_other_if_one_is_withdrawn() -> None:
    low, high = held(15, "2026-02-01"), held(95, "2026-02-01")
    assert value_counting([low, high], ON, "shorter") == 15
    assert value_counting([{**low, "withdrawn": "2026-06-01"}, high], ON, "shorter") == 95
    assert value_counting([low, {**high, "withdrawn": "2026-06-01"}], ON, "shorter") == 15


@pytest.mark.parametrize(
    ("issued", "text", "shorter", "longer"),
    [
        ("2025-12-12", None, "2030-12-11", "2030-12-11"),
        ("2025-12-12", "Permenperin 16/2011", "2030-12-11", "2030-12-11"),  # the day of issue goes first
        ("2025-12-12", "permenperin-6-2022", "2030-12-11", "2030-12-11"),
        ("2025-12-11", None, "2027-12-10", "2028-12-10"),
        ("2025-12-11", "permenperin-35-2025", "2027-12-10", "2028-12-10"),  # older than the text it names
        ("2024-06-02", "16/2011", "2026-06-01", "2027-06-01"),
        ("2024-06-02", "permenperin-6-2022", "2026-06-01", "2027-06-01"),
        ("2024-06-02", "permenperin-46-2022", "2027-06-01", "2027-06-01"),
        ("2024-06-02", "Permenperin No. 46 Tahun 2022", "2027-06-01", "2027-06-01"),
        ("2024-06-02", "146/2022", "2026-06-01", "2027-06-01"),
        ("2024-02-29", "16/2011", "2026-02-28", "2027-02-28"),  # the anniversary is 1 March
        ("2024-02-29", "46/2022", "2027-02-28", "2027-02-28"),
        ("2024-03-01", None, "2026-02-28", "2027-02-28"),
        ("2028-02-29", None, "2033-02-28", "2033-02-28"),
        ("2027-03-01", None, "2032-02-29", "2032-02-29"),
    ],
)
def test_the_last_day_of_a_certificate(issued: str, text: str | None, shorter: str, longer: str) -> None:
    certificate = held(50, issued, regulation=text)
    for term, last in zip(TERMS, (shorter, longer), strict=True):
        day = date.fromisoformat(last)
        assert value_counting([certificate], day, term) == 50
        assert value_counting([certificate], day + timedelta(days=1), term) is None


def test_a_stated_end_counts_as_printed_both_ways() -> None:
    longer_than_any_term = held(50, "2019-01-10", expires="2027-01-09")
    assert value_counting([longer_than_any_term], date(2027, 1, 9), "shorter") == 50
    assert value_counting([held(50, "2026-01-01", expires="2026-03-31")], date(2026, 4, 1), "longer") is None
