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


@pytest.mark.parametrize(
    "on",
    [
        "2026-06-01",
        datetime.date(2026, 6, 1),
        datetime.datetime(2026, 6, 1, 23, 59),
        pd.Timestamp("2026-06-01 08:00", tz="Asia/Jakarta"),
    ],
    ids=lambda on: type(on).__name__,
)
def test_a_day_is_a_date_or_a_moment_of_it(on: Any) -> None:
    assert tkdn.assess(tkdn.read_bom(PUMP), on=on).on == datetime.date(2026, 6, 1)


@pytest.mark.parametrize("on", [pd.NaT, 20260601, "June"], ids=str)
def test_what_is_no_day_is_refused(on: Any) -> None:
    assert problem(lambda day: tkdn.assess(tkdn.read_bom(PUMP), on=day), on).code == "date-invalid"


def test_an_option_that_is_not_known_is_told_the_nearest() -> None:
    given: dict[str, Any] = {"currenncy": "IDR"}
    told = problem(lambda path: tkdn.read_bom(path, **given), PUMP)
    assert (told.code, told.remedy) == ("option-invalid", "did you mean 'currency'?")
    given = {"foo": None}
    assert problem(lambda path: tkdn.read_bom(path, **given), PUMP).code == "option-invalid"
