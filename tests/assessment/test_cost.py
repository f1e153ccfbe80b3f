"""The cost method of Permenperin 16/2011, worked out by hand: KDN / (KDN + KLN), tier by tier."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.support.build import Document, Record, abroad, cert, home, part, uses_of

from tkdn import Assessment, Bom, RegulationError, UsageError, assess, compare, lift

LAW, ON = "permenperin-16-2011", "2025-06-01"


def line(kind: str, monthly: int, **facts: Any) -> Record:
    """A cost line of one person or unit that the good takes whole."""
    return {"kind": kind, "number": "1", "monthly": {"amount": str(monthly)}, "allocation": "1", **facts}


LABOUR = line("labour", 100, citizenship="ID")


def made(*costs: Record, capacity: str | None = "1") -> Record:
    return {"costs": list(costs), **({} if capacity is None else {"normal_capacity": capacity})}


def bill(production: Record, *parts: Record, uses: Mapping[str, str]) -> Document:
    product = {"id": "GOOD", "made_in": "ID", "production": production}
    return {"format": "tkdn-bom", "version": 1, "product": "GOOD", "parts": [product, *parts], "uses": uses_of(uses)}


def assessed(document: Document) -> Assessment:
    return assess(Bom.from_dict(document), on=ON, regulation=LAW)


def test_the_published_pen() -> None:
    pen = assessed(bill(made(line("labour", 80, citizenship="ID")), abroad("INK", 40), uses={"GOOD": "INK"}))
    assert pen.exact == Fraction(200, 3)
    assert pen.score == Decimal("66.67")


@pytest.mark.parametrize(
    ("tkdn", "quantity", "price", "kdn", "kln"),
    [
        ("54.81", "1.5", 140_000, 115_101, 94_899),
        ("42.28", "2.5", 450_000, 475_650, 649_350),
        (None, "4", 360_000, 0, 1_440_000),
    ],
)
def test_the_published_hospital_bed_rows(tkdn: str | None, quantity: str, price: int, kdn: int, kln: int) -> None:
    row = abroad("ROW", price) if tkdn is None else home("ROW", price, certificates=[cert(tkdn)])
    bed = assessed(bill(made(LABOUR), row, uses={"GOOD": f"{quantity}*ROW"})).components["ROW"].exact
    assert bed["cost"] == kdn + kln
    assert bed["cost"] * bed["credit"] / 100 == kdn  # type: ignore[operator]


def test_monthly_costs_are_divided_by_the_normal_capacity() -> None:
    wages = {**line("labour", 5_000_000, citizenship="ID"), "number": "12", "allocation": "0.5"}
    good = assessed(bill(made(wages, capacity="120"), abroad("MOTOR", 750_000), uses={"GOOD": "MOTOR"}))
    assert good.exact == 25
    assert good.factors["labour"].weight == 25


@pytest.mark.parametrize(
    ("facts", "share"),
    [
        ({"made_in": "ID", "owner": "domestic"}, Fraction(1)),
        ({"made_in": "ID", "owner": "foreign"}, Fraction(3, 4)),
        ({"made_in": "ID", "owner": "mixed", "domestic_share": "0.4"}, Fraction(85, 100)),
        ({"made_in": "JP", "owner": "domestic"}, Fraction(3, 4)),
        ({"made_in": "JP", "owner": "mixed", "domestic_share": "0.4"}, Fraction(3, 10)),
        ({"made_in": "JP", "owner": "foreign"}, Fraction(0)),
        ({"made_in": "XX", "owner": "domestic"}, Fraction(3, 4)),
        ({"made_in": "XX", "owner": "foreign"}, Fraction(0)),
    ],
)
def test_machines_by_make_and_owner(facts: Record, share: Fraction) -> None:
    good = assessed(bill(made(line("machine_owned", 100, **facts)), abroad("MOTOR", 100), uses={"GOOD": "MOTOR"}))
    assert good.exact == 50 * share
    law = [value for step in good.explain().steps if step.code == "cost_overhead" for value in step.law]
    assert {value.confidence for value in law} == {"assumed"}


def test_labour_by_citizenship_and_services_as_stated() -> None:
    costs = (
        LABOUR,
        line("indirect_labour", 100, citizenship="JP"),
        line("overhead_service", 100, tkdn="60"),
        line("material_service", 100, tkdn="40"),
    )
    good = assessed(bill(made(*costs), abroad("MOTOR", 600), uses={"GOOD": "MOTOR"}))
    assert good.exact == 20
    assert {name: factor.points for name, factor in good.factors.items()} == {
        "material": 4,
        "labour": 10,
        "overhead": 6,
    }


def test_a_tier_3_good_made_in_indonesia_counts_whole() -> None:
    frame = home("FRAME", production=made(line("labour", 40, citizenship="ID")))
    good = assessed(
        bill(made(LABOUR), frame, abroad("TUBE", 30), home("PLATE", 30), uses={"GOOD": "FRAME", "FRAME": "TUBE PLATE"})
    )
    # FRAME costs 60 to roll up; of its production cost of 100, PLATE and its labour are domestic.
    assert good.components["FRAME"].credited == Decimal("70.00")
    assert good.exact == Fraction(100 * (42 + 100), 160)


def test_what_a_price_holds_beyond_the_bill_is_not_accounted_for() -> None:
    good = assessed(bill(made(LABOUR), home("FRAME", 100), home("PLATE", 30), uses={"GOOD": "FRAME", "FRAME": "PLATE"}))
    assert good.components["FRAME"].credited == 30
    assert good.status == "incomplete"
    assert good.bounds == (Decimal("65.00"), Decimal("100.00"))


class TestSmallGoods:
    """Pasal 4: below 3% each, together at most 10%."""

    def shares(self, *small: int) -> dict[str, Decimal | int | None]:
        parts = [home(f"S{at}", price) for at, price in enumerate(small)]
        rest = 10_000 - sum(small) - 100
        good = assessed(
            bill(made(LABOUR), abroad("REST", rest), *parts, uses={"GOOD": " ".join(p["id"] for p in parts) + " REST"})
        )
        return {p["id"]: good.components[p["id"]].credited for p in parts}

    def test_below_three_percent_counts_whole(self) -> None:
        assert self.shares(299, 300) == {"S0": 100, "S1": 0}

    def test_up_to_ten_percent_together(self) -> None:
        assert set(self.shares(250, 250, 250, 250).values()) == {Decimal("100.00")}
        assert set(self.shares(250, 250, 250, 250, 250).values()) == {Decimal("80.00")}

    def test_those_that_gain_most_come_first(self) -> None:
        certified = [home(f"C{at}", 250, certificates=[cert(60)]) for at in range(4)]
        bare = [home(f"B{at}", 250) for at in range(2)]
        parts = [*certified, *bare]
        rest = abroad("REST", 10_000 - 1_500 - 100)
        good = assessed(bill(made(LABOUR), rest, *parts, uses={"GOOD": " ".join(p["id"] for p in parts) + " REST"}))
        assert {good.components[p["id"]].credited for p in bare} == {100}
        assert {good.components[p["id"]].credited for p in certified} == {80}


def test_a_certificate_stands_for_what_is_below_it() -> None:
    frame = home("FRAME", 100, certificates=[cert(40)], production=made(line("labour", 1, citizenship="ID")))
    good = assessed(
        bill(made(LABOUR), frame, home("PLATE", 99, certificates=[cert(100)]), uses={"GOOD": "FRAME", "FRAME": "PLATE"})
    )
    assert good.components["FRAME"].credited == 40
    assert good.exact == 70
    assert good.components["FRAME"].own == 100
    assert good.exact_potential == 100


def test_natural_resource_and_import_and_unknown() -> None:
    ore, motor, tube = part("ORE", 100, natural_resource=True), abroad("MOTOR", 100), part("TUBE", 100)
    good = assessed(bill(made(LABOUR), ore, motor, tube, uses={"GOOD": "ORE MOTOR TUBE"}))
    assert [good.components[key].credited for key in ("ORE", "MOTOR", "TUBE")] == [100, 0, 0]
    assert good.bounds == (Decimal("50.00"), Decimal("75.00"))
    assert good.coverage == Decimal("66.67")


GAPS = {
    "no-cost-lines": bill({}, home("FRAME", 1), uses={"GOOD": "FRAME"}),
    "no-capacity": bill(made(LABOUR, capacity=None), home("FRAME", 1), uses={"GOOD": "FRAME"}),
    "not-accounted": bill(made(LABOUR), home("FRAME", 100), uses={"GOOD": "FRAME"}),
    "cost-not-accounted": bill(
        made(LABOUR), home("FRAME", 100), home("PLATE", 30), uses={"GOOD": "FRAME", "FRAME": "PLATE"}
    ),
    "cost-line-unknown": bill(made(line("labour", 1)), abroad("FRAME", 1), uses={"GOOD": "FRAME"}),
    "origin-unknown": bill(made(LABOUR), part("FRAME", 100), uses={"GOOD": "FRAME"}),
    "price-missing": bill(made(LABOUR), home("FRAME"), uses={"GOOD": "FRAME"}),
    "no-lines": bill(made(LABOUR), uses={}),
}


@pytest.mark.parametrize("code", GAPS)
def test_gaps_leave_it_incomplete(code: str) -> None:
    good = assessed(GAPS[code])
    gap = next(gap for gap in good.gaps if gap.code == code)
    assert gap.remedy
    assert gap.message_in("id") != gap.message
    assert "score" in gap.affects
    assert good.status == "incomplete"


def test_explanations_and_data_hold_together() -> None:
    document = GAPS["cost-not-accounted"]
    good = assessed(document)
    text = good.explain().to_text("id")
    assert "KDN (Rp)" in text
    assert "Permenperin 16/2011" in text
    assert good.to_dict()["regulation"] == LAW
    assert sum(factor.points or 0 for factor in good.factors.values()) == good.exact
    for id_ in good.components:
        assert good.explain(id_).to_markdown()


def test_lift_is_not_for_this_method() -> None:
    with pytest.raises(UsageError) as caught:
        lift(assessed(GAPS["not-accounted"]))
    assert caught.value.code == "lift-not-for-method"


def test_the_old_text_is_taken_while_in_force_and_later_only_when_allowed() -> None:
    bom = Bom.from_dict(GAPS["not-accounted"])
    assert assess(bom, on="2025-12-11").regulation.id == LAW
    assert assess(bom, on="2025-12-12", allow_repealed=True).regulation.id == "permenperin-35-2025"
    later = assess(bom, on="2025-12-12", regulation=LAW, allow_repealed=True)
    (warning,) = [each for each in later.warnings if each.code == "regulation-repealed"]
    assert "2025-12-11" in warning.message
    assert "permenperin-35-2025" in warning.message_in("id")
    assert later.exact == assess(bom, on="2025-12-11").exact
    with pytest.raises(RegulationError) as caught:
        assess(bom, on="2025-12-12", regulation=LAW)
    assert caught.value.code == "regulation-not-in-force"


def test_two_laws_compared_add_up() -> None:
    production = {
        **made(LABOUR),
        "factory": "own",
        "indonesian_workers": 4,
        "foreign_workers": 0,
        "invested_in_indonesia": True,
    }
    document = bill(
        production, home("FRAME", 300, certificates=[cert(70)]), abroad("MOTOR", 100), uses={"GOOD": "FRAME MOTOR"}
    )
    change = compare(assessed(document), assess(Bom.from_dict(document), on="2026-06-01"))
    assert change.exact == Fraction(70) - Fraction(100 * (210 + 100), 500)
    assert sum(row.change for row in change.factors) == change.exact
    assert sum(row.change for row in change.components) == change.factors[0].change
    assert {row.key for row in change.law} >= {"weight.material", "tkdn.imported"}
