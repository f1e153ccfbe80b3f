"""The command in a real shell: colours, widths, language, help, completion, closed pipes, an interrupt."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.support.build import EXAMPLES
from typer.testing import CliRunner

from tkdn.cli import app

PUMP, PICKUP = EXAMPLES / "pump" / "pump.json", EXAMPLES / "rural-pickup" / "pickup.json"
TKDN = [sys.executable, "-m", "tkdn"]
ESCAPE = "\x1b["
DONE, NOT_HELD, WRONG, INTERRUPTED, NOT_READ = 0, 1, 2, 130, 141


def environment(**more: str) -> dict[str, str]:
    """This environment without what says how to print."""
    quiet = {"COLUMNS", "NO_COLOR", "FORCE_COLOR", "TKDN_LANG", "LINES", "GITHUB_ACTIONS"}
    return {key: value for key, value in os.environ.items() if key not in quiet} | {"TERM": "xterm-256color", **more}


def ran(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """The command, piped."""
    line = [*TKDN, *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, env=environment(**more), timeout=60)


def on_a_terminal(*words: object, **more: str) -> str:
    """What the command prints where a person watches."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([*TKDN, *map(str, words)], stdout=theirs, stderr=theirs, env=environment(**more))
    os.close(theirs)
    printed = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux tells the end of a terminal so
            break
        if not piece:
            break
        printed += piece
    os.close(ours)
    assert process.wait(60) == DONE
    return printed.decode()


def widest(text: str) -> int:
    return max(map(len, text.splitlines()))


# ---------------------------------------------------------------------------------------------------------------------
# Colours and widths
# ---------------------------------------------------------------------------------------------------------------------


def test_a_terminal_gets_styles() -> None:
    assert ESCAPE in on_a_terminal("assess", PUMP)


@pytest.mark.parametrize("words", [("assess", PUMP), ("--help",), ("regulations",)], ids=lambda words: str(words[0]))
def test_a_pipe_gets_plain_text(words: tuple[object, ...]) -> None:
    result = ran(*words)
    assert result.returncode == DONE
    assert "\x1b" not in result.stdout + result.stderr


def test_no_color_leaves_colours_out() -> None:
    colours = re.compile(r"\x1b\[(?:\d+;)*(?:[349][0-7]|[34]8)[;m]")
    assert not colours.search(on_a_terminal("assess", PUMP, NO_COLOR="1"))
    assert not colours.search(on_a_terminal("--help", NO_COLOR="1"))
    assert colours.search(on_a_terminal("--help"))


@pytest.mark.parametrize("width", [60, 90, 200])
def test_columns_says_how_wide(width: int) -> None:
    assert widest(ran("assess", PICKUP, COLUMNS=str(width)).stdout) <= width


@pytest.mark.parametrize("columns", ["0", "1", "wide", "-5", ""])
def test_columns_that_no_terminal_has(columns: str) -> None:
    result = ran("assess", PUMP, COLUMNS=columns)
    assert (result.returncode, result.stderr) == (DONE, "")
    assert "27.52" in result.stdout


# ---------------------------------------------------------------------------------------------------------------------
# Language
# ---------------------------------------------------------------------------------------------------------------------


def test_the_environment_names_the_language() -> None:
    assert "27,52 %" in ran("assess", PUMP, TKDN_LANG="id").stdout
    assert "27.52 %" in ran("assess", PUMP).stdout


def test_the_option_wins_over_the_environment() -> None:
    assert "27.52 %" in ran("assess", PUMP, "--lang", "en", TKDN_LANG="id").stdout


def test_a_language_that_is_not_spoken_is_refused() -> None:
    result = ran("assess", PUMP, TKDN_LANG="de")
    assert result.returncode == WRONG
    assert "TKDN_LANG" in result.stderr


# ---------------------------------------------------------------------------------------------------------------------
# Help
# ---------------------------------------------------------------------------------------------------------------------

COMMANDS = sorted(
    command.callback.__name__.replace("_", "-") for command in app.registered_commands if command.callback
)


def example_of(command: str) -> list[str]:
    """The example that the help of a command shows, without the name of the program."""
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).stdout
    found = re.search(r"Example: tkdn (.*?)\s*$", shown, re.MULTILINE)
    assert found is not None, f"tkdn {command} --help shows no example"
    return shlex.split(found[1])


def test_the_help_shows_where_to_start() -> None:
    shown = ran("--help", COLUMNS="100").stdout
    start = shown[shown.index("Start here") :]
    named = re.findall(r"tkdn (\w+)", start)
    assert named == ["check", "assess", "lift", "explain", "convert"]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_of_every_command_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("enrichment", "tender", "service"):
        shutil.copytree(EXAMPLES / folder, tmp_path, dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / "subang-directory", tmp_path / "directory")
    shutil.copytree(PICKUP.parent, tmp_path, dirs_exist_ok=True)
    shutil.copy(PICKUP, tmp_path / "before.json")
    shutil.copy(PICKUP, tmp_path / "after.json")
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["convert", "--template", "bill.xlsx"])
    words = example_of(command)
    assert words[0] == command
    assert CliRunner().invoke(app, words, catch_exceptions=False).exit_code in (DONE, NOT_HELD)


# ---------------------------------------------------------------------------------------------------------------------
# Completion
# ---------------------------------------------------------------------------------------------------------------------


def completed(line: str) -> list[str]:
    """What bash is offered for the last word of the line."""
    count = len(line.split(" ")) - 1
    more = {"COMP_WORDS": line, "COMP_CWORD": str(count), "_TKDN_COMPLETE": "complete_bash"}
    script = "import sys; sys.argv[0] = 'tkdn'; from tkdn.__main__ import main; main()"
    line_ = [sys.executable, "-c", script]
    result = subprocess.run(line_, capture_output=True, text=True, check=False, env=environment(**more), timeout=60)
    assert "Traceback" not in result.stderr
    return result.stdout.split()


def test_part_numbers_are_completed() -> None:
    assert completed(f"tkdn explain {PUMP} WAS") == ["WASHER"]
    assert "STUD-BOLT" in completed(f"tkdn explain {PUMP} ")
    assert completed(f"tkdn assess {PUMP} --product WAS") == ["WASHER"]


def test_regulations_are_completed() -> None:
    assert completed(f"tkdn assess {PUMP} --regulation permenperin-2") == ["permenperin-27-2020", "permenperin-28-2023"]
    assert completed("tkdn regulations pp-2") == ["pp-29-2018"]


def test_kinds_of_lists_are_completed() -> None:
    assert completed(f"tkdn check {PUMP} --from sap") == ["sap-cs12"]


@pytest.mark.parametrize("text", ["{", "", '{"format": "tkdn-bom", "version": 1, "parts": []}'])
def test_nothing_is_completed_from_a_file_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bill.json"
    path.write_text(text)
    assert completed(f"tkdn explain {path} ") == []
    assert completed(f"tkdn explain {tmp_path / 'no.json'} ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_shown(shell: str) -> None:
    shown = ran("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1").stdout
    assert "_TKDN_COMPLETE" in shown or "COMPLETE" in shown


# ---------------------------------------------------------------------------------------------------------------------
# Pipes and interrupts
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("assess", PICKUP, "--all"),
        ("assess", PICKUP, "--json"),
        ("explain", PUMP, "--markdown"),
        ("regulations", "permenperin-35-2025"),
        ("--help",),
    ],
    ids=lambda words: "-".join(Path(str(word)).stem for word in words),
)
def test_a_closed_pipe_ends_quietly(words: tuple[object, ...]) -> None:
    process = subprocess.Popen(
        [*TKDN, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert said == ""
    assert process.wait(60) in (NOT_READ, NOT_HELD if words == ("--help",) else NOT_READ)


def test_the_first_line_is_all_that_head_takes() -> None:
    line = f"{shlex.join(TKDN)} assess {PICKUP} --all | head -1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False, env=environment(), timeout=60)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert done.stdout.count("\n") == 1


def test_an_interrupt_ends_quietly() -> None:
    """What is printed goes into a pipe that is not read, so the command waits in the middle of its work."""
    process = subprocess.Popen(
        [*TKDN, "assess", str(PICKUP), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stdout.read(1) == b"{"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert said == b""
    assert process.returncode == INTERRUPTED


def test_data_stays_whole_in_a_pipe() -> None:
    assert json.loads(ran("assess", PICKUP, "--json").stdout)["score"] == "37.12"


def test_errors_are_introduced_in_indonesian() -> None:
    first, second, *_ = ran("assess", "no.json", "--lang", "id").stderr.splitlines()
    assert first.startswith("1 hal perlu diperbaiki")
    assert second.startswith("[file-missing]")
    assert ran("assess", "no.json").stderr.startswith("[file-missing]")
    assert json.loads(ran("assess", "no.json", "--lang", "id", "--json").stderr)["error"] == "BomError"


def test_the_help_is_indonesian_where_it_is_asked_for() -> None:
    by_variable = ran("assess", "--help", TKDN_LANG="id", COLUMNS="120").stdout
    assert "Tampilkan semua baris." in by_variable
    assert "Contoh: tkdn assess" in by_variable
    assert ran("assess", "--help", "--lang", "id", COLUMNS="120").stdout == by_variable
    assert "Show every row." in ran("assess", "--help", "--lang=en", TKDN_LANG="id", COLUMNS="120").stdout
    assert "Mulai di sini" in ran("--help", TKDN_LANG="id", COLUMNS="120").stdout
    assert "Mulai di sini" in ran(TKDN_LANG="id", COLUMNS="120").stdout


def test_the_bare_command_shows_its_help() -> None:
    assert "Start here" in ran(COLUMNS="120").stdout
