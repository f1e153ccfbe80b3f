"""The bill as the naive oracle sees it: lines, money, and facts about parts and makers, on one date under one reading.

Plain recursion over plain records (design section 8); it imports nothing of the library. ``oracle.py`` holds the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from tests.support.oracle_certificates import Term, value_counting

Document = Mapping[str, Any]
Record = Mapping[str, Any]
P = ParamSpec("P")
T = TypeVar("T")

ZERO = Fraction(0)
HUNDRED = Fraction(100)
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


@dataclass(frozen=True)
class Readings:
    """How the text is read where it leaves room; each default is what a verifier is taken to read."""

    raw_material_test: Literal["country", "bill"] = "country"
    material_total: Literal["main", "all"] = "main"
    production_test: Literal["activity", "none"] = "activity"
    domestic_line_test: Literal["any", "main"] = "any"
    service_kbli_test: Literal["goods", "service"] = "goods"
    open_term: Term = "shorter"


TODAY = Readings()
"""The readings the score is computed under if nothing else is asked."""


@dataclass(frozen=True)
class Bill:
    """A document made ready for looking things up, on one date, under one reading of the law."""

    on: date
    product: str
    parts: Mapping[str, Record]
    uses: list[Record]
    suppliers: Mapping[str, Record]
    rates: list[Record]
    currency: str
    readings: Readings = TODAY
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


def once_a_bill(rule: Callable[Concatenate[Bill, P], T]) -> Callable[Concatenate[Bill, P], T]:
    """Return the rule with its answers remembered, so that plain recursion stays quick on bills of forty levels."""

    @wraps(rule)
    def remembered(bill: Bill, /, *of: P.args, **options: P.kwargs) -> T:
        asked = (rule, of, *options.items())
        if asked not in bill.known:
            bill.known[asked] = rule(bill, *of, **options)
        found: T = bill.known[asked]
        return found

    return remembered


# ---------------------------------------------------------------------------------------------------------------------
# Lines and money
# ---------------------------------------------------------------------------------------------------------------------


@once_a_bill
def rule_1_lines(bill: Bill, good: str) -> dict[str, Fraction]:
    """Uses valid on the date, alternatives resolved, phantoms (and in-house) opened, two uses of one part added up."""
    lines: dict[str, Fraction] = {}
    for use in uses_now(bill, good):
        quantity = gross_quantity(bill, use)
        inner = rule_1_lines(bill, use["part"]) if opens(bill, use["part"]) else {use["part"]: Fraction(1)}
        for part, inner_quantity in inner.items():
            lines[part] = lines.get(part, ZERO) + quantity * inner_quantity
    return lines


@once_a_bill
def uses_now(bill: Bill, parent: str) -> list[Record]:
    """Uses under the parent that are valid on the date: an alternative only where chosen, and then not the other."""
    valid = [use for use in uses_under(bill).get(parent, []) if valid_on(use, bill.on)]
    replaced = {use["alternative_to"] for use in valid if use.get("alternative_to") and use.get("chosen")}
    return [use for use in valid if (use.get("chosen") if use.get("alternative_to") else use["part"] not in replaced)]


@once_a_bill
def uses_under(bill: Bill) -> dict[str, list[Record]]:
    """Return the uses under each part that has any, in the order of the document."""
    found: dict[str, list[Record]] = {}
    for use in bill.uses:
        found.setdefault(use["parent"], []).append(use)
    return found


def valid_on(use: Record, on: date) -> bool:
    """valid_from, valid_to: effectivity dates, both included."""
    starts, ends = day(use.get("valid_from")), day(use.get("valid_to"))
    return (starts is None or starts <= on) and (ends is None or on <= ends)


def opens(bill: Bill, part: str) -> bool:
    """Phantoms and in-house parts open into the good's lines, but an in-house part while a certificate of it counts."""
    if bill.parts[part].get("in_house"):
        return certificate_value(bill, part) is None
    return bool(bill.parts[part].get("phantom"))


def is_in_house(bill: Bill, part: str) -> bool:
    """Return True for a stage the maker of the good does on the way, certified or not."""
    return bool(bill.parts[part].get("in_house"))


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


@once_a_bill
def unit_cost(bill: Bill, part: str) -> Fraction | None:
    """The stated price, else the sum over all lines (main or not) plus conversion cost; None where not known."""
    record = bill.parts[part]
    if record.get("price") is not None:
        return rupiah(bill, record["price"])
    lines = rule_1_lines(bill, part)
    costs = [line_cost(bill, line, quantity) for line, quantity in lines.items()]
    known = [cost for cost in costs if cost is not None]
    if record.get("conversion_cost") is not None and part not in uses_under(bill):
        return conversion_cost(bill, part)  # the bill gives it no lines on any day (design section 10)
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


@once_a_bill
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


@once_a_bill
def main_lines(bill: Bill, good: str) -> dict[str, Fraction]:
    """The material sum takes the main lines."""
    return {part: quantity for part, quantity in rule_1_lines(bill, good).items() if is_main(bill, part)}


def main_shares(bill: Bill, good: str) -> dict[str, Fraction] | None:
    """Percent each main line has of the material total; None if there is no share."""
    shares = line_shares(bill, good)
    return None if shares is None else {part: share for part, share in shares.items() if is_main(bill, part)}


@once_a_bill
def line_shares(bill: Bill, good: str) -> dict[str, Fraction] | None:
    """Percent each line has of the material total (W8: of the main lines, or of all lines), adding up to 100.

    None if there is no main line, or a line of the total has no price: then there is no share.
    """
    main = main_lines(bill, good)
    counted = rule_1_lines(bill, good) if bill.readings.material_total == "all" else main
    costs = {part: line_cost(bill, part, quantity) for part, quantity in counted.items()}
    known = {part: cost for part, cost in costs.items() if cost is not None}
    total = sum(known.values(), ZERO)
    if not main or len(known) < len(costs) or total == 0:
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


@once_a_bill
def certificate_value(bill: Bill, part: str, term: Term | None = None) -> Fraction | None:
    """Value of the certificate that counts on the date, by this term of open ones (default: the reading's)."""
    return value_counting(bill.parts[part].get("certificates") or [], bill.on, term or bill.readings.open_term)


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
    """W6: is who makes it stated to hold no industrial licence? A licence not stated is assumed held.

    Of what is outsourced the licence of the firm that makes it decides. If that is not stated, a component is judged by
    its maker; the product is not (27(1)d): that its firm holds one is a condition.
    """
    facts = production(bill, part)
    if facts.get("factory") == "outsourced" and (facts.get("made_by_licence") is not None or part == bill.product):
        return facts.get("made_by_licence") is False
    return maker(bill, part).get("industrial_licence") is False


def is_service(bill: Bill, part: str) -> bool:
    """Lampiran III: KBLI 25920 and 33xxx are industrial services (metal working, repair)."""
    kbli = bill.parts[part].get("kbli") or ""
    return kbli == "25920" or kbli.startswith("33")


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


def read(document: Document, on: date, readings: Readings = TODAY) -> Bill:
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
        readings=readings,
    )


def reachable(bill: Bill) -> list[str]:
    """Every part reachable from the product but phantoms; the product first."""
    found: dict[str, None] = {}

    def visit(part: str) -> None:
        if part not in found:
            found[part] = None
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
    """Return an ISO date, if there is one."""
    return None if text is None else day_of(text)
