"""A naive, independent oracle for the TKDN of goods under Permenperin 35/2025.

It implements the nine written rules of ``design.md`` section 4 by plain recursion on exact fractions, with the legal
numbers as literals, and shares nothing with the library: what the two agree on was computed twice. It expects a valid
document (design section 8, as a Python ``dict``) and checks nothing.

Every percentage is a ``Fraction`` of percent (27.5 is 27.5%), exact and unrounded, except ``own``, which rule 5 rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, Literal, TypedDict

Document = Mapping[str, Any]
Record = Mapping[str, Any]
Status = Literal["complete", "incomplete", "cannot_be_calculated"]
Basis = Literal["score", "potential"]

HUNDRED = Fraction(100)
ZERO = Fraction(0)
FACTORY = {"own": Fraction(100), "partner_factory": Fraction(60), "outsourced": Fraction(30)}
UNITS: dict[str, tuple[str, Fraction]] = {
    "pcs": ("count", Fraction(1)),
    "buah": ("count", Fraction(1)),
    "set": ("count", Fraction(1)),
    "pasang": ("count", Fraction(2)),
    "lusin": ("count", Fraction(12)),
    "kodi": ("count", Fraction(20)),
    "gros": ("count", Fraction(144)),
    "g": ("mass", Fraction(1, 1000)),
    "kg": ("mass", Fraction(1)),
    "ton": ("mass", Fraction(1000)),
    "mm": ("length", Fraction(1, 1000)),
    "cm": ("length", Fraction(1, 100)),
    "m": ("length", Fraction(1)),
    "ml": ("volume", Fraction(1, 1000)),
    "l": ("volume", Fraction(1)),
}


class Component(TypedDict):
    """What is said of one part that the product reaches."""

    main: bool
    counts: bool
    certified: Fraction | None
    own: Fraction | None
    credited: int | None
    credited_potential: int | None
    cost: Fraction | None
    share: Fraction | None
    points: Fraction | None
    potential_points: Fraction | None


class Factors(TypedDict):
    """Factor values in percent, before their weights; None where the value is not known (the score counts it as 0)."""

    material: Fraction | None
    labour: Fraction | None
    overhead: Fraction | None
    brainware: Fraction


class Outcome(TypedDict):
    """What is said of the product."""

    score: Fraction | None
    potential: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    status: Status
    components: dict[str, Component]
    factors: Factors


@dataclass(frozen=True)
class Bill:
    """A document made ready for looking things up, on one date."""

    on: date
    product: str
    parts: Mapping[str, Record]
    uses: list[Record]
    suppliers: Mapping[str, Record]
    rates: list[Record]
    currency: str


# ---------------------------------------------------------------------------------------------------------------------
# What comes out
# ---------------------------------------------------------------------------------------------------------------------


def assess(document: Document, on: date) -> Outcome:
    """Assess the document's product on the date, as design section 4 asks."""
    bill = read(document, on)
    good = bill.product
    low, high = rule_7_bounds(bill, good)
    score, potential = value_on(bill, "score"), value_on(bill, "potential")
    labour, overhead = rule_8_labour(bill, good), overhead_ladder(bill, good)
    material = None if score is None else material_value(bill, good, lambda part: rule_2_credit(bill, part))
    return {
        "score": score,
        "potential": potential,
        "low": low,
        "high": high,
        "coverage": coverage(bill, good),
        "status": status(bill, good, score),
        "components": {part: component(bill, part, score) for part in reachable(bill)},
        "factors": {
            "material": material,
            "labour": labour,
            "overhead": overhead,
            "brainware": brainware(bill, good),
        },
    }


def lift(document: Document, on: date, basis: Basis, parts: Iterable[str]) -> tuple[Fraction | None, Fraction | None]:
    """Lift of all these parts together, and the value without them: value - value if they came from abroad."""
    value = value_on(read(document, on), basis)
    without = value_on(read(abroad(document, set(parts)), on), basis)
    if value is None or without is None:
        return None, None
    return value - without, without


def value_on(bill: Bill, basis: Basis) -> Fraction | None:
    """Return the product's score (low is the score), or its potential; without a score there is no potential."""
    score, _ = rule_7_bounds(bill, bill.product)
    if score is None or basis == "score":
        return score
    return tkdn(bill, bill.product, lambda part: rule_6_potential_credit(bill, part), ZERO)


def ikm_parts(document: Document, on: date) -> list[str]:
    """List the reachable bought parts made in Indonesia by a micro, small or medium maker, in the document's order."""
    bill = read(document, on)
    reached = reachable(bill)
    return [
        part
        for part in bill.parts
        if part in reached
        and part != bill.product
        and not bill.parts[part].get("in_house", False)
        and country(bill, part) == "ID"
        and scale(bill, maker(bill, part)) in ("micro", "small", "medium")
    ]


def abroad(document: Document, parts: set[str]) -> Document:
    """Return the document with these parts made abroad; what they cost and everything else stays."""
    gone = ("certificates", "all_domestic_material", "natural_resource")
    moved = [
        {**{key: value for key, value in part.items() if key not in gone}, "made_in": "XX"}
        if part["id"] in parts
        else part
        for part in document["parts"]
    ]
    return {**document, "parts": moved}


# ---------------------------------------------------------------------------------------------------------------------
# The nine rules of design section 4
# ---------------------------------------------------------------------------------------------------------------------


def rule_1_lines(bill: Bill, good: str) -> dict[str, Fraction]:
    """Uses valid on the date, alternatives resolved, phantoms (and in-house) opened, two uses of one part added up."""
    lines: dict[str, Fraction] = {}
    for use in uses_now(bill, good):
        quantity = gross_quantity(bill, use)
        inner = rule_1_lines(bill, use["part"]) if opens(bill, use["part"]) else {use["part"]: Fraction(1)}
        for part, inner_quantity in inner.items():
            lines[part] = lines.get(part, ZERO) + quantity * inner_quantity
    return lines


def rule_2_credit(bill: Bill, part: str, high: bool = False) -> int:
    """In order: not made in ID 0; a certificate: its band; natural 100; no licence 0; all domestic 100; else 25."""
    origin = country(bill, part)
    certified = certificate_value(bill, part)
    if origin is None:
        return 100 if high else 0
    if origin != "ID":
        return 0
    if certified is not None:
        return band(certified)
    if bill.parts[part].get("natural_resource"):
        return 100
    if unlicensed(bill, part):
        return 0
    if rule_3_all_domestic(bill, part, high):
        return 100
    return 25


def rule_3_all_domestic(bill: Bill, part: str, high: bool = False) -> bool:
    """A statement on the part wins; else it needs lines, and every line (main or not) is natural or made in ID."""
    statement = bill.parts[part].get("all_domestic_material")
    if statement is not None:
        return bool(statement)
    accepted = ("ID", None) if high else ("ID",)
    lines = rule_1_lines(bill, part)
    return len(lines) > 0 and all(country(bill, line) in accepted for line in lines)


def rule_4_calculable(bill: Bill, good: str) -> bool | None:
    """At least one line is domestic; manufacture, or finishing that changed the HS heading; made in Indonesia."""
    answers = [made_here(bill, good), real_activity(bill, good), one_line_domestic(bill, good)]
    if False in answers:
        return False
    return None if None in answers else True


def rule_5_own(bill: Bill, part: str) -> Fraction | None:
    """Made in Indonesia, lines, complete facts, calculable, maker not unlicensed; potential credits; two decimals."""
    if opens(bill, part) or rule_4_calculable(bill, part) is not True or unlicensed(bill, part):
        return None
    if rule_8_labour(bill, part) is None or overhead_ladder(bill, part) is None:
        return None
    value = tkdn(bill, part, lambda line: rule_6_potential_credit(bill, line), ZERO)
    return None if value is None else rule_9_round(value)


def rule_6_potential_credit(bill: Bill, part: str) -> int:
    """The larger of today's credit and the band of `own`."""
    today = rule_2_credit(bill, part)
    own = rule_5_own(bill, part)
    return today if own is None else max(today, band(own))


def rule_7_bounds(bill: Bill, good: str) -> tuple[Fraction | None, Fraction | None]:
    """low: unknown origin imported, unknown labour and overhead 0; high: unknown origin, labour and overhead 100."""
    calculable = rule_4_calculable(bill, good)
    low = tkdn(bill, good, lambda part: rule_2_credit(bill, part), ZERO)
    high = tkdn(bill, good, lambda part: rule_2_credit(bill, part, high=True), HUNDRED)
    return low if calculable is True else None, high if calculable is not False else None


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
# Pasal 4, 5, 7, 10 and what is said of the product and its parts
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


def coverage(bill: Bill, good: str) -> Fraction | None:
    """Share of the main material cost whose credit is known: the same in the score and in the upper bound."""
    shares = main_shares(bill, good)
    if shares is None:
        return None
    return sum((share for part, share in shares.items() if credit_known(bill, part)), ZERO)


def status(bill: Bill, good: str, score: Fraction | None) -> Status:
    """complete: no gap affects the score; cannot_be_calculated: Pasal 9 is known not to hold; else incomplete."""
    if rule_4_calculable(bill, good) is False:
        return "cannot_be_calculated"
    if score is None or rule_8_labour(bill, good) is None or overhead_ladder(bill, good) is None:
        return "incomplete"
    return "complete" if all(credit_known(bill, part) for part in main_lines(bill, good)) else "incomplete"


def component(bill: Bill, part: str, score: Fraction | None) -> Component:
    """Everything said of one part; an in-house part is listed with nothing credited: its lines count instead."""
    stage = opens(bill, part)
    quantity = rule_1_lines(bill, bill.product).get(part)
    shares = main_shares(bill, bill.product)
    share = None if shares is None else shares.get(part)
    credited = None if stage else rule_2_credit(bill, part)
    credited_potential = None if stage else rule_6_potential_credit(bill, part)
    return {
        "main": is_main(bill, part),
        "counts": part in main_lines(bill, bill.product),
        "certified": certificate_value(bill, part),
        "own": rule_5_own(bill, part),
        "credited": credited,
        "credited_potential": credited_potential,
        "cost": None if quantity is None else line_cost(bill, part, quantity),
        "share": share,
        "points": None if score is None else points(share, credited),
        "potential_points": None if score is None else points(share, credited_potential),
    }


def points(share: Fraction | None, credited: int | None) -> Fraction | None:
    """0.75 x share x credited."""
    return None if share is None or credited is None else Fraction(75, 100) * share * credited / 100


def credit_known(bill: Bill, part: str) -> bool:
    """Is the part's credit the same whatever the unknown origins turn out to be?"""
    return rule_2_credit(bill, part) == rule_2_credit(bill, part, high=True)


def made_here(bill: Bill, good: str) -> bool | None:
    """Pasal 9(1): made in Indonesia; None where its country is unknown."""
    origin = country(bill, good)
    return None if origin is None else origin == "ID"


def real_activity(bill: Bill, good: str) -> bool | None:
    """Pasal 9(2)b-e: manufacture (also when absent), or finishing that changed the HS heading."""
    facts = production(bill, good)
    activity = facts.get("activity") or "manufacture"
    if activity == "finishing":
        changed: bool | None = facts.get("hs_heading_changed")
        return changed
    return bool(activity == "manufacture")


def one_line_domestic(bill: Bill, good: str) -> bool | None:
    """Pasal 9(2)a: a domestic line, main or not; None where none is known and one is unknown, or there is no line."""
    origins = [country(bill, line) for line in rule_1_lines(bill, good)]
    if "ID" in origins:
        return True
    return None if None in origins or not origins else False


# ---------------------------------------------------------------------------------------------------------------------
# Lines and money
# ---------------------------------------------------------------------------------------------------------------------


def uses_now(bill: Bill, parent: str) -> list[Record]:
    """Uses under the parent that are valid on the date: an alternative only where chosen, and then not the other."""
    valid = [use for use in bill.uses if use["parent"] == parent and valid_on(use, bill.on)]
    replaced = {use["alternative_to"] for use in valid if use.get("alternative_to") and use.get("chosen")}
    return [use for use in valid if (use.get("chosen") if use.get("alternative_to") else use["part"] not in replaced)]


def valid_on(use: Record, on: date) -> bool:
    """valid_from, valid_to: effectivity dates, both included."""
    starts, ends = day(use.get("valid_from")), day(use.get("valid_to"))
    return (starts is None or starts <= on) and (ends is None or on <= ends)


def opens(bill: Bill, part: str) -> bool:
    """Phantoms and in-house parts are not bought: their lines open into the good's."""
    return bool(bill.parts[part].get("phantom") or bill.parts[part].get("in_house"))


def gross_quantity(bill: Bill, use: Record) -> Fraction:
    """gross = net / (1 - scrap), in the unit of the part."""
    own_unit = bill.parts[use["part"]].get("unit") or "pcs"
    net = number(use["quantity"]) * factor(use.get("unit") or own_unit, own_unit)
    return net / (1 - number(use.get("scrap") or 0))


def factor(unit: str, target: str) -> Fraction:
    """How many of the target unit one unit is."""
    if unit == target:
        return Fraction(1)
    (kind, size), (target_kind, target_size) = UNITS[unit], UNITS[target]
    assert kind == target_kind, f"{unit} does not convert to {target}"
    return size / target_size


def unit_cost(bill: Bill, part: str) -> Fraction | None:
    """The stated price, else the sum over all lines (main or not) plus conversion cost; None where not known."""
    record = bill.parts[part]
    if record.get("price") is not None:
        return rupiah(bill, record["price"])
    lines = rule_1_lines(bill, part)
    costs = [line_cost(bill, line, quantity) for line, quantity in lines.items()]
    known = [cost for cost in costs if cost is not None]
    if not costs or len(known) < len(costs):
        return None
    return sum(known, ZERO) + conversion_cost(bill, part) + stage_cost(bill, part)


def line_cost(bill: Bill, part: str, quantity: Fraction) -> Fraction | None:
    """Cost of a line = gross quantity x unit cost, in rupiah."""
    cost = unit_cost(bill, part)
    return None if cost is None else quantity * cost


def conversion_cost(bill: Bill, part: str) -> Fraction:
    """Money added per unit when it is made here."""
    money = bill.parts[part].get("conversion_cost")
    return ZERO if money is None else rupiah(bill, money)


def stage_cost(bill: Bill, good: str) -> Fraction:
    """Conversion cost of the in-house stages on the way to one unit of the good."""
    return sum(
        (
            gross_quantity(bill, use) * (conversion_cost(bill, use["part"]) + stage_cost(bill, use["part"]))
            for use in uses_now(bill, good)
            if opens(bill, use["part"])
        ),
        ZERO,
    )


def main_lines(bill: Bill, good: str) -> dict[str, Fraction]:
    """The material sum takes the main lines."""
    return {part: quantity for part, quantity in rule_1_lines(bill, good).items() if is_main(bill, part)}


def main_shares(bill: Bill, good: str) -> dict[str, Fraction] | None:
    """Percent of the main material cost; None where there is no main line or one has no price: there is no share."""
    costs = {part: line_cost(bill, part, quantity) for part, quantity in main_lines(bill, good).items()}
    known = {part: cost for part, cost in costs.items() if cost is not None}
    total = sum(known.values(), ZERO)
    if len(known) < len(costs) or total == 0:
        return None
    return {part: cost / total * 100 for part, cost in known.items()}


def is_main(bill: Bill, part: str) -> bool:
    """main: false is not a main component; default true."""
    return bill.parts[part].get("main") is not False


def rupiah(bill: Bill, money: Record) -> Fraction:
    """Money in rupiah for one unit: amount / per x the latest rate from on or before the date."""
    amount = number(money["amount"]) / number(money.get("per") or 1)
    currency = money.get("currency") or bill.currency
    if currency == "IDR":
        return amount
    known = [rate for rate in bill.rates if rate["currency"] == currency and day_of(rate["from"]) <= bill.on]
    latest = max(known, key=lambda rate: day_of(rate["from"]))
    return amount * number(latest["rate"]) / number(latest.get("per") or 1)


# ---------------------------------------------------------------------------------------------------------------------
# Facts about parts and makers
# ---------------------------------------------------------------------------------------------------------------------


def country(bill: Bill, part: str) -> str | None:
    """made_in, else ID where a certificate counts or it is a natural resource; None is unknown."""
    record = bill.parts[part]
    made_in: str | None = record.get("made_in")
    if made_in is None and (record.get("natural_resource") or certificate_value(bill, part) is not None):
        return "ID"
    return made_in


def certificate_value(bill: Bill, part: str) -> Fraction | None:
    """Value of the latest issued certificate that counts on the date; of two issued on one day the lower."""
    counting = [held for held in bill.parts[part].get("certificates") or [] if counts_on(held, bill.on)]
    if not counting:
        return None
    latest = max(day_of(held["issued"]) for held in counting)
    return min(number(held["tkdn"]) for held in counting if day_of(held["issued"]) == latest)


def counts_on(held: Record, on: date) -> bool:
    """From issued to expires, both included, not from the day it is withdrawn, not while frozen."""
    issued, withdrawn, frozen = day_of(held["issued"]), day(held.get("withdrawn")), held.get("frozen")
    expires = day(held.get("expires")) or five_years_after(issued)
    if not issued <= on <= expires:
        return False
    if withdrawn is not None and withdrawn <= on:
        return False
    return not (frozen and day_of(frozen[0]) <= on <= day_of(frozen[1]))


def five_years_after(issued: date) -> date:
    """Return the same day and month five years on; 29 February becomes 28 February."""
    leap_day = (issued.month, issued.day) == (2, 29)
    return date(issued.year + 5, issued.month, 28 if leap_day else issued.day)


def production(bill: Bill, good: str) -> Record:
    """Return the production facts of what is made; none stated is an empty record."""
    facts: Record = bill.parts[good].get("production") or {}
    return facts


def maker(bill: Bill, part: str) -> Record:
    """Who makes it (default: the supplier); nobody named is an empty record."""
    record = bill.parts[part]
    firm: str | None = record.get("maker") or record.get("supplier")
    return {} if firm is None else bill.suppliers[firm]


def unlicensed(bill: Bill, part: str) -> bool:
    """Is the maker stated to hold no industrial licence? A licence not stated is assumed held."""
    return maker(bill, part).get("industrial_licence") is False


def scale(bill: Bill, firm: Record) -> str | None:
    """As stated, else by PP 7/2021 Pasal 35 from capital (1, 5, 10 billion), else from sales (2, 15, 50 billion)."""
    stated: str | None = firm.get("scale")
    if stated is not None:
        return stated
    for fact, limits in (("capital", (1, 5, 10)), ("sales", (2, 15, 50))):
        if firm.get(fact) is not None:
            billions = rupiah(bill, firm[fact]) / 10**9
            sizes = zip(("micro", "small", "medium"), limits, strict=True)
            return next((size for size, limit in sizes if billions <= limit), "large")
    return None


# ---------------------------------------------------------------------------------------------------------------------
# Reading the document
# ---------------------------------------------------------------------------------------------------------------------


def read(document: Document, on: date) -> Bill:
    """Make a document ready; the product may be left out when exactly one part is used by no other."""
    uses = list(document.get("uses") or [])
    parts = {part["id"]: part for part in document["parts"]}
    used = {use["part"] for use in uses}
    return Bill(
        on=on,
        product=document.get("product") or next(part for part in parts if part not in used),
        parts=parts,
        uses=uses,
        suppliers={firm["id"]: firm for firm in document.get("suppliers") or []},
        rates=list(document.get("rates") or []),
        currency=document.get("currency") or "IDR",
    )


def reachable(bill: Bill) -> list[str]:
    """Every part reachable from the product but phantoms; the product first."""
    found: list[str] = []

    def visit(part: str) -> None:
        if part not in found:
            found.append(part)
            for use in uses_now(bill, part):
                visit(use["part"])

    visit(bill.product)
    return [part for part in found if not bill.parts[part].get("phantom")]


def number(value: str | int | float) -> Fraction:
    """Return a decimal string, an integer, or a JSON float by its shortest decimal form, exactly."""
    return Fraction(str(value))


def day_of(text: str) -> date:
    """Return an ISO date."""
    return date.fromisoformat(text)


def day(text: str | None) -> date | None:
    """Return an ISO date, where there is one."""
    return None if text is None else day_of(text)
