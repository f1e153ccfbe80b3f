"""Measures as a document: read, checked between each other, written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.support.build import EXAMPLES
from tests.support.measures import listed, measure

from tkdn import Measure, MeasureError, Measures, measures_schema, read_measures
from tkdn.planning.measures import measures_of

EXAMPLE = EXAMPLES / "rural-pickup" / "measures.json"


def told(*measures: Any, **top: Any) -> list[tuple[str, str]]:
    """Code and place of each problem of a list that is refused."""
    with pytest.raises(MeasureError) as raised:
        Measures.from_dict({**listed(*measures), **top})
    return [(problem.code, str(problem.place)) for problem in raised.value.problems]


def message(*measures: Any) -> str:
    with pytest.raises(MeasureError) as raised:
        Measures.from_dict(listed(*measures))
    return str(raised.value)


def test_the_example_is_read_and_written_the_same() -> None:
    measures = read_measures(EXAMPLE)
    assert Measures.from_json(json.dumps(measures.to_dict())) == measures


def test_the_example_says_that_it_is_synthetic() -> None:
    assert "synthetic" in str(read_measures(EXAMPLE).name)


def test_the_example_fits_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(measures_schema())
    assert not list(validator.iter_errors(json.loads(EXAMPLE.read_text(encoding="utf-8"))))


def test_measures_may_be_given_as_records() -> None:
    given = Measure.model_validate(measure("A", {"X": {"made_in": "ID"}}, 5))
    assert measures_of([given, measure("B")]).measures[0] == given


def test_all_problems_are_told_at_once() -> None:
    wrong = measure("A", one_off=-1, requires=["C"])
    assert told(wrong, measure("B", colour="red", excludes=["A"]), measure("D", requires=["E"])) == [
        ("number-negative", "measures[0].one_off.amount"),
        ("unknown-key", "measures[1].colour"),
        ("measure-unknown", "measures[2].requires[0]"),
    ]


def test_a_key_that_is_nearly_right_is_named() -> None:
    assert "did you mean 'one_off'?" in message({**measure("A"), "oneoff": 5})


def test_a_section_that_is_nearly_right_is_named() -> None:
    assert "did you mean 'parts'?" in message(measure("A", changes={"part": {}}))


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"format": "tkdn-bom"}, "format-unknown"),
        ({"version": 2}, "version-unknown"),
        ({"version": True}, "version-unknown"),
    ],
)
def test_another_document_is_refused(document: dict[str, Any], code: str) -> None:
    assert code in {found for found, _ in told(**document)}


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(MeasureError) as raised:
        Measures.from_json("{")
    assert raised.value.code == "json-malformed"


def test_a_missing_file_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match=r"what-if\.json"):
        read_measures(tmp_path / "what-if.json")


def test_problems_of_a_file_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps(listed(measure("A", one_off=-1))), encoding="utf-8")
    with pytest.raises(MeasureError, match=r"m\.json, measures\[0\]\.one_off\.amount"):
        read_measures(tmp_path / "m.json")


def test_two_of_one_id_are_refused() -> None:
    assert told(measure("A"), measure("A")) == [("duplicate-id", "measures[1].id")]


def test_a_circle_of_prerequisites_is_named_by_its_path() -> None:
    found = message(measure("A", requires=["B"]), measure("B", requires=["C"]), measure("C", requires=["A"]))
    assert "prerequisites form a circle: A > B > C > A" in found


def test_a_measure_that_needs_itself_is_a_circle() -> None:
    assert told(measure("A", requires=["A"])) == [("measure-circle", "measures[0].requires")]


def test_a_measure_that_excludes_itself_is_refused() -> None:
    assert told(measure("A", excludes=["A"])) == [("measures-contradict", "measures[0].excludes")]


def test_a_measure_that_needs_two_which_exclude_each_other_is_refused() -> None:
    found = message(measure("A"), measure("B", excludes=["A"]), measure("C", requires=["A", "B"]))
    assert "'C' needs 'A' and 'B', which exclude each other" in found


MADE_HERE = {"X": {"made_in": "ID"}}
MADE_THERE = {"X": {"made_in": "CN"}}


def test_two_that_set_one_field_to_different_values_contradict() -> None:
    assert told(measure("A", MADE_HERE), measure("B", MADE_THERE)) == [
        ("measures-contradict", "measures[1].changes.parts")
    ]


@pytest.mark.parametrize("relation", [{"excludes": ["A"]}, {"requires": ["A"]}])
def test_they_may_where_one_excludes_or_needs_the_other(relation: Any) -> None:
    taken = Measures.from_dict(listed(measure("A", MADE_HERE), measure("B", MADE_THERE, **relation)))
    assert [each.id for each in taken.measures] == ["A", "B"]


def test_two_may_set_one_field_to_the_same_value() -> None:
    taken = Measures.from_dict(listed(measure("A", MADE_HERE), measure("B", MADE_HERE)))
    assert [each.id for each in taken.measures] == ["A", "B"]


def test_one_lead_time_is_enough() -> None:
    assert told(measure("A", lead_weeks=8, lead_months=2)) == [("lead-time-invalid", "measures[0]")]


def test_a_lead_time_is_whole() -> None:
    assert told(measure("A", lead_months="1.5")) == [("lead-time-invalid", "measures[0]")]
