"""The engine of goods by weighted factors, by exact numbers: the figures of the product (35/2025 Pasal 4-12) and its moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from tkdn.assessment.certificates import CertificateTerms
from tkdn.assessment.credit import ABROAD, LOCALISED, CreditFacts, Ground, ProductionFacts, best_production
from tkdn.assessment.deciding import near_half_hundredth
from tkdn.assessment.engines.credit_walk import CreditWalk, DeadEnd
from tkdn.assessment.engines.engine import (
    After,
    Basis,
    Edit,
    End,
    Engine,
    Figure,
    Line,
    Move,
    MoveKind,
    Obstacle,
    PartFigures,
    Status,
)
from tkdn.assessment.facts import NOTHING_STATED, Facts
from tkdn.assessment.rounding import two_places
from tkdn.assessment.stages import CountedBill, may_close_stages
from tkdn.bom.bom import Bom
from tkdn.bom.bulk import bulk
from tkdn.bom.day import TOO_LONG, BillOnDay
from tkdn.errors import BomError
from tkdn.method.goods import PERCENT, GoodsRules

if TYPE_CHECKING:
    from tkdn.bom.changes import BillEdit

HIDING = {
    Ground.IMPORTED: "imported",
    Ground.ORIGIN_UNKNOWN: "unknown_origin",
    Ground.CERTIFICATE: "certificate",
    Ground.NATURAL_RESOURCE: "statement",
    Ground.NOT_PRODUCED: "not_produced",
    Ground.UNLICENSED: "unlicensed",
}
"""Why a good's credit does not move with a component's, by the ground of the credit."""
HOPELESS = ("no-lines", "no-main-line", "no-cost")
"""Obstacles with which no upper bound can be said either."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Score and potential of the product in exact percent, or None; the status, and the obstacles to a score."""

    score: Fraction | None
    potential: Fraction | None
    status: Status
    obstacles: tuple[Obstacle, ...] = ()

    def on(self, basis: Basis) -> Fraction | None:
        """Return the figure of a basis."""
        return self.score if basis == "score" else self.potential


class ExactEngine(CreditWalk):
    """The figures of one bill by exact numbers; see `Engine`."""

    method = "factors"

    @classmethod
    def of(cls, bom: Bom, product: int, rules: GoodsRules, *, exact: bool, before: Engine | None = None) -> ExactEngine:
        """Return the engine of a bill.

        Args:
            bom: The bill as read.
            product: Index of the product.
            rules: Values of the regulation on the day.
            exact: Whether ratios stay exact, however long they grow.
            before: An engine of the same bill on the same day; if its lines are the same, its costs are taken over.

        Raises:
            BomError: What is wrong with the bill on this day.
        """
        counted = CountedBill.of(bom, CertificateTerms(rules.regulation, rules.on))
        with bulk():
            if before is not None and before.facts.closed == counted.closed:
                day = before.day
            else:
                day = (BillOnDay if exact else BillOnDay.of)(counted.bom, product, rules.on)
            return cls(day, Facts(counted.bom, rules, day.order, product, counted.closed), rules)

    @property
    def exact_engine(self) -> ExactEngine:
        """This engine: that of arrays has another."""
        return self

    @cached_property
    def unrounded(self) -> ExactEngine | None:
        """The engine by exact ratios, or None if these are too long."""
        if not self.day.rounded:
            return self
        try:
            with bulk():
                return type(self)(self.day.exactly, self.facts, self.rules)
        except BomError as error:
            if error.code != TOO_LONG:
                raise
            return None

    # The figures of the product

    @cached_property
    def product_make(self) -> ProductionFacts:
        """Facts of how the product is made."""
        return self.makes.get(self.product) or self.facts.make(self.product)

    @cached_property
    def base(self) -> Outcome:
        """The product's score and potential without any move."""
        return self.outcome(0, self.domestic[self.product], {})

    @cached_property
    def today_sum(self) -> int:
        """Sum over the product's main lines of cost weight x today's credit."""
        return self._sum("today")

    def _sum(self, column: str) -> int:
        credit, main, of = self.credit, self.main, attrgetter(column)
        weights = self.day.weights[self.product] or ()
        return sum([weight * of(credit[child]) for child, weight in weights if main[child]])

    @property
    def _says_something(self) -> bool:
        """True if an upper bound can be said though something is missing."""
        return not any(obstacle.final or obstacle.code in HOPELESS for obstacle in self.base.obstacles)

    def _at_best(self, credited: int) -> Fraction:
        """Return the product's figure for this material sum, with unknown labour and overhead in full."""
        return self.rules.good(best_production(self.product_make).factors, credited, self.total(self.product))

    @cached_property
    def high(self) -> Fraction | None:
        """The score if everything unknown turned out as well as it can; None if even then nothing can be said."""
        return self._at_best(self._sum("best_case")) if self._says_something else None

    @cached_property
    def potential_high(self) -> Fraction | None:
        """The potential if everything unknown turned out as well as it can: missing bills too."""
        if not self._says_something:
            return None
        weights, best = self.day.weights[self.product] or (), self.best_credit
        return self._at_best(sum([weight * best[child] for child, weight in weights if self.main[child]]))

    @cached_property
    def coverage(self) -> Fraction | None:
        """Share of the main material cost whose credit is known, in percent."""
        weights, total = self.day.weights[self.product], self.day.total[self.product]
        if not weights or not total:
            return None
        credit, main = self.credit, self.main
        known = sum([weight for child, weight in weights if main[child] and credit[child].known])
        return Fraction(known * PERCENT, total)

    def _figure(self, figure: Figure) -> Fraction | None:
        """Return a figure, by rounded ratios if those of the day are."""
        if figure in ("score", "potential"):
            return self.base.score if figure == "score" else self.base.potential
        found: Fraction | None = getattr(self, figure)
        return found

    def exact(self, figure: Figure) -> Fraction | None:
        """Return the fraction behind a figure, in percent."""
        return (self.unrounded or self)._figure(figure)

    @property
    def is_exact(self) -> bool:
        """True if `exact` gives exact fractions."""
        return self.unrounded is not None

    def printed(self, figure: Figure) -> Decimal | None:
        """Return a figure with two decimals, by exact ratios if rounded ones cannot decide it.

        Raises:
            BomError: `digits-too-many`, if it lies on half a hundredth and exact ratios are too long.
        """
        value = self._figure(figure)
        if value is not None and self.day.rounded and near_half_hundredth(value):
            if self.unrounded is None:
                raise self.day.too_long(self.product)
            value = self.unrounded._figure(figure)
        return two_places(value)

    @property
    def status(self) -> Status:
        """The status of the score: complete, incomplete, or not to be calculated."""
        return self.base.status

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """Facts and rules that keep the product from a score."""
        return self.base.obstacles

    @cached_property
    def _standing_obstacles(self) -> list[Obstacle]:
        """Obstacles to a score whatever the components of the product are (Pasal 9; lines, prices)."""
        product, day, origin = self.product, self.day, self.facts.origin[self.product]
        found = []
        if not origin and not self.rules.calculable("made_abroad"):
            code = "made-abroad" if origin is False else "product-origin"
            found.append(Obstacle(code, "calculable.made_abroad", origin is False, product))
        if self.facts.licence[product] is False and not self.rules.calculable("unlicensed"):
            found.append(Obstacle("product-unlicensed", "calculable.unlicensed", True, product))
        allowed = self.product_make.activity
        if not allowed:
            stated = day.parts[product].production or NOTHING_STATED
            code = f"activity-{stated.activity}" if allowed is False else "heading-unknown"
            found.append(Obstacle(code, f"calculable.{stated.activity}", allowed is False, product))
        if not day.lines[product]:
            found.append(Obstacle("no-lines", None, False, product))
        elif day.weights[product] is None:
            found.append(Obstacle("no-cost", "weight.material", False, product))
        elif not self.total(product):
            found.append(Obstacle("no-main-line", "weight.material", False, product))
        return found

    def _obstacles(self, domestic: int, changed: Mapping[int, CreditFacts]) -> list[Obstacle]:
        """Return the standing obstacles, and that no line is domestic any more (Pasal 9(2)a)."""
        standing = self._standing_obstacles
        if self.product in changed and changed[self.product].licence is not False:
            standing = [each for each in standing if each.code != "product-unlicensed"]
        if domestic or not self.day.lines[self.product] or self.rules.calculable("all_imported"):
            return standing
        lines = [child for child in self.day.lines[self.product] if self.opens_calculation(child)]
        origins = (changed[child].origin if child in changed else self.facts.origin[child] for child in lines)
        unknown = None in origins
        code = "no-known-domestic" if unknown else "all-imported"
        return [*standing, Obstacle(code, "calculable.all_imported", not unknown, self.product)]

    def outcome(
        self, more: int, domestic: int, changed: Mapping[int, CreditFacts], basis: Basis | None = None
    ) -> Outcome:
        """Return what the product comes to after changes.

        Args:
            more: What they add to the material sum of `basis`.
            domestic: How many of the product's lines open the calculation then.
            changed: Facts of the parts that change.
            basis: The only figure that is computed; without one, both, of the bill as it is.
        """
        obstacles = tuple(self._obstacles(domestic, changed))
        if obstacles:
            final = any(obstacle.final for obstacle in obstacles)
            return Outcome(None, None, "cannot_be_calculated" if final else "incomplete", obstacles)
        made, total = self.product_make, self.total(self.product)
        sums = {"score": self.today_sum, "potential": self.credited[self.product]}
        value = {
            column: self.rules.good(made.factors, credited + more, total)
            for column, credited in sums.items()
            if basis in (None, column)
        }
        known = made.labour is not None and made.overhead is not None and self.coverage == PERCENT
        return Outcome(value.get("score"), value.get("potential"), "complete" if known else "incomplete")

    # The figures of parts

    @cached_property
    def _weights(self) -> dict[int, int]:
        """Cost of each of the product's lines in its integer weights."""
        return dict(self.day.weights[self.product] or {})

    def part(self, index: int) -> PartFigures:
        """Return the figures of a part."""
        credit, own = self.credit.get(index), self.own[index]
        is_line = index in self.day.lines[self.product]
        counts = is_line and self.day.parts[index].main
        if index == self.product:
            status = self.status
        else:
            known = credit is None or (credit.known and not (counts and self.day.unit_cost[index] is None))
            status = "complete" if known else "incomplete"
        return PartFigures(
            counts,
            status,
            None if own is None else Fraction(own, PERCENT),
            None if credit is None else Fraction(credit.today),
            None if credit is None else Fraction(credit.potential),
            self._line(index, counts=counts) if is_line else None,
        )

    def _line(self, index: int, *, counts: bool) -> Line:
        day, credit, total = self.day, self.credit.get(index), self.total(self.product)
        cost = share = points = potential_points = None
        if day.unit_cost[index] is not None:
            cost = (day.cost(index) or Fraction(0)) * Fraction(*day.lines[self.product][index])
        # Pasal 5(1) by the reading "all": a line that is not main has a share, and no points.
        if (counts or self.rules.shares_of_all) and index in self._weights and credit is not None and total:
            share = Fraction(self._weights[index] * PERCENT, total)
            if self.exact("score") is not None:
                weight = self.rules.weights[0] / PERCENT if counts else Fraction(0)
                points = weight * share * credit.today / PERCENT
                potential_points = weight * share * credit.potential / PERCENT
        earned = None if credit is None else Fraction(credit.today)
        return Line(cost, share, self.rules.weights[0], earned, points, potential_points)

    # Moves

    def allows(self, kind: MoveKind) -> str | None:
        """Return None: every kind of move has a meaning."""
        return None

    def _moved(self, facts: CreditFacts, move: Move) -> CreditFacts:
        """Return the facts of a part after a move."""
        stated = self.facts.stated_origin(self.day.parts[move.index])
        if move.kind == "abroad":
            return ABROAD
        if move.kind == "made_here":
            return LOCALISED
        if move.kind == "licensed":
            return facts._replace(licence=True)
        if move.value is None:
            return facts._replace(certificate_credit=None, open_credit=None, origin=stated)
        if move.kind == "statement":
            return facts._replace(statement=bool(move.value))
        credit = self.rules.certificate_credit(move.value)
        origin = True if stated is None else stated  # a certificate that counts implies Indonesia
        return facts._replace(certificate_credit=credit, open_credit=None, origin=origin)

    def _facts_of(self, edit: Edit) -> dict[int, CreditFacts]:
        changed: dict[int, CreditFacts] = {}
        for move in edit:
            changed[move.index] = self._moved(changed.get(move.index) or self.part_facts(move.index), move)
        return changed

    def walk_again(self, changes: Mapping[int, CreditFacts], basis: Basis) -> tuple[Outcome, list[DeadEnd]]:
        """Return the outcome with the facts of some parts changed, costs held; and where changes stopped."""
        more, domestic, dead_ends = self.carried(changes, basis)
        if not more and not domestic and self.base.on(basis) is not None:
            return self.base, dead_ends
        return self.outcome(more, self.domestic[self.product] + domestic, changes, basis), dead_ends

    def what_if(self, edits: Sequence[Edit], basis: Basis, *, ends: bool = False) -> list[After]:
        """Return the figure of a basis after each edit alone, and if asked where its moves stopped."""
        found = []
        for edit in edits:
            outcome, dead_ends = self.walk_again(self._facts_of(edit), basis)
            value = outcome.on(basis)
            found.append(After(value, outcome.status, self.ends(edit, value, dead_ends, basis) if ends else ()))
        return found

    def ends(self, edit: Edit, value: Fraction | None, dead_ends: Sequence[DeadEnd], basis: Basis) -> tuple[End, ...]:
        """Return where the moves of an edit stopped, and why, from the dead ends of the walk."""
        found = dict.fromkeys(self._end(good, child, basis) for good, child in dead_ends)
        if not found and value is not None and value == self.base.on(basis):
            for move in edit:
                ground = self.credit[move.index].ground
                earns_nothing = ground in (Ground.UNLICENSED, Ground.NOT_PRODUCED)
                found[End(move.index, HIDING[ground]) if earns_nothing else End(self.product, "limit")] = None
        return tuple(found)

    def _end(self, good: int, child: int, basis: Basis) -> End:
        """Return why a good's credit does not move when that of its component does."""
        if good == self.product:
            return End(child, "not_main")
        credit, own = self.credit[good], self.own[good]
        if basis == "potential" and own is not None and self.rules.band(own) > credit.today:
            return End(good, "same_band") if self.main[child] else End(child, "not_main")
        if credit.ground in HIDING:
            return End(good, HIDING[credit.ground])
        if self.part_facts(good).statement is not None:
            return End(good, "statement")
        return End(good, "one_level" if credit.ground is Ground.ALL_DOMESTIC else "flat_25")

    # Other bills, other laws

    def edited(self, edit: BillEdit[Bom]) -> ExactEngine:
        """Return the engine of the changed bill: what changes is computed again, and what is above it as far as it moves."""
        with bulk():
            found = None if may_close_stages(edit, self.facts.closed) else self.day.changed(edit)
            if found is None:
                return self.of(edit.bom, self.product, self.rules, exact=self.day.is_strict)
            day, indices = found
            for index in edit.recoded:  # the tariff line of a good is told by the codes of its lines too
                indices.update(good for good, _ in self.users.get(index, ()))
            return self.changed(day, self.facts.changed(edit.bom, indices), indices)
