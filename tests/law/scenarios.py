"""Cases that between them use every value of law: for each regulation, what is asked of the library and what it answers.

A scenario gives results only, not explanations. An error is an answer too: its codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from tests.documents.build import bid, document, general, item, labour, tender, tool
from tests.support.build import MADE, Document, Record, abroad, assessed, bill, cert, firm, good, home

from tkdn import RegulationError, calendar, firm_size, regulation
from tkdn.documents import DocumentError, benefit, bids, combined, from_dict, services

Scenario = Callable[[], Any]
BILLION = 1_000_000_000
ON_16, ON_BEV = "2025-06-01", "2026-06-01"
EDGES = ("0.5", "24.5", "25.5", "39.5", "40.5", "59.5", "60.5", "79.5", "80.5")


def answer(scenario: Scenario) -> Any:
    try:
        return scenario()
    except (RegulationError, DocumentError) as error:
        return [problem.code for problem in error.problems]


def score(document: Document, **options: Any) -> Scenario:
    """What an assessment says of the bill, but for its findings' words."""

    def run() -> Any:
        told = assessed(document, **options).to_dict()
        warned = [each["code"] for each in told["warnings"]]
        return warned, {key: told[key] for key in ("score", "potential", "status", "bounds", "components", "may_use")}

    return run


def one(component: Record, **product: Any) -> Document:
    """A good of one component and an import of the same price."""
    return bill(good(**product), component, abroad("MOTOR", 100), uses={"GOOD": f"{component['id']} MOTOR"})


def made_by(**production: Any) -> Document:
    return one(home("FRAME", 100, certificates=[cert(30)]), production={**MADE, **production})


def terms() -> Iterator[tuple[str, Record]]:
    """Days of assessment and certificates whose term decides: by the older texts, by 46/2022, by 35/2025 and its first day."""

    def held(issued: str, **fields: Any) -> Record:
        return {"number": "1", "tkdn": "50", "issued": issued, **fields}

    for issued in ("2023-01-02", "2023-12-01", "2024-12-01"):
        yield "2026-06-01", held(issued)
        yield "2026-06-01", held(issued, regulation="permenperin-46-2022")
    for issued in ("2025-12-11", "2025-12-12"):
        yield "2029-06-01", held(issued)
    for on in ("2030-06-01", "2031-06-01"):
        yield on, held("2025-12-20")
        yield on, held("2025-12-20", bmp="10", expires="2035-12-19")


def calendars(law: str) -> Iterator[Scenario]:
    """Days to come of a certificate that was frozen, of one that was withdrawn after a freeze, and of one that carries BMP."""
    whole = {"number": "1", "tkdn": "50", "issued": "2026-01-15", "bmp": "10"}
    frozen = {**whole, "frozen": ["2026-05-29", "2026-12-31"]}

    def told(held: Record) -> Any:
        document = one(home("FRAME", 100, certificates=[held]))
        found = calendar(assessed(document, regulation=law, allow_repealed=True)).events
        return [(each.kind, each.day, each.since) for each in found]

    for held in (whole, {**whole, "expires": "2039-01-01"}, frozen, {**frozen, "withdrawn": "2026-05-30"}):
        yield partial(told, held)


def goods_2025() -> Iterator[Scenario]:
    yield from calendars("permenperin-35-2025")
    for on, certificate in terms():
        yield score(one(home("FRAME", 100, certificates=[certificate])), on=on)
    minor = home("CARTON", 10, main=False)
    yield score(bill(good(), abroad("MOTOR", 100), minor, uses={"GOOD": "MOTOR CARTON"}))
    yield score(one(home("FRAME", 100, kbli="25920")))
    for codes in (("87082995", "87082993"), ("87082995", "87082995"), ("8708299510", "8708299520")):
        finished = {**MADE, "activity": "finishing"}
        lines = bill(
            good(),
            home("FRAME", 100, hs_code=codes[0], production=finished),
            home("PANEL", 10, hs_code=codes[1]),
            uses={"GOOD": "FRAME", "FRAME": "PANEL"},
        )
        yield score(lines)
    for made in ({"activity": "packing"}, {"factory": "outsourced", "made_by_licence": False}):
        yield score(one(home("FRAME", 100, production={**MADE, **made})))
        yield score(made_by(**made))
    for edge in EDGES:
        yield score(one(home("FRAME", 100, certificates=[cert(edge)])))
    yield score(one(home("FRAME", 100, all_domestic_material=True)))
    yield score(one(home("ORE", 100, natural_resource=True)))
    yield score(one(home("FRAME", 100, certificates=[cert(30, issued="2021-03-01", expires=None)])))
    declared = one(home("FRAME", 100, supplier="S-1", certificates=[cert(30, self_declared=True)]))
    for capital in ("2600000000", "5000000001"):
        parts = {**declared, "suppliers": [firm(scale=None, capital={"amount": capital})]}
        yield partial(lambda document: [each.code for each in assessed(document).warnings], parts)
    bmp = one(home("FRAME", 100, certificates=[cert(30, issued="2025-12-15", expires="2033-12-31", bmp="10")]))
    for on in ("2030-03-01", "2030-12-14", "2030-12-15", "2031-06-01"):
        yield partial(lambda on: [each.code for each in assessed(bmp, on=on).warnings], on)
    for licence in (True, False):
        parts = one(home("FRAME", 100, supplier="S-1"))
        yield score({**parts, "suppliers": [firm(industrial_licence=licence)]})
    deep = bill(
        good(),
        home("FRAME", 100, all_domestic_material=None),
        home("BRACKET", 50),
        abroad("STEEL", 20),
        uses={"GOOD": "FRAME", "FRAME": "BRACKET", "BRACKET": "STEEL"},
    )
    yield score({**deep, "parts": [{k: v for k, v in part.items() if v is not None} for part in deep["parts"]]})
    for factory in ("own", "partner_factory", "outsourced"):
        yield score(made_by(factory=factory))
    yield score(made_by(indonesian_workers=1, foreign_workers=9))
    yield score(made_by(indonesian_workers=99, foreign_workers=101))
    yield score(made_by(invested_in_indonesia=False))
    for activity in ("manufacture", "packing", "finishing", "dismantling", "none"):
        yield score(made_by(activity=activity, hs_heading_changed=False))
    yield score(one(home("FRAME", 100), made_in="CN"))
    yield score(bill(good(), abroad("MOTOR", 100), uses={"GOOD": "MOTOR"}))
    full = {
        "rd_share_of_revenue": "0.5",
        "rd_unit": "own",
        "rd_programme": True,
        "rd_used_in_product": True,
    }
    yield score(bill(good(brainware=full), home("FRAME", 1, natural_resource=True), uses={"GOOD": "FRAME"}))
    low = one(home("FRAME", 100))
    for share in range(1, 40):
        yield score(one(home("FRAME", 100), brainware={"rd_share_of_revenue": f"{share / 1000:.4f}"}))
        yield score(one(home("FRAME", 100), brainware={"rd_share_of_revenue": f"{share / 100 + 0.001:.4f}"}))
    for unit in ("own", "third_party", "none"):
        yield score(one(home("FRAME", 100), brainware={"rd_unit": unit}))
    for fact in ("rd_programme", "rd_used_in_product"):
        for is_so in (True, False):
            yield score(one(home("FRAME", 100), brainware={fact: is_so}))
    yield score({**low, "parts": [{**low["parts"][0], "vehicle": {"wheels": "four"}}, *low["parts"][1:]]})


def documents_2025() -> Iterator[Scenario]:
    for row in (labour(), labour(citizenship="JP")):
        yield counted(services, document("services", labour=[row, labour(1, citizenship="JP")]))
    for owner in ("domestic", "foreign"):
        yield counted(services, document("services", tools=[tool(), tool(made_in="JP", owner=owner)]))
    yield counted(services, document("services", tools=[tool(made_in="JP", owner="mixed", domestic_share="0.4")]))
    yield counted(services, document("services", tools=[tool()]))
    for provider in ("domestic", "foreign"):
        yield counted(services, document("services", general=[general(provider=provider)]))
    yield counted(combined, document("combined", goods=[item(100), item(100, "50")], services=[item(100)]))
    yield counted(combined, document("combined", goods=[item(100, "50")], services=[item(100)]))
    for size in ("large", "medium", "small"):
        for workers in beside_edges(f"employment.workers.{size}"):
            yield counted(benefit, document("benefit", size=size, workers=int(workers)))
    facts = {fact: list(values) for fact, values in benefit_facts()}
    for fact, values in facts.items():
        for value in values:
            yield counted(benefit, document("benefit", **{fact: value}))
    best = {fact: values[-1] for fact, values in facts.items()}
    yield counted(benefit, document("benefit", size="small", workers=2000, **best))
    for case in ({"service_company": True}, {"goods_and_services": True}):
        yield counted(benefit, document("benefit", **case))
    for factory in ("own", "partner_factory", "outsourced"):
        yield counted(benefit, document("benefit", factory=factory))


def beside_edges(key: str) -> list[Decimal]:
    """Numbers at, just below and just above the edges of a ladder of BMP."""
    (value,) = regulation("permenperin-35-2025").parameter(f"benefit.{key}").values
    near = {row.limit + more for row in value.rows for more in (-1, Decimal("-0.5"), 0, Decimal("0.5"), 1)}
    return sorted(number for number in near if number >= 0)


def benefit_facts() -> Iterator[tuple[str, list[Any]]]:
    """Each fact of a benefit document with values of it, the best one last."""
    for factor, fact in (
        ("new_investment", "new_investment_share"),
        ("pioneer", "domestic_purchase_share"),
        ("machines", "domestic_machine_share"),
    ):
        yield fact, [str(number / 100) for number in beside_edges(f"{factor}.{fact}") if number <= 100]
    for factor, fact in (
        ("partnership", "small_industry_partners"),
        ("partnership", "raw_material_suppliers"),
        ("certificates", "certificates"),
        ("awards", "awards"),
    ):
        yield fact, [int(number) for number in beside_edges(f"{factor}.{fact}") if number == int(number)]
    yield "indi_level", list(range(5))
    yield "export_usd_per_year", [str(number) for number in beside_edges("exports.export_usd_per_year")]
    yield "people_development", ["own_training", "apprentices"]
    yield "green", ["effort", "award", "certificate"]
    yield "esg", ["lower", "BBB", "A", "AA", "AAA"]
    for fact in ("pioneer", "outside_java", "lighthouse", "industry_4_applied", "domestic_brand", "siinas_on_time"):
        yield fact, [False, True]


def counted(function: Callable[[Any], Any], data: Document) -> Scenario:
    def run() -> Any:
        told = function(from_dict(data)).to_dict()
        return {key: value for key, value in told.items() if key not in ("explanation", "regulation")}

    return run


def line(kind: str, **facts: Any) -> Record:
    return {"kind": kind, "number": "1", "monthly": {"amount": "100"}, "allocation": "1", **facts}


def costed(
    *parts: Record,
    uses: str = "",
    costs: tuple[Record, ...] = (),
    more: dict[str, str] | None = None,
    **options: Any,
) -> Scenario:
    costs = costs or (line("labour", citizenship="ID"),)
    on = options.pop("on", ON_16)
    product = {"id": "GOOD", "made_in": "ID", "production": {"costs": list(costs), "normal_capacity": "1"}}
    lines = uses or " ".join(part["id"] for part in parts)
    return score(
        bill(product, *parts, uses={"GOOD": lines, **(more or {})}, date=None),
        on=on,
        regulation="permenperin-16-2011",
        allow_repealed=True,
    )


def goods_2011() -> Iterator[Scenario]:
    yield from calendars("permenperin-16-2011")
    motor = abroad("MOTOR", 800)
    yield costed(motor)
    for on, certificate in terms():
        yield costed(motor, home("FRAME", 100, certificates=[certificate]), on=on)
    some = [home(f"CLIP{number}", 25, certificates=[cert(80)]) for number in range(3)]
    yield costed(abroad("MOTOR", 750), *some, *(home(f"LATCH{number}", 25) for number in range(3)))
    yield costed(motor, costs=(line("labour", citizenship="JP"),))
    yield costed(motor, home("SEAT", 100))
    yield costed(motor, home("ORE", 100, natural_resource=True))
    yield costed(motor, home("FRAME", 100, certificates=[cert(50)]))
    yield costed(motor, home("FRAME", 100, certificates=[{"number": "1", "tkdn": "50", "issued": "2020-08-01"}]))
    small = [home(f"CLIP{number}", 25) for number in range(6)]
    yield costed(abroad("MOTOR", 750), *small)
    yield costed(abroad("MOTOR", 860), home("CLIP", 25), home("LATCH", 15))
    for price in (9, 25, 31):
        yield costed(abroad("MOTOR", 900 - price), home("CLIP", price))
    yield costed(
        motor,
        home("FRAME", 100),
        home("TUBE", 60),
        abroad("WELD", 40),
        abroad("STRIP", 30),
        uses="MOTOR FRAME",
        more={"FRAME": "TUBE WELD", "TUBE": "STRIP"},
    )
    for made_in in ("ID", "JP"):
        for owner in ("domestic", "foreign"):
            yield costed(motor, costs=(line("machine_owned", made_in=made_in, owner=owner),))
        yield costed(motor, costs=(line("machine_owned", made_in=made_in, owner="mixed", domestic_share="0.4"),))


GROUPS = ("battery", "drive_train", "body", "steering", "suspension", "brakes", "tyres_wheels", "seats_wiring",
          "electronics_ac")  # fmt: skip
ACTIVITIES = ("market_research", "product_planning", "design_engineering", "prototyping", "testing", "licensing")


def vehicles(law: str, years: tuple[int, ...]) -> Iterator[Scenario]:
    def bus(
        parts: list[Record], year: int, vehicle: Record, more: dict[str, str] | None = None, on: str = "2025-06-01"
    ) -> Scenario:
        product = {"id": "BUS", "made_in": "ID", "vehicle": {"wheels": "four", **vehicle}}
        lines = " ".join(part["id"] for part in parts if "group" in part)
        bev = bill(product, *parts, uses={"BUS": lines, **(more or {})}, date=None)
        return score(bev, on=on, regulation=law, year=year, allow_repealed=True)

    yield from calendars(law)
    plain: Record = {
        "assembly_indonesian_share": "0.79",
        "assembly_labour_achieved": "0.5",
        "assembly_tools_achieved": "0.5",
    }
    plain["development"] = []
    every = [home(group.upper(), 100, group=group, certificates=[cert(50)]) for group in GROUPS]
    for year in years:
        for group in GROUPS:
            yield bus(
                [part if part["group"] == group else abroad(part["id"], 100, group=part["group"]) for part in every],
                year,
                plain,
            )
        yield bus(every, year, {**plain, "development": list(ACTIVITIES)})
        yield bus(every, year, {**plain, "wheels": "two_three"})
        yield bus([home(group.upper(), 1, group=group, certificates=[cert(100)]) for group in GROUPS], year,
                  {"assembly_indonesian_share": "1", "assembly_tools_achieved": "1",
                   "development": list(ACTIVITIES)})  # fmt: skip
    year = years[0]
    for on, certificate in terms():
        yield bus([home("PACK", 100, group="battery", certificates=[certificate])], year, plain, on=on)
    for activity in ACTIVITIES:
        yield bus(every, year, {**plain, "development": [activity]})
    yield bus(every, year, {**plain, "assembly_indonesian_share": "0.795"})
    yield bus(every, year, {**plain, "assembly_indonesian_share": "0.805"})
    yield bus([home("PACK", 100, group="battery", natural_resource=True)], year, plain)
    yield bus(
        [home("PACK", 100, group="battery", certificates=[{"number": "1", "tkdn": "50", "issued": "2020-08-01"}])],
        year,
        plain,
    )
    yield bus([home("PACK", 100, group="battery")], year, plain)
    yield bus(
        [
            home("PACK", 100, group="battery"),
            home("MODULE", 60),
            home("CELL", 50),
            abroad("CASE", 40),
            abroad("FOIL", 20),
        ],
        year,
        plain,
        {"PACK": "MODULE CASE", "MODULE": "CELL", "CELL": "FOIL"},
    )
    for trillions in ("4", "4.5", "6", "9"):
        invested = {"amount": f"{trillions}e12"}
        yield bus(every, year, {**plain, "battery_investment": invested, "battery_investment_from": "2024-01-01"})
    for since in ("2018-01-01", "2020-01-01", "2021-01-01"):
        invested = {"amount": "6e12"}
        yield bus(every, year, {**plain, "battery_investment": invested, "battery_investment_from": since})


def minimums(on: str) -> Iterator[Scenario]:
    for wheels in ("two_three", "four"):
        for year in (2020, 2022, 2024, 2026, 2028, 2031):
            product = {"id": "BUS", "made_in": "ID", "vehicle": {"wheels": wheels}}
            bus = bill(
                product, home("PACK", 100, group="battery", certificates=[cert(50)]), uses={"BUS": "PACK"}, date=None
            )
            yield least(bus, on, year)


def least(bus: Document, on: str, year: int) -> Scenario:
    law = "permenperin-28-2023" if on > "2023-12-28" else "permenperin-6-2022"
    return lambda: assessed(bus, on=on, regulation=law, year=year).to_dict()["minimum"]


def tenders(law: str, on: str) -> Iterator[Scenario]:
    offers = [bid("A", 105 * BILLION // 100, "60", siinas=True), bid("B", BILLION, "24.5"), bid("C", BILLION, "25.5"),
              bid("D", 101 * BILLION // 100), bid("E", 9 * BILLION // 10, imported=True)]  # fmt: skip
    twins = [bid("A", BILLION, "40"), bid("B", BILLION, "40", bmp="1")]
    for estimate in (BILLION + 1, 2 * BILLION):
        yield counted(bids, tender(*offers, estimate=estimate, regulation=law, date=on, preference="15"))
    yield counted(bids, tender(bid("A", BILLION, "39.5"), bid("B", BILLION, "30"), bid("C", 9 * BILLION // 10, "24.5"),
                               regulation=law, date=on, preference="10"))  # fmt: skip
    for kept in (
        [offers[1], offers[3], offers[4]],
        [offers[4], bid("S", BILLION, siinas=True)],
        [offers[3]],
        [offers[4]],
    ):
        yield counted(bids, tender(*kept, regulation=law, date=on, preference="15"))
    tied = [bid("X", BILLION, "30"), bid("Y", BILLION, "50")]
    for preference in ("0", "15", "25"):
        yield counted(bids, tender(*tied, *twins, regulation=law, date=on, preference=preference))


def sizes() -> Iterator[Scenario]:
    for half in range(1, 202):
        amount = half * BILLION // 2 - 1
        yield partial(scales, capital=amount, sales=amount)
    for workers in range(17, 23):
        for amount in (0, BILLION // 2, 3 * BILLION // 2, 20 * BILLION):
            yield partial(scales, workers=workers, investment=amount)


def scales(**figures: int) -> list[str]:
    return [size.scale for size in firm_size(on=date(2026, 6, 1), **figures)]


def for_law(law: str) -> Iterator[Scenario]:
    """The scenarios of a regulation."""
    match law:
        case "permenperin-35-2025":
            yield from goods_2025()
            yield from documents_2025()
        case "permenperin-16-2011":
            yield from goods_2011()
        case "permenperin-6-2022":
            yield from vehicles(law, (2020, 2022, 2024, 2025, 2030))
        case "permenperin-28-2023":
            yield from vehicles(law, (2025, 2031))
        case "permenperin-27-2020":
            yield from vehicles(law, (2022, 2025))
        case "perpres-16-2018" | "pp-29-2018":
            yield from tenders("perpres-16-2018", "2024-06-01")
            yield from tenders("perpres-16-2018", "2026-06-01")
        case "perpres-54-2010":
            yield from tenders(law, "2017-06-01")
        case "perpres-55-2019":
            yield from minimums("2023-12-07")
        case "perpres-79-2023":
            yield from minimums(ON_BEV)
        case "pp-7-2021" | "permenperin-64-2016":
            yield from sizes()
