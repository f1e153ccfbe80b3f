"""Moves on bills made to be slow: each figure is that of a full assessment, and what many moves share is done once."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any
from unittest.mock import patch

import pytest
from tests.properties.test_opportunities import Anew, check_gains, merged, together
from tests.support import extreme
from tests.support.extreme import Document, good, use

import tkdn
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.lift_rows import LiftRow


def sharing(assemblies: int, leaves: int, *, own: bool = True, direct: int = 0, seed: int = 1) -> Document:
    """Assemblies that each take some of the same leaves, and one part of their own; some leaves are lines of the product too."""
    chance = random.Random(seed)
    made = [f"A-{at}" for at in range(assemblies)]
    bought = [
        {"id": f"L-{at}", "price": {"amount": str(chance.randrange(1, 9))}, "made_in": "CN" if at % 3 else "ID"}
        for at in range(leaves)
    ]
    uses = [use("GOOD", id_) for id_ in made] + [use("GOOD", each["id"]) for each in bought[:direct]]
    for id_ in made:
        uses += [use(id_, each["id"]) for each in chance.sample(bought, chance.randrange(1, leaves + 1))]
    parts = [good(), *map(good, made), *bought]
    if own:
        parts += [{"id": f"O-{id_}", "price": {"amount": "5"}, "made_in": chance.choice(("CN", "ID"))} for id_ in made]
        uses += [use(id_, f"O-{id_}") for id_ in made]
    return extreme.document(parts, uses)


SHAPES: Mapping[str, Callable[[], Document]] = {
    "scrap": lambda: extreme.scrapped(40),
    "per": lambda: extreme.long_denominators(30),
    "phantoms": lambda: extreme.nested(25, phantom=True),
    "stages": lambda: extreme.nested(25, in_house=True),
    "shared phantom": lambda: extreme.shared_phantom(8, 9),
    "shared leaves": lambda: sharing(7, 6),
    "shared leaves, some of them lines": lambda: sharing(7, 6, direct=3),
    "shared leaves, nothing else": lambda: sharing(7, 6, own=False, seed=3),
    "diamonds": lambda: extreme.diamonds(15),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_gain_is_that_of_a_full_assessment(shape: str) -> None:
    check_gains(Anew(SHAPES[shape]()))


@pytest.mark.parametrize("shape", SHAPES)
def test_each_gain_beside_the_others_is_that_of_a_full_assessment(shape: str) -> None:
    anew = Anew(SHAPES[shape]())
    found = anew.moves("score")
    taken = [found[id_] for id_ in found.taken]
    for move in found.rows:
        if move.measure == "tkdn":
            others = [each for each in taken if not each.candidate.touches & move.candidate.touches]
            after, before = together(found, [*others, move]), merged(together(found, others), move.against)
            assert move.exact_given_others == anew.gain(after, before, "score"), move.id


def test_each_lift_is_that_of_a_full_assessment_of_lines_with_long_scrap() -> None:
    anew = Anew(extreme.scrapped(60))
    for row in tkdn.lift(anew.assessment).rows:
        assert isinstance(row, LiftRow)
        abroad = {"parts": {row.part: {"made_in": "CN"}}}
        assert row.effect.lift == anew.gain({}, abroad, "score"), row.part


def test_rounded_gains_of_lines_with_long_per_are_within_1e_90_of_exact_ones() -> None:
    bom = tkdn.Bom.from_dict(extreme.long_denominators(120))
    rounded, exact = tkdn.assess(bom), tkdn.assess(bom, exact=True)
    assert isinstance(rounded, GoodsAssessment)
    assert rounded.day.rounded
    found, precise = tkdn.opportunities(rounded), tkdn.opportunities(exact)
    assert found.taken == precise.taken
    for move in found.rows:
        other = precise[move.id]
        for figure in ("exact", "exact_given_others", "exact_after", "break_even"):
            one, two = getattr(move, figure), getattr(other, figure)
            assert (one is None) == (two is None), (move.id, figure)
            assert one is None or abs(one - two) < Fraction(1, 10**90), (move.id, figure)


@pytest.mark.parametrize("document", [extreme.shared_phantom(20, 20), sharing(20, 20), extreme.scrapped(60)])
def test_no_move_on_the_score_walks_again_what_others_touch(document: Document) -> None:
    """Two walks of twenty changes a leaf, each over all assemblies: 400 leaves under 400 assemblies took 100 s."""
    walked: list[int] = []
    walk_again = ExactEngine.what_if

    def what_if(self: ExactEngine, changes: Any, basis: Any) -> Any:
        walked.append(len(changes))
        return walk_again(self, changes, basis)

    assessment = tkdn.assess(tkdn.Bom.from_dict(document))
    with patch.object(ExactEngine, "what_if", what_if):
        assert tkdn.opportunities(assessment).rows
    assert not walked
