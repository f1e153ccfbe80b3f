"""The term of BMP: five years from the first certificate that carried it, whatever the later ones say of TKDN (Pasal 45(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tkdn import BomError, regulation
from tkdn.assessment.certificates import CertificateTerms, Term
from tkdn.bom.model import Certificate

ON = date(2032, 1, 1)


def terms(on: date = ON) -> CertificateTerms:
    return CertificateTerms(regulation("permenperin-35-2025"), on)


def cert(issued: str, bmp: str | None = "10", **fields: Any) -> Certificate:
    return Certificate.model_validate({"number": issued, "tkdn": "50", "issued": issued, "bmp": bmp, **fields})


@pytest.mark.parametrize(
    ("certificates", "last"),
    [
        ([cert("2026-02-01")], "2031-01-31"),
        ([cert("2026-02-01"), cert("2029-06-01")], "2031-01-31"),  # not 2034-05-31, the end of the later TKDN
        ([cert("2026-02-01", None), cert("2029-06-01")], "2034-05-31"),
        ([cert("2026-02-01"), cert("2029-06-01", bmp_expires="2031-12-31")], "2031-12-31"),
        ([cert("2026-02-01", holder="PT A"), cert("2029-06-01", holder="PT B")], "2034-05-31"),
        ([cert("2026-02-01", kind="letter"), cert("2029-06-01")], "2034-05-31"),
        ([cert("2025-02-01"), cert("2029-06-01")], "2034-05-31"),  # the older text's certificate begins nothing
        ([cert("2025-12-11", expires="2028-01-01")], "2028-01-01"),
    ],
)
def test_the_end_of_the_bmp_of_some_certificates(certificates: list[Certificate], last: str) -> None:
    end = date.fromisoformat(last)
    assert terms().of_bmp(certificates) == terms().of_bmp(certificates[::-1]) == Term(end, end)


def test_the_bmp_of_an_older_certificate_ends_with_it_by_either_reading() -> None:
    assert terms().of_bmp([cert("2025-02-01")]) == Term(date(2027, 1, 31), date(2028, 1, 31))


def test_no_bmp_and_one_not_issued_yet_have_no_end() -> None:
    assert terms().of_bmp([]) is None
    assert terms().of_bmp([cert("2026-02-01", None)]) is None
    assert terms(date(2026, 1, 31)).of_bmp([cert("2026-02-01")]) is None


def test_bmp_that_ends_before_it_was_issued_is_refused() -> None:
    from tkdn import Bom

    certificate = {"number": "1", "tkdn": "50", "issued": "2026-02-01", "bmp": "10", "bmp_expires": "2026-01-31"}
    part = {"id": "A", "certificates": [certificate]}
    with pytest.raises(BomError) as caught:
        Bom.from_dict({"format": "tkdn-bom", "version": 1, "product": "A", "parts": [part], "uses": []})
    assert caught.value.code == "certificate-dates-reversed"
