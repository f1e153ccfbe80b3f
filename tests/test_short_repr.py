"""How objects print: on one short line each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from tests.support.build import EXAMPLES, ON, bill, good, home

import tkdn
from tkdn import Bom, Part, Price, documents
from tkdn.assessment.lift_rows import Effect
from tkdn.assessment.steps import Step

LONGEST = 420
PICKUP, MINIBUS = EXAMPLES / "rural-pickup" / "pickup.json", EXAMPLES / "electric-minibus" / "minibus.json"


def shown() -> Iterator[object]:
    """One of everything that a person meets."""
    bom = tkdn.read_bom(PICKUP)
    assessment = tkdn.assess(bom)
    lift, groups = tkdn.lift(assessment), tkdn.lift(assessment, by="region")
    yield from (bom, bom.graph, bom.on_day(), bom.parts[0], bom.parts[1], bom.uses[0], bom.suppliers[0], bom.rates[0])
    yield from (assessment, *assessment, *assessment.factors.values())
    yield from (*assessment.gaps, *assessment.assumptions, *assessment.warnings)
    yield from (lift, lift.joint, *lift.rows, groups, *groups.rows)
    yield from (explanation := assessment.explain(), *explanation.steps, *explanation.steps[0].law)
    change = tkdn.compare(tkdn.assess(bom, on="2026-03-15"), assessment)
    yield from (change, *change.factors, *change.components)
    yield from tkdn.explode(bom.on_day())[:5]
    yield from (law := assessment.regulation, *law.parameters.values(), law.parameters["weight.material"].values[0])
    minibus = tkdn.read_bom(MINIBUS)
    vehicle = minibus.graph.parts[0]
    yield from (minibus, vehicle.production, vehicle.vehicle, vehicle.brainware)
    for name in ("tender/bids", "tender/benefit", "service/service", "service/combined"):
        document = documents.read(EXAMPLES / f"{name}.json")
        count = getattr(documents, document.format_name().removeprefix("tkdn-"))
        yield from (document, count(document))


def test_everything_prints_on_one_short_line() -> None:
    for each in shown():
        printed = repr(each)
        assert len(printed) <= LONGEST, printed
        assert "\n" not in printed
        assert " at 0x" not in printed


def test_what_is_not_stated_is_left_out() -> None:
    assert repr(Part(id="WHEEL")) == "Part(id='WHEEL')"
    price = Price.model_validate({"amount": "150000", "currency": "USD"})
    assert repr(Part(id="WHEEL", price=price, main=False)) == (
        "Part(id='WHEEL', price=Price(amount=150000, currency='USD'), main=False)"
    )


def test_lists_print_as_how_many() -> None:
    certificates = [{"number": "1", "tkdn": "50", "issued": "2026-01-01"}]
    bom = Bom.from_dict(bill(good(), home("A", 1, certificates=certificates), uses={"GOOD": "A"}))
    assert "certificates=<1>" in repr(bom.parts[1])
    assert repr(bom.parts[1].certificates[0]) == "Certificate(number='1', tkdn=50, issued=2026-01-01)"


def test_fractions_print_with_two_decimals() -> None:
    assert repr(Effect(Fraction(1, 3), None, "complete")) == "Effect(lift=0.33, status='complete')"
    assert repr(Step("labour", result=Fraction(10**30))) == f"Step(code='labour', result=1{'0' * 30}.00)"


@pytest.mark.parametrize("name", ["x" * 1000, "a\nb\x1b[31m", "\u202eabc", "🚚" * 200])
def test_a_hostile_name_prints_short_and_on_one_line(name: str) -> None:
    bom = Bom.from_dict(bill(good(), home("A", 1), uses={"GOOD": "A"}))
    printed = repr(bom.parts[1].model_copy(update={"name": name}))
    assert len(printed) < 200
    assert printed.isprintable()


def test_findings_print_what_they_say() -> None:
    bom = Bom.from_dict(bill(good(), {"id": "A", "price": {"amount": "1"}}, home("B", 1), uses={"GOOD": "A B"}))
    (gap,) = (gap for gap in tkdn.assess(bom, on=ON).gaps if gap.part == "A")
    assert repr(gap) == "<Gap origin-unknown: Where A is made is not known; it counts as nothing until shown.>"
