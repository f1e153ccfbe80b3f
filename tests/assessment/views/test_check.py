"""What is doubtful of many parts alike fills no screen."""

from __future__ import annotations

import pytest

import tkdn
from tkdn.assessment.views.check import MAX_ALIKE, check_view
from tkdn.display.viewed import as_text
from tkdn.i18n import LANGUAGES, Lang

MANY = 25


@pytest.fixture(scope="module")
def assessment() -> tkdn.Assessment:
    """A cart of parts whose certificates have all expired."""
    expired = {"tkdn": "61", "issued": "2021-01-01", "expires": "2023-12-31"}
    parts = [
        {
            "id": f"P-{at}",
            "price": {"amount": "10"},
            "made_in": "ID",
            "certificates": [{"number": f"N-{at}", **expired}],
        }
        for at in range(MANY)
    ]
    uses = [{"parent": "CART", "part": part["id"], "quantity": 1} for part in parts]
    bom = {"format": "tkdn-bom", "version": 1, "date": "2026-06-01", "parts": [{"id": "CART"}, *parts], "uses": uses}
    return tkdn.assess(tkdn.Bom.from_dict(bom))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ten_of_a_kind_and_a_count(assessment: tkdn.Assessment, lang: Lang) -> None:
    lines = as_text(check_view(assessment, lang)).splitlines()
    assert sum(line.startswith("! ") for line in lines) == MAX_ALIKE
    rest = next(line for line in lines if "--all" in line)
    assert str(MANY - MAX_ALIKE) in rest


def test_all_of_them_where_they_are_asked_for(assessment: tkdn.Assessment) -> None:
    shown = as_text(check_view(assessment, "en", everything=True))
    assert all(f"N-{at} of P-{at} " in shown for at in range(MANY))
    assert "--all" not in shown


def test_all_parts_that_lack_the_same_where_they_are_asked_for() -> None:
    parts = [{"id": f"P-{at}", "price": {"amount": "10"}} for at in range(MANY)]
    uses = [{"parent": "CART", "part": part["id"], "quantity": 1} for part in parts]
    bom = {"format": "tkdn-bom", "version": 1, "date": "2026-06-01", "parts": [{"id": "CART"}, *parts], "uses": uses}
    assessment = tkdn.assess(tkdn.Bom.from_dict(bom))
    last = f"P-{MANY - 1}"
    assert last not in as_text(check_view(assessment, "en"))
    assert last in as_text(check_view(assessment, "en", everything=True))
