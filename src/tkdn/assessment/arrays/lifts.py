"""The lift of every part at once: each taken abroad alone, as one variant of the walked bill; the figures exact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from tkdn.assessment.arrays.facts import NO, FactArrays
from tkdn.assessment.arrays.fast import Fast
from tkdn.assessment.arrays.tables import tables
from tkdn.assessment.arrays.variants import Changed, Variants
from tkdn.assessment.walk import ABROAD, Basis, Outcome, Walk

Singles = dict[int, tuple[Outcome, list[tuple[int, int]]]]


def taken_abroad(fast: Fast, walk: Walk, numbers: Sequence[int], basis: Basis) -> Singles:
    """For each of these parts, what `Walk.what_if` says when it alone comes from abroad: the outcome and the dead ends."""
    structure = fast.bill.structure
    places = structure.place[np.array(numbers, np.intp)]
    count = len(numbers)
    variant = np.arange(count)
    changed = Changed(facts_of=(variant, places), facts=_abroad(fast, count))
    batch = Variants(fast.base, changed, count, basis).run()
    more = _more(fast, walk, batch.moved, count)
    ends = _dead_ends(fast, walk, batch.dead_ends)
    doubtful, domestic = batch.figures.doubtful.tolist(), batch.domestic.tolist()
    unchanged = walk.outcome(0, 1, {}, basis)
    found: Singles = {}
    for at, number in enumerate(numbers):
        if doubtful[at]:
            found[number] = walk.what_if({number: ABROAD}, basis)
        elif domestic[at] and not more[at]:
            found[number] = unchanged, ends[at]
        else:
            found[number] = walk.outcome(more[at], domestic[at], {number: ABROAD}, basis), ends[at]
    return found


def _abroad(fast: Fast, count: int) -> FactArrays:
    code = tables(fast.facts.rules).code(ABROAD)
    nothing = np.full(count, np.nan)
    return FactArrays(
        np.full(count, code, np.int16),
        np.full(count, NO, np.int8),
        np.ones(count, bool),
        np.full(count, NO, np.int8),
        nothing,
        nothing,
        np.zeros(count),
    )


def _more(fast: Fast, walk: Walk, moved: tuple[np.ndarray, np.ndarray, np.ndarray], count: int) -> list[int]:
    """What each variant adds to the product's material sum, in the integer weights of its lines."""
    weights = dict(walk.day.weights[walk.product] or ())
    children = fast.bill.structure.numbers[fast.bill.structure.child[moved[1]]].tolist()
    more = [0] * count
    seen: set[tuple[int, int]] = set()
    for variant, child, step in zip(moved[0].tolist(), children, moved[2].tolist(), strict=True):
        if (variant, child) not in seen:  # two uses of one part are one line
            seen.add((variant, child))
            more[variant] += weights.get(child, 0) * int(step)
    return more


def _dead_ends(fast: Fast, walk: Walk, ends: Iterable[np.ndarray]) -> defaultdict[int, list[tuple[int, int]]]:
    """Where each change ended, in the order in which one walk finds them: components before the goods above."""
    rank, numbers = walk.day.rank, fast.bill.structure.numbers
    variants, goods, children = ends
    found: defaultdict[int, dict[tuple[int, int], None]] = defaultdict(dict)
    rows = zip(variants.tolist(), numbers[goods].tolist(), numbers[children].tolist(), strict=True)
    for variant, good, child in rows:
        found[variant][good, child] = None
    ordered: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for variant, pairs in found.items():
        ordered[variant] = sorted(pairs, key=lambda pair: (-rank[pair[0]], -rank[pair[1]]))
    return ordered
