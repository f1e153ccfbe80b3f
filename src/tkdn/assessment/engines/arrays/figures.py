"""The products' figures from sums over their lines: score, potential, high bound, coverage, status, rounded as printed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tkdn.assessment.engines.arrays.facts import NO, NOT_STATED, FactArrays
from tkdn.assessment.engines.arrays.walk import SAFETY, Walked
from tkdn.assessment.engines.engine import Status
from tkdn.bom.compiled import Flags, Floats, Whole, ranges
from tkdn.method.goods import PERCENT, GoodsRules

COMPLETE, INCOMPLETE, IMPOSSIBLE = range(3)
STATUSES: tuple[Status, ...] = ("complete", "incomplete", "cannot_be_calculated")


@dataclass(frozen=True, eq=False)
class FigureArrays:
    """Figures by product or variant: hundredths of a percent as whole floats, nan where nothing can be said.

    `status`: a number of `STATUSES`; `doubtful`: where a figure lies so near a half hundredth that a float cannot round it.
    """

    score: Floats
    potential: Floats
    high: Floats
    coverage: Floats
    status: NDArray[np.int8]
    doubtful: Flags


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums over the lines of each product.

    Over its main lines: the cost (`total`, nan where one has none), cost x credit as it is today (`today`), at best
    (`best_case`) and by `potential`, and the cost of lines whose credit is `known`; how many are not known.

    Over all its lines: how many there are, how many are made in Indonesia, of how many that is not known.
    """

    total: Floats
    today: Floats
    best_case: Floats
    potential: Floats
    known: Floats
    open_lines: Whole
    lines: Whole
    domestic: Whole
    unknown_origin: Whole


def sums(walked: Walked) -> Sums:
    """Return the sums of all products of a walk in one column."""
    bill, products = walked.bill, walked.bill.products
    parent = bill.structure.parent
    starts = np.searchsorted(parent, products)
    counts = np.searchsorted(parent, products, "right") - starts
    lines = ranges(starts, counts)
    owner = np.repeat(np.arange(len(products)), counts)
    child = bill.structure.child[lines]
    main = bill.line_main[lines]
    today, best_case = walked.tables.today[walked.state[child]], walked.tables.best_case[walked.state[child]]
    weights = np.where(main, walked.line_cost[lines], 0)
    known = walked.tables.known[walked.state[child]]
    origin = walked.facts.origin[child]

    def add(each: NDArray[np.generic]) -> NDArray[np.float64]:
        return np.bincount(owner, each.astype(float), minlength=len(products)).astype(float)

    return Sums(
        walked.total[products],
        add(weights * today),
        add(weights * best_case),
        add(weights * walked.potential[child]),
        add(weights * known),
        add(main & ~known).astype(np.intp),
        counts,
        add(walked.tables.domestic[walked.state[child]]).astype(np.intp),
        add(origin == NOT_STATED).astype(np.intp),
    )


def figures(of: Sums, facts: FactArrays, rules: GoodsRules, error: float | Floats) -> FigureArrays:
    """Return the figures from the sums of each product and its own facts.

    A figure is w x sum / total + a constant, sum <= 100 x total: within 2 x error x 100 percent, doubled by `SAFETY`, in
    hundredths of a percent 100 times that. A total that is not above zero is nothing but error, if it has a main line.

    Args:
        of: the sums.
        facts: the facts of the products.
        rules: the values of the regulation.
        error: bound of the relative error of the sums against the total.
    """
    total = of.total
    final, open_ended = _standing(of, facts, rules)
    unweighed = np.isnan(total) | (total == 0)
    blocked = final | open_ended | unweighed
    terms = rules.float_terms
    beside, best = (
        terms.beside(_known(facts.labour, unknown), _known(facts.overhead, unknown), facts.brainware)
        for unknown in (0, PERCENT)
    )
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        score = np.where(blocked, np.nan, terms.total(of.today / total, beside))
        potential = np.where(blocked, np.nan, terms.total(of.potential / total, beside))
        high = np.where(final | unweighed, np.nan, terms.total(of.best_case / total, best))
        coverage = np.where(unweighed, np.nan, of.known / total * PERCENT)
    whole = ~np.isnan(facts.labour) & ~np.isnan(facts.overhead) & (of.open_lines == 0)
    status = np.where(blocked | ~whole, np.int8(INCOMPLETE), np.int8(COMPLETE))
    status = np.where(final, np.int8(IMPOSSIBLE), status).astype(np.int8)
    tolerance = error * SAFETY * PERCENT
    doubtful: Flags = ~unweighed & ~(total > 0)
    rounded = []
    for value in (score, potential, high, coverage):
        hundredths = value * PERCENT + 1 / 2
        doubtful |= np.abs(hundredths - np.round(hundredths)) < tolerance
        rounded.append(np.floor(hundredths))
    return FigureArrays(rounded[0], rounded[1], rounded[2], rounded[3], status, doubtful)


def _known(value: Floats, unknown: float) -> Floats:
    """Return values with another for those that are not known."""
    return np.where(np.isnan(value), unknown, value)


def _standing(of: Sums, facts: FactArrays, rules: GoodsRules) -> tuple[Flags, Flags]:
    """Return which products have no score whatever their costs are: for good, and for want of a fact (Pasal 9)."""
    final, open_ended = facts.activity == NO, (facts.activity == NOT_STATED) | (of.lines == 0)
    if not rules.calculable("unlicensed"):
        final = final | ~facts.licensed
    if not rules.calculable("made_abroad"):
        final = final | (facts.origin == NO)
        open_ended = open_ended | (facts.origin == NOT_STATED)
    if not rules.calculable("all_imported"):
        imported = (of.domestic == 0) & (of.lines > 0)
        final = final | (imported & (of.unknown_origin == 0))
        open_ended = open_ended | (imported & (of.unknown_origin > 0))
    return final, open_ended
