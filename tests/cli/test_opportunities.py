"""`tkdn opportunities`: what it shows, limits, refuses."""

from __future__ import annotations

import json

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner, Result

from tkdn import assess, opportunities, read_bom
from tkdn.assessment.opportunities.candidate import KINDS
from tkdn.cli import app
from tkdn.cli.opportunities import Kind

PICKUP = EXAMPLES / "rural-pickup" / "pickup.json"
DONE, WRONG = 0, 2


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["opportunities", *map(str, words)], catch_exceptions=False)


def test_json_is_the_plain_data() -> None:
    result = run(PICKUP, "--kind", "certify", "--basis", "potential", "--months", 3, "--json")
    found = opportunities(assess(read_bom(PICKUP)), kinds=["certify"], basis="potential", months=3)
    assert json.loads(result.stdout) == json.loads(json.dumps(found.to_dict()))


def test_people_see_headlines_that_gain() -> None:
    shown = run(PICKUP, "--limit", 400).stdout
    assert "certify at 69.14%" in shown
    assert "-0.14" not in shown
    assert "15 would cost points" in shown


def test_a_limit_says_what_it_leaves_out() -> None:
    assert "more that gain (--limit" in run(PICKUP, "--limit", 1).stdout


def test_one_part_is_explained_with_its_losses() -> None:
    shown = " ".join(run(PICKUP, "--part", "CROSS-MEMBER").stdout.split())
    assert "Do not certify it" in shown
    assert "Permenperin 35/2025 Pasal 5(2)a.3" in shown


def test_in_indonesian() -> None:
    assert "Apa yang menaikkan nilai berikutnya (kini 37,12)" in run(PICKUP, "--lang", "id").stdout


def test_nothing_to_do_is_said() -> None:
    assert run(PICKUP, "--kind", "factor").stdout.splitlines()[-1] == "No move of this kind was found."


def test_costs_give_a_second_table() -> None:
    shown = run(PICKUP, "--limit", 1, "--cost", "BIW=1000000").stdout
    assert "Most gain for a rupiah" in shown
    assert "rupiah a point" in shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--part", "BIWW"), "part-unknown"),
        (("--cost", "BIW"), "option-invalid"),
        (("--cost", "BIW=much"), "cost-invalid"),
        (("--cost", "BIWW=1"), "move-unknown"),
        (("--months", "-1"), "months-invalid"),
    ],
)
def test_wrong_calls(words: tuple[str, ...], code: str) -> None:
    result = run(PICKUP, *words)
    assert result.exit_code == WRONG
    assert f"[{code}]" in result.stderr


def test_the_kinds_of_the_command_are_those_of_the_moves_in_their_order() -> None:
    assert tuple(each.value for each in Kind) == KINDS
