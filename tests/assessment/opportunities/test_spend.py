"""Money of moves over ratios that grow longer level by level."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

from tests.support.build import abroad, bill, good, home, use

import tkdn
from tkdn.assessment.goods import GoodsAssessment

LEVELS = 400


def deep() -> tkdn.Bom:
    """Goods nested deep, each losing a share of nineteen digits of the next and taking an import."""
    chance = random.Random(1)
    ids = ["GOOD", *(f"G-{at}" for at in range(LEVELS)), "LEAF"]
    parts = [*(good(id_) for id_ in ids[:-1]), home("LEAF", 1000, supplier="S-1"), abroad("X", 1)]
    scraps = (f"0.{chance.randrange(999 * 10**15, 1001 * 10**15):019}" for _ in ids)
    uses = [use(above, below, "0.9", scrap=scrap) for (above, below), scrap in zip(pairwise(ids), scraps, strict=False)]
    uses += [use(id_, "X", "0.001") for id_ in ids[:-1]]
    return tkdn.Bom.from_dict(bill(*parts, uses={}, more_uses=uses, suppliers=[{"id": "S-1", "scale": "small"}]))


def test_moves_of_a_deep_bill_of_long_ratios_are_found() -> None:
    """Its quantities over all paths have 7,600 digits; a thousand such levels once took minutes."""
    assessment = tkdn.assess(deep())
    assert isinstance(assessment, GoodsAssessment)
    assert assessment.day.rounded
    rows = tkdn.opportunities(assessment).to_dict()["rows"]
    assert {row["part"] for row in rows if row["kind"] == "localise"} == {"X"}
    assert all(len(text) < 90 for row in rows for text in row["exact"].values() if text is not None)


def test_a_quantity_over_all_paths_is_near_the_exact_one() -> None:
    bom = deep()
    shown, exact = tkdn.assess(bom).day.quantities, bom.on_day().quantities
    for number, quantity in exact.items():
        assert abs(shown[number] - quantity) < quantity * Fraction(1, 10**100)
