"""The commands of each example, in the order in which they run in one folder.

With `--json`, the name before the colon is the golden file's. The others print to the terminal, once in each language.
"""

from __future__ import annotations

MINIBUS = "examples/electric-minibus/minibus.json"
OPENBOT = "examples/openbot-mtv/openbot-mtv.json"
SCENARIO = "examples/openbot-mtv/sourcing-scenario.json"
PUMP = "examples/pump/pump.json"
PICKUP = "examples/rural-pickup/pickup.json"
MEASURES = "examples/rural-pickup/measures.json"
CART, CART_PRICES = "examples/sap-cs12/cart.csv", "examples/sap-cs12/purchasing.csv"
TRIKE, TRIKE_PRICES = "examples/enrichment/trike.csv", "examples/enrichment/purchasing.csv"
CERTIFICATES, CONFIRMED = "examples/enrichment/certificates.csv", "examples/enrichment/confirmation.csv"
FORM = "examples/filled-form/form.xlsx --on 2025-06-01 --regulation permenperin-16-2011"
DIRECTORY = "--directory examples/subang-directory --needs examples/subang-directory/needs.csv"
ON = "--on 2026-06-01"


def shown(bill: str, *parts: str) -> tuple[str, ...]:
    """Return what people ask of a bill under 35/2025 first, and the explanation of some parts."""
    return (
        f"check {bill}",
        f"assess {bill} --html page.html --xlsx forms.xlsx",
        *(f"lift {bill} --by {by}" for by in ("part", "supplier", "scale", "region")),
        *(f"explain {bill} {part}".rstrip() for part in ("", *parts)),
        f"opportunities {bill}",
        f"regions {bill} --volume 5000",
    )


def data(bill: str) -> tuple[str, ...]:
    """Return the same as plain data."""
    return (
        f"check: check {bill} --json",
        f"assess: assess {bill} --json",
        *(f"lift-{basis}: lift {bill} --basis {basis} --json" for basis in ("score", "potential")),
        *(f"lift-{by}: lift {bill} --by {by} --json" for by in ("supplier", "scale", "region")),
        f"explain: explain {bill} --json",
        f"opportunities: opportunities {bill} --json",
        f"regions: regions {bill} --volume 5000 --json",
    )


def under(bill: str, name: str, law: str) -> tuple[str, ...]:
    """Return what is asked of a bill under another regulation."""
    return (
        f"assess {bill} {law}",
        f"explain {bill} {law}",
        f"assess-{name}: assess {bill} {law} --json",
    )


def both(name: str, command: str) -> tuple[str, ...]:
    """Return a command as people see it, and as plain data."""
    return (command, f"{name}: {command} --json")


COMMANDS: dict[str, tuple[str, ...]] = {
    "pump": (
        *shown(PUMP, "STUD-BOLT", "WASHER"),
        *data(PUMP),
        f"convert {PUMP} pump.cdx.json",
        f"convert {PUMP} pump.dot",
        f"convert {PUMP} pump.mmd",
        f"convert {PUMP} pump.xlsx",
        f"convert {PUMP} tables",
    ),
    "openbot-mtv": (*shown(OPENBOT, "A3"), *data(OPENBOT)[:-2]),
    "sourcing-scenario": (
        *both("assess", f"assess {SCENARIO}"),
        f"assess {SCENARIO} --xlsx forms.xlsx",
        *both("lift", f"lift {SCENARIO}"),
        f"explain {SCENARIO} FIL-RPET",
        *both("opportunities", f"opportunities {SCENARIO}"),
    ),
    "rural-pickup": (
        *shown(PICKUP, "BIW", "U-BOLT", "GASKET-SET"),
        *data(PICKUP),
        *both("compare", f"compare {PICKUP} {PICKUP} --on 2026-03-15 --on-after 2026-06-01"),
        *both("plan-45", f"plan {PICKUP} --measures {MEASURES} --target 45 --volume 5000"),
        *both("plan-points", f"plan {PICKUP} --measures {MEASURES} --aim points --budget 300000000 --volume 5000"),
        f"opportunities {PICKUP} --part GEARBOX",
        *both("interpretations", f"interpretations {PICKUP}"),
        *both("calendar", f"calendar {PICKUP}"),
    ),
    "electric-minibus": (
        *shown(MINIBUS, "MOTOR-MOUNT"),
        *data(MINIBUS),
        *under(MINIBUS, "28-2023", "--regulation permenperin-28-2023 --year 2025"),
        *under(MINIBUS, "6-2022", "--regulation permenperin-6-2022 --year 2025"),
        *under(MINIBUS, "16-2011", "--regulation permenperin-16-2011 --allow-repealed"),
        f"explain {MINIBUS} MOTOR-MOUNT --regulation permenperin-28-2023 --year 2025",
        f"assess {MINIBUS} --regulation permenperin-28-2023 --year 2025 --html aspects.html",
        f"opportunities {MINIBUS} --regulation permenperin-28-2023 --year 2025",
        *both(
            "compare",
            f"compare {MINIBUS} {MINIBUS} --regulation permenperin-6-2022 --regulation-after permenperin-28-2023"
            " --year 2025 --year-after 2025",
        ),
    ),
    "sap-cs12": (
        f"check {CART} {ON}",
        *both("enrich", f"enrich {CART} {CART_PRICES}"),
        f"enrich {CART} {CART_PRICES} -o cart.json",
        *both("assess", f"assess cart.json {ON}"),
        f"assess cart.json {ON} --xlsx forms.xlsx",
        *both("lift", f"lift cart.json {ON}"),
        *both("opportunities", f"opportunities cart.json {ON}"),
    ),
    "enrichment": (
        f"check {TRIKE} {ON}",
        *both("enrich", f"enrich {TRIKE} {TRIKE_PRICES}"),
        f"enrich {TRIKE} {TRIKE_PRICES} -o trike.json",
        *both("certificates", f"certificates trike.json {CERTIFICATES}"),
        f"certificates trike.json {CERTIFICATES} -o confirm.csv",
        f"certificates trike.json {CERTIFICATES} --confirm {CONFIRMED} -o certified.json",
        "enrich certified.json examples/enrichment/quotes.csv",
        "enrich certified.json examples/enrichment/quotes.csv --replace -o quoted.json",
        *both("assess", f"assess certified.json {ON}"),
        *both("lift", f"lift certified.json {ON}"),
        *both("history", f"history trike.json certified.json quoted.json {ON}"),
    ),
    "filled-form": (f"check {FORM}", *both("assess", f"assess {FORM}"), f"explain {FORM}"),
    "subang-directory": both("match", f"match-suppliers {PICKUP} {DIRECTORY} --volume 4000"),
    "service": (
        "services examples/service/service.json --explain",
        *both("services", "services examples/service/service.json"),
        "combined examples/service/combined.json --explain",
        *both("combined", "combined examples/service/combined.json"),
    ),
    "tender": (
        "bids examples/tender/bids.json --explain",
        *both("bids", "bids examples/tender/bids.json"),
        "benefit examples/tender/benefit.json --explain",
        *both("benefit", "benefit examples/tender/benefit.json"),
        "benefit examples/tender/benefit.json --xlsx benefit.xlsx",
    ),
}
