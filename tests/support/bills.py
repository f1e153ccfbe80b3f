"""Hypothesis strategies that draw whole random bills of materials as JSON-ready documents.

Every bill is valid under ``design.md`` section 3: no contradictions, no loops, every reference resolves, every foreign
currency has a rate. Most bills are *tidy*: nothing is missing that the score needs; the others leave one or two kinds
of things out. Values crowd around the legal edges (25, 40, 60, 80, half of the workers, the assessment date),
and many bills use round numbers only, so that exact ties happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from tests.support.bill_certificates import ON, TKDN_VALUES, TODAY, TOMORROW, YESTERDAY, certificates, one_counts
from tests.support.draws import below, chance, pick, shuffled, weighted

Document = dict[str, Any]
Record = dict[str, Any]

__all__ = ["ON", "PRICES", "QUANTITIES", "SCRAPS", "TKDN_VALUES", "Document", "Record", "bills", "small_bills"]

# Units that convert to each other. The first of a family is the one that shrinking prefers.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("pcs", "buah", "set", "pasang", "lusin", "kodi", "gros"),
    ("kg", "g", "ton"),
    ("m", "cm", "mm"),
    ("l", "ml"),
)
ROUND_QUANTITIES: tuple[str | int, ...] = ("1", 1, "2", "1", 4, "3")
QUANTITIES: tuple[str | int, ...] = ("1", "2", "4", "3", 10, "0.5", "2.5", "20", "40", 7, "0.125", "1e2", "0.333")
ROUND_PRICES: tuple[str | int, ...] = ("1000", "2000", 1000, "3000", "4000", "5000", 8000)
# Totals of which credited shares fall on an edge (a fifth at 100 and 25 points: 40) or on a half hundredth (an eighth).
ROUND_TOTALS = (5000, 8000, 10000, 20000, 40000, 50000, 80000)
PRICES: tuple[str | int, ...] = ("1000", "2500", "4000", "49000", 8500, "115520000", "333.33", "0.90", "1e6", "77777")
SCRAPS: tuple[str | int, ...] = ("0.05", "0.2", "0.5", "0.03", "0", 0, "0.125")
ABROAD = ("CN", "JP", "DE", "US", "XX")
# Codes of goods and of their lines: equal, equal but for points or for digits after the eighth, too short to tell, other.
HS_CODES = (
    *("87082995", "87082995", "8708.29.95", "8708299500", "8708.29", "8708"),
    *("73063099", "8708.29.96", "7306", "84099110"),
)
KBLIS = ("29300", "25920", "33111", "25910", "33190")

IN_EFFECT: tuple[Record, ...] = (
    {"valid_from": TODAY},
    {"valid_to": TODAY},
    {"valid_from": "2026-01-01", "valid_to": "2026-12-31"},
    {"valid_from": TODAY, "valid_to": TODAY},
)
NOT_IN_EFFECT: tuple[Record, ...] = (
    {"valid_from": TOMORROW},
    {"valid_to": YESTERDAY},
    {"valid_from": "2025-01-01", "valid_to": "2025-12-31"},
    {"valid_from": "2027-01-01"},
)

# Indonesian and foreign direct workers: majorities, exact halves, one short of half.
WORKERS = ((40, 2), (1, 0), (10, 10), (1, 1), (9, 10), (12, 3), (25, 25), (24, 25), (500, 499), (7, 0))
RD_SHARES: tuple[str | int, ...] = ("0.021", "0.02", "0.015", "0.0149", "0.01", "0.005", "0.0049", "0", 0)
BAD_ACTIVITIES = ("packing", "dismantling", "none")

# Rates at which one currency was known by ON; every list holds at least one that is old enough.
RATES: dict[str, tuple[tuple[Record, ...], ...]] = {
    "USD": (
        ({"rate": "16250", "from": "2026-01-01"},),
        ({"rate": "16000", "from": "2025-06-01"}, {"rate": "16312.5", "from": TODAY}),
        ({"rate": "16400", "from": YESTERDAY}, {"rate": 17000, "from": TOMORROW}),
    ),
    "JPY": (
        ({"rate": "10850", "per": 100, "from": "2026-05-15"},),
        ({"rate": "108.5", "from": "2026-02-01"}, {"rate": "11000", "per": "100", "from": "2026-07-01"}),
        ({"rate": "10900", "per": 100, "from": "2024-01-01"}, {"rate": "107", "from": "2026-05-31"}),
    ),
}

# Firm sizes at the limits of PP 7/2021: capital 1, 5, 10 and yearly sales 2, 15, 50 billion rupiah.
CAPITALS: tuple[Record, ...] = (
    *({"amount": amount} for amount in ("1900000000", "1000000000", "5000000000", "5000000001")),
    *({"amount": amount} for amount in ("10000000000", "10000000001", "2e10", 800000000)),
    {"amount": "100000", "currency": "USD"},
)
SALES: tuple[Record, ...] = (
    *({"amount": amount} for amount in ("2000000000", "2000000001", "15000000000", "15000000000.01")),
    *({"amount": amount} for amount in ("50000000000", "50000000000.01", "9e10")),
    {"amount": "5000000", "currency": "USD"},
)


@dataclass(frozen=True)
class Style:
    """What kind of bill is being drawn."""

    faults: frozenset[str]  # what kinds of things may be missing: origin, facts, price, product, dates
    round: bool  # small whole numbers, rupiah, no scrap: exact ties happen
    firms: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """One part as drawn, before it has a place.

    Drafts are drawn one by one, none looking at another, so that shrinking can drop any of them. What refers to other
    parts is a number, interpreted when all drafts are put together.
    """

    kind: str  # bought (nothing is known below it), made (it may have a bill of its own), phantom, in_house
    part: Record
    rolls_up: str = "price"  # where its own lines give it a cost it carries: price, conversion_cost, nothing
    uses: tuple[tuple[int, Record], ...] = ()  # (which earlier part is the parent, the use)
    alternative: tuple[int, Record] | None = None  # (which use it can replace, the use)


def bills() -> st.SearchStrategy[Document]:
    """Draw bills of 2 to 14 parts."""
    return _bills(2, 14)


def small_bills() -> st.SearchStrategy[Document]:
    """Draw bills of 2 to 6 parts."""
    return _bills(2, 6)


@st.composite
def _bills(draw: st.DrawFn, fewest: int, most: int) -> Document:
    fewest_firms = weighted(draw, (0, 10), (1, 30), (2, 36), (3, 24))
    firms = draw(st.lists(_firms(), min_size=fewest_firms, max_size=4))
    firms = [{"id": f"S-{number}", **firm} for number, firm in enumerate(firms, start=1)]
    style = Style(faults=_faults(draw), round=not chance(draw, 42), firms=tuple(firm["id"] for firm in firms))
    product = draw(_products(style))
    at_least = weighted(draw, *((size, size**2) for size in range(fewest, most - most // 7)))  # larger more often
    drafts = [product, draw(_drafts(style, "made"))] if chance(draw, 60) else [product]
    fewer = len(drafts)
    drafts += draw(st.lists(_drafts(style), min_size=at_least - fewer, max_size=most - fewer))
    uses = _uses(drafts)
    parts = _parts(drafts, uses)
    if style.round:
        _make_totals_round(uses, parts)
    document: Document = {"format": "tkdn-bom", "version": 1, "product": "P00", "date": ON.isoformat()}
    roots = set(range(len(parts))) - {use["part"] for use in uses}
    if roots == {0} and chance(draw, 30):
        del document["product"]
    if chance(draw, 50):
        document["currency"] = "IDR"
    for use in uses:
        use.update({key: parts[use[key]]["id"] for key in ("parent", "part", "alternative_to") if key in use})
    document["parts"] = shuffled(draw, parts)
    document["uses"] = shuffled(draw, uses)
    if firms:
        document["suppliers"] = firms
    rates = [
        {"currency": currency, **rate}
        for currency, known in RATES.items()
        if _mentions(parts + firms, currency) or chance(draw, 10)
        for rate in shuffled(draw, pick(draw, known))
    ]
    if rates:
        document["rates"] = rates
    return document


def _faults(draw: st.DrawFn) -> frozenset[str]:
    """Draw what may be missing: mostly nothing, else one or two kinds of things."""
    kinds = ("origin", "origin", "facts", "facts", "price", "product", "dates")
    return frozenset(pick(draw, kinds) for _ in range(weighted(draw, (0, 52), (1, 30), (2, 18))))


# ---------------------------------------------------------------------------------------------------------------------
# Putting drafts together
# ---------------------------------------------------------------------------------------------------------------------


def _uses(drafts: Sequence[Draft]) -> list[Record]:
    """Give every use its place, from a lower to a higher number, so that there is no loop."""
    uses: list[Record] = []
    for number, draft in enumerate(drafts):
        inner = [parent for parent in range(1, number) if drafts[parent].kind != "bought"]
        parents = [0, *inner, *inner[:2]]
        uses.extend({"parent": parents[pick % len(parents)], "part": number, **use} for pick, use in draft.uses)
    replaceable = sorted({(use["parent"], use["part"]) for use in uses})
    taken, chosen = set(replaceable), set()
    for number, draft in enumerate(drafts):
        places = [place for place in replaceable if place[0] < number and (place[0], number) not in taken]
        if draft.alternative is None or not places:
            continue
        pick, use = draft.alternative
        parent, target = places[pick % len(places)]
        alternative = {"parent": parent, "part": number, **use, "alternative_to": target}
        if alternative.get("chosen") and (parent, target) in chosen:
            alternative["chosen"] = False  # two chosen for one is an error
        elif alternative.get("chosen"):
            chosen.add((parent, target))
        taken.add((parent, number))
        uses.append(alternative)
    return uses


def _parts(drafts: Sequence[Draft], uses: Sequence[Record]) -> list[Record]:
    """Number the parts, and let go of the prices of those whose own lines give a cost."""
    rolling_up = _rolling_up(drafts, uses)
    parts: list[Record] = []
    for number, draft in enumerate(drafts):
        part: Record = {"id": f"P{number:02}", **draft.part}
        if number in rolling_up and draft.rolls_up != "price" and "price" in part:
            price = part.pop("price")
            if draft.rolls_up == "conversion_cost":
                part["conversion_cost"] = {key: value for key, value in price.items() if key != "per"}
        parts.append(part)
    return parts


def _rolling_up(drafts: Sequence[Draft], uses: Sequence[Record]) -> set[int]:
    """Return the parts that have a line whatever the date and the choices: their cost may be left to roll up."""
    always = [use for use in uses if not use.keys() & {"valid_from", "valid_to", "alternative_to"}]
    replaceable = {(use["parent"], use["alternative_to"]) for use in uses if "alternative_to" in use}
    with_lines: set[int] = set()
    for use in sorted(always, key=lambda use: -int(use["parent"])):
        opened = drafts[use["part"]].kind in ("phantom", "in_house")
        if (use["parent"], use["part"]) not in replaceable and (not opened or use["part"] in with_lines):
            with_lines.add(use["parent"])
    return with_lines


def _make_totals_round(uses: Sequence[Record], parts: Sequence[Record]) -> None:
    """Set one price under a parent so that its lines add up to a round total, where that is easily done."""
    for parent in range(len(parts)):
        below = [use for use in uses if use["parent"] == parent and parts[use["part"]].get("main") is not False]
        plain = all("alternative_to" not in use and "price" in parts[use["part"]] for use in below)
        free = [use for use in below if str(use["quantity"]) == "1" and _times_used(uses, use["part"]) == 1]
        if not plain or not free:
            continue
        others = sum(
            int(use["quantity"]) * int(parts[use["part"]]["price"]["amount"]) for use in below if use is not free[-1]
        )
        total = next((total for total in ROUND_TOTALS if total > others), None)
        if total is not None:
            parts[free[-1]["part"]]["price"]["amount"] = str(total - others)


def _times_used(uses: Sequence[Record], part: int) -> int:
    return sum(use["part"] == part for use in uses)


# ---------------------------------------------------------------------------------------------------------------------
# Parts
# ---------------------------------------------------------------------------------------------------------------------


@st.composite
def _products(draw: st.DrawFn, style: Style) -> Draft:
    """Draw the product."""
    part = {**_label(draw, "pcs"), **_origin(draw, style, "product")}
    if chance(draw, 8):
        part[pick(draw, ("conversion_cost", "price"))] = _amount(draw, style)
    if style.firms and chance(draw, 15):
        part["maker"] = pick(draw, style.firms)
    return Draft("product", {**part, **_making(draw, style, "product")})


@st.composite
def _drafts(draw: st.DrawFn, style: Style, kind: str | None = None) -> Draft:
    """Draw any other part, and how it is used: once, shared by several, seldom not at all."""
    kind = kind or weighted(draw, ("bought", 40), ("made", 43), ("phantom", 9), ("in_house", 8))
    family = weighted(draw, (FAMILIES[0], 76), *((family, 8) for family in FAMILIES[1:]))
    unit = pick(draw, family) if chance(draw, 25) else family[0]
    part = _label(draw, unit)
    if kind == "phantom":
        part["phantom"] = True
    elif kind == "in_house":
        part.update(_in_house(draw, style))
    else:
        part.update(_origin(draw, style, kind))
        part.update(_price(draw, style))
        part.update(_roles(draw, style))
        if kind == "made":
            part.update(_making(draw, style, kind))
    wanted = weighted(draw, (1, 70), (2, 20), (3, 8), (0, 2))
    return Draft(
        kind=kind,
        part=part,
        rolls_up=weighted(draw, ("price", 45), ("conversion_cost", 27), ("nothing", 28)),
        uses=tuple((draw(below(1000)), _use(draw, style, family, unit)) for _ in range(wanted)),
        alternative=_alternative(draw, style, family, unit) if chance(draw, 10) else None,
    )


def _label(draw: st.DrawFn, unit: str) -> Record:
    """Draw name and unit, which may be left out."""
    label = draw(below(10))
    part: Record = {"name": "Bagian"} if label == 9 else {}
    return {**part, "unit": unit} if unit != "pcs" or label == 8 else part


def _use(draw: st.DrawFn, style: Style, family: tuple[str, ...], unit: str) -> Record:
    """Draw quantity, unit (one that converts), scrap and effectivity dates, mostly none."""
    use: Record = {"quantity": pick(draw, ROUND_QUANTITIES if style.round else QUANTITIES)}
    if style.round:
        use.update({"unit": unit} if chance(draw, 10) else {})
    else:
        use.update({"unit": pick(draw, family)} if chance(draw, 35) else {})
        use.update({"scrap": pick(draw, SCRAPS)} if chance(draw, 20) else {})
    dates = weighted(draw, ("none", 84), ("now", 10), ("not now", 22 if "dates" in style.faults else 6))
    if dates != "none":
        use.update(pick(draw, IN_EFFECT if dates == "now" else NOT_IN_EFFECT))
    return use


def _alternative(draw: st.DrawFn, style: Style, family: tuple[str, ...], unit: str) -> tuple[int, Record]:
    """Draw which use can be replaced, and the use that replaces it where chosen."""
    choice: Record = pick(draw, ({}, {"chosen": True}, {"chosen": True}, {"chosen": False}))
    return draw(below(1000)), {**_use(draw, style, family, unit), **choice}


def _in_house(draw: st.DrawFn, style: Style) -> Record:
    """Draw what an in-house part may carry."""
    stage: Record = {"in_house": True}
    if chance(draw, 60):
        stage["conversion_cost"] = _amount(draw, style)
    if chance(draw, 20):
        stage["made_in"] = "ID"
    if chance(draw, 10):
        stage["main"] = False
    if chance(draw, 25):
        stage["certificates"] = certificates(draw)
    return stage


def _origin(draw: st.DrawFn, style: Style, kind: str) -> Record:
    """Draw country, certificates and statements that do not contradict each other."""
    if kind == "product":
        here, foreign, unknown = (60, 15, 25) if "product" in style.faults else (98, 1, 1)
    elif "origin" in style.faults:
        here, foreign, unknown = 42, 18, 40
    else:
        here, foreign, unknown = (82, 18, 0) if kind == "made" else (60, 40, 0)
    country = weighted(draw, ("ID", here), ("abroad", foreign), ("unknown", unknown))
    if country == "abroad":
        origin: Record = {"made_in": pick(draw, ABROAD)}
        if chance(draw, 8):
            origin[pick(draw, ("all_domestic_material", "natural_resource"))] = False
        return origin
    origin = {"made_in": "ID"} if country == "ID" else {}
    if chance(draw, {"product": 8, "made": 16, "bought": 45}[kind]):
        origin["certificates"] = certificates(draw)
    if kind != "product" and chance(draw, 12 if kind == "bought" else 3):
        origin["natural_resource"] = True
    elif chance(draw, {"product": 5, "made": 7, "bought": 25}[kind]):
        origin["all_domestic_material"] = not chance(draw, 45)
    if ("natural_resource" in origin or one_counts(origin.get("certificates", ()))) and chance(draw, 30):
        origin.pop("made_in", None)  # implied
    return origin


def _price(draw: st.DrawFn, style: Style) -> Record:
    """Draw a price, or (a fault) none."""
    if "price" in style.faults and chance(draw, 35):
        return {}
    price = _amount(draw, style)
    if not style.round and chance(draw, 15):
        price["per"] = pick(draw, (100, "1000", "1", 10))
    return {"price": price}


def _amount(draw: st.DrawFn, style: Style) -> Record:
    """Draw an amount of money in a currency."""
    if style.round:
        amount: Record = {"amount": pick(draw, ROUND_PRICES)}
        return {**amount, "currency": "IDR"} if chance(draw, 20) else amount
    amount = {"amount": str(1 + draw(below(2_000_000))) if chance(draw, 30) else pick(draw, PRICES)}
    currency = weighted(draw, (None, 54), ("IDR", 20), ("USD", 14), ("JPY", 12))
    return amount if currency is None else {**amount, "currency": currency}


def _roles(draw: st.DrawFn, style: Style) -> Record:
    """Draw who sells and makes it, and whether it is a main component."""
    roles: Record = {}
    if style.firms and chance(draw, 82):
        roles["supplier"] = pick(draw, style.firms)
    if style.firms and chance(draw, 15):
        roles["maker"] = pick(draw, style.firms)
    main = weighted(draw, (None, 84), (True, 7), (False, 9))
    if main is not None:
        roles["main"] = main
    return {**roles, **_codes(draw)}


def _codes(draw: st.DrawFn) -> Record:
    """Draw tariff code and KBLI of the maker, mostly none."""
    codes = {"hs_code": pick(draw, HS_CODES)} if chance(draw, 30) else {}
    return {**codes, "kbli": pick(draw, KBLIS)} if chance(draw, 12) else codes


def _making(draw: st.DrawFn, style: Style, kind: str) -> Record:
    """Draw production facts and brainware."""
    made: Record = {}
    complete = "facts" not in style.faults if kind == "product" else chance(draw, 90)
    if complete or chance(draw, 80):
        made["production"] = _production(draw, style, kind, complete)
    if made.get("production", {}).get("activity") == "finishing" and chance(draw, 60):
        made["hs_code"] = pick(draw, HS_CODES)
    if chance(draw, 20):
        made["brainware"] = _brainware(draw)
    return made


def _production(draw: st.DrawFn, style: Style, kind: str, complete: bool) -> Record:
    """Draw production facts; where they need not be complete each may be left out."""
    indonesian, foreign = (0, 0) if not complete and chance(draw, 15) else pick(draw, WORKERS)
    facts: Record = {
        "factory": weighted(draw, ("own", 62), ("partner_factory", 20), ("outsourced", 18)),
        "indonesian_workers": indonesian,
        "foreign_workers": foreign,
        "invested_in_indonesia": not chance(draw, 14),
    }
    if not complete:
        facts = {key: value for key, value in facts.items() if not chance(draw, 22)}
    if (facts.get("factory") == "outsourced" and chance(draw, 50)) or chance(draw, 4):
        facts["made_by_licence"] = chance(draw, 60)
    return {**facts, **_activity(draw, style, kind, complete)}


def _activity(draw: st.DrawFn, style: Style, kind: str, complete: bool) -> Record:
    """Draw what was done, and whether it changed the tariff line: stated, or left to the codes."""
    if kind == "product":
        finishing, bad = (40, 30) if "product" in style.faults else (7, 2)
    else:
        finishing, bad = 16, 8
    activity = weighted(draw, (None, 60), ("manufacture", 32), ("finishing", finishing), ("bad", bad))
    facts: Record = {}
    if activity is not None:
        facts["activity"] = pick(draw, BAD_ACTIVITIES) if activity == "bad" else activity
    if activity == "finishing":
        open_ = kind != "product" or "product" in style.faults or not complete
        changed = weighted(draw, (True, 50), (False, 12), (None, 60 if open_ else 4))
    else:
        changed = weighted(draw, (None, 95), (False, 3), (True, 2))
    if changed is not None:
        facts["hs_heading_changed" if chance(draw, 20) else "tariff_line_changed"] = changed
    return facts


def _brainware(draw: st.DrawFn) -> Record:
    """Draw R&D facts, not always all of them."""
    facts: Record = {
        "rd_share_of_revenue": pick(draw, RD_SHARES),
        "rd_unit": pick(draw, ("own", "third_party", "none")),
        "rd_programme": chance(draw, 50),
        "rd_used_in_product": chance(draw, 50),
    }
    left_out = pick(draw, ("nothing", "nothing", *facts))
    return {key: value for key, value in facts.items() if key != left_out}


# ---------------------------------------------------------------------------------------------------------------------
# Suppliers
# ---------------------------------------------------------------------------------------------------------------------


@st.composite
def _firms(draw: st.DrawFn) -> Record:
    """Draw a supplier but for its id: size stated, by capital, by sales, or unknown."""
    firm: Record = {"name": "CV Logam"}
    known_by = weighted(draw, ("scale", 45), ("capital", 20), ("sales", 15), ("both", 5), ("nothing", 15))
    if known_by == "scale":
        firm["scale"] = weighted(draw, ("small", 35), ("micro", 25), ("medium", 25), ("large", 15))
    if known_by in ("capital", "both"):
        firm["capital"] = pick(draw, CAPITALS)
    if known_by in ("sales", "both"):
        firm["sales"] = pick(draw, SALES)
    licence = weighted(draw, (None, 42), (True, 44), (False, 14))
    if licence is not None:
        firm["industrial_licence"] = licence
    region = pick(draw, (None, "32.13", "32.15", "31.74"))
    if region is not None:
        firm["region"] = region
    if chance(draw, 15):
        firm["workers"] = pick(draw, (5, 19, 20, 300))
    return firm


# ---------------------------------------------------------------------------------------------------------------------
# Small helpers
# ---------------------------------------------------------------------------------------------------------------------


def _mentions(records: Sequence[Record], currency: str) -> bool:
    """Is there any money in this currency?"""
    fields = ("price", "conversion_cost", "capital", "sales")
    return any(record.get(field, {}).get("currency") == currency for record in records for field in fields)
