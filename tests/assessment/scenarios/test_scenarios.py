"""Scenarios: each row equals a full assessment of the changed bill; percentiles and probabilities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy
import pandas
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.settings import some
from tests.support.bills import PRICES, QUANTITIES, bills
from tests.support.build import abroad, good, home

import tkdn
from tkdn import Bom, BomError, TkdnError, UsageError
from tkdn.assessment.engines.arrays import many_variants

DOCUMENT: dict[str, Any] = {
    "format": "tkdn-bom",
    "version": 1,
    "date": "2026-06-01",
    "parts": [
        good(),
        home("FRAME", 300, all_domestic_material=True, supplier="S-1"),
        abroad("MOTOR", {"amount": "7", "currency": "USD", "per": "10"}),
    ],
    "uses": [{"parent": "GOOD", "part": part, "quantity": 1} for part in ("FRAME", "MOTOR")],
    "suppliers": [{"id": "S-1", "scale": "small"}],
    "rates": [{"currency": "USD", "rate": "100000", "per": "100", "from": "2026-05-20"}],
}


@pytest.fixture(scope="module")
def bom() -> Bom:
    return Bom.from_dict(DOCUMENT)


def by_hand(bom: Bom, changes: Any) -> tuple[Any, ...]:
    one = tkdn.assess(bom.with_changes(changes, on="2026-06-01"), on="2026-06-01", exact=True)
    return one.score, one.potential, one.bounds[1], one.coverage, one.status


def test_each_row_is_an_assessment_of_its_own(bom: Bom) -> None:
    columns = {
        "parts.FRAME.price": [400, None, "250.5", None],
        "rates.USD": [None, "200000", 50_000.0, None],
        "parts.MOTOR.made_in": [None, None, None, "ID"],
        "uses.GOOD > MOTOR.quantity": [2, None, None, None],
        "suppliers.S-1.industrial_licence": [None, None, None, False],
    }
    found = tkdn.scenarios(bom, columns)
    for row, scenario in enumerate(found):
        changes: dict[str, Any] = {}
        for name, cells in columns.items():
            if cells[row] is None:  # type: ignore[index]
                continue
            section, key = name.split(".", 1)
            value: Any = cells[row]  # type: ignore[index]
            if section != "rates":
                key, field = key.rsplit(".", 1)
                value = {field: value}
            changes.setdefault(section, {})[key] = value
        expected = by_hand(bom, changes)
        assert (scenario.score, scenario.potential, scenario.high, scenario.coverage, scenario.status) == expected


def test_a_product_without_lines_on_the_day_has_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_variants, "TOUCHED", 0.0)
    parts = [{"id": "CART", "made_in": "ID"}, {"id": "WHEEL", "made_in": "ID", "price": {"amount": "1000"}}]
    uses = [{"parent": "CART", "part": "WHEEL", "quantity": "1", "valid_from": "2026-06-02"}]
    bom = Bom.from_dict({"format": "tkdn-bom", "version": 1, "product": "CART", "parts": parts, "uses": uses})
    found = tkdn.scenarios(bom, {"parts.WHEEL.price": [None, 2000]}, on="2026-06-01")
    assert [(each.score, each.status) for each in found] == [(None, "incomplete")] * 2


@some
@given(st.data())
def test_random_scenarios_equal_full_assessments(data: st.DataObject) -> None:
    try:
        bom = Bom.from_dict(data.draw(bills()))
        tkdn.assess(bom, on="2026-06-01")
    except TkdnError:
        return
    columns: dict[str, list[Any]] = {}
    priced = [part.id for part in bom.parts if part.price is not None]
    for id_ in data.draw(st.lists(st.sampled_from(priced), max_size=3, unique=True)) if priced else ():
        columns[f"parts.{id_}.price"] = data.draw(st.lists(st.sampled_from((None, *PRICES)), min_size=3, max_size=3))
    for currency in sorted({rate.currency for rate in bom.rates}):
        if data.draw(st.booleans()):
            columns[f"rates.{currency}"] = data.draw(
                st.lists(st.sampled_from((None, "150", "16250.5", 9000.0)), min_size=3, max_size=3)
            )
    pairs = [(use.parent, use.part) for use in bom.uses]
    single = [f"{parent} > {part}" for parent, part in pairs if pairs.count((parent, part)) == 1]
    for key in data.draw(st.lists(st.sampled_from(single), max_size=2, unique=True)) if single else ():
        columns[f"uses.{key}.quantity"] = data.draw(
            st.lists(st.sampled_from((None, *QUANTITIES)), min_size=3, max_size=3)
        )
    if not columns:
        return
    touched = data.draw(st.sampled_from((0.0, 1.0)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many_variants, "TOUCHED", touched)
        found = tkdn.scenarios(bom, columns, on="2026-06-01")
    for row, scenario in enumerate(found):
        changes: dict[str, Any] = {}
        for name, cells in columns.items():
            if cells[row] is not None:
                section, key = name.split(".", 1)
                if section == "rates":
                    changes.setdefault("rates", {})[key] = cells[row]
                else:
                    key, field = key.rsplit(".", 1)
                    changes.setdefault(section, {}).setdefault(key, {})[field] = cells[row]
        got = (scenario.score, scenario.potential, scenario.high, scenario.coverage, scenario.status)
        assert got == by_hand(bom, changes)


@pytest.mark.parametrize("frame", [pandas.DataFrame, polars.DataFrame])
def test_columns_may_be_a_data_frame(bom: Bom, frame: Any) -> None:
    found = tkdn.scenarios(bom, frame({"parts.FRAME.price": [300, 600]}))
    assert [row.score for row in found] == [
        tkdn.assess(bom).score,
        by_hand(bom, {"parts": {"FRAME": {"price": 600}}})[0],
    ]


def test_another_set_of_lines_is_assessed_row_by_row(bom: Bom) -> None:
    found = tkdn.scenarios(bom, {"parts.MOTOR.main": [None, False]})
    assert found.exact_rows == 1
    assert found.rows[1].score == by_hand(bom, {"parts": {"MOTOR": {"main": False}}})[0]


def test_a_rate_moves_conversion_costs_too() -> None:
    parts = [
        good(),
        home("BOX", conversion_cost={"amount": "3", "currency": "USD"}),
        home("LID", 500),
        abroad("PIN", 900),
    ]
    pairs = (("GOOD", "BOX"), ("BOX", "LID"), ("GOOD", "PIN"))
    uses = [{"parent": above, "part": below, "quantity": 1} for above, below in pairs]
    bill = Bom.from_dict({**DOCUMENT, "parts": parts, "uses": uses})
    found = tkdn.scenarios(bill, {"rates.USD": ["50000", "400000"]})
    assert [row.score for row in found] == [by_hand(bill, {"rates": {"USD": rate}})[0] for rate in ("50000", "400000")]


def test_percentiles_are_values_that_occur(bom: Bom) -> None:
    found = tkdn.scenarios(bom, {"parts.FRAME.price": [100 * step for step in range(1, 11)]})
    scores = sorted(row.score for row in found if row.score is not None)
    assert [found.percentile(q) for q in (0, 10, 11, 50, 100)] == [scores[at] for at in (0, 0, 1, 4, 9)]


def test_probability_counts_rows_without_a_score_as_missing_the_target(bom: Bom) -> None:
    found = tkdn.scenarios(bom, {"parts.GOOD.made_in": [None, "CN"], "parts.FRAME.price": [300, 300]})
    assert found.without_score == 1
    assert found.probability(at_least=25) == Decimal("0.5000")


def test_draws_repeat_with_their_seed(bom: Bom) -> None:
    spreads = {"rates.USD": ("normal", 100000, 5000), "parts.FRAME.price": ("uniform", 200, 400)}
    first, again, other = (tkdn.monte_carlo(bom, spreads, draws=50, seed=seed) for seed in (1, 1, 2))
    assert first.to_dict() == again.to_dict()
    assert first.to_dict()["rows"] != other.to_dict()["rows"]


def test_a_drawn_row_equals_its_assessment(bom: Bom) -> None:
    found = tkdn.monte_carlo(bom, {"rates.USD": ("lognormal", 11.5, 0.2)}, draws=20, seed=3)
    rates = found.to_frame()["rates.USD"].tolist()
    assert [row.score for row in found] == [by_hand(bom, {"rates": {"USD": float(rate)}})[0] for rate in rates]


@pytest.mark.parametrize(
    ("columns", "code", "place"),
    [
        ({"parts.FRAME.price": [300, -1]}, "number-not-positive", "row 2, column parts.FRAME.price"),
        ({"parts.FRAME.price": [300, "x"]}, "number-invalid", "row 2, column parts.FRAME.price"),
        ({"parts.FRAME.price": numpy.array([1.0, -2.0])}, "number-not-positive", "row 2, column parts.FRAME.price"),
        ({"parts.FRAME.made_in": ["ID", "ZZ"]}, "country-unknown", "row 2"),
        ({"parts.FRAME.colour": ["red"]}, "unknown-key", "row 1"),
    ],
)
def test_a_wrong_value_is_named_with_its_row(bom: Bom, columns: Any, code: str, place: str) -> None:
    with pytest.raises(BomError) as caught:
        tkdn.scenarios(bom, columns)
    assert (caught.value.code, str(caught.value.problems[0].place)) == (code, place)


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"parts.FRAM.price": [1]}, "part-unknown"),
        ({"uses.GOOD > FRAM.quantity": [1]}, "use-unknown"),
        ({"suppliers.S-9.scale": ["small"]}, "supplier-unknown"),
        ({"price": [1]}, "scenario-column"),
        ({"parts.FRAME.price": [1], "parts.MOTOR.price": [1, 2]}, "scenario-length"),
    ],
)
def test_what_the_bill_does_not_have_is_refused(bom: Bom, columns: Any, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        tkdn.scenarios(bom, columns)
    assert caught.value.code == code


def test_readings_that_arrays_do_not_know_are_computed_exactly() -> None:
    """Over all components a part that is not main takes of the total: 43.75 was given where an assessment gives 39.06."""
    parts = [good(), home("FRAME", 300), home("TAPE", 100, main=False)]
    uses = [{"parent": "GOOD", "part": part, "quantity": 1} for part in ("FRAME", "TAPE")]
    law = tkdn.regulation("permenperin-35-2025").amend({"material_total": "all"})
    assessment = tkdn.assess(Bom.from_dict({**DOCUMENT, "parts": parts, "uses": uses}), regulation=law)
    (same, dearer) = tkdn.scenarios(assessment, {"parts.FRAME.price": [None, "600"]}).rows
    changed = assessment.with_changes({"parts": {"FRAME": {"price": {"amount": "600"}}}})
    assert (same.score, dearer.score) == (assessment.score, changed.score)
    assert str(same.score) == "39.06"
