"""Every output says first what it is, names what it rests on, and outlives pickling and copying, whatever its size."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.support import results
from tests.support.build import EXAMPLES, ON
from typer.testing import CliRunner

import tkdn
from tkdn.assessment import goods
from tkdn.cli import app
from tkdn.outputs import VERSIONS

PARTS_OF_RESULTS = {"Component", "Explanation", "FrontPoint", "Match", "PlanStep", "Proposal", "RegionRow", "Scenario"}
INPUTS = {"Bom", "Directory", "Measures", "Needs"}
PUMP = str(EXAMPLES / "pump" / "pump.json")


@pytest.fixture(scope="module")
def every() -> dict[str, Any]:
    """A result of every kind, of small bills."""
    made = [*results.of_bill(results.small(), "MOTOR"), *results.of_other_methods(), *results.of_files()]
    return dict(made)


@pytest.fixture(scope="module")
def large() -> dict[str, Any]:
    """A result of every kind that a bill walked by arrays gives."""
    return dict(results.of_bill(results.large(), "P0", moves=False))


@pytest.fixture(scope="module")
def by_arrays() -> Iterator[dict[str, Any]]:
    """A result of every kind of a small bill that is walked by arrays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(goods, "MANY_USES", 0)
        yield dict(results.of_bill(results.small(), "MOTOR"))


def test_every_output_begins_with_its_format_and_version(every: dict[str, Any]) -> None:
    """None did: a program could not tell a lift from a comparison, nor which year's keys it read."""
    told = set()
    for name, result in every.items():
        plain = result.to_dict()
        assert list(plain)[:2] == ["format", "version"], name
        assert VERSIONS[plain["format"]] == plain["version"], name
        told.add(plain["format"])
    assert told == VERSIONS.keys() - {"tkdn-check", "tkdn-error", "tkdn-regulations", "tkdn-run"}


def test_no_public_result_is_left_out(every: dict[str, Any]) -> None:
    public = {name for name in tkdn.__all__ if hasattr(getattr(tkdn, name), "to_dict")}
    seen = {kind.__name__ for result in every.values() for kind in type(result).__mro__}
    errors = {name for name in public if issubclass(getattr(tkdn, name), tkdn.TkdnError)}
    assert public - errors - {"Problem", "Place"} - INPUTS - PARTS_OF_RESULTS <= seen


@pytest.mark.parametrize(
    ("words", "format_"),
    [
        (["assess", PUMP], "tkdn-assessment"),
        (["lift", PUMP], "tkdn-lift"),
        (["explain", PUMP, "MOTOR"], "tkdn-explanation"),
        (["check", PUMP], "tkdn-check"),
        (["opportunities", PUMP], "tkdn-opportunities"),
        (["compare", PUMP, PUMP], "tkdn-comparison"),
        (["history", PUMP, PUMP], "tkdn-history"),
        (["regions", PUMP], "tkdn-regions"),
        (["regulations"], "tkdn-regulations"),
        (["regulations", "permenperin-35-2025"], "tkdn-regulation"),
        (["bids", str(EXAMPLES / "tender" / "bids.json")], "tkdn-bids-result"),
        (["benefit", str(EXAMPLES / "tender" / "benefit.json"), "--explain"], "tkdn-explanation"),
    ],
)
def test_every_command_says_so_too(words: list[str], format_: str) -> None:
    plain = json.loads(CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False).stdout)
    assert list(plain.items())[:2] == [("format", format_), ("version", 1)]


def test_an_error_says_so_too() -> None:
    with pytest.raises(tkdn.BomError) as caught:
        tkdn.Bom.from_dict({})
    assert list(caught.value.to_dict().items())[:2] == [("format", "tkdn-error"), ("version", 1)]


COPIES: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda result: pickle.loads(pickle.dumps(result)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("asked", [False, True], ids=["new", "asked"])
@pytest.mark.parametrize("how", COPIES)
@pytest.mark.parametrize("size", ["every", "by_arrays", "large"])
def test_results_of_every_size_are_pickled_and_copied_equal(
    size: str, how: str, asked: bool, request: pytest.FixtureRequest
) -> None:
    """Those of a large bill ended in "Can't pickle local object 'GoodsAssessment.compiled.<locals>.<lambda>'"."""
    for name, result in request.getfixturevalue(size).items():
        before = result.to_dict() if asked else None
        again = COPIES[how](result).to_dict()
        assert again == (before or result.to_dict()), name


@pytest.mark.parametrize("made", [results.small, results.large])
def test_a_bill_is_pickled_and_copied_equal(made: Callable[[], tkdn.Bom]) -> None:
    bom = made()
    tkdn.assess(bom)
    for how in COPIES.values():
        assert how(bom) == bom
        assert how(bom).sha256 == bom.sha256


def test_a_large_assessment_is_answered_in_another_process() -> None:
    """What a pool of workers does with it."""
    assessment = tkdn.assess(results.large())
    code = "import pickle, sys; a = pickle.load(sys.stdin.buffer); print(a.score, a.made_here(1), a.explain().title_in('en'))"
    ran = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(assessment), capture_output=True, check=True)
    answer = f"{assessment.score} {assessment.made_here(1)} {assessment.explain().title_in('en')}"
    assert ran.stdout.decode().strip() == answer


# What identifies a result


def _law(**changes: Any) -> tkdn.Regulation:
    return tkdn.regulation("permenperin-35-2025").amend(
        {key.replace("_", ".", 1): value for key, value in changes.items()}
    )


def _minibus(**how: Any) -> tkdn.Assessment:
    bom = tkdn.read_bom(EXAMPLES / "electric-minibus" / "minibus.json")
    return tkdn.assess(bom, regulation="permenperin-28-2023", **how)


def _what_ifs() -> list[tkdn.Assessment]:
    laws = _law(weight_material=80, weight_labour=5), _law(weight_material=70, weight_labour=15)
    return [tkdn.assess(results.small(), regulation=law) for law in laws]


def _readings() -> list[tkdn.Assessment]:
    """One file, read in two ways."""
    pump = results.small()
    read = [pump, pump.replace(rates=[{"currency": "USD", "rate": 16_000, "from": ON}])]
    for bom in read:
        bom.set_source(b"one file")
    return [tkdn.assess(bom) for bom in read]


def _plan(price: int) -> tkdn.Plan:
    measure = {"id": "HOME", "changes": {"parts": {"MOTOR": {"made_in": "ID"}}}, "one_off": {"amount": str(price)}}
    measures = tkdn.Measures.from_dict({"format": "tkdn-measures", "version": 1, "measures": [measure]})
    return tkdn.plan(results.small(), measures=measures, target=28)


def _scenarios(price: int) -> tkdn.Scenarios:
    return tkdn.scenarios(tkdn.assess(results.small()), {"parts.MOTOR.price": [price]})


def _moves(cost: int) -> tkdn.Opportunities:
    assessment = tkdn.assess(results.small())
    id_ = tkdn.opportunities(assessment).rows[0].id
    return tkdn.opportunities(assessment, costs={id_: cost})


def _matching(volume: int) -> tkdn.Matching:
    folder = EXAMPLES / "subang-directory"
    bom = tkdn.read_bom(EXAMPLES / "rural-pickup" / "pickup.json")
    return tkdn.match_suppliers(tkdn.assess(bom), folder, folder / "needs.csv", volume=volume)


PAIRS: dict[str, tuple[Callable[[], Any], set[str]]] = {
    "two what-ifs": (_what_ifs, {"law_sha256"}),
    "two years": (lambda: [_minibus(year=year) for year in (2026, 2030)], {"year"}),
    "two products": (lambda: [tkdn.assess(results.small(), product=id_) for id_ in ("PUMP", "MOTOR")], {"product"}),
    "two options": (lambda: [tkdn.assess(results.small(), exact=each) for each in (False, True)], {"options"}),
    "two readings": (_readings, {"bill_sha256"}),
    "two prices of a measure": (lambda: [_plan(price) for price in (100, 200)], {"measures_sha256"}),
    "two rows of scenarios": (lambda: [_scenarios(price) for price in (100, 200)], {"columns_sha256"}),
    "two costs of a move": (lambda: [_moves(cost) for cost in (100, 200)], {"costs_sha256"}),
    "two volumes": (lambda: [_matching(volume) for volume in (10, 4000)], {"volume"}),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_may_differ_is_told_apart_by_its_provenance(name: str) -> None:
    """Each of the first three pairs had one provenance."""
    made, differ = PAIRS[name]
    first, second = (assessment.provenance for assessment in made())
    assert {key for key in first if first[key] != second[key]} == differ


def test_the_same_question_has_the_same_provenance_in_every_process() -> None:
    law = "tkdn.regulation('permenperin-35-2025').amend({'weight.labour': 5, 'weight.material': '80.0'})"
    code = f"import tkdn; print(tkdn.assess(tkdn.read_bom({PUMP!r}), regulation={law}).provenance)"
    ran = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **seed}
        )
        for seed in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    ]
    told = {each.stdout.strip() for each in ran}
    assert told == {str(tkdn.assess(results.small(), regulation=_law(weight_material=80, weight_labour=5)).provenance)}


def test_a_year_that_is_not_said_is_the_days() -> None:
    assert _minibus(on=ON).provenance == _minibus(on=ON, year=2026).provenance


def test_a_changed_assessment_has_the_provenance_of_a_new_one() -> None:
    for name, bom in (("MOTOR", results.small()), ("P0", results.large())):
        changes = {"parts": {name: {"made_in": "JP"}}}
        changed = tkdn.assess(bom).with_changes(changes)
        assert changed.provenance == tkdn.assess(bom.with_changes(changes)).provenance


def test_every_result_has_the_provenance_of_its_assessments(every: dict[str, Any]) -> None:
    keys = {"library", "regulation", "data_version", "law_sha256", "year", "on"}
    for name, result in every.items():
        plain = result.to_dict()
        held = [
            plain,
            *(plain.get(side) for side in ("before", "after")),
            *plain.get("releases", ()),
            *plain.get("products", ()),
        ]
        found = [each["provenance"] for each in held if isinstance(each, dict) and "provenance" in each]
        assert found or name in WITHOUT, name
        assert all(keys <= each.keys() for each in found), name


WITHOUT = {"questions", "explanation", "regulation", "what-if", "enrichment", "certificates", "reading"}
"""Steps within a result, and what counts nothing by a law."""
