"""What the commands of an example give: golden text by file name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden.commands import COMMANDS
from tests.golden.texts import data_text, file_text
from typer.testing import CliRunner, Result

from tkdn import __version__
from tkdn.cli import app
from tkdn.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
STORED = Path(__file__).parent / "stored"
UNSET = dict.fromkeys(("COLUMNS", "FORCE_COLOR", "TKDN_LIMITS"))
"""Variables that would change what is printed."""
_VERSION = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])")
_NAMED = re.compile(r"([\w-]+): (.*)")


def outputs(example: str) -> dict[str, str]:
    """Return all golden texts of an example, by their path in its folder of `stored`."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        with TemporaryDirectory() as folder, chdir(folder):
            Path("examples").symlink_to(ROOT / "examples")
            blocks = []
            for line in COMMANDS[example]:
                if named := _NAMED.fullmatch(line):
                    if lang == "en":
                        found[f"{named[1]}.txt"] = _data(named[2])
                else:
                    blocks.append(_terminal(line, lang))
            found[f"terminal.{lang}.txt"] = "\n".join(blocks)
            if lang == "en":
                found |= dict(_written(Path(folder)))
    return {name: _VERSION.sub("VERSION", text) for name, text in found.items()}


def stored(example: str) -> dict[str, str]:
    """Return the golden texts of an example as they are stored."""
    folder = STORED / example
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in folder.rglob("*.txt")}


def _run(command: str, lang: str) -> Result:
    """Run a command; a traceback is no output, so it is raised."""
    ran = CliRunner().invoke(app, command.split(), env={"TKDN_LANG": lang, **UNSET})
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return ran


def _data(command: str) -> str:
    ran = _run(command, "en")
    assert ran.stdout, f"$ tkdn {command}\n{ran.stderr}"
    return data_text(json.loads(ran.stdout))


def _terminal(command: str, lang: str) -> str:
    ran = _run(command, lang)
    ends = [f"exit code {ran.exit_code}\n"] if ran.exit_code else []
    return "".join([f"$ tkdn {command}\n", ran.stdout, ran.stderr, *ends])


def _written(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what the commands wrote into a folder."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if name.parts[0] != "examples" and file.is_file():
            yield f"{name.as_posix()}.txt", file_text(file)
