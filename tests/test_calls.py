"""Calls that take one thing for another are told what to give instead."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.support.build import EXAMPLES

import tkdn

PUMP = EXAMPLES / "pump" / "pump.json"
Call = Callable[[Any], object]
OF_BILLS: dict[str, Call] = {
    "assess": tkdn.assess,
    "plan": lambda bom: tkdn.plan(bom, [], target=40),
    "scenarios": lambda bom: tkdn.scenarios(bom, {}),
    "monte_carlo": lambda bom: tkdn.monte_carlo(bom, {}, draws=1, seed=1),
    "history": lambda bom: tkdn.history([bom, bom]),
    "enrich": lambda bom: tkdn.enrich(bom, {}),
    "match_certificates": lambda bom: tkdn.match_certificates(bom, "list.csv"),
    "write_bom": lambda bom: tkdn.write_bom(bom, "out.json"),
}
OF_ASSESSMENTS: dict[str, Call] = {
    "lift": tkdn.lift,
    "compare": lambda given: tkdn.compare(given, given),
    "opportunities": tkdn.opportunities,
    "regions": tkdn.regions,
    "match_suppliers": lambda given: tkdn.match_suppliers(given, "directory"),
    "write_forms": lambda given: tkdn.write_forms(given, "out.xlsx"),
}


def problem(call: Call, given: object) -> tkdn.Problem:
    with pytest.raises(tkdn.UsageError) as caught:
        call(given)
    return caught.value.problems[0]


@pytest.mark.parametrize("given", ["x.json", Path("x.json")], ids=["text", "path"])
@pytest.mark.parametrize("name", OF_BILLS)
def test_a_path_is_to_be_read_first(name: str, given: object) -> None:
    told = problem(OF_BILLS[name], given)
    assert (told.code, told.remedy) == ("option-invalid", "read it first: tkdn.read_bom(path)")
    assert "x.json" in told.message


@pytest.mark.parametrize("name", OF_BILLS)
def test_what_is_no_bill_at_all(name: str) -> None:
    assert problem(OF_BILLS[name], {"parts": []}).remedy == "give a tkdn.Bom"


@pytest.mark.parametrize("name", OF_ASSESSMENTS)
def test_a_bill_is_to_be_assessed_first(name: str) -> None:
    told = problem(OF_ASSESSMENTS[name], tkdn.read_bom(PUMP))
    assert (told.code, told.remedy) == ("option-invalid", "assess it first: tkdn.assess(bom)")
    assert problem(OF_ASSESSMENTS[name], "x.json").remedy == "assess it first: tkdn.assess(tkdn.read_bom(path))"
    assert problem(OF_ASSESSMENTS[name], 7).remedy == "give a tkdn.Assessment"


LAW = "permenperin-35-2025"
OF_DAYS: dict[str, Call] = {
    "assess": lambda on: tkdn.assess(tkdn.read_bom(PUMP), on=on).on,
    "assess_many": lambda on: tkdn.assess_many([tkdn.read_bom(PUMP)], on=on).provenance["on"],
    "firm_size": lambda on: tkdn.firm_size(capital=1, on=on),
    "in_force": lambda on: tkdn.regulation(LAW).in_force(on),
    "value": lambda on: tkdn.regulation(LAW).value("weight.material", on),
    "valid_on": lambda on: (
        tkdn.read_bom(PUMP).uses[0].model_copy(update={"valid_from": datetime.date(2026, 6, 1)}).valid_on(on)
    ),
}
"""What takes a day. The last four took a `date` alone: a text ended in a TypeError, a moment too."""


@pytest.mark.parametrize("name", OF_DAYS)
@pytest.mark.parametrize(
    "on",
    [
        "2026-06-01",
        datetime.datetime(2026, 6, 1, 23, 59),
        pd.Timestamp("2026-06-01 08:00", tz="Asia/Jakarta"),
    ],
    ids=lambda on: type(on).__name__,
)
def test_a_day_is_a_date_or_a_moment_of_it_or_text(name: str, on: Any) -> None:
    assert OF_DAYS[name](on) == OF_DAYS[name](datetime.date(2026, 6, 1))


@pytest.mark.parametrize("name", OF_DAYS)
@pytest.mark.parametrize("on", [pd.NaT, 20260601, "June", "2026-6-1", "2026-02-30"], ids=str)
def test_what_is_no_day_is_refused(name: str, on: Any) -> None:
    assert problem(OF_DAYS[name], on).code == "date-invalid"


def test_an_option_that_is_not_known_is_told_the_nearest() -> None:
    given: dict[str, Any] = {"currenncy": "IDR"}
    told = problem(lambda path: tkdn.read_bom(path, **given), PUMP)
    assert (told.code, told.remedy) == ("option-invalid", "did you mean 'currency'?")
    given = {"foo": None}
    assert problem(lambda path: tkdn.read_bom(path, **given), PUMP).code == "option-invalid"
