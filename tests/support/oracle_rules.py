"""The rules of the naive oracle: credit, calculable, own and potential, bounds, the factors of Pasal 4 to 11.

Each rule is written as its page says it (design section 4, corrections A and B), with the legal numbers as literals;
``oracle_bill.py`` says what the lines are, ``oracle.py`` what comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Literal

from tests.support.oracle_bill import (
    HUNDRED,
    ZERO,
    Bill,
    Record,
    certificate_value,
    country,
    is_in_house,
    is_service,
    main_lines,
    main_shares,
    number,
    once_a_bill,
    opens,
    production,
    rule_1_lines,
    unlicensed,
)

Obstacle = Literal["abroad", "unlicensed", "activity", "no domestic line"]

FACTORY = {"own": Fraction(100), "partner_factory": Fraction(60), "outsourced": Fraction(30)}


# ---------------------------------------------------------------------------------------------------------------------
# The nine rules of design section 4, as the corrections mend them
# ---------------------------------------------------------------------------------------------------------------------


@once_a_bill
def rule_2_credit(bill: Bill, part: str, high: bool = False) -> int:
    """Today's credit; or its upper bound, in which a certificate of open term enters if it adds (W2)."""
    today = certificate_value(bill, part)
    if not high:
        return credit(bill, part, today, high)
    return max(credit(bill, part, today, high), credit(bill, part, certificate_value(bill, part, "longer"), high))


def credit(bill: Bill, part: str, certified: Fraction | None, high: bool) -> int:
    """In order: abroad 0; certificate; natural; not produced 0; unknown; no licence 0; all domestic 100; else 25."""
    record = bill.parts[part]
    natural = bool(record.get("natural_resource"))
    origin = record.get("made_in") or ("ID" if natural or certified is not None else None)
    if origin not in ("ID", None):
        return 0
    if certified is not None:
        return band(certified)
    if natural:
        return 100
    made = produced(bill, part)
    if made is False or (made is None and not high):
        return 0
    if origin is None:
        return 100 if high else 0
    if unlicensed(bill, part):
        return 0
    if rule_3_all_domestic(bill, part, high):
        return 100
    return 25


def produced(bill: Bill, part: str) -> bool | None:
    """W7: more than packed, dismantled or finished within its tariff line; a service's KBLI by that reading."""
    if bill.readings.service_kbli_test == "service" and is_service(bill, part):
        return False
    if bill.readings.production_test == "none":
        return True
    return real_activity(bill, part)


@once_a_bill
def rule_3_all_domestic(bill: Bill, part: str, high: bool = False) -> bool:
    """A statement on the part wins; else it needs lines, and every line (main or not) must pass."""
    statement = bill.parts[part].get("all_domestic_material")
    if statement is not None:
        return bool(statement)
    lines = rule_1_lines(bill, part)
    return len(lines) > 0 and all(domestic_line(bill, line, high) for line in lines)


def domestic_line(bill: Bill, line: str, high: bool) -> bool:
    """By country: natural, or made in Indonesia; by the bill: natural, or made in ID of all domestic material too."""
    if country(bill, line) not in (("ID", None) if high else ("ID",)):
        return False
    if bill.readings.raw_material_test == "country" or bill.parts[line].get("natural_resource"):
        return True
    return rule_3_all_domestic(bill, line, high)


def rule_4_calculable(bill: Bill, good: str) -> bool | None:
    """At least one line is domestic; manufacture, or finishing that changed the tariff line; made in Indonesia."""
    answers = [made_here(bill, good), real_activity(bill, good), one_line_domestic(bill, good)]
    if False in answers:
        return False
    return None if None in answers else True


def product_calculable(bill: Bill, good: str) -> bool | None:
    """Rule 4, and W6: a product whose maker is stated to hold no industrial licence cannot be calculated."""
    return False if unlicensed(bill, good) else rule_4_calculable(bill, good)


def obstacles(bill: Bill, good: str) -> set[Obstacle]:
    """Return everything that is known to keep the product from being calculated (Pasal 9)."""
    known: dict[Obstacle, bool] = {
        "abroad": made_here(bill, good) is False,
        "unlicensed": unlicensed(bill, good),
        "activity": real_activity(bill, good) is False,
        "no domestic line": one_line_domestic(bill, good) is False,
    }
    return {name for name, holds in known.items() if holds}


@once_a_bill
def rule_5_own(bill: Bill, part: str) -> Fraction | None:
    """Made in Indonesia, lines, complete facts, calculable, maker not unlicensed; potential credits; two decimals."""
    if not may_have_own(bill, part) or rule_4_calculable(bill, part) is not True:
        return None
    if rule_8_labour(bill, part) is None or overhead_ladder(bill, part) is None:
        return None
    value = tkdn(bill, part, lambda line: rule_6_potential_credit(bill, line), ZERO)
    return None if value is None else rule_9_round(value)


def may_have_own(bill: Bill, part: str) -> bool:
    """Return True unless it is a phantom or stage, or its maker is stated to hold no licence (Pasal 27)."""
    return not (opens(bill, part) or is_in_house(bill, part) or unlicensed(bill, part))


@once_a_bill
def rule_6_potential_credit(bill: Bill, part: str) -> int:
    """The larger of today's credit and the band of `own`."""
    today = rule_2_credit(bill, part)
    own = rule_5_own(bill, part)
    return today if own is None else max(today, band(own))


def rule_7_bounds(bill: Bill, good: str) -> tuple[Fraction | None, Fraction | None]:
    """low: unknown origin imported, unknown labour and overhead 0; high: unknown origin, labour and overhead 100."""
    calculable = product_calculable(bill, good)
    low = tkdn(bill, good, lambda part: rule_2_credit(bill, part), ZERO)
    high = tkdn(bill, good, lambda part: rule_2_credit(bill, part, high=True), HUNDRED)
    return low if calculable is True else None, high if calculable is not False else None


def upper_potential(bill: Bill, good: str) -> Fraction | None:
    """Return the potential if everything not known were at its best: the second of `potential_bounds`."""
    if product_calculable(bill, good) is False:
        return None
    return tkdn(bill, good, lambda part: best_credit(bill, part), HUNDRED)


@once_a_bill
def best_credit(bill: Bill, part: str) -> int:
    """Unknown origin 100; domestic without lines 100; with lines its high credit or the band of its best own value."""
    high = rule_2_credit(bill, part, high=True)
    origin, made = country(bill, part), produced(bill, part)
    if origin not in ("ID", None) or is_in_house(bill, part):
        return high
    if origin is None:
        return high if made is False else 100
    if not rule_1_lines(bill, part):
        return high if made is False or unlicensed(bill, part) else 100
    own = best_own(bill, part)
    return high if own is None else max(high, band(own))


def best_own(bill: Bill, part: str) -> Fraction | None:
    """Return rule 5's value with everything unknown at its best; None if it can have none."""
    if not may_have_own(bill, part) or rule_4_calculable(bill, part) is False:
        return None
    value = tkdn(bill, part, lambda line: best_credit(bill, line), HUNDRED)
    return None if value is None else rule_9_round(value)


def rule_8_labour(bill: Bill, good: str) -> Fraction | None:
    """Indonesian x 2 >= all direct workers: by factory; fewer: 0. No worker at all, or a missing figure, is a gap."""
    facts = production(bill, good)
    if facts.get("indonesian_workers") is None or facts.get("foreign_workers") is None:
        return None
    indonesian, everyone = facts["indonesian_workers"], facts["indonesian_workers"] + facts["foreign_workers"]
    if everyone == 0:
        return None
    if indonesian * 2 < everyone:
        return ZERO
    return FACTORY[facts["factory"]] if facts.get("factory") is not None else None


def rule_9_round(value: Fraction) -> Fraction:
    """Two kinds of rounding only: rule 5 (half up to two decimals, before it is banded), and output."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


# ---------------------------------------------------------------------------------------------------------------------
# Pasal 4, 5, 7, 9, 10
# ---------------------------------------------------------------------------------------------------------------------


def tkdn(bill: Bill, good: str, credit: Callable[[str], int], unknown_factor: Fraction) -> Fraction | None:
    """Pasal 4 and 12: 75% x material + 10% x labour + 15% x overhead + brainware, at most 100%."""
    material = material_value(bill, good, credit)
    labour, overhead = rule_8_labour(bill, good), overhead_ladder(bill, good)
    if material is None:
        return None
    total = (
        Fraction(75, 100) * material
        + Fraction(10, 100) * (unknown_factor if labour is None else labour)
        + Fraction(15, 100) * (unknown_factor if overhead is None else overhead)
        + brainware(bill, good)
    )
    return min(HUNDRED, total)


def material_value(bill: Bill, good: str, credit: Callable[[str], int]) -> Fraction | None:
    """Pasal 5: the sum over main components of cost share x credited percentage."""
    shares = main_shares(bill, good)
    if shares is None:
        return None
    return sum((share / 100 * credit(part) for part, share in shares.items()), ZERO)


def band(value: Fraction) -> int:
    """Pasal 5(2)a: over 80: 100; over 60 to 80: 80; over 40 to 60: 60; 25 to 40: 40; under 25: 25."""
    if value > 80:
        return 100
    if value > 60:
        return 80
    if value > 40:
        return 60
    if value >= 25:
        return 40
    return 25


def overhead_ladder(bill: Bill, good: str) -> Fraction | None:
    """Pasal 7: invested in Indonesia: by factory; not invested: 0; not known: None."""
    facts = production(bill, good)
    if facts.get("invested_in_indonesia") is False:
        return ZERO
    if facts.get("invested_in_indonesia") is None or facts.get("factory") is None:
        return None
    return FACTORY[facts["factory"]]


def brainware(bill: Bill, good: str) -> Fraction:
    """Pasal 10-11, Lampiran II: 20% x sum(weight x criterion); what is not given adds nothing."""
    facts: Record = bill.parts[good].get("brainware") or {}
    rd_share = number(facts.get("rd_share_of_revenue") or 0) * 100
    investment = next(
        points
        for points, reached in (
            (100, rd_share > 2),
            (75, rd_share >= Fraction("1.5")),
            (50, rd_share >= 1),
            (25, rd_share >= Fraction("0.5")),
            (0, True),
        )
        if reached
    )
    unit = {"own": 100, "third_party": 50, "none": 0}[facts.get("rd_unit") or "none"]
    programme = 100 if facts.get("rd_programme") else 0
    used = 100 if facts.get("rd_used_in_product") else 0
    return Fraction(20, 100) * Fraction(30 * investment + 20 * unit + 20 * programme + 30 * used, 100)


def credit_known(bill: Bill, part: str) -> bool:
    """Return True if its credit is the same whatever the unknown turns out to be, an open term that lowers it too."""
    by_longer_term = credit(bill, part, certificate_value(bill, part, "longer"), high=False)
    return rule_2_credit(bill, part) == rule_2_credit(bill, part, high=True) == by_longer_term


@once_a_bill
def made_here(bill: Bill, good: str) -> bool | None:
    """Pasal 9(1): made in Indonesia; None if its country is unknown."""
    origin = country(bill, good)
    return None if origin is None else origin == "ID"


def real_activity(bill: Bill, good: str) -> bool | None:
    """Pasal 9(2)b-e: manufacture (also when absent), or finishing that changed the tariff line."""
    activity = production(bill, good).get("activity") or "manufacture"
    return tariff_line_changed(bill, good) if activity == "finishing" else bool(activity == "manufacture")


def tariff_line_changed(bill: Bill, good: str) -> bool | None:
    """W9: as stated; else changed if no main line has the good's code, unchanged if one has, as far as codes decide."""
    facts = production(bill, good)
    for key in ("tariff_line_changed", "hs_heading_changed"):
        if facts.get(key) is not None:
            return bool(facts[key])
    same = [same_tariff_line(bill, good, line) for line in main_lines(bill, good)]
    if True in same:
        return False
    return None if None in same or not same else True


def same_tariff_line(bill: Bill, one: str, other: str) -> bool | None:
    """Compare eight digits; shorter codes decide only if they differ on the digits both have."""
    codes = [
        "".join(sign for sign in bill.parts[part].get("hs_code") or "" if sign.isdigit())[:8] for part in (one, other)
    ]
    digits = min(map(len, codes))
    if digits and codes[0][:digits] != codes[1][:digits]:
        return False
    return True if digits == 8 else None


def one_line_domestic(bill: Bill, good: str) -> bool | None:
    """Pasal 9(2)a: a domestic line, main or not (W15: or main only); None if it is not known, or there is no line."""
    lines = rule_1_lines(bill, good)
    opening = main_lines(bill, good) if bill.readings.domestic_line_test == "main" else lines
    origins = [country(bill, line) for line in opening]
    if "ID" in origins:
        return True
    return None if None in origins or not lines else False
