"""The commands for what to do next: what they print, write, refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner, Result

from tkdn import assess, read_bom
from tkdn.cli import app

DONE, NOT_HELD, WRONG = 0, 1, 2
FOLDER = EXAMPLES / "rural-pickup"
BILL, MEASURES = FOLDER / "pickup.json", FOLDER / "measures.json"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def planned(*words: object) -> Result:
    return run("plan", BILL, "--measures", MEASURES, "--volume", 5000, *words)


def test_json_is_the_plan_as_plain_data() -> None:
    data = json.loads(planned("--target", 45, "--json").stdout)
    assert (data["status"], data["score"], data["cost"]) == ("optimal", "45.28", "280000000.00")


def test_json_holds_the_front_where_it_is_asked_for() -> None:
    data = json.loads(planned("--target", 42, "--front", "--json").stdout)
    assert data["front"][0]["measures"] == []


def test_the_bill_with_the_measures_taken_is_written(tmp_path: Path) -> None:
    result = planned("--target", 45, "-o", tmp_path / "planned.json")
    assert result.exit_code == DONE
    assert str(assess(read_bom(tmp_path / "planned.json")).score) == "45.28"


def test_a_file_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "planned.json").write_text("{}", encoding="utf-8")
    result = planned("--target", 45, "-o", tmp_path / "planned.json")
    assert (result.exit_code, "output-exists" in result.stderr) == (WRONG, True)


def test_out_of_reach_is_exit_code_1_and_writes_nothing(tmp_path: Path) -> None:
    result = planned("--target", 45, "--budget", 0, "-o", tmp_path / "planned.json")
    assert result.exit_code == NOT_HELD
    assert "What keeps it: the budget" in result.stdout
    assert not (tmp_path / "planned.json").exists()


def test_a_wrong_call_tells_its_code() -> None:
    result = planned("--target", 140)
    assert (result.exit_code, "[target-out-of-range]" in result.stderr) == (WRONG, True)


def test_the_front_is_shown_in_indonesian() -> None:
    assert "Biaya terhadap nilai" in planned("--target", 42, "--front", "--lang", "id").stdout


@pytest.mark.parametrize("lang", ["en", "id"])
def test_names_cannot_steer_the_terminal(lang: str, tmp_path: Path) -> None:
    document = json.loads(MEASURES.read_text(encoding="utf-8"))
    document["measures"][2]["name"] = "cab\u001b[31m"
    (tmp_path / "m.json").write_text(json.dumps(document), encoding="utf-8")
    result = run("plan", BILL, "--measures", tmp_path / "m.json", "--target", 44, "--volume", 1, "--lang", lang)
    assert result.exit_code == DONE
    assert "\u001b" not in result.stdout
