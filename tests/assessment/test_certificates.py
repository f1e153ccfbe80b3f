"""Certificates on a day: succession and terms, for one part and by columns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.build import Document, abroad, assessed, bill, cert, good, home, part

from tkdn import regulation
from tkdn.assessment.certificates import CertificateTerms, last_day, on_day, state, text_named
from tkdn.assessment.engines.arrays.certificates import CertificateColumns, counting_rows
from tkdn.bom.model import Certificate

LAW = regulation("permenperin-35-2025")
ON = date(2026, 6, 1)
TERMS = CertificateTerms(LAW, ON)


@pytest.mark.parametrize(
    ("issued", "years", "last"),
    [
        ("2025-02-01", 5, "2030-01-31"),
        ("2026-01-01", 3, "2028-12-31"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2024-02-29", 4, "2028-02-28"),
        ("2025-03-01", 3, "2028-02-29"),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(issued: str, years: int, last: str) -> None:
    """Ended on the anniversary, one day too late."""
    assert last_day(date.fromisoformat(issued), years) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("permenperin-46-2022", (46, 2022)),
        ("Permenperin Nomor 46 Tahun 2022", (46, 2022)),
        ("16/M-IND/PER/2/2011", (16, 2011)),
        ("Permenperin 35/2025 Pasal 45", (35, 2025)),
        ("peraturan lama", None),
        ("2022", None),
        (None, None),
    ],
)
def test_the_text_that_a_certificate_names(text: str | None, named: tuple[int, int] | None) -> None:
    assert text_named(text) == named


def two_lines(*held: dict[str, Any]) -> Document:
    """A good of two equal lines, a frame with certificates and an import: 25 + 0.375 x credit of the frame."""
    return bill(good(), home("FRAME", 100, certificates=list(held)), abroad("MOTOR", 100), uses={"GOOD": "FRAME MOTOR"})


def test_a_withdrawn_newer_certificate_gives_34_38_and_not_62_50() -> None:
    """The older of 95 counted again when the newer of the same holder was withdrawn: 62.50."""
    older, newer = cert(95, issued="2025-03-01"), cert(30, issued="2025-04-01", withdrawn="2026-05-01")
    assert str(assessed(two_lines(older, newer)).score) == "34.38"
    assert str(assessed(two_lines(older)).score) == "62.50"


def test_a_lower_newer_certificate_counts_though_the_older_would_give_more() -> None:
    assert str(assessed(two_lines(cert(95, issued="2025-03-01"), cert(30, issued="2025-04-01"))).score) == "40.00"


OPEN = {"number": "N/1", "tkdn": "95", "issued": "2024-01-02"}


def test_between_both_terms_it_is_not_in_the_score_but_in_the_bounds() -> None:
    """Counted for five years, whatever text it was issued under: 62.50."""
    found = assessed(two_lines(OPEN))
    assert (str(found.score), str(found.bounds[1]), found.status) == ("34.38", "62.50", "incomplete")
    assert str(found.coverage) == "50.00"
    (gap,) = (each for each in found.gaps if each.code == "certificate-term-open")
    assert (str(gap.points), gap.to_dict()["points"]) == ("28.13", "28.13")
    longer = assessed(two_lines(OPEN), regulation=LAW.amend({"certificate.open_term": "longer"}))
    assert (str(longer.score), longer.status) == ("62.50", "complete")


def test_an_open_term_that_would_lower_the_score_is_told_with_its_points() -> None:
    low = {**OPEN, "tkdn": "12"}
    document = bill(
        good(),
        home("FRAME", 100, certificates=[low]),
        home("TUBE", 100),
        abroad("MOTOR", 100),
        uses={"GOOD": "FRAME MOTOR", "FRAME": "TUBE"},
    )
    found = assessed(document)
    (gap,) = (each for each in found.gaps if each.code == "certificate-term-open")
    assert (str(found.score), str(found.bounds[1]), str(gap.points)) == ("62.50", "62.50", "-28.13")
    assert found.status == "incomplete"


def test_a_certificate_implies_indonesia_only_while_it_counts() -> None:
    document = bill(good(), part("FRAME", 100, certificates=[OPEN]), home("TUBE", 100), uses={"GOOD": "FRAME TUBE"})
    found = assessed(document)
    assert found.components["FRAME"].credited == 0
    assert str(found.bounds[1]) == "71.88"  # 25 + 0.75 x (100 + 25) / 2


def test_a_name_on_one_side_only_may_be_the_same_and_is_warned_of_with_its_points() -> None:
    older = cert(95, issued="2025-03-01", holder="CV Satu (synthetic)")
    newer = cert(30, issued="2025-04-01", withdrawn="2026-05-01")
    found = assessed(two_lines(older, newer))
    (warning,) = (each for each in found.warnings if each.code == "certificate-succession")
    assert (str(found.score), str(warning.points)) == ("34.38", "28.13")


def test_the_older_methods_know_the_same_terms_and_succession() -> None:
    line = {"kind": "labour", "number": "1", "monthly": {"amount": "100"}, "allocation": "1", "citizenship": "ID"}
    product = {"id": "GOOD", "made_in": "ID", "production": {"costs": [line], "normal_capacity": "1"}}

    def costed(*held: dict[str, Any]) -> Any:
        parts = (product, home("FRAME", 100, certificates=list(held)), abroad("MOTOR", 100))
        document = bill(*parts, uses={"GOOD": "FRAME MOTOR"}, date=None)
        return assessed(document, on="2025-06-01", regulation="permenperin-16-2011")

    older = {"number": "1", "tkdn": "90", "issued": "2024-01-01"}
    newer = {"number": "2", "tkdn": "30", "issued": "2024-02-01", "withdrawn": "2025-01-01"}
    assert str(costed(older).score) == "63.33"  # (90 + 100) / 300
    assert str(costed(older, newer).score) == "33.33"  # was 63.33
    open_ended = costed({**older, "issued": "2023-01-01"})  # was 63.33
    assert (str(open_ended.score), str(open_ended.bounds[1]), open_ended.status) == ("33.33", "66.67", "incomplete")
    assert "certificate-term-open" in {gap.code for gap in open_ended.gaps}


DAYS = st.integers(-1500, 40).map(lambda days: ON + timedelta(days=days))
EDGES = st.sampled_from([date(2025, 12, 11), date(2025, 12, 12), date(2024, 6, 1), date(2024, 6, 2), date(2023, 6, 2)])
CERTIFICATES = st.builds(
    lambda number, tkdn, issued, text, kind, expires, withdrawn, frozen: Certificate.model_validate(
        {
            "number": str(number),
            "tkdn": tkdn,
            "issued": issued,
            "regulation": text,
            "kind": kind,
            "expires": None if expires is None else issued + timedelta(days=expires),
            "withdrawn": withdrawn,
            "frozen": None if frozen is None else [frozen, frozen + timedelta(days=30)],
        }
    ),
    st.integers(1, 9),
    st.integers(0, 100),
    DAYS | EDGES,
    st.sampled_from([None, "permenperin-16-2011", "permenperin-46-2022", "permenperin-35-2025"]),
    st.sampled_from([None, None, "certificate", "letter"]),
    st.none() | st.integers(0, 1500),
    st.none() | DAYS,
    st.none() | DAYS,
)


@given(st.lists(st.lists(CERTIFICATES, max_size=4), min_size=1, max_size=5), st.booleans())
def test_by_columns_the_same_certificates_count(held: list[list[Certificate]], longer: bool) -> None:
    law = LAW.amend({"certificate.open_term": "longer"}) if longer else LAW
    terms = CertificateTerms(law, ON)
    rows = [(at, each) for at, certificates in enumerate(held) for each in certificates]
    texts: list[str | None] = [None, "permenperin-16-2011", "permenperin-46-2022", "permenperin-35-2025"]

    def days(values: list[date | None]) -> Any:
        return np.array(values, "datetime64[D]")

    columns = CertificateColumns(
        np.array([at for at, _ in rows], np.intp),
        np.array([float(each.tkdn) for _, each in rows]),
        days([each.issued for _, each in rows]),
        days([each.expires for _, each in rows]),
        days([each.withdrawn for _, each in rows]),
        days([each.frozen and each.frozen[0] for _, each in rows]),
        days([each.frozen and each.frozen[1] for _, each in rows]),
        np.array([each.kind == "letter" for _, each in rows], bool),
        np.array([texts.index(each.regulation) for _, each in rows], np.intp),
        texts,
    )
    counting, if_longer = counting_rows(columns, terms, len(held))
    for at, certificates in enumerate(held):
        expected = on_day(certificates, ON, terms)
        found = [None if row < 0 else rows[row][1].tkdn for row in (counting[at], if_longer[at])]
        assert found == [each and each.tkdn for each in expected]


@given(st.lists(CERTIFICATES, min_size=1, max_size=5))
def test_one_that_is_ended_never_counts_and_at_most_one_day_of_issue_does(held: list[Certificate]) -> None:
    states = [state(each, held, ON, TERMS) for each in held]
    counting = {each.issued for each, is_so in zip(held, states, strict=True) if is_so in ("counts", "open")}
    assert len(counting) <= 1  # no holder is named, so a later one ends every earlier one
    found = on_day(held, ON, TERMS)
    assert found.counting is None or (found.counting.issued <= ON and found.counting.kind != "letter")
