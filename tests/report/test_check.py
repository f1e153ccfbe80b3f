"""What is doubtful of many parts alike fills no screen."""

from __future__ import annotations

import pytest

import tkdn
from tkdn.i18n import LANGUAGES, Lang
from tkdn.report.check import MOST_ALIKE, show_check

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
def test_ten_of_a_kind_and_a_count(assessment: tkdn.Assessment, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    show_check(assessment.bom, assessment, lang)
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("! ") for line in lines) == MOST_ALIKE
    rest = next(line for line in lines if "--all" in line)
    assert str(MANY - MOST_ALIKE) in rest


def test_all_of_them_where_they_are_asked_for(assessment: tkdn.Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    show_check(assessment.bom, assessment, "en", everything=True)
    shown = capsys.readouterr().out
    assert all(f"N-{at} of P-{at} " in shown for at in range(MANY))
    assert "--all" not in shown


def test_all_parts_that_lack_the_same_where_they_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    parts = [{"id": f"P-{at}", "price": {"amount": "10"}} for at in range(MANY)]
    uses = [{"parent": "CART", "part": part["id"], "quantity": 1} for part in parts]
    bom = {"format": "tkdn-bom", "version": 1, "date": "2026-06-01", "parts": [{"id": "CART"}, *parts], "uses": uses}
    assessment = tkdn.assess(tkdn.Bom.from_dict(bom))
    last = f"P-{MANY - 1}"
    show_check(assessment.bom, assessment, "en")
    assert last not in capsys.readouterr().out
    show_check(assessment.bom, assessment, "en", everything=True)
    assert last in capsys.readouterr().out
