"""Many variants of one walked bill: only what a change reaches is computed anew, for all variants at once.

A variant is a few other prices, quantities or facts. They are carried upwards level by level as pairs of variant and part,
with what each adds to the sums of the goods above; a pair ends where nothing moves any more. What a float cannot decide makes
the variant `doubtful`: the caller computes it exactly.

A sum over a good's lines becomes sum + (new - old), line by line. The sum has an error of at most `slack` of what it was, each
step one of a few roundings of its larger side, and old and new bring the error of their own cost. So the error is at most
slack x (sum + old + new) + error of the new costs, in rupiah: `_size` and `_with_lines` add these up over *all* reached lines
for the roll-up, over the main ones for value and score. It is relative to the new sum, so what is left of a good after a far
larger price went out of it is known to be unknown; and a sum that is not above zero is nothing but error.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tkdn.assessment.engines.arrays.changes import NONE, Base, SparseChanges
from tkdn.assessment.engines.arrays.facts import FactArrays
from tkdn.assessment.engines.arrays.figures import FigureArrays, Sums, figures
from tkdn.assessment.engines.arrays.rows import Pairs, Reached, Rows
from tkdn.assessment.engines.arrays.tables import ALL, MATERIAL, NOT_ALL, PERHAPS_ALL, Codes, Material
from tkdn.assessment.engines.arrays.walk import SAFETY, points_beside
from tkdn.assessment.engines.engine import Basis
from tkdn.bom.compiled import EPSILON, ROUNDINGS, Flags, Floats, Whole, ranges
from tkdn.bom.range import SAFELY

FEW_ROUNDINGS = ROUNDINGS * EPSILON


@dataclass(frozen=True, eq=False)
class Batch:
    """The results by variant.

    Attributes:
        figures: the figures, `doubtful` where a float could not decide something on the way.
        moved: the product's lines that moved: variant, line, what it adds to the credit on the basis.
        dead_ends: where a change ended: variant, good, component.
        domestic: how many of the product's lines are made in Indonesia.
    """

    figures: FigureArrays
    moved: tuple[Whole, Whole, Floats]
    dead_ends: tuple[Whole, Whole, Whole]
    domestic: Whole


@dataclass(frozen=True, eq=False)
class Goods:
    """Sums of the parts of one level, each in its variant.

    Attributes:
        total: the cost of its main lines.
        credited: cost x potential credit over them.
        whole: the rolled-up cost of one unit.
        domestic: how many lines open the calculation.
        material: how domestic its raw material is.
        lost: relative error of the sums over main lines.
        lost_whole: relative error of the rolled-up cost.
    """

    total: Floats
    credited: Floats
    whole: Floats
    domestic: Whole
    material: Material
    lost: Floats
    lost_whole: Floats


class Variants:
    """Many variants of one walked bill; see the module."""

    def __init__(self, base: Base, changed: SparseChanges, count: int, basis: Basis | None = None) -> None:
        """Lay out the changes by variant and place.

        Args:
            base: the walked bill.
            changed: what the variants change.
            count: how many variants there are.
            basis: the only credit that is followed, at unchanged costs; None for all of them.
        """
        self.base, self.changed, self.count, self.basis = base, changed, count, basis
        self.walked, self.bill, self.tables = base.walked, base.walked.bill, base.walked.tables
        self.shape = self.bill.structure
        self.size = self.shape.size
        self.top = len(self.shape.levels)
        self.terms, self.beside = self.walked.rules.float_terms, points_beside(self.walked.facts, self.walked.rules)
        self.certifiable = self.walked.facts.certifiable
        self.prices = Rows(changed.price_of, self.size)
        self.quantities = Rows(changed.quantity_of, len(self.shape.child))
        self.facts = Rows(changed.facts_of, self.size)
        self.new_facts = changed.facts if len(changed.facts_of[0]) else None
        self.new_beside = None if self.new_facts is None else points_beside(self.new_facts, self.walked.rules)
        self.doubtful = np.zeros(count, bool)
        self.pending: list[list[Reached]] = [[] for _ in range(self.top + 1)]
        self.dead: list[tuple[Whole, Whole, Whole]] = []

    def run(self) -> Batch:
        """Return the results of all variants: changes are carried up to the product, the only part of the highest level."""
        of_parts = (self.changed.price_of, self.changed.facts_of)
        seeds = np.unique(np.concatenate([variant * self.size + place for variant, place in of_parts]))
        seed_level = self.base.level_of[seeds % self.size]
        variant, line = self.changed.quantity_of
        line_level = self.base.level_of[self.shape.child[line]]
        for level in range(self.top):
            reached = Reached.joined(self.pending[level]) if self.pending[level] else None
            keys = seeds[seed_level == level]
            if reached is not None:
                keys = np.unique(np.concatenate((keys, self._good(reached))))
            moved = self._level(keys, reached, level) if len(keys) else None
            here = line_level == level
            if here.any():
                self._spread_lines(variant[here], line[here], moved)
            if moved is not None:
                self._spread(moved)
        return self._results()

    def _good(self, reached: Reached) -> Whole:
        """Return variant and good above, as one number."""
        return reached.variant * self.size + self.shape.parent[reached.line]

    def _added(self, reached: Reached) -> tuple[Floats, Floats]:
        """Return the new cost of each line, and what is added to its old one."""
        before = self.walked.line_cost[reached.line]
        quantity = self.shape.quantity[reached.line]
        at, found = self.quantities.find(reached.variant * len(self.shape.child) + reached.line)
        if found.any():
            quantity = np.where(found, self.changed.quantity[at], quantity)
        cost = quantity * reached.cost
        if self.basis is not None:
            cost = before
        else:
            strange = ~((cost > 1 / SAFELY) & (cost < SAFELY)) & ~np.isnan(cost)
            self.doubtful[reached.variant[strange]] = True
        unknown = np.isnan(before)
        self.doubtful[reached.variant[unknown != np.isnan(cost)]] = True
        return cost, np.where(unknown | np.isnan(cost), 0, cost - before)

    def _level(self, keys: Whole, reached: Reached | None, level: int) -> Pairs:
        """Return the parts of one level that a change reaches, as they are now, without those that did not move."""
        variant, place = keys // self.size, keys % self.size
        slack = self.shape.levels[level - 1].slack if level else FEW_ROUNDINGS
        goods = self._as_walked(place, slack)
        if reached is not None:
            goods = self._with_lines(goods, keys, reached, slack)
        code, certifiable, beside = self._facts_now(keys)
        state = code.astype(np.intp) * MATERIAL + goods.material
        potential = self.tables.today[state]
        if self.basis != "score":
            certifiable = certifiable & (goods.domestic > 0)
            potential = self._own(variant, potential, certifiable, goods, beside)
        price, error = self._cost(keys, place, goods.whole, np.maximum(goods.lost_whole, slack))
        pairs = Pairs(variant, place, price, error, state, potential)
        moves = self._moves(pairs)
        if reached is not None and self.basis is not None:
            ends = ~moves[np.searchsorted(keys, self._good(reached))]
            line = reached.line[ends]
            self.dead.append((reached.variant[ends], self.shape.parent[line], self.shape.child[line]))
        return Pairs(*(getattr(pairs, each.name)[moves] for each in fields(pairs)))

    def _as_walked(self, place: Whole, slack: float) -> Goods:
        """Return the parts in these places with the sums of the walk."""
        base, walked = self.base, self.walked
        lost = np.full(len(place), slack)
        return Goods(
            walked.total[place],
            base.credited[place],
            walked.cost[place],
            base.domestic[place],
            walked.material[place],
            lost,
            lost,
        )

    def _with_lines(self, goods: Goods, keys: Whole, reached: Reached, slack: float) -> Goods:
        """Return the parts with these lines as they are now."""
        base, walked, tables = self.base, self.walked, self.tables
        place, at = keys % self.size, np.searchsorted(keys, self._good(reached))

        def add(each: NDArray[np.float64]) -> Floats:
            return np.bincount(at, each, minlength=len(keys)).astype(float)

        child, main = self.shape.child[reached.line], self.bill.line_main[reached.line]
        cost, more = self._added(reached)
        step = np.where(main, np.nan_to_num(cost) * reached.potential, 0)
        step -= np.where(main, np.nan_to_num(walked.line_cost[reached.line]) * walked.potential[child], 0)
        size, error = self._size(reached, cost), np.nan_to_num(cost) * (reached.error + FEW_ROUNDINGS)
        total, whole = goods.total + add(np.where(main, more, 0)), goods.whole + add(more)
        of_main, of_all = add(np.where(main, size, 0)), add(size)
        before, after = walked.state[child], reached.state
        home = base.home[place] + add(tables.certainly_domestic[after] - 1.0 * tables.certainly_domestic[before])
        perhaps = base.perhaps[place] + add(tables.possibly_domestic[after] - 1.0 * tables.possibly_domestic[before])
        lines = base.lines[place]
        material = np.where(home == lines, ALL, np.where(perhaps == lines, PERHAPS_ALL, NOT_ALL))
        return Goods(
            total,
            goods.credited + add(step),
            whole,
            goods.domestic + add(tables.domestic[after] - 1.0 * tables.domestic[before]).astype(np.intp),
            np.where(lines > 0, material, goods.material),
            _relative(slack * (goods.total + of_main) + add(np.where(main, error, 0)), total),
            _relative(slack * (goods.whole + of_all) + add(error), whole),
        )

    def _facts_now(self, keys: Whole) -> tuple[Codes, Flags, Floats]:
        """Return the code of each part's facts, whether it could have a certificate, and the points of its other factors."""
        place = keys % self.size
        row, stated = self.facts.find(keys)
        code, certifiable, beside = self.walked.facts.code[place], self.certifiable[place], self.beside[place]
        if self.new_facts is not None and self.new_beside is not None:
            code = np.where(stated, self.new_facts.code[row], code)
            certifiable = np.where(stated, self.new_facts.certifiable[row], certifiable)
            beside = np.where(stated, self.new_beside[row], beside)
        return code, certifiable, beside

    def _cost(self, keys: Whole, place: Whole, whole: Floats, lost: Floats) -> tuple[Floats, Floats]:
        """Return the new unit cost and its relative error: a price given now, else the stated one, else the roll-up."""
        stated = ~np.isnan(self.bill.price[place])
        cost = np.where(stated, self.walked.cost[place], whole)
        error = np.where(stated, FEW_ROUNDINGS, lost)
        row, given = self.prices.find(keys)
        if given.any():
            cost = np.where(given, self.changed.price[row], cost)
            error = np.where(given, FEW_ROUNDINGS, error)
        if self.basis is None:
            strange = ~((cost > 1 / SAFELY) & (cost < SAFELY)) & ~np.isnan(cost)
            self.doubtful[keys[strange] // self.size] = True
        return cost, error

    def _size(self, reached: Reached, cost: Floats) -> Floats:
        """Return the rupiah that go out of and into a good with each line, for the bound of the error."""
        return np.nan_to_num(self.walked.line_cost[reached.line]) + np.nan_to_num(cost)

    def _own(self, variant: Whole, today: Floats, certifiable: Flags, goods: Goods, beside: Floats) -> Floats:
        """Return potential credits: today's, or the band of the part's own value; near an edge the variant is doubtful.

        The value is w x credited / total + a constant, with credited <= 100 x total: within 2 x lost x 100 percent, doubled by
        `SAFETY` and once more here, because both sums changed.
        """
        total, lost = goods.total, goods.lost
        counts = certifiable & ~np.isnan(total)
        # A good without main lines has nothing to be worth: its sums are zero, and were.
        counts &= (total != 0) | (lost >= 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            own = self.terms.total(goods.credited / total, beside)
        thresholds = self.tables.thresholds
        tolerance = 2 * lost * SAFETY
        doubt = np.searchsorted(thresholds, own + tolerance, "right") != np.searchsorted(
            thresholds, own - tolerance, "right"
        )
        doubt |= ~(total > 0)
        self.doubtful[variant[doubt & counts]] = True
        earned = np.where(counts, self.tables.earned[np.searchsorted(thresholds, own, "right")], 0)
        return np.maximum(today, earned)

    def _moves(self, pairs: Pairs) -> Flags:
        """Return which parts are not as they were, as far as a good above can see."""
        walked, tables = self.walked, self.tables
        before, after = walked.state[pairs.place], pairs.state
        moves: Flags = np.zeros(len(before), bool)
        for table in (tables.domestic, tables.certainly_domestic, tables.possibly_domestic):
            moves |= table[before] != table[after]
        if self.basis != "potential":
            moves |= tables.today[before] != tables.today[after]
        if self.basis != "score":
            moves |= pairs.potential != walked.potential[pairs.place]
        if self.basis is None:
            moves |= tables.best_case[before] != tables.best_case[after]
            moves |= tables.known[before] != tables.known[after]
            cost = walked.cost[pairs.place]
            moves |= (pairs.cost != cost) & ~(np.isnan(pairs.cost) & np.isnan(cost))
        return moves

    def _spread(self, pairs: Pairs) -> None:
        """Bring moved parts to all goods that take them."""
        starts = self.shape.user_starts[pairs.place]
        counts = self.shape.user_ends[pairs.place] - starts
        lines = self.shape.users[ranges(starts, counts)]
        again = np.repeat(np.arange(len(counts)), counts)
        self._send(
            Reached(
                pairs.variant[again],
                lines,
                pairs.cost[again],
                pairs.error[again],
                pairs.state[again],
                pairs.potential[again],
            )
        )

    def _spread_lines(self, variant: Whole, line: Whole, moved: Pairs | None) -> None:
        """Bring lines of another quantity to their good, where their part did not move; the moved ones come by themselves."""
        child = self.shape.child[line]
        if moved is not None:
            still = ~np.isin(variant * self.size + child, moved.variant * self.size + moved.place)
            variant, line, child = variant[still], line[still], child[still]
        walked = self.walked
        error = np.full(len(line), self.shape.slack)
        self._send(Reached(variant, line, walked.cost[child], error, walked.state[child], walked.potential[child]))

    def _send(self, reached: Reached) -> None:
        levels = self.base.level_of[self.shape.parent[reached.line]]
        for level in np.unique(levels).tolist():
            self.pending[level].append(reached.of(levels == level))

    def _results(self) -> Batch:
        """Return the product's figures of every variant."""
        base, walked = self.base, self.walked
        found = self.pending[self.top] if self.top else []
        added: dict[str, Floats] = {each.name: np.zeros(self.count) for each in fields(Sums)}
        error = np.zeros(self.count)
        moved = (NONE, NONE, np.zeros(0))
        if found:
            reached = Reached.joined(found)
            more, error = self._added_to_product(reached)
            added |= more
            moved = self._moved_lines(reached)
        all_sums = Sums(
            *(
                (getattr(base.sums, name)[0] + more).astype(getattr(base.sums, name).dtype)
                for name, more in added.items()
            )
        )
        lost = _relative(self.shape.slack * base.sums.total[0] + error, all_sums.total)
        self.doubtful |= (all_sums.total <= 0) & (error > 0)
        result = figures(all_sums, self._product_facts(), walked.rules, 2 * lost)
        result.doubtful[self.doubtful] = True
        ends = tuple(np.concatenate([each[at] for each in self.dead]) if self.dead else NONE for at in range(3))
        return Batch(result, moved, (ends[0], ends[1], ends[2]), all_sums.domestic)

    def _added_to_product(self, reached: Reached) -> tuple[dict[str, Floats], Floats]:
        """Return what the product's lines add to its sums by variant, by their names, and the bound of the error."""
        walked, tables = self.walked, self.tables
        child, main = self.shape.child[reached.line], self.bill.line_main[reached.line]
        cost, more = self._added(reached)
        new, old = np.nan_to_num(cost), np.nan_to_num(walked.line_cost[reached.line])
        before, after = walked.state[child], reached.state
        was_known, is_known = tables.known[before], tables.known[after]
        origins = walked.facts.origin[child]
        row, stated = self.facts.find(reached.variant * self.size + child)
        now = origins if self.new_facts is None else np.where(stated, self.new_facts.origin[row], origins)

        def add(each: NDArray[np.generic]) -> Floats:
            return np.bincount(reached.variant, each.astype(float), minlength=self.count).astype(float)

        weighed = {
            "today": (tables.today[before], tables.today[after]),
            "best_case": (tables.best_case[before], tables.best_case[after]),
            "potential": (walked.potential[child], reached.potential),
            "known": (was_known.astype(float), is_known.astype(float)),
        }
        added = {name: add(np.where(main, new * is_ - old * was, 0)) for name, (was, is_) in weighed.items()}
        added["total"] = add(np.where(main, more, 0))
        added["open_lines"] = add(main & ~is_known) - add(main & ~was_known)
        added["domestic"] = add(tables.domestic[after]) - add(tables.domestic[before])
        added["unknown_origin"] = add(now == 0) - add(origins == 0)
        error = add(np.where(main, new * (reached.error + FEW_ROUNDINGS), 0))
        error += self.shape.slack * add(np.where(main, new + old, 0))
        return added, error

    def _moved_lines(self, reached: Reached) -> tuple[Whole, Whole, Floats]:
        """Return the product's lines whose credit moved, and note as dead ends those that are not main."""
        child, main = self.shape.child[reached.line], self.bill.line_main[reached.line]
        if self.basis == "score":
            step = self.tables.today[reached.state] - self.tables.today[self.walked.state[child]]
        else:
            step = reached.potential - self.walked.potential[child]
        if self.basis is not None:
            self.dead.append((reached.variant[~main], self.shape.parent[reached.line[~main]], child[~main]))
        counts = main & (step != 0)
        return reached.variant[counts], reached.line[counts], step[counts]

    def _product_facts(self) -> FactArrays:
        """Return the facts of the product in every variant."""
        products = self.bill.products
        facts = self.walked.facts.at(products).at(np.zeros(self.count, np.intp))
        if self.new_facts is None:
            return facts
        row, stated = self.facts.find(np.arange(self.count) * self.size + products[0])
        new_facts = self.new_facts.at(row)
        return FactArrays(
            *(np.where(stated, getattr(new_facts, each.name), getattr(facts, each.name)) for each in fields(FactArrays))
        )


def _relative(error: Floats, total: Floats) -> Floats:
    """Return an error relative to its sum; at most 1, which decides nothing."""
    relative: Floats = np.divide(error, total, out=np.ones(len(total)), where=total > error)
    return np.where((error == 0) & (total == 0), 0.0, relative)
