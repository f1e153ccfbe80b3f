"""Services by cost: what each cost counts, by the table of Lampiran IV.B, and the score."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tkdn import regulation
from tkdn.method.services import ServiceRules, tkdn

RULES = ServiceRules(regulation("permenperin-35-2025"), date(2026, 6, 1))


@pytest.mark.parametrize(("citizen", "percent"), [(True, 100), (False, 0)])
def test_labour_counts_by_citizenship(citizen: bool, percent: int) -> None:
    assert RULES.labour(citizen=citizen).percent == percent


@pytest.mark.parametrize("owner", [None, "domestic", "mixed", "foreign"])
def test_a_tool_made_here_counts_whoever_owns_it(owner: str | None) -> None:
    credit = RULES.tool(made_here=True, owner=owner, domestic_share=Fraction(1, 4))
    assert (credit.key, int(credit.percent)) == ("services.tools.made_here", 100)


@pytest.mark.parametrize(
    ("owner", "share", "percent"),
    [
        ("domestic", None, Fraction(50)),
        ("mixed", Fraction(2, 5), Fraction(20)),
        ("mixed", Fraction(1, 3), Fraction(50, 3)),
        ("mixed", Fraction(1), Fraction(50)),
        ("mixed", Fraction(0), Fraction(0)),
        ("foreign", None, Fraction(0)),
    ],
)
def test_a_tool_made_abroad_counts_by_its_owner(owner: str, share: Fraction | None, percent: Fraction) -> None:
    credit = RULES.tool(made_here=False, owner=owner, domestic_share=share)
    assert (credit.key, credit.percent) == (f"services.tools.{owner}", percent)


@pytest.mark.parametrize(("provider", "percent"), [("domestic", 100), ("foreign", 0)])
def test_a_general_service_counts_by_its_provider(provider: str, percent: int) -> None:
    assert RULES.general(provider).percent == percent


def test_every_value_is_the_text_of_the_regulation() -> None:
    law = RULES.regulation
    keys = [key for key in law.parameters if key.startswith("services.")]
    assert len(keys) == 8
    assert {law.value(key, RULES.on).confidence for key in keys} == {"text"}


def test_the_score_is_domestic_cost_of_the_total() -> None:
    assert tkdn(Fraction(2), Fraction(3)) == Fraction(200, 3)
