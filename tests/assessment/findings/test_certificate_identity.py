"""Whether a certificate covers this part of this maker; the old result of each case was no word about it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.build import Document, Record, abroad, assessed, bill, cert, firm, good, home

from tkdn.assessment.findings.finding import Warning  # noqa: A004

IDENTITY = {
    "certificate-holder-unknown",
    "certificate-other-holder",
    "certificate-other-product",
    "certificate-other-than",
}
FIRMS = [firm("S-1", name="PT Logam Jaya"), firm("S-2", name="CV Roda")]


def framed(*held: Record, suppliers: list[Record] = FIRMS, **fields: Any) -> Document:
    """A good of two equal lines, a frame with certificates and an import: 25 + 0.375 x credit of the frame."""
    made = {"supplier": "S-1", **fields}
    return bill(
        good(),
        home("FRAME", 100, certificates=list(held), **made),
        abroad("MOTOR", 100),
        uses={"GOOD": "FRAME MOTOR"},
        suppliers=suppliers,
    )


def told(document: Document, **options: Any) -> list[Warning]:
    return [each for each in assessed(document, **options).warnings if each.code in IDENTITY]


def codes(document: Document) -> list[str]:
    return [each.code for each in told(document)]


@pytest.mark.parametrize(
    "holder", ["PT Logam Jaya", "LOGAM JAYA, P.T.", "Logam Jaya", "PT. Logam Jaya (Persero) Tbk", "S-1"]
)
def test_a_holder_that_is_the_maker_however_it_is_written_says_nothing(holder: str) -> None:
    assert told(framed(cert(95, holder=holder))) == []


def test_the_certificate_of_another_firm_of_the_bill_is_told_with_its_points() -> None:
    """Counted in full without a word: 62.50, of which 28.13 rest on it (25 without it)."""
    (warning,) = told(framed(cert(95, holder="Roda CV")))
    assert (warning.code, warning.part, str(warning.points)) == ("certificate-other-holder", "FRAME", "28.13")
    assert warning.message == (
        "Certificate 95/2025 of FRAME (95%) is held by Roda CV, not by its maker PT Logam Jaya: it may not cover this part."
    )


@pytest.mark.parametrize("holder", ["PT Lain", "CV Logam Jaya"])  # another legal form is another firm
def test_a_holder_that_is_no_suppliers_is_told_with_its_points(holder: str) -> None:
    (warning,) = told(framed(cert(95, holder=holder)))
    assert (warning.code, str(warning.points)) == ("certificate-holder-unknown", "28.13")


def test_the_whole_score_rests_on_a_certificate_that_alone_opens_the_calculation() -> None:
    held = cert(95, holder="PT Lain")
    document = bill(
        good(), {"id": "FRAME", "price": {"amount": "100"}, "certificates": [held]}, abroad("MOTOR", 100),
        uses={"GOOD": "FRAME MOTOR"}, suppliers=FIRMS,
    )  # fmt: skip
    (warning,) = told(document)
    assert str(warning.points) == "62.50"


def test_a_bill_that_names_no_firm_has_nothing_to_compare_a_holder_with() -> None:
    assert told(framed(cert(95, holder="PT Lain"), suppliers=[], supplier=None)) == []


def test_the_maker_is_compared_and_not_the_seller() -> None:
    assert told(framed(cert(95, holder="CV Roda"), maker="S-2")) == []


@pytest.mark.parametrize(
    ("held", "fields", "expected"),
    [
        ({"hs_code": "87082995"}, {"hs_code": "8708.29.95"}, None),
        ({"hs_code": "87082995"}, {"hs_code": "8708"}, None),
        ({"hs_code": "87082995"}, {"hs_code": "8708299510"}, None),
        ({"hs_code": "87082995"}, {"hs_code": "87089990"}, "hs_code 87082995 there, 87089990 in the bill"),
        ({"hs_code": "87082995"}, {"hs_code": "8709"}, "hs_code 87082995 there, 8709 in the bill"),
        ({"type": "X-1"}, {"spec": "type X1, painted"}, None),
        ({"type": "X-1"}, {"name": "Frame X-1", "spec": "painted"}, None),
        ({"type": "X-1"}, {}, None),
        ({"type": "X-1"}, {"spec": "Y-2"}, "type X-1 there, Y-2 in the bill"),
        ({"type": "X-1", "specification": "y-2, painted"}, {"spec": "Y-2"}, None),
        ({"brand": "ROKET"}, {"spec": "Y-2"}, "brand ROKET there, Y-2 in the bill"),
    ],
)
def test_a_certificate_of_another_product(held: Record, fields: Record, expected: str | None) -> None:
    found = told(framed(cert(95, **held), **fields))
    assert [each.code for each in found] == ([] if expected is None else ["certificate-other-product"])
    assert expected is None or expected in found[0].message


def test_two_types_of_one_holder_do_not_separate_but_are_told_with_what_rests_on_it() -> None:
    """The later one ends the earlier whatever its type is, and nobody heard of it: 40.00 for 62.50."""
    older, newer = cert(95, issued="2025-03-01", type="X-1"), cert(30, issued="2025-04-01", type="Y-2")
    document = framed(older, newer)
    assert str(assessed(document).score) == "40.00"
    (warning,) = told(document)
    assert (warning.code, str(warning.points)) == ("certificate-other-than", "-22.50")
    assert warning.values["other"] == "95/2025"


@pytest.mark.parametrize("factory", [{}, {"factory": "Subang"}])
def test_types_of_two_holders_or_factories_are_not_compared(factory: Record) -> None:
    one, other = {"type": "X-1", "issued": "2025-03-01"}, {"type": "Y-2", **factory}
    other |= {} if factory else {"holder": "CV Roda"}
    one |= {"factory": "Bandung"} if factory else {"holder": "PT Logam Jaya"}
    assert "certificate-other-than" not in codes(framed(cert(95, **one), cert(30, **other)))


@pytest.mark.parametrize("dates", [{"withdrawn": "2026-05-01"}, {"issued": "2026-07-01", "expires": "2031-06-30"}])
def test_a_certificate_that_does_not_count_says_only_that(dates: Record) -> None:
    assert told(framed(cert(95, holder="PT Lain", **dates))) == []


def test_nothing_rests_on_a_certificate_whose_term_is_open() -> None:
    (warning,) = told(framed(cert(95, holder="PT Lain", issued="2024-01-02", expires=None)))
    assert (warning.code, str(warning.points)) == ("certificate-holder-unknown", "0.00")


def test_succession_is_by_firm_and_not_by_spelling() -> None:
    """Two spellings of one firm were two holders: 62.50 came back for the older when the newer was withdrawn."""
    older = cert(95, issued="2025-03-01", holder="PT Logam Jaya")
    newer = cert(30, issued="2025-04-01", holder="LOGAM JAYA, PT.", withdrawn="2026-05-01")
    assert str(assessed(framed(older, newer)).score) == "34.38"


def test_the_cost_method_tells_it_too() -> None:
    options = {"regulation": "permenperin-16-2011", "allow_repealed": True}
    assert [each.code for each in told(framed(cert(95, holder="PT Lain")), **options)] == ["certificate-holder-unknown"]


def test_two_certificates_of_one_holder_and_one_day_give_the_lower_and_the_other_if_it_falls() -> None:
    dates = {"issued": "2026-01-15", "expires": "2031-01-14"}
    one, two = cert(95, holder="PT Logam Jaya", **dates), cert(30, holder="Logam Jaya, PT", **dates)
    found = assessed(framed(one, two))
    assert (str(found.score), [each.code for each in found.warnings]) == ("40.00", ["certificates-same-day"])
    assert str(assessed(framed(one, {**two, "withdrawn": "2026-05-01"})).score) == "62.50"


def test_terms_that_cross_end_with_the_later_certificate() -> None:
    """The earlier one, whose term is longer, counted again after the later one had expired: 62.50."""
    earlier = cert(95, issued="2026-01-15", expires="2031-01-14", holder="PT Logam Jaya")
    later = cert(30, issued="2026-02-01", expires="2026-05-31", holder="PT Logam Jaya")
    found = assessed(framed(earlier, later))
    assert str(found.score) == "34.38"
    assert {each.code for each in found.warnings} == {"certificate-ended", "certificate-expired"}


def test_a_certificate_issued_after_the_day_neither_counts_nor_ends_another() -> None:
    earlier = cert(95, issued="2026-01-15", expires="2031-01-14")
    later = cert(30, issued="2026-06-02", expires="2031-06-01")
    found = assessed(framed(earlier, later))
    assert (str(found.score), [each.code for each in found.warnings]) == ("62.50", ["certificate-not-yet"])
