"""Who is a small industry (Pasal 1(9)), and self-declared certificates of those who are none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from tests.support.build import Document, Record, abroad, assessed, bill, cert, firm, good, home

from tkdn.assessment.findings.finding import Warning  # noqa: A004


def with_declared(*suppliers: Record, **fields: object) -> Document:
    """FRAME, self-declared at 78%, and a MOTOR from abroad of the same price: 0.75 x half x 80."""
    frame = home("FRAME", 100, supplier="S-1", certificates=[cert(78, self_declared=True)], **fields)
    return bill(good(), frame, abroad("MOTOR", 100), uses={"GOOD": "FRAME MOTOR"}, suppliers=suppliers)


def warned(document: Document) -> dict[str, Warning]:
    return {each.code: each for each in assessed(document).warnings}


BY_CAPITAL = firm("S-1", None, capital={"amount": "6000000000"})
"""A firm above the capital of a small industry."""


@pytest.mark.parametrize("maker", [BY_CAPITAL, firm("S-1", "medium")])
def test_a_self_declared_certificate_of_a_larger_firm_is_warned_with_its_points(maker: Record) -> None:
    """80 for 25 on half of the material: 0.75 x 50 x 55%; nothing was said before."""
    found = warned(with_declared(maker))["self-declared-not-small"]
    assert (found.part, found.supplier) == ("FRAME", "S-1")
    assert found.exact_points == Fraction("20.625")
    assert (found.points, found.to_dict()["points"]) == (Decimal("20.63"), "20.63")
    assert "bukan Industri Kecil" in found.message_in("id")


@pytest.mark.parametrize(
    "maker",
    [firm("S-1", "small"), firm("S-1", None), firm("S-1", "large", capital={"amount": "5000000000"})],
    ids=["stated", "unknown", "small by capital"],
)
def test_a_small_or_unknown_maker_is_not_warned(maker: Record) -> None:
    assert "self-declared-not-small" not in warned(with_declared(maker))


def test_the_whole_score_rests_on_a_certificate_that_alone_shows_a_domestic_line() -> None:
    document = with_declared(BY_CAPITAL)
    del document["parts"][1]["made_in"]
    assessment = assessed(document)
    (found,) = (each for each in assessment.warnings if each.code == "self-declared-not-small")
    assert found.points == assessment.score


def test_without_any_score_no_points_are_given() -> None:
    document = with_declared(BY_CAPITAL)
    document["parts"][0]["made_in"] = "CN"
    assert warned(document)["self-declared-not-small"].points is None


def test_stated_small_and_capital_above_contradict() -> None:
    found = warned(with_declared({**BY_CAPITAL, "scale": "micro"}))["small-contradicts"]
    assert found.supplier == "S-1"
    assert "Rp 5,000,000,000" in found.message
    assert "small-contradicts" not in warned(with_declared(BY_CAPITAL))


def test_under_another_law_it_is_not_asked() -> None:
    document = {**with_declared({**BY_CAPITAL, "scale": "micro"}), "date": "2025-06-01"}
    assert not {"small-contradicts", "self-declared-not-small"} & warned(document).keys()
