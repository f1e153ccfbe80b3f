"""Opportunities: what lifts the score next. Every single move, its exact gain alone and given the others, and what it changes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from tkdn.assessment.engines.engine import BASES, Basis
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.lift import Lift
from tkdn.assessment.opportunities.candidate import KINDS, Candidate, Changes, Kind, merged
from tkdn.assessment.opportunities.components import ComponentMoves, Family
from tkdn.assessment.opportunities.move import Move, Spending
from tkdn.assessment.opportunities.product import ProductMoves, changes_of
from tkdn.assessment.opportunities.spend import BreakEven, IkmShare
from tkdn.assessment.opportunities.valuation import Together, Valuer, difference
from tkdn.assessment.result import Assessment, assessed
from tkdn.assessment.rounding import falling, text, two_places
from tkdn.bom.bulk import bulk
from tkdn.bom.number import parse_number
from tkdn.days import MONTHS_OF_YEAR
from tkdn.display.frames import Frame, frame_of_records
from tkdn.display.viewed import Viewed
from tkdn.errors import Problem, UsageError, nearest
from tkdn.method.goods import PERCENT
from tkdn.outputs import headed, sha256_of

NOTHING = Fraction(0)
Cost = int | Decimal | Fraction | str


class Opportunities(Viewed):
    """All moves of an assessment, the largest gain first; see `opportunities`."""

    def __init__(
        self,
        assessment: GoodsAssessment,
        basis: Basis,
        months: int,
        kinds: frozenset[Kind],
        costs: Mapping[str, Fraction],
    ) -> None:
        """Take an assessment of goods; see `opportunities` for the other arguments."""
        self.assessment, self.basis, self.months, self.kinds = assessment, basis, months, kinds
        self._costs, self._lift = costs, Lift(assessment, basis, "part")
        self._valuer = Valuer(assessment, basis)

    @cached_property
    def _families(self) -> list[Family]:
        of_product = ProductMoves(self.assessment, self._lift.small_industries).find()
        with bulk():
            found = ComponentMoves(self.assessment, self.months).find()
            return [*found, *([each] for each in of_product)]

    @cached_property
    def _figures(self) -> dict[int, tuple[Fraction | None, Fraction | None]]:
        """The figure after each candidate and what it gains, by its identity."""
        valuer = self._valuer
        found: dict[int, tuple[Fraction | None, Fraction | None]] = {}
        product = self.assessment.day.parts[valuer.engine.product]
        for family in self._families:
            if family[0].making:
                after = [valuer.made_so(product, each.making) for each in family]
                pairs = [(value, difference(value, valuer.base)) for value in after]
            elif family[0].benefit is not None:
                pairs = [(valuer.base, each.benefit) for each in family]
            elif family[0].lost:
                after, before = valuer.values(family), valuer.value(family[0].lost)
                pairs = [(value, difference(value, before)) for value in after]
            else:
                pairs = valuer.figures(family)
            found.update((id(each), pair) for each, pair in zip(family, pairs, strict=True))
        return found

    def _candidates(self) -> Iterator[Candidate]:
        return (each for family in self._families for each in family)

    @cached_property
    def _largest(self) -> list[Candidate]:
        """The moves that gain alone, the largest first, none of two rivals."""
        gaining = [
            (gain, each)
            for each in self._candidates()
            if each.headline
            and each.kind != "renew"
            and each.touches
            and (gain := self._figures[id(each)][1] or NOTHING) > 0
        ]
        touched: set[Hashable] = set()
        largest = []
        for _, each in sorted(gaining, key=lambda pair: (falling(pair[0]), pair[1].id)):
            if not each.touches & touched:
                touched |= each.touches
                largest.append(each)
        return largest

    @cached_property
    def _context(self) -> Together:
        """The bill with the largest moves made, but for those that would cost points there."""
        context = self._made(self._largest)
        kept = [each for each in self._largest if (context.given_others([each])[0] or 0) >= 0]
        return context if len(kept) == len(self._largest) else self._made(kept)

    def _made(self, taken: list[Candidate]) -> Together:
        after = self.assessment.with_changes(self._changes(taken)) if taken else self.assessment
        return Together(self._valuer, after, taken)

    def _changes(self, taken: Sequence[Candidate]) -> Changes:
        making: dict[str, dict[str, Any]] = {}
        for each in taken:
            for record, facts in each.making.items():
                making.setdefault(record, {}).update(facts)
        product = self.assessment.day.parts[self.assessment.exact_engine.product]
        return merged([*(each.changes for each in taken if not each.making), changes_of(product, making)])

    @property
    def taken(self) -> list[str]:
        """Ids of "the others": the moves that gain alone the largest, none of two that touch the same part or fact.

        Those that would cost points with the rest of them taken are left out.
        """
        return [each.id for each in self._context.taken]

    @property
    def together_changes(self) -> Changes:
        """The changes of all of these as one."""
        return self._changes(self._context.taken)

    @property
    def together(self) -> GoodsAssessment:
        """The assessment with all of these made: gains alone do not add up to it."""
        return self._context.after.assessment

    @property
    def base(self) -> Fraction | None:
        """The exact figure of the basis without any move."""
        return self._valuer.base

    @property
    def after_all(self) -> Fraction | None:
        """The exact figure with all of `taken` made."""
        return self.together.exact_engine.base.on(self.basis)

    @cached_property
    def all_moves(self) -> list[Move]:
        """Every move of every kind, ranked as `rows`."""
        moves: list[Move] = []
        with bulk():
            together = self._context
            ikm, break_even = IkmShare(self.assessment, self._lift.ikm_indices), BreakEven(self.assessment)
            for family in self._families:
                moves += self._moves(family, together.given_others(family), ikm, break_even)
            return sorted(moves, key=_rank)

    def _moves(
        self, family: Family, given: list[Fraction | None], ikm: IkmShare, break_even: BreakEven
    ) -> Iterator[Move]:
        """Yield the cases of a family with their figures; what they share is computed once."""
        first, day = family[0], self.assessment.day
        number, spend, share_after = first.number, None, ikm.now
        if number is not None and (cost := day.cost(number)) is not None:
            spend = cost * day.quantities[number]
        if number is not None and first.kind == "localise":
            share_after = ikm.with_part(number)
        share = spend * PERCENT / ikm.total if spend is not None and ikm.total else None
        priced = first.kind == "localise" and break_even.is_known
        spending = Spending(spend, share, (ikm.now, share_after))
        for each, others in zip(family, given, strict=True):
            after, gain = self._figures[id(each)]
            yield Move(
                each,
                None if number is None else day.parts[number].name,
                gain,
                after,
                others,
                spending,
                self._cost(each),
                partial(break_even.price, number, each.credit) if priced and number is not None else None,
            )

    def _cost(self, candidate: Candidate) -> Fraction | None:
        if not self._costs:
            return None
        keys = (candidate.id, f"{candidate.kind}:{candidate.part or candidate.supplier}", candidate.part)
        return next((self._costs[key] for key in keys if key is not None and key in self._costs), None)

    @cached_property
    def rows(self) -> list[Move]:
        """The moves of the kinds asked for: those without which there is no figure first, then the largest gain; BMP last."""
        return [each for each in self.all_moves if each.kind in self.kinds]

    @property
    def by_rupiah(self) -> list[Move]:
        """The moves with a cost, most gain for a rupiah first; what costs nothing before all."""
        costed = [each for each in self.rows if each.cost is not None and (each.exact or 0) > 0]
        return sorted(costed, key=lambda each: (each.cost != 0, -(each.gain_per_rupiah or 0), each.id))

    def __getitem__(self, id_: str) -> Move:
        """Return the move of this id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[id_]

    @cached_property
    def _by_id(self) -> dict[str, Move]:
        return {each.id: each for each in self.all_moves}

    def check_costs(self) -> None:
        """Check that every cost is of a move.

        Raises:
            UsageError: `move-unknown` for a cost that no move takes.
        """
        known: set[str | None] = set()
        for each in self._candidates():
            known |= {each.id, f"{each.kind}:{each.part or each.supplier}", each.part}
        unknown = [key for key in self._costs if key not in known]
        if unknown:
            words = [word for word in known if word]
            raise UsageError(
                Problem.worded(
                    "move-unknown", f"no move has the id {key!r}", nearest(key, words) or "see 'tkdn opportunities'"
                )
                for key in unknown
            )

    @property
    def provenance(self) -> dict[str, Any]:
        """The values that identify the list: the assessment, the `kinds` of moves, and `costs_sha256`, of their costs."""
        costs = sha256_of({key: str(cost) for key, cost in self._costs.items()})
        return {**self.assessment.provenance, "kinds": sorted(self.kinds), "costs_sha256": costs}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data: points, percentages and rupiah as strings with two decimals."""
        return headed(
            "tkdn-opportunities",
            {
                "product": self.assessment.product,
                "on": self.assessment.on.isoformat(),
                "regulation": self.assessment.regulation.id,
                "basis": self.basis,
                "base": text(two_places(self.base)),
                "status": self.assessment.status,
                "months": self.months,
                "rows": self.assessment.printed_rows(self.rows),
                "together": {"moves": self.taken, "after": text(two_places(self.after_all))},
                "provenance": self.provenance,
            },
        )

    def to_frame(self, backend: str = "pandas") -> Frame:
        """Return the moves as a data frame of pandas, polars or pyarrow: gains in points, money in rupiah, as exact decimals.

        Raises:
            UsageError: `backend-unknown`.
            MissingExtraError: `extra-missing` if a library is not installed.
        """
        figures = ("gain", "gain_given_others", "after", "spend", "share", "break_even", "cost", "rupiah_per_point")
        texts = ("id", "kind", "variant", "part", "name", "supplier", "measure", "articles", "explanation")
        return frame_of_records([each.to_dict() for each in self.rows], backend, texts, figures)

    def __repr__(self) -> str:
        """Return the product, the basis, and how many moves there are."""
        return f"<Opportunities of {self.assessment.product!r} on {self.basis}: {len(self.rows)} moves>"


def _rank(move: Move) -> tuple[object, ...]:
    """Return the place of a move in the list."""
    opens = move.exact is None and move.exact_after is not None
    return move.measure == "bmp", not opens, falling(move.exact or NOTHING), move.spending.rank, move.id


def opportunities(
    assessment: Assessment,
    *,
    basis: Basis = "score",
    months: int = MONTHS_OF_YEAR,
    kinds: Collection[Kind] | None = None,
    costs: Mapping[str, Cost] | None = None,
) -> Opportunities:
    """Return every single move that could lift a product, with its exact gain in points, alone and given the others.

    Kinds: `certify` a part that has no certificate, at what its own bill gives (a gain can be negative: then do not);
    `next_band` of the ladder for a certified part; make a part `all_domestic`; `localise` an import; `renew` a certificate
    that expires within `months`; `register` a maker without industrial licence; production `factor` and `brainware` of the
    product; `benefit`: partnership with small industries, in points of BMP.

    Costs and prices of the bill are held; what a dearer part does, `break_even` says. Source: Permenperin 35/2025 Pasal 5-12,
    21, 26, 40-45.

    Args:
        assessment: an assessment under 35/2025.
        basis: "score" (as the law credits today) or "potential".
        months: how soon a certificate expires that is to be renewed.
        kinds: those to show, default all.
        costs: rupiah by a move's id ("certify:FRAME:own_bill"), by kind and part ("certify:FRAME"), or by part.

    Raises:
        UsageError: `basis-unknown`, `kind-unknown`, `months-invalid`, `move-unknown`, `cost-invalid`; `lift-not-for-method` under
            another method than that of 35/2025.

    >>> from tkdn import Bom, assess
    >>> bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "date": "2026-06-01",
    ...     "parts": [{"id": "CART", "made_in": "ID", "production": {"factory": "own", "indonesian_workers": 4,
    ...                "foreign_workers": 0, "invested_in_indonesia": True}},
    ...               {"id": "WHEEL", "price": {"amount": "150000"}, "made_in": "CN"},
    ...               {"id": "TRAY", "price": {"amount": "300000"}, "made_in": "ID"}],
    ...     "uses": [{"parent": "CART", "part": "WHEEL", "quantity": 2}, {"parent": "CART", "part": "TRAY", "quantity": 1}]})
    >>> found = opportunities(assess(bom))
    >>> wheel = found["localise:WHEEL:uncertified"]
    >>> wheel.gain, wheel.changes["parts"]["WHEEL"]["made_in"]
    (Decimal('9.38'), 'ID')
    >>> assess(bom.with_changes(wheel.changes)).exact - assess(bom).exact == wheel.exact
    True
    """
    assessment, problems = assessed(assessment), []
    if basis not in BASES:
        problems.append(Problem.worded("basis-unknown", f"no basis {basis!r}", f"choose one of {', '.join(BASES)}"))
    for kind in kinds or ():
        if kind not in KINDS:
            hint = nearest(kind, KINDS) or f"choose from {', '.join(KINDS)}"
            problems.append(Problem.worded("kind-unknown", f"no kind of move is called {kind!r}", hint))
    if months < 0:
        problems.append(
            Problem.worded("months-invalid", f"{months} months lie in the past", "give a whole number from 0")
        )
    amounts = {key: _rupiah(key, value, problems) for key, value in (costs or {}).items()}
    if problems:
        raise UsageError(problems)
    if not isinstance(assessment, GoodsAssessment):
        message = f"moves are defined for the credits of 35/2025, not for {assessment.regulation.id}"
        raise UsageError([Problem.worded("lift-not-for-method", message, "assess under permenperin-35-2025")])
    found = Opportunities(assessment, basis, months, frozenset(kinds or KINDS), amounts)
    if amounts:
        found.check_costs()
    return found


def _rupiah(key: str, value: Cost, problems: list[Problem]) -> Fraction:
    try:
        amount = Fraction(parse_number(value) if isinstance(value, str) else value)
    except (ValueError, TypeError):
        amount = Fraction(-1)
    if amount < 0:
        problems.append(
            Problem.worded(
                "cost-invalid", f"the cost of {key!r}, {value!r}, is no sum of rupiah", "give a number from 0"
            )
        )
    return amount
