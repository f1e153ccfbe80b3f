"""One answer to every question, whatever engine walks the bill and whatever was asked before."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import seldom
from tests.support import bills, extreme, ways
from tests.support.build import ON

import tkdn
from tkdn import Assessment, Bom, BomError, TkdnError
from tkdn.assessment.engines.engine import BASES, Basis
from tkdn.assessment.lift import BYS, By

Question = Callable[[Assessment], Any]
chances = st.randoms(use_true_random=False)


def _plain(result: Any) -> Any:
    """Return plain data without where it is from: the bill as read, and whether exact numbers were asked for."""
    return _without(result.to_dict(), "provenance")


def _without(document: Any, dropped: str) -> Any:
    if isinstance(document, dict):
        return {key: _without(value, dropped) for key, value in document.items() if key != dropped}
    if isinstance(document, list):
        return [_without(value, dropped) for value in document]
    return document


def _changed(found: Assessment) -> Any:
    part = next((each for each in found.bom.parts if each.price), None)
    changes: dict[str, Any] = {} if part is None else {"parts": {part.id: {"price": {"amount": "12345.678"}}}}
    return _plain(found.with_changes(changes))


def _scenarios(found: Assessment) -> Any:
    part = next(each for each in found.bom.parts if each.price)
    return [vars(row) for row in tkdn.scenarios(found, {f"parts.{part.id}.made_in": ["ID", "CN"]}).rows]


def _lift(found: Assessment, by: By, basis: Basis) -> Any:
    return _plain(tkdn.lift(found, by=by, basis=basis))


QUESTIONS: Mapping[str, Question] = {
    "document": _plain,
    "figures": lambda found: (found.status, found.score, found.potential, found.bounds, found.coverage),
    "bounds of potential": lambda found: found.potential_bounds,
    "exact": lambda found: (found.exact, found.exact_bounds, found.exact_potential_bounds, found.exact_coverage),
    "is exact": lambda found: found.is_exact,
    "obstacles": lambda found: found.obstacles,
    "reasons": lambda found: found.reasons,
    "gaps": lambda found: [each.to_dict() for each in found.gaps],
    "assumptions": lambda found: [each.to_dict() for each in found.assumptions],
    "warnings": lambda found: [each.to_dict() for each in found.warnings],
    "factors": lambda found: {name: each.to_dict() for name, each in found.factors.items()},
    "cap": lambda found: found.cap,
    "components": lambda found: dict(found.components),
    "made here": lambda found: [found.made_here(number) for number in found.day.order],
    "stages made here": lambda found: [
        found.made_here(number) for number, part in enumerate(found.bom.parts) if part.in_house
    ],
    "explanations": lambda found: [found.explain(part).to_dict() for part in found.components],
    "explanation of the product": lambda found: found.explain().to_text("id"),
    "interpretations": lambda found: _plain(found.interpretations()),
    "calendar": lambda found: _plain(tkdn.calendar(found)),
    "opportunities": lambda found: _plain(tkdn.opportunities(found)),
    "changed": _changed,
    "scenarios": _scenarios,
    "printed": repr,
    **{f"lift by {by} on {basis}": partial(_lift, by=by, basis=basis) for by in BYS for basis in BASES},
}


def answers(found: Assessment, order: list[str]) -> dict[str, Any]:
    """Return what is answered to the questions in this order; a refusal by its code."""
    told: dict[str, Any] = {}
    for name in order:
        try:
            told[name] = QUESTIONS[name](found)
        except TkdnError as error:
            told[name] = "refused", error.code
        except StopIteration:
            told[name] = "no price"
    return told


def in_any_order(chance: random.Random) -> list[str]:
    return chance.sample(sorted(QUESTIONS), len(QUESTIONS))


def assert_one_answer(bom: Bom, chance: random.Random) -> None:
    """Ask by every engine, in another order each time, and of an assessment that was come to by a change."""
    first = ways.figures(bom, on=ON)
    if first[0] == "refused":
        with ways.by_arrays():
            assert [ways.figures(bom, on=ON, exact=exact) for exact in (False, True)] == [first, first]
        return
    expected = answers(tkdn.assess(bom, on=ON), in_any_order(chance))
    priced = [each.id for each in bom.parts if each.price]
    for arrays, exact in ((True, False), (False, False), (True, True)):
        with ways.by_arrays() if arrays else nullcontext():
            _assert_equal(expected, answers(tkdn.assess(bom, on=ON, exact=exact), in_any_order(chance)))
            if priced:
                found = _by_a_change(bom, chance.choice(priced), chance, exact=exact)
                if found is not None:
                    _assert_equal(expected, answers(found, in_any_order(chance)))


def _by_a_change(bom: Bom, part: str, chance: random.Random, *, exact: bool) -> Assessment | None:
    """Return the assessment come to from another price of a part, of which something was asked; None if that is refused."""
    record = next(each for each in bom.to_dict()["parts"] if each["id"] == part)
    other = bom.with_changes({"parts": {part: {"price": {**record["price"], "amount": "7"}}}})
    try:
        base = tkdn.assess(other, on=ON, exact=exact)
        answers(base, in_any_order(chance)[:3])
        return base.with_changes({"parts": {part: {"price": record["price"]}}})
    except BomError:
        return None


def _assert_equal(expected: dict[str, Any], found: dict[str, Any]) -> None:
    for name in QUESTIONS:
        assert found[name] == expected[name], name


@seldom
@given(document=bills.bills(), chance=chances)
def test_ordinary_bills(document: dict[str, Any], chance: random.Random) -> None:
    """`made_here` was None for an in-house stage of a bill walked by arrays, and True for one walked by exact numbers."""
    assert_one_answer(Bom.from_dict(document), chance)


@seldom
@given(chance=chances)
def test_extreme_bills(chance: random.Random) -> None:
    assert_one_answer(Bom.from_dict(extreme.random_bill(chance, levels=8)), chance)
