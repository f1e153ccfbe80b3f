"""A command asks a person on a terminal; without one it prints all questions with their answers and exits with 2."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tests.io.part_lists.reading import text
from typer.testing import CliRunner, Result

from tkdn.cli import app, conversation


def run(*words: object) -> Result:
    """Run a command line in this process; what it raises is raised."""
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


LIST = ("Part No;Qty;Satuan", "MOTOR;1;bal", "FRAME;1;pcs")


def test_all_questions_are_printed_with_their_answers_and_nothing_is_written(tmp_path: Path) -> None:
    done = run("convert", text(tmp_path, *LIST), tmp_path / "bill.json")
    assert done.exit_code == 2
    assert 'say --unit bal=UNIT   (answers: [units] "bal" = "UNIT")' in done.stderr
    assert "say --product PART" in done.stderr
    assert not (tmp_path / "bill.json").exists()


def test_machines_get_them_as_data(tmp_path: Path) -> None:
    done = run("assess", text(tmp_path, *LIST), "--json")
    said = json.loads(done.stderr)
    assert [each["code"] for each in said["questions"]] == ["unit", "product"]
    assert said["report"]["rows"] == 2


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    typed = io.StringIO()
    monkeypatch.setattr("builtins.input", lambda: _line(typed))
    monkeypatch.setattr("tkdn.cli.bill_options.is_person_there", lambda: True)
    return typed


def _line(typed: io.StringIO) -> str:
    line = typed.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def test_a_person_is_asked_until_all_is_answered(answering: io.StringIO, tmp_path: Path) -> None:
    answering.write("\nstrange\npcs\nTRIKE\n")
    answering.seek(0)
    done = run("convert", text(tmp_path, *LIST), tmp_path / "bill.json")
    assert done.exit_code == 0
    assert json.loads((tmp_path / "bill.json").read_text(encoding="utf-8"))["product"] == "TRIKE"


def test_the_end_of_input_writes_nothing(answering: io.StringIO, tmp_path: Path) -> None:
    done = run("convert", text(tmp_path, *LIST), tmp_path / "bill.json")
    assert done.exit_code == 2
    assert not (tmp_path / "bill.json").exists()


def test_no_ask_and_json_ask_nobody(answering: io.StringIO, tmp_path: Path) -> None:
    answering.write("pcs\nTRIKE\n")
    answering.seek(0)
    path = text(tmp_path, *LIST)
    assert run("convert", path, tmp_path / "bill.json", "--no-ask").exit_code == 2
    assert run("assess", path, "--json").exit_code == 2


def test_answers_are_saved_and_taken_up_by_themselves(tmp_path: Path) -> None:
    path = text(tmp_path, *LIST)
    first = ("--unit", "bal=pcs", "--product", "TRIKE", "--save-answers", tmp_path / "list.answers.toml")
    assert run("convert", path, tmp_path / "first.json", *first).exit_code == 0
    again = run("convert", path, tmp_path / "again.json")
    assert (again.exit_code, "answers taken from list.answers.toml" in again.stderr) == (0, True)
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "first.json").read_bytes()
    assert run("convert", path, tmp_path / "none.json", "--answers", "none").exit_code == 2


def test_what_was_not_plain_is_said_on_standard_error(tmp_path: Path) -> None:
    done = run("convert", text(tmp_path, "Part No;Qty", "MOTOR;1"), tmp_path / "bill.json", "--product", "TRIKE")
    assert "the list has no levels" in done.stderr
    id_ = run("assess", text(tmp_path, "Part No;Qty", "MOTOR;1"), "--product", "TRIKE", "--lang", "id")
    assert "daftar tidak bertingkat" in id_.stderr


def test_a_person_is_there_only_on_a_terminal() -> None:
    assert not conversation.is_person_there()
