"""The credit of a component, and what keeps a good from a value of its own: Permenperin 35/2025 Pasal 5(2), 9, 27.

The only statement of these rules. Explanation, findings, lift and moves ask the `Ground` of a credit; the tables of the
array walk are filled by calling `credit_of`.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Literal, NamedTuple

from tkdn.method.goods import PERCENT, GoodsRules


class Ground(Enum):
    """The reason why a component earns what it earns, in the order in which the law asks; the value is its word in texts."""

    IMPORTED = "abroad"
    CERTIFICATE = "certificate"
    NATURAL_RESOURCE = "natural_resource"
    NOT_PRODUCED = "not_produced"
    ORIGIN_UNKNOWN = "origin_unknown"
    UNLICENSED = "unlicensed"
    ALL_DOMESTIC = "all_domestic"
    INDUSTRIAL_COMPANY = "industrial_company"

    @property
    def parameter(self) -> str:
        """The parameter of law that gives the credit on this ground."""
        return _PARAMETERS[self]


_PARAMETERS = {
    Ground.IMPORTED: "credit.other",
    Ground.CERTIFICATE: "credit.certificate",
    Ground.NATURAL_RESOURCE: "credit.natural_resource",
    Ground.NOT_PRODUCED: "credit.other",
    Ground.ORIGIN_UNKNOWN: "credit.other",
    Ground.UNLICENSED: "credit.other",
    Ground.ALL_DOMESTIC: "credit.all_domestic_material",
    Ground.INDUSTRIAL_COMPANY: "credit.industrial_company",
}


class CreditFacts(NamedTuple):
    """The facts of one part that its credit follows from; None where the bill does not say.

    Attributes:
        origin: True made in Indonesia, False abroad.
        certificate_credit: credit in percent of the certificate that counts today.
        natural_resource: taken from nature or recycled in Indonesia.
        licence: whether its maker holds an industrial licence (Pasal 1(7)).
        statement: all raw material stated to be domestic, or not to be.
        produced: whether its activity is production, not packing, dismantling or mere finishing (Pasal 9(2)b-e).
        open_credit: credit of the certificate that would count if an open term were the longer one; None if none is open.
        certifiable: False for a what-if in which no certificate could be had.
    """

    origin: bool | None
    certificate_credit: int | None
    natural_resource: bool
    licence: bool | None
    statement: bool | None
    produced: bool | None = True
    open_credit: int | None = None
    certifiable: bool = True


ABROAD = CreditFacts(origin=False, certificate_credit=None, natural_resource=False, licence=None, statement=None)
"""A part from abroad, for the lift."""
LOCALISED = CreditFacts(origin=True, certificate_credit=None, natural_resource=False, licence=None, statement=False)
"""An import bought from a firm in Indonesia that is still to be found."""


class Credit(NamedTuple):
    """The credit of a part in the good above it, in whole percent, its ground, and what it is as raw material.

    Attributes:
        today: With the unknown counted as nothing.
        best_case: With the unknown at its best.
        potential: If it were certified at what its own bill gives.
        domestic: Whether it is made in Indonesia.
        certainly_domestic: Whether it passes as domestic raw material under the regulation's test.
        possibly_domestic: Whether it may pass, as far as is known.
        known: Whether nothing unknown can move it.
        ground: Why it is what it is today.
    """

    today: int
    best_case: int
    potential: int
    domestic: bool
    certainly_domestic: bool
    possibly_domestic: bool
    known: bool
    ground: Ground

    @property
    def raw_material(self) -> tuple[bool, bool, bool]:
        """Its three answers as raw material: made in Indonesia, domestic for sure, perhaps."""
        return self.domestic, self.certainly_domestic, self.possibly_domestic


def ground_of(facts: CreditFacts, *, all_domestic: bool) -> Ground:
    """Return the ground of a part's credit today: the first row of Pasal 5(2) that holds.

    Args:
        facts: the part's facts.
        all_domestic: whether all its raw material is domestic (Lampiran I.2.a), by statement or by its lines.
    """
    if facts.origin is False:
        return Ground.IMPORTED
    if facts.certificate_credit is not None:  # 5(2)a, even if another row would give more
        return Ground.CERTIFICATE
    if facts.natural_resource:  # 5(2)b.1.b
        return Ground.NATURAL_RESOURCE
    if not facts.produced:  # 5(2)b.3 with 9(2)b-d: a statement of domestic material does not rescue it
        return Ground.NOT_PRODUCED
    if facts.origin is None:
        return Ground.ORIGIN_UNKNOWN
    if facts.licence is False:  # 5(2)b.3 with 1(7)
        return Ground.UNLICENSED
    return Ground.ALL_DOMESTIC if all_domestic else Ground.INDUSTRIAL_COMPANY


def credit_of(rules: GoodsRules, facts: CreditFacts, lines: int, home: int, unknown: int, own: int | None) -> Credit:
    """Return the credit of a part (Pasal 5(2)), for the unknown counted as nothing and at its best.

    Args:
        rules: the regulation's values on the day.
        facts: the part's facts.
        lines: how many lines the part has.
        home: how many of them are domestic raw material for sure.
        unknown: how many more of them may be.
        own: TKDN from its own bill in hundredths of a percent, or None.
    """
    if facts.statement is None:
        all_low = lines > 0 and home == lines
        all_high = lines > 0 and home + unknown == lines
    else:
        all_low = all_high = facts.statement
    ground = ground_of(facts, all_domestic=all_low)
    today = _earned(rules, facts, ground)
    best = ground_of(facts._replace(produced=True), all_domestic=all_high) if facts.produced is None else None
    if best is None:
        best = Ground.ALL_DOMESTIC if ground is Ground.INDUSTRIAL_COMPANY and all_high else ground
    best_case = PERCENT if best is Ground.ORIGIN_UNKNOWN else _earned(rules, facts, best)
    known = today == best_case
    if facts.open_credit is not None and facts.origin is not False:
        known = known and facts.open_credit == today
        best_case = max(best_case, facts.open_credit)
    potential = today if own is None else max(today, rules.band(own))
    domestic, natural = facts.origin is True, facts.natural_resource
    if rules.judged_by_country:  # Lampiran I.2.a: each line by its country, one level
        return Credit(today, best_case, potential, domestic, domestic, facts.origin is not False, known, ground)
    certainly_domestic = natural or (domestic and all_low)
    possibly_domestic = natural or (facts.origin is not False and all_high)
    return Credit(today, best_case, potential, domestic, certainly_domestic, possibly_domestic, known, ground)


def _earned(rules: GoodsRules, facts: CreditFacts, ground: Ground) -> int:
    """Return the credit in percent on a ground."""
    if ground is Ground.CERTIFICATE and facts.certificate_credit is not None:
        return facts.certificate_credit
    return rules.credit(ground.parameter)


def best_possible(rules: GoodsRules, facts: CreditFacts, credit: Credit, lines: int, own: int | None) -> int:
    """Return the credit that a part could reach if it were certified and everything unknown were at its best.

    Args:
        rules: the regulation's values on the day.
        facts: the part's facts.
        credit: its credit.
        lines: how many lines the part has.
        own: its own TKDN in hundredths of a percent with everything unknown at its best, or None if it can have none.
    """
    if facts.origin is None and facts.produced is not False:
        return PERCENT
    if not lines and facts.origin and facts.certifiable and facts.licence is not False and facts.produced is not False:
        return PERCENT  # a bill that is missing may be all domestic
    return credit.best_case if own is None else max(credit.best_case, rules.band(own))


OwnObstacle = Literal["own_not_home", "own_unlicensed", "own_activity", "own_all_imported", "own_no_cost", "own_facts"]


class ProductionFacts(NamedTuple):
    """The making of a good: values in percent and the parameters that give them, None where a fact is missing.

    `brainware` in points; `activity`: whether it lets TKDN be calculated (Pasal 9(2)b-e).
    """

    labour_rule: str | None
    labour: Fraction | None
    overhead_rule: str | None
    overhead: Fraction | None
    brainware: Fraction
    activity: bool | None

    @property
    def factors(self) -> tuple[Fraction, Fraction, Fraction]:
        """Labour and overhead in percent, brainware in points; what is missing counts as nothing."""
        nothing = Fraction(0)
        return self.labour or nothing, self.overhead or nothing, self.brainware

    @property
    def complete(self) -> bool:
        """True if nothing is missing for a value of its own."""
        return self.labour is not None and self.overhead is not None and self.activity is not None


def best_production(made: ProductionFacts) -> ProductionFacts:
    """Return how a good is made with every missing fact at its best; brainware that is not stated stays nothing."""
    full = Fraction(PERCENT)
    return made._replace(
        labour=full if made.labour is None else made.labour,
        overhead=full if made.overhead is None else made.overhead,
        activity=made.activity is not False,
    )


def own_obstacle(facts: CreditFacts, made: ProductionFacts, total: int, domestic: int) -> OwnObstacle | None:
    """Return what keeps a part with lines from a TKDN of its own, or None (Pasal 9(1), 9(2), 27).

    Args:
        facts: the part's facts.
        made: how it is made.
        total: cost of its lines, 0 where there is none.
        domestic: how many of its lines open the calculation (9(2)a).
    """
    if not facts.origin:
        return "own_not_home"
    if facts.licence is False:
        return "own_unlicensed"
    if made.activity is False or not facts.certifiable:
        return "own_activity"
    if not domestic:
        return "own_all_imported"
    if not total:
        return "own_no_cost"
    return None if made.complete else "own_facts"
