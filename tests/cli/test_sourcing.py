"""The commands of sourcing: what they print, what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner, Result

from tkdn import read_bom, write_bom
from tkdn.cli import app

DONE, WRONG = 0, 2
BILL, FOLDER = EXAMPLES / "rural-pickup" / "pickup.json", EXAMPLES / "subang-directory"
MATCH = ("match-suppliers", BILL, "--directory", FOLDER, "--needs", FOLDER / "needs.csv")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A later release of the pickup."""
    bom = read_bom(BILL).with_changes(
        {"parts": {"JACK": {"made_in": "ID", "price": 120000}, "HORN": {"name": "Klakson"}}}
    )
    write_bom(bom, tmp_path / "later.json")
    return tmp_path / "later.json"


def test_matches_as_data() -> None:
    result = run(*MATCH, "--volume", 4000, "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["near"], data["joint_gain"]) == (DONE, "32.13", "3.70")
    assert sum(match["assigned"] for match in data["matches"]) == 26


def test_matches_in_indonesian_with_every_row() -> None:
    result = run(*MATCH, "--near", "32.15", "--lang", "id", "--all")
    assert result.exit_code == DONE
    assert "Dekat 32.15 Kabupaten Karawang" in result.stdout
    assert "ukuran tidak terpenuhi" in result.stdout
    assert "kebutuhan setahun tidak diketahui" in result.stdout


def test_a_wrong_region_is_told() -> None:
    result = run(*MATCH, "--near", "99.99")
    assert (result.exit_code, "[region-unknown]" in result.stderr) == (WRONG, True)


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    result = run("match-suppliers", BILL, "--directory", tmp_path / "nowhere", "--json")
    assert (result.exit_code, json.loads(result.stderr)["problems"][0]["code"]) == (WRONG, "file-missing")


def test_a_history_as_data(later: Path) -> None:
    data = json.loads(run("history", BILL, later, "--json").stdout)
    assert [release["label"] for release in data["releases"]] == ["pickup.json", "later.json"]
    assert [row["steps"][0]["kind"] for row in data["rows"]] == ["other", "price", "origin"]


def test_a_history_leaves_out_what_did_not_move_the_score(later: Path) -> None:
    short, whole = (run("history", BILL, later, *more).stdout for more in ((), ("--all",)))
    assert "Klakson" not in short
    assert "did not move the score: 1" in short
    assert "Klakson" in whole


def test_a_history_of_one_bill() -> None:
    result = run("history", BILL)
    assert (result.exit_code, "[option-invalid]" in result.stderr) == (WRONG, True)
