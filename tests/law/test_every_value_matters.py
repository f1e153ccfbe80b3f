"""Every value of law is used: a regulation that says otherwise in one place gives another result somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

import pytest
from tests.law.scenarios import Scenario, answer, for_law

from tkdn.law import shipped
from tkdn.law.regulation import LadderRow, Parameter, Regulation, Value

INFORMATION = {
    "preference.construction": "no document counts construction by a foreign firm; 'tkdn regulations' shows it",
}
"""Values that are shown and not computed with, each with the reason."""
WORDS = {
    "yes": "no",
    "no": "yes",
    "if_tariff_line_changed": "yes",
    "either": "none",
    "micro": "small",
    "small": "medium",
    "medium": "large",
    "large": "medium",
    "few": "many",
    "many": "few",
    "least_tkdn_if_duty": "siinas",
    "least_tkdn": "siinas",
    "certified": "siinas",
    "siinas": "imported",
    "imported": "siinas",
}
BUNDLE = {law.id: law for law in shipped.regulations()}


def others(value: Decimal | str, choices: tuple[str, ...] = ()) -> list[Decimal | str]:
    """Values that the law does not have there: one less and one more (twice and half of what is large), or another word."""
    if isinstance(value, str) and value[:1].isdigit():
        day = date.fromisoformat(value)
        return [(day + timedelta(days=step)).isoformat() for step in (-1, 1)]
    if isinstance(value, str):
        return [next((word for word in choices if word != value), None) or WORDS[value]]
    large = value > 1000
    return [value / 2 if large else value - 1, value * 2 if large else value + 1]


def changed_rows(value: Value) -> Iterator[tuple[str, list[Value]]]:
    def with_row(at: int, row: LadderRow) -> Value:
        return replace(value, rows=(*value.rows[:at], row, *value.rows[at + 1 :]))

    for at, row in enumerate(value.rows):
        yield f"row {at} value", [with_row(at, replace(row, value=each)) for each in others(row.value)]
        limits = cast("list[Decimal]", others(row.limit))
        yield f"row {at} limit", [with_row(at, replace(row, limit=each)) for each in limits]


def changed(law: Regulation) -> Iterator[tuple[str, list[Regulation]]]:
    """The regulation with one value changed, for each of its values in each of the ways."""

    def with_value(parameter: Parameter, at: int, value: Value) -> Regulation:
        values = (*parameter.values[:at], value, *parameter.values[at + 1 :])
        return replace(law, parameters={**law.parameters, parameter.key: replace(parameter, values=values)})

    for parameter in law.parameters.values():
        for at, value in enumerate(parameter.values):
            if value.value is not None:
                ways = [replace(value, value=each) for each in others(value.value, parameter.choices)]
                yield f"{parameter.key} {value.start}", [with_value(parameter, at, each) for each in ways]
            for what, ways in changed_rows(value):
                yield f"{parameter.key} {what}", [with_value(parameter, at, each) for each in ways]


def known_answers(law: Regulation, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[tuple[Scenario, Any]]]:
    """The scenarios that look a parameter up, with their answers, by its key."""
    looked_up: set[str] = set()
    look_up = Parameter.on

    def recorded(self: Parameter, *at: Any) -> Value:
        looked_up.add(self.key)
        return look_up(self, *at)

    found: dict[str, list[tuple[Scenario, Any]]] = {}
    with monkeypatch.context() as patch:
        patch.setattr(Parameter, "on", recorded)
        for scenario in for_law(law.id):
            looked_up.clear()
            told = answer(scenario)
            for key in looked_up:
                found.setdefault(key, []).append((scenario, told))
    return found


@pytest.fixture
def laws(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Regulation]]:
    """What the library takes for the shipped regulations."""
    told = dict(BUNDLE)
    monkeypatch.setattr(shipped, "load", lambda text, file, included=None: told[file.removesuffix(".toml")])
    yield told
    shipped.regulation.cache_clear()


@pytest.mark.parametrize("id_", BUNDLE)
def test_changing_any_value_changes_a_result(
    id_: str, laws: dict[str, Regulation], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = known_answers(BUNDLE[id_], monkeypatch)

    def moves(altered: Regulation, key: str) -> bool:
        laws[id_] = altered
        shipped.regulation.cache_clear()
        return any(answer(scenario) != told for scenario, told in known.get(key, ()))

    unmoved = []
    for name, ways in changed(BUNDLE[id_]):
        key = name.split()[0]
        if key not in INFORMATION and not any(moves(altered, key) for altered in ways):
            unmoved.append(name)
    assert unmoved == []


def test_what_is_for_information_only_exists() -> None:
    assert INFORMATION.keys() <= {key for law in BUNDLE.values() for key in law.parameters}
