"""The engine of goods by weighted factors, at array speed: walked once, changed at the cost of the change.

What a float cannot decide is left to the exact engine, and so is all that is asked of single parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.deciding import decided_own
from tkdn.assessment.engines.arrays.changes import NONE, Base, SparseChanges
from tkdn.assessment.engines.arrays.facts import FactArrays, fact_arrays
from tkdn.assessment.engines.arrays.figures import STATUSES, FigureArrays, figures, sums
from tkdn.assessment.engines.arrays.lifts import LiftsAtOnce
from tkdn.assessment.engines.arrays.variants import Variants
from tkdn.assessment.engines.arrays.walk import Walked, walk
from tkdn.assessment.engines.engine import After, Basis, Edit, Figure, MoveKind, Obstacle, PartFigures, Status
from tkdn.assessment.engines.exact_engine import ExactEngine
from tkdn.assessment.facts import Facts
from tkdn.assessment.rounding import of_hundredths
from tkdn.assessment.stages import CountedBill, may_close_stages
from tkdn.bom.bulk import bulk
from tkdn.bom.columns import Prices, gross_of
from tkdn.bom.compiled import Flags, Floats, Whole
from tkdn.bom.costing import CompiledBill
from tkdn.bom.day import BillOnDay
from tkdn.bom.effective import reached
from tkdn.bom.money import RatesOn
from tkdn.bom.range import check_range
from tkdn.method.goods import GoodsRules

if TYPE_CHECKING:
    from tkdn.bom.bom import Bom
    from tkdn.bom.changes import BillEdit

NOTHING = Fraction(0)


def with_lines(bill: CompiledBill) -> Flags:
    """Return which places have lines, or are a product."""
    flags = np.zeros(bill.structure.size, bool)
    if bill.structure.levels:
        flags[bill.structure.levels[0].parts.start :] = True
    flags[bill.products] = True
    return flags


@dataclass(eq=False, frozen=True)
class ArrayEngine:
    """The figures of one compiled bill; see `Engine`. `find_day` gives its exact lines, asked for only if they are needed."""

    method = "factors"

    bill: CompiledBill
    facts: Facts
    arrays: FactArrays
    find_day: Callable[[], BillOnDay] = field(repr=False)
    known: FigureArrays | None = None
    """The figures, if they came out of a change."""

    @classmethod
    def of_compiled(cls, bill: CompiledBill, facts: Facts, find_day: Callable[[], BillOnDay]) -> ArrayEngine:
        """Return the engine of a compiled bill, from the facts of its parts."""
        return cls(bill, facts, fact_arrays(facts, bill.structure.indexes, with_lines(bill)), find_day)

    @classmethod
    def of(cls, bom: Bom, product: int, rules: GoodsRules) -> ArrayEngine:
        """Return the engine of a bill.

        Raises:
            BomError: What is wrong with the bill on this day.
        """
        counted = CountedBill.of(bom, CertificateTerms(rules.regulation, rules.on))
        with bulk():
            bill = counted.bom.compiled(product, rules.on)
            find_day = partial(BillOnDay.of, counted.bom, product, rules.on)
            if bill.unpriced_money:
                find_day()  # names every price without a rate
            # Parts that are exploded have no place in the arrays, and where they are made is asked for all the same.
            graph, uses = counted.bom.graph, counted.bom.uses
            order = reached(graph, uses, product, rules.on) if bill.opened else bill.structure.indexes.tolist()
            facts = Facts(counted.bom, rules, order, product, counted.closed)
            return cls.of_compiled(bill, facts, find_day)

    @property
    def rules(self) -> GoodsRules:
        """The values of the regulation on the day."""
        return self.facts.rules

    @cached_property
    def day(self) -> BillOnDay:
        """The bill on the day: effective uses, lines, costs."""
        with bulk():
            return self.find_day()

    @cached_property
    def exact_engine(self) -> ExactEngine:
        """The engine of the same bill by exact numbers."""
        with bulk():
            return ExactEngine(self.day, self.facts, self.rules)

    # The bill walked

    @cached_property
    def walked(self) -> Walked:
        """The bill walked; parts near an edge decided by exact numbers."""
        return walk(self.bill, self.arrays, self.facts.rules, self._exactly)

    @property
    def exact_parts(self) -> int:
        """The number of parts that lay so near a legal edge that exact numbers decided them."""
        return int(self.walked.near.sum())

    @cached_property
    def figures(self) -> FigureArrays:
        """The product's figures."""
        if self.known is not None:
            return self.known
        products = self.arrays.at(self.bill.products)
        return figures(sums(self.walked), products, self.facts.rules, self.bill.structure.slack)

    @cached_property
    def base(self) -> Base:
        """The walked bill with the sums that variants add to."""
        return Base.of(self.walked)

    def _exactly(self, place: int, potential: Floats) -> float:
        """Return the credit of a part by its own value, from the potential credits below it."""
        index, exact, of = int(self.bill.structure.indexes[place]), self.day, self.bill.structure.place
        made = self.facts.make(index)
        if exact.weights[index] is None or not exact.total[index] or made.labour is None or made.overhead is None:
            return 0.0

        def sums(day: BillOnDay) -> tuple[int, int]:
            weights = [each for each in day.weights[index] or () if day.main[each[0]]]
            return sum(weight * int(potential[of[child]]) for child, weight in weights), day.total[index]

        return float(self.facts.rules.band(decided_own(self.facts.rules, made, exact, index, sums)))

    # The figures

    def printed(self, figure: Figure) -> Decimal | None:
        """Return a figure in percent with two decimals, or None if it cannot be said."""
        if figure == "potential_high" or self.figures.doubtful[0]:
            return self.exact_engine.printed(figure)
        hundredths = float(getattr(self.figures, figure)[0])
        return None if isnan(hundredths) else of_hundredths(int(hundredths))

    def exact(self, figure: Figure) -> Fraction | None:
        """Return the fraction behind a figure, in percent."""
        return self.exact_engine.exact(figure)

    @property
    def is_exact(self) -> bool:
        """True if `exact` gives exact fractions."""
        return self.exact_engine.is_exact

    @property
    def status(self) -> Status:
        """The status of the score: complete, incomplete, or not to be calculated."""
        return self.exact_engine.status if self.figures.doubtful[0] else STATUSES[int(self.figures.status[0])]

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Facts and rules that keep the product from a score."""
        return self.exact_engine.obstacles

    def part(self, index: int) -> PartFigures:
        """Return the figures of a part."""
        return self.exact_engine.part(index)

    # Moves

    def allows(self, kind: MoveKind) -> str | None:
        """Return None: every kind of move has a meaning."""
        return self.exact_engine.allows(kind)

    def what_if(self, edits: Sequence[Edit], basis: Basis, *, ends: bool = False) -> list[After]:
        """Return the figure of a basis after each edit alone, and if asked where its moves stopped.

        Single parts taken abroad go in columns; what these cannot decide, and all other edits, by exact numbers.
        """
        exact, base = self.exact_engine, self.exact_engine.base
        was = base.on(basis)
        alone = [edit[0].index for edit in edits if len(edit) == 1 and edit[0].kind == "abroad"]
        if was is None or len(alone) < len(edits):
            return exact.what_if(edits, basis, ends=ends)
        at_once = LiftsAtOnce(self.bill, self.base, self.rules, exact, alone, basis)
        up, down = (exact.rules.terms.material / exact.total(exact.product)).as_integer_ratio()
        same, found = After(None, base.status, (), was, NOTHING), []
        for edit, index in zip(edits, alone, strict=True):
            more = at_once.more(index)
            if more is None:
                found += exact.what_if([edit], basis, ends=ends)
                continue
            after = After(None, base.status, (), was, Fraction(more * up, down)) if more else same
            if ends:
                after = after._replace(ends=exact.ends(edit, after.value, at_once.dead_ends(index), basis))
            found.append(after)
        return found

    # Other bills

    def edited(self, edit: BillEdit[Bom]) -> ArrayEngine:
        """Return the engine of the changed bill, compiled anew if its lines are other lines."""
        new = None if may_close_stages(edit, self.facts.closed) else self._changed(edit)
        return self.of(edit.bom, self.facts.product, self.rules) if new is None else new

    def _changed(self, edit: BillEdit[Bom]) -> ArrayEngine | None:
        """Return the changed bill, from what is known of this one; None if its lines are other lines."""
        if not edit.same_lines or (edit.uses and self.bill.opened):
            return None
        structure = self.bill.structure
        indices = self._touched(edit)
        if any(part.phantom or part.in_house for part in map(edit.bom.parts.__getitem__, indices.tolist())):
            return None
        places = structure.place[indices]
        indices, places = indices[places >= 0], places[places >= 0]
        price = self._prices(edit, indices, places)
        if price is None:
            return None
        facts = self.facts.changed(edit.bom, indices.tolist())
        rows = fact_arrays(facts, indices, with_lines(self.bill)[places])
        arrays = self.arrays.with_rows(places, rows)
        lines, quantity, values = self._quantities(edit, structure.quantity)
        bill = replace(self.bill, structure=replace(structure, quantity=quantity), price=price)
        moved = (price[places] != self.bill.price[places]) & ~np.isnan(price[places])
        seeds = SparseChanges(
            (np.zeros(int(moved.sum()), np.intp), places[moved]),
            price[places][moved],
            (np.zeros(len(lines), np.intp), lines),
            values,
            (np.zeros(len(places), np.intp), places),
            rows,
        )
        found = Variants(self.base, seeds, 1).run().figures
        bom, product = edit.bom, self.facts.product
        if found.doubtful[0] and not bill.in_range:
            check_range(bom.graph, RatesOn(bom.rates, bill.day, bom.currency), product)
        known = None if found.doubtful[0] else found
        return ArrayEngine(bill, facts, arrays, partial(BillOnDay.of, bom, product, bill.day), known)

    def _prices(self, edit: BillEdit[Bom], indices: Whole, places: Whole) -> Floats | None:
        """Return the prices of the changed bill by place; None if a part lost its price, or its conversion cost is another."""
        before, after = Prices.of(edit.old, self.bill.day), Prices.of(edit.bom, self.bill.day)
        price = self.bill.price.copy()
        for index, place in zip(indices.tolist(), places.tolist(), strict=True):
            part = edit.bom.parts[index]
            alone = not edit.bom.graph.uses_of[index]
            price[place], conversion = after.of_part(part, alone=alone)
            old_price, old_conversion = before.of_part(edit.old.parts[index], alone=alone)
            unpriced = isnan(price[place]) and not isnan(old_price)
            if unpriced or conversion != old_conversion or after.missing(part):
                return None
        return price

    def facts_only(self, edit: BillEdit[Bom]) -> tuple[Whole, FactArrays] | None:
        """Return places and facts of what changed, or None if prices, quantities or lines changed too."""
        if edit.uses or edit.rates_changed or not edit.same_lines:
            return None
        for index in edit.parts:
            old, new = edit.old.parts[index], edit.bom.parts[index]
            if old.in_house and old.certificates != new.certificates:
                return None
            if old.price != new.price or old.conversion_cost != new.conversion_cost:
                return None
        indices = self._touched(edit)
        places = self.bill.structure.place[indices]
        indices, places = indices[places >= 0], places[places >= 0]
        facts = self.facts.changed(edit.bom, indices.tolist())
        return places, fact_arrays(facts, indices, with_lines(self.bill)[places])

    def _touched(self, edit: BillEdit[Bom]) -> Whole:
        """Return the parts whose facts or price may be others: changed ones, those of changed makers, of changed rates."""
        touched = set(edit.parts)
        shape = self.bill.structure
        for index in edit.recoded:  # the tariff line of a good is told by the codes of its lines too
            place = shape.place[index]
            if place >= 0:
                lines = shape.users[shape.user_starts[place] : shape.user_ends[place]]
                touched.update(shape.indexes[shape.parent[lines]].tolist())
        makers = {edit.bom.suppliers[index].id for index in edit.suppliers}
        if makers or edit.rates_changed:
            old = dict.fromkeys(edit.old.rates)
            currencies = {rate.currency for rate in edit.bom.rates if rate not in old}
            for index, part in enumerate(edit.bom.parts):
                money = part.price or part.conversion_cost
                if part.made_by in makers or (money and (money.currency or edit.bom.currency) in currencies):
                    touched.add(index)
        return np.array(sorted(touched), np.intp)

    def _quantities(self, edit: BillEdit[Bom], quantity: Floats) -> tuple[Whole, Floats, Floats]:
        """Return the lines whose quantity changed, all quantities, and the new ones."""
        if not edit.uses or self.bill.use is None:
            return NONE, quantity, np.zeros(0)
        lines = np.flatnonzero(np.isin(self.bill.use, edit.uses))
        values = np.array([gross_of(edit.bom, use) for use in self.bill.use[lines].tolist()])
        quantity = quantity.copy()
        quantity[lines] = values
        return lines, quantity, values
