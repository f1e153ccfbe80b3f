"""Lists as people keep them, each with what it comes to by hand: read after one round of questions, none wrong in silence."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import tkdn

FOLDER = Path(__file__).parent / "habits"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
FOREIGN = "1000"
"""Rupiah for one of a currency, so that costs in it can be read off."""


def file(number: str) -> Path:
    (found,) = FOLDER.glob(f"{number}-*")
    return found


def test_every_list_says_what_it_comes_to() -> None:
    without_prices = {"08", "16", "21", "25", "34", "b08", "b18"}
    """Without a price for every part, or in several currencies; the prices of b18 are in a second sheet."""
    not_right = {"b05", "b16"}
    """For ten machines, which is an error; with scrap on top of the quantity, which is read as a share of what is taken."""
    assert {path.name.partition("-")[0] for path in FOLDER.glob("*-*")} == EXPECTED.keys() | without_prices | not_right


@pytest.mark.parametrize("number", EXPECTED)
def test_a_list_is_read_within_one_round_of_questions(number: str) -> None:
    said = EXPECTED[number]
    reading = tkdn.read_list(file(number))
    asked = [each.code for each in reading.questions]
    assert [code for code in asked if code != "product"] == said.get("asks", [])
    answers = {**said.get("answers", {}), **({"product": "X"} if "product" in asked else {})}
    answered = reading.answered(answers)
    assert answered.questions == ()
    bill = answered.bill()
    currency = said.get("currency")
    if currency:
        bill = bill.replace(rates=[{"currency": currency, "rate": FOREIGN, "from": "2026-01-01"}])
    cost = tkdn.unit_costs(bill.on_day("2026-06-01"))[bill.product or ""]
    assert cost == Fraction(said["cost"]) * (int(FOREIGN) if currency else 1)
    made_in = {part.id: part.made_in for part in bill.parts}
    assert {id_: made_in[id_] for id_ in said.get("origins", {})} == said.get("origins", {})
    assert answered.report is not None
    assert set(said.get("notes", ())) <= {note.code for note in answered.report.notes}


def test_firms_of_a_list_have_their_size_and_place() -> None:
    bill = tkdn.read_bom(file("39"), product="X")
    assert [(each.id, each.scale, each.region) for each in bill.suppliers] == [
        ("CV Subang Jaya", "small", "32.13"),
        ("UD Logam", "micro", None),  # there is a regency and a city of this name
    ]


def test_two_costs_of_one_part_are_asked_about() -> None:
    (asked,) = (each for each in tkdn.read_list(file("34")).questions if each.code == "column")
    assert [each.value for each in asked.choices] == ["Materialkosten (€)", "Fertigungskosten (€)"]
