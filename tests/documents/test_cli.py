"""The commands of the documents: tables for people, data for machines, templates, errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.documents.build import bid, document, item, tender
from tests.support.build import EXAMPLES
from typer.testing import CliRunner, Result

from tkdn import UsageError, cli, documents
from tkdn.cli_documents import register

COMMANDS = {
    "services": EXAMPLES / "service" / "service.json",
    "combined": EXAMPLES / "service" / "combined.json",
    "benefit": EXAMPLES / "tender" / "benefit.json",
    "bids": EXAMPLES / "tender" / "bids.json",
}
DONE, WRONG = 0, 2
each_command = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The documents' commands as the command line has them."""
    app = typer.Typer()
    monkeypatch.setattr(cli, "app", app)
    register(cli.command)
    return app


def run(app: typer.Typer, *words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def saved(folder: Path, data: dict[str, Any]) -> Path:
    path = folder / "document.json"
    path.write_text(json.dumps(data))
    return path


@each_command
def test_json_is_the_data_of_the_result(app: typer.Typer, command: str) -> None:
    result = run(app, command, COMMANDS[command], "--json")
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
def test_tables_for_people(
    app: typer.Typer, command: str, english: tuple[str, ...], indonesian: tuple[str, ...]
) -> None:
    shown = run(app, command, COMMANDS[command]).stdout
    assert all(words in shown for words in english)
    shown = run(app, command, COMMANDS[command], "--lang", "id").stdout
    assert all(words.lower() in shown.lower() for words in indonesian)


@each_command
def test_explain_says_every_step(app: typer.Typer, command: str) -> None:
    function: Any = getattr(documents, command)
    explanation = function(documents.read(COMMANDS[command])).explain()
    assert run(app, command, COMMANDS[command], "--explain").stdout == explanation.to_text("en")
    assert run(app, command, COMMANDS[command], "--explain", "--lang", "id").stdout == explanation.to_text("id")
    data = json.loads(run(app, command, COMMANDS[command], "--explain", "--json").stdout)
    assert data == explanation.to_dict()


@each_command
def test_a_template_is_the_example_and_is_read_as_it_is(app: typer.Typer, command: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run(app, command, "--template", out)
    assert (result.exit_code, result.stdout.startswith("Written: ")) == (DONE, True)
    assert out.read_bytes() == COMMANDS[command].read_bytes()
    assert run(app, command, out).exit_code == DONE


def test_a_template_overwrites_nothing_unless_told_to(app: typer.Typer, tmp_path: Path) -> None:
    out = saved(tmp_path, {"mine": True})
    result = run(app, "bids", "--template", out)
    assert result.exit_code == WRONG
    assert "[output-exists]" in result.stderr
    assert json.loads(out.read_text()) == {"mine": True}
    assert run(app, "bids", "--template", out, "--force").exit_code == DONE
    assert json.loads(out.read_text())["format"] == "tkdn-bids"


def test_a_template_that_cannot_be_written(app: typer.Typer, tmp_path: Path) -> None:
    result = run(app, "bids", "--template", tmp_path / "none" / "out.json")
    assert result.exit_code == WRONG
    assert "[output-unwritable]" in result.stderr


def test_a_template_of_an_unknown_format() -> None:
    with pytest.raises(UsageError, match="did you mean 'tkdn-bids'"):
        documents.write_template("tkdn-bid", "out.json")


@each_command
def test_a_file_or_a_template_is_needed_and_not_both(app: typer.Typer, command: str, tmp_path: Path) -> None:
    for words in ((), (COMMANDS[command], "--template", tmp_path / "out.json")):
        result = run(app, command, *words)
        assert result.exit_code == WRONG
        assert "[option-invalid]" in result.stderr
        assert list(tmp_path.iterdir()) == []


def test_a_document_of_another_command(app: typer.Typer) -> None:
    result = run(app, "bids", COMMANDS["services"])
    assert (result.exit_code, result.stdout) == (WRONG, "")
    assert "run 'tkdn services'" in result.stderr


def test_errors_as_data(app: typer.Typer, tmp_path: Path) -> None:
    path = saved(tmp_path, tender(bid("A", 1), preference="26"))
    result = run(app, "bids", path, "--json")
    assert (result.exit_code, result.stdout) == (WRONG, "")
    told = json.loads(result.stderr)
    assert told["error"] == "DocumentError"
    assert [(each["code"], each["place"]["path"]) for each in told["problems"]] == [
        ("preference-too-high", "preference")
    ]


def test_names_cannot_steer_the_terminal(app: typer.Typer, tmp_path: Path) -> None:
    path = saved(tmp_path, document("combined", name="\x1b[31mred", goods=[item(1, name="[bold]x\x1b[2J")]))
    for words in ((), ("--explain",)):
        result = run(app, "combined", path, *words)
        assert result.exit_code == DONE
        assert "\x1b" not in result.stdout
        assert "[bold]x" in result.stdout


def test_a_tender_that_nobody_wins_is_told(app: typer.Typer, tmp_path: Path) -> None:
    path = saved(tmp_path, tender(bid("A", 1, imported=False)))
    assert "nobody" in run(app, "bids", path).stdout
    assert "tidak ada" in run(app, "bids", path, "--lang", "id").stdout
    assert "Winner: nobody" in run(app, "bids", path, "--explain").stdout


def test_missing_facts_are_shown(app: typer.Typer, tmp_path: Path) -> None:
    path = saved(tmp_path, document("benefit", workers=5))
    shown = run(app, "benefit", path).stdout
    assert "Not stated, and giving nothing (19)" in shown
    assert "size of the firm" in shown


@each_command
@pytest.mark.parametrize("lang", ["en", "id"])
def test_tables_fit_a_narrow_terminal(
    app: typer.Typer, command: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = run(app, command, COMMANDS[command], "--lang", lang).stdout
    assert max(len(line) for line in shown.split("\n")) <= 80
    if command == "bids":
        figures = ("892,500,000", "1,006,250,000") if lang == "en" else ("892.500.000", "1.006.250.000")
        assert all(figure in shown for figure in figures)
        assert "- PT D (synthetic): " in shown  # why it may not be taken stands below the table
