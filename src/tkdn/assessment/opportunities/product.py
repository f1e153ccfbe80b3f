"""The moves of the product itself: how it is made, its brainware, and partnership with small industries for BMP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from tkdn.assessment.facts import NOTHING_STATED, brainware_facts
from tkdn.assessment.goods import GoodsAssessment
from tkdn.assessment.opportunities.candidate import Candidate, Changes, Kind, Plain
from tkdn.bom.model import Brainware, Part, Production
from tkdn.exact import EXACT
from tkdn.method.benefit import BenefitRules
from tkdn.method.goods import BRAINWARE_FACTS, PERCENT, BrainwareFact, first_above

Making = Mapping[str, Mapping[str, Any]]
"""Facts of production and brainware by record and name."""

PARTNERS = "small_industry_partners"
RECORDS = {"production": Production, "brainware": Brainware}
LEVELS: Mapping[str, tuple[BrainwareFact, ...]] = {
    "rd_unit": ("third_party", "own"),
    "rd_programme": (True,),
    "rd_used_in_product": (True,),
}
"""What each fact of brainware can become; the share of revenue has a ladder."""


def made_so(part: Part, making: Making) -> Part:
    """Return the part's record with some facts of how it is made changed."""
    records = {
        name: (getattr(part, name) or RECORDS[name]()).model_copy(update=dict(facts)) for name, facts in making.items()
    }
    return part.model_copy(update=records)


def changes_of(part: Part, making: Making) -> Changes:
    """Return these facts of a part as changes of the bill."""
    if not making:
        return {}
    changed = made_so(part, making)
    fields = {name: getattr(changed, name).model_dump(mode="json", exclude_defaults=True) for name in making}
    return {"parts": {part.id: fields}}


class ProductMoves:
    """The moves of the product: production factors, brainware, partnership."""

    def __init__(self, assessment: GoodsAssessment, small_industries: int) -> None:
        """Take an assessment, and the number of small industries that a partnership is with."""
        self.assessment, self.rules, self.small_industries = assessment, assessment.rules, small_industries
        self.part = assessment.day.parts[assessment.exact_engine.product]
        self.stated = self.part.production or NOTHING_STATED

    def find(self) -> Iterator[Candidate]:
        """Yield the moves of the product; those that nothing is known for are gaps, not moves."""
        yield from self._workers()
        yield from self._factory()
        yield from self._investment()
        yield from self._brainware()
        yield from self._partners()

    def _article(self, key: str) -> str:
        return self.assessment.regulation.cite(self.rules.value(key).article)

    def _move(
        self,
        kind: Kind,
        variant: str,
        making: Making,
        about: Mapping[str, Plain],
        articles: tuple[str, ...],
        *,
        headline: bool = True,
    ) -> Candidate:
        changes = changes_of(self.part, making)
        return Candidate(kind, variant, self.part.id, changes, about, articles, headline=headline, making=making)

    def _workers(self) -> Iterator[Candidate]:
        # Pasal 6d: fewer Indonesian citizens than asked for.
        indonesian, foreign = self.stated.indonesian_workers, self.stated.foreign_workers
        if indonesian is None or foreign is None:
            return
        if self.rules.labour_rule(self.stated.factory, indonesian, foreign) != "labour.below":
            return
        everyone, least = indonesian + foreign, self.rules.percent("labour.indonesian_share")
        needed = -(-everyone * least.numerator // (PERCENT * least.denominator))
        about: dict[str, Plain] = {"indonesian": indonesian, "foreign": foreign, "needed": needed, "all": everyone}
        making = {"production": {"indonesian_workers": needed, "foreign_workers": everyone - needed}}
        yield self._move("factor", "workers", making, about, (self._article("labour.indonesian_share"),))

    def _factory(self) -> Iterator[Candidate]:
        # Pasal 6a to c (labour) and 7a to c (overhead).
        now = self.stated.factory
        if now is None:
            return
        for better in get_args(get_args(Production.model_fields["factory"].annotation)[0]):
            keys = (f"labour.{better}", f"overhead.{better}")
            if sum(map(self.rules.percent, keys)) > self.rules.percent(f"labour.{now}") + self.rules.percent(
                f"overhead.{now}"
            ):
                about: dict[str, Plain] = {"factory": now, "becomes": better}
                articles = tuple(map(self._article, keys))
                yield self._move("factor", f"factory_{better}", {"production": {"factory": better}}, about, articles)

    def _investment(self) -> Iterator[Candidate]:
        # Pasal 7d: overhead of a firm that has not invested.
        if self.stated.invested_in_indonesia is False:
            making = {"production": {"invested_in_indonesia": True}}
            yield self._move("factor", "investment", making, {}, (self._article("overhead.not_invested"),))

    def _brainware(self) -> Iterator[Candidate]:
        stated = brainware_facts(self.part)
        for fact in BRAINWARE_FACTS:
            now = self.rules.brainware_criterion(fact, stated[fact]) if fact in stated else Fraction(0)
            levels = LEVELS.get(fact) or self._shares()
            higher = [level for level in levels if self.rules.brainware_criterion(fact, level) > now]
            for level in higher:
                yield self._brainware_level(fact, level, now, headline=level == higher[0])

    def _brainware_level(self, fact: str, level: BrainwareFact, now: Fraction, *, headline: bool) -> Candidate:
        key, row = self.rules.brainware_rule(fact, level)
        about: dict[str, Plain] = {
            "fact": fact,
            "level": EXACT.multiply(level, PERCENT) if isinstance(level, Decimal) else level,
            "criterion": self.rules.brainware_criterion(fact, level),
            "now": now,
        }
        article = row.article if row else self.rules.value(key).article
        cited = self.assessment.regulation.cite(article)
        variant = fact if isinstance(level, bool) else f"{fact}_{level}"
        return self._move("brainware", variant, {"brainware": {fact: level}}, about, (cited,), headline=headline)

    def _shares(self) -> tuple[BrainwareFact, ...]:
        """Return the least share of revenue that each row of the ladder asks for, the lowest first.

        Shares are of one, to a hundredth of a percent.
        """
        # Lampiran II.A.1: the ladder of the share of revenue.
        rows = self.rules.value("brainware.rd_share_of_revenue.criterion").rows
        return tuple(first_above(row).scaleb(-2, EXACT) for row in reversed(rows))

    def _partners(self) -> Iterator[Candidate]:
        """Yield steps of the partnership factor of BMP above what the small industries in the bill would give.

        There is no BMP for a good that is not made in the firm's own factory (Pasal 23, 44(2)a.11).
        """
        law = BenefitRules(self.assessment.regulation, self.assessment.on)
        key = f"benefit.partnership.{PARTNERS}"
        if key not in self.assessment.regulation.parameters or law.refusal(self.stated.factory):
            return
        now = law.criterion("partnership", PARTNERS, self.small_industries)
        weight = law.weight("partnership")
        for row in law.value(key).rows:
            needed = int(row.limit) + (1 if row.test == "over" else 0)
            if needed > self.small_industries and Fraction(row.value) > now.percent:
                about: dict[str, Plain] = {
                    "partners": self.small_industries,
                    "needed": needed,
                    "more": needed - self.small_industries,
                    "points": weight * Fraction(row.value) / PERCENT,
                    "now": weight * now.percent / PERCENT,
                }
                gain = weight * (Fraction(row.value) - now.percent) / PERCENT
                cited = self.assessment.regulation.cite(row.article)
                yield Candidate("benefit", f"partners_{needed}", self.part.id, {}, about, (cited,), benefit=gain)
