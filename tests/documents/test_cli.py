"""The commands of the documents: tables for people, data for machines, templates, errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.documents.build import bid, document, item, tender
from tests.support.build import EXAMPLES
from typer.testing import CliRunner, Result

from tkdn import UsageError, documents
from tkdn.cli import app

COMMANDS = {
    "services": EXAMPLES / "service" / "service.json",
    "combined": EXAMPLES / "service" / "combined.json",
    "benefit": EXAMPLES / "tender" / "benefit.json",
    "bids": EXAMPLES / "tender" / "bids.json",
}
DONE, WRONG = 0, 2
each_command = pytest.mark.parametrize("command", COMMANDS)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def saved(folder: Path, data: dict[str, Any]) -> Path:
    path = folder / "document.json"
    path.write_text(json.dumps(data))
    return path


@each_command
def test_json_is_the_data_of_the_result(command: str) -> None:
    result = run(command, COMMANDS[command], "--json")
    assert (result.exit_code, result.stderr) == (DONE, "")
    function: Any = getattr(documents, command)
    assert json.loads(result.stdout) == function(documents.read(COMMANDS[command])).to_dict()


@pytest.mark.parametrize(
    ("command", "english", "indonesian"),
    [
        ("services", ("69.27 %", "Tools and facilities"), ("69,27 %", "Alat kerja")),
        ("combined", ("43.47 %", "Sensor kit"), ("43,47 %", "nilai perolehan")),
        ("benefit", ("15.00 %", "21.50 %", "Industry 4.0"), ("15,00 %", "21,50 %", "kemitraan")),
        ("bids", ("892,500,000", "PT A (synthetic)", "Winner"), ("892.500.000", "Pemenang")),
    ],
)
def test_tables_for_people(command: str, english: tuple[str, ...], indonesian: tuple[str, ...]) -> None:
    shown = run(command, COMMANDS[command]).stdout
    assert all(words in shown for words in english)
    shown = run(command, COMMANDS[command], "--lang", "id").stdout
    assert all(words.lower() in shown.lower() for words in indonesian)


@each_command
def test_explain_says_every_step(command: str) -> None:
    function: Any = getattr(documents, command)
    explanation = function(documents.read(COMMANDS[command])).explain()
    assert run(command, COMMANDS[command], "--explain").stdout == explanation.to_text("en")
    assert run(command, COMMANDS[command], "--explain", "--lang", "id").stdout == explanation.to_text("id")
    data = json.loads(run(command, COMMANDS[command], "--explain", "--json").stdout)
    assert data == explanation.to_dict()


@each_command
def test_a_template_is_the_example_and_is_read_as_it_is(command: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run(command, "--template", out)
    assert (result.exit_code, result.stdout.startswith("Written: ")) == (DONE, True)
    assert out.read_bytes() == COMMANDS[command].read_bytes()
    assert run(command, out).exit_code == DONE


def test_a_template_overwrites_nothing_unless_told_to(tmp_path: Path) -> None:
    out = saved(tmp_path, {"mine": True})
    result = run("bids", "--template", out)
    assert result.exit_code == WRONG
    assert "[output-exists]" in result.stderr
    assert json.loads(out.read_text()) == {"mine": True}
    assert run("bids", "--template", out, "--force").exit_code == DONE
    assert json.loads(out.read_text())["format"] == "tkdn-bids"


def test_a_template_that_cannot_be_written(tmp_path: Path) -> None:
    result = run("bids", "--template", tmp_path / "none" / "out.json")
    assert result.exit_code == WRONG
    assert "[output-unwritable]" in result.stderr


def test_a_template_of_an_unknown_format() -> None:
    with pytest.raises(UsageError, match="did you mean 'tkdn-bids'"):
        documents.write_template("tkdn-bid", "out.json")


@each_command
def test_a_file_or_a_template_is_needed_and_not_both(command: str, tmp_path: Path) -> None:
    for words in ((), (COMMANDS[command], "--template", tmp_path / "out.json")):
        result = run(command, *words)
        assert result.exit_code == WRONG
        assert "[option-invalid]" in result.stderr
        assert list(tmp_path.iterdir()) == []


def test_a_document_of_another_command() -> None:
    result = run("bids", COMMANDS["services"])
    assert (result.exit_code, result.stdout) == (WRONG, "")
    assert "run 'tkdn services'" in result.stderr


def test_errors_as_data(tmp_path: Path) -> None:
    path = saved(tmp_path, tender(bid("A", 1), preference="26"))
    result = run("bids", path, "--json")
    assert (result.exit_code, result.stdout) == (WRONG, "")
    told = json.loads(result.stderr)
    assert told["error"] == "DocumentError"
    assert [(each["code"], each["place"]["path"]) for each in told["problems"]] == [
        ("preference-too-high", "preference")
    ]


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = saved(tmp_path, document("combined", name="\x1b[31mred", goods=[item(1, name="[bold]x\x1b[2J")]))
    for words in ((), ("--explain",)):
        result = run("combined", path, *words)
        assert result.exit_code == DONE
        assert "\x1b" not in result.stdout
        assert "[bold]x" in result.stdout


def test_a_tender_that_nobody_wins_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, tender(bid("A", 1, imported=False)))
    assert "nobody" in run("bids", path).stdout
    assert "tidak ada" in run("bids", path, "--lang", "id").stdout
    assert "Winner: nobody" in run("bids", path, "--explain").stdout


def test_missing_facts_are_shown(tmp_path: Path) -> None:
    path = saved(tmp_path, document("benefit", workers=5))
    shown = run("benefit", path).stdout
    assert "Not stated, and giving nothing (19)" in shown
    assert "size of the firm" in shown


@each_command
@pytest.mark.parametrize("lang", ["en", "id"])
def test_tables_fit_a_narrow_terminal(command: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = run(command, COMMANDS[command], "--lang", lang).stdout
    assert max(len(line) for line in shown.split("\n")) <= 80
    if command == "bids":
        figures = ("892,500,000", "1,006,250,000") if lang == "en" else ("892.500.000", "1.006.250.000")
        assert all(figure in shown for figure in figures)
        assert "- PT D (synthetic): " in shown  # why it may not be taken stands below the table
