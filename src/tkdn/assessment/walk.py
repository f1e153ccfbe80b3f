"""The walk: one bottom-up pass over the bill that credits every part, and its repetition where a few facts change.

Each good's lines carry integer weights over one denominator, so material sums are integers and everything is exact. A
change in one part touches only its ancestors, and stops where a band or the "all domestic" test does not move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from operator import attrgetter
from typing import Literal

from tkdn.assessment.credit import Credit, CreditFacts, MakeFacts, best_make, best_possible, credit_of, own_obstacle
from tkdn.assessment.deciding import decided_own, own_hundredths
from tkdn.assessment.facts import NOTHING_STATED, Facts
from tkdn.bom.day import BillOnDay
from tkdn.bom.model import Certificate
from tkdn.method.goods import PERCENT, GoodsRules

Basis = Literal["score", "potential"]
Status = Literal["complete", "incomplete", "cannot_be_calculated"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a good has no score: `code`, the parameter of law it follows from, and whether for good or for want of a fact."""

    code: str
    rule: str | None
    final: bool
    part: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Score and potential of the product in exact percent, or None; the status, and what stands in the way."""

    score: Fraction | None
    potential: Fraction | None
    status: Status
    obstacles: tuple[Obstacle, ...] = ()

    def on(self, basis: Basis) -> Fraction | None:
        return self.score if basis == "score" else self.potential


class Walk:
    """The credits of all reachable parts, bottom-up. Lists are by part number; None for phantoms and in-house parts.

    `anew`: the parts that were worked out again since the walk that this one came from; None where that is all of them.
    """

    def __init__(self, day: BillOnDay, facts: Facts, rules: GoodsRules) -> None:
        self.day, self.facts, self.rules = day, facts, rules
        self.product = day.product
        size = len(day.parts)
        self.main = day.main
        self.anew: set[int] | None = None
        self.credit: dict[int, Credit] = {}
        self.own: list[int | None] = [None] * size
        self.domestic = [0] * size
        self.home = [0] * size
        self.unknown = [0] * size
        self.credited = [0] * size
        self.makes: dict[int, MakeFacts] = {}
        for number in reversed(day.order):
            if not day.opens[number]:
                self._visit(number)

    def changed(self, day: BillOnDay, facts: Facts, numbers: Collection[int]) -> Walk:
        """The walk over a bill with the same lines, equal to a new one. `numbers`: the parts whose facts, lines or costs may be
        others; the parts above are worked out again as far as a credit moves."""
        new = Walk.__new__(Walk)
        new.day, new.facts, new.rules, new.product, new.main = day, facts, self.rules, self.product, self.main
        for name in ("credit", "own", "domestic", "home", "unknown", "credited", "makes"):
            setattr(new, name, getattr(self, name).copy())

        def moves(number: int) -> bool:
            if day.opens[number]:
                return True
            new._visit(number)
            return new.credit[number] != self.credit[number]

        new.anew = self.day.climb(numbers, moves)
        return new

    def _visit(self, number: int) -> None:
        day = self.day
        lines = day.lines[number]
        if lines:
            earned, main, any_opens = self.credit, self.main, not self.rules.opened_by_main
            domestic = home = high = 0
            for child in lines:
                credit = earned[child]
                domestic += credit.domestic and (any_opens or main[child])
                home += credit.home_low
                high += credit.home_high
            self.domestic[number] = domestic
            self.home[number], self.unknown[number] = home, high - home
            weights = day.weights[number]
            self.credited[number] = sum(
                [weight * earned[child].potential for child, weight in weights or () if main[child]]
            )
            self.makes[number] = self.facts.make(number)
        facts = self.facts.of_part(number)
        own = self._own(number, facts, self.domestic[number], self.credited[number]) if lines else None
        self.own[number] = own
        self.credit[number] = credit_of(self.rules, facts, len(lines), self.home[number], self.unknown[number], own)

    def part_facts(self, number: int) -> CreditFacts:
        """Return the facts that a part's credit follows from."""
        return self.facts.of_part(number)

    def _own(self, number: int, facts: CreditFacts, domestic: int, credited: int) -> int | None:
        """Return TKDN from the part's own bill in hundredths of a percent, or None if it cannot be said (design rule 5)."""
        return self._own_of(number, facts, self.makes[number], domestic, credited)

    def _own_of(self, number: int, facts: CreditFacts, made: MakeFacts, domestic: int, credited: int) -> int | None:
        total = self.total(number)
        if own_obstacle(facts, made, total, domestic) is not None:
            return None
        found = own_hundredths(self.rules, made, credited, total, rounded=self.day.rounded)
        if found is None and credited == self.credited[number]:
            return decided_own(self.rules, made, self.day, number, lambda day: self._sums(day, number))
        if found is None:
            raise self.day.too_long(number)
        return found

    def _sums(self, day: BillOnDay, number: int) -> tuple[int, int]:
        """Return a good's credited cost and the cost that its shares are of, in the weights of a day."""
        credit, main = self.credit, self.main
        credited = sum([weight * credit[child].potential for child, weight in day.weights[number] or () if main[child]])
        return credited, self.total(number, day)

    def total(self, number: int, day: BillOnDay | None = None) -> int:
        """Return the cost that shares of a good's main lines are taken of, in its integer weights; 0 if there is none."""
        day = self.day if day is None else day
        if not self.rules.shares_of_all or not day.total[number]:
            return day.total[number]
        weights = day.weights[number] or ()
        return sum([weight for _, weight in weights]) if len(weights) == len(day.lines[number]) else 0

    def credit_without_certificate(self, number: int) -> Credit:
        """Return the credit of a part if its certificate did not count."""
        facts = self.part_facts(number)._replace(certificate_credit=None)
        return credit_of(self.rules, facts, len(self.day.lines[number]), self.home[number], self.unknown[number], None)

    def score_if_certified(self, number: int, certificate: Certificate | None) -> Fraction | None:
        """Return the exact score if this certificate counted for a part, or none did."""
        part, facts = self.day.parts[number], self.part_facts(number)
        credit = None if certificate is None else self.rules.certificate_credit(certificate.tkdn)
        stated = self.facts.stated_origin(part)
        origin = True if credit is not None and stated is None else stated
        changed = facts._replace(certificate_credit=credit, open_credit=None, origin=origin)
        return self.what_if({number: changed}, "score")[0].score

    @cached_property
    def product_make(self) -> MakeFacts:
        return self.makes.get(self.product) or self.facts.make(self.product)

    @cached_property
    def base(self) -> Outcome:
        """The product's score and potential as the bill stands."""
        return self.outcome(0, self.domestic[self.product], {})

    @cached_property
    def low_sum(self) -> int:
        """Sum over the product's main lines of cost weight x today's credit."""
        return self._sum("low")

    def _sum(self, column: str) -> int:
        credit, main, of = self.credit, self.main, attrgetter(column)
        weights = self.day.weights[self.product] or ()
        return sum([weight * of(credit[child]) for child, weight in weights if main[child]])

    @property
    def _says_something(self) -> bool:
        """Whether an upper bound can be said though something is missing."""
        hopeless = ("no-lines", "no-main-line", "no-cost")
        return not any(obstacle.final or obstacle.code in hopeless for obstacle in self.base.obstacles)

    def _at_best(self, credited: int) -> Fraction:
        """Return the product's figure for this material sum, with unknown labour and overhead in full."""
        made = best_make(self.product_make)
        assert made.labour is not None
        assert made.overhead is not None
        material = Fraction(credited, self.total(self.product))
        return self.rules.total(material, made.labour, made.overhead, made.brainware)[0]

    @cached_property
    def high(self) -> Fraction | None:
        """The score if everything unknown turned out as well as it can, or None where even then nothing can be said."""
        return self._at_best(self._sum("high")) if self._says_something else None

    @cached_property
    def best_credit(self) -> dict[int, int]:
        """The credit that each part could reach if it were certified, and everything unknown were at its best."""
        best: dict[int, int] = {}
        day, main = self.day, self.main
        for number in reversed(day.order):
            if day.opens[number]:
                continue
            facts, lines, own = self.part_facts(number), day.lines[number], None
            if lines:
                credited = sum([weight * best[child] for child, weight in day.weights[number] or () if main[child]])
                origins = self.facts.origin
                perhaps = sum(origins[child] is not False for child in lines if self.opens_calculation(child))
                own = self._own_of(number, facts, best_make(self.makes[number]), perhaps, credited)
            best[number] = best_possible(self.rules, facts, self.credit[number], len(lines), own)
        return best

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

    def credit_of(self, number: int) -> Credit:
        return self.credit[number]

    @cached_property
    def _standing_obstacles(self) -> list[Obstacle]:
        """What keeps the product from a score whatever its components are (Pasal 9; lines, prices)."""
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
        """The standing obstacles, and that no line is domestic any more."""
        # Pasal 9(2)a: not if every component is imported.
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

    def opens_calculation(self, number: int) -> bool:
        """Return whether a line for this part, if it is domestic, opens the calculation (Pasal 9(2)a)."""
        return self.main[number] or not self.rules.opened_by_main

    def outcome(
        self, more: int, domestic: int, changed: Mapping[int, CreditFacts], basis: Basis | None = None
    ) -> Outcome:
        """What the product comes to. `more`: what the changes add to the material sum of `basis`; without a basis, the bill as
        it stands.

        `domestic`: how many of the product's lines are made in Indonesia after the changes.
        """
        obstacles = tuple(self._obstacles(domestic, changed))
        if obstacles:
            final = any(obstacle.final for obstacle in obstacles)
            return Outcome(None, None, "cannot_be_calculated" if final else "incomplete", obstacles)
        made, total = self.product_make, self.total(self.product)
        labour, overhead = made.labour or Fraction(0), made.overhead or Fraction(0)
        sums = {"score": self.low_sum, "potential": self.credited[self.product]}
        value = {
            column: self.rules.total(Fraction(credited + more, total), labour, overhead, made.brainware)[0]
            for column, credited in sums.items()
            if basis in (None, column)
        }
        known = made.labour is not None and made.overhead is not None and self.coverage == PERCENT
        return Outcome(value.get("score"), value.get("potential"), "complete" if known else "incomplete")

    @cached_property
    def users(self) -> dict[int, list[tuple[int, int]]]:
        """Goods whose lines hold each part (phantoms and in-house parts opened), with the line's weight."""
        users: dict[int, list[tuple[int, int]]] = defaultdict(list)
        day = self.day
        for number in day.order:
            if not day.opens[number] and day.lines[number]:
                weights = dict(day.weights[number] or ())
                for child in day.lines[number]:
                    users[child].append((number, weights.get(child, 0)))
        return users

    def what_if(self, changes: Mapping[int, CreditFacts], basis: Basis) -> tuple[Outcome, list[tuple[int, int]]]:
        """The outcome with the facts of some parts changed, costs held; and the dead ends: (good, component) pairs where the
        component's change did not change the good's credit. Only the column of `basis` is followed upwards."""
        rank = self.day.rank
        domestic: dict[int, int] = defaultdict(int)
        home: dict[int, int] = defaultdict(int)
        unknown: dict[int, int] = defaultdict(int)
        credited: dict[int, int] = defaultdict(int)
        reached_from: dict[int, list[int]] = defaultdict(list)
        dead_ends: list[tuple[int, int]] = []
        queue = [(-rank[number], number) for number in changes]
        heapify(queue)
        queued = set(changes)
        while queue:
            _, number = heappop(queue)
            if number == self.product:
                dead_ends += [(number, child) for child in reached_from[number] if not self.main[child]]
                continue
            before = self.credit[number]
            facts = changes.get(number) or self.part_facts(number)
            lines = len(self.day.lines[number])
            own = None
            if lines and basis == "potential":
                own = self._own(
                    number, facts, self.domestic[number] + domestic[number], self.credited[number] + credited[number]
                )
            after = credit_of(
                self.rules, facts, lines, self.home[number] + home[number], self.unknown[number] + unknown[number], own
            )
            step = after.low - before.low if basis == "score" else after.potential - before.potential
            if not step and after.raw_material == before.raw_material:
                dead_ends += [(number, child) for child in reached_from[number]]
                continue
            for parent, weight in self.users[number]:
                if self.opens_calculation(number):
                    domestic[parent] += after.domestic - before.domestic
                home[parent] += after.home_low - before.home_low
                unknown[parent] += (after.home_high - after.home_low) - (before.home_high - before.home_low)
                if step and self.main[number]:
                    credited[parent] += weight * step
                reached_from[parent].append(number)
                if parent not in queued:
                    queued.add(parent)
                    heappush(queue, (-rank[parent], parent))
        more, home_lines = credited[self.product], domestic[self.product]
        if not more and not home_lines and self.base.on(basis) is not None:
            return self.base, dead_ends
        return self.outcome(more, self.domestic[self.product] + home_lines, changes, basis), dead_ends
