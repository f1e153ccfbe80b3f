"""The cost method against its naive oracle, and what must hold of every bill under it."""

from __future__ import annotations

import copy
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import full, some
from tests.support import cost_bills
from tests.support.build import assessed
from tests.support.cost_oracle import Oracle, Outcome

from tkdn import Assessment

Document = cost_bills.Document


def assess(document: Document) -> Assessment:
    return assessed(document, on=cost_bills.ON, regulation=cost_bills.LAW)


def expect(document: Document) -> Outcome:
    return Oracle(document, cost_bills.ON).assess()


@full
@given(document=cost_bills.bills())
def test_every_figure_equals_the_oracle(document: Document) -> None:
    assessment, expected = assess(document), expect(document)
    assert assessment.exact == expected.score
    assert assessment.exact_bounds == (expected.score, expected.high)
    assert assessment.status == ("complete" if expected.score == expected.high else "incomplete")
    for name, (domestic, foreign, unknown) in expected.factors.items():
        factor, cost = assessment.factors[name], domestic + foreign + unknown
        assert factor.weight == cost * 100 / expected.total, name
        assert factor.points == domestic * 100 / expected.total, name
        assert factor.value == (domestic * 100 / cost if cost else None), name
    for id_, (domestic, foreign, unknown) in expected.lines.items():
        figures = assessment.components[id_].exact
        assert figures["cost"] == domestic + foreign + unknown, id_
        assert figures["points"] == domestic * 100 / expected.total, id_


@some
@given(document=cost_bills.bills())
def test_domestic_and_foreign_make_the_cost_of_every_line(document: Document) -> None:
    assessment = assess(document)
    steps = {step.code: step for step in assessment.explain().steps}
    kdn = total = Fraction(0)
    for name in ("material", "labour", "overhead"):
        for row in steps[f"cost_{name}"].rows:
            cost, domestic, foreign = (Fraction(str(row[key])) for key in ("cost", "kdn_rupiah", "kln_rupiah"))
            assert domestic + foreign == cost
            assert min(domestic, foreign) >= 0
            kdn, total = kdn + domestic, total + cost
    assert assessment.exact == kdn / total * 100


@some
@given(document=cost_bills.bills())
def test_points_of_components_and_services_make_the_material_factor(document: Document) -> None:
    assessment = assess(document)
    points = [each.exact["points"] or Fraction(0) for each in assessment.components.values() if each.counts]
    assert (
        sum(points, Fraction(0)) + sum(assessment.beside.values(), Fraction(0)) == assessment.factors["material"].points
    )
    assert (
        sum((factor.points or Fraction(0) for factor in assessment.factors.values()), Fraction(0)) == assessment.exact
    )


@some
@given(document=cost_bills.bills())
def test_the_score_lies_between_nothing_and_potential_and_bounds(document: Document) -> None:
    assessment = assess(document)
    low, high = assessment.exact_bounds
    assert low is not None
    assert high is not None
    assert assessment.exact_potential is not None
    assert 0 <= low <= high <= 100
    assert low == assessment.exact
    assert low <= assessment.exact_potential <= 100


@some
@given(document=cost_bills.bills(), data=st.data())
def test_turning_a_foreign_cost_domestic_never_lowers_the_score(document: Document, data: st.DataObject) -> None:
    """A part abroad becomes one with a certificate of any value; a foreigner's or foreign machine's cost becomes domestic."""
    changed = copy.deepcopy(document)
    foreign = [part for part in changed["parts"] if part.get("made_in") == "CN"]
    workers = [
        line
        for part in changed["parts"]
        for line in part.get("production", {}).get("costs", ())
        if line.get("citizenship") == "JP"
    ]
    choices = [*foreign, *workers]
    if not choices:
        return
    chosen = data.draw(st.sampled_from(choices))
    if "citizenship" in chosen:
        chosen["citizenship"] = "ID"
    else:
        tkdn = data.draw(st.sampled_from(cost_bills.TKDNS))
        chosen.update(made_in="ID", certificates=[{"number": "new", "tkdn": tkdn, **cost_bills.VALID}])
    before, after = assess(document).exact, assess(changed).exact
    assert before is not None
    assert after is not None
    assert after >= before


@some
@given(document=cost_bills.bills(), factor=st.sampled_from([2, 7, 1000]))
def test_another_currency_unit_changes_nothing(document: Document, factor: int) -> None:
    scaled = copy.deepcopy(document)
    for part in scaled["parts"]:
        money = [line["monthly"] for line in part.get("production", {}).get("costs", ())]
        for amount in (*money, *([part["price"]] if "price" in part else [])):
            amount["amount"] = str(int(amount["amount"]) * factor)
    assert assess(scaled).exact == assess(document).exact


@some
@given(document=cost_bills.bills(), data=st.data())
def test_the_order_of_records_changes_nothing(document: Document, data: st.DataObject) -> None:
    product, *parts = document["parts"]
    shuffled = {
        **document,
        "parts": [*data.draw(st.permutations(parts)), product],
        "uses": data.draw(st.permutations(document["uses"])),
    }
    assert assess(shuffled).exact == assess(document).exact
    assert assess(shuffled).exact_potential == assess(document).exact_potential
